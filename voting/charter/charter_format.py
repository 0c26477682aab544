"""The charter's one byte form.

Source: docs/formats/charter.md.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from voting.canonical import format_canonical, parse_canonical, parse_json
from voting.charter.caps import cap_object, read_cap
from voting.charter.charter import STATUTES, Charter
from voting.charter.colleges import College
from voting.charter.motion_rules import MotionRule, Rule, motion_rule_object, read_motion_rule
from voting.charter.schemes import SCHEMES
from voting.errors import CanonicalError, MalformedError
from voting.members import CollegeId
from voting.reading import (
    read_choice,
    read_fraction,
    read_integer,
    read_list,
    read_object,
    read_pair,
    read_text,
    require_version,
)
from voting.texts import names_object, read_names

MAX_CHARTER = 65_536

_FIELDS = (
    *("v", "name", "statute", "colleges", "protected", "scheme", "floors", "caps"),
    *("motions", "council"),
)


def format_charter(charter: Charter) -> bytes:
    """The charter's canonical bytes (docs/formats/charter.md)."""
    return format_canonical(charter_object(charter))


def parse_charter(raw: bytes) -> Charter:
    """Read a charter from its canonical bytes.

    Raises:
        VotingError: the bytes are not those of a charter.
    """
    return read_whole_charter(parse_canonical(raw, limit=MAX_CHARTER))


def parse_written_charter(raw: bytes) -> Charter:
    """Read a charter that a person has written or laid out anew: JSON with any spaces.

    Raises:
        VotingError: it is not a charter, or says something twice or out of its order.
    """
    return read_whole_charter(parse_json(raw, limit=MAX_CHARTER))


def read_whole_charter(value: object) -> Charter:
    """Read a charter that stands for itself, and says nothing but what is kept of it.

    Raises:
        VotingError: it is not a charter, or says something twice or out of its order.
    """
    charter = read_charter(value)
    # A floor given twice would be read as the last of the two.
    if charter_object(charter) != value:
        raise CanonicalError("not-canonical")
    return charter


def charter_digest(charter: Charter) -> str:
    """SHA-256 of the canonical bytes, lower-case hex."""
    return sha256(format_charter(charter)).hexdigest()


def charter_object(charter: Charter) -> dict[str, object]:
    """The charter as it stands inside other formats, the manifest for example."""
    rules: dict[Rule, MotionRule] = {
        "ordinary": charter.ordinary,
        "special": charter.special,
        **charter.statutory,
    }
    return {
        "v": 1,
        "name": names_object(charter.name),
        "statute": charter.statute,
        "colleges": [
            {"id": c.id, "names": names_object(c.names), "share": str(c.share)}
            for c in charter.colleges
        ],
        "protected": charter.protected,
        "scheme": charter.scheme,
        "floors": _pairs_object(charter.floors),
        "caps": [cap_object(cap) for cap in charter.caps],
        "motions": [motion_rule_object(name, rule) for name, rule in rules.items()],
        "council": _pairs_object(charter.council),
    }


def read_charter(value: object) -> Charter:
    """Read a charter that stands inside another format.

    Raises:
        VotingError: it is not one.
    """
    fields = dict(zip(_FIELDS, read_object("charter", value, *_FIELDS), strict=True))
    require_version("charter.v", fields["v"])
    rules = _read_motions(read_list("charter.motions", fields["motions"]))
    statute, protected = fields["statute"], fields["protected"]
    return Charter(
        name=read_names("charter.name", fields["name"]),
        statute=None if statute is None else read_choice("charter.statute", statute, STATUTES),
        colleges=tuple(
            _read_college(each) for each in read_list("charter.colleges", fields["colleges"])
        ),
        protected=None
        if protected is None
        else CollegeId(read_text("charter.protected", protected)),
        scheme=read_choice("charter.scheme", fields["scheme"], SCHEMES),
        floors=_read_pairs("charter.floors", read_list("charter.floors", fields["floors"])),
        caps=tuple(read_cap(each) for each in read_list("charter.caps", fields["caps"])),
        ordinary=rules.pop("ordinary"),
        special=rules.pop("special"),
        statutory=rules,
        council=_read_pairs("charter.council", read_list("charter.council", fields["council"])),
    )


def _pairs_object(pairs: Mapping[CollegeId, int]) -> list[list[object]]:
    return [[college, number] for college, number in pairs.items()]


def _read_pairs(where: str, values: Sequence[object]) -> dict[CollegeId, int]:
    pairs: dict[CollegeId, int] = {}
    for value in values:
        college, number = read_pair(where, value)
        pairs[CollegeId(read_text(where, college))] = read_integer(where, number)
    return pairs


def _read_motions(values: Sequence[object]) -> dict[Rule, MotionRule]:
    rules = dict(read_motion_rule(value) for value in values)
    # Without the two that every charter has there is nothing to hold a motion under.
    if "ordinary" not in rules or "special" not in rules:
        raise MalformedError("charter.motions")
    return rules


def _read_college(value: object) -> College:
    college_id, names, share = read_object("charter.colleges", value, "id", "names", "share")
    return College(
        id=CollegeId(read_text("charter.colleges.id", college_id)),
        names=read_names("charter.colleges.names", names),
        share=read_fraction("charter.colleges.share", share),
    )
