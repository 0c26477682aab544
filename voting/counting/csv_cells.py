"""Cells of a table for spreadsheets: text that stays text, numbers that stay exact.

A spreadsheet takes a cell that begins with "=", "+", "-" or "@" for a formula, which whoever
named an option could have it run, one such as 1/2 for the first of February, and cuts a long
number after its fifteenth digit. In front of these stands an apostrophe, by which they are
text. Whoever reads the file takes one apostrophe off.

Source: RFC 4180 for the form; docs/formats/csv.md.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

Row = Sequence[str]

PLACES: Final = 12
"""The most decimals beside an exact number; what is behind them is cut off."""

# What begins a formula, in the wide forms of East Asian keyboards too; an apostrophe, so that
# taking one off always gives the text back.
_GUARDED: Final = frozenset("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20")
# Numbers that every spreadsheet takes for what they are, and what it would take for others.
_PLAIN: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_MISTAKEN: Final = re.compile(r"[0-9][0-9 /.,:;eE%+-]*")
_QUOTED: Final = frozenset('",;\r\n\t')
_ONE: Final = 10**PLACES


def write_text(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, a date, or another number."""
    if _PLAIN.fullmatch(text):
        return text
    is_guarded = text[:1] in _GUARDED or _MISTAKEN.fullmatch(text)
    return f"'{text}" if is_guarded else text


def write_amount(number: Fraction | None) -> tuple[str, str]:
    """Two cells: the exact number, and its decimals, cut. Both are empty for no number."""
    return ("", "") if number is None else (write_text(str(number)), _cut(number))


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
