"""Pairs: for any two options the weight of the ballots that prefer one to the other.

A ballot prefers an option that it ranks to one that it ranks later or not at all. Between
two options that it does not rank, or ranks alike, it prefers neither.

Source: design 4, section 4; docs/rules/counting.md, "Pairs".
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from voting.counting.method import Matrix
from voting.counting.profile import Profile, scale_weights
from voting.counting.ties import Rule


def compare_pairs(profile: Profile) -> tuple[Matrix, Matrix]:
    """The matrix of all ballots, and the one of the protected college's.

    Row and column are options: [a][b] is the weight of the ballots that prefer a to b.
    """
    size = range(profile.options)
    whole = [[0] * profile.options for _ in size]
    protected = [[0] * profile.options for _ in size]
    scale, units = scale_weights(profile)
    for pile, (weight, own) in zip(profile.piles, units, strict=True):
        # An option that is not ranked comes after all that are.
        ranks = [rank or profile.options + 1 for rank in pile.numbers]
        for one, other in combinations(size, 2):
            if ranks[one] != ranks[other]:
                winner, loser = (one, other) if ranks[one] < ranks[other] else (other, one)
                whole[winner][loser] += weight
                protected[winner][loser] += own
    return _divide(whole, scale), _divide(protected, scale)


def rule_of_protected(protected: Matrix, level: Sequence[int]) -> Rule:
    """The rule for a tie between options: their wins over each other in the protected college.

    Of two options the one that more of its ballots prefer; of several the one with the
    largest sum of the weights that prefer it to each of the others.
    """
    sums = [
        sum((row[other] for other in level), Fraction()) if option in level else Fraction()
        for option, row in enumerate(protected)
    ]
    return ("protected-college", [sums])


def _divide(units: Sequence[Sequence[int]], scale: int) -> Matrix:
    return tuple(tuple(Fraction(number, scale) for number in row) for row in units)
