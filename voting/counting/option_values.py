"""A choice among options as it enters the count, and the result that a method's count gives.

Source: design 4, sections 2 to 4; docs/rules/counting.md, docs/formats/result.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from voting.charter.errors import CollegeSharesError, FloorError
from voting.counting.method import MethodCount
from voting.counting.option_result import (
    Arithmetic,
    OptionCheck,
    OptionCollege,
    OptionResult,
    OptionScheme,
)
from voting.counting.quorum import find_void
from voting.counting.values import MAX_BALLOTS
from voting.errors import LimitError, SeatsError, TallySumError, WeightedMethodError
from voting.members import CollegeId
from voting.option_contests import FORMS, MAX_OPTIONS, MIN_OPTIONS, ONE_SEAT, SHUFFLED, Method
from voting.option_guarantee import count_guaranteed, find_least_share
from voting.texts import require_college_id, require_contest_id, require_digest

ARITHMETIC: Final[dict[Method, Arithmetic]] = {
    "stv-meek": "fixed-18-9",
    "stv-scottish": "decimal-5",
}


@dataclass(frozen=True, slots=True)
class OptionQuestion:
    """What decides a choice among options, apart from the ballots.

    Attributes:
        contest: the contest's id.
        charter: SHA-256 of the charter.
        method: how it is counted.
        seats: how many are elected, fewer than there are options.
        options: how many options there are.
        protected: the protected college, if any.
    """

    contest: str
    charter: str
    method: Method
    seats: int
    options: int
    protected: CollegeId | None

    def __post_init__(self) -> None:
        require_contest_id(self.contest)
        require_digest("charter", self.charter)
        if not MIN_OPTIONS <= self.options <= MAX_OPTIONS:
            raise LimitError("contest.options", self.options)
        if not 1 <= self.seats < self.options or (self.seats > 1 and self.method in ONE_SEAT):
            raise SeatsError(self.method, self.seats)

    @property
    def is_shuffled(self) -> bool:
        """Whether ballots are opened one by one."""
        return FORMS[self.method] in SHUFFLED

    @property
    def arithmetic(self) -> Arithmetic:
        """How exactly it is counted."""
        return ARITHMETIC.get(self.method, "fraction")

    @property
    def scheme(self) -> OptionScheme:
        """How ballots are weighed."""
        return "none" if self.method == "stv-scottish" else "turnout"


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One college as it enters the count.

    Attributes:
        college: which.
        roll, cast, counted, blank, invalid: ballots.
        marks: of each option, where they are added up sealed; else None.
        share: in the charter.
        floor: from 1.

    Raises:
        TallySumError: the ballots do not add up.
        IdentifierError, CollegeSharesError, FloorError: it cannot be a college's.
    """

    college: CollegeId
    roll: int
    cast: int
    counted: int
    blank: int
    invalid: int
    marks: tuple[int, ...] | None
    share: Fraction
    floor: int

    def __post_init__(self) -> None:
        require_college_id(self.college)
        adds_up = self.counted + self.blank + self.invalid == self.cast
        positive = min(self.counted, self.blank, self.invalid) >= 0
        if not (adds_up and positive and self.cast <= self.roll <= MAX_BALLOTS):
            raise TallySumError(self.college)
        if not 0 < self.share <= 1:
            raise CollegeSharesError((self.share,))
        if self.floor < 1:
            raise FloorError(self.college, self.floor)

    @property
    def is_counted(self) -> bool:
        """Whether enough ballots count; a floor is at least 1, so that nobody is nobody."""
        return self.counted >= self.floor


@dataclass(frozen=True, slots=True)
class Weighing:
    """Who is counted, at what weight.

    Attributes:
        reasons: why the contest is void, if it is.
        weights: of one ballot, for each college; None where the college is not counted.
        total: of all counted ballots.
    """

    reasons: tuple[str, ...]
    weights: tuple[Fraction | None, ...]
    total: Fraction


def weigh_rows(question: OptionQuestion, rows: Sequence[OptionRow]) -> Weighing:
    """The weight of one ballot of each college.

    Raises:
        WeightedMethodError: the method counts whole ballots, and there are several colleges.
    """
    if question.scheme == "none" and len(rows) > 1:
        raise WeightedMethodError(question.method, len(rows))
    reasons = find_void(question.protected, rows)
    weights: list[Fraction | None] = []
    total = Fraction()
    for row in rows:
        if reasons or not row.is_counted:
            weights.append(None)
            continue
        share = Fraction(row.counted) if question.scheme == "none" else row.share
        weights.append(share / row.counted)
        total += share
    return Weighing(reasons, tuple(weights), total)


def assemble(
    question: OptionQuestion,
    rows: Sequence[OptionRow],
    digest: str,
    count: MethodCount,
) -> OptionResult:
    """The result, from the colleges' numbers and what the method found.

    Args:
        question: what decides.
        rows: the colleges in the charter's order.
        digest: of what was counted.
        count: the method's count; an empty one where the contest is void.
    """
    weighing = weigh_rows(question, rows)
    colleges = tuple(
        _describe(row, weight, weighing.total)
        for row, weight in zip(rows, weighing.weights, strict=True)
    )
    return OptionResult(
        contest=question.contest,
        method=question.method,
        arithmetic=question.arithmetic,
        scheme=question.scheme,
        charter=question.charter,
        seats=question.seats,
        options=question.options,
        colleges=colleges,
        total_weight=weighing.total,
        quota=count.quota,
        stages=count.stages,
        pairwise=count.pairwise,
        grades=count.grades,
        elected=count.elected,
        ties=count.ties,
        outcome="void" if weighing.reasons else "elected",
        reasons=weighing.reasons,
        lapsed=tuple(c.id for c in colleges if c.weight is None and not weighing.reasons),
        guarantee=_check_guarantee(question, colleges),
        digest=digest,
    )


def _describe(row: OptionRow, weight: Fraction | None, total: Fraction) -> OptionCollege:
    return OptionCollege(
        id=row.college,
        roll=row.roll,
        cast=row.cast,
        counted=row.counted,
        blank=row.blank,
        invalid=row.invalid,
        marks=row.marks,
        share=row.share,
        floor=row.floor,
        weight=weight,
        effective_share=Fraction() if weight is None else weight * row.counted / total,
    )


def _check_guarantee(question: OptionQuestion, colleges: Sequence[OptionCollege]) -> OptionCheck:
    share = effective = Fraction()
    for college in colleges:
        if college.id == question.protected:
            share, effective = college.share, college.effective_share
    guaranteed = count_guaranteed(question.method, question.seats, effective)
    needed = question.seats // 2 + 1
    return OptionCheck(
        protected=question.protected,
        share=share,
        effective_share=effective,
        seats=question.seats,
        seats_guaranteed=guaranteed,
        majority_needed=needed,
        least_share=find_least_share(question.method, question.seats),
        controls=guaranteed >= needed,
        # T1 makes this true whenever P is counted; it is compared, not taken for granted.
        holds=effective >= share,
        reasons=() if effective >= share else ("protected-college-inquorate",),
    )
