"""The group of edwards25519 and its scalars, in calls that take lists.

Every multiplication of the package goes through `combine`, so that a faster backend can take
its place without touching a proof. The group is written multiplicatively.

A point travels as its 32 bytes in RFC 8032 order; its text is the reverse of them in
hexadecimal. Source: design 3, section 1 (confirmed against the independent tool).
"""

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import count as count_up
from typing import Any, Final, NewType, cast

from nacl import _sodium  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]

# Named one by one: the star import of this module is broken in PyNaCl 1.6.2.
from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_core_ed25519_sub,
)
from nacl.exceptions import RuntimeError as SodiumError

from ballots.errors import PointFormError, PointOutsideGroupError

Random = Callable[[int], bytes]
"""Gives so many random bytes, as `os.urandom` does."""

Point = NewType("Point", bytes)
Row = Sequence[tuple[Point, int]]
Powers = Mapping[tuple[Point, int], Point]
"""Points raised to exponents of 0 to the order."""

FIELD: Final = 2**255 - 19
ORDER: Final = 2**252 + 27742317777372353535851937790883648493
PACKED: Final = 32
ONE: Final = Point(bytes([1]) + bytes(31))
BASE: Final = Point(bytes([0x58]) + bytes([0x66]) * 31)

MOST_NUMBERS: Final = 30
"""How many numbers of 8 bits fit into a point above the padding."""
PADDING: Final = 14

# Products call libsodium itself, so that what is on the way stays where it puts it. Each call
# reads and writes 32 bytes, whatever it is given.
_SODIUM: Final = cast("Any", _sodium)
_ffi: Final = _SODIUM.ffi
_lib: Final = _SODIUM.lib

NO_POWERS: Final[Powers] = {}
_POINT_TEXT = re.compile(r"[0-9a-f]{64}", re.ASCII)


def read_point(text: str) -> Point:
    """Read a point's text; whether it is in the group is for `check_points`.

    Raises:
        PointFormError: another text stands for the same point, or it is none.
    """
    if not _POINT_TEXT.fullmatch(text):
        raise PointFormError(text)
    packed = int(text, 16)
    sign, y = packed >> 255, packed & (2**255 - 1)
    # The identity has three more encodings that lax readers take: refuse them.
    if y >= FIELD or (sign and y in {1, FIELD - 1}):
        raise PointFormError(text)
    return Point(bytes.fromhex(text)[::-1])


def format_point(point: Point) -> str:
    """Write a point as 64 lower-case hexadecimal digits."""
    return point[::-1].hex()


def check_points(points: Iterable[Point]) -> None:
    """Require that every point is in the prime-order group, the identity included.

    Raises:
        PointOutsideGroupError: one is not on the curve, or has a small-order part.
    """
    for point in points:
        if point != ONE and not crypto_core_ed25519_is_valid_point(point):
            raise PointOutsideGroupError(format_point(point))


def raise_points(pairs: Iterable[tuple[Point, int]]) -> Powers:
    """Raise points to exponents, and require that the points are in the group.

    libsodium makes sure of a point before each multiplication, just as `check_points` does:
    whoever multiplies a point anyway need not have it checked first.

    Raises:
        PointOutsideGroupError: one is not on the curve, or has a small-order part.
    """
    result = _ffi.new("unsigned char[32]")
    view = _ffi.buffer(result)
    powers: dict[tuple[Point, int], Point] = {}
    for point, exponent in pairs:
        reduced = exponent % ORDER
        if reduced == 0 or point == ONE:
            # Nothing would be multiplied.
            check_points([point])
            continue
        packed = reduced.to_bytes(PACKED, "little")
        if len(point) != PACKED or _lib.crypto_scalarmult_ed25519_noclamp(result, packed, point):
            raise PointOutsideGroupError(format_point(point))
        powers[point, reduced] = Point(view[:])
    return powers


