"""Archives: read as written, in one order, with nothing left over."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.archive import HEADER_NAME, ArchiveBuilder, read_archive
from ballots.encoding import format_json, hex_digest
from ballots.errors import (
    BallotError,
    DuplicateBallotError,
    EventOrderError,
    EventRecordsError,
    MalformedJsonError,
    RecordHeaderError,
    RecordNameError,
    RepeatedOwnerError,
    TruncatedArchiveError,
    UnsupportedError,
    WrongFieldsError,
    WrongValueError,
)
from ballots.events import EventChain
from ballots.records import Record, format_record
from tests.ballots.box import TIMESTAMP, open_box, some

OPENED = open_box()
RAW = OPENED.write()
SETUP = (OPENED.box.election.raw, OPENED.box.trustees, OPENED.box.credentials)


def _records(*bodies: bytes) -> bytes:
    """The header and data records; an event is told by its field."""
    header = format_json({"version": 1, "timestamp": str(TIMESTAMP)})
    raw = format_record(Record(HEADER_NAME, header, TIMESTAMP))
    for body in bodies:
        kind = "event" if b'"height"' in body else "data"
        raw += format_record(Record(f"{hex_digest(body)}.{kind}.json", body, TIMESTAMP))
    return raw


def _setup_data(**changed: Any) -> bytes:
    names = ("election", "trustees", "credentials")
    digests = {name: hex_digest(raw) for name, raw in zip(names, SETUP, strict=True)}
    return format_json(digests | changed)


def _begin(chain: EventChain) -> list[bytes]:
    data = _setup_data()
    return [*SETUP, data, chain.append("Setup", hex_digest(data))]


def test_an_archive_is_read_as_written() -> None:
    archive = read_archive(RAW)
    assert (archive.election, archive.trustees, archive.credentials) == SETUP
    assert archive.timestamp == TIMESTAMP
    assert tuple(archive.ballots) == OPENED.ballots
    assert archive.is_closed
    assert (archive.encrypted_tally, archive.sized) == (
        OPENED.tally.encrypted,
        OPENED.tally.sized,
    )
    assert archive.decryptions == tuple(
        (owner, share.decryption) for owner, share in enumerate(OPENED.shares, 1)
    )
    assert archive.result == OPENED.result
    assert read_archive(io.BytesIO(RAW)) == archive


def test_a_growing_archive_keeps_its_beginning_and_is_readable_at_every_step() -> None:
    builder = ArchiveBuilder(TIMESTAMP)
    steps: list[bytes] = []
    builder.setup(*SETUP)
    steps.append(builder.to_bytes())
    for raw in OPENED.ballots:
        builder.ballot(raw)
        steps.append(builder.to_bytes())
    builder.end_ballots()
    steps.append(builder.to_bytes())
    for before, after in zip(steps, [*steps[1:], RAW], strict=True):
        assert after.startswith(before)
    assert [len(read_archive(step).ballots) for step in steps] == [0, 1, 2, 3, 3]
    assert [read_archive(step).is_closed for step in steps] == [False] * 4 + [True]


def test_the_builder_keeps_order_and_refuses_repeats() -> None:
    builder = ArchiveBuilder(TIMESTAMP)
    with pytest.raises(EventOrderError):
        builder.ballot(b"{}")
    builder.setup(*SETUP)
    builder.ballot(OPENED.ballots[0])
    with pytest.raises(DuplicateBallotError):
        builder.ballot(OPENED.ballots[0])
    builder.end_ballots()
    with pytest.raises(EventOrderError):
        builder.ballot(OPENED.ballots[1])
    builder.encrypted_tally(OPENED.tally.encrypted, OPENED.tally.sized)
    builder.partial_decryption(1, OPENED.shares[0].decryption)
    with pytest.raises(RepeatedOwnerError):
        builder.partial_decryption(1, OPENED.shares[0].decryption)


@pytest.mark.parametrize("timestamp", [-1, 8**11])
def test_a_time_that_no_header_holds_is_refused(timestamp: int) -> None:
    with pytest.raises(WrongValueError):
        ArchiveBuilder(timestamp)


def _bent_header(value: object, name: str = HEADER_NAME) -> bytes:
    return format_record(Record(name, format_json(value), TIMESTAMP)) + RAW[1024:]


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        pytest.param(b"", TruncatedArchiveError, id="empty"),
        pytest.param(RAW[:1024], TruncatedArchiveError, id="header-only"),
        pytest.param(RAW[1024:], RecordNameError, id="no-header"),
        pytest.param(RAW + bytes(1024), RecordHeaderError, id="end-blocks"),
        pytest.param(RAW[:-512], TruncatedArchiveError, id="cut"),
        pytest.param(RAW + RAW[:1024], RecordNameError, id="second-header"),
        pytest.param(
            _bent_header({"version": 2, "timestamp": str(TIMESTAMP)}),
            UnsupportedError,
            id="version",
        ),
        pytest.param(
            _bent_header({"version": True, "timestamp": str(TIMESTAMP)}), WrongValueError, id="true"
        ),
        pytest.param(
            _bent_header({"version": 1, "timestamp": str(TIMESTAMP + 1)}),
            WrongValueError,
            id="time",
        ),
        pytest.param(
            _bent_header({"version": 1, "timestamp": TIMESTAMP}), WrongValueError, id="time-number"
        ),
        pytest.param(
            _bent_header({"timestamp": str(TIMESTAMP), "version": 1}), WrongFieldsError, id="order"
        ),
    ],
)
def test_a_bent_archive_is_refused(raw: bytes, error: type[BallotError]) -> None:
    with pytest.raises(error):
        read_archive(raw)


def test_a_record_under_another_name_is_refused() -> None:
    name = f"{hex_digest(b'other')}.data.json"
    raw = RAW[:1024] + format_record(Record(name, SETUP[0], TIMESTAMP))
    with pytest.raises(RecordNameError) as caught:
        read_archive(raw)
    assert caught.value.args[1] == name


def test_events_of_a_swapped_order_are_refused() -> None:
    chain, other = EventChain(), EventChain()
    first, second = _begin(chain), _begin(other)
    ballot = OPENED.ballots[0]
    one = chain.append("Ballot", hex_digest(ballot))
    end = other.append("EndBallots", None)
    # The end of the ballots stands where a ballot stood: its ballot comes too late.
    with pytest.raises(EventRecordsError):
        read_archive(_records(*first, ballot, end))
    late = EventChain()
    records = [*_begin(late), late.append("EndBallots", None), ballot]
    event = json.loads(one) | {"height": 2, "parent": hex_digest(records[-2])}
    with pytest.raises(EventOrderError):
        read_archive(_records(*records, format_json(event)))
    assert second == first


def _with(kind: str, records: list[bytes], payload: bytes | None) -> bytes:
    """An archive whose second event has these records before it."""
    chain = EventChain()
    begun = _begin(chain)
    event = chain.append(kind, None if payload is None else hex_digest(payload))
    return _records(*begun, *records, event)


B0, B1 = OPENED.ballots[:2]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(_with("Ballot", [B0], B1), id="another-payload"),
        pytest.param(_with("Ballot", [B0], None), id="no-payload"),
        pytest.param(_with("Ballot", [], B0), id="no-record"),
        pytest.param(_with("Ballot", [B1, B0], B0), id="one-record-too-many"),
        pytest.param(_with("EndBallots", [B0], B0), id="record-before-the-end"),
        pytest.param(_with("EndBallots", [], B0), id="payload-of-the-end"),
    ],
)
def test_records_belong_to_their_event(raw: bytes) -> None:
    with pytest.raises(EventRecordsError) as caught:
        read_archive(raw)
    assert caught.value.args == (1,)


def test_records_without_an_event_are_refused() -> None:
    with pytest.raises(TruncatedArchiveError):
        read_archive(_records(*_begin(EventChain()), B0))


def test_records_are_not_gathered_without_end() -> None:
    bodies = [format_json([number]) for number in range(5)]
    with pytest.raises(EventRecordsError) as caught:
        read_archive(_records(*_begin(EventChain()), *bodies))
    assert caught.value.args == (1,)


def test_the_same_ballot_twice_is_refused() -> None:
    chain = EventChain()
    records = _begin(chain)
    for _ in range(2):
        records += [B0, chain.append("Ballot", hex_digest(B0))]
    with pytest.raises(DuplicateBallotError) as caught:
        read_archive(_records(*records))
    assert caught.value.args == (hex_digest(B0),)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(_setup_data(trustees=hex_digest(b"")), EventRecordsError, id="other-digest"),
        pytest.param(
            _setup_data(credentials_certificate=hex_digest(b"")), UnsupportedError, id="certificate"
        ),
        pytest.param(_setup_data(extra=1), WrongFieldsError, id="extra"),
        pytest.param(_setup_data(election="x"), WrongValueError, id="no-digest"),
        pytest.param(_setup_data() + b" ", MalformedJsonError, id="space"),
    ],
)
def test_bent_setup_data_are_refused(data: bytes, error: type[BallotError]) -> None:
    event = EventChain().append("Setup", hex_digest(data))
    with pytest.raises(error):
        read_archive(_records(*SETUP, data, event))


def test_a_second_setup_is_refused() -> None:
    records = _begin(EventChain())
    again = json.loads(records[-1])
    second = format_json({"parent": hex_digest(records[-1])} | again | {"height": 1})
    with pytest.raises(EventOrderError):
        read_archive(_records(*records, *records[:-1], second))


def _decryptions(*owned: bytes) -> bytes:
    chain = EventChain()
    records = [*_begin(chain), chain.append("EndBallots", None)]
    tally = OPENED.tally
    records += [
        tally.encrypted,
        tally.sized,
        chain.append("EncryptedTally", hex_digest(tally.sized)),
    ]
    for one in owned:
        records += [
            OPENED.shares[0].decryption,
            one,
            chain.append("PartialDecryption", hex_digest(one)),
        ]
    return _records(*records)


def _owned(owner: object, payload: str = hex_digest(OPENED.shares[0].decryption)) -> bytes:
    return format_json({"owner": owner, "payload": payload})


@pytest.mark.parametrize(
    ("owned", "error"),
    [
        pytest.param([_owned(1), _owned(1)], RepeatedOwnerError, id="twice"),
        pytest.param([_owned(0)], WrongValueError, id="owner-0"),
        pytest.param([_owned("1")], WrongValueError, id="owner-text"),
        pytest.param([_owned(1, hex_digest(b""))], EventRecordsError, id="other-digest"),
        pytest.param([_owned(1) + b"\n"], MalformedJsonError, id="line-feed"),
    ],
)
def test_bent_owners_are_refused(owned: list[bytes], error: type[BallotError]) -> None:
    with pytest.raises(error):
        read_archive(_decryptions(*owned))


@some
@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_no_byte_of_an_archive_is_free(at: int, byte: int) -> None:
    raw = RAW[:at] + bytes([byte]) + RAW[at + 1 :]
    if raw != RAW:
        with pytest.raises(BallotError):
            read_archive(raw)
