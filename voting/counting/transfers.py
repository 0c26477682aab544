"""Transferring ballots between options: the work that STV and IRV have in common.

A ballot lies with one option, at a value: the part of its weight that each surplus on its way
left of it, at first 1. Ballots that came to an option together at one value lie in one
parcel, so that a surplus is reckoned once for each parcel and each option it goes to, not
for each ballot.

Source: design 4, section 4; SSI 2007/42, rules 45 to 50, for the words; docs/rules/counting.md.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final

from voting.counting.method import list_elected
from voting.counting.option_result import Action, Elected, On, Stage, Status
from voting.counting.preferences import Preferences
from voting.counting.ties import Rule, Values

Reweigh = Callable[[Fraction], Fraction]
"""The value that a ballot goes on with, from the value at which it was received."""


_FEW: Final = 8
"""Ballots that are looked at one by one sooner than together."""

_Stretch = tuple[int, int, int]
"""From which pile to before which, in the order of their preferences; and how many first
preferences they have in common, all of them passed by."""


@dataclass(slots=True)
class _Parcel:
    """Ballots that lie with an option at one value.

    Those that came earlier and later at the same value lie together: the value they go on with
    follows from theirs alone, so that it is the same as if they were passed on one by one.

    Attributes:
        held: stretches of the ordered ballots.
        weight: units of all of them.
        protected: units of the protected college.
    """

    held: list[_Stretch]
    weight: int = 0
    protected: int = 0


_Parcels = dict[Fraction, _Parcel]
"""By their value: what each ballot still counts for, as a part of its weight."""


class Table:
    """The ballots of a count on the table, sorted by the option they lie with.

    Attributes:
        totals: the weight that lies with each option.
        status: of each option.
        non_transferable: the weight of ballots that name no continuing option.
        lost: the weight that rounding took.
        stages: those that are over.
    """

    def __init__(self, ballots: Preferences) -> None:
        self._orders = ballots.orders
        self._scale = ballots.scale
        self._units = _sum_up(ballots.units)
        self._protected_units = _sum_up(ballots.protected_units)
        self._parcels: list[_Parcels] = [{} for _ in range(ballots.options)]
        self._elected: list[tuple[int, int, On]] = []
        self._before = (Fraction(),) * ballots.options
        self.weight = ballots.weight
        self.totals = [Fraction()] * ballots.options
        self.status: list[Status] = ["continuing"] * ballots.options
        self.non_transferable = Fraction()
        self.lost = Fraction()
        self.stages: list[Stage] = []
        self._deal({Fraction(1): _Parcel([(0, len(ballots.orders), 0)])}, lambda value: value)

    # --- what lies where ------------------------------------------------------------------

    @property
    def continuing(self) -> list[int]:
        """Options that are neither elected nor excluded."""
        return [option for option, status in enumerate(self.status) if status == "continuing"]

    @property
    def stage(self) -> int:
        """The number of the stage that is under way."""
        return len(self.stages) + 1

    @property
    def elected(self) -> tuple[Elected, ...]:
        """Elected so far, in order."""
        return list_elected(self._elected)

    def protected_totals(self) -> Values:
        """What lies with each option of the ballots of the protected college."""
        return [
            sum((v * Fraction(p.protected, self._scale) for v, p in parcels.items()), Fraction())
            for parcels in self._parcels
        ]

    def rules(self, *, protected: bool = True) -> list[Rule]:
        """The rules for ties before the lot; the first only where the method has it."""
        earlier: Rule = ("earlier-stage", [stage.totals for stage in reversed(self.stages)])
        if not protected:
            return [earlier]
        return [("protected-college", [self.protected_totals()]), earlier]

    # --- stages ---------------------------------------------------------------------------

    def elect(self, options: Iterable[int], on: On) -> None:
        """Deem options elected, the largest total first; among equals in the contest's order."""
        for option in sorted(options, key=lambda option: -self.totals[option]):
            self.status[option] = "elected"
            self._elected.append((option, self.stage, on))

    def end_stage(self, action: Action, option: int | None, quota: Fraction | None) -> None:
        """Write the stage down."""
        self.stages.append(
            Stage(
                number=self.stage,
                action=action,
                option=None if option is None else option + 1,
                quota=quota,
                totals=tuple(self.totals),
                transfers=tuple(
                    now - before for now, before in zip(self.totals, self._before, strict=True)
                ),
                non_transferable=self.non_transferable,
                lost=self.lost,
                status=tuple(self.status),
            )
        )
        self._before = tuple(self.totals)

    def exclude(self, option: int) -> None:
        """Exclude an option; its ballots pass on at the value they have."""
        self.status[option] = "excluded"
        self._pass_on(option, self.totals[option], lambda value: value)

    def transfer_surplus(self, option: int, surplus: Fraction, reweigh: Reweigh) -> None:
        """Let an elected option's ballots pass on with what is left of them."""
        self._pass_on(option, surplus, reweigh)

    def _pass_on(self, option: int, amount: Fraction, reweigh: Reweigh) -> None:
        parcels, self._parcels[option] = self._parcels[option], {}
        self.totals[option] -= amount
        self.lost += amount - self._deal(parcels, reweigh)

    def _deal(self, parcels: _Parcels, reweigh: Reweigh) -> Fraction:
        """Give the ballots to the next continuing option on each; what they are worth there."""
        dealt = Fraction()
        for old_value, parcel in parcels.items():
            value = reweigh(old_value)
            for option, held in self._sort(parcel.held).items():
                weight = _weigh(self._units, held)
                amount = value * Fraction(weight, self._scale)
                dealt += amount
                if option is None:
                    self.non_transferable += amount
                    continue
                given = self._parcels[option].setdefault(value, _Parcel([]))
                given.held += held
                given.weight += weight
                given.protected += _weigh(self._protected_units, held)
                self.totals[option] += amount
        return dealt

    def _sort(self, held: Iterable[_Stretch]) -> dict[int | None, list[_Stretch]]:
        """The ballots by the next continuing option on each.

        Ballots that go the same way stay together, however many they are.
        """
        sorted_: dict[int | None, list[_Stretch]] = defaultdict(list)
        gone = bytes(o for o, status in enumerate(self.status) if status != "continuing")
        waiting = list(held)
        while waiting:
            first, end, depth = waiting.pop()
            if end - first <= _FEW:
                for place in range(first, end):
                    left = self._orders[place].translate(None, gone)
                    sorted_[left[0] if left else None].append((place, place + 1, 0))
                continue
            for stretch in self._divide(first, end, depth):
                passed = self._orders[stretch[0]][depth : depth + 1]
                if passed and passed in gone:
                    waiting.append(stretch)
                else:
                    sorted_[passed[0] if passed else None].append(stretch)
        return sorted_

    def _divide(self, first: int, end: int, depth: int) -> Iterator[_Stretch]:
        """Divide ballots that have their first preferences in common by the next one."""
        while first < end:
            common = self._orders[first][: depth + 1]
            after = first + 1
            if len(common) > depth:
                following = common[:depth] + bytes([common[depth] + 1])
                after = bisect_left(self._orders, following, first, end)
            yield first, after, depth + 1
            first = after


def _sum_up(units: Iterable[int]) -> list[int]:
    """The sums of the units up to each place, so that those of a stretch are a difference."""
    return [0, *accumulate(units)]


def _weigh(sums: Sequence[int], held: Iterable[_Stretch]) -> int:
    return sum(sums[end] - sums[first] for first, end, _ in held)
