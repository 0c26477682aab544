"""A real server on a free port, for tests that must see what goes over the wire."""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from web.patience import PatientProtocol


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        found = [value for key, value in self.headers if key == name]
        assert len(found) < 2, f"{name} is said twice"
        return found[0] if found else None


@contextlib.contextmanager
def serving(app: ASGIApp) -> Iterator[int]:
    """The port at which uvicorn serves `app`, with the settings of `teg serve`."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_level="error", access_log=False, lifespan="off", http=PatientProtocol
        )
    )
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True
    )
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def read_answer(wire: socket.socket) -> Answer:
    """The answer on a connection that the server is asked to close."""
    raw = b""
    while piece := wire.recv(65536):
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
    if ("transfer-encoding", "chunked") in headers:
        body = _unchunk(body)
    return Answer(int(first.split(" ")[1]), headers, body)


def ask(port: int, request: bytes) -> Answer:
    """Send raw bytes and read the answer; the request must say `Connection: close`."""
    with connect(port) as wire:
        wire.sendall(request)
        return read_answer(wire)


def get(port: int, path: str, *headers: str) -> Answer:
    """GET with these header lines."""
    return send(port, "GET", path, b"", *headers)


def post(port: int, path: str, body: bytes, *headers: str) -> Answer:
    """POST a body with these header lines."""
    return send(port, "POST", path, body, f"Content-Length: {len(body)}", *headers)


def send(port: int, method: str, path: str, body: bytes, *headers: str) -> Answer:
    lines = [f"{method} {path} HTTP/1.1", "Host: teg.example", "Connection: close", *headers]
    return ask(port, "\r\n".join([*lines, "", ""]).encode() + body)


def _unchunk(body: bytes) -> bytes:
    whole = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        whole += rest[:length]
        body = rest[length + 2 :]
    return whole
