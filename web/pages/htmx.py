"""The one door to htmx-flask; nothing else may import it.

It sets no `Vary`, so that a cache could answer a whole page with a part of one, and
`beforebegin` and `afterbegin` raise in it: pages here do not use them.

Source: design 6, section 0.1, "Traps".
"""

from typing import Any

from flask import Flask, request
from htmx_flask import Htmx, make_response
from werkzeug.wrappers import Response


def set_up(app: Flask) -> None:
    """Let pages of this application answer with parts of themselves."""
    Htmx(app)

    @app.after_request
    def say_what_varies(answer: Response) -> Response:
        answer.vary.add("HX-Request")
        return answer


def wants_part() -> bool:
    """Whether htmx asks, and will swap the answer into a page that stands."""
    headers: Any = getattr(request, "htmx", None)
    return bool(headers) and not headers.history_restore_request


def answer_part(*body: Any, **instructions: Any) -> Response:
    """A part of a page, with what htmx shall do with it."""
    answer: Response = make_response(*body, **instructions)
    return answer
