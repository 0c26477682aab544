"""What can be put in the place of one value: other forms of it, and other values.

Source: design 3, sections 1, 2, 6 and 13; the lenient forms are those the reference takes.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from nacl.bindings import crypto_core_ed25519_add

from ballots.group import BASE, ORDER, Point, format_point, read_point
from tests.ballots.box import SMALL_ORDER, text_of

P = 2**255 - 19
IDENTITY = f"{1:064x}"
# The identity's other encodings: y = 1 with the sign, y = p + 1 with either sign.
OTHER_IDENTITIES = {
    "identity-sign": f"{1 + 2**255:064x}",
    "identity-above-p": f"{P + 1:064x}",
    "identity-above-p-sign": f"{P + 1 + 2**255:064x}",
}


def bend_leaf(value: Any) -> Iterator[tuple[str, Any]]:
    """Names and values that may stand where this one stands."""
    yield "null", None
    yield "true", True
    yield "empty-list", []
    yield "empty-object", {}
    yield "huge", "9" * 5000
    if isinstance(value, str):
        yield from _bend_text(value)
        if len(value) == 64 and is_point(value):
            yield from _bend_point(value)
        elif value.isdecimal():
            yield from _bend_scalar(value)
        elif len(value) == 43:
            yield from _bend_digest(value)
    elif isinstance(value, bool):
        yield "other-truth", not value
        yield "number", int(value)
    elif isinstance(value, int):
        yield "one-more", value + 1
        yield "negative", -value - 1
        yield "float", float(value)
        yield "fraction", value + 0.5
        yield "text", str(value)
        yield "large", 2**64
    # Only what differs is a mutant.


def is_point(text: str) -> bool:
    """Whether a text is a point's."""
    return len(text) == 64 and all(digit in "0123456789abcdef" for digit in text)


def _bend_text(value: str) -> Iterator[tuple[str, Any]]:
    yield "empty", ""
    yield "number", 7
    yield "space-before", " " + value
    yield "space-after", value + " "
    yield "newline-after", value + "\n"
    yield "nul-after", value + "\0"
    yield "cut", value[:-1]
    yield "doubled", value + value
    if value.upper() != value:
        yield "upper-case", value.upper()


def _bend_point(value: str) -> Iterator[tuple[str, Any]]:
    yield "identity", IDENTITY
    yield from OTHER_IDENTITIES.items()
    yield "base", format_point(BASE)
    yield "not-a-point", _find_off_curve()
    yield "sign", f"{int(value, 16) ^ 2**255:064x}"
    yield "above-p", f"{P + 2:064x}"
    for name, packed in SMALL_ORDER.items():
        yield name, text_of(packed)
        # In the group but for a part of small order: every equation times 8 still holds.
        yield f"plus-{name}", _plus(value, packed)
    yield "all-ones", "f" * 64
    yield "hex-prefix", "0x" + value[2:]


def _bend_scalar(value: str) -> Iterator[tuple[str, Any]]:
    number = int(value)
    yield "one-more", str((number + 1) % ORDER)
    yield "negated", str(-number % ORDER)
    yield "zero", "0"
    yield "plus-order", str(number + ORDER)
    yield "order", str(ORDER)
    yield "minus", "-" + value
    yield "plus-sign", "+" + value
    yield "leading-zero", "0" + value
    yield "hexadecimal", hex(number)
    yield "underscore", value[0] + "_" + value[1:] if len(value) > 1 else "0_" + value
    yield "arabic-digits", value.translate({48 + n: 0x660 + n for n in range(10)})
    yield "exponent", value + "e0"
    yield "as-number", number


def _bend_digest(value: str) -> Iterator[tuple[str, Any]]:
    yield "padded", value + "="
    yield "url-alphabet", "-" + value[1:]
    # The last character carries four bits only: another one may decode to the same bytes.
    yield "loose-last", value[:-1] + chr(ord(value[-1]) + 1)
    yield "other", ("B" if value[0] == "A" else "A") + value[1:]


def _plus(value: str, packed: str) -> str:
    point = read_point(value)
    return format_point(Point(crypto_core_ed25519_add(point, bytes.fromhex(packed))))


@cache
def _find_off_curve() -> str:
    """The smallest y that no point has."""
    d = -121665 * pow(121666, -1, P) % P
    for y in range(2, 100):
        square = (y * y - 1) * pow(d * y * y + 1, -1, P) % P
        if square and pow(square, (P - 1) // 2, P) != 1:
            return f"{y:064x}"
    raise AssertionError


def dump(value: object) -> bytes:
    """JSON as the format writes it, floats and all: a mutant need not be canonical."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
