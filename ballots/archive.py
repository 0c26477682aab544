"""The archive of one box: reading and writing, byte for byte.

Data records, and events that chain them. Reading checks the structure only: that nothing is
out of form, out of order, repeated or left over.
What the records say is for `ballots.verification`.

Source: design 3, sections 7 and 11.1 (docs/formats/archive.md).
"""

import io
from collections.abc import Callable
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
from ballots.stored import StoredBallots

HEADER_NAME: Final = "BELENIOS"
MOST_OWNERS: Final = 1000
MOST_WAITING: Final = 4
"""Data records before one event: those of the set-up."""


@dataclass(frozen=True, slots=True)
class Archive:
    """One box's archive in good structure, as far as it goes.

    Attributes:
        timestamp: UTC seconds, the same in every record.
        election: raw election record.
        trustees: raw trustees record.
        credentials: raw list of public credentials.
        ballots: raw ballots in the order of the box, those replaced later included; read
            from the archive when they are asked for.
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
    ballots: StoredBallots
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

    Args:
        timestamp: UTC seconds, the same in every record.
        write: called with each next piece; without, `to_bytes` gives the whole.

    Raises:
        EventOrderError: an event is added where it may not stand.
        DuplicateBallotError: the same bytes are added twice.
        RepeatedOwnerError: a trustee's shuffle or decryption is added twice.
    """

    def __init__(self, timestamp: int, write: Callable[[bytes], object] | None = None) -> None:
        if not 0 <= timestamp < 8**11:
            raise WrongValueError((0, 8**11 - 1), timestamp)
        self._timestamp = timestamp
        self._chain = EventChain()
        self._ballots: set[bytes] = set()
        self._owners: set[tuple[str, int]] = set()
        self._kept = io.BytesIO()
        self._write = write or self._kept.write
        header = format_json({"version": 1, "timestamp": str(timestamp)})
        self._write(format_record(Record(HEADER_NAME, header, timestamp)))

    def setup(self, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Begin with the raw records that define the box."""
        records = {"election": election, "trustees": trustees, "credentials": credentials}
        setup = {name: hex_digest(raw) for name, raw in records.items()}
        self._event("Setup", [*records.values(), format_json(setup)])

    def ballot(self, raw: bytes) -> None:
        """Add an accepted ballot."""
        digest = hex_digest(raw)
        if (packed := bytes.fromhex(digest)) in self._ballots:
            raise DuplicateBallotError(digest)
        self._event("Ballot", [raw])
        self._ballots.add(packed)

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
        return self._kept.getvalue()

    def _event(self, kind: str, records: list[bytes]) -> None:
        digests = [hex_digest(record) for record in records]
        event = self._chain.append(kind, digests[-1] if digests else None)
        for digest, record in zip(digests, records, strict=True):
            self._record(f"{digest}.data.json", record)
        self._record(f"{hex_digest(event)}.event.json", event)

    def _record(self, name: str, body: bytes) -> None:
        self._write(format_record(Record(name, body, self._timestamp)))


# --- reading ----------------------------------------------------------------------------


def read_archive(source: bytes | BinaryIO) -> Archive:
    """Read an archive and check its structure.

    Args:
        source: the archive, or a stream that can be sought in and stays open while the
            archive is in use: its ballots are not kept in memory.

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
    ballots: StoredBallots
    known: set[bytes] = field(default_factory=set[bytes])
    setup: list[bytes] = field(default_factory=list[bytes])
    encrypted_tally: bytes | None = None
    sized: bytes | None = None
    shuffles: dict[int, bytes] = field(default_factory=dict[int, bytes])
    is_shuffled: bool = False
    decryptions: dict[int, bytes] = field(default_factory=dict[int, bytes])
    result: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A data record that waits for its event."""

    body: bytes
    digest: str
    place: int


class _Reader:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._records = RecordReader(stream)
        self._chain = EventChain()

    def read(self) -> Archive:
        found = _Found(self._read_header(), StoredBallots(self._stream))
        waiting: list[_Waiting] = []
        while (record := self._records.read()) is not None:
            digest = hex_digest(record.body)
            if self._is_event(record, digest):
                self._take(self._chain.follow(record.body), waiting, found)
                waiting = []
            elif len(waiting) == MOST_WAITING:
                # Without a bound they would fill the memory before an event is met.
                raise EventRecordsError(self._chain.height)
            else:
                waiting.append(_Waiting(record.body, digest, record.place))
        if waiting or not found.setup:
            # Records that no event speaks of, or not even the set-up.
            raise TruncatedArchiveError(self._records.offset)
        election, trustees, credentials = found.setup
        return Archive(
            found.timestamp,
            election,
            trustees,
            credentials,
            found.ballots,
            is_closed=self._chain.last not in {"Setup", "Ballot"},
            encrypted_tally=found.encrypted_tally,
            sized=found.sized,
            shuffles=tuple(found.shuffles.items()),
            is_shuffled=found.is_shuffled,
            decryptions=tuple(found.decryptions.items()),
            result=found.result,
        )

    def _take(self, event: Event, waiting: list[_Waiting], found: _Found) -> None:
        match event.kind:
            case "Setup":
                *records, data = self._expect(event, waiting, 4)
                self._check_setup(event, data.body, [record.digest for record in records])
                found.setup = [record.body for record in records]
            case "Ballot":
                (ballot,) = self._expect(event, waiting, 1)
                if (packed := bytes.fromhex(ballot.digest)) in found.known:
                    raise DuplicateBallotError(ballot.digest)
                found.known.add(packed)
                found.ballots.add(ballot.place, len(ballot.body), ballot.digest)
            case "EncryptedTally":
                tally, sized = self._expect(event, waiting, 2)
                found.encrypted_tally, found.sized = tally.body, sized.body
            case "Shuffle":
                self._take_owned(event, waiting, found.shuffles)
            case "EndShuffles":
                self._expect(event, waiting, 0)
                found.is_shuffled = True
            case "PartialDecryption":
                self._take_owned(event, waiting, found.decryptions)
            case "Result":
                (result,) = self._expect(event, waiting, 1)
                found.result = result.body
            case _:
                self._expect(event, waiting, 0)

    def _take_owned(self, event: Event, waiting: list[_Waiting], owned: dict[int, bytes]) -> None:
        given, claim = self._expect(event, waiting, 2)
        if (owner := self._read_owner(event, claim.body, given.digest)) in owned:
            raise RepeatedOwnerError(owner)
        owned[owner] = given.body

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

    def _is_event(self, record: Record, digest: str) -> bool:
        kind = "event" if record.name.endswith(".event.json") else "data"
        if record.name != (expected := f"{digest}.{kind}.json"):
            raise RecordNameError(expected, record.name)
        return kind == "event"

    def _expect(self, event: Event, waiting: list[_Waiting], count: int) -> list[_Waiting]:
        payload = waiting[-1].digest if waiting else None
        if len(waiting) != count or event.payload != payload:
            raise EventRecordsError(event.height)
        return waiting

    def _check_setup(self, event: Event, raw: bytes, digests: list[str]) -> None:
        names = ("election", "trustees", "credentials")
        value = parse_json(raw, 1024)
        if has_field(value, "credentials_certificate"):
            raise UnsupportedError("credentials certificates")
        if [read_hex_digest(digest) for digest in read_fields(value, *names)] != digests:
            raise EventRecordsError(event.height)

    def _read_owner(self, event: Event, raw: bytes, digest: str) -> int:
        owner, payload = read_fields(parse_json(raw, 1024), "owner", "payload")
        if read_hex_digest(payload) != digest:
            raise EventRecordsError(event.height)
        return read_number(owner, 1, MOST_OWNERS)
