"""Score: the largest mean of the scores is elected.

Every counted ballot scores every option, so the mean is over the same weight for all of
them, and who has the largest sum has the largest mean.

Source: design 4, section 4; docs/rules/counting.md, "Score".
"""

from collections.abc import Sequence
from fractions import Fraction

from voting.counting.method import MethodCount, elect_largest
from voting.counting.profile import Profile


def count_score(profile: Profile, seats: int = 1) -> MethodCount:
    """Count ballots that score each option.

    Args:
        profile: a score + 1 for each option, from 1.
        seats: how many to elect.
    """
    means = _find_means(profile, profile.units, sum(profile.units))
    # For ties only: dividing these sums by one number more would not change their order.
    protected = _find_means(profile, profile.protected_units, 1)
    return elect_largest(means, protected, seats, profile.seed)


def _find_means(profile: Profile, units: Sequence[int], whole: int) -> list[Fraction]:
    sums = [0] * profile.options
    for numbers, weight in zip(profile.numbers, units, strict=True):
        for option, number in enumerate(numbers):
            sums[option] += (number - 1) * weight
    return [Fraction(each, whole or 1) for each in sums]
