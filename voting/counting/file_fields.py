"""Fields of a JSON file that people write: each is right, or it has a place and a reason.

Unlike canonical JSON it may be laid out in any way, and hold fields that nobody asks for.

Source: docs/formats/counting.md.
"""

import json
from typing import TypeGuard, cast

from voting.errors import ElectionFileError
from voting.texts import find_line_problem


def load_json(raw: bytes) -> object:
    """The value of a JSON text.

    Raises:
        ElectionFileError: it is none, or an object has a field twice.
    """
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_take_unique)
    except UnicodeDecodeError:
        raise ElectionFileError("the file", "it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise ElectionFileError("the file", f"line {error.lineno}: it is not JSON") from None
    except (RecursionError, ValueError):  # an integer longer than Python is ready to read
        raise ElectionFileError("the file", "it nests too deep, or has too long a number") from None


def _take_unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ElectionFileError("the file", "an object has a field twice")
    return fields


class Fields:
    """An object of the file; whoever asks for a field gets it right or not at all."""

    def __init__(self, path: str, value: object) -> None:
        self._path = path
        if not isinstance(value, dict):
            raise ElectionFileError(path or "the file", "it is not an object")
        self._fields = cast("dict[str, object]", value)

    def has(self, name: str) -> bool:
        """Whether there is such a field."""
        return name in self._fields

    def path(self, name: str) -> str:
        """Where a field stands."""
        return f"{self._path}.{name}" if self._path else name

    def wrong(self, name: str, reason: str) -> ElectionFileError:
        """What is wrong with a field."""
        return ElectionFileError(self.path(name), reason)

    def array(self, name: str) -> list[object]:
        """A list."""
        value = self._fields.get(name)
        if not isinstance(value, list):
            raise self.wrong(name, "it is not a list")
        return cast("list[object]", value)

    def text(self, name: str) -> str:
        """A line of text."""
        value = self._fields.get(name)
        if not isinstance(value, str) or find_line_problem(value) is not None:
            raise self.wrong(name, "it is not a line of text")
        return value

    def optional_text(self, name: str) -> str | None:
        """A line of text, or nothing."""
        return None if self._fields.get(name) is None else self.text(name)

    def integer(self, name: str, least: int, most: int) -> int:
        """A number in this range."""
        value = self._fields.get(name)
        if not is_whole(value) or not least <= value <= most:
            raise self.wrong(name, f"it is not a whole number from {least} to {most}")
        return value


def is_whole(value: object) -> TypeGuard[int]:
    """An integer; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)
