"""Plurality: each ballot marks one option, and the one with the largest weight is elected.

A majority that divides between two of its own options can lose to a third (design 4, T3),
and one more ballot can turn the result of a weighted count (T7): the page that sets up an
election says so.

Source: design 4, section 4; docs/rules/counting.md, "Plurality".
"""

from voting.counting.method import MethodCount, elect_largest
from voting.counting.profile import Marks


def count_plurality(marks: Marks, seats: int = 1) -> MethodCount:
    """Count ballots that mark one option each.

    Args:
        marks: the sums.
        seats: how many to elect.
    """
    return elect_largest(marks.totals, marks.protected, seats, marks.seed)
