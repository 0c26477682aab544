"""Half a request holds a connection for a while, and not for ever."""

import resource
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from starlette.responses import PlainTextResponse

from tests.web.serving import connect, serving
from web import patience
from web.patience import raise_limits

HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"
SECONDS = 0.6


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(patience, "HEAD_SECONDS", SECONDS)
    with serving(PlainTextResponse("here")) as port:
        yield port


@pytest.mark.parametrize("sent", [b"", b"G", HEAD, HEAD + b"X-Long: "], ids=repr)
def test_half_a_head_is_let_go(port: int, sent: bytes) -> None:
    with connect(port) as wire:
        wire.sendall(sent)
        assert wire.recv(1) == b""


def test_trickling_gains_no_time(port: int) -> None:
    began = time.monotonic()
    with connect(port) as wire, suppress(ConnectionError):
        wire.sendall(HEAD)
        while time.monotonic() - began < 20 * SECONDS:
            wire.sendall(b"X: y\r\n")
            time.sleep(SECONDS / 10)
    assert time.monotonic() - began < 10 * SECONDS


def test_the_second_request_of_a_connection_has_no_more_time(port: int) -> None:
    with connect(port) as wire:
        wire.sendall(HEAD + b"\r\n")
        answer = wire.recv(4096)
        assert b"200" in answer
        wire.sendall(HEAD)
        while wire.recv(4096):
            pass


def test_a_kept_connection_is_not_let_go_between_requests(port: int) -> None:
    with connect(port) as wire:
        for _ in range(3):
            wire.sendall(HEAD + b"\r\n")
            answer = b""
            while not answer.endswith(b"here"):
                answer += wire.recv(4096)
            time.sleep(1.5 * SECONDS)


def test_a_slow_body_is_not_a_slow_head(port: int) -> None:
    with connect(port) as wire:
        wire.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na")
        time.sleep(1.5 * SECONDS)
        wire.sendall(b"b")
        assert b"200" in wire.recv(4096)


def test_as_many_files_may_be_open_as_the_system_lets() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
    try:
        raise_limits()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
