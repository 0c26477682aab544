"""A choice among options as it enters the count, and the result that a method's count gives.

Source: design 4, sections 2 to 4; docs/rules/counting.md, docs/formats/result.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from voting.charter.caps import Cap, require_caps
from voting.charter.charter import MAX_FLOOR
from voting.charter.errors import (
    CollegeSharesError,
    FloorError,
    MissingCollegeError,
    ProtectedShareError,
)
from voting.charter.schemes import CountScheme
from voting.counting.method import MethodCount
from voting.counting.option_result import Arithmetic, OptionCheck, OptionCollege, OptionResult
from voting.counting.values import MAX_BALLOTS
from voting.counting.weighing import (
    Weighed,
    Weighting,
    require_weighting,
    weigh_colleges,
)
from voting.errors import BlocMethodError, LimitError, TallySumError, WeightedMethodError
from voting.members import CollegeId
from voting.option_contests import (
    FORMS,
    MAX_OPTIONS,
    MIN_OPTIONS,
    SHUFFLED,
    Method,
    require_seats,
)
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
        seats: how many are elected, fewer than there are options unless they are reserved.
        options: how many options there are.
        scheme: how ballots are weighed; "seats" for reserved seats.
        protected: the protected college, if any.
        college: whose reserved seats these are; None where all members are asked.
        caps: of the charter; none for reserved seats.
        seed: the election's lot seed in hex; None without one.
    """

    contest: str
    charter: str
    method: Method
    seats: int
    options: int
    scheme: CountScheme
    protected: CollegeId | None
    college: CollegeId | None = None
    caps: tuple[Cap, ...] = ()
    seed: str | None = None

    def __post_init__(self) -> None:
        require_contest_id(self.contest)
        require_digest("charter", self.charter)
        if self.seed is not None:
            require_digest("seed", self.seed)
        is_reserved = self.college is not None
        least = 1 if is_reserved else MIN_OPTIONS
        if not least <= self.options <= MAX_OPTIONS:
            raise LimitError("contest.options", self.options)
        require_seats(self.method, self.seats, self.options, reserved=is_reserved)
        if self.scheme == "bloc" and self.method != "plurality":
            raise BlocMethodError(self.method)

    @property
    def weighting(self) -> Weighting:
        """How ballots are weighed."""
        return Weighting(self.scheme, self.protected, self.caps)

    @property
    def is_shuffled(self) -> bool:
        """Whether ballots are opened one by one."""
        return FORMS[self.method] in SHUFFLED

    @property
    def arithmetic(self) -> Arithmetic:
        """How exactly it is counted."""
        return ARITHMETIC.get(self.method, "fraction")

    @property
    def filled(self) -> int:
        """How many seats there are options for: so many are elected."""
        return min(self.seats, self.options)


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
        if not 1 <= self.floor <= MAX_FLOOR:
            raise FloorError(self.college, self.floor)

    @property
    def is_counted(self) -> bool:
        """Whether enough ballots count; a floor is at least 1, so that nobody is nobody."""
        return self.counted >= self.floor


def require_rows(question: OptionQuestion, rows: Sequence[OptionRow]) -> None:
    """Refuse colleges that no charter can have asked so.

    Raises:
        MissingCollegeError: seats are reserved for a college, and it is not the only one.
        IdentifierError, ProtectedShareError: they are, and nothing protected can be beside it.
        WeightedMethodError: the method counts whole ballots, and these are weighed.
        VotingError: as of `require_weighting`.
    """
    if question.college is not None:
        if [row.college for row in rows] != [question.college]:
            raise MissingCollegeError(question.college)
        require_caps(question.caps, colleges=(), protected=None, scheme=question.scheme)
        _require_protected(question, rows[0].share)
        return
    if question.method == "stv-scottish" and (question.scheme != "none" or question.caps):
        raise WeightedMethodError(question.method, len(rows))
    require_weighting(question.weighting, rows)


def _require_protected(question: OptionQuestion, share: Fraction) -> None:
    """Whoever is protected has more than half, also where the others are not in the count."""
    if question.protected is None:
        return
    require_college_id(question.protected)
    own = share if question.protected == question.college else 1 - share
    if own <= Fraction(1, 2):
        raise ProtectedShareError(question.protected, own)


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
    weighing = weigh_colleges(question.weighting, rows)
    colleges = tuple(map(_describe, rows, weighing.colleges))
    return OptionResult(
        contest=question.contest,
        method=question.method,
        arithmetic=question.arithmetic,
        scheme=question.scheme,
        college=question.college,
        charter=question.charter,
        seats=question.seats,
        options=question.options,
        caps=question.caps,
        colleges=colleges,
        total_weight=weighing.total,
        quota=count.quota,
        stages=count.stages,
        pairwise=count.pairwise,
        grades=count.grades,
        elected=count.elected,
        vacant=question.seats - question.filled,
        ties=count.ties,
        outcome="void" if weighing.reasons else "elected",
        reasons=weighing.reasons,
        lapsed=weighing.lapsed,
        guarantee=_check_guarantee(question, colleges),
        seed=question.seed,
        digest=digest,
    )


def _describe(row: OptionRow, weighed: Weighed) -> OptionCollege:
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
        weight=weighed.weight,
        capped=weighed.capped,
        effective_share=weighed.effective_share,
    )


def _check_guarantee(question: OptionQuestion, colleges: Sequence[OptionCollege]) -> OptionCheck:
    share = effective = Fraction()
    for college in colleges:
        if college.id == question.protected:
            share, effective = college.share, college.effective_share
    least = find_least_share(question.method, question.seats, question.scheme)
    guaranteed = count_guaranteed(question.method, question.seats, effective, question.scheme)
    needed = question.seats // 2 + 1
    return OptionCheck(
        protected=question.protected,
        share=share,
        effective_share=effective,
        seats=question.seats,
        seats_guaranteed=guaranteed,
        majority_needed=needed,
        least_share=least,
        controls=guaranteed >= needed,
        # T1 makes this true whenever P is counted; it is compared, not taken for granted.
        holds=effective >= share,
        reasons=() if effective >= share else ("protected-college-inquorate",),
    )
