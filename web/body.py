"""Reading a request's body: with a limit, and with an end to patience.

A body is read to its end on the event loop before a thread or a process is taken for
it, so that a hundred clients who send one byte a second hold nothing but their sockets.

Source: design 6, section 0.1 ("Traps"); issue 2, "Bad input".
"""

import asyncio

from starlette.types import Receive, Scope

from web.http_errors import BodyTooLargeError, GoneAwayError, SlowBodyError

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
    announced = [value for name, value in scope["headers"] if name == b"content-length"]
    if announced and len(announced[0]) > len(str(limit)):
        raise BodyTooLargeError(limit)
    if announced and announced[0].isdigit() and int(announced[0]) > limit:
        raise BodyTooLargeError(limit)

    body = bytearray()
    waiting = asyncio.timeout(patience)
    try:
        async with waiting:
            _waiting.add(waiting)
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise GoneAwayError
                # Chunked bodies announce no length: counted as they come.
                if len(body) + len(message.get("body", b"")) > limit:
                    raise BodyTooLargeError(limit)
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    return bytes(body)
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
