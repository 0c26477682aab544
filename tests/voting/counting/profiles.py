"""Small profiles written as lines, and strategies for others."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from voting.counting.option_result import Elected, Stage
from voting.counting.profile import Marks, Numbers, Pile, Profile, add_marks, make_profile

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def rank(order: Sequence[int] | str, options: int) -> Numbers:
    """The numbers of a ballot that ranks these options, letters or counted from 0."""
    numbers = [0] * options
    places = [LETTERS.index(o) if isinstance(o, str) else o for o in order]
    for place, option in enumerate(places, start=1):
        numbers[option] = place
    return tuple(numbers)


def ranked(
    options: int, *lines: str, protected: Sequence[str] = (), seed: str | None = None
) -> Profile:
    """Lines like "5 ABC": five ballots, or a weight such as "1/3 BA"; `protected` are P's."""
    piles = [_read(options, line) for line in lines]
    piles += [
        Pile(pile.numbers, pile.weight, pile.weight)
        for pile in (_read(options, line) for line in protected)
    ]
    return make_profile(options, piles, seed)


def numbered(*lines: tuple[int, Numbers]) -> Profile:
    """Ballots with these numbers."""
    return make_profile(len(lines[0][1]), [Pile(n, Fraction(weight)) for weight, n in lines])


def _read(options: int, line: str) -> Pile:
    weight, order = line.split()
    return Pile(rank(order, options), Fraction(weight))


def names(elected: Sequence[Elected]) -> str:
    """Those elected, as letters in order."""
    return "".join(LETTERS[each.option - 1] for each in elected)


def totals(stage: Stage) -> list[Fraction]:
    return list(stage.totals)


def first_choices(profile: Profile) -> Marks:
    """Each ballot marks the option that it ranks first."""
    piles = [
        Pile(tuple(int(rank == 1) for rank in pile.numbers), pile.weight) for pile in profile.piles
    ]
    return add_marks(make_profile(profile.options, piles))


def whole(rows: Sequence[Sequence[Fraction]]) -> list[list[int]]:
    """A matrix of whole numbers, to compare with a published one."""
    assert all(number.denominator == 1 for row in rows for number in row)
    return [[int(number) for number in row] for row in rows]


@st.composite
def rankings(draw: st.DrawFn, options: int) -> Numbers:
    order: list[int] = draw(st.permutations(list(range(options))))
    return rank(order[: draw(st.integers(1, options))], options)


@st.composite
def profiles(draw: st.DrawFn, options: int = 5, ballots: int = 8) -> Profile:
    """Weighted rankings of 2 up to so many options."""
    size = draw(st.integers(2, options))
    piles: list[Pile] = []
    for _ in range(draw(st.integers(1, ballots))):
        weight = Fraction(draw(st.integers(1, 9)), draw(st.integers(1, 7)))
        own = weight if draw(st.booleans()) else Fraction()
        piles.append(Pile(draw(rankings(size)), weight, own))
    return make_profile(size, piles)


@st.composite
def solid_profiles(draw: st.DrawFn) -> tuple[Profile, set[int], Fraction]:
    """Ballots with a known part that is solid for a set, against any others."""
    options = draw(st.integers(3, 7))
    size = draw(st.integers(1, options - 1))
    chosen = draw(st.permutations(list(range(options))))[:size]
    piles: list[Pile] = []
    supported = Fraction()
    for _ in range(draw(st.integers(1, 4))):
        weight = Fraction(draw(st.integers(1, 12)), draw(st.sampled_from([1, 3, 7])))
        supported += weight
        rest = [option for option in range(options) if option not in chosen]
        order = [*draw(st.permutations(chosen)), *draw(st.permutations(rest))]
        cut = draw(st.integers(size, options))
        piles.append(Pile(rank(order[:cut], options), weight, weight))
    others = Fraction()
    for _ in range(draw(st.integers(0, 5))):
        weight = Fraction(draw(st.integers(1, 12)), draw(st.sampled_from([1, 2, 5])))
        others += weight
        order = draw(st.permutations(list(range(options))))
        piles.append(Pile(rank(order[: draw(st.integers(1, options))], options), weight))
    return make_profile(options, piles), set(chosen), supported / (supported + others)
