"""Cells of a table for spreadsheets: text that stays text, numbers that stay exact.

A spreadsheet takes a cell that begins with "=", "+", "-" or "@" for a formula, which whoever
named an option could have it run, and one such as 1/2 for the first of February. Both get an
apostrophe in front, by which it is text. Whoever reads the file takes one apostrophe off.

Source: RFC 4180 for the form; docs/formats/csv.md.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

Row = Sequence[str]

PLACES: Final = 12
"""The most decimals beside an exact number; what is behind them is cut off."""

# What begins a formula, in the wide forms of East Asian keyboards too; an apostrophe, so that
# taking one off always gives the text back.
_GUARDED: Final = frozenset("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20")
_QUOTED: Final = frozenset('",;\r\n\t')
_ONE: Final = 10**PLACES


def write_text(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _GUARDED else text


def write_amount(number: Fraction | None) -> tuple[str, str]:
    """Two cells: the exact number, and its decimals, cut. Both are empty for no number."""
    if number is None:
        return "", ""
    exact = str(number) if number.denominator == 1 else f"'{number}"
    return exact, _cut(number)


def _cut(number: Fraction) -> str:
    units, rest = divmod(abs(number.numerator) * _ONE // number.denominator, _ONE)
    digits = str(rest).zfill(PLACES).rstrip("0")
    sign = "-" if number < 0 and (units or rest) else ""
    return f"{sign}{units}.{digits}" if digits else f"{sign}{units}"


def format_table(rows: Sequence[Row]) -> bytes:
    """RFC 4180, as UTF-8 with a byte order mark; every row as wide as the widest."""
    width = max(map(len, rows), default=0)
    lines = [",".join(map(_quote, (*row, *[""] * (width - len(row))))) for row in rows]
    # Without the mark the most common spreadsheet shows a Welsh ŵ as two other letters.
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _quote(cell: str) -> str:
    if _QUOTED.isdisjoint(cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
