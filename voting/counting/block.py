"""Block vote: each ballot marks up to so many options, and the largest weights are elected.

A majority that agrees can fill every seat; one that divides can lose them all (design 4, T3).

Source: design 4, section 4; docs/rules/counting.md, "Block vote".
"""

from voting.counting.method import MethodCount, elect_largest
from voting.counting.profile import Marks


def count_block(marks: Marks, seats: int) -> MethodCount:
    """Count ballots that mark up to so many options each.

    Args:
        marks: the sums.
        seats: how many to elect.
    """
    return elect_largest(marks.totals, marks.protected, seats, marks.seed)
