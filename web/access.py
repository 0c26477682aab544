"""Who may call what: every route declares a role, and nothing starts without one.

Deny by default: a route that somebody forgot to think about must stop the application
from starting, not stand open. What is declared is also what is asked at the door.

Source: design 8, section 0, decision 9; design 9, "Whose habits these are".
"""

import functools
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
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
# Raises when the request is not by somebody in the role.
Door = Callable[[Request], Awaitable[None]]


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


def guard_routes(routes: Iterable[Route], doors: Mapping[Role, Door]) -> list[Route]:
    """The same routes, each behind the door of the role it declared.

    Args:
        routes: the machine interface, endpoints as `async def`.
        doors: how a role is asked for; "public" needs none.

    Raises:
        UndeclaredRouteError: a route declares no role, several, or one without a door.
    """
    guarded, bad = [], []
    for route in routes:
        roles = declared_roles(route.endpoint)
        if roles == {"public"}:
            guarded.append(route)
        elif len(roles) == 1 and roles <= doors.keys():
            endpoint = _behind(doors[next(iter(roles))], route.endpoint)
            methods = sorted(route.methods or ())
            guarded.append(Route(route.path, endpoint, methods=methods, name=route.name))
        else:
            bad.append(route.path)
    if bad:
        raise UndeclaredRouteError(bad)
    return guarded


def require_declared_routes(routes: Iterable[BaseRoute]) -> None:
    """Refuse Starlette routes that are neither public nor behind the door of their role.

    Asked again of the finished application, so that no other way of adding a route is left.

    Raises:
        UndeclaredRouteError: naming every such route.
    """
    bad = []
    for path, endpoint in _walk(routes, ""):
        roles = declared_roles(endpoint)
        if not roles or (roles != {"public"} and not getattr(endpoint, _DOOR_MARK, False)):
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


def _behind(door: Door, endpoint: Endpoint) -> Any:
    @functools.wraps(endpoint)
    async def guarded(request: Request) -> Response:
        await door(request)
        return await endpoint(request)

    setattr(guarded, _DOOR_MARK, True)
    return guarded


def operator_door(token: str | None) -> Door:
    """Asks for the operator's bearer token.

    Args:
        token: the operator's; without one her routes answer as if they were not there.
    """
    expected = _digest(token) if token else None

    async def ask(request: Request) -> None:
        if expected is None:
            raise NoOperatorError
        # Compared as digests, in constant time: neither length nor beginning can be felt out.
        if not hmac.compare_digest(_digest(bearer(request)), expected):
            raise NotTheOperatorError

    return ask


def bearer(request: Request) -> str:
    """The one bearer token of a request; "" where there is none, or more than one."""
    given = request.headers.getlist("authorization")
    scheme, _, secret = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    return secret if scheme.lower() == "bearer" else ""


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
