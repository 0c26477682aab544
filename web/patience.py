"""The patience of the server with whoever begins a request and does not go on.

uvicorn waits for the end of a request's head without end, so that anybody could take every
connection there is by sending half a line on each. Bodies have their own (`web/body.py`).

Source: design 8, section 1 (A7: being able to vote until close).
"""

import asyncio
import resource
from contextlib import suppress
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

HEAD_SECONDS = 20.0


class PatientProtocol(H11Protocol):
    """uvicorn's protocol, which lets go of a connection whose request does not begin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on while the head is not whole."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._wait()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        # Bytes that trickle in gain no time.
        if self._waiting is None:
            self._waiting = self.loop.call_later(HEAD_SECONDS, self._let_go)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _let_go(self) -> None:
        self._waiting = None
        # uvicorn has no cycle before the first request, though its types say otherwise.
        cycle: RequestResponseCycle | None = self.cycle
        # An answer may still be under way when the next request has half arrived.
        if cycle is None or cycle.response_complete:
            self.transport.close()


def raise_limits() -> None:
    """Let the process open as many files as it may: every connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
