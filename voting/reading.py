"""Reading our formats: an object's fields in order, each of the kind its format says.

`parse_canonical` settles the bytes; these settle the shape. A value of the wrong kind is
a `MalformedError` that names the field, never a `KeyError` or `ValueError`.

Source: design 9, "Parse strictly".
"""

import re
from fractions import Fraction
from typing import TypeVar, cast

from voting.errors import MalformedError

# Shares and thresholds are written by people; this bound keeps every sum of them short.
MAX_DENOMINATOR = 1_000_000

_FRACTION = re.compile(r"(0|[1-9][0-9]{0,6})(/[1-9][0-9]{0,6})?")

Choice = TypeVar("Choice", bound=str)


def read_object(where: str, value: object, *names: str) -> tuple[object, ...]:
    """The values of an object that has exactly these fields, in this order."""
    if not isinstance(value, dict):
        raise MalformedError(where)
    fields = cast("dict[str, object]", value)
    if tuple(fields) != names:
        raise MalformedError(where)
    return tuple(fields.values())


def read_mapping(where: str, value: object) -> dict[str, object]:
    """An object whose field names are for the caller to judge."""
    if not isinstance(value, dict):
        raise MalformedError(where)
    return cast("dict[str, object]", value)


def read_list(where: str, value: object) -> list[object]:
    """A list of any length."""
    if not isinstance(value, list):
        raise MalformedError(where)
    return cast("list[object]", value)


def read_pair(where: str, value: object) -> tuple[object, object]:
    """A list of two."""
    items = read_list(where, value)
    if len(items) != 2:
        raise MalformedError(where)
    return items[0], items[1]


def read_text(where: str, value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise MalformedError(where)
    return value


def read_choice(where: str, value: object, choices: tuple[Choice, ...]) -> Choice:
    """One of a few words."""
    for choice in choices:
        if value == choice:
            return choice
    raise MalformedError(where)


def read_integer(where: str, value: object) -> int:
    """An integer; true and false are not."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedError(where)
    return value


def read_truth(where: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise MalformedError(where)
    return value


def read_fraction(where: str, value: object) -> Fraction:
    """A fraction from 0 up in lowest terms, "51/100" or "1", with a denominator up to a million."""
    text = read_text(where, value)
    if not _FRACTION.fullmatch(text):
        raise MalformedError(where)
    fraction = Fraction(text)
    if str(fraction) != text or fraction.denominator > MAX_DENOMINATOR:
        raise MalformedError(where)
    return fraction


def require_version(where: str, value: object) -> None:
    """Refuse another version of the format than 1."""
    if read_integer(where, value) != 1:
        raise MalformedError(where)
