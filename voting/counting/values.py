"""What goes into a count and what comes out of it.

Source: design 4, section 4; docs/formats/result.md.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from voting.charter.caps import Cap
from voting.charter.charter import MAX_FLOOR
from voting.charter.errors import CollegeSharesError, FloorError
from voting.charter.motion_rules import MotionRule
from voting.charter.schemes import Scheme
from voting.charter.thresholds import Threshold
from voting.contests import Rule
from voting.counting.weighing import Weighting
from voting.errors import TallySumError
from voting.members import CollegeId
from voting.texts import require_college_id, require_contest_id, require_digest

Outcome = Literal["passed", "lost", "tied", "void"]

# Far above every roll, and low enough that no fraction in a result grows long.
MAX_BALLOTS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class CollegeTally:
    """What one college's box held on one motion.

    Attributes:
        college: whose box.
        roll: members who might have voted.
        cast: members whose ballot is in the box: for_ + against + blank.
        blank: ballots that chose nothing.
        for_: ballots For.
        against: ballots Against.

    Raises:
        TallySumError: a number is negative, or they do not add up, or cast is above roll.
    """

    college: CollegeId
    roll: int
    cast: int
    blank: int
    for_: int
    against: int

    def __post_init__(self) -> None:
        adds_up = self.for_ + self.against + self.blank == self.cast
        positive = min(self.for_, self.against, self.blank) >= 0
        if not (adds_up and positive and self.cast <= self.roll <= MAX_BALLOTS):
            raise TallySumError(self.college)

    @property
    def counted(self) -> int:
        """T_c: the ballots that chose."""
        return self.for_ + self.against


@dataclass(frozen=True, slots=True)
class CollegeResult:
    """One college's part of a result.

    Attributes:
        id: the college.
        roll, cast, counted, blank, invalid, for_, against: ballots; counted is for_ + against.
            Sealed answers cannot be invalid, so that is 0.
        share: in the charter.
        floor: fewest counted ballots.
        weight: of one counted ballot; None where the college is not counted, and with the
            scheme "bloc", which weighs no ballot by itself.
        capped: whether some of its weight lapsed by a cap.
        effective_share: its part of the counted weight; 0 where it is not counted.
    """

    id: CollegeId
    roll: int
    cast: int
    counted: int
    blank: int
    invalid: int
    for_: int
    against: int
    share: Fraction
    floor: int
    weight: Fraction | None
    capped: bool
    effective_share: Fraction

    @property
    def is_counted(self) -> bool:
        """Whether its ballots weigh anything in this count."""
        return self.effective_share > 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether a college that must agree did, by its own ballots alone, one as good as another.

    Attributes:
        college: which.
        threshold: how many of its ballots For or Against must be For.
        agreed: None where nobody is on its roll, so that it is not asked. Level, or below
            its floor, it did not agree.
    """

    college: CollegeId
    threshold: Threshold
    agreed: bool | None


@dataclass(frozen=True, slots=True)
class HeadCountResult:
    """A plain count of members beside the weighted one, whatever their colleges.

    Attributes:
        for_, against: ballots of all colleges, of those whose share lapsed too.
        roll: members of all colleges.
        threshold: how many of `for_` and `against` must be For.
        turnout: the part of the roll that `for_` and `against` must be, at least.
        reached: whether both are so.
    """

    for_: int
    against: int
    roll: int
    threshold: Threshold
    turnout: Fraction
    reached: bool


@dataclass(frozen=True, slots=True)
class GuaranteeCheck:
    """The guarantee, checked again on what was counted.

    Attributes:
        protected: the protected college, if any.
        share: in the charter (0 without one).
        effective_share: its part of the counted weight.
        control: whether it could pass the motion alone, united, against all who voted; never
            where another college must agree, or heads are counted.
        cohesion_needed: the part of its counted ballots that this takes when all others
            oppose; None without control.
        cohesion_strict: whether it must be more than that.
        holds: whether its effective share is no less than its share.
        reasons: codes of why not.
    """

    protected: CollegeId | None
    share: Fraction
    effective_share: Fraction
    control: bool
    cohesion_needed: Fraction | None
    cohesion_strict: bool
    holds: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MotionResult:
    """The result of one motion, with everything it follows from.

    Attributes:
        contest: the contest's id.
        charter: SHA-256 of the charter it was counted under.
        rule: of the charter.
        scheme: how ballots were weighed.
        threshold: what it needed of the counted weight.
        caps: of the charter.
        colleges: in the charter's order.
        total_for: weight For.
        total_against: weight Against; with total_for exactly counted_share.
        counted_share: Ω, the counted weight; 0 where the contest is void.
        outcome: passed where the threshold is met, all agreed and the heads are reached. Tied
            (the weights are level) is lost, and said so.
        lapsed: colleges whose share is not counted; none where the contest is void.
        reasons: why it is void: protected-college-inquorate or nothing-counted.
        agreements: of the colleges that must agree, in the charter's order; also where the
            contest is void.
        head_count: the plain count that some statutes ask for beside; None without one.
        guarantee: checked again.
    """

    contest: str
    charter: str
    rule: Rule
    scheme: Scheme
    threshold: Threshold
    caps: tuple[Cap, ...]
    colleges: tuple[CollegeResult, ...]
    total_for: Fraction
    total_against: Fraction
    counted_share: Fraction
    outcome: Outcome
    lapsed: tuple[CollegeId, ...]
    reasons: tuple[str, ...]
    agreements: tuple[Agreement, ...]
    head_count: HeadCountResult | None
    guarantee: GuaranteeCheck


@dataclass(frozen=True, slots=True)
class Question:
    """What decides a motion, apart from the ballots.

    Attributes:
        contest: the contest's id.
        charter: SHA-256 of the charter.
        rule: of the charter.
        needed: what this rule needs.
        scheme: how ballots are weighed.
        protected: the protected college, if any.
        caps: of the charter.
    """

    contest: str
    charter: str
    rule: Rule
    needed: MotionRule
    scheme: Scheme
    protected: CollegeId | None
    caps: tuple[Cap, ...] = ()

    def __post_init__(self) -> None:
        require_contest_id(self.contest)
        require_digest("charter", self.charter)

    @property
    def weighting(self) -> Weighting:
        """How ballots are weighed."""
        return Weighting(self.scheme, self.protected, self.caps)


@dataclass(frozen=True, slots=True)
class Row:
    """One college as it enters the count: its ballots, its share and its floor from 1."""

    tally: CollegeTally
    share: Fraction
    floor: int

    def __post_init__(self) -> None:
        require_college_id(self.tally.college)
        if not 0 < self.share <= 1:
            raise CollegeSharesError((self.share,))
        if not 1 <= self.floor <= MAX_FLOOR:
            raise FloorError(self.tally.college, self.floor)

    @property
    def college(self) -> CollegeId:
        """Whose row it is."""
        return self.tally.college

    @property
    def roll(self) -> int:
        """Members who might have voted."""
        return self.tally.roll

    @property
    def counted(self) -> int:
        """T_c: the ballots that chose."""
        return self.tally.counted

    @property
    def is_counted(self) -> bool:
        """Whether enough chose; a floor is at least 1, so that nobody is nobody."""
        return self.tally.counted >= self.floor
