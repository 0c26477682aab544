"""A watch over one fetch, which ends it in time whatever the server does.

Source: docs/observers.md, "How long it takes".
"""

import socket
import threading
import time
from contextlib import suppress

SLOWEST_RATE = 16_384
"""Bytes a second; a file that comes faster may take longer than the patience."""


class Watch:
    """Ends a fetch in time, whatever the server drips.

    Timeouts of a socket begin again with each byte; this shuts it for good, unless the file
    keeps coming at a fair rate.
    """

    def __init__(self, patience: float) -> None:
        self.received = 0
        self.is_over = False
        self.socket: socket.socket | None = None
        self._begun = time.monotonic()
        self._patience = patience
        self._done = False
        self._timer = self._arm(patience)

    def __enter__(self) -> None:
        """The clock runs from the beginning."""

    def __exit__(self, *_: object) -> None:
        self._done = True
        self._timer.cancel()

    @property
    def waited(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._begun

    def _arm(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._look)
        timer.daemon = True
        timer.start()
        return timer

    def _look(self) -> None:
        if self._done:
            return
        left = self._patience + self.received / SLOWEST_RATE - self.waited
        if left > 0 or self.socket is None:  # connecting has its own timeout
            self._timer = self._arm(max(left, 0.1))
            return
        self.is_over = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
