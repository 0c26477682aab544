"""The archive of one box: reading and writing, byte for byte.

Records of 512-byte blocks with an old-style tar header, chained events among them. Reading
checks the structure only: that nothing is out of form, out of order, repeated or left over.
What the records say is for `ballots.verification`.

Source: design 3, sections 7 and 11.1 (docs/formats/archive.md).
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ballots.encoding import (
    format_json,
    has_field,
    hex_digest,
    parse_json,
    present_fields,
    read_fields,
    read_hex_digest,
    read_number,
    read_text,
)
from ballots.errors import (
    DuplicateBallotError,
    EventChainError,
    EventOrderError,
    EventRecordsError,
    OversizedError,
    RecordHeaderError,
    RecordNameError,
    RepeatedOwnerError,
    TruncatedArchiveError,
    UnsupportedError,
    WrongValueError,
)

BLOCK: Final = 512
LARGEST_RECORD: Final = 2**29
HEADER_NAME: Final = "BELENIOS"
MOST_OWNERS: Final = 1000

START: Final = "start"
FOLLOWERS: Final = {
    START: {"Setup"},
    "Setup": {"Ballot", "EndBallots"},
    "Ballot": {"Ballot", "EndBallots"},
    "EndBallots": {"EncryptedTally"},
    "EncryptedTally": {"PartialDecryption"},
    "PartialDecryption": {"PartialDecryption", "Result"},
    "Result": frozenset[str](),
}
"""What may follow what. Nothing may come after the result, no ballot after the closing."""

UNSUPPORTED_EVENTS: Final = frozenset({"Shuffle", "EndShuffles"})


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
    decryptions: tuple[tuple[int, bytes], ...] = ()
    result: bytes | None = None


# --- writing ----------------------------------------------------------------------------


def format_record(name: str, body: bytes, timestamp: int) -> bytes:
    """One record: its header block, its body, zeros up to the next block."""
    return _format_header(name, len(body), timestamp) + body + bytes(-len(body) % BLOCK)


def _format_header(name: str, size: int, timestamp: int) -> bytes:
    # name 100, mode 8, owner 8, group 8, size 12, time 12, then the checksum of it all.
    start = name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2
    start += b"%011o\0%011o\0" % (size, timestamp)
    checksum = sum(start) + 8 * ord(" ") + ord("0")
    return (start + b"%06o\0 0" % checksum).ljust(BLOCK, b"\0")


class ArchiveBuilder:
    """Writes an archive, event by event, in the one order there is.

    Raises:
        EventOrderError: an event is added where it may not stand.
        DuplicateBallotError: the same bytes are added twice.
        RepeatedOwnerError: a trustee's decryption is added twice.
    """

    def __init__(self, timestamp: int) -> None:
        self._timestamp = timestamp
        self._last = START
        self._parent: str | None = None
        self._height = 0
        self._ballots: set[str] = set()
        self._owners: set[int] = set()
        header = format_json({"version": 1, "timestamp": str(timestamp)})
        self._blocks = [format_record(HEADER_NAME, header, timestamp)]

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

    def partial_decryption(self, owner: int, raw: bytes) -> None:
        """Add the decryption of the trustee with this number, from 1."""
        if owner in self._owners:
            raise RepeatedOwnerError(owner)
        owned = format_json({"owner": owner, "payload": hex_digest(raw)})
        self._event("PartialDecryption", [raw, owned])
        self._owners.add(owner)

    def result(self, raw: bytes) -> None:
        """End with the result."""
        self._event("Result", [raw])

    def to_bytes(self) -> bytes:
        """The archive so far. A later one begins with the same bytes."""
        return b"".join(self._blocks)

    def _event(self, kind: str, records: list[bytes]) -> None:
        if kind not in FOLLOWERS[self._last]:
            raise EventOrderError(self._last, kind)
        event: dict[str, object] = {} if self._parent is None else {"parent": self._parent}
        event |= {"height": self._height, "type": kind}
        if records:
            event["payload"] = hex_digest(records[-1])
        raw = format_json(event)
        for record in records:
            self._record(f"{hex_digest(record)}.data.json", record)
        self._record(f"{hex_digest(raw)}.event.json", raw)
        self._last, self._parent, self._height = kind, hex_digest(raw), self._height + 1

    def _record(self, name: str, body: bytes) -> None:
        self._blocks.append(format_record(name, body, self._timestamp))


# --- reading ----------------------------------------------------------------------------


def read_archive(source: bytes | BinaryIO) -> Archive:
    """Read an archive and check its structure.

    Raises:
        ArchiveError: a leaf of it: the structure is wrong.
        FormError: a leaf of it: a record that belongs to the structure is not in exact form.
        DuplicateBallotError: the same ballot is there twice.
        UnsupportedError: it has events that this version does not know how to check.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return _Reader(stream).read()


@dataclass(frozen=True, slots=True)
class _Record:
    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Event:
    kind: str
    payload: str | None


