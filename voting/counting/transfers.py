"""Transferring ballots between options: the work that STV and IRV have in common.

A ballot lies with one option, at a value: the part of its weight that each surplus on its way
left of it, at first 1. Ballots that came to an option together at one value lie in one
parcel, so that a surplus is reckoned once for each parcel and each option it goes to, not
for each ballot.

Source: design 4, section 4; SSI 2007/42, rules 45 to 50, for the words; docs/rules/counting.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voting.counting.method import list_elected
from voting.counting.option_result import Action, Elected, On, Stage, Status
from voting.counting.profile import Profile, list_preferences, scale_weights
from voting.counting.ties import Rule, Values

Reweigh = Callable[[Fraction], Fraction]
"""The value that a ballot goes on with, from the value at which it was received."""


@dataclass(frozen=True, slots=True)
class _Parcel:
    """Ballots that came to an option together.

    Attributes:
        value: what each ballot still counts for, as a part of its weight.
        held: for each pile its place in the profile and the next preference to look at.
        weight: units of all of them.
        protected: units of the protected college.
    """

    value: Fraction
    held: tuple[tuple[int, int], ...]
    weight: int
    protected: int


class Table:
    """The ballots of a count on the table, sorted by the option they lie with.

    Attributes:
        totals: the weight that lies with each option.
        status: of each option.
        non_transferable: the weight of ballots that name no continuing option.
        lost: the weight that rounding took.
        stages: those that are over.
    """

    def __init__(self, profile: Profile) -> None:
        self._preferences = [list_preferences(pile.numbers) for pile in profile.piles]
        self._scale, self._units = scale_weights(profile)
        self._parcels: list[list[_Parcel]] = [[] for _ in range(profile.options)]
        self._elected: list[tuple[int, int, On]] = []
        self._before = (Fraction(),) * profile.options
        self.weight = profile.weight
        self.totals = [Fraction()] * profile.options
        self.status: list[Status] = ["continuing"] * profile.options
        self.non_transferable = Fraction()
        self.lost = Fraction()
        self.stages: list[Stage] = []
        held = tuple((pile, 0) for pile in range(len(self._units)))
        self._deal([_Parcel(Fraction(1), held, 0, 0)], lambda value: value)

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
            sum((p.value * Fraction(p.protected, self._scale) for p in parcels), Fraction())
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
        parcels, self._parcels[option] = self._parcels[option], []
        self.totals[option] -= amount
        self.lost += amount - self._deal(parcels, reweigh)

    def _deal(self, parcels: Sequence[_Parcel], reweigh: Reweigh) -> Fraction:
        """Give the ballots to the next continuing option on each; what they are worth there."""
        dealt = Fraction()
        for parcel in parcels:
            value = reweigh(parcel.value)
            for option, held in self._sort(parcel.held).items():
                weight = sum(self._units[pile][0] for pile, _ in held)
                amount = value * Fraction(weight, self._scale)
                dealt += amount
                if option is None:
                    self.non_transferable += amount
                    continue
                protected = sum(self._units[pile][1] for pile, _ in held)
                self._parcels[option].append(_Parcel(value, tuple(held), weight, protected))
                self.totals[option] += amount
        return dealt

    def _sort(self, held: Sequence[tuple[int, int]]) -> dict[int | None, list[tuple[int, int]]]:
        sorted_: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
        for pile, place in held:
            preferences = self._preferences[pile]
            option = None
            while place < len(preferences) and option is None:
                if self.status[preferences[place]] == "continuing":
                    option = preferences[place]
                place += 1  # noqa: PLW2901 - read on from here next time
            sorted_[option].append((pile, place))
        return sorted_
