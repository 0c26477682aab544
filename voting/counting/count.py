"""Counting a contest of any kind, from what each college's box gave.

Source: design 4, sections 2 to 4; docs/rules/counting.md, docs/rules/motions.md.
"""

from collections.abc import Sequence

from voting.charter.charter import Charter
from voting.contests import Contest, Motion
from voting.counting.motion import MotionResult, count_motion
from voting.counting.option_result import OptionResult
from voting.counting.options import count_ballots, count_marks
from voting.counting.parts import CollegeBallots, CollegeMarks, Given, Part
from voting.counting.values import CollegeTally

ContestResult = MotionResult | OptionResult


def count_contest(
    charter: Charter, contest: Contest, parts: Sequence[Part], seed: str | None = None
) -> ContestResult:
    """Count a contest.

    Args:
        charter: the rules.
        contest: what was asked.
        parts: one for each college that was asked, in any order, from `college_part`: all
            of the charter, or the one whose reserved seats these are.
        seed: the election's lot seed in hex, as shown when voting ended; without, lots are
            drawn from what is counted alone.

    Raises:
        UnknownCollegeError, DuplicateCollegeError, MissingCollegeError: they are not.
        UnknownRuleError: the charter does not hold such motions.
        WeightedMethodError, BlocMethodError, ReservedSeatsError: the charter cannot count such
            a choice.
        TallySumError: a part's numbers cannot be those of such a contest.
        TypeError: a part is not of the kind that this contest has.
    """
    if isinstance(contest, Motion):
        return count_motion(charter, contest, _take(parts, CollegeTally))
    if contest.is_shuffled:
        return count_ballots(charter, contest, _take(parts, CollegeBallots), seed)
    return count_marks(charter, contest, _take(parts, CollegeMarks), seed)


def _take(parts: Sequence[Part], kind: type[Given]) -> list[Given]:
    taken = [part for part in parts if isinstance(part, kind)]
    if len(taken) != len(parts):
        raise TypeError(f"such a contest is counted from {kind.__name__}")
    return taken
