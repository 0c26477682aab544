"""The trustees of an election: their numbers, their keys, the joint key, who is enough.

A single trustee is needed in any case; of trustees with a threshold, so many of them. The
joint key is the product of the single ones' keys and of the groups' parts, so that none can
open a ballot alone.

Source: design 3, section 4 (docs/formats/trustees.md).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from ballots.encoding import format_json, parse_json, read_list
from ballots.errors import RepeatedTrusteeError, WrongValueError
from ballots.group import format_point, multiply_all
from ballots.keys import (
    TrusteePublicKey,
    format_private_key,
    key_object,
    make_private_key,
    make_public_key,
    parse_private_key,
    read_key,
    verify_public_key,
)
from ballots.pedersen import MOST_TRUSTEES, PedersenTrustees, pedersen_object, read_pedersen

__all__ = [
    "PedersenTrustees",
    "Seats",
    "TrusteePublicKey",
    "Trustees",
    "format_groups",
    "format_private_key",
    "format_trustees",
    "joint_key",
    "make_private_key",
    "make_public_key",
    "parse_private_key",
    "parse_trustees",
    "verify_public_key",
]

_LARGEST_RECORD: Final = 2**22


@dataclass(frozen=True, slots=True)
class Seats:
    """The numbers of a group's trustees, and how many of them are needed.

    Attributes:
        numbers: in the order of their indexes, which start from 1 in each group.
        is_threshold: whether their shares are combined by interpolation.
    """

    numbers: range
    needed: int
    is_threshold: bool


@dataclass(frozen=True, slots=True)
class Trustees:
    """All trustees of an election: single ones, and groups with a threshold.

    Raises:
        RepeatedTrusteeError: two have the same key.
    """

    groups: tuple[TrusteePublicKey | PedersenTrustees, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.keys) <= MOST_TRUSTEES:
            raise WrongValueError((1, MOST_TRUSTEES), len(self.keys))
        seen: set[str] = set()
        for group in self.groups:
            # Where any one of a group is enough, all of them have the same key.
            alike = isinstance(group, PedersenTrustees) and group.threshold == 1
            for key in _keys_of(group)[: 1 if alike else None]:
                if key.public_key in seen:
                    raise RepeatedTrusteeError(key.public_key)
                seen.add(key.public_key)

    @property
    def keys(self) -> tuple[TrusteePublicKey, ...]:
        """Every trustee's own key, in the order of their numbers, which start from 1."""
        return tuple([key for group in self.groups for key in _keys_of(group)])

    @property
    def seats(self) -> tuple[Seats, ...]:
        """The numbers of each group's trustees."""
        seats: list[Seats] = []
        start = 1
        for group in self.groups:
            numbers = range(start, start + len(_keys_of(group)))
            start = numbers.stop
            if isinstance(group, PedersenTrustees):
                seats.append(Seats(numbers, group.threshold, is_threshold=True))
            else:
                seats.append(Seats(numbers, 1, is_threshold=False))
        return tuple(seats)

    def missing(self, present: Collection[int]) -> tuple[int, ...]:
        """The numbers without which these are too few; none if they are enough."""
        missing: list[int] = []
        for seats in self.seats:
            absent = [number for number in seats.numbers if number not in present]
            if len(seats.numbers) - len(absent) < seats.needed:
                missing += absent
        return tuple(missing)


def _keys_of(group: TrusteePublicKey | PedersenTrustees) -> tuple[TrusteePublicKey, ...]:
    return group.keys if isinstance(group, PedersenTrustees) else (group,)


def format_trustees(keys: Sequence[bytes]) -> bytes:
    """The archive's trustees record, of single trustees' public keys in order."""
    return format_groups([verify_public_key(key) for key in keys])


def format_groups(groups: Sequence[TrusteePublicKey | PedersenTrustees]) -> bytes:
    """The archive's trustees record."""
    return format_json(
        [
            ["Pedersen", pedersen_object(group)]
            if isinstance(group, PedersenTrustees)
            else ["Single", key_object(group)]
            for group in Trustees(tuple(groups)).groups
        ]
    )


def parse_trustees(raw: bytes) -> Trustees:
    """Parse a trustees record and verify every key, proof and signature in it."""
    value = parse_json(raw, _LARGEST_RECORD)
    return Trustees(read_list(value, "trustees", _read_group, most=MOST_TRUSTEES))


def _read_group(value: object) -> TrusteePublicKey | PedersenTrustees:
    kind, group = read_list(value, "trustee", lambda item: item, count=2)
    if kind == "Pedersen":
        return read_pedersen(group)
    if kind != "Single":
        raise WrongValueError("Single or Pedersen", kind)
    return read_key(group)


def joint_key(trustees: Trustees) -> str:
    """The election's public key: the product of all groups' parts."""
    return format_point(multiply_all([group.point for group in trustees.groups]))
