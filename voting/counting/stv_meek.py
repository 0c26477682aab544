"""Meek's STV: every ballot counts as if who is excluded had never stood.

Each option keeps a part of what comes to it: 1 while it continues, 0 once excluded, and once
elected just so much that it ends with the quota. The rest of each ballot goes to its next
option. The quota is the weight that still lies with options, divided by seats + 1; elected
is who has more. When all surpluses together are below ω, the smallest total is excluded.

The parts are found by repetition, so fractions cannot be exact: numbers have 27 decimals, 9
of them guards, products are cut, quotients for the next part rounded up. Totals are compared
after rounding to 18 decimals: two that differ less are level. ω is 10⁻⁹.

Source: B. L. Meek, "A new approach to the single transferable vote", Voting matters 1 (1994);
I. D. Hill, B. A. Wichmann and D. R. Woodall, "Algorithm 123: Single transferable vote by
Meek's method", The Computer Journal 30 (1987); design 4, section 4; docs/rules/counting.md,
"STV, Meek".
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from voting.counting.method import MethodCount, list_elected
from voting.counting.option_result import Action, On, Stage, Status
from voting.counting.preferences import Preferences, Ranked, find_preferences
from voting.counting.ties import Rule, TieLog

_ONE: Final = 10**27
_GUARD: Final = 10**9
_OMEGA: Final = _ONE // 10**9


def count_stv_meek(ranked: Ranked, seats: int) -> MethodCount:
    """Count ranked ballots by Meek's STV.

    Args:
        ranked: the ballots.
        seats: how many to elect.
    """
    ballots = find_preferences(ranked)
    count = _Meek(ballots, min(seats, ballots.options))
    count.distribute()
    count.elect()
    count.end_stage("count", None)
    if count.vacancies and count.elected:
        count.converge()
        count.end_stage("surplus", None)
    while count.vacancies:
        option = count.exclude_lowest()
        count.converge()
        count.end_stage("exclusion", option)
    return MethodCount(list_elected(count.elected), tuple(count.log.ties), tuple(count.stages))


class _Meek:
    """A count under way; weights and totals are in units of the 27th decimal."""

    def __init__(self, ballots: Preferences, seats: int) -> None:
        self.log = TieLog(ballots.seed)
        self.stages: list[Stage] = []
        self.elected: list[tuple[int, int, On]] = []
        self.seats = seats
        self.status: list[Status] = ["continuing"] * ballots.options
        self.totals = [0] * ballots.options
        self.quota = self.excess = 0
        self._before = [0] * ballots.options
        self._kept = [_ONE] * ballots.options
        self._preferences = ballots.orders
        self._weights = [units * _ONE // ballots.scale for units in ballots.units]
        self._protected = [units * _ONE // ballots.scale for units in ballots.protected_units]
        self._lost = ballots.weight - Fraction(sum(self._weights), _ONE)

    @property
    def vacancies(self) -> int:
        """Seats that are not filled."""
        return self.seats - len(self.elected)

    @property
    def continuing(self) -> list[int]:
        """Options that are neither elected nor excluded."""
        return [option for option, status in enumerate(self.status) if status == "continuing"]

    def distribute(self) -> None:
        """Deal out every ballot by the parts that options keep now."""
        self.totals, self.excess = self._deal(self._weights)
        self.quota = sum(self.totals) // (self.seats + 1)

    def _deal(self, weights: Sequence[int]) -> tuple[list[int], int]:
        totals = [0] * len(self.status)
        excess = 0
        for rest, preferences in zip(weights, self._preferences, strict=True):
            left = rest
            for option in preferences:
                part = left * self._kept[option] // _ONE
                totals[option] += part
                left -= part
                if not left:
                    break
            excess += left
        return totals, excess

    def elect(self) -> bool:
        """Deem elected whoever has more than the quota, and then the last ones if they fit."""
        enough = [o for o in self.continuing if _round(self.totals[o]) > _round(self.quota)]
        self._elect(enough, "quota")
        last = self.continuing if len(self.continuing) <= self.vacancies else []
        self._elect(last, "last-places")
        return bool(enough or last)

    def _elect(self, options: Sequence[int], on: On) -> None:
        for option in sorted(options, key=lambda option: -self.totals[option]):
            self.status[option] = "elected"
            self.elected.append((option, len(self.stages) + 1, on))

    def converge(self) -> None:
        """Change the parts that elected options keep until their surpluses are gone."""
        surplus = None
        while True:
            self.distribute()
            before, surplus = surplus, 0
            if self.elect():
                before = None
            if not self.vacancies:
                return
            holders = [option for option, _, _ in self.elected]
            surplus = sum(self.totals[option] - self.quota for option in holders)
            # Rounding can keep it from growing smaller for ever.
            if surplus < _OMEGA or (before is not None and surplus >= before):
                return
            for option in holders:
                self._kept[option] = -(-self._kept[option] * self.quota // self.totals[option])

    def exclude_lowest(self) -> int:
        """Exclude the continuing option with the smallest total."""
        fewest = min(_round(self.totals[option]) for option in self.continuing)
        level = [o for o in self.continuing if _round(self.totals[o]) == fewest]
        option = level[0]
        if len(level) > 1:
            stage = len(self.stages) + 1
            option = self.log.choose(level, stage=stage, kind="exclude", rules=self._rules())
        self.status[option] = "excluded"
        self._kept[option] = 0
        return option

    def _rules(self) -> list[Rule]:
        own = [Fraction(_round(total)) for total in self._deal(self._protected)[0]]
        earlier = [
            [Fraction(_round(int(total * _ONE))) for total in stage.totals]
            for stage in reversed(self.stages)
        ]
        return [("protected-college", [own]), ("earlier-stage", earlier)]

    def end_stage(self, action: Action, option: int | None) -> None:
        """Write the stage down."""
        moved = [now - before for now, before in zip(self.totals, self._before, strict=True)]
        self.stages.append(
            Stage(
                number=len(self.stages) + 1,
                action=action,
                option=None if option is None else option + 1,
                quota=Fraction(self.quota, _ONE),
                totals=tuple(Fraction(total, _ONE) for total in self.totals),
                transfers=tuple(Fraction(amount, _ONE) for amount in moved),
                non_transferable=Fraction(self.excess, _ONE),
                lost=self._lost,
                status=tuple(self.status),
            )
        )
        self._before = self.totals


def _round(units: int) -> int:
    """To 18 decimals, in units of the 18th."""
    return (units + _GUARD // 2) // _GUARD
