"""Elections: the states one passes through, its calendar, its rules and its trustees.

Source: design 2, "Formats the first election settles" (States); docs/formats/manifest.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from voting.errors import (
    CalendarError,
    IdentifierError,
    LimitError,
    MalformedError,
    TrusteesNeededError,
    WrongStateError,
)
from voting.reading import read_choice, read_integer, read_object, read_text, read_truth

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

# A box with fewer voters stays shut, unless the rules told to voters say otherwise.
SMALL_BOX = 5
# Ballots opened one by one say more than sums: rare ranks can show whose ballot it is.
SMALL_SHUFFLED_BOX = 50

MAX_TRUSTEES = 20

Revote = Literal["last-counts"]
CredentialsBy = Literal["service"]

_REVOTES: Final[tuple[Revote, ...]] = ("last-counts",)
_CREDENTIALS_BY: Final[tuple[CredentialsBy, ...]] = ("service",)

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


@dataclass(frozen=True, slots=True)
class Rules:
    """How an election is run, told to voters before they vote.

    Attributes:
        revote: the last ballot of a credential counts.
        open_small_boxes: whether a box with fewer than 5 voters may be opened, or with
            fewer than 50 where its ballots are opened one by one.
        server_sealing: whether the service may seal for a member: it may not.
        credentials_by: who makes the credentials; the service is trusted for this.
    """

    revote: Revote = "last-counts"
    open_small_boxes: bool = False
    server_sealing: Literal[False] = False
    credentials_by: CredentialsBy = "service"

    def may_open(self, voters: int, *, shuffled: bool) -> bool:
        """Whether a box may be opened in which so many have voted; an empty one always may.

        Args:
            voters: whose ballot is in the box.
            shuffled: whether in any contest that the box asks its ballots are published one
                by one.
        """
        least = SMALL_SHUFFLED_BOX if shuffled else SMALL_BOX
        return self.open_small_boxes or voters == 0 or voters >= least


@dataclass(frozen=True, slots=True)
class TrusteeRule:
    """How many trustees hold the election's key, and how many of them open the tally.

    Attributes:
        count: 1 to 20.
        needed: all of them, each with a key of her own; or fewer, from 2, of one key made
            together: then the others may be lost.

    Raises:
        LimitError: so many trustees there cannot be.
        TrusteesNeededError: more are needed than there are, or one alone could open it.
    """

    count: int
    needed: int

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MAX_TRUSTEES:
            raise LimitError("trustees", self.count)
        # One trustee who can open alone opens what the others were to guard.
        if not min(2, self.count) <= self.needed <= self.count:
            raise TrusteesNeededError(self.count, self.needed)

    @property
    def is_threshold(self) -> bool:
        """Whether fewer than all are enough, so that they make one key together."""
        return self.needed < self.count


def calendar_object(calendar: Calendar) -> dict[str, object]:
    """The calendar as it stands in the manifest."""
    return {"opens": calendar.opens, "closes": calendar.closes, "zone": calendar.zone}


def rules_object(rules: Rules) -> dict[str, object]:
    """The rules as they stand in the manifest."""
    return {
        "revote": rules.revote,
        "open_small_boxes": rules.open_small_boxes,
        "server_sealing": rules.server_sealing,
        "credentials_by": rules.credentials_by,
    }


def trustees_object(rule: TrusteeRule) -> dict[str, object]:
    """The rule of the trustees as it stands in the manifest."""
    return {"count": rule.count, "needed": rule.needed}


def read_trustees(value: object) -> TrusteeRule:
    """Read a rule of the trustees that stands in the manifest."""
    count, needed = read_object("trustees", value, "count", "needed")
    return TrusteeRule(
        count=read_integer("trustees.count", count),
        needed=read_integer("trustees.needed", needed),
    )


def read_calendar(value: object) -> Calendar:
    """Read a calendar that stands in the manifest."""
    opens, closes, zone = read_object("calendar", value, "opens", "closes", "zone")
    return Calendar(
        opens=read_integer("calendar.opens", opens),
        closes=read_integer("calendar.closes", closes),
        zone=read_text("calendar.zone", zone),
    )


def read_rules(value: object) -> Rules:
    """Read rules that stand in the manifest."""
    names = ("revote", "open_small_boxes", "server_sealing", "credentials_by")
    revote, small, sealing, made_by = read_object("rules", value, *names)
    if sealing is not False:
        raise MalformedError("rules.server_sealing")
    return Rules(
        revote=read_choice("rules.revote", revote, _REVOTES),
        open_small_boxes=read_truth("rules.open_small_boxes", small),
        credentials_by=read_choice("rules.credentials_by", made_by, _CREDENTIALS_BY),
    )
