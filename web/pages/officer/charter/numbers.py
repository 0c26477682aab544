"""Shares and other parts as people write them: 51/100, 51%, 33.5%, and back.

Exact: a percentage is a fraction of a hundred, never a float.
"""

import re
from fractions import Fraction
from typing import Final

from voting.reading import MAX_DENOMINATOR
from web.pages.officer.forms import Form
from web.pages.officer.texts import _

# Longer than any that is meant; thousands of digits are not worth reading.
_LONGEST: Final = 24
_DECIMAL: Final = r"[0-9]+(?:[.,][0-9]+)?"
_PERCENT: Final = re.compile(rf"({_DECIMAL}) ?%")
_FRACTION: Final = re.compile(r"([0-9]+) ?/ ?([0-9]+)")
_NUMBER: Final = re.compile(_DECIMAL)


def parse_part(typed: str) -> Fraction | None:
    """A fraction such as 51/100, a percentage, or 0 and 1; None where it is none of them."""
    text = typed.strip()
    if len(text) > _LONGEST:
        return None
    if (found := _PERCENT.fullmatch(text)) is not None:
        return _usable(_decimal(found[1]) / 100)
    if (found := _FRACTION.fullmatch(text)) is not None:
        below = int(found[2])
        return _usable(Fraction(int(found[1]), below)) if below else None
    # 51 alone may be meant as a percentage or as votes: only these two say one thing.
    return Fraction(text) if text in ("0", "1") else None


def parse_times(typed: str) -> Fraction | None:
    """How many times: 2, 1.5 or 3/2; None where it is no such number."""
    text = typed.strip()
    if len(text) > _LONGEST:
        return None
    if _NUMBER.fullmatch(text) is not None:
        return _usable(_decimal(text))
    return parse_part(text) if "/" in text else None


def read_part(form: Form, name: str, asked: str) -> Fraction:
    """The part in a field; what is none is noted and read as 0.

    Args:
        form: what was typed.
        name: of the field.
        asked: its label, with which the sentence at the top begins.
    """
    part = parse_part(form.value(name))
    if part is None:
        sentence = _(
            "Write a fraction such as 51/100, or a percentage such as %(example)s.", example="51%"
        )
        form.fail(name, f"{asked}: {sentence}")
    return part or Fraction()


def write_part(part: Fraction) -> str:
    """The part as a field shows it: as a percentage where that is exact and short."""
    hundredths = part * 10_000
    if hundredths.denominator != 1:
        return str(part)
    whole, rest = divmod(int(hundredths), 100)
    decimals = f".{rest:02}".rstrip("0") if rest else ""
    return f"{whole}{decimals}%"


def _decimal(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _usable(part: Fraction) -> Fraction | None:
    return part if part.denominator <= MAX_DENOMINATOR else None
