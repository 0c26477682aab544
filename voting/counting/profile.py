"""Plain weighted ballots: what a method counts, whatever colleges they came from.

Equal ballots stand together in one pile with the sum of their weights, so that neither
their order nor how they are divided among piles can matter.

Source: design 4, section 4; docs/rules/counting.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from hashlib import sha256
from math import lcm

from voting.canonical import format_canonical

Numbers = tuple[int, ...]


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
class Profile:
    """All counted ballots.

    Attributes:
        options: how many options there are.
        piles: sorted by their numbers, each numbers once; see `make_profile`.
        seed: what lots are drawn from, a digest in hex.
    """

    options: int
    piles: tuple[Pile, ...]
    seed: str

    @property
    def weight(self) -> Fraction:
        """The weight of all ballots together."""
        return sum((pile.weight for pile in self.piles), Fraction())


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
    weights: dict[Numbers, tuple[Fraction, Fraction]] = {}
    for pile in piles:
        weight, protected = weights.get(pile.numbers, (Fraction(), Fraction()))
        weights[pile.numbers] = weight + pile.weight, protected + pile.protected
    ordered = tuple(Pile(numbers, *weights[numbers]) for numbers in sorted(weights))
    if seed is None:
        fields = [[list(p.numbers), str(p.weight), str(p.protected)] for p in ordered]
        seed = sha256(format_canonical({"options": options, "ballots": fields})).hexdigest()
    return Profile(options, ordered, seed)


def add_marks(profile: Profile) -> Marks:
    """The sums of ballots that hold a flag for each option."""
    totals = [Fraction()] * profile.options
    protected = [Fraction()] * profile.options
    for pile in profile.piles:
        for option, flag in enumerate(pile.numbers):
            if flag:
                totals[option] += pile.weight
                protected[option] += pile.protected
    return Marks(profile.weight, tuple(totals), tuple(protected), profile.seed)


def list_preferences(numbers: Numbers) -> tuple[int, ...]:
    """The options of a ranked ballot, counted from 0, in its order; those not ranked left out."""
    return tuple(sorted((o for o, rank in enumerate(numbers) if rank), key=numbers.__getitem__))


def scale_weights(profile: Profile) -> tuple[int, list[tuple[int, int]]]:
    """A common denominator, and each pile's weight and protected weight in parts of it.

    Whole numbers are added many times faster than fractions, and as exactly.
    """
    denominators = (
        d for p in profile.piles for d in (p.weight.denominator, p.protected.denominator)
    )
    scale = reduce(lcm, denominators, 1)
    whole = [(int(pile.weight * scale), int(pile.protected * scale)) for pile in profile.piles]
    return scale, whole
