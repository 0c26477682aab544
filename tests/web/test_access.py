"""Nothing starts with a route that nobody thought about, and what is declared is asked."""

from collections.abc import Awaitable, Callable

import pytest
from flask import Flask
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router, WebSocketRoute

from tests.web.serving import get, serving
from web.access import (
    Door,
    Endpoint,
    Role,
    UndeclaredRouteError,
    declare,
    declared_roles,
    guard_pages,
    guard_routes,
    operator_door,
    require_declared_pages,
    require_declared_routes,
)
from web.http_errors import NoOperatorError, RequestError

TOKEN = "a-token-that-only-the-operator-knows"
DOORS: dict[Role, Door] = {"operator": operator_door(TOKEN)}


@declare("public")
async def home(_request: Request) -> Response:
    return PlainTextResponse("home")


@declare("operator")
async def close(_request: Request) -> Response:
    return PlainTextResponse("closed")


async def forgotten(_request: Request) -> Response:
    return PlainTextResponse("open to all")


@declare("member")
async def wrongly_trusted(_request: Request) -> Response:
    return PlainTextResponse("nobody asks for a session here")


@declare("operator", "trustee")
async def for_two(_request: Request) -> Response:
    return PlainTextResponse("which of them is it?")


async def undeclared_app(_scope: object, _receive: object, _send: object) -> None: ...


def test_declared_routes_may_start() -> None:
    routes = guard_routes([Route("/", home), Route("/close", close, methods=["POST"])], DOORS)
    require_declared_routes([*routes, Mount("/pages", declare("public")(Router()))])


@pytest.mark.parametrize(
    ("route", "named"),
    [
        (Route("/a", forgotten), "/a"),
        (Route("/a", close), "/a"),
        (Route("/a", wrongly_trusted), "/a"),
        (Mount("/in", routes=[Route("/a", forgotten)]), "/in/a"),
        (Mount("/in", routes=[Mount("/deep", routes=[Route("/a", forgotten)])]), "/in/deep/a"),
        (Mount("/in", app=undeclared_app), "/in"),
        (Mount("/in", routes=[]), "/in"),
        (WebSocketRoute("/talk", forgotten), "/talk"),
    ],
    ids=[
        "no role",
        "an operator's route without its door",
        "a role that no machine route asks for",
        "below a mount",
        "two below",
        "an application",
        "an empty mount",
        "a socket",
    ],
)
def test_a_route_whose_role_is_not_kept_stops_the_start(route: BaseRoute, named: str) -> None:
    with pytest.raises(UndeclaredRouteError) as caught:
        require_declared_routes([Route("/", home), route])
    assert caught.value.routes == (named,)


@pytest.mark.parametrize("endpoint", [forgotten, wrongly_trusted, for_two])
def test_a_route_without_a_door_for_its_role_stops_the_start(endpoint: Endpoint) -> None:
    with pytest.raises(UndeclaredRouteError) as caught:
        guard_routes([Route("/", home), Route("/a", endpoint)], DOORS)
    assert caught.value.routes == ("/a",)


@pytest.mark.parametrize("roles", [(), ("admin",), ("public", "root")])
def test_only_roles_can_be_declared(roles: tuple[Role, ...]) -> None:
    with pytest.raises(RuntimeError):
        declare(*roles)


async def refused(_request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, NoOperatorError) else 401
    return JSONResponse({}, status)


def operator_app(token: str | None) -> Starlette:
    routes = guard_routes([Route("/close", close)], {"operator": operator_door(token)})
    return Starlette(routes=routes, exception_handlers={RequestError: refused})


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([f"Authorization: Bearer {TOKEN}"], 200),
        ([f"authorization: bearer {TOKEN}"], 200),
        ([], 401),
        (["Authorization: Bearer wrong"], 401),
        ([f"Authorization: Bearer {TOKEN[:-1]}"], 401),
        ([f"Authorization: Bearer {TOKEN}x"], 401),
        (["Authorization: Bearer "], 401),
        (["Authorization: Bearer"], 401),
        ([f"Authorization: Basic {TOKEN}"], 401),
        ([f"Authorization: {TOKEN}"], 401),
        (["Authorization: Bearer wrong", f"Authorization: Bearer {TOKEN}"], 401),
        ([f"Authorization: Bearer {TOKEN}", f"Authorization: Bearer {TOKEN}"], 401),
        (["Authorization: Bearer t\xc5\xb7"], 401),
    ],
    ids=str,
)
def test_the_operators_door(lines: list[str], status: int) -> None:
    with serving(operator_app(TOKEN)) as port:
        assert get(port, "/close", *lines).status == status


@pytest.mark.parametrize("line", ["Authorization: Bearer ", "Authorization: Bearer None"])
def test_without_a_token_there_is_no_operator(line: str) -> None:
    with serving(operator_app(None)) as port:
        assert get(port, "/close", line).status == 404


def pages_with(**views: Callable[[], str] | Callable[[], Awaitable[str]]) -> Flask:
    pages = Flask(__name__, static_folder=None)
    for name, view in views.items():
        pages.add_url_rule(f"/{name}", name, view)
    return pages


def a_page() -> str:
    return "page"


def declared(*roles: Role) -> Callable[[], str]:
    def page() -> str:
        return "page"

    return declare(*roles)(page)


def test_a_page_without_a_role_stops_the_start() -> None:
    pages = pages_with(good=declared("public"), bad=a_page, worse=declared("operator"))
    with pytest.raises(UndeclaredRouteError) as caught:
        require_declared_pages(pages)
    assert caught.value.routes == ("/bad (bad)", "/worse (worse)")


def test_the_static_folder_of_flask_counts_as_a_forgotten_page() -> None:
    with pytest.raises(UndeclaredRouteError, match="static"):
        require_declared_pages(Flask(__name__, static_folder="anything"))


PEOPLE: list[Role | None] = [None, "member", "officer", "trustee"]


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    "wanted",
    [("public",), ("member",), ("officer",), ("trustee",), ("officer", "trustee")],
    ids=str,
)
def test_every_page_asks_every_person_for_the_role_it_declared(
    person: Role | None, wanted: tuple[Role, ...]
) -> None:
    pages = pages_with(page=declared(*wanted))
    guard_pages(pages, lambda: person, lambda roles: (",".join(sorted(roles)), 403))
    answer = pages.test_client().get("/page")
    may = "public" in wanted or person in wanted
    assert answer.status_code == (200 if may else 403)
    if not may:
        assert answer.text == ",".join(sorted(wanted))


def test_a_path_that_is_no_page_is_simply_not_found() -> None:
    pages = pages_with(page=declared("officer"))
    guard_pages(pages, lambda: None, lambda _roles: ("refused", 403))
    assert pages.test_client().get("/nowhere").status_code == 404


def test_a_mark_survives_an_honest_decorator() -> None:
    routes = guard_routes([Route("/close", close)], DOORS)
    assert declared_roles(routes[0].endpoint) == {"operator"}
