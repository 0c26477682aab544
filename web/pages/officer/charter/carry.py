"""A charter that is not adopted yet: carried in the address, so that nothing is kept of it.

Page, reload, the other language and the way back all find it again. It is public once it is
adopted, and holds nothing about a person.
"""

import base64
import binascii
import json
import zlib
from dataclasses import replace
from typing import Final

from flask import request

from voting.canonical import format_canonical, parse_canonical
from voting.charter.charter import Charter
from voting.charter.charter_format import MAX_CHARTER, format_charter, parse_charter, read_charter
from voting.charter.presets import PRESETS
from voting.errors import CanonicalError, VotingError
from web.pages.officer.desk import the_service
from web.pages.problems import Problem
from web.views import organisation

# What every proxy before the service lets through in an address.
MOST_PACKED: Final = 6_000


def charter_in_force() -> Charter:
    """The co-op's charter.

    Raises:
        Problem: it has none yet.
    """
    charter = organisation(the_service()).charter
    if charter is None:
        raise Problem("not-found", 404)
    return charter


def pack(charter: Charter) -> str:
    """The charter as a part of an address."""
    packed = zlib.compress(format_charter(charter), 9)
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def unpack(packed: str) -> Charter:
    """The charter that stands in an address.

    Raises:
        VotingError: there is none in it.
    """
    if len(packed) > MOST_PACKED:
        raise CanonicalError("too-large")
    try:
        zipped = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        # No more is taken out than a charter may have, however much was packed.
        raw = zlib.decompressobj().decompress(zipped, MAX_CHARTER + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise CanonicalError("not-utf-8") from None
    return parse_charter(raw)


def find_candidate() -> Charter:
    """The charter that this page's address carries, or the preset that it names.

    Raises:
        Problem: it does neither.
    """
    preset = request.args.get("preset", "")
    for known in PRESETS.values():
        if known.id == preset:
            return known.make(charter_in_force().name)
    try:
        candidate = unpack(request.args.get("c", ""))
    except VotingError:
        raise Problem("not-found", 404) from None
    return replace(candidate, name=charter_in_force().name)


def read_file(raw: bytes) -> Charter:
    """The charter of a file, in whatever layout its JSON is.

    Raises:
        VotingError: it holds none.
    """
    if len(raw) > MAX_CHARTER:
        raise CanonicalError("too-large")
    try:
        value: object = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_take_unique)
        plain = format_canonical(value)
    except (ValueError, RecursionError, TypeError):
        raise CanonicalError("not-json") from None
    return read_charter(parse_canonical(plain, limit=MAX_CHARTER))


def _take_unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Of two equal keys a reader may see the one and the service take the other.
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise CanonicalError("duplicate-key")
    return fields
