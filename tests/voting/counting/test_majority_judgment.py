"""Majority judgement: by hand, against the median taken away again and again, and its laws."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.counting.profiles import names, numbered
from voting.counting.majority_judgment import (
    compare_grades,
    count_majority_judgment,
    find_majority_grade,
)
from voting.counting.profile import Pile, Profile, make_profile


def weights(*numbers: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(number) for number in numbers)


@pytest.mark.parametrize(
    ("row", "grade"),
    [
        pytest.param((3, 1, 1), 1, id="more than half"),
        pytest.param((2, 1, 2), 2, id="the middle one"),
        pytest.param((2, 0, 2), 3, id="half is not more than half: the lower median"),
        pytest.param((0, 0, 1), 3, id="all the worst"),
    ],
)
def test_the_majority_grade(row: tuple[int, ...], grade: int) -> None:
    assert find_majority_grade(weights(*row)) == grade


def test_the_example_of_the_page() -> None:
    # A: Good Good Good Poor Poor; B: Very good, Very good, Good, Good, Poor.
    profile = numbered((2, (2, 1)), (1, (2, 2)), (1, (3, 2)), (1, (3, 3)))
    count = count_majority_judgment(profile, 3)
    assert count.grades == (weights(0, 3, 2), weights(2, 2, 1))
    assert (names(count.elected), count.ties) == ("B", ())


def test_on_one_distance_the_worse_side_is_looked_at_first() -> None:
    # Both Good in the middle. A has Poor and Very good beside it, B Good and Good.
    profile = numbered((1, (1, 2)), (1, (2, 2)), (1, (3, 2)))
    assert names(count_majority_judgment(profile, 3, seats=2).elected) == "BA"


def test_the_better_side_decides_where_the_worse_is_level() -> None:
    profile = numbered((1, (1, 2)), (1, (2, 2)), (1, (3, 3)))
    assert names(count_majority_judgment(profile, 3, seats=2).elected) == "AB"


def test_options_with_the_same_grades_are_decided_by_the_protected_college() -> None:
    piles = [
        Pile((1, 2, 3), Fraction(1), Fraction(1)),
        Pile((2, 1, 3), Fraction(1)),
    ]
    count = count_majority_judgment(make_profile(3, piles), 3)
    (tie,) = count.ties
    assert (tie.kind, tie.options, tie.tried) == ("elect", (1, 2), ("protected-college",))
    assert tie.chosen == (1,)


def test_without_a_protected_college_the_lot_decides() -> None:
    (tie,) = count_majority_judgment(numbered((1, (1, 2)), (1, (2, 1))), 3).ties
    assert tie.tried == ("protected-college", "lot")


def test_as_many_level_options_as_seats_are_no_tie() -> None:
    count = count_majority_judgment(numbered((1, (1, 2)), (1, (2, 1))), 3, seats=2)
    assert (names(count.elected), count.ties) == ("AB", ())


def take_medians(grades: Sequence[int]) -> list[int]:
    """The majority value of Balinski and Laraki: the lower median, taken away again and again."""
    left = sorted(grades)
    value: list[int] = []
    while left:
        value.append(left.pop(len(left) // 2))
    return value


@settings(max_examples=150)
@given(st.data(), st.integers(1, 9), st.integers(2, 5))
def test_with_ballots_of_one_weight_it_is_the_majority_value(
    data: st.DataObject, ballots: int, grades: int
) -> None:
    rows = [
        data.draw(st.lists(st.integers(1, grades), min_size=ballots, max_size=ballots))
        for _ in range(3)
    ]
    counted = tuple(
        tuple(Fraction(row.count(grade)) for grade in range(1, grades + 1)) for row in rows
    )
    ours, theirs = compare_grades(counted), [take_medians(row) for row in rows]
    for one in range(3):
        for other in range(3):
            assert (ours[one] < ours[other]) == (theirs[one] < theirs[other])


@st.composite
def graded(draw: st.DrawFn) -> Profile:
    size = draw(st.integers(2, 4))
    numbers = st.tuples(*[st.integers(1, 4)] * size)
    ballots = draw(st.lists(st.tuples(numbers, st.integers(1, 9)), min_size=1, max_size=7))
    return make_profile(size, [Pile(n, Fraction(weight, 7)) for n, weight in ballots])


@settings(max_examples=60)
@given(graded(), st.integers(1, 12))
def test_the_scale_of_the_weights_is_irrelevant(profile: Profile, by: int) -> None:
    piles = [Pile(pile.numbers, pile.weight * by) for pile in profile.piles]
    scaled = make_profile(profile.options, piles, profile.seed)
    one, other = count_majority_judgment(profile, 4), count_majority_judgment(scaled, 4)
    assert (one.elected, one.ties) == (other.elected, other.ties)


@settings(max_examples=60)
@given(graded())
def test_more_than_half_who_give_the_best_grade_elect(profile: Profile) -> None:
    count = count_majority_judgment(profile, 4)
    assert count.grades is not None
    medians = [find_majority_grade(row) for row in count.grades]
    (elected,) = count.elected
    assert medians[elected.option - 1] == min(medians)
