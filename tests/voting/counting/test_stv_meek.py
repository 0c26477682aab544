"""Meek's STV: by hand, and its laws."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.counting.profiles import names, profiles, ranked, solid_profiles, totals
from voting.counting.profile import Profile
from voting.counting.stv_exact import count_stv_exact
from voting.counting.stv_meek import count_stv_meek
from voting.option_guarantee import count_guaranteed

TINY = Fraction(1, 10**9)


def test_the_first_stage_is_first_preferences() -> None:
    count = count_stv_meek(ranked(3, "5 AB", "3 B", "2 C"), 1)
    assert totals(count.stages[0]) == [5, 3, 2]
    assert count.quota == 5


def test_the_quota_goes_down_as_weight_leaves() -> None:
    # A has 8 of 12, quota 4. With A keeping the part k, half of its rest names nobody:
    # A keeps 8k, 4(1-k) leaves, so 8k = (12 - 4(1-k))/3 and k = 2/5, with a quota of 16/5.
    count = count_stv_meek(ranked(4, "4 AB", "4 A", "2 C", "2 D"), 2)
    second = count.stages[1]
    assert (second.action, second.option) == ("surplus", None)
    assert second.quota is not None
    assert abs(second.quota - Fraction(16, 5)) < TINY
    assert abs(second.totals[0] - Fraction(16, 5)) < TINY
    assert abs(second.non_transferable - Fraction(12, 5)) < TINY
    assert abs(second.totals[1] - Fraction(12, 5)) < TINY


def test_a_ballot_counts_as_if_who_is_excluded_had_never_stood() -> None:
    with_d = ranked(4, "6 ABC", "4 BC", "3 C", "1 DA")
    without = ranked(4, "6 ABC", "4 BC", "3 C", "1 A")
    assert names(count_stv_meek(with_d, 2).elected) == names(count_stv_meek(without, 2).elected)


def test_a_later_surplus_reaches_options_behind_one_elected_before() -> None:
    """In WIGM a ballot passes over an elected option; Meek's goes through it."""
    profile = ranked(5, "9 AB", "6 BC", "2 AC", "3 D", "3 E", "1 C")
    count = count_stv_meek(profile, 3)
    assert len(count.elected) == 3
    assert {"A", "B"} <= set(names(count.elected))


def test_level_options_are_a_tie() -> None:
    thirds = count_stv_meek(ranked(3, "1/3 A", "1/3 B", protected=["1/3 C"]), 2)
    assert [tie.kind for tie in thirds.ties] == ["exclude"]
    assert names(thirds.elected)[-1] in "ABC"
    (tie,) = thirds.ties
    assert (tie.options, tie.tried[0]) == ((1, 2, 3), "protected-college")
    assert tie.chosen != (3,)


def test_a_tie_by_the_stage_before() -> None:
    count = count_stv_meek(ranked(4, "6 A", "3 B", "2 CB", "1 DC"), 1)
    (tie,) = count.ties
    assert (tie.chosen, tie.tried) == ((3,), ("protected-college", "earlier-stage"))


def test_fewer_options_than_seats_are_all_elected() -> None:
    assert names(count_stv_meek(ranked(2, "3 A"), 5).elected) == "AB"


@settings(max_examples=50)
@given(profiles(), st.integers(1, 4))
def test_weight_is_conserved_and_next_to_nothing_is_lost(profile: Profile, seats: int) -> None:
    count = count_stv_meek(profile, seats)
    assert len(count.elected) == min(seats, profile.options)
    for stage in count.stages:
        assert sum(stage.totals) + stage.non_transferable + stage.lost == profile.weight
        assert min(stage.totals) >= 0
        assert 0 <= stage.lost < Fraction(1, 10**25)


@settings(max_examples=50)
@given(profiles())
def test_one_seat_is_won_as_in_exact_stv(profile: Profile) -> None:
    meek, exact = count_stv_meek(profile, 1), count_stv_exact(profile, 1)
    if not meek.ties and not exact.ties:
        assert names(meek.elected) == names(exact.elected)


@settings(max_examples=80)
@given(solid_profiles(), st.integers(1, 6))
def test_a_solid_part_gets_its_seats(case: tuple[Profile, set[int], Fraction], seats: int) -> None:
    profile, chosen, part = case
    elected = {each.option - 1 for each in count_stv_meek(profile, seats).elected}
    assert len(elected & chosen) >= min(count_guaranteed("stv-meek", seats, part), len(chosen))
