"""Plain weighted ballots: equal ones stand together, in one order."""

from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.voting.counting.profiles import profiles
from voting.counting.profile import (
    Pile,
    Profile,
    list_preferences,
    make_profile,
    scale_weights,
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
    assert list_preferences((0, 2, 0, 1, 3)) == (3, 1, 4)
    assert list_preferences((0, 0)) == ()


@given(profiles())
def test_scaled_weights_are_the_same_weights(profile: Profile) -> None:
    scale, whole = scale_weights(profile)
    for pile, (weight, protected) in zip(profile.piles, whole, strict=True):
        assert (Fraction(weight, scale), Fraction(protected, scale)) == (
            pile.weight,
            pile.protected,
        )


@given(profiles(), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_is_irrelevant(profile: Profile, random: Random) -> None:
    halves = [Pile(p.numbers, p.weight / 2, p.protected / 2) for p in profile.piles] * 2
    random.shuffle(halves)
    assert make_profile(profile.options, halves) == profile
