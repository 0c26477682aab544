"""Pairs: for any two options the weight of the ballots that prefer one to the other.

A ballot prefers an option that it ranks to one that it ranks later or not at all. Between
two options that it does not rank, or ranks alike, it prefers neither.

Source: design 4, section 4; docs/rules/counting.md, "Pairs".
"""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from voting.counting.method import Matrix
from voting.counting.profile import Profile
from voting.counting.ties import Rule

_LAST: Final = 127
"""The rank of an option that is not ranked: the largest that leaves a byte's high bit free."""
_MANY: Final = 256
"""Different weights, from which on powers of 2 are fewer."""


def compare_pairs(profile: Profile) -> tuple[Matrix, Matrix]:
    """The matrix of all ballots, and the one of the protected college's.

    Row and column are options: [a][b] is the weight of the ballots that prefer a to b.
    """
    size = range(profile.options)
    whole = [[0] * profile.options for _ in size]
    protected = [[0] * profile.options for _ in size]
    for (units, own), ballots in _sort_by_weight(profile).items():
        for one, row in enumerate(_count_pairs(ballots, profile.options)):
            for other, number in enumerate(row):
                whole[one][other] += number * units
                protected[one][other] += number * own
    return _divide(whole, profile.scale), _divide(protected, profile.scale)


def _sort_by_weight(profile: Profile) -> dict[tuple[int, int], list[bytes]]:
    """Ballots that weigh the same, or, where nearly each weighs something else, by powers of 2."""
    sorted_: dict[tuple[int, int], list[bytes]] = defaultdict(list)
    weights = list(zip(profile.units, profile.protected_units, strict=True))
    if len(set(weights)) <= _MANY:
        for numbers, weight in zip(profile.numbers, weights, strict=True):
            sorted_[weight].append(numbers)
        return sorted_
    for numbers, (units, own) in zip(profile.numbers, weights, strict=True):
        for place in range(units.bit_length()):
            if units >> place & 1:
                sorted_[1 << place, 0].append(numbers)
            if own >> place & 1:
                sorted_[0, 1 << place].append(numbers)
    return sorted_


def _count_pairs(ballots: Sequence[bytes], options: int) -> list[list[int]]:
    """How many of these ballots prefer each option to each other one.

    All ballots are compared at once. The ranks that they give an option are the digits, a
    byte each, of one long number. With a high bit before every digit of the one option, taking
    the other's number from it borrows that bit just where the one's rank is smaller.
    """
    assert options < _LAST
    # An option that is not ranked comes after all that are.
    ranks = b"".join(ballots).translate(bytes.maketrans(b"\0", bytes([_LAST])))
    bits = int.from_bytes(b"\x80" * len(ballots), "little")
    columns = [int.from_bytes(ranks[option::options], "little") for option in range(options)]
    counts = [[0] * options for _ in range(options)]
    for one, column in enumerate(columns):
        lent = column | bits
        for other in range(options):
            if other != one:
                left = (lent - columns[other]) & bits
                counts[one][other] = len(ballots) - left.bit_count()
    return counts


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
