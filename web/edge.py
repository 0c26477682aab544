"""The edge between Starlette and the Flask pages: mends what a2wsgi passes on unmended.

Five faults, each shown by a test against a real server:

1. A header spelt with `_` becomes the same WSGI variable as the real one with `-`, so that
   `X_Forwarded_For` or `HX_Request` could be forged past a proxy: such names are dropped.
2. Several Cookie headers are joined with a comma, which is not a cookie separator: they are
   joined with `; `.
3. A chunked body has no length, and Flask reads nothing of it: the body is read here and
   handed on with its length.
4. A slow body would hold one of few threads: it is read before a thread is taken.
5. A response header outside Latin-1 crashes the adapter: it is encoded first.

Source: design 6, section 0.1 ("Traps found by running them together").
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from starlette.types import Message, Receive, Scope, Send

from web.access import declare

_THREADS = 16
_URL_HEADERS = frozenset({"location", "content-location", "hx-redirect", "hx-push-url"})
# Everything that may stand in a URL as it is, "%" of an already quoted one included.
_URL_SAFE = "%/:?#[]@!$&'()*+,;=~"

Headers = list[tuple[bytes, bytes]]
# A WSGI application as PEP 3333 has it: called with the environment and `start_response`.
WsgiApplication = Callable[[dict[str, Any], Any], Iterable[bytes]]


@declare("public")  # each page behind it declares its own role
class Edge:
    """An ASGI application that answers with the pages of a WSGI application.

    Attributes:
        read: reads a request's body whole, with a limit and an end to patience.
    """

    def __init__(
        self, pages: WsgiApplication, *, read: Callable[[Scope, Receive], Awaitable[bytes]]
    ) -> None:
        self.read = read
        # a2wsgi's own names for the same ASGI and WSGI shapes are narrower than Starlette's.
        self._inner: Any = WSGIMiddleware(cast("Any", _encode_headers(pages)), workers=_THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the request whole, mend it, and hand it to a thread.

        Raises:
            RequestError: the body is too long, too slow or cut off.
        """
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000, "reason": None})
            return
        body = await self.read(scope, receive)
        mended = {
            **scope,
            "headers": _mend_headers(scope["headers"], len(body)),
            "query_string": quote(scope["query_string"], safe=_URL_SAFE + "-._").encode("ascii"),
        }
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._inner(mended, replay, send)

    def close(self) -> None:
        """Let the threads go, without waiting for a page that is being made."""
        self._inner.executor.shutdown(wait=False, cancel_futures=True)


def _mend_headers(headers: Iterable[tuple[bytes, bytes]], length: int) -> Headers:
    """The request's headers as a WSGI application may trust them."""
    dropped = (b"cookie", b"content-length", b"transfer-encoding")
    kept = [(k, v) for k, v in headers if b"_" not in k and k not in dropped]
    cookies = [value for name, value in headers if name == b"cookie"]
    if cookies:
        kept.append((b"cookie", b"; ".join(cookies)))
    kept.append((b"content-length", str(length).encode()))
    return kept


def _encode_headers(pages: WsgiApplication) -> WsgiApplication:
    def encoded(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        def encode(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start(status, [(k, _latin(k, v)) for k, v in headers], exc_info)

        return pages(environ, encode)

    return encoded


def _latin(name: str, value: str) -> str:
    """A header value in the alphabet of PEP 3333: octets, written as Latin-1 text."""
    if name.lower() in _URL_HEADERS:
        return quote(value, safe=_URL_SAFE + "-._")
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        # RFC 9110, 5.5: octets above 0x7F are opaque to HTTP; every client reads UTF-8 there.
        return value.encode("utf-8").decode("latin-1")
    return value
