"""What a trustee hands in: told by its form, and read by boxes where it has a part for each.

At a page and at the command line, a private key is told from everything else before anything
is done with it. What a part says is for the action that takes it.

Source: docs/formats/trustees.md.
"""

import json
import re
from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar, cast

Kind = Literal[
    "private-key",
    "sealed-key",
    "public-key",
    "certificate",
    "polynomial",
    "verification-key",
    "share",
    "shuffle",
    "other",
]
Shares = dict[str, tuple[bytes, bytes]]

_Part = TypeVar("_Part")

_SEED: Final = re.compile(rb"[1-9A-HJ-NP-Za-km-z]{22}")
_PRIVATE: Final = re.compile(rb'"\d{1,80}"')
_KINDS: Final[dict[Kind, tuple[set[str], set[str]]]] = {
    # The fields that it has, and those that it may have.
    "public-key": ({"pok", "public_key"}, {"name"}),
    "certificate": ({"message", "signature"}, set()),
    "polynomial": ({"polynomial", "secrets", "coefexps", "signature"}, set()),
    "verification-key": ({"private_key", "public_key"}, set()),
    "sealed-key": ({"alpha", "beta", "data"}, {"algorithm"}),
}
_BOX_KINDS: Final[dict[Kind, set[str]]] = {
    "share": {"decryption", "proofs"},
    "shuffle": {"shuffle"},
}


class UnreadablePartsError(Exception):
    """What was sent is not a part for each box."""


def name_kind(raw: bytes) -> Kind:
    """What kind of file these bytes are, by their outer form alone."""
    if _SEED.fullmatch(raw) or _PRIVATE.fullmatch(raw):
        return "private-key"
    try:
        value = json.loads(raw.decode())
    except (ValueError, RecursionError):
        return "other"
    fields = _fields_of(value)
    for kind, (needed, allowed) in _KINDS.items():
        if needed <= fields <= needed | allowed:
            return kind
    for kind, parts in _BOX_KINDS.items():
        if fields and all(_fields_of(value[box]) == parts for box in fields):
            return kind
    return "other"


def _fields_of(value: object) -> set[str]:
    """Of a JSON object; anything else has none."""
    return set(cast("dict[str, object]", value)) if isinstance(value, dict) else set()


def read_shares(raw: bytes) -> Shares:
    """A share: box to the raw bytes of decryption and proofs.

    Raises:
        UnreadablePartsError: it is not of that form.
    """
    return _read_boxes(raw, lambda part: (part["decryption"].encode(), part["proofs"].encode()))


def read_shuffles(raw: bytes) -> dict[str, bytes]:
    """A shuffle, from a page's script or in a file of `teg`: box to the raw bytes.

    Raises:
        UnreadablePartsError: it is not of that form.
    """
    return _read_boxes(
        raw, lambda part: (part if isinstance(part, str) else part["shuffle"]).encode()
    )


def _read_boxes(raw: bytes, read: Callable[[Any], _Part]) -> dict[str, _Part]:
    try:
        given: Any = json.loads(raw.decode())
        parts = {str(box): read(part) for box, part in given.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UnreadablePartsError from None
    if not parts:
        raise UnreadablePartsError
    return parts
