"""Approval: each ballot marks every option it approves of; the largest weights are elected.

Source: S. J. Brams and P. C. Fishburn, "Approval Voting", American Political Science Review
72 (1978); design 4, section 4; docs/rules/counting.md, "Approval".
"""

from voting.counting.method import MethodCount, elect_largest
from voting.counting.profile import Marks


def count_approval(marks: Marks, seats: int = 1) -> MethodCount:
    """Count ballots that mark any number of options.

    Args:
        marks: the sums.
        seats: how many to elect.
    """
    return elect_largest(marks.totals, marks.protected, seats, marks.seed)
