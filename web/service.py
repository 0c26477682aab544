"""The running service: settings, store, log and checker, wired in one place."""

from collections.abc import Callable
from dataclasses import dataclass

from web.settings import Settings


@dataclass(slots=True)
class Service:
    """What every action is given first.

    Attributes:
        clock: UTC seconds.
        random: bytes of randomness, shaped like os.urandom.
    """

    settings: Settings
    clock: Callable[[], int]
    random: Callable[[int], bytes]

    def close(self) -> None:
        """Stop the threads and processes; everything acknowledged is on disk already."""
        raise NotImplementedError


def open_service(
    settings: Settings,
    *,
    clock: Callable[[], int] | None = None,
    random: Callable[[int], bytes] | None = None,
    background: bool = True,
) -> Service:
    """Migrate the database, start the writer, publisher, calendar and message queue.

    Args:
        settings: where everything is.
        clock: UTC seconds; the system's by default.
        random: os.urandom by default.
        background: False leaves out the calendar and the message queue (scripts and tests call
            those actions themselves); the log is published all the same.
    """
    raise NotImplementedError
