"""Reading a request's body: with a limit, and with an end to patience.

A body is read to its end on the event loop before a thread or a process is taken for
it, so that a hundred clients who send one byte a second hold nothing but their sockets.

Source: design 6, section 0.1 ("Traps"); issue 2, "Bad input".
"""

import asyncio

from starlette.types import Receive, Scope

from web.http_errors import BodyTooLargeError, GoneAwayError, SlowBodyError

# A client that is still sending when the connection closes never reads its answer, so that
# this much of a body that is too long is read and thrown away first.
_MOST_DISCARDED = 1024 * 1024

_waiting: set[asyncio.Timeout] = set()


async def read_body(scope: Scope, receive: Receive, *, limit: int, patience: float) -> bytes:
    """The whole body.

    Args:
        scope: of the request.
        receive: where the body comes from.
        limit: most bytes that are read.
        patience: seconds, for all of it.

    Raises:
        BodyTooLargeError: announced or found to be longer than `limit`.
        SlowBodyError: not complete after `patience`.
        GoneAwayError: the client left before the end.
    """
    _require_length(scope, limit)
    waiting = asyncio.timeout(patience)
    try:
        async with waiting:
            _waiting.add(waiting)
            body, is_whole = await _gather(receive, limit)
            # Chunked bodies announce no length: counted as they come.
            if not is_whole:
                raise BodyTooLargeError(limit)
            return body
    except TimeoutError:
        raise SlowBodyError(patience) from None
    finally:
        _waiting.discard(waiting)


def stop_waiting() -> None:
    """End every patience now: the process is about to stop.

    Called on the event loop of the requests.
    """
    now = asyncio.get_running_loop().time()
    for waiting in _waiting:
        waiting.reschedule(now)


async def _gather(receive: Receive, limit: int) -> tuple[bytes, bool]:
    """The first `limit` bytes, and whether that is all."""
    body, length = bytearray(), 0
    while length <= limit + _MOST_DISCARDED:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneAwayError
        piece = message.get("body", b"")
        length += len(piece)
        if length <= limit:
            body += piece
        if not message.get("more_body", False):
            break
    return bytes(body), length <= limit


def _require_length(scope: Scope, limit: int) -> None:
    """Refuse at once what is far too long, or is not sent before it is asked for."""
    names = dict(scope["headers"])
    announced: bytes = names.get(b"content-length", b"")
    bearable = limit if b"expect" in names else limit + _MOST_DISCARDED
    # Compared by its digits first: a number of a million digits is not worth reading.
    if announced.isdigit() and (len(announced) > 20 or int(announced) > bearable):
        raise BodyTooLargeError(limit)
