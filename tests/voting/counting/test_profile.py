"""Plain weighted ballots: equal ones stand together, in one order."""

from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.voting.counting.profiles import profiles
from voting.counting.profile import (
    Box,
    Pile,
    Profile,
    make_profile,
    order_options,
    rank_options,
    weigh_boxes,
)


def test_equal_ballots_stand_in_one_pile() -> None:
    profile = make_profile(
        2,
        [
            Pile((2, 1), Fraction(1, 2)),
            Pile((1, 0), Fraction(1, 3), Fraction(1, 3)),
            Pile((2, 1), Fraction(1, 6), Fraction(1, 6)),
        ],
    )
    assert profile.piles == (
        Pile((1, 0), Fraction(1, 3), Fraction(1, 3)),
        Pile((2, 1), Fraction(2, 3), Fraction(1, 6)),
    )
    assert profile.weight == 1


def test_without_a_seed_the_ballots_are_one() -> None:
    one, same = (make_profile(2, [Pile((1, 0), Fraction(2))]) for _ in range(2))
    other = make_profile(2, [Pile((1, 0), Fraction(3))])
    assert one.seed == same.seed != other.seed
    assert make_profile(2, [], "ab" * 32).seed == "ab" * 32


def test_preferences_are_the_ranked_options_in_order() -> None:
    assert order_options(bytes((0, 2, 0, 1, 3))) == bytes((3, 1, 4))
    assert order_options(bytes(2)) == b""


@given(st.lists(st.integers(0, 40), unique=True, max_size=9))
def test_ranks_and_orders_are_two_forms_of_one_ballot(order: list[int]) -> None:
    ranks = rank_options(bytes(order), 41)
    assert [ranks[option] for option in order] == list(range(1, len(order) + 1))
    assert ranks.count(0) == 41 - len(order)
    assert order_options(ranks) == bytes(order)


@given(profiles())
def test_boxes_give_the_same_as_their_piles(profile: Profile) -> None:
    boxes = [
        Box({bytes(pile.numbers): 3}, weight / 3, is_protected)
        for pile in profile.piles
        for weight, is_protected in (
            (pile.protected, True),
            (pile.weight - pile.protected, False),
        )
        if weight
    ]
    weighed = weigh_boxes(profile.options, boxes, profile.seed)
    assert (weighed.piles, weighed.weight) == (profile.piles, profile.weight)


@given(profiles(), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_is_irrelevant(profile: Profile, random: Random) -> None:
    halves = [Pile(p.numbers, p.weight / 2, p.protected / 2) for p in profile.piles] * 2
    random.shuffle(halves)
    assert make_profile(profile.options, halves) == profile