class _Reader:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._offset = 0
        self._timestamp: int | None = None
        self._last = START
        self._parent: str | None = None
        self._height = 0

    def read(self) -> Archive:
        timestamp = self._read_header()
        setup: tuple[bytes, bytes, bytes] | None = None
        ballots: dict[str, bytes] = {}
        decryptions: dict[int, bytes] = {}
        tally: tuple[bytes, bytes] | None = None
        result: bytes | None = None

        waiting: list[bytes] = []
        for record in self._records():
            if record.name.endswith(".data.json"):
                waiting.append(record.body)
                continue
            event = self._read_event(record.body)
            match event.kind:
                case "Setup":
                    election, trustees, credentials, data = self._expect(event, waiting, 4)
                    setup = election, trustees, credentials
                    self._check_setup(data, setup)
                case "Ballot":
                    (ballot,) = self._expect(event, waiting, 1)
                    digest = hex_digest(ballot)
                    if digest in ballots:
                        raise DuplicateBallotError(digest)
                    ballots[digest] = ballot
                case "EncryptedTally":
                    encrypted, sized = self._expect(event, waiting, 2)
                    tally = encrypted, sized
                case "PartialDecryption":
                    decryption, owned = self._expect(event, waiting, 2)
                    owner = self._read_owner(owned, decryption)
                    if owner in decryptions:
                        raise RepeatedOwnerError(owner)
                    decryptions[owner] = decryption
                case "Result":
                    (result,) = self._expect(event, waiting, 1)
                case _:
                    self._expect(event, waiting, 0)
            waiting = []
        if waiting or setup is None:
            # Records that no event speaks of, or not even the set-up.
            raise TruncatedArchiveError(self._offset)
        return Archive(
            timestamp,
            *setup,
            ballots=tuple(ballots.values()),
            is_closed=self._last not in {"Setup", "Ballot"},
            encrypted_tally=tally[0] if tally else None,
            sized=tally[1] if tally else None,
            decryptions=tuple(decryptions.items()),
            result=result,
        )

    # Records.

    def _records(self) -> Iterator[_Record]:
        while (record := self._read_record()) is not None:
            kind = "event" if record.name.endswith(".event.json") else "data"
            expected = f"{hex_digest(record.body)}.{kind}.json"
            if record.name != expected:
                raise RecordNameError(expected, record.name)
            yield record

    def _read_record(self) -> _Record | None:
        header = self._stream.read(BLOCK)
        if not header:
            return None
        if len(header) < BLOCK:
            raise TruncatedArchiveError(self._offset)
        name, size, timestamp = self._read_block(header)
        if size > LARGEST_RECORD:
            raise OversizedError("record", LARGEST_RECORD, size)
        padded = self._stream.read(size + -size % BLOCK)
        if len(padded) < size + -size % BLOCK:
            raise TruncatedArchiveError(self._offset)
        self._timestamp = timestamp if self._timestamp is None else self._timestamp
        # Written again, the whole must be the same: no byte is free to differ.
        if format_record(name, padded[:size], self._timestamp) != header + padded:
            raise RecordHeaderError(self._offset)
        self._offset += len(header) + len(padded)
        return _Record(name, padded[:size])

    def _read_block(self, header: bytes) -> tuple[str, int, int]:
        try:
            name = header[:100].rstrip(b"\0").decode("ascii")
            return name, int(header[124:135], 8), int(header[136:147], 8)
        except ValueError:
            raise RecordHeaderError(self._offset) from None

    def _read_header(self) -> int:
        record = self._read_record()
        if record is None:
            raise TruncatedArchiveError(0)
        if record.name != HEADER_NAME:
            raise RecordNameError(HEADER_NAME, record.name)
        version, timestamp = read_fields(parse_json(record.body, 256), "version", "timestamp")
        if read_number(version, 0, 2**30) != 1:
            raise UnsupportedError(f"archive version {version}")
        if read_text(timestamp, 20) != str(self._timestamp):
            raise WrongValueError(self._timestamp, timestamp)
        return int(read_text(timestamp, 20))

    # Events.

    def _read_event(self, raw: bytes) -> _Event:
        value = parse_json(raw, 1024)
        names = present_fields(
            value, ("parent", "height", "type", "payload"), frozenset({"parent", "payload"})
        )
        got = dict(zip(names, read_fields(value, *names), strict=True))
        kind = read_text(got["type"], 40)
        if got.get("parent") != self._parent:
            raise EventChainError(self._height, "parent")
        if read_number(got["height"], 0, 2**30) != self._height:
            raise EventChainError(self._height, "height")
        if kind in UNSUPPORTED_EVENTS:
            raise UnsupportedError(f"{kind} events")
        if kind not in FOLLOWERS[self._last]:
            raise EventOrderError(self._last, kind)
        self._last, self._parent, self._height = kind, hex_digest(raw), self._height + 1
        return _Event(kind, read_hex_digest(got["payload"]) if "payload" in got else None)

    def _expect(self, event: _Event, waiting: list[bytes], count: int) -> list[bytes]:
        payload = hex_digest(waiting[-1]) if waiting else None
        if len(waiting) != count or event.payload != payload:
            raise EventRecordsError(self._height - 1)
        return waiting

    def _check_setup(self, raw: bytes, records: tuple[bytes, bytes, bytes]) -> None:
        names = ("election", "trustees", "credentials")
        value = parse_json(raw, 1024)
        if has_field(value, "credentials_certificate"):
            raise UnsupportedError("credentials certificates")
        named = tuple([read_hex_digest(digest) for digest in read_fields(value, *names)])
        if named != tuple([hex_digest(record) for record in records]):
            raise EventRecordsError(self._height - 1)

    def _read_owner(self, raw: bytes, decryption: bytes) -> int:
        owner, payload = read_fields(parse_json(raw, 1024), "owner", "payload")
        if read_hex_digest(payload) != hex_digest(decryption):
            raise EventRecordsError(self._height - 1)
        return read_number(owner, 1, MOST_OWNERS)
