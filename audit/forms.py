"""The forms that values inside entries can have: how each is checked, read and written.

Source: docs/formats/entries.md, "Values".
"""

import re
from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

# Numbers that every JSON reader keeps exactly.
NUMBER_LIMIT = 1 << 53


class FormError(Exception):
    """A value has not its form; the caller says of what."""


class Form(ABC, Generic[T]):
    """How one kind of value stands in JSON; here for those that stand as they are."""

    @abstractmethod
    def check(self, value: object) -> None:
        """Refuse a value that has not this form.

        Raises:
            FormError: what it must be.
        """

    def read(self, value: object) -> T:
        """The value from JSON; the caller checks it."""
        return cast("T", value)

    def write(self, value: T) -> object:
        """The JSON of a checked value."""
        return value


class _Pattern(Form[str]):
    def __init__(self, pattern: str, words: str) -> None:
        self._pattern = re.compile(pattern, re.ASCII)
        self._words = words

    def check(self, value: object) -> None:
        if not isinstance(value, str) or not self._pattern.fullmatch(value):
            raise FormError(f"must be {self._words}")


class _Integer(Form[int]):
    def __init__(self, low: int, words: str) -> None:
        self._low = low
        self._words = words

    def check(self, value: object) -> None:
        # bool is an int in Python; true is not a number in JSON.
        if type(value) is not int or not self._low <= value < NUMBER_LIMIT:
            raise FormError(f"must be {self._words}")


class _Truth(Form[bool]):
    def check(self, value: object) -> None:
        if not isinstance(value, bool):
            raise FormError("must be true or false")


class _Pairs(Form[tuple[tuple[str, Any], ...]]):
    """A list of pairs whose first halves all differ."""

    def __init__(self, first: Form[str], second: Form[Any]) -> None:
        self._first = first
        self._second = second

    def check(self, value: object) -> None:
        pairs = require_tuple(value)
        seen: set[object] = set()
        for pair in pairs:
            both = require_tuple(pair)
            if len(both) != 2:
                raise FormError("must be a list of pairs")
            self._first.check(both[0])
            self._second.check(both[1])
            seen.add(both[0])
        if not pairs or len(seen) != len(pairs):
            raise FormError("must be a list of pairs, each once, and not empty")

    def read(self, value: object) -> tuple[tuple[str, Any], ...]:
        pairs = (tuple(require_list(pair)) for pair in require_list(value))
        return cast("tuple[tuple[str, Any], ...]", tuple(pairs))

    def write(self, value: tuple[tuple[str, Any], ...]) -> object:
        return [list(pair) for pair in value]


def require_tuple(value: object) -> tuple[object, ...]:
    """The value as a tuple, or FormError."""
    if not isinstance(value, tuple):
        raise FormError("must be a list")
    return cast("tuple[object, ...]", value)


def require_list(value: object) -> list[object]:
    """The JSON value as a list, or FormError."""
    if not isinstance(value, list):
        raise FormError("must be a list")
    return cast("list[object]", value)


DIGEST = _Pattern(r"[0-9a-f]{64}", "64 lower-case hex digits")
SEED = _Pattern(r"[0-9a-f]{64}", "32 bytes as 64 lower-case hex digits")
UUID = _Pattern(r"[1-9A-HJ-NP-Za-km-z]{14,64}", "14 to 64 characters of Base58")
COLLEGE = _Pattern(r"[a-z][a-z0-9-]{0,31}", "the id of a college")
TIME = _Integer(0, "a time in seconds since 1970")
COUNT = _Integer(0, "a number of 0 or more")
NUMBER = _Integer(1, "a number of 1 or more")
TRUTH = _Truth()
COLLEGE_COUNTS = _Pairs(COLLEGE, COUNT)
BOX_COUNTS = _Pairs(UUID, COUNT)
BOX_DIGESTS = _Pairs(UUID, DIGEST)
