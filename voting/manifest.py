"""The manifest: everything that defines an election, in one object.

Its digest stands in the description of every ballot box of the election, so that no
ballot can be moved to other questions, rules, times or shares. The guarantee statements
in it are computed again when it is read: one that says more than is true cannot be.

Source: design 2, "Formats the first election settles" (Manifest); docs/formats/manifest.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from typing import Final

from voting.canonical import format_canonical, parse_canonical
from voting.charter.charter import Charter
from voting.charter.charter_format import charter_object, read_charter
from voting.charter.errors import MissingCollegeError
from voting.contests import Contest, contest_object, read_contest, require_reserved
from voting.elections import (
    Calendar,
    Rules,
    TrusteeRule,
    calendar_object,
    read_calendar,
    read_rules,
    read_trustees,
    rules_object,
    trustees_object,
)
from voting.errors import (
    BoxesError,
    CanonicalError,
    DuplicateContestError,
    GuaranteeMismatchError,
    LimitError,
    NothingAskedError,
)
from voting.guarantee import Statement, require_guarantee, statement_object
from voting.members import CollegeId, Language
from voting.reading import (
    read_integer,
    read_list,
    read_object,
    read_pair,
    read_text,
    require_version,
)
from voting.roll import RollSummary
from voting.texts import read_names, require_digest, require_languages, require_uuid

__all__ = [
    "Manifest",
    "RollSummary",
    "Rules",
    "TrusteeRule",
    "box_description",
    "format_manifest",
    "manifest_digest",
    "parse_manifest",
]

MAX_MANIFEST = 4 * 1024 * 1024
MAX_CONTESTS = 20

_FIELDS: Final = (
    *("v", "election", "charter", "title", "contests", "calendar"),
    *("rules", "roll", "trustees", "boxes", "guarantee", "lot"),
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One election, as announced.

    Attributes:
        election: its uuid, 14 to 64 Base58 characters.
        charter: the rules it is held under.
        title: in every language.
        contests: 1 to 20, ids unique; those reserved to a college together fill no more seats
            than the charter reserves for it.
        calendar: when it opens and closes.
        rules: how it is run.
        roll: commitment and members of each college, in the charter's order.
        trustees: how many there are, and how many of them open the tally.
        boxes: each college's ballot box, in the charter's order.
        guarantee: one statement for each contest, exactly what `state_guarantee` gives.
        lot: SHA-256 of the seed that is shown when voting ends, and from which lots are drawn
            then: until that, nobody outside the service knows it, and nobody can change it.

    Raises:
        VotingError: one of its leaves, for each rule above.
    """

    election: str
    charter: Charter
    title: Mapping[Language, str]
    contests: tuple[Contest, ...]
    calendar: Calendar
    rules: Rules
    roll: RollSummary
    trustees: TrusteeRule
    boxes: tuple[tuple[CollegeId, str], ...]
    guarantee: tuple[Statement, ...]
    lot: str

    def __post_init__(self) -> None:
        require_uuid("election", self.election)
        object.__setattr__(self, "title", require_languages("title", self.title))
        self._require_contests()
        self._require_colleges(tuple(college for college, _ in self.roll.members))
        self._require_colleges(tuple(college for college, _ in self.boxes))
        self._require_boxes()
        self._require_statements()
        require_digest("lot", self.lot)

    def _require_contests(self) -> None:
        if not 1 <= len(self.contests) <= MAX_CONTESTS:
            raise LimitError("contests", len(self.contests))
        ids = [contest.id for contest in self.contests]
        for contest_id in ids:
            if ids.count(contest_id) > 1:
                raise DuplicateContestError(contest_id)
        require_reserved(self.charter, self.contests)
        for college in self.charter.colleges:
            if not self.contests_of(college.id):
                raise NothingAskedError(college.id)

    def _require_colleges(self, given: tuple[CollegeId, ...]) -> None:
        wanted = (college.id for college in self.charter.colleges)
        for college, there in zip_longest(wanted, given):
            if college != there:
                raise MissingCollegeError(college or there)

    def _require_boxes(self) -> None:
        uuids = [self.election, *(uuid for _, uuid in self.boxes)]
        for uuid in uuids:
            require_uuid("box", uuid)
        # Two boxes of one uuid would take each other's ballots and credentials.
        if len(set(uuids)) != len(uuids):
            raise BoxesError(*uuids)

    def _require_statements(self) -> None:
        true = tuple(require_guarantee(self.charter, self.roll, each) for each in self.contests)
        if self.guarantee != true:
            raise GuaranteeMismatchError(self.election)

    def contests_of(self, college: CollegeId) -> tuple[Contest, ...]:
        """What the members of a college are asked, in the order of its ballots."""
        return tuple(contest for contest in self.contests if contest.college in (None, college))

    def find_question(self, college: CollegeId, contest: str) -> int | None:
        """A contest's place among the questions of a college's box; None if it is not asked."""
        asked = [each.id for each in self.contests_of(college)]
        return asked.index(contest) if contest in asked else None

    def box(self, college: CollegeId) -> str:
        """The uuid of a college's ballot box.

        Raises:
            UnknownCollegeError: the charter has no such college.
        """
        return dict(self.boxes)[self.charter.college(college).id]


