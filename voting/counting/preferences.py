"""Preferences: ranked ballots by the order in which they name the options.

A profile holds the rank of each option, as a ballot does. Methods that pass ballots on from
one option to the next, and files of ballots, want the options in their order. Where a file has
them so already, the way through ranks and back, and a second sorting, are saved.

Source: docs/rules/counting.md, "Instant run-off" and "STV".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from voting.counting.profile import Box, Profile, add_boxes, order_options


@dataclass(frozen=True, slots=True)
class Preferences:
    """All counted ballots of a ranked contest.

    Attributes:
        options: how many options there are.
        orders: the options of each pile, counted from 0, in order of preference; sorted, each
            order once.
        units: the weight of each pile, in units.
        protected_units: how much of it is of the protected college.
        scale: how many units are a weight of 1.
        seed: what lots are drawn from, a digest in hex.
    """

    options: int
    orders: tuple[bytes, ...]
    units: tuple[int, ...]
    protected_units: tuple[int, ...]
    scale: int
    seed: str

    @property
    def weight(self) -> Fraction:
        """The weight of all ballots together."""
        return Fraction(sum(self.units), self.scale)


Ranked = Profile | Preferences
"""Ranked ballots, held in either way."""


def find_preferences(ballots: Ranked) -> Preferences:
    """The orders of ballots that hold ranks; those that hold orders as they are."""
    if isinstance(ballots, Preferences):
        return ballots
    orders = [order_options(ranks) for ranks in ballots.numbers]
    places = sorted(range(len(orders)), key=orders.__getitem__)
    return Preferences(
        options=ballots.options,
        orders=tuple(orders[place] for place in places),
        units=tuple(ballots.units[place] for place in places),
        protected_units=tuple(ballots.protected_units[place] for place in places),
        scale=ballots.scale,
        seed=ballots.seed,
    )


def weigh_orders(options: int, boxes: Iterable[Box], seed: str) -> Preferences:
    """The preferences of the ballots of some boxes whose ballots hold orders.

    Args:
        options: how many options there are.
        boxes: of each college, or of each group whose ballots weigh the same.
        seed: what lots are drawn from.
    """
    orders, units, protected_units, scale = add_boxes(boxes)
    return Preferences(options, orders, units, protected_units, scale, seed)
