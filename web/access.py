"""Who may call what: every route declares a role, and nothing starts without one.

Deny by default: a route that somebody forgot to think about must stop the application
from starting, not stand open. What is declared is also what is asked at the door.

Source: design 8, section 0, decision 9; design 9, "Whose habits these are".
"""

import functools
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, Literal, TypeVar, get_args

from flask import Flask, request
from flask.typing import ResponseReturnValue
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from web.http_errors import NoOperatorError, NotTheOperatorError

Role = Literal["public", "member", "officer", "trustee", "operator"]
ROLES: tuple[Role, ...] = get_args(Role)

_ROLES_MARK = "__teg_roles__"
_DOOR_MARK = "__teg_door__"
_View = TypeVar("_View")
Endpoint = Callable[[Request], Awaitable[Response]]


class UndeclaredRouteError(RuntimeError):
    """Routes without a declared role, or with a role that nothing there would ask for."""

    def __init__(self, routes: Iterable[str]) -> None:
        self.routes = tuple(sorted(routes))
        super().__init__("no role that is kept: " + ", ".join(self.routes))


def declare(*roles: Role) -> Callable[[_View], _View]:
    """Say which roles may call a view; any one of them is enough.

    It stands directly above `def`; decorators made with `functools.wraps` carry it outwards.
    """
    if not roles or any(role not in ROLES for role in roles):
        raise RuntimeError(f"not roles: {roles}")

    def mark(view: _View) -> _View:
        setattr(view, _ROLES_MARK, frozenset(roles))
        return view

    return mark


def declared_roles(view: object) -> frozenset[Role]:
    """The roles a view declared; none where it did not."""
    roles: frozenset[Role] = getattr(view, _ROLES_MARK, frozenset())
    return roles


def guard_pages(
    pages: Flask,
    current_role: Callable[[], Role | None],
    refuse: Callable[[frozenset[Role]], ResponseReturnValue],
) -> None:
    """Have every page ask for the role it declared, before its view runs.

    Args:
        pages: the application, with all its views.
        current_role: who the session of this request belongs to; None for nobody.
        refuse: makes the answer for a person of another role, from the roles wanted.

    Raises:
        UndeclaredRouteError: a view declares no role, or the operator's, whose token
            the machine interface alone knows.
    """
    require_declared_pages(pages)

    def ask() -> ResponseReturnValue | None:
        if request.endpoint is None:  # no such page: anybody may be told so
            return None
        wanted = declared_roles(pages.view_functions[request.endpoint])
        if "public" in wanted or current_role() in wanted:
            return None
        return refuse(wanted)

    pages.before_request(ask)


def require_declared_pages(pages: Flask) -> None:
    """Refuse a Flask application that has a view without a role.

    Raises:
        UndeclaredRouteError: naming every such route.
    """
    bad = []
    for rule in pages.url_map.iter_rules():
        roles = declared_roles(pages.view_functions.get(rule.endpoint))
        if not roles or "operator" in roles:
            bad.append(f"{rule.rule} ({rule.endpoint})")
    if bad:
        raise UndeclaredRouteError(bad)


def guard_routes(routes: Iterable[Route], token: str | None) -> list[Route]:
    """The same routes, where those of the operator ask for her bearer token first.

    Args:
        routes: the machine interface, endpoints as `async def`.
        token: the operator's; without one those routes answer as if they were not there.
    """
    return [
        Route(
            route.path,
            _ask_token(route.endpoint, token),
            methods=sorted(route.methods or ()),
            name=route.name,
        )
        if "operator" in declared_roles(route.endpoint)
        else route
        for route in routes
    ]


def require_declared_routes(routes: Iterable[BaseRoute]) -> None:
    """Refuse Starlette routes without a role, or with one that is not asked for.

    A person's session is known to the pages only, so that a machine route is either
    public or behind the operator's door.

    Raises:
        UndeclaredRouteError: naming every such route.
    """
    bad = []
    for path, endpoint in _walk(routes, ""):
        roles = declared_roles(endpoint)
        behind_door = getattr(endpoint, _DOOR_MARK, False)
        if roles != (frozenset({"operator"}) if behind_door else frozenset({"public"})):
            bad.append(path)
    if bad:
        raise UndeclaredRouteError(bad)


def _walk(routes: Iterable[BaseRoute], prefix: str) -> Iterator[tuple[str, object]]:
    for route in routes:
        path = prefix + str(getattr(route, "path", route))
        if isinstance(route, Mount) and route.routes:
            yield from _walk(route.routes, path)
        else:
            yield path, getattr(route, "endpoint", None) or getattr(route, "app", None)


def _ask_token(endpoint: Endpoint, token: str | None) -> Any:
    expected = _digest(token.encode()) if token else None

    @functools.wraps(endpoint)
    async def door(request: Request) -> Response:
        if expected is None:
            raise NoOperatorError
        given = request.headers.getlist("authorization")
        scheme, _, secret = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        # Compared as digests, in constant time: neither length nor beginning can be felt out.
        matches = hmac.compare_digest(_digest(secret.encode()), expected)
        if scheme.lower() != "bearer" or not matches:
            raise NotTheOperatorError
        return await endpoint(request)

    setattr(door, _DOOR_MARK, True)
    return door


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()
