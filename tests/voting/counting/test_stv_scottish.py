"""Scottish STV: by hand; the real wards are in test_shared_counts.py."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.counting.profiles import names, ranked, rankings, totals
from voting.counting.profile import Pile, make_profile
from voting.counting.stv_scottish import count_stv_scottish
from voting.errors import WeightedMethodError


def test_the_quota_has_no_remainder_and_is_enough() -> None:
    # Rule 46: 10 / 3 without the remainder, plus 1.
    count = count_stv_scottish(ranked(3, "4 A", "4 B", "2 C"), 2)
    assert count.quota == 4
    assert names(count.elected) == "AB"
    assert len(count.stages) == 1


def test_a_value_has_five_decimals_and_the_rest_is_lost() -> None:
    # 17 ballots, 2 seats: the quota is 6. A has 7; a ballot passes on at 1/7 = 0.14285…
    count = count_stv_scottish(ranked(4, "4 AB", "3 A", "5 C", "5 D"), 2)
    second = count.stages[1]
    assert totals(second) == [6, Fraction(4 * 14285, 100_000), 5, 5]
    assert second.non_transferable == Fraction(3 * 14285, 100_000)
    assert second.lost == 1 - Fraction(7 * 14285, 100_000)


def test_the_protected_college_has_no_part_in_ties() -> None:
    count = count_stv_scottish(ranked(3, "4 A", "2 B", protected=["2 C"]), 1)
    (tie,) = count.ties
    assert tie.tried == ("earlier-stage", "lot")


def test_t10_a_whole_quota_loses_a_majority() -> None:
    # 98 votes, 50 of them for A, B and C. C is left with what rounding spared of 16, and goes.
    count = count_stv_scottish(ranked(6, "27 ABC", "23 BAC", "16 D", "16 E", "16 F"), 5)
    assert count.quota == 17
    assert count.stages[2].totals[2] == Fraction(1_599_977, 100_000)
    assert names(count.elected) == "ABDEF"


def test_weighted_ballots_are_refused() -> None:
    with pytest.raises(WeightedMethodError):
        count_stv_scottish(ranked(2, "1/2 A", "3 B"), 1)


@settings(max_examples=40)
@given(st.lists(st.tuples(rankings(4), st.integers(1, 40)), min_size=1, max_size=8))
def test_weight_is_conserved(ballots: list[tuple[tuple[int, ...], int]]) -> None:
    profile = make_profile(4, [Pile(numbers, Fraction(weight)) for numbers, weight in ballots])
    for stage in count_stv_scottish(profile, 2).stages:
        assert sum(stage.totals) + stage.non_transferable + stage.lost == profile.weight
        assert stage.lost >= 0
