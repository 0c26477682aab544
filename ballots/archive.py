"""The archive of one box: reading and writing, byte for byte.

Data records, and events that chain them. Reading checks the structure only: that nothing is
out of form, out of order, repeated or left over.
What the records say is for `ballots.verification`.

Source: design 3, sections 7 and 11.1 (docs/formats/archive.md).
"""

import io
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from ballots.encoding import (
    format_json,
    has_field,
    hex_digest,
    parse_json,
    read_fields,
    read_hex_digest,
    read_number,
)
from ballots.errors import (
    DuplicateBallotError,
    EventRecordsError,
    RecordNameError,
    RepeatedOwnerError,
    TruncatedArchiveError,
    UnsupportedError,
    WrongValueError,
)
from ballots.events import Event, EventChain
from ballots.records import Record, RecordReader, format_record

HEADER_NAME: Final = "BELENIOS"
MOST_OWNERS: Final = 1000


@dataclass(frozen=True, slots=True)
class Archive:
    """One box's archive in good structure, as far as it goes.

    Attributes:
        timestamp: UTC seconds, the same in every record.
        election: raw election record.
        trustees: raw trustees record.
        credentials: raw list of public credentials.
        ballots: raw ballots in the order of the box, those replaced later included.
        is_closed: whether the end of the ballots is recorded.
        encrypted_tally: raw encrypted tally, once there.
        sized: the raw record beside it.
        shuffles: trustee's number and raw shuffle, in order.
        is_shuffled: whether the end of the shuffles is recorded.
        decryptions: trustee's number and raw partial decryption, in order.
        result: raw result, once there.
    """

    timestamp: int
    election: bytes
    trustees: bytes
    credentials: bytes
    ballots: tuple[bytes, ...] = ()
    is_closed: bool = False
    encrypted_tally: bytes | None = None
    sized: bytes | None = None
    shuffles: tuple[tuple[int, bytes], ...] = ()
    is_shuffled: bool = False
    decryptions: tuple[tuple[int, bytes], ...] = ()
    result: bytes | None = None


# --- writing ----------------------------------------------------------------------------