def format_manifest(manifest: Manifest) -> bytes:
    """The manifest's canonical bytes (docs/formats/manifest.md)."""
    roll = manifest.roll
    return format_canonical(
        {
            "v": 1,
            "election": manifest.election,
            "charter": charter_object(manifest.charter),
            "title": dict(manifest.title),
            "contests": [contest_object(contest) for contest in manifest.contests],
            "calendar": calendar_object(manifest.calendar),
            "rules": rules_object(manifest.rules),
            "roll": {
                "commitment": roll.commitment,
                "members": [list(pair) for pair in roll.members],
            },
            "trustees": trustees_object(manifest.trustees),
            "boxes": [list(pair) for pair in manifest.boxes],
            "guarantee": [statement_object(each) for each in manifest.guarantee],
            "lot": manifest.lot,
        }
    )


def parse_manifest(raw: bytes) -> Manifest:
    """Read a manifest from its canonical bytes, its guarantee recomputed.

    Raises:
        VotingError: the bytes are not those of a manifest, or it promises what does not hold.
    """
    fields = read_object("manifest", parse_canonical(raw, limit=MAX_MANIFEST), *_FIELDS)
    version, election, charter_value, title, contests_value, calendar, rules = fields[:7]
    roll_value, trustees, boxes, statements, lot = fields[7:]
    require_version("manifest.v", version)
    charter = read_charter(charter_value)
    roll = _read_roll(roll_value)
    contests = tuple(read_contest(each) for each in read_list("manifest.contests", contests_value))
    guarantee = tuple(require_guarantee(charter, roll, contest) for contest in contests)
    if statements != [statement_object(each) for each in guarantee]:
        raise GuaranteeMismatchError(read_text("manifest.election", election))
    manifest = Manifest(
        election=read_text("manifest.election", election),
        charter=charter,
        title=read_names("manifest.title", title),
        contests=contests,
        calendar=read_calendar(calendar),
        rules=read_rules(rules),
        roll=roll,
        trustees=read_trustees(trustees),
        boxes=tuple(_read_box(box) for box in read_list("manifest.boxes", boxes)),
        guarantee=guarantee,
        lot=read_text("manifest.lot", lot),
    )
    if format_manifest(manifest) != raw:
        raise CanonicalError("not-canonical")
    return manifest


def manifest_digest(manifest: Manifest) -> str:
    """SHA-256 of the canonical bytes, lower-case hex."""
    return sha256(format_manifest(manifest)).hexdigest()


def box_description(digest: str) -> str:
    """What stands as description of each box, so that its fingerprint binds the manifest."""
    require_digest("manifest", digest)
    return f"teg:sha256:{digest}"


def _read_roll(value: object) -> RollSummary:
    commitment, members = read_object("manifest.roll", value, "commitment", "members")
    pairs = [read_pair("manifest.roll.members", each) for each in read_list("roll", members)]
    return RollSummary(
        commitment=read_text("manifest.roll.commitment", commitment),
        members=tuple(
            (CollegeId(read_text("manifest.roll", college)), read_integer("manifest.roll", number))
            for college, number in pairs
        ),
    )


def _read_box(value: object) -> tuple[CollegeId, str]:
    college, uuid = read_pair("manifest.boxes", value)
    return CollegeId(read_text("manifest.boxes", college)), read_text("manifest.boxes", uuid)
