"""What a page says when it cannot do what was asked: the right status, in plain words.

The words stand in templates/problems/. What actions refuse and no page has better words
for is said by the one table of errors that the machine interface has, too.

Source: design 8, section 2 ("Bad input gets a 4xx answer in plain words"); design 9.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from voting.members import Language
from web.access import Role
from web.error_messages import OUR_FAULT, message_for
from web.pages.sessions import current_role
from web.pages.translations import current_language

log = logging.getLogger(__name__)

# HTTP status to page; every other refusal of the frame is a plain bad request.
_PAGES: Final = {
    400: "bad-request",
    404: "not-found",
    405: "bad-request",
    413: "too-large",
    500: "server-error",
}


@dataclass(frozen=True, slots=True)
class Nameless:
    """What stands in the header when the co-op's name cannot be read."""

    name: Mapping[Language, str] = field(default_factory=lambda: {"en": "Teg", "cy": "Teg"})


class Problem(Exception):  # noqa: N818 - it is a page, not a fault
    """Raised by a view that has something else to say.

    Attributes:
        page: name of the template in templates/problems/.
        status: the HTTP status that is true of it.
        facts: what the template prints.
    """

    def __init__(self, page: str, status: int, **facts: Any) -> None:
        super().__init__(page)
        self.page = page
        self.status = status
        self.facts = facts


def show(page: str, status: int, **facts: Any) -> ResponseReturnValue:
    """The page of one problem."""
    if status >= 500:
        # The very database may be what failed: this page asks it nothing.
        g.organisation = Nameless()
    return render_template(f"problems/{page}.html", status=status, **facts), status


def refuse(wanted: frozenset[Role]) -> ResponseReturnValue:
    """The answer to somebody whom a page is not for."""
    if current_role() is None:
        return show("not-signed-in", 401, wanted=wanted)
    return show("not-yours", 403, wanted=wanted)


def set_up(app: Flask) -> None:
    """Give every error its page."""

    @app.errorhandler(Problem)
    def tell(problem: Problem) -> ResponseReturnValue:
        return show(problem.page, problem.status, **problem.facts)

    @app.errorhandler(CSRFError)
    def tell_stale(_error: CSRFError) -> ResponseReturnValue:
        return show("stale", 400)

    @app.errorhandler(HTTPException)
    def tell_status(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400:
            return error.get_response()
        page = _PAGES.get(status, "bad-request" if status < 500 else "server-error")
        return show(page, status)

    @app.errorhandler(Exception)
    def tell_by_the_table(error: Exception) -> ResponseReturnValue:
        message = message_for(error)
        if message is not OUR_FAULT:
            sentence = message.cy if current_language() == "cy" else message.en
            return show("refused", message.status, sentence=sentence)
        # The process's formatter prints places only, never what somebody typed.
        log.error("a page failed", exc_info=error)
        return show("server-error", InternalServerError.code)