class ArchiveBuilder:
    """Writes an archive, event by event, in the one order there is.

    Raises:
        EventOrderError: an event is added where it may not stand.
        DuplicateBallotError: the same bytes are added twice.
        RepeatedOwnerError: a trustee's shuffle or decryption is added twice.
    """

    def __init__(self, timestamp: int) -> None:
        if not 0 <= timestamp < 8**11:
            raise WrongValueError((0, 8**11 - 1), timestamp)
        self._timestamp = timestamp
        self._chain = EventChain()
        self._ballots: set[str] = set()
        self._owners: set[tuple[str, int]] = set()
        header = format_json({"version": 1, "timestamp": str(timestamp)})
        self._blocks = [format_record(Record(HEADER_NAME, header, timestamp))]

    def setup(self, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Begin with the raw records that define the box."""
        records = {"election": election, "trustees": trustees, "credentials": credentials}
        setup = {name: hex_digest(raw) for name, raw in records.items()}
        self._event("Setup", [*records.values(), format_json(setup)])

    def ballot(self, raw: bytes) -> None:
        """Add an accepted ballot."""
        if (digest := hex_digest(raw)) in self._ballots:
            raise DuplicateBallotError(digest)
        self._event("Ballot", [raw])
        self._ballots.add(digest)

    def end_ballots(self) -> None:
        """Close the box."""
        self._event("EndBallots", [])

    def encrypted_tally(self, encrypted: bytes, sized: bytes) -> None:
        """Add what the ballots add up to."""
        self._event("EncryptedTally", [encrypted, sized])

    def shuffle(self, owner: int, raw: bytes) -> None:
        """Add the shuffle of the trustee with this number, from 1."""
        self._owned("Shuffle", owner, raw)

    def end_shuffles(self) -> None:
        """End the shuffles: what the last one gave is to be opened."""
        self._event("EndShuffles", [])

    def partial_decryption(self, owner: int, raw: bytes) -> None:
        """Add the decryption of the trustee with this number, from 1."""
        self._owned("PartialDecryption", owner, raw)

    def _owned(self, kind: str, owner: int, raw: bytes) -> None:
        if (kind, owner) in self._owners:
            raise RepeatedOwnerError(owner)
        owned = format_json({"owner": owner, "payload": hex_digest(raw)})
        self._event(kind, [raw, owned])
        self._owners.add((kind, owner))

    def result(self, raw: bytes) -> None:
        """End with the result."""
        self._event("Result", [raw])

    def to_bytes(self) -> bytes:
        """The archive so far. A later one begins with the same bytes."""
        return b"".join(self._blocks)

    def _event(self, kind: str, records: list[bytes]) -> None:
        event = self._chain.append(kind, hex_digest(records[-1]) if records else None)
        for record in records:
            self._record(f"{hex_digest(record)}.data.json", record)
        self._record(f"{hex_digest(event)}.event.json", event)

    def _record(self, name: str, body: bytes) -> None:
        self._blocks.append(format_record(Record(name, body, self._timestamp)))


# --- reading ----------------------------------------------------------------------------


def read_archive(source: bytes | BinaryIO) -> Archive:
    """Read an archive and check its structure.

    Raises:
        ArchiveError: a leaf of it: the structure is wrong.
        FormError: a leaf of it: a record that belongs to the structure is not in exact form.
        DuplicateBallotError: the same ballot is there twice.
        UnsupportedError: it has another version, or a certificate of its credentials.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return _Reader(stream).read()


@dataclass(slots=True)
class _Found:
    """What the events read so far brought."""

    timestamp: int
    setup: list[bytes] = field(default_factory=list[bytes])
    ballots: dict[str, bytes] = field(default_factory=dict[str, bytes])
    encrypted_tally: bytes | None = None
    sized: bytes | None = None
    shuffles: dict[int, bytes] = field(default_factory=dict[int, bytes])
    is_shuffled: bool = False
    decryptions: dict[int, bytes] = field(default_factory=dict[int, bytes])
    result: bytes | None = None


class _Reader:
    def __init__(self, stream: BinaryIO) -> None:
        self._records = RecordReader(stream)
        self._chain = EventChain()

    def read(self) -> Archive:
        found = _Found(self._read_header())
        waiting: list[bytes] = []
        while (record := self._records.read()) is not None:
            if self._is_event(record):
                self._take(self._chain.follow(record.body), waiting, found)
                waiting = []
            else:
                waiting.append(record.body)
        if waiting or not found.setup:
            # Records that no event speaks of, or not even the set-up.
            raise TruncatedArchiveError(self._records.offset)
        election, trustees, credentials = found.setup
        return Archive(
            found.timestamp,
            election,
            trustees,
            credentials,
            ballots=tuple(found.ballots.values()),
            is_closed=self._chain.last not in {"Setup", "Ballot"},
            encrypted_tally=found.encrypted_tally,
            sized=found.sized,
            shuffles=tuple(found.shuffles.items()),
            is_shuffled=found.is_shuffled,
            decryptions=tuple(found.decryptions.items()),
            result=found.result,
        )

    def _take(self, event: Event, waiting: list[bytes], found: _Found) -> None:
        match event.kind:
            case "Setup":
                *found.setup, data = self._expect(event, waiting, 4)
                self._check_setup(event, data, found.setup)
            case "Ballot":
                (ballot,) = self._expect(event, waiting, 1)
                if (digest := hex_digest(ballot)) in found.ballots:
                    raise DuplicateBallotError(digest)
                found.ballots[digest] = ballot
            case "EncryptedTally":
                found.encrypted_tally, found.sized = self._expect(event, waiting, 2)
            case "Shuffle":
                self._take_owned(event, waiting, found.shuffles)
            case "EndShuffles":
                self._expect(event, waiting, 0)
                found.is_shuffled = True
            case "PartialDecryption":
                self._take_owned(event, waiting, found.decryptions)
            case "Result":
                (found.result,) = self._expect(event, waiting, 1)
            case _:
                self._expect(event, waiting, 0)

    def _take_owned(self, event: Event, waiting: list[bytes], owned: dict[int, bytes]) -> None:
        raw, claim = self._expect(event, waiting, 2)
        if (owner := self._read_owner(event, claim, raw)) in owned:
            raise RepeatedOwnerError(owner)
        owned[owner] = raw

    def _read_header(self) -> int:
        record = self._records.read()
        if record is None:
            raise TruncatedArchiveError(0)
        if record.name != HEADER_NAME:
            raise RecordNameError(HEADER_NAME, record.name)
        version, timestamp = read_fields(parse_json(record.body, 256), "version", "timestamp")
        if read_number(version, 0, 2**30) != 1:
            raise UnsupportedError(f"archive version {version}")
        if timestamp != str(record.timestamp):
            raise WrongValueError(str(record.timestamp), timestamp)
        return record.timestamp

    def _is_event(self, record: Record) -> bool:
        kind = "event" if record.name.endswith(".event.json") else "data"
        if record.name != (expected := f"{hex_digest(record.body)}.{kind}.json"):
            raise RecordNameError(expected, record.name)
        return kind == "event"

    def _expect(self, event: Event, waiting: list[bytes], count: int) -> list[bytes]:
        payload = hex_digest(waiting[-1]) if waiting else None
        if len(waiting) != count or event.payload != payload:
            raise EventRecordsError(event.height)
        return waiting

    def _check_setup(self, event: Event, raw: bytes, records: list[bytes]) -> None:
        names = ("election", "trustees", "credentials")
        value = parse_json(raw, 1024)
        if has_field(value, "credentials_certificate"):
            raise UnsupportedError("credentials certificates")
        named = tuple([read_hex_digest(digest) for digest in read_fields(value, *names)])
        if named != tuple([hex_digest(record) for record in records]):
            raise EventRecordsError(event.height)

    def _read_owner(self, event: Event, raw: bytes, given: bytes) -> int:
        owner, payload = read_fields(parse_json(raw, 1024), "owner", "payload")
        if read_hex_digest(payload) != hex_digest(given):
            raise EventRecordsError(event.height)
        return read_number(owner, 1, MOST_OWNERS)