def combine(rows: Iterable[Row], powers: Powers = NO_POWERS) -> list[Point]:
    """For each row of points and exponents, the product of the powers.

    The points must be in the group: a slip here is a RuntimeError of libsodium.

    Args:
        rows: what to multiply.
        powers: what is known of it already, from `raise_points`.
    """
    # The same memory through all rows; not through all calls, as other threads may be at it.
    total, power = _ffi.new("unsigned char[32]"), _ffi.new("unsigned char[32]")
    view = _ffi.buffer(total)
    products: list[Point] = []
    for row in rows:
        _ffi.memmove(total, ONE, 32)
        is_one = True
        for point, exponent in row:
            reduced = exponent % ORDER
            # libsodium refuses results that are the identity, so they never reach it.
            if reduced == 0 or point == ONE:
                continue
            _require(len(point) != PACKED)
            if reduced == ORDER - 1:
                _require(_lib.crypto_core_ed25519_sub(total, total, point))
            elif is_one:
                _raise_point(total, point, reduced, powers)
            elif reduced == 1:
                _require(_lib.crypto_core_ed25519_add(total, total, point))
            else:
                _raise_point(power, point, reduced, powers)
                _require(_lib.crypto_core_ed25519_add(total, total, power))
            is_one = False
        products.append(Point(view[:]))
    return products


def _raise_point(result: Any, point: Point, exponent: int, powers: Powers) -> None:
    known = point if exponent == 1 else powers.get((point, exponent))
    if known is not None:
        _ffi.memmove(result, known, 32)
        return
    packed = exponent.to_bytes(32, "little")
    if point == BASE:
        _require(_lib.crypto_scalarmult_ed25519_base_noclamp(result, packed))
    else:
        _require(_lib.crypto_scalarmult_ed25519_noclamp(result, packed, point))


def _require(refused: int) -> None:
    if refused:
        raise SodiumError


def multiply_all(points: Iterable[Point]) -> Point:
    """The product of points."""
    return combine([[(point, 1) for point in points]])[0]


def derive_generators(count: int) -> tuple[Point, list[Point]]:
    """Points of which nobody knows an exponent to another: h, and h_0 to h_(count-1).

    Found by hashing, so that nobody could have chosen them (design 3, section 1).
    """
    return _derive_generator(-1), [_derive_generator(index) for index in range(count)]


@cache
def _derive_generator(index: int) -> Point:
    start = int.from_bytes(hashlib.sha256(f"ggen|{index}".encode()).digest()) >> 2
    for packed in count_up(start):
        point = Point(packed.to_bytes(32, "little"))
        try:
            # Eight times a point of the curve is in the group.
            for _ in range(3):
                point = Point(crypto_core_ed25519_add(point, point))
        except SodiumError:
            continue  # not on the curve
        return point
    raise AssertionError  # pragma: no cover  the numbers do not end


# --- numbers in a point -----------------------------------------------------------------


def embed_numbers(numbers: Sequence[int]) -> Point:
    """The point that holds these numbers of 0 to 255, the first one highest.

    Below them are 14 bits of padding, counted up until a point of the group is met.
    """
    packed = int.from_bytes(bytes(numbers)) << PADDING
    for candidate in range(packed, packed + (1 << PADDING)):
        point = Point(candidate.to_bytes(32, "little"))
        if point == ONE or crypto_core_ed25519_is_valid_point(point):
            return point
    raise AssertionError  # pragma: no cover  one in sixteen is a point of the group


def read_numbers(point: Point, count: int) -> tuple[int, ...]:
    """The numbers in a point, as the reference reads them: what is above them is ignored.

    Only if `embed_numbers` gives the same point did an honest program put them there.
    """
    packed = int.from_bytes(point, "little") >> PADDING
    return tuple((packed & ((1 << 8 * count) - 1)).to_bytes(count))


def find_exponents(points: Sequence[Point], largest: int) -> list[int | None]:
    """For each point the exponent of the base that gives it, if it is in 0..largest.

    Baby steps, shared by all points, then giant steps: the square root of `largest` each.
    """
    width = math.isqrt(largest) + 1
    baby: dict[Point, int] = {}
    step = ONE
    for exponent in range(width):
        baby[step] = exponent
        step = Point(crypto_core_ed25519_add(step, BASE))
    # Now `step` is the base raised to `width`.
    return [_find_exponent(point, baby, step, largest) for point in points]


def _find_exponent(point: Point, baby: dict[Point, int], giant: Point, largest: int) -> int | None:
    for taken in range(0, largest + 1, len(baby)):
        rest = baby.get(point)
        if rest is not None:
            return taken + rest if taken + rest <= largest else None
        point = Point(crypto_core_ed25519_sub(point, giant))
    return None


def hash_to_scalar(prefix: str, points: Iterable[Point]) -> int:
    """The challenge: SHA-256 of the prefix and the points' texts between commas, mod the order."""
    text = prefix + ",".join([format_point(point) for point in points])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()) % ORDER


def random_scalar(random: Random) -> int:
    """A uniform exponent: 64 bytes leave a bias below 2^-250."""
    return int.from_bytes(random(64)) % ORDER
