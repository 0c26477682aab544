"""A choice among options explained: who won and why, stage by stage, as parts of the whole.

Nothing is counted here. Every part is one of the result's own numbers over the weight of all
counted ballots, so that a reader can add them up.

Source: design 4, section 4; design 6, section 0.2 (Observer).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.charter import Charter
from voting.contests import OptionContest
from voting.counting.majority_judgment import find_majority_grade
from voting.counting.option_result import Elected, OptionCollege, OptionResult, Stage, Tie
from voting.members import Language

Names = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class CollegePart:
    """One college's part of the result.

    Attributes:
        names: what members call the college.
        counts: what its box held, and its shares.
        lapsed: nothing of this college was counted.
    """

    names: Names
    counts: OptionCollege
    lapsed: bool


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option at the end of a stage.

    Attributes:
        names: what the option is called.
        part: what it holds, of 1 (of the highest score, where scores are counted).
        transfer: what it gained or gave away at this stage, likewise.
        status: continuing, elected or excluded.
    """

    names: Names
    part: Fraction
    transfer: Fraction
    status: str


@dataclass(frozen=True, slots=True)
class StageTold:
    """One stage.

    Attributes:
        stage: as counted.
        mover: the option whose votes went on; None at a count.
        lines: every option.
        quota, rest, lost: what an option must have, what goes on to nobody, and what rounding
            took, of 1.
    """

    stage: Stage
    mover: Names | None
    lines: tuple[OptionLine, ...]
    quota: Fraction | None
    rest: Fraction
    lost: Fraction


@dataclass(frozen=True, slots=True)
class WinnerTold:
    """An option that won, and how."""

    names: Names
    elected: Elected


@dataclass(frozen=True, slots=True)
class TieTold:
    """A tie, with the names of the options in it and of those on whom it fell."""

    tie: Tie
    options: tuple[Names, ...]
    chosen: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class GradesTold:
    """The grades of one option: the middle one, and the part of the votes that gave each.

    Attributes:
        middle: in words.
        reached: the part that gave the middle grade or a better one.
    """

    names: Names
    middle: Names
    reached: Fraction
    parts: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class DuelTold:
    """An option against one that won: what part of the votes puts which first."""

    winner: Names
    other: Names
    for_winner: Fraction
    for_other: Fraction

    @property
    def is_won(self) -> bool:
        """Whether more of the votes put the winner first."""
        return self.for_winner > self.for_other


@dataclass(frozen=True, slots=True)
class ExplainedOptions:
    """One choice among options, ready to be told.

    Attributes:
        asked_names: of the college whose reserved seats these are; None where all were asked.
    """

    contest: OptionContest
    result: OptionResult
    colleges: tuple[CollegePart, ...]
    winners: tuple[WinnerTold, ...]
    stages: tuple[StageTold, ...]
    ties: tuple[TieTold, ...]
    grades: tuple[GradesTold, ...]
    duels: tuple[DuelTold, ...]
    protected_names: Names | None
    asked_names: Names | None

    @property
    def has_points(self) -> bool:
        """Whether the totals are mean scores, not parts of the votes."""
        return self.contest.form == "scored"


def explain_options(
    charter: Charter, contest: OptionContest, result: OptionResult
) -> ExplainedOptions:
    """Lay a result out as what is told of it."""
    protected = result.guarantee.protected
    return ExplainedOptions(
        contest=contest,
        result=result,
        colleges=tuple(
            CollegePart(charter.college(row.id).names, row, not row.is_counted)
            for row in result.colleges
        ),
        winners=tuple(WinnerTold(_names(contest, each.option), each) for each in result.elected),
        stages=tuple(_tell_stage(contest, result, stage) for stage in result.stages),
        ties=tuple(
            TieTold(
                tie,
                tuple(_names(contest, option) for option in tie.options),
                tuple(_names(contest, option) for option in tie.chosen),
            )
            for tie in result.ties
        ),
        grades=_tell_grades(contest, result),
        duels=_tell_duels(contest, result),
        protected_names=charter.college(protected).names if protected else None,
        asked_names=charter.college(result.college).names if result.college else None,
    )


def _names(contest: OptionContest, option: int) -> Names:
    return contest.options[option - 1].names


def _tell_stage(contest: OptionContest, result: OptionResult, stage: Stage) -> StageTold:
    # A mean is told as part of the highest score; a weight as part of all that is counted.
    whole = Fraction(contest.top) if contest.top else result.total_weight
    return StageTold(
        stage=stage,
        mover=None if stage.option is None else _names(contest, stage.option),
        lines=tuple(
            OptionLine(option.names, total / whole, transfer / whole, status)
            for option, total, transfer, status in zip(
                contest.options, stage.totals, stage.transfers, stage.status, strict=True
            )
        ),
        quota=None if stage.quota is None else stage.quota / whole,
        rest=stage.non_transferable / whole,
        lost=stage.lost / whole,
    )


def _tell_grades(contest: OptionContest, result: OptionResult) -> tuple[GradesTold, ...]:
    told: list[GradesTold] = []
    for option, weights in zip(contest.options, result.grades or (), strict=False):
        middle = find_majority_grade(weights)
        parts = tuple(weight / result.total_weight for weight in weights)
        reached = sum(parts[:middle], Fraction())
        told.append(GradesTold(option.names, contest.grades[middle - 1], reached, parts))
    return tuple(told)


def _tell_duels(contest: OptionContest, result: OptionResult) -> tuple[DuelTold, ...]:
    if result.pairwise is None or not result.elected:
        return ()
    winner = result.elected[0].option
    return tuple(
        DuelTold(
            _names(contest, winner),
            option.names,
            result.pairwise[winner - 1][number - 1] / result.total_weight,
            result.pairwise[number - 1][winner - 1] / result.total_weight,
        )
        for number, option in enumerate(contest.options, start=1)
        if number != winner
    )
