"""The stages of STV, which exact and Scottish STV go through alike.

Source: SSI 2007/42, rules 45 to 52; docs/rules/counting.md, "STV".
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from voting.counting.method import MethodCount
from voting.counting.preferences import Ranked, find_preferences
from voting.counting.ties import TieLog
from voting.counting.transfers import Table

Reweigh = Callable[[Fraction, Fraction, Fraction], Fraction]


@dataclass(frozen=True, slots=True)
class Variant:
    """What makes one kind of STV differ from another.

    Attributes:
        quota: from the weight of all ballots and the seats.
        is_reached: whether a total is enough for the quota.
        reweigh: the value of a ballot that passes on with a surplus, from its value when it
            was received, the surplus, and the total of the option it leaves.
        protects: whether the protected college's tally resolves ties first.
    """

    quota: Callable[[Fraction, int], Fraction]
    is_reached: Callable[[Fraction, Fraction], bool]
    reweigh: Reweigh
    protects: bool


def run_stages(ranked: Ranked, seats: int, variant: Variant) -> MethodCount:
    """Count by one kind of STV."""
    ballots = find_preferences(ranked)
    table, log = Table(ballots), TieLog(ballots.seed)
    quota = variant.quota(ballots.weight, seats)
    _elect(table, seats, quota, variant)
    table.end_stage("count", None, quota)
    while len(table.elected) < min(seats, ballots.options):
        # A surplus is transferred before anybody is excluded, the largest first.
        elected = [each.option - 1 for each in table.elected]
        waiting = [option for option in elected if table.totals[option] > quota]
        if waiting:
            largest = max(table.totals[option] for option in waiting)
            level = [option for option in waiting if table.totals[option] == largest]
            option = level[0]
            if len(level) > 1:
                rules = table.rules(protected=variant.protects)
                option = log.choose(level, stage=table.stage, kind="surplus", rules=rules)
            _transfer(table, option, quota, variant)
            _elect(table, seats, quota, variant)
            table.end_stage("surplus", option, quota)
            continue
        option = choose_lowest(table, log, protected=variant.protects)
        table.exclude(option)
        _elect(table, seats, quota, variant)
        table.end_stage("exclusion", option, quota)
    return MethodCount(table.elected, tuple(log.ties), tuple(table.stages))


def _transfer(table: Table, option: int, quota: Fraction, variant: Variant) -> None:
    total = table.totals[option]
    surplus = total - quota
    table.transfer_surplus(option, surplus, lambda value: variant.reweigh(value, surplus, total))


def choose_lowest(table: Table, log: TieLog, *, protected: bool = True) -> int:
    """The continuing option to exclude: the one with the smallest total."""
    fewest = min(table.totals[option] for option in table.continuing)
    level = [option for option in table.continuing if table.totals[option] == fewest]
    if len(level) == 1:
        return level[0]
    return log.choose(
        level, stage=table.stage, kind="exclude", rules=table.rules(protected=protected)
    )


def _elect(table: Table, seats: int, quota: Fraction, variant: Variant) -> None:
    """Deem elected whoever reached the quota, and then the last ones when they fit."""
    table.elect(
        [o for o in table.continuing if variant.is_reached(table.totals[o], quota)], "quota"
    )
    vacancies = seats - len(table.elected)
    if 0 < len(table.continuing) <= vacancies:
        table.elect(table.continuing, "last-places")
