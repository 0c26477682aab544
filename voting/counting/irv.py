"""Instant run-off (the alternative vote): the last is excluded until one has a majority.

An option is elected once it has more weight than all other remaining options together.
Until then the one with the smallest total is excluded, and each of its ballots passes on to
the next remaining option that it ranks.

Source: Parliamentary Voting System and Constituencies Act 2011, section 9 (rule 45A);
design 4, section 4; docs/rules/counting.md, "Instant run-off".
"""

from voting.counting.method import MethodCount
from voting.counting.preferences import Ranked, find_preferences
from voting.counting.stv import choose_lowest
from voting.counting.ties import TieLog
from voting.counting.transfers import Table


def count_irv(ranked: Ranked) -> MethodCount:
    """Count ranked ballots by instant run-off.

    Args:
        ranked: the ballots.
    """
    ballots = find_preferences(ranked)
    table, log = Table(ballots), TieLog(ballots.seed)
    _elect(table)
    table.end_stage("count", None, None)
    while not table.elected:
        option = choose_lowest(table, log)
        table.exclude(option)
        _elect(table)
        table.end_stage("exclusion", option, None)
    return MethodCount(table.elected, tuple(log.ties), tuple(table.stages))


def _elect(table: Table) -> None:
    remaining = sum(table.totals[option] for option in table.continuing)
    majority = [o for o in table.continuing if 2 * table.totals[o] > remaining]
    if majority:
        table.elect(majority, "majority")
    elif len(table.continuing) == 1:  # nobody ranks it: no ballots are left
        table.elect(table.continuing, "last-places")
