"""Canonical JSON: one byte form for each value, so that a digest means one thing only.

UTF-8, no spaces, no escapes but those JSON requires, fields in the order of the format,
integers only, no trailing newline.

Source: design 2, "Formats the first election settles"; docs/formats/README.md.
"""

import json
from typing import NoReturn, cast

from voting.errors import CanonicalError

MAX_DEPTH = 32


def format_canonical(value: object) -> bytes:
    """Write a value of dicts, lists, strings, integers, booleans and None.

    Raises:
        TypeError: the value holds something else, a float for example.
        CanonicalError: it is nested too deep, or a string is not Unicode text.
    """
    _require_plain(value)
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise CanonicalError("not-utf-8") from None


def parse_canonical(raw: bytes, *, limit: int) -> object:
    """Read a value, provided that writing it again gives the same bytes.

    Args:
        raw: bytes from outside.
        limit: the most bytes the caller is ready to read.

    Raises:
        CanonicalError: for every fault; its `problem` is not-canonical, or as `parse_json`.
    """
    value = parse_json(raw, limit=limit)
    if format_canonical(value) != raw:
        raise CanonicalError("not-canonical")
    return value


def parse_json(raw: bytes, *, limit: int) -> object:
    """Read a value that a person may have laid out as she likes.

    Raises:
        CanonicalError: for every fault; its `problem` is one of too-large, not-utf-8,
            not-json, duplicate-key, not-integer, too-deep.
    """
    if len(raw) > limit:
        raise CanonicalError("too-large")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise CanonicalError("not-utf-8") from None
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_take_unique,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except RecursionError:
        raise CanonicalError("too-deep") from None
    except ValueError:  # also an integer longer than Python is ready to read
        raise CanonicalError("not-json") from None
    _require_plain(value)
    return value


def _take_unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Readers differ on which of two equal keys counts: two observers could see two values.
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise CanonicalError("duplicate-key")
    return fields


def _refuse_number(_: str) -> NoReturn:
    raise CanonicalError("not-integer")


def _require_plain(value: object) -> None:
    layer = [value]
    for _ in range(MAX_DEPTH):
        layer = [child for item in layer for child in _children(item)]
        if not layer:
            return
    raise CanonicalError("too-deep")


def _children(item: object) -> list[object]:
    if isinstance(item, dict):
        fields = cast("dict[object, object]", item)
        if not all(isinstance(key, str) for key in fields):
            raise TypeError("a key is not a string")
        return list(fields.values())
    if isinstance(item, list | tuple):
        return list(cast("list[object]", item))
    if item is None or isinstance(item, str | int):
        return []
    raise TypeError(f"{type(item).__name__} has no canonical form")
