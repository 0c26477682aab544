"""Plain weighted ballots: what a method counts, whatever colleges they came from.

Equal ballots stand together in one pile with the sum of their weights, so that neither
their order nor how they are divided among piles can matter. Weights are whole numbers of
one common unit: these are added many times faster than fractions, and as exactly.

Source: design 4, section 4; docs/rules/counting.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from hashlib import sha256
from math import lcm
from typing import Final

from voting.canonical import format_canonical

Numbers = tuple[int, ...]

_RANKS: Final = bytes(range(256))


@dataclass(frozen=True, slots=True)
class Pile:
    """All ballots with the same numbers.

    Attributes:
        numbers: for each option a flag, a rank from 1 (0: not ranked), a score + 1 or a
            grade from 1, as the method says.
        weight: of all of them together, above 0.
        protected: how much of it is of the protected college; for ties only.
    """

    numbers: Numbers
    weight: Fraction
    protected: Fraction = Fraction()


@dataclass(frozen=True, slots=True)
class Box:
    """Counted ballots that weigh the same.

    Attributes:
        ballots: how many hold these numbers, a byte for each option.
        weight: of one of them.
        is_protected: whether they are of the protected college.
    """

    ballots: Mapping[bytes, int]
    weight: Fraction
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """All counted ballots; see `make_profile` and `weigh_boxes`.

    Attributes:
        options: how many options there are.
        numbers: of each pile, a byte for each option; in order, each once.
        units: the weight of each pile, in units.
        protected_units: how much of it is of the protected college.
        scale: how many units are a weight of 1.
        seed: what lots are drawn from, a digest in hex.
    """

    options: int
    numbers: tuple[bytes, ...]
    units: tuple[int, ...]
    protected_units: tuple[int, ...]
    scale: int
    seed: str

    @property
    def piles(self) -> tuple[Pile, ...]:
        """The piles, with their weights as fractions."""
        return tuple(
            Pile(tuple(numbers), Fraction(units, self.scale), Fraction(own, self.scale))
            for numbers, units, own in zip(
                self.numbers, self.units, self.protected_units, strict=True
            )
        )

    @property
    def weight(self) -> Fraction:
        """The weight of all ballots together."""
        return Fraction(sum(self.units), self.scale)


@dataclass(frozen=True, slots=True)
class Marks:
    """Sums of marks, where nobody sees single ballots.

    Attributes:
        weight: of all counted ballots together.
        totals: for each option the weight of the ballots that mark it.
        protected: how much of each total is of the protected college; for ties only.
        seed: what lots are drawn from, a digest in hex.
    """

    weight: Fraction
    totals: tuple[Fraction, ...]
    protected: tuple[Fraction, ...]
    seed: str


def make_profile(options: int, piles: Iterable[Pile], seed: str | None = None) -> Profile:
    """The profile of these ballots, in whatever order and however they are divided.

    Args:
        options: how many options there are.
        piles: ballots.
        seed: what lots are drawn from; without, the digest of the ballots themselves.
    """
    weights: dict[bytes, tuple[Fraction, Fraction]] = {}
    for pile in piles:
        numbers = bytes(pile.numbers)
        weight, protected = weights.get(numbers, (Fraction(), Fraction()))
        weights[numbers] = weight + pile.weight, protected + pile.protected
    ordered = [(numbers, *weights[numbers]) for numbers in sorted(weights)]
    if seed is None:
        fields = [[list(numbers), str(weight), str(own)] for numbers, weight, own in ordered]
        seed = sha256(format_canonical({"options": options, "ballots": fields})).hexdigest()
    scale = reduce(lcm, (part.denominator for each in ordered for part in each[1:]), 1)
    return Profile(
        options=options,
        numbers=tuple(numbers for numbers, _, _ in ordered),
        units=tuple(int(weight * scale) for _, weight, _ in ordered),
        protected_units=tuple(int(own * scale) for _, _, own in ordered),
        scale=scale,
        seed=seed,
    )


def weigh_boxes(options: int, boxes: Iterable[Box], seed: str) -> Profile:
    """The profile of the ballots of some boxes.

    Args:
        options: how many options there are.
        boxes: of each college, or of each group whose ballots weigh the same.
        seed: what lots are drawn from.
    """
    numbers, units, protected_units, scale = add_boxes(boxes)
    return Profile(options, numbers, units, protected_units, scale, seed)


def add_boxes(
    boxes: Iterable[Box],
) -> tuple[tuple[bytes, ...], tuple[int, ...], tuple[int, ...], int]:
    """Put equal ballots of some boxes together.

    Returns:
        What they hold, sorted; of each the units, and those of the protected college; and how
        many units are a weight of 1.
    """
    boxes = tuple(boxes)
    scale = reduce(lcm, (box.weight.denominator for box in boxes), 1)
    units: dict[bytes, int] = {}
    protected: dict[bytes, int] = {}
    for box in boxes:
        one = int(box.weight * scale)
        for sums in (units, protected) if box.is_protected else (units,):
            for numbers, number in box.ballots.items():
                sums[numbers] = sums.get(numbers, 0) + number * one
    ordered = sorted(units)
    return (
        tuple(ordered),
        tuple(map(units.__getitem__, ordered)),
        tuple(protected.get(numbers, 0) for numbers in ordered),
        scale,
    )


def add_marks(profile: Profile) -> Marks:
    """The sums of ballots that hold a flag for each option."""
    totals = [0] * profile.options
    protected = [0] * profile.options
    for numbers, units, own in zip(
        profile.numbers, profile.units, profile.protected_units, strict=True
    ):
        for option, flag in enumerate(numbers):
            if flag:
                totals[option] += units
                protected[option] += own
    return Marks(
        profile.weight,
        tuple(Fraction(total, profile.scale) for total in totals),
        tuple(Fraction(total, profile.scale) for total in protected),
        profile.seed,
    )


def order_options(ranks: bytes) -> bytes:
    """The options of a ranked ballot, counted from 0, in its order; those not ranked left out.

    Its ranks are 1 to k, each once.
    """
    # A table of bytes, turned round: many times faster than sorting.
    return bytes.maketrans(ranks, _RANKS[: len(ranks)])[1 : 1 + len(ranks) - ranks.count(0)]


def rank_options(order: bytes, options: int) -> bytes:
    """The ranks of a ballot with these options, counted from 0, in this order: the reverse."""
    unranked = _RANKS[:options].translate(None, order)
    ranks = _RANKS[1 : 1 + len(order)] + bytes(len(unranked))
    return bytes.maketrans(order + unranked, ranks)[:options]
