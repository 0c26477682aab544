"""The charter: a co-operative's voting rules, exact.

Colleges and their shares, the protected college, how ballots are weighed, floors and caps,
what motions need, and the reserved seats of a council. A charter that breaks one of its
rules cannot exist. "More than half" and "at least 51 in 100" are different rules, so a
threshold says which it is.

Source: design 4, section 1; docs/rules/charters.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final, Literal, TypeVar

from voting.charter.caps import Cap, require_caps
from voting.charter.colleges import College
from voting.charter.errors import (
    CollegeSharesError,
    CouncilSeatsError,
    DuplicateCollegeError,
    EasySpecialError,
    EqualSharesError,
    FloorError,
    MissingFloorError,
    ProtectedSchemeError,
    ProtectedShareError,
    ScicCollegesError,
    ScicShareError,
    UnknownCollegeError,
    UnknownRuleError,
)
from voting.charter.motion_rules import (
    ORDINARY,
    SPECIAL,
    STATUTORY,
    MotionRule,
    Rule,
    require_statutory,
)
from voting.charter.schemes import PROTECTING, Scheme
from voting.charter.thresholds import Threshold
from voting.errors import LimitError
from voting.members import CollegeId, Language
from voting.texts import require_languages

Statute = Literal["scic"]
STATUTES: Final[tuple[Statute, ...]] = ("scic",)

Value = TypeVar("Value")

MAX_COLLEGES = 16
MAX_FLOOR = 1_000_000
MAX_COUNCIL = 100
MIN_SCIC_COLLEGES = 3


@dataclass(frozen=True, slots=True)
class Charter:
    """The voting rules of one co-operative.

    Attributes:
        name: the co-operative's, in every language.
        colleges: 1 to 16, ids unique, shares with a sum of exactly 1.
        protected: the college that is guaranteed a majority, its share above one half.
        floors: fewest counted ballots of a college, from 1. The protected college must
            have one: a count below it is void. Another college's share lapses below its.
        scheme: how the ballots of a contest of all members are weighed.
        ordinary: what an ordinary motion needs, more than half unless said otherwise.
        special: what a special motion needs, at least three quarters unless said otherwise.
        statutory: what the resolutions need for which the law counts heads, if they are held.
        caps: at most one for each college, in the order of the colleges.
        council: reserved seats of each college that has some, 1 to 100 in all.
        statute: "scic" where the law of the French SCIC bounds the shares.

    Raises:
        VotingError: one of its leaves, for each rule above and those of docs/rules/charters.md.
    """

    name: Mapping[Language, str]
    colleges: tuple[College, ...]
    protected: CollegeId | None
    floors: Mapping[CollegeId, int]
    scheme: Scheme = "turnout"
    ordinary: MotionRule = field(default=ORDINARY)
    special: MotionRule = field(default=SPECIAL)
    statutory: Mapping[Rule, MotionRule] = field(default_factory=dict[Rule, MotionRule])
    caps: tuple[Cap, ...] = ()
    council: Mapping[CollegeId, int] = field(default_factory=dict[CollegeId, int])
    statute: Statute | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", require_languages("name", self.name))
        self._require_colleges()
        self._require_statute()
        self._require_floors()
        self._require_protection()
        self._require_caps()
        self._require_motions()
        self._require_council()

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
        # What decides nothing must not look as if it did.
        if self.scheme == "none" and len(set(shares)) > 1:
            raise EqualSharesError(shares)

    def _require_statute(self) -> None:
        if self.statute is None:
            return
        if len(self.colleges) < MIN_SCIC_COLLEGES:
            raise ScicCollegesError(len(self.colleges))
        for college in self.colleges:
            if not Fraction(1, 10) <= college.share <= Fraction(1, 2):
                raise ScicShareError(college.id, college.share)

    def _require_floors(self) -> None:
        for college_id, floor in self.floors.items():
            self.college(college_id)
            if not 1 <= floor <= MAX_FLOOR:
                raise FloorError(college_id, floor)
        object.__setattr__(self, "floors", self._in_order(self.floors))

    def _require_protection(self) -> None:
        if self.protected is None:
            return
        share = self.college(self.protected).share
        if share <= Fraction(1, 2):
            raise ProtectedShareError(self.protected, share)
        if self.scheme not in PROTECTING:
            raise ProtectedSchemeError(self.protected, self.scheme)
        if self.protected not in self.floors:
            raise MissingFloorError(self.protected)

    def _require_caps(self) -> None:
        ids = [college.id for college in self.colleges]
        require_caps(self.caps, colleges=ids, protected=self.protected, scheme=self.scheme)
        caps = tuple(sorted(self.caps, key=lambda cap: ids.index(cap.college)))
        object.__setattr__(self, "caps", caps)

    def _require_motions(self) -> None:
        for rule, given in self.statutory.items():
            if rule not in STATUTORY:
                raise UnknownRuleError(rule)
            require_statutory(rule, given)
        ordered = {rule: self.statutory[rule] for rule in STATUTORY if rule in self.statutory}
        statutory = {rule: self._tidy(given) for rule, given in ordered.items()}
        object.__setattr__(self, "statutory", statutory)
        object.__setattr__(self, "ordinary", self._tidy(self.ordinary))
        object.__setattr__(self, "special", self._tidy(self.special))
        if self.special.threshold.is_easier_than(self.ordinary.threshold):
            raise EasySpecialError

    def _tidy(self, rule: MotionRule) -> MotionRule:
        for college_id in rule.agree:
            self.college(college_id)
        return replace(rule, agree=self._in_order(rule.agree))

    def _require_council(self) -> None:
        for college_id, seats in self.council.items():
            self.college(college_id)
            if seats < 1:
                raise LimitError("charter.council", seats)
        council = self.council_seats
        if council > MAX_COUNCIL:
            raise LimitError("charter.council", council)
        if council and self.protected is not None:
            # T12: a share of the seats can be rounded below the majority (T13), so it is not.
            seats = self.council.get(self.protected, 0)
            needed = count_majority_seats(council)
            if seats < needed:
                raise CouncilSeatsError(self.protected, seats, council, needed)
        object.__setattr__(self, "council", self._in_order(self.council))

    def _in_order(self, given: Mapping[CollegeId, Value]) -> dict[CollegeId, Value]:
        return {c.id: given[c.id] for c in self.colleges if c.id in given}

    @property
    def council_seats(self) -> int:
        """How many seats the council has; 0 without reserved seats."""
        return sum(self.council.values())

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

    def cap(self, college_id: CollegeId) -> Cap | None:
        """The cap of a college, if it has one."""
        return next((cap for cap in self.caps if cap.college == college_id), None)

    def rule(self, rule: Rule) -> MotionRule:
        """What a motion under this rule needs.

        Raises:
            UnknownRuleError: the charter does not hold such motions.
        """
        if rule == "ordinary":
            return self.ordinary
        if rule == "special":
            return self.special
        if rule not in self.statutory:
            raise UnknownRuleError(rule)
        return self.statutory[rule]

    def threshold(self, rule: Rule) -> Threshold:
        """How much of the counted weight a motion under this rule needs."""
        return self.rule(rule).threshold


def count_majority_seats(council: int) -> int:
    """T12: the seats of a council that hold its majority, and 51 in 100 of it, for certain."""
    return max(council // 2 + 1, -(-51 * council // 100))
