"""Reading and writing the JSON of the archive format, one byte form per value.

Bytes are first parsed as canonical JSON; the readers here then take a value apart and leave
no freedom: exact fields in order, plain decimals, lower-case points. What they accept is
written back to the same bytes.

Source: design 3, section 2; the strict rule of section 13.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Final, TypeVar, cast

from ballots.errors import (
    MalformedJsonError,
    OversizedError,
    ScalarFormError,
    UuidFormError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from ballots.group import ORDER, Point, read_point
from voting.canonical import format_canonical, parse_canonical
from voting.errors import CanonicalError

T = TypeVar("T")

LARGEST_NUMBER: Final = 2**30 - 1
"""The largest count written as a JSON number; above it, a decimal string."""

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,77}", re.ASCII)
_UUID = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14,64}", re.ASCII)
_HEX_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BASE64_DIGEST = re.compile(r"[0-9A-Za-z+/]{42}[AEIMQUYcgkosw048]", re.ASCII)


def parse_json(raw: bytes, limit: int) -> object:
    """Parse canonical JSON of at most `limit` bytes.

    Raises:
        OversizedError: there are more bytes.
        MalformedJsonError: anything else is wrong with them.
    """
    if len(raw) > limit:
        raise OversizedError("bytes", limit, len(raw))
    try:
        return parse_canonical(raw, limit=limit)
    except CanonicalError as error:
        raise MalformedJsonError(*error.args) from error


def format_json(value: object) -> bytes:
    """Write canonical JSON."""
    return format_canonical(value)


def read_fields(value: object, *names: str) -> list[object]:
    """Take an object apart that has exactly these fields in this order."""
    if not isinstance(value, dict):
        raise WrongValueError("object", value)
    fields = cast("dict[str, object]", value)
    if tuple(fields) != names:
        raise WrongFieldsError(names, tuple(fields))
    return list(fields.values())


def has_field(value: object, name: str) -> bool:
    """Whether it is an object with such a field: it shows what kind of object it is."""
    return isinstance(value, dict) and name in value


def present_fields(value: object, names: tuple[str, ...], optional: frozenset[str]) -> list[str]:
    """The names that are expected when just the optional ones that are there may be."""
    if not isinstance(value, dict):
        raise WrongValueError("object", value)
    return [name for name in names if name not in optional or name in value]


def read_list(
    value: object,
    what: str,
    read: Callable[[object], T],
    *,
    count: int | None = None,
    most: int = 2**31,
) -> tuple[T, ...]:
    """Read a list of exactly `count`, or at most `most`, items."""
    if not isinstance(value, list):
        raise WrongValueError("list", value)
    items = cast("list[object]", value)
    if count is not None and len(items) != count:
        raise WrongLengthError(what, count, len(items))
    if len(items) > most:
        raise OversizedError(what, most, len(items))
    return tuple([read(item) for item in items])


def read_text(value: object, most: int) -> str:
    """Read a string of at most so many characters."""
    if not isinstance(value, str):
        raise WrongValueError("text", value)
    if len(value) > most:
        raise OversizedError("text", most, len(value))
    return value


def read_number(value: object, least: int, most: int) -> int:
    """Read a whole number within bounds; True is not 1."""
    if type(value) is not int or not least <= value <= most:
        raise WrongValueError((least, most), value)
    return value


def format_count(count: int) -> int | str:
    """A count as JSON writes it: large ones as strings."""
    return count if count <= LARGEST_NUMBER else str(count)


def read_count(value: object) -> int:
    """Read a count, in the one of two forms that its size asks for."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        if (count := int(value)) <= LARGEST_NUMBER:
            raise WrongValueError("a number", value)
        return count
    return read_number(value, 0, LARGEST_NUMBER)


def read_scalar(value: object) -> int:
    """Read an exponent: a decimal string below the order, with no sign and no leading zero."""
    text = read_text(value, 80)
    if not _DECIMAL.fullmatch(text) or (scalar := int(text)) >= ORDER:
        raise ScalarFormError(text)
    return scalar


def read_json_point(value: object) -> Point:
    """Read a point's text; its membership is still to be checked."""
    return read_point(read_text(value, 64))


def read_uuid(value: object) -> str:
    """Read an election's uuid."""
    text = read_text(value, 64)
    if not _UUID.fullmatch(text):
        raise UuidFormError(text)
    return text


def read_hex_digest(value: object) -> str:
    """Read a SHA-256 in lower-case hexadecimal."""
    return _read_pattern(value, _HEX_DIGEST)


def read_base64_digest(value: object) -> str:
    """Read a SHA-256 in Base64 without padding."""
    return _read_pattern(value, _BASE64_DIGEST)


def _read_pattern(value: object, pattern: re.Pattern[str]) -> str:
    text = read_text(value, 64)
    if not pattern.fullmatch(text):
        raise WrongValueError("digest", text)
    return text


def hex_digest(raw: bytes) -> str:
    """SHA-256 in hexadecimal: names of records."""
    return hashlib.sha256(raw).hexdigest()


def base64_digest(raw: bytes) -> str:
    """SHA-256 in Base64 without padding: fingerprints, trackers, what a ballot signs."""
    return base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


def hash_with_lengths(tag: bytes, parts: list[bytes]) -> int:
    """SHA-256 of a tag and of parts, each after its length in 4 bytes, as an exponent.

    The lengths make the boundaries unmistakable: no two lists of parts share a text.
    """
    text = tag + b"".join([len(part).to_bytes(4) + part for part in parts])
    return int.from_bytes(hashlib.sha256(text).digest()) % ORDER
