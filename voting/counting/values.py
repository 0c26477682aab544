"""What goes into a count and what comes out of it.

Source: design 4, section 4; docs/formats/result.md.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from voting.charter.errors import CollegeSharesError, FloorError
from voting.charter.thresholds import Threshold
from voting.contests import Rule
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
        weight: of one ballot, share / counted; None where the share is not counted.
        effective_share: part of the counted weight, share / Ω; 0 where it is not counted.
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
    effective_share: Fraction


@dataclass(frozen=True, slots=True)
class GuaranteeCheck:
    """The guarantee, checked again on what was counted.

    Attributes:
        protected: the protected college, if any.
        share: in the charter (0 without one).
        effective_share: its part of the counted weight.
        control: whether it could pass the motion alone, united, against all who voted.
        cohesion_needed: the part of its counted ballots that this takes when all others
            oppose (more than it, where the threshold is strict); None without control.
        holds: whether its effective share is no less than its share.
        reasons: codes of why not.
    """

    protected: CollegeId | None
    share: Fraction
    effective_share: Fraction
    control: bool
    cohesion_needed: Fraction | None
    holds: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MotionResult:
    """The result of one motion, with everything it follows from.

    Attributes:
        contest: the contest's id.
        charter: SHA-256 of the charter it was counted under.
        rule: ordinary or special.
        threshold: what it needed of the counted weight.
        colleges: in the charter's order.
        total_for: weight For.
        total_against: weight Against; with total_for exactly counted_share.
        counted_share: Ω; 0 where the contest is void.
        outcome: tied is lost, and said so.
        lapsed: colleges whose share is not counted; none where the contest is void.
        reasons: why it is void: protected-college-inquorate or nothing-counted.
        head_count: the plain count that some statutes ask for beside; not in these rules.
        guarantee: checked again.
    """

    contest: str
    charter: str
    rule: Rule
    threshold: Threshold
    colleges: tuple[CollegeResult, ...]
    total_for: Fraction
    total_against: Fraction
    counted_share: Fraction
    outcome: Outcome
    lapsed: tuple[CollegeId, ...]
    reasons: tuple[str, ...]
    head_count: None
    guarantee: GuaranteeCheck


@dataclass(frozen=True, slots=True)
class Question:
    """What decides a motion, apart from the ballots."""

    contest: str
    charter: str
    rule: Rule
    threshold: Threshold
    protected: CollegeId | None

    def __post_init__(self) -> None:
        require_contest_id(self.contest)
        require_digest("charter", self.charter)


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
        if self.floor < 1:
            raise FloorError(self.tally.college, self.floor)

    @property
    def college(self) -> CollegeId:
        """Whose row it is."""
        return self.tally.college

    @property
    def is_counted(self) -> bool:
        """Whether enough chose; a floor is at least 1, so that nobody is nobody."""
        return self.tally.counted >= self.floor
