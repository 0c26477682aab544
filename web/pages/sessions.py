"""Sessions that live on the server: the cookie holds an id and nothing else.

An id that nobody signed in with stands for a visitor. Nothing is stored for her: her
form token is derived from the id, so that opening a page (which mail scanners do, too)
writes nothing anywhere.

Source: design 6, section 0.1; design 8, section 0, decisions 8 and 9.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from typing import Any, Final, cast

from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin

from web.access import Role
from web.actions import sign_in as entrance
from web.actions.sign_in import Person
from web.service import Service
from web.vault import write_durably

_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,128}")
_CSRF: Final = "csrf_token"


class ServerSession(SessionMixin):
    """What one request knows of its visitor.

    Attributes:
        token: the id in the cookie.
        person: who signed in with it, if anybody.
        fresh: the browser does not hold this id yet.
    """

    def __init__(self, token: str, person: Person | None, data: dict[str, Any], csrf: str) -> None:
        self.token = token
        self.person = person
        self.fresh = False
        self.modified = False
        self._data = data
        self._csrf = csrf

    def __getitem__(self, key: str) -> Any:
        return self._csrf if key == _CSRF else self._data[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.modified = True
        self._data[key] = value

    def __delitem__(self, key: str) -> None:
        self.modified = True
        del self._data[key]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._data, _CSRF))

    def __len__(self) -> int:
        return len(self._data) + 1

    def format(self) -> str:
        """What is kept on the server."""
        return json.dumps(self._data)

    def become(self, token: str) -> None:
        """From here on the browser holds another id: nobody can fix one beforehand."""
        self.token = token
        self.fresh = True


class ServerSessions(SessionInterface):
    """Finds and keeps sessions through the sign-in action."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """The session whose id the browser showed, or a visitor's."""
        token = request.cookies.get(self.get_cookie_name(app), "")
        known = bool(_ID.fullmatch(token))
        person = entrance.who_is(self._service, token) if known else None
        data = json.loads(entrance.load_session(self._service, token) or "{}") if person else {}
        if not known:
            token = self._service.random(24).hex()
        found = ServerSession(token, person, data, _derive_csrf(app, token))
        found.fresh = not known
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed; a visitor's browser gets its id once it needs one."""
        mine = cast("ServerSession", session)
        if mine.accessed:
            response.vary.add("Cookie")
        if mine.modified and mine.person is not None:
            entrance.save_session(self._service, mine.token, mine.format())
        if mine.fresh and mine.accessed:
            response.set_cookie(
                self.get_cookie_name(app),
                mine.token,
                httponly=True,
                secure=self.get_cookie_secure(app),
                samesite=self.get_cookie_samesite(app),
                path="/",
            )


def current_person() -> Person | None:
    """Who is signed in."""
    return current_session().person


def current_role() -> Role | None:
    """The role of whoever is signed in."""
    person = current_person()
    return person.role if person else None


def current_session() -> ServerSession:
    """The session of this request, with what Flask's own type does not know."""
    return cast("ServerSession", session._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


def read_cookie_key(service: Service) -> bytes:
    """The key behind the form tokens; made on first use, kept outside the database."""
    path = service.settings.data / "keys" / "pages"
    if not path.exists():
        # Whole or not at all: with half a key anybody could make a form token.
        write_durably(path, service.random(32))
    return path.read_bytes()


def _derive_csrf(app: Flask, token: str) -> str:
    key = app.secret_key
    assert isinstance(key, bytes)
    return hmac.new(key, b"teg-form|" + token.encode(), hashlib.sha256).hexdigest()
