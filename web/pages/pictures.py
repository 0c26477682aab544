"""What pictures are drawn from: exact shares, turned into marks and widths at the very end.

Every picture stands beside the same figures in words or in a table.

Source: design 6, sections 0 and B (symbols support words, never replace them).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import segno
from markupsafe import Markup

from voting.charter.colleges import College

MARKS = ("disc", "ring", "cross", "square", "frame", "bar")


@dataclass(frozen=True, slots=True)
class HundredMark:
    """One of the hundred marks that stand for all votes.

    Attributes:
        kind: the shape, which tells colleges apart without colour.
        x, y: place in the grid, from 0 to 9.
    """

    kind: str
    x: int
    y: int


def mark_of(place: int) -> str:
    """The shape of the college at this place of the charter."""
    return MARKS[place % len(MARKS)]


def draw_hundred(colleges: Sequence[College]) -> tuple[HundredMark, ...]:
    """A hundred marks, shared out as the votes are, by largest remainder."""
    numbers = share_hundred([college.share for college in colleges])
    kinds = [mark_of(place) for place, number in enumerate(numbers) for _ in range(number)]
    return tuple(HundredMark(kind, at % 10, at // 10) for at, kind in enumerate(kinds))


def share_hundred(shares: Sequence[Fraction]) -> list[int]:
    """Whole numbers that add up to 100, each next to its share."""
    exact = [share * 100 for share in shares]
    numbers = [int(part) for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: (numbers[at] - exact[at], at))
    for at in by_rest[: 100 - sum(numbers)]:
        numbers[at] += 1
    return numbers


def width(share: Fraction) -> str:
    """A share as the length of a bar, in percent with three digits."""
    thousandths = round(share * 100_000)
    return f"{thousandths // 1000}.{thousandths % 1000:03}%"


def draw_qr(text: str) -> Markup:
    """A QR code as part of the page; beside it the page says the same in words."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(
        border=4, dark="#000", light="#fff", svgclass="teg-qr", lineclass=None, omitsize=True
    )
    silent = drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return Markup(silent)  # noqa: S704 - made by segno, from an address of ours
