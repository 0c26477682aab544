"""The charter: a co-operative's voting rules, exact and in one byte form.

Colleges and their shares, the protected college, floors, and the thresholds of ordinary
and special motions. "More than half" and "at least 51 in 100" are different rules, so a
threshold says which it is.

Source: design 4, section 1; docs/rules/colleges.md, docs/formats/charter.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import Final, Literal

from voting.canonical import format_canonical, parse_canonical
from voting.colleges import College
from voting.errors import (
    CanonicalError,
    CollegeSharesError,
    DuplicateCollegeError,
    EasySpecialError,
    FloorError,
    LimitError,
    MissingFloorError,
    ProtectedShareError,
    UnknownCollegeError,
)
from voting.members import CollegeId, Language
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
from voting.texts import LANGUAGES, require_languages
from voting.thresholds import MORE_THAN_HALF, THREE_QUARTERS, Threshold, read_threshold

__all__ = [
    "MAX_COLLEGES",
    "MORE_THAN_HALF",
    "SCHEMES",
    "THREE_QUARTERS",
    "Charter",
    "Scheme",
    "Threshold",
    "charter_digest",
    "charter_object",
    "format_charter",
    "parse_charter",
    "read_charter",
    "read_names",
    "read_threshold",
]

Scheme = Literal["turnout"]
SCHEMES: Final[tuple[Scheme, ...]] = ("turnout",)

MAX_COLLEGES = 16
MAX_FLOOR = 1_000_000
MAX_CHARTER = 65_536


@dataclass(frozen=True, slots=True)
class Charter:
    """The voting rules of one co-operative.

    Attributes:
        name: the co-operative's, in every language.
        colleges: 1 to 16, ids unique, shares with a sum of exactly 1.
        protected: the college that is guaranteed a majority, its share above one half.
        scheme: how ballots are weighed; "turnout" is share divided by ballots counted.
        floors: fewest counted ballots of a college, from 1. The protected college must
            have one: a count below it is void. Another college's share lapses below its.
        ordinary: what an ordinary motion needs, more than half unless said otherwise.
        special: what a special motion needs, at least three quarters unless said otherwise.

    Raises:
        VotingError: one of its leaves, for each rule above.
    """

    name: Mapping[Language, str]
    colleges: tuple[College, ...]
    protected: CollegeId | None
    floors: Mapping[CollegeId, int]
    scheme: Scheme = "turnout"
    ordinary: Threshold = field(default=MORE_THAN_HALF)
    special: Threshold = field(default=THREE_QUARTERS)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", require_languages("name", self.name))
        self._require_colleges()
        self._require_floors()
        self._require_protection()
        if (self.special.share, self.special.strict) < (self.ordinary.share, self.ordinary.strict):
            raise EasySpecialError

    def _require_colleges(self) -> None:
        if not 1 <= len(self.colleges) <= MAX_COLLEGES:
            raise LimitError("colleges", len(self.colleges))
        ids = [college.id for college in self.colleges]
        for college_id in ids:
            if ids.count(college_id) > 1:
                raise DuplicateCollegeError(college_id)
        shares = tuple(college.share for college in self.colleges)
        if sum(shares) != 1:
            raise CollegeSharesError(shares)

    def _require_floors(self) -> None:
        for college_id, floor in self.floors.items():
            self.college(college_id)
            if not 1 <= floor <= MAX_FLOOR:
                raise FloorError(college_id, floor)
        ordered = {c.id: self.floors[c.id] for c in self.colleges if c.id in self.floors}
        object.__setattr__(self, "floors", ordered)

    def _require_protection(self) -> None:
        if self.protected is None:
            return
        share = self.college(self.protected).share
        if share <= Fraction(1, 2):
            raise ProtectedShareError(self.protected, share)
        if self.protected not in self.floors:
            raise MissingFloorError(self.protected)

    def college(self, college_id: CollegeId) -> College:
        """The college of this id.

        Raises:
            UnknownCollegeError: the charter has none.
        """
        for college in self.colleges:
            if college.id == college_id:
                return college
        raise UnknownCollegeError(college_id)

    def floor(self, college_id: CollegeId) -> int:
        """The fewest counted ballots with which the college is counted, at least 1."""
        return self.floors.get(self.college(college_id).id, 1)

    def threshold(self, rule: Literal["ordinary", "special"]) -> Threshold:
        """What a motion under this rule needs."""
        return self.ordinary if rule == "ordinary" else self.special


def format_charter(charter: Charter) -> bytes:
    """The charter's canonical bytes (docs/formats/charter.md)."""
    return format_canonical(charter_object(charter))


def parse_charter(raw: bytes) -> Charter:
    """Read a charter from its canonical bytes.

    Raises:
        VotingError: the bytes are not those of a charter.
    """
    charter = read_charter(parse_canonical(raw, limit=MAX_CHARTER))
    if format_charter(charter) != raw:
        raise CanonicalError("not-canonical")
    return charter


def charter_digest(charter: Charter) -> str:
    """SHA-256 of the canonical bytes, lower-case hex."""
    return sha256(format_charter(charter)).hexdigest()


def charter_object(charter: Charter) -> dict[str, object]:
    """The charter as it stands inside other formats, the manifest for example."""
    return {
        "v": 1,
        "name": _names_object(charter.name),
        "colleges": [
            {"id": c.id, "names": _names_object(c.names), "share": str(c.share)}
            for c in charter.colleges
        ],
        "protected": charter.protected,
        "scheme": charter.scheme,
        "floors": [[college_id, floor] for college_id, floor in charter.floors.items()],
        "ordinary": charter.ordinary.format(),
        "special": charter.special.format(),
    }


def read_charter(value: object) -> Charter:
    """Read a charter that stands inside another format.

    Raises:
        VotingError: it is not one.
    """
    version, name, colleges, protected, scheme, floors, ordinary, special = read_object(
        "charter",
        value,
        *("v", "name", "colleges", "protected", "scheme", "floors", "ordinary", "special"),
    )
    require_version("charter.v", version)
    return Charter(
        name=read_names("charter.name", name),
        colleges=tuple(_read_college(c) for c in read_list("charter.colleges", colleges)),
        protected=None
        if protected is None
        else CollegeId(read_text("charter.protected", protected)),
        scheme=read_choice("charter.scheme", scheme, SCHEMES),
        floors=_read_floors(read_list("charter.floors", floors)),
        ordinary=read_threshold("charter.ordinary", ordinary),
        special=read_threshold("charter.special", special),
    )


def read_names(where: str, value: object) -> dict[Language, str]:
    """A one-line text in every language."""
    texts = read_object(where, value, *LANGUAGES)
    pairs = zip(LANGUAGES, texts, strict=True)
    return {language: read_text(where, text) for language, text in pairs}


def _names_object(names: Mapping[Language, str]) -> dict[str, str]:
    return {language: names[language] for language in LANGUAGES}


def _read_college(value: object) -> College:
    college_id, names, share = read_object("charter.colleges", value, "id", "names", "share")
    return College(
        id=CollegeId(read_text("charter.colleges.id", college_id)),
        names=read_names("charter.colleges.names", names),
        share=read_fraction("charter.colleges.share", share),
    )


def _read_floors(values: Sequence[object]) -> dict[CollegeId, int]:
    floors: dict[CollegeId, int] = {}
    for value in values:
        college_id, floor = read_pair("charter.floors", value)
        floors[CollegeId(read_text("charter.floors", college_id))] = read_integer(
            "charter.floors", floor
        )
    return floors
