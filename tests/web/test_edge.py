"""Each fault of the adapter under the pages, through a real server."""

import json
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask, Response, jsonify, redirect, request
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount
from werkzeug.wrappers import Response as AnyResponse

from tests.web.serving import Answer, ask, connect, get, post, read_answer, serving
from web.body import read_body
from web.edge import Edge
from web.http_errors import BodyTooLargeError, RequestError, SlowBodyError

LIMIT = 1000
PATIENCE = 0.5


def small_pages() -> Flask:
    pages = Flask(__name__, static_folder=None)

    @pages.route("/seen", methods=["GET", "POST"])
    def seen() -> Response:
        return jsonify(
            headers=dict(request.headers),
            cookies=request.cookies,
            body=request.get_data(as_text=True),
            form=request.form,
            query=request.args,
        )

    @pages.route("/welsh")
    def welsh() -> AnyResponse:
        answer = Response("ok")
        answer.headers["X-Note"] = "pleidlais tŷ"
        return answer

    @pages.route("/away")
    def away() -> AnyResponse:
        answer = redirect("/cy/")
        answer.headers["HX-Redirect"] = "/cy/tŷ?a=%20b"
        return answer

    return pages


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    async def refused(_request: Request, error: Exception) -> JSONResponse:
        statuses: dict[type[Exception], int] = {BodyTooLargeError: 413, SlowBodyError: 408}
        return JSONResponse({"error": type(error).__name__}, statuses.get(type(error), 400))

    edge = Edge(small_pages(), read=partial(read_body, limit=LIMIT, patience=PATIENCE))
    app = Starlette(routes=[Mount("/", edge)], exception_handlers={RequestError: refused})
    with serving(app) as port:
        yield port
    edge.close()


def seen(answer: Answer) -> dict[str, dict[str, str]]:
    assert answer.status == 200
    value: dict[str, dict[str, str]] = json.loads(answer.body)
    return value


@pytest.mark.parametrize("name", ["X_Forwarded_For", "HX_Request", "x-forwarded_for"])
def test_a_header_spelt_with_an_underscore_is_dropped(port: int, name: str) -> None:
    headers = seen(get(port, "/seen", f"{name}: forged"))["headers"]
    assert "forged" not in headers.values()


def test_a_header_spelt_with_a_hyphen_arrives_alone(port: int) -> None:
    answer = get(port, "/seen", "X_Forwarded_For: forged", "X-Forwarded-For: real")
    assert seen(answer)["headers"]["X-Forwarded-For"] == "real"


def test_several_cookie_headers_are_several_cookies(port: int) -> None:
    answer = get(port, "/seen", "Cookie: session=abc", "Cookie: theme=dark; size=2")
    assert seen(answer)["cookies"] == {"session": "abc", "theme": "dark", "size": "2"}


CHUNKED = (
    b"POST /seen HTTP/1.1\r\nHost: teg.example\r\nConnection: close\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
)


def test_a_chunked_body_arrives_whole(port: int) -> None:
    answer = ask(port, CHUNKED + b"5\r\na=for\r\n8\r\n&b=again\r\n0\r\n\r\n")
    assert seen(answer)["form"] == {"a": "for", "b": "again"}


def test_a_chunked_body_is_counted_against_the_limit(port: int) -> None:
    chunks = (b"100\r\n" + b"x" * 256 + b"\r\n") * 4
    assert ask(port, CHUNKED + chunks + b"0\r\n\r\n").status == 413


@pytest.mark.parametrize(
    ("length", "status"),
    [(LIMIT, 200), (LIMIT + 1, 413)],
    ids=["at the limit", "one byte over"],
)
def test_the_limit_is_exact(port: int, length: int, status: int) -> None:
    head = (
        f"POST /seen HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    )
    assert ask(port, head.encode() + b"x" * length).status == status


def test_a_body_far_over_the_limit_is_refused_before_it_is_sent(port: int) -> None:
    head = b"POST /seen HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: "
    assert ask(port, head + b"9000000\r\n\r\n").status == 413
    assert ask(port, head + b"9" * 400 + b"\r\n\r\n").status in (400, 413)
    assert ask(port, head + b"1001\r\nExpect: 100-continue\r\n\r\n").status == 413


def test_who_sends_somewhat_too_much_still_reads_the_answer(port: int) -> None:
    assert post(port, "/seen", b"x" * 900_000).status == 413


def test_slow_bodies_hold_up_no_page_and_are_given_up(port: int) -> None:
    head = b"POST /seen HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 500\r\n\r\n"
    slow = [connect(port) for _ in range(40)]
    try:
        for wire in slow:
            wire.sendall(head + b"x")
        started = time.monotonic()
        assert get(port, "/seen").status == 200
        assert time.monotonic() - started < PATIENCE, "a page waited for the slow bodies"
        assert {read_answer(wire).status for wire in slow} == {408}
    finally:
        for wire in slow:
            wire.close()


def test_a_client_who_hangs_up_in_her_body_harms_nobody(port: int) -> None:
    head = b"POST /seen HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 500\r\n\r\n"
    with connect(port) as wire:
        wire.sendall(head + b"x")
    assert get(port, "/seen").status == 200


def test_a_welsh_response_header_is_sent_as_utf_8(port: int) -> None:
    answer = get(port, "/welsh")
    assert answer.status == 200
    assert (answer.header("x-note") or "").encode("latin-1").decode() == "pleidlais tŷ"


def test_a_welsh_address_in_a_response_header_is_percent_encoded_once(port: int) -> None:
    answer = get(port, "/away")
    assert answer.header("hx-redirect") == "/cy/t%C5%B7?a=%20b"
    assert answer.header("location") == "/cy/"


def test_a_query_arrives_as_it_was_sent(port: int) -> None:
    answer = get(port, "/seen?tracker=ab%2Bc&x=a+b&y=%C5%B7")
    assert seen(answer)["query"] == {"tracker": "ab+c", "x": "a b", "y": "ŷ"}


def test_many_requests_at_once_are_all_answered(port: int) -> None:
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(get(port, "/seen").status))
        for _ in range(30)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 30
