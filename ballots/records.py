"""Records of an archive: a body behind an old-style tar header, in blocks of 512 bytes.

Source: design 3, section 7 (docs/formats/archive.md).
"""

import re
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from ballots.errors import OversizedError, RecordHeaderError, TruncatedArchiveError

BLOCK: Final = 512
LARGEST_RECORD: Final = 2**29

# Two octal numbers, size and time; the rest is compared after writing it again.
_NUMBERS = re.compile(rb"([0-7]{11})\0([0-7]{11})\0")


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        timestamp: UTC seconds.
        place: where its body begins in the archive it was read from.
    """

    name: str
    body: bytes
    timestamp: int
    place: int = field(default=0, compare=False)


def format_record(record: Record) -> bytes:
    """One record: its header block, its body, zeros up to the next block."""
    return _format_header(record) + record.body + bytes(-len(record.body) % BLOCK)


def _format_header(record: Record) -> bytes:
    # name 100, mode 8, owner 8, group 8, size 12, time 12, then the checksum of it all.
    start = record.name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2
    start += b"%011o\0%011o\0" % (len(record.body), record.timestamp)
    checksum = sum(start) + 8 * ord(" ") + ord("0")
    return (start + b"%06o\0 0" % checksum).ljust(BLOCK, b"\0")


class RecordReader:
    """Reads records one after the other, all with the same time.

    Attributes:
        offset: where the next record begins.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.offset = 0
        self._stream = stream
        self._timestamp: int | None = None

    def read(self) -> Record | None:
        """The next record, or None at the end.

        Raises:
            TruncatedArchiveError: the archive ends inside it.
            RecordHeaderError: header or padding is not byte-exact, or the time differs.
            OversizedError: it says that it is larger than any we read.
        """
        header = self._stream.read(BLOCK)
        if not header:
            return None
        if len(header) < BLOCK:
            raise TruncatedArchiveError(self.offset)
        numbers = _NUMBERS.fullmatch(header[124:148])
        if numbers is None:
            raise RecordHeaderError(self.offset)
        size, timestamp = (int(number, 8) for number in numbers.groups())
        if size > LARGEST_RECORD:
            raise OversizedError("record", LARGEST_RECORD, size)
        padded = self._stream.read(size + -size % BLOCK)
        if len(padded) < size + -size % BLOCK:
            raise TruncatedArchiveError(self.offset)
        if self._timestamp is None:
            self._timestamp = timestamp
        # What is not ASCII becomes a question mark, and differs below.
        name = header[:100].rstrip(b"\0").decode("ascii", "replace")
        name = name.replace("\ufffd", "?")
        record = Record(name, padded[:size], self._timestamp, self.offset + BLOCK)
        # Written again, the whole must be the same: no byte is free to differ.
        if format_record(record) != header + padded:
            raise RecordHeaderError(self.offset)
        self.offset += len(header) + len(padded)
        return record
