"""Elections: the states one passes through, and its calendar.

Source: design 2, "Formats the first election settles" (States); docs/formats/manifest.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from voting.errors import CalendarError, IdentifierError, WrongStateError

State = Literal["draft", "announced", "open", "closed", "tallied", "certified", "archived", "void"]

# Nothing else: each move is an action and a log entry.
TRANSITIONS: Final[Mapping[State, tuple[State, ...]]] = {
    "draft": ("announced", "void"),
    "announced": ("open", "void"),
    "open": ("closed", "void"),
    "closed": ("tallied", "void"),
    "tallied": ("certified", "void"),
    "certified": ("archived",),
    "archived": (),
    "void": (),
}

# The last second of the year 9999: every time before it can be shown in any zone.
_LAST_SECOND = 253_402_300_799
_ZONE = re.compile(r"(?=.{1,64}\Z)[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")


def move(state: State, to: State) -> State:
    """The state after a move.

    Raises:
        WrongStateError: there is no such move from this state.
    """
    if to not in TRANSITIONS[state]:
        raise WrongStateError(state, to)
    return to


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an election opens and closes.

    Attributes:
        opens: UTC seconds.
        closes: UTC seconds, later than `opens`; a ballot received in that second is late.
        zone: the name of the time zone in which people are told these times.

    Raises:
        CalendarError: the times are out of range or out of order.
        IdentifierError: the zone cannot be the name of one.
    """

    opens: int
    closes: int
    zone: str = "Europe/London"

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= _LAST_SECOND - 86_400:
            raise CalendarError(self.opens, self.closes)
        if not _ZONE.fullmatch(self.zone):
            raise IdentifierError("zone", self.zone)
