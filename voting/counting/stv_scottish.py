"""STV as Scotland elects its councils: whole ballots, a whole quota, five decimals.

    rule 46   the quota is the valid ballots divided by one more than the seats, without
              the remainder, plus 1
    rule 47   elected is who has the quota or more
    rule 48   a ballot passes on at surplus times its value / total, to five decimals, the
              remainder ignored
    rule 49   the largest surplus first; equal ones by the latest stage at which they
              differed, then by lot
    rule 50   when there is no surplus, who has fewest is excluded; ties as in rule 49
    rule 51   when as many continue as there are vacancies, they are elected

Only for ballots that all weigh the same: with weights, a whole quota can take seats from a
majority (design 4, T10).

Source: The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules
45 to 52; docs/rules/counting.md, "STV, Scottish".
"""

from fractions import Fraction
from math import floor
from typing import Final

from voting.counting.method import MethodCount
from voting.counting.preferences import Ranked
from voting.counting.stv import Variant, run_stages
from voting.errors import WeightedMethodError

_DECIMALS: Final = 100_000


def count_stv_scottish(ranked: Ranked, seats: int) -> MethodCount:
    """Count ranked ballots by Scottish STV.

    Args:
        ranked: the ballots; each weight is a number
            of ballots.
        seats: how many to elect.

    Raises:
        WeightedMethodError: a weight is not a whole number.
    """
    broken = sum(units % ranked.scale != 0 for units in ranked.units)
    if broken:
        raise WeightedMethodError("stv-scottish", broken)
    return run_stages(ranked, seats, _SCOTTISH)


def _reweigh(value: Fraction, surplus: Fraction, total: Fraction) -> Fraction:
    return Fraction(floor(surplus * value / total * _DECIMALS), _DECIMALS)


_SCOTTISH: Final = Variant(
    quota=lambda weight, seats: Fraction(floor(weight / (seats + 1)) + 1),
    is_reached=lambda total, quota: total >= quota,
    reweigh=_reweigh,
    protects=False,
)
