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


def count_contest(charter: Charter, contest: Contest, parts: Sequence[Part]) -> ContestResult:
    """Count a contest.

    Args:
        charter: the rules.
        contest: what was asked.
        parts: one for each college of the charter, in any order, from `college_part`.

    Raises:
        UnknownCollegeError, DuplicateCollegeError, MissingCollegeError: they are not.
        TallySumError: a part's numbers cannot be those of such a contest.
        WeightedMethodError: the method cannot weigh the colleges of this charter.
        TypeError: a part is not of the kind that this contest has.
    """
    if isinstance(contest, Motion):
        return count_motion(charter, contest, _take(parts, CollegeTally))
    if contest.is_shuffled:
        return count_ballots(charter, contest, _take(parts, CollegeBallots))
    return count_marks(charter, contest, _take(parts, CollegeMarks))


def _take(parts: Sequence[Part], kind: type[Given]) -> list[Given]:
    taken = [part for part in parts if isinstance(part, kind)]
    if len(taken) != len(parts):
        raise TypeError(f"such a contest is counted from {kind.__name__}")
    return taken
