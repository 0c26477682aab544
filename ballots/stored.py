"""The ballots of an archive, left where they stand: 48 bytes of memory for each.

A box may hold more ballots than memory does. Reading the archive keeps each ballot's place
and digest; whoever needs the bytes reads them again, and they must still have that digest.

Source: design 3, section 7.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import BinaryIO, overload

from ballots.errors import ChangedArchiveError


@dataclass(frozen=True, slots=True)
class Digests(Sequence[str]):
    """SHA-256 digests, as hexadecimal text to the reader, 32 bytes each in memory."""

    packed: bytes = field(default=b"", repr=False)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> "Digests": ...

    def __getitem__(self, at: "int | slice") -> "str | Digests":
        """One digest, or those of a stretch."""
        if isinstance(at, slice):
            return Digests(b"".join([bytes.fromhex(self[i]) for i in range(len(self))[at]]))
        start = 32 * range(len(self))[at]
        return self.packed[start : start + 32].hex()

    def __len__(self) -> int:
        """How many there are."""
        return len(self.packed) // 32


class StoredBallots(Sequence[bytes]):
    """Raw ballots in the order of the box, read from the archive whenever they are asked for.

    Raises:
        ChangedArchiveError: when asked for one that is not what it was.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._places = array("Q")
        self._sizes = array("Q")
        self._packed = bytearray()

    def add(self, place: int, size: int, digest: str) -> None:
        """Note where the next one stands in the stream."""
        self._places.append(place)
        self._sizes.append(size)
        self._packed += bytes.fromhex(digest)

    @property
    def digests(self) -> Digests:
        """The digest of each."""
        return Digests(bytes(self._packed))

    @overload
    def __getitem__(self, at: int) -> bytes: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[bytes, ...]: ...

    def __getitem__(self, at: "int | slice") -> "bytes | tuple[bytes, ...]":
        """One ballot, or those of a stretch."""
        if isinstance(at, slice):
            return tuple([self[i] for i in range(len(self))[at]])
        self._stream.seek(self._places[at])
        raw = self._stream.read(self._sizes[at])
        start = 32 * range(len(self))[at]
        # Somebody could write into the file after its structure was checked.
        if sha256(raw).digest() != bytes(self._packed[start : start + 32]):
            raise ChangedArchiveError(self._places[at])
        return raw

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[bytes]:
        """One after the other."""
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Whether the same ballots stand in the same order."""
        return isinstance(other, StoredBallots) and self._packed == other._packed

    def __hash__(self) -> int:
        """A hash that equal ones share."""
        return hash(bytes(self._packed))
