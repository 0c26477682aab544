"""The headers on every kind of answer, through a real server."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.web.serving import Answer, get, serving
from web.security_headers import CONTENT_SECURITY_POLICY, SecurityHeaders


async def plain(_request: Request) -> Response:
    return PlainTextResponse("plain")


async def careless(_request: Request) -> Response:
    headers = {
        "Content-Security-Policy": "default-src *",
        "X-Frame-Options": "ALLOWALL",
        "Cache-Control": "public, max-age=5",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return PlainTextResponse("careless", headers=headers)


def ask(path: str, *, secure: bool = False) -> Answer:
    app = Starlette(
        routes=[Route("/plain", plain), Route("/careless", careless)],
        middleware=[Middleware(SecurityHeaders, secure=secure)],
    )
    with serving(app) as port:
        return get(port, path)


EXPECTED = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/plain", "/careless", "/nowhere"])
def test_every_answer_has_them_and_no_page_can_loosen_them(path: str) -> None:
    answer = ask(path)
    for name, value in EXPECTED.items():
        assert answer.header(name) == value, name  # `header` fails where one is said twice


def test_what_a_route_says_of_caches_and_readers_stands() -> None:
    answer = ask("/careless")
    assert answer.header("cache-control") == "public, max-age=5"
    assert answer.header("cross-origin-resource-policy") == "cross-origin"


def test_silence_means_neither_kept_nor_shared() -> None:
    answer = ask("/plain")
    assert answer.header("cache-control") == "no-store"
    assert answer.header("cross-origin-resource-policy") == "same-origin"


def test_only_a_service_behind_https_asks_for_https() -> None:
    assert ask("/plain").header("strict-transport-security") is None
    assert "max-age=" in (ask("/plain", secure=True).header("strict-transport-security") or "")


@pytest.mark.parametrize("loose", ["unsafe-inline", "unsafe-eval", "*", "http:", "https:"])
def test_the_policy_lets_nothing_from_elsewhere_run(loose: str) -> None:
    assert loose not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
