"""Counting a motion: the part of the counted weight that is For, against its threshold.

With the turnout scheme the share of a college is divided among the ballots that chose For
or Against in it: w_c = s_c / T_c. A blank ballot is a vote for neither, and does not
count in T_c. Ω is the sum of the shares that are counted, so that For and Against
together weigh exactly Ω.

    T_P below the floor of the protected college     void: never renormalised away
    T_c below the floor of another college (or 0)    its share lapses, and is listed
    For weighs as much as Against                    tied: lost, there is no casting vote
    nothing counted anywhere                         void

Source: design 4, sections 2 to 4; docs/rules/motions.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from voting.charter import Charter, Threshold, charter_digest
from voting.contests import Motion, Rule
from voting.errors import (
    CollegeSharesError,
    DuplicateCollegeError,
    FloorError,
    MissingCollegeError,
    TallySumError,
)
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
    def is_counted(self) -> bool:
        """Whether enough chose; a floor is at least 1, so that nobody is nobody."""
        return self.tally.counted >= self.floor


def count_motion(charter: Charter, motion: Motion, tallies: Sequence[CollegeTally]) -> MotionResult:
    """Count a motion.

    Args:
        charter: the rules.
        motion: the contest.
        tallies: one for each college of the charter, in any order.

    Raises:
        UnknownCollegeError, DuplicateCollegeError, MissingCollegeError: they are not.
    """
    by_college: dict[CollegeId, CollegeTally] = {}
    for tally in tallies:
        charter.college(tally.college)
        if tally.college in by_college:
            raise DuplicateCollegeError(tally.college)
        by_college[tally.college] = tally
    rows: list[Row] = []
    for college in charter.colleges:
        if college.id not in by_college:
            raise MissingCollegeError(college.id)
        rows.append(Row(by_college[college.id], college.share, charter.floor(college.id)))
    question = Question(
        contest=motion.id,
        charter=charter_digest(charter),
        rule=motion.rule,
        threshold=charter.threshold(motion.rule),
        protected=charter.protected,
    )
    return weigh(question, rows)


def weigh(question: Question, rows: Sequence[Row]) -> MotionResult:
    """The result that follows from the numbers."""
    reasons = _find_void(question, rows)
    counted = [] if reasons else [row for row in rows if row.is_counted]
    whole = sum((row.share for row in counted), Fraction())
    total_for = sum((_weigh(row, row.tally.for_) for row in counted), Fraction())
    total_against = sum((_weigh(row, row.tally.against) for row in counted), Fraction())
    colleges = tuple(_describe(row, whole, counted=row in counted) for row in rows)
    return MotionResult(
        contest=question.contest,
        charter=question.charter,
        rule=question.rule,
        threshold=question.threshold,
        colleges=colleges,
        total_for=total_for,
        total_against=total_against,
        counted_share=whole,
        outcome="void" if reasons else _decide(question.threshold, total_for, total_against),
        lapsed=tuple(row.tally.college for row in rows if whole and row not in counted),
        reasons=reasons,
        head_count=None,
        guarantee=_check_guarantee(question, colleges, whole),
    )


def _weigh(row: Row, ballots: int) -> Fraction:
    return row.share * Fraction(ballots, row.tally.counted)


def _find_void(question: Question, rows: Sequence[Row]) -> tuple[str, ...]:
    for row in rows:
        # Its majority cannot pass to the others because it stayed away, or was kept away.
        if row.tally.college == question.protected and not row.is_counted:
            return ("protected-college-inquorate",)
    return () if any(row.is_counted for row in rows) else ("nothing-counted",)


def _decide(threshold: Threshold, total_for: Fraction, total_against: Fraction) -> Outcome:
    if threshold.is_met(total_for, total_for + total_against):
        return "passed"
    return "tied" if total_for == total_against else "lost"


def _describe(row: Row, whole: Fraction, *, counted: bool) -> CollegeResult:
    tally = row.tally
    return CollegeResult(
        id=tally.college,
        roll=tally.roll,
        cast=tally.cast,
        counted=tally.counted,
        blank=tally.blank,
        invalid=0,
        for_=tally.for_,
        against=tally.against,
        share=row.share,
        floor=row.floor,
        weight=row.share / tally.counted if counted else None,
        effective_share=row.share / whole if counted else Fraction(),
    )


def _check_guarantee(
    question: Question, colleges: Sequence[CollegeResult], whole: Fraction
) -> GuaranteeCheck:
    share = effective = Fraction()
    for college in colleges:
        if college.id == question.protected:
            share, effective = college.share, college.effective_share
    control = question.threshold.is_met(effective, Fraction(1)) if whole else False
    return GuaranteeCheck(
        protected=question.protected,
        share=share,
        effective_share=effective,
        control=control,
        cohesion_needed=question.threshold.share / effective if control else None,
        # T1 makes this true whenever P is counted; it is compared, not taken for granted.
        holds=effective >= share,
        reasons=() if effective >= share else ("protected-college-inquorate",),
    )
