"""Answers of the machine interface, and the one place where errors become answers.

Source: design 8, section 2 ("no trace"); design 9, "Errors".
"""

import json
import logging
from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from string import Template
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.error_messages import OUR_FAULT, details_of, message_for
from web.http_errors import (
    GoneAwayError,
    RequestError,
    TooManyRequestsError,
    UnknownPathError,
    WrongMethodError,
)

_log = logging.getLogger(__name__)


def json_answer(
    value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A value as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, status, headers, media_type="application/json")


def error_answer(error: BaseException) -> Response:
    """What a program is told of an error."""
    row = message_for(error)
    body = {"error": row.code, "message": {"en": row.en, "cy": row.cy}, **details_of(error)}
    return json_answer(body, row.status, _headers(error))


_PAGE: Final = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title - Teg</title>
</head>
<body>
<main>
<h1>$title</h1>
<p>$sentence</p>
<p><a href="/$language/">$home</a></p>
</main>
</body>
</html>
""")
_WORDS: Final = {
    "en": {"title": "Sorry, that did not work", "home": "Go to the first page"},
    "cy": {"title": "Mae'n ddrwg gennym, ni weithiodd hynny", "home": "Mynd i'r dudalen gyntaf"},
}


def error_page(error: BaseException, language: str) -> Response:
    """What a person is told when her request never reached a page."""
    row = message_for(error)
    sentence = row.cy if language == "cy" else row.en
    body = _PAGE.substitute(language=language, sentence=escape(sentence), **_WORDS[language])
    return HTMLResponse(body, row.status, _headers(error))


def _headers(error: BaseException) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, TooManyRequestsError):
        headers["Retry-After"] = str(error.wait)
    if isinstance(error, WrongMethodError):
        headers["Allow"] = ", ".join(error.allowed)
    return headers


async def name_http_error(_request: Request, error: Exception) -> Response:
    """Starlette's own refusals, by our names; those of our routes are raised as ours."""
    is_missing = isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND
    raise UnknownPathError if is_missing else RequestError


class Failures:
    """ASGI middleware that answers every error, and logs those that are our own fault.

    Nothing of an error but its row in the table reaches the answer, and nothing but the
    places it passed reaches the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and answer what comes back as an error."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except GoneAwayError:
            return  # nobody is left to be answered
        except Exception as error:  # noqa: BLE001 - the one place that answers for all of it
            if message_for(error) == OUR_FAULT:
                _log.exception("a request failed")
            if started:  # half an answer cannot be mended: cut it off, so that it is seen as half
                raise ConnectionAbortedError from None
            await self._answer(scope, error)(scope, receive, send)

    @staticmethod
    def _answer(scope: Scope, error: Exception) -> Response:
        language = scope["path"][1:3]
        for_person = language in _WORDS and scope["path"][3:4] in ("", "/")
        return error_page(error, language) if for_person else error_answer(error)
