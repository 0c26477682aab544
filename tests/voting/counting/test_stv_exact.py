"""Exact STV: examples by hand, then its laws."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.counting.profiles import (
    names,
    profiles,
    rank,
    ranked,
    solid_profiles,
    totals,
)
from voting.counting.profile import Pile, Profile, make_profile
from voting.counting.stv_exact import count_stv_exact


def fractions(*texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts]


def test_a_surplus_passes_on_with_every_ballot_of_the_option() -> None:
    # 12 ballots, 2 seats: the quota is 4. A has 7, so 3/7 of each of its ballots goes on.
    count = count_stv_exact(ranked(4, "4 AB", "2 AC", "1 A", "3 D", "2 C"), 2)
    assert count.quota == 4
    first, second, third, _ = count.stages
    assert totals(first) == fractions("7", "0", "2", "3")
    assert first.status == ("elected", "continuing", "continuing", "continuing")
    assert (second.action, second.option) == ("surplus", 1)
    assert totals(second) == fractions("4", "12/7", "20/7", "3")
    assert list(second.transfers) == fractions("-3", "12/7", "6/7", "0")
    assert second.non_transferable == Fraction(3, 7)
    # Nobody else has more than 4, so B goes; its ballots name nobody else, and C goes too.
    assert (third.action, third.option) == ("exclusion", 2)
    assert third.non_transferable == Fraction(3, 7) + Fraction(12, 7)
    assert names(count.elected) == "AD"
    assert [(each.stage, each.on) for each in count.elected] == [(1, "quota"), (4, "last-places")]


def test_the_quota_itself_is_not_enough() -> None:
    # With 1 seat the quota is one half: nobody has more, and two of four go before one wins.
    count = count_stv_exact(ranked(2, "3 A", "3 B"), 1)
    assert [each.on for each in count.elected] == ["last-places"]
    (tie,) = count.ties
    assert (tie.kind, tie.options, tie.tried) == (
        "exclude",
        (1, 2),
        ("protected-college", "earlier-stage", "lot"),
    )


def test_a_value_goes_down_with_every_surplus() -> None:
    # 4 seats of 20: the quota is 4. A's 10 pass on at 6/10; B then has 6 and passes on at
    # 6/10 times 2/6.
    count = count_stv_exact(ranked(6, "10 ABC", "3 D", "3 E", "2 C", "2 F"), 4)
    _, second, third = count.stages[:3]
    assert totals(second)[:3] == fractions("4", "6", "2")
    assert (third.action, third.option) == ("surplus", 2)
    assert totals(third)[:3] == fractions("4", "4", "4")
    assert third.transfers[2] == 10 * Fraction(6, 10) * Fraction(2, 6)


def test_the_largest_surplus_of_the_moment_goes_first() -> None:
    # 3 seats of 40: the quota is 10. B has 1 over, A 9; from A's ballots C gets 7 over.
    count = count_stv_exact(ranked(4, "19 AC", "11 BD", "8 C", "2 D"), 3)
    assert [stage.option for stage in count.stages] == [None, 1]
    assert [each.stage for each in count.elected] == [1, 1, 2]
    assert names(count.elected) == "ABC"


def test_equal_surpluses_are_decided_by_the_protected_college() -> None:
    # 3 seats of 20: the quota is 5. A and B are 1 over; two of A's ballots are P's, 3 of B's.
    profile = ranked(5, "4 AC", "3 BD", "3 C", "3 D", "2 E", protected=["2 AC", "3 BD"])
    count = count_stv_exact(profile, 3)
    (tie,) = [tie for tie in count.ties if tie.kind == "surplus"]
    assert (tie.options, tie.tried, tie.chosen) == ((1, 2), ("protected-college",), (2,))
    assert count.stages[1].option == 2


def test_an_exclusion_is_decided_by_the_smaller_tally_in_the_protected_college() -> None:
    count = count_stv_exact(ranked(3, "3 A", "2 BA", protected=["2 CB"]), 1)
    (tie,) = count.ties
    assert (tie.kind, tie.options, tie.chosen) == ("exclude", (2, 3), (2,))
    assert names(count.elected) == "A"


def test_an_exclusion_is_decided_by_the_latest_stage_at_which_they_differed() -> None:
    # D goes first, and lifts C to B's 3; at the first stage C had fewer, so C goes.
    count = count_stv_exact(ranked(4, "6 A", "3 B", "2 CB", "1 DC"), 1)
    (tie,) = count.ties
    assert (tie.stage, tie.options, tie.chosen) == (3, (2, 3), (3,))
    assert tie.tried == ("protected-college", "earlier-stage")


def test_fewer_options_than_seats_are_all_elected() -> None:
    assert names(count_stv_exact(ranked(2, "3 A"), 5).elected) == "AB"


def test_t10_what_a_whole_quota_would_lose() -> None:
    """98 votes, 5 seats, 50 solid: see test_stv_scottish.py for what a whole quota gives."""
    count = count_stv_exact(ranked(6, "27 ABC", "23 BAC", "16 D", "16 E", "16 F"), 5)
    assert set("ABC") <= set(names(count.elected))


def test_a_long_count_stays_short_and_loses_next_to_nothing() -> None:
    # 29 options that all pass surpluses on: exact fractions would take millions of digits.
    starts = [*range(29), *range(0, 58, 2)]
    orders = [[(start + place) % 29 for place in range(29)] for start in starts]
    piles = [
        Pile(rank(order, 29), Fraction(1 + number * number, 997 + number))
        for number, order in enumerate(orders)
    ]
    profile = make_profile(29, piles)
    count = count_stv_exact(profile, 27)
    assert len(count.elected) == 27
    longest = max(total.denominator for stage in count.stages for total in stage.totals)
    assert 10**400 < longest < 10**1500
    for stage in count.stages:
        assert sum(stage.totals) + stage.non_transferable + stage.lost == profile.weight
    assert 0 < count.stages[-1].lost < Fraction(1, 10**400)


# --- laws ---------------------------------------------------------------------------------


@settings(max_examples=60)
@given(profiles(), st.integers(1, 4))
def test_weight_is_conserved_at_every_stage(profile: Profile, seats: int) -> None:
    count = count_stv_exact(profile, seats)
    before = [Fraction()] * profile.options
    for number, stage in enumerate(count.stages, start=1):
        assert stage.number == number
        assert sum(stage.totals) + stage.non_transferable == profile.weight
        assert [
            was + gained for was, gained in zip(before, stage.transfers, strict=True)
        ] == totals(stage)
        before = totals(stage)
    assert len(count.elected) == min(seats, profile.options)


@settings(max_examples=150)
@given(solid_profiles(), st.integers(1, 6))
def test_t8_a_solid_part_gets_its_seats(
    case: tuple[Profile, set[int], Fraction], seats: int
) -> None:
    profile, chosen, part = case
    elected = {each.option - 1 for each in count_stv_exact(profile, seats).elected}
    guaranteed = min(ceil(part * (seats + 1)) - 1, len(chosen))
    assert len(elected & chosen) >= guaranteed


@pytest.mark.parametrize("seats", range(2, 9))
def test_t8_is_tight(seats: int) -> None:
    """Exactly k parts of seats + 1 are not enough for k seats: strictly more is asked."""
    options = seats + 1
    lines = [f"1 {letter}" for letter in "ABCDEFGHI"[:options]]
    count = count_stv_exact(ranked(options, *lines), seats)
    # All are level at the quota itself; somebody of each set of k is the one to go.
    assert len(count.elected) == seats
    assert {each.on for each in count.elected} == {"last-places"}


@settings(max_examples=40)
@given(profiles(), st.integers(1, 3), st.integers(1, 9), st.integers(1, 9))
def test_the_scale_of_the_weights_is_irrelevant(
    profile: Profile, seats: int, above: int, below: int
) -> None:
    by = Fraction(above, below)
    scaled = make_profile(
        profile.options,
        [Pile(p.numbers, p.weight * by, p.protected * by) for p in profile.piles],
        profile.seed,
    )
    one, other = count_stv_exact(profile, seats), count_stv_exact(scaled, seats)
    assert (one.elected, one.ties) == (other.elected, other.ties)
