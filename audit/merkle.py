"""The hash tree over the log's entries.

Leaves and nodes are hashed with different prefixes, so that a node can never be shown as
an entry. Proofs are made from `Subtree`, a way to read the hash of any perfect subtree:
`subtree(height, index)` is the root over leaves index·2^height up to (index+1)·2^height.

Source: design 5, section 3; RFC 6962 section 2.1; checking a consistency proof as in
RFC 9162 section 2.1.4.2.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from audit.errors import (
    ConsistencyProofError,
    InclusionProofError,
    NoSuchLeafError,
    RightEdgeError,
)

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()

Subtree = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class RightEdge:
    """What is needed of a tree to append to it: the roots of its perfect subtrees.

    Attributes:
        size: number of leaves.
        hashes: left to right, one for each bit set in the size.

    Raises:
        RightEdgeError: the hashes cannot be those of a tree of this size.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if (
            self.size < 0
            or self.size.bit_count() != len(self.hashes)
            or any(len(part) != HASH_SIZE for part in self.hashes)
        ):
            raise RightEdgeError(self.size, len(self.hashes))

    def append(self, leaf: bytes) -> "RightEdge":
        """The edge after one more leaf hash."""
        hashes, rest, new = list(self.hashes), self.size, leaf
        while rest & 1:
            new = node_hash(hashes.pop(), new)
            rest >>= 1
        return RightEdge(self.size + 1, (*hashes, new))

    def root(self) -> bytes:
        """The root of the whole tree."""
        return _fold(self.hashes) if self.hashes else EMPTY_ROOT


def subtree_of(leaves: Sequence[bytes]) -> Subtree:
    """Read subtrees of a tree whose leaf hashes are all at hand; each is hashed once."""
    rows: list[list[bytes]] = [list(leaves)]
    while len(rows[-1]) > 1:
        below = rows[-1]
        rows.append(
            [node_hash(below[i], below[i + 1]) for i in range(0, len(below) - len(below) % 2, 2)]
        )

    def subtree(height: int, index: int) -> bytes:
        return rows[height][index]

    return subtree


def root_at(size: int, subtree: Subtree) -> bytes:
    """The root of the first `size` leaves."""
    return _range_hash(0, size, subtree) if size else EMPTY_ROOT


def prove_inclusion(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The sibling hashes of leaf `index` in the tree of `size` leaves, leaf upward.

    Raises:
        NoSuchLeafError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise NoSuchLeafError(index, size)
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _largest_power_below(end - start)
        if index < split:
            proof.append(_range_hash(split, end, subtree))
            end = split
        else:
            proof.append(_range_hash(start, split, subtree))
            start = split
    return tuple(reversed(proof))


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Iterable[bytes], root: bytes
) -> None:
    """Check that a leaf hash stands at `index` of the tree with this size and root.

    Raises:
        InclusionProofError: it does not, or the proof has not exactly the hashes needed.
    """
    hashes = tuple(proof)
    if not 0 <= index < size or any(len(part) != HASH_SIZE for part in (leaf, *hashes)):
        raise InclusionProofError(index, size)
    inner = (index ^ (size - 1)).bit_length()
    # A proof of another length could be one of another tree shape.
    if len(hashes) != inner + (index >> inner).bit_count():
        raise InclusionProofError(index, size)

    found = leaf
    for position, sibling in enumerate(hashes):
        is_right = position >= inner or index >> position & 1
        found = node_hash(sibling, found) if is_right else node_hash(found, sibling)
    if found != root:
        raise InclusionProofError(index, size)


def prove_consistency(old: int, new: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The hashes that show that the tree of `old` leaves is the beginning of that of `new`.

    Raises:
        NoSuchLeafError: not 0 < old <= new; every tree begins with the empty one, so that
            there is nothing to prove about size 0.
    """
    if not 0 < old <= new:
        raise NoSuchLeafError(old, new)
    proof: list[bytes] = []
    start, end = 0, new
    while end != old:
        split = start + _largest_power_below(end - start)
        if old <= split:
            proof.append(_range_hash(split, end, subtree))
            end = split
        else:
            proof.append(_range_hash(start, split, subtree))
            start = split
    if start:  # else the last subtree is the whole old tree, whose root the verifier has
        proof.append(_range_hash(start, end, subtree))
    return tuple(reversed(proof))


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Iterable[bytes]
) -> None:
    """Check that the tree of `old` leaves is the beginning of the tree of `new` leaves.

    Raises:
        ConsistencyProofError: it is not, or old is 0, or the proof has not exactly the
            hashes needed.
    """
    hashes = tuple(proof)
    failure = ConsistencyProofError(old, new)
    if not 0 < old <= new or any(len(part) != HASH_SIZE for part in hashes):
        raise failure
    if old == new:
        if hashes or old_root != new_root:
            raise failure
        return
    if old & (old - 1) == 0:  # a perfect tree: its root is the first hash
        hashes = (old_root, *hashes)
    if not hashes or _climb(old - 1, new - 1, hashes) != (old_root, new_root):
        raise failure


def _climb(low: int, high: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots that a consistency proof leads to, or None when its length is wrong.

    Args:
        low: index of the last leaf of the older tree.
        high: index of the last leaf of the newer tree.
        hashes: at least one; the first is the subtree where both trees still agree.
    """
    while low & 1:
        low, high = low >> 1, high >> 1
    found_old = found_new = hashes[0]
    for part in hashes[1:]:
        if high == 0:
            return None
        if low & 1 or low == high:
            found_old, found_new = node_hash(part, found_old), node_hash(part, found_new)
            while low and not low & 1:
                low, high = low >> 1, high >> 1
        else:
            found_new = node_hash(found_new, part)
        low, high = low >> 1, high >> 1
    return None if high else (found_old, found_new)


def _largest_power_below(size: int) -> int:
    """The largest power of two that is smaller than size (size > 1)."""
    return 1 << (size - 1).bit_length() - 1


def _range_hash(start: int, end: int, subtree: Subtree) -> bytes:
    """The root over leaves start..end, where start is a multiple of the largest part."""
    parts: list[bytes] = []
    while start < end:
        height = (end - start).bit_length() - 1
        parts.append(subtree(height, start >> height))
        start += 1 << height
    return _fold(parts)


def _fold(parts: Sequence[bytes]) -> bytes:
    found = parts[-1]
    for part in reversed(parts[:-1]):
        found = node_hash(part, found)
    return found
