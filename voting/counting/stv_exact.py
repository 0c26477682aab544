"""Exact STV: the weighted inclusive Gregory method in fractions, for weighted ballots.

* The quota is exactly V/(m + 1); elected is who has *strictly more*. At most m can.
* A surplus passes on with all ballots of the option, each at its value times surplus/total.
* The option with the smallest total is excluded when no surplus is left to transfer.

So a set of options that ballots with the part s of the weight put first, in any order, gets
at least ceil(s(m + 1)) - 1 seats (T8). A whole quota, as on paper, would break that.

Every transfer can double the digits of the fractions. Values stay exact while all of them
have a common denominator of at most 500 digits; one that would break that is cut after 500
decimals, and what this takes is written down as lost. It is far less than any difference
that T8 rests on.

Source: design 4, section 2 (T8, T10); docs/rules/counting.md, "STV, exact".
"""

from fractions import Fraction
from math import floor, lcm
from typing import Final

from voting.counting.method import MethodCount
from voting.counting.preferences import Ranked
from voting.counting.stv import Variant, run_stages

_LONGEST: Final = 10**500


def count_stv_exact(ranked: Ranked, seats: int) -> MethodCount:
    """Count ranked ballots by exact STV.

    Args:
        ranked: the ballots.
        seats: how many to elect.
    """
    variant = Variant(
        quota=lambda weight, seats: weight / (seats + 1),
        is_reached=lambda total, quota: total > quota,
        reweigh=_Values().reweigh,
        protects=True,
    )
    return run_stages(ranked, seats, variant)


class _Values:
    """The values of ballots in one count.

    Attributes:
        common: a denominator that all exact values share.
    """

    def __init__(self) -> None:
        self.common = 1

    def reweigh(self, value: Fraction, surplus: Fraction, total: Fraction) -> Fraction:
        """What a ballot goes on with."""
        exact = value * surplus / total
        common = lcm(self.common, exact.denominator)
        if common > _LONGEST:
            return Fraction(floor(exact * _LONGEST), _LONGEST)
        self.common = common
        return exact
