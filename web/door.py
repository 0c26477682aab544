"""The door of the ballot boxes: who is on the way in, and when it shuts.

Requests that were complete before the closing instant count, also those whose proofs are
still being checked then; so closing waits for them, and takes no later ones meanwhile.

Source: design 8, section 0, decision 5.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

WAIT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Arrival:
    """A complete request: its place in the queue, and its time in UTC seconds."""

    number: int
    time: int


@dataclass(slots=True)
class Door:
    """Ballots on their way in.

    Attributes:
        clock: UTC seconds.
    """

    clock: Callable[[], int]
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _last: int = 0
    _inside: set[int] = field(default_factory=set)
    _shut: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def arrive(self) -> Iterator[Arrival]:
        """Note a request in the moment it is complete, and until it is answered."""
        with self._changed:
            self._last += 1
            arrival = Arrival(self._last, self.clock())
            self._inside.add(arrival.number)
        try:
            yield arrival
        finally:
            with self._changed:
                self._inside.discard(arrival.number)
                self._changed.notify_all()

    def is_late(self, election: str, arrival: Arrival) -> bool:
        """Whether the request came after this election's door was shut."""
        with self._changed:
            last = self._shut.get(election)
        return last is not None and arrival.number > last

    @contextmanager
    def shut(self, election: str) -> Iterator[None]:
        """Shut the door while closing, after those who came before are through."""
        with self._changed:
            last = self._last
            # Two closings at once: the earlier instant holds, and the loser reopens nothing.
            mine = self._shut.setdefault(election, last) == last
            self._changed.wait_for(
                lambda: all(number > last for number in self._inside), WAIT_SECONDS
            )
        try:
            yield
        finally:
            if mine:
                with self._changed:
                    self._shut.pop(election, None)
