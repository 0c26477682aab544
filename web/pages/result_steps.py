"""A result explained: the same exact arithmetic as the count, step by step.

Nothing is counted here. Each step is a product of published numbers that a reader can
redo by hand; the sums are those of the count itself.

Source: design 4, sections 1 and 2; design 6, section 0.2 (Observer).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.charter import Charter
from voting.contests import Contest, Motion, OptionContest
from voting.counting.count import ContestResult
from voting.counting.motion import CollegeResult, MotionResult
from voting.counting.option_result import OptionResult
from voting.counting.values import Agreement
from voting.members import Language
from web.pages.option_steps import ExplainedOptions, explain_options


@dataclass(frozen=True, slots=True)
class CollegeStep:
    """One college's part of the result.

    Attributes:
        names: what members call the college.
        counts: what its box held, and its shares.
        for_part: the weight of its For votes; for "against" likewise.
        lapsed: nothing of this college was counted.
    """

    names: Mapping[Language, str]
    counts: CollegeResult
    for_part: Fraction
    against_part: Fraction
    lapsed: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """One contest's result, ready to be told.

    Attributes:
        for_share, against_share: of all counted votes; None where nothing was counted.
        needed: weight that For had to reach, of the counted share.
        met: whether it did; another college or the head count may still be against.
        agreements: with the name of each college that must agree.
    """

    contest: Motion
    result: MotionResult
    steps: tuple[CollegeStep, ...]
    for_share: Fraction | None
    against_share: Fraction | None
    needed: Fraction
    met: bool
    agreements: tuple[tuple[Mapping[Language, str], Agreement], ...]
    protected_names: Mapping[Language, str] | None


def explain_any(
    charter: Charter, contest: Contest, result: ContestResult
) -> Explained | ExplainedOptions:
    """Lay out the result of a contest of any kind."""
    if isinstance(contest, OptionContest):
        assert isinstance(result, OptionResult)
        return explain_options(charter, contest, result)
    assert isinstance(result, MotionResult)
    return explain(charter, contest, result)


def explain(charter: Charter, contest: Motion, result: MotionResult) -> Explained:
    """Lay a result out as its steps."""
    whole = result.counted_share
    protected = result.guarantee.protected
    return Explained(
        contest=contest,
        result=result,
        steps=tuple(_step(charter, result, row) for row in result.colleges),
        for_share=result.total_for / whole if whole else None,
        against_share=result.total_against / whole if whole else None,
        needed=result.threshold.share * whole,
        met=result.threshold.is_met(result.total_for, whole),
        agreements=tuple((charter.college(each.college).names, each) for each in result.agreements),
        protected_names=charter.college(protected).names if protected else None,
    )


def _step(charter: Charter, result: MotionResult, row: CollegeResult) -> CollegeStep:
    for_part, against_part = _weigh(result, row)
    return CollegeStep(
        names=charter.college(row.id).names,
        counts=row,
        for_part=for_part,
        against_part=against_part,
        lapsed=not row.is_counted,
    )


def _weigh(result: MotionResult, row: CollegeResult) -> tuple[Fraction, Fraction]:
    """What a college's votes For and Against weigh."""
    if not row.is_counted:
        return Fraction(), Fraction()
    if result.scheme == "bloc":
        # The whole college goes to one side; level is Against (T5).
        side = row.share if row.for_ > row.against else Fraction()
        return side, row.share - side
    weight = row.weight or Fraction()
    return weight * row.for_, weight * row.against
