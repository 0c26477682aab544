"""Parts: what the ballot box of one college gave for one contest.

    motion                     the numbers For, Against and blank
    marks that are added up    a number of marks for each option, and the blank ballots
    ranks, scores, grades      every ballot's numbers, shuffled; None for a ballot that no
                               honest program can have made

Source: design 4, section 2; docs/rules/counting.md.
"""

from dataclasses import dataclass
from typing import TypeVar

from voting.contests import Contest, Motion
from voting.counting.profile import Numbers
from voting.counting.values import MAX_BALLOTS, CollegeTally
from voting.errors import TallySumError
from voting.members import CollegeId


@dataclass(frozen=True, slots=True)
class CollegeMarks:
    """What one college's box held on a contest whose marks are added up while sealed.

    Attributes:
        college: whose box.
        roll: members who might have voted.
        cast: members whose ballot is in the box.
        blank: ballots that marked nothing.
        marks: ballots that marked each option, in the contest's order.

    Raises:
        TallySumError: a number is negative, or more than can be.
    """

    college: CollegeId
    roll: int
    cast: int
    blank: int
    marks: tuple[int, ...]

    def __post_init__(self) -> None:
        # Everybody who is not blank marked at least one option, and none of them twice.
        possible = all(0 <= number <= self.counted for number in self.marks)
        enough = sum(self.marks) >= self.counted
        if not (possible and enough and 0 <= self.blank <= self.cast <= self.roll <= MAX_BALLOTS):
            raise TallySumError(self.college)

    @property
    def counted(self) -> int:
        """T_c: the ballots that marked something."""
        return self.cast - self.blank


@dataclass(frozen=True, slots=True)
class CollegeBallots:
    """What one college's box held on a contest whose ballots are opened one by one.

    Attributes:
        college: whose box.
        roll: members who might have voted.
        cast: members whose ballot is in the box.
        opened: each ballot's numbers, one for each option, in any order of ballots; None
            for a ballot that holds no numbers at all.

    Raises:
        TallySumError: there are more or fewer ballots than were cast, or more than members.
    """

    college: CollegeId
    roll: int
    cast: int
    opened: tuple[Numbers | None, ...]

    def __post_init__(self) -> None:
        if not len(self.opened) == self.cast <= self.roll <= MAX_BALLOTS:
            raise TallySumError(self.college)


Part = CollegeTally | CollegeMarks | CollegeBallots
Given = TypeVar("Given", CollegeTally, CollegeMarks, CollegeBallots)


def college_part(
    contest: Contest,
    *,
    college: CollegeId,
    roll: int,
    cast: int,
    counts: tuple[int, ...],
    opened: tuple[Numbers | None, ...],
) -> Part:
    """What a box gave for a contest, from what opening it gave.

    Args:
        contest: the contest.
        college: whose box it is.
        roll: members who might have voted.
        cast: ballots that count in the box, blank and invalid ones included.
        counts: marks of each choice, blank first (motion: blank, For, Against); none where
            ballots were shuffled.
        opened: the ballots' numbers where they were shuffled; none where not.

    Raises:
        TallySumError: the numbers do not belong to such a contest, or do not add up.
    """
    if isinstance(contest, Motion):
        if len(counts) != 3 or opened:
            raise TallySumError(college)
        blank, for_, against = counts
        return CollegeTally(college, roll, cast, blank, for_, against)
    if contest.is_shuffled:
        if counts:
            raise TallySumError(college)
        return CollegeBallots(college, roll, cast, opened)
    if len(counts) != 1 + len(contest.options) or opened:
        raise TallySumError(college)
    return CollegeMarks(college, roll, cast, counts[0], counts[1:])
