"""Records: every byte of header and padding is fixed."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.errors import (
    BallotError,
    OversizedError,
    RecordHeaderError,
    TruncatedArchiveError,
)
from ballots.records import BLOCK, LARGEST_RECORD, Record, RecordReader, format_record
from tests.ballots.box import some

RECORD = Record("a.data.json", b"0123456789", 1_800_000_000)
RAW = format_record(RECORD)


def _read(raw: bytes) -> list[Record]:
    reader = RecordReader(io.BytesIO(raw))
    records = list(iter(reader.read, None))
    assert reader.offset == len(raw)
    return records


def test_the_header_is_worked_by_hand() -> None:
    assert len(RAW) == 2 * BLOCK
    assert RAW[:12] == b"a.data.json\0"
    assert RAW[100:124] == b"0000644\x000000000\x000000000\0"
    assert RAW[124:136] == b"00000000012\0"
    assert RAW[136:148] == b"%011o\0" % 1_800_000_000
    checksum = sum(RAW[:148]) + 8 * 32 + sum(RAW[156:BLOCK])
    assert RAW[148:157] == b"%06o\0 0" % checksum
    assert not any(RAW[157:BLOCK])
    assert RAW[BLOCK : BLOCK + 10] == b"0123456789"
    assert not any(RAW[BLOCK + 10 :])


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513])
def test_bodies_of_any_size_are_read_as_written(size: int) -> None:
    record = Record("b", b"x" * size, 5)
    assert len(format_record(record)) % BLOCK == 0
    assert _read(format_record(record) * 2) == [record, record]


@pytest.mark.parametrize("length", [1, 511, 512, 513, 1023])
def test_a_cut_record_is_refused(length: int) -> None:
    with pytest.raises(TruncatedArchiveError) as caught:
        _read(RAW + RAW[:length])
    assert caught.value.args == (len(RAW),)


def test_another_time_is_refused() -> None:
    later = format_record(Record("a", b"", RECORD.timestamp + 1))
    with pytest.raises(RecordHeaderError):
        _read(RAW + later)


def test_a_huge_record_is_not_even_read() -> None:
    start = bytearray(RAW)
    start[124:135] = b"%011o" % (LARGEST_RECORD + 1)
    with pytest.raises(OversizedError):
        _read(bytes(start))


@pytest.mark.parametrize(
    ("at", "put"),
    [
        pytest.param(0, b"\xff", id="name-not-ascii"),
        pytest.param(50, b"x", id="after-the-name"),
        pytest.param(100, b"0000755", id="mode"),
        pytest.param(108, b"0000001", id="owner"),
        pytest.param(124, b"0o000000012", id="size-with-prefix"),
        pytest.param(124, b"-0000000012", id="size-negative"),
        pytest.param(124, b"          8", id="size-with-spaces"),
        pytest.param(136, b"0_00000000", id="time-with-underscore"),
        pytest.param(148, b"000000", id="checksum"),
        pytest.param(156, b"5", id="folder"),
        pytest.param(257, b"ustar\x0000", id="ustar"),
        pytest.param(600, b"x", id="padding"),
    ],
)
def test_a_bent_header_is_refused(at: int, put: bytes) -> None:
    with pytest.raises(RecordHeaderError) as caught:
        _read(RAW[:at] + put + RAW[at + len(put) :])
    assert caught.value.args == (0,)


@some
@given(st.integers(0, BLOCK - 1), st.integers(0, 255))
def test_no_byte_of_a_header_is_free(at: int, byte: int) -> None:
    raw = RAW[:at] + bytes([byte]) + RAW[at + 1 :]
    if raw != RAW:
        with pytest.raises(BallotError):
            _read(raw)
