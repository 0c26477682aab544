"""Valid, blank or invalid: the published rule, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.counting.profiles import rankings
from tests.voting.examples import make_choice
from voting.counting.validity import judge_ballot
from voting.option_contests import METHODS, Method

SHUFFLED = [method for method in METHODS if make_choice(method).is_shuffled]


@pytest.mark.parametrize("method", SHUFFLED)
def test_zeros_only_are_blank_and_nothing_at_all_is_invalid(method: Method) -> None:
    contest = make_choice(method, options=3)
    assert judge_ballot(contest, (0, 0, 0)) == "blank"
    assert judge_ballot(contest, None) == "invalid"
    assert judge_ballot(contest, (1, 2)) == "invalid"
    assert judge_ballot(contest, (0, 0, 0, 0)) == "invalid"


@pytest.mark.parametrize(
    ("method", "numbers", "verdict"),
    [
        pytest.param("irv", (2, 1, 3), "counted", id="all ranked"),
        pytest.param("irv", (0, 1, 0), "counted", id="one ranked"),
        pytest.param("irv", (1, 3, 0), "invalid", id="a gap"),
        pytest.param("irv", (1, 1, 2), "invalid", id="a repeat"),
        pytest.param("irv", (2, 0, 0), "invalid", id="no first"),
        pytest.param("irv", (1, 2, 4), "invalid", id="a rank above the options"),
        pytest.param("irv", (-1, 1, 2), "invalid", id="a negative rank"),
        pytest.param("score", (1, 5, 3), "counted", id="scores 0, 4 and 2"),
        pytest.param("score", (6, 1, 1), "invalid", id="a score above the top"),
        pytest.param("score", (5, 0, 1), "invalid", id="an option without a score"),
        pytest.param("majority-judgment", (1, 3, 3), "counted", id="grades"),
        pytest.param("majority-judgment", (4, 1, 1), "invalid", id="a grade too many"),
        pytest.param("majority-judgment", (1, 0, 2), "invalid", id="an option without a grade"),
    ],
)
def test_the_rule(method: Method, numbers: tuple[int, ...], verdict: str) -> None:
    assert judge_ballot(make_choice(method, options=3), numbers) == verdict


@given(rankings(5))
def test_every_ranking_counts(numbers: tuple[int, ...]) -> None:
    assert judge_ballot(make_choice("schulze"), numbers) == "counted"


@given(st.sampled_from(SHUFFLED), st.lists(st.integers(-2, 8), max_size=7).map(tuple))
def test_whatever_the_numbers_there_is_a_verdict(method: Method, numbers: tuple[int, ...]) -> None:
    assert judge_ballot(make_choice(method), numbers) in {"counted", "blank", "invalid"}
