"""Counting a contest of any kind, from what each college's box gave.

Source: design 4, sections 2 to 4; docs/rules/counting.md.
"""

from collections.abc import Sequence

from voting.charter import Charter
from voting.contests import Contest, Motion
from voting.counting.motion import CollegeTally, MotionResult, count_motion
from voting.counting.option_result import OptionResult
from voting.counting.parts import Part

ContestResult = MotionResult | OptionResult


def count_contest(charter: Charter, contest: Contest, parts: Sequence[Part]) -> ContestResult:
    """Count a contest.

    Args:
        charter: the rules.
        contest: what was asked.
        parts: one for each college of the charter, in any order, from `college_part`.

    Raises:
        UnknownCollegeError, DuplicateCollegeError, MissingCollegeError: they are not.
        TypeError: a part is not of the kind that this contest has.
    """
    if isinstance(contest, Motion):
        tallies = [part for part in parts if isinstance(part, CollegeTally)]
        if len(tallies) != len(parts):
            raise TypeError("a motion is counted from tallies")
        return count_motion(charter, contest, tallies)
    raise NotImplementedError
