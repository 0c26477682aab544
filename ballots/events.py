"""Events of an archive: what may follow what, each chained to the one before by its digest.

Source: design 3, sections 7 and 11.1 (docs/formats/archive.md).
"""

from dataclasses import dataclass
from typing import Final

from ballots.encoding import (
    format_json,
    has_field,
    hex_digest,
    parse_json,
    read_fields,
    read_hex_digest,
    read_number,
    read_text,
)
from ballots.errors import EventChainError, EventOrderError

START: Final = "start"
FOLLOWERS: Final = {
    START: frozenset({"Setup"}),
    "Setup": frozenset({"Ballot", "EndBallots"}),
    "Ballot": frozenset({"Ballot", "EndBallots"}),
    "EndBallots": frozenset({"EncryptedTally"}),
    "EncryptedTally": frozenset({"Shuffle", "EndShuffles", "PartialDecryption"}),
    "Shuffle": frozenset({"Shuffle", "EndShuffles"}),
    "EndShuffles": frozenset({"PartialDecryption"}),
    "PartialDecryption": frozenset({"PartialDecryption", "Result"}),
    "Result": frozenset[str](),
}
"""What may follow what: one set-up, no ballot after the closing, nothing after the result.

Whether a tally must be shuffled depends on the questions: `ballots.verification` knows."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        kind: its type.
        height: its number, from 0.
        payload: the digest of the record it speaks of, if it speaks of one.
    """

    kind: str
    height: int
    payload: str | None


class EventChain:
    """The chain up to the newest event; the next one must fit on it.

    Attributes:
        last: the type of the newest event, `START` before the first.
        height: the number of the next one.
    """

    def __init__(self) -> None:
        self.last = START
        self._parent: str | None = None
        self.height = 0

    def append(self, kind: str, payload: str | None) -> bytes:
        """Write the next event.

        Raises:
            EventOrderError: it may not stand here.
        """
        self._require_place(kind)
        value: dict[str, object] = {} if self._parent is None else {"parent": self._parent}
        value |= {"height": self.height, "type": kind}
        if payload is not None:
            value["payload"] = payload
        raw = format_json(value)
        self._move(kind, raw)
        return raw

    def follow(self, raw: bytes) -> Event:
        """Read the next event.

        Raises:
            EventChainError: it does not follow the newest.
            EventOrderError: it may not stand here.
        """
        value = parse_json(raw, 1024)
        names = [] if self._parent is None else ["parent"]
        names += ["height", "type"]
        if has_field(value, "payload"):
            names.append("payload")
        got = dict(zip(names, read_fields(value, *names), strict=True))
        if got.get("parent") != self._parent:
            raise EventChainError(self.height, "parent")
        if read_number(got["height"], 0, 2**30) != self.height:
            raise EventChainError(self.height, "height")
        kind = read_text(got["type"], 40)
        self._require_place(kind)
        payload = read_hex_digest(got["payload"]) if "payload" in got else None
        event = Event(kind, self.height, payload)
        self._move(kind, raw)
        return event

    def _require_place(self, kind: str) -> None:
        if kind not in FOLLOWERS[self.last]:
            raise EventOrderError(self.last, kind)

    def _move(self, kind: str, raw: bytes) -> None:
        self.last, self._parent, self.height = kind, hex_digest(raw), self.height + 1
