"""Instant run-off: by hand, and its laws."""

from fractions import Fraction

from hypothesis import assume, given, settings

from tests.voting.counting.profiles import names, profiles, ranked, solid_profiles, totals
from voting.counting.irv import count_irv
from voting.counting.profile import Profile


def test_the_last_is_excluded_until_one_has_a_majority() -> None:
    # 17 ballots. C has fewest and goes to B: 9 of 17.
    count = count_irv(ranked(3, "8 A", "5 BC", "4 CB"))
    assert [totals(stage) for stage in count.stages] == [[8, 5, 4], [8, 9, 0]]
    assert count.stages[1].status == ("continuing", "elected", "excluded")
    ((elected,), quota) = count.elected, count.quota
    assert (elected.option, elected.stage, elected.on, quota) == (2, 2, "majority", None)


def test_a_majority_is_of_the_ballots_that_remain() -> None:
    # Two of three C ballots name nobody else: A has 5 of 9 then, of 11 in all.
    count = count_irv(ranked(3, "5 A", "4 B", "2 C"))
    assert names(count.elected) == "A"
    assert count.stages[-1].non_transferable == 2


def test_one_half_is_not_a_majority() -> None:
    count = count_irv(ranked(2, "3 A", "3 B", seed="00" * 32))
    assert [stage.action for stage in count.stages] == ["count", "exclusion"]
    assert count.ties[0].resolved_by == "lot"


def test_nobody_ranks_the_last_one_left() -> None:
    # All ballots rank A and B alone; the tie falls on B, then A has all that remain.
    count = count_irv(ranked(3, "1 B", protected=["1 A"]))
    assert names(count.elected) == "A"
    assert [tie.kind for tie in count.ties] == ["exclude"]


def test_no_ballots_leave_the_last_one_standing() -> None:
    count = count_irv(ranked(2))
    assert [each.on for each in count.elected] == ["last-places"]


def test_t3_a_solid_majority_elects_one_of_its_set() -> None:
    count = count_irv(ranked(3, "49 C", protected=["26 AB", "25 BA"]))
    assert names(count.elected) in "AB"


@settings(max_examples=80)
@given(profiles())
def test_who_more_than_half_put_first_is_elected_at_once(profile: Profile) -> None:
    first = [Fraction()] * profile.options
    for pile in profile.piles:
        first[pile.numbers.index(1)] += pile.weight
    assume(2 * max(first) > profile.weight)
    count = count_irv(profile)
    assert [each.option - 1 for each in count.elected] == [first.index(max(first))]
    assert len(count.stages) == 1


@settings(max_examples=100)
@given(solid_profiles())
def test_t3_a_solid_majority_always_elects_one_of_its_set(
    case: tuple[Profile, set[int], Fraction],
) -> None:
    profile, chosen, part = case
    assume(part > Fraction(1, 2))
    (elected,) = count_irv(profile).elected
    assert elected.option - 1 in chosen


@settings(max_examples=80)
@given(profiles())
def test_weight_is_conserved(profile: Profile) -> None:
    count = count_irv(profile)
    assert len(count.elected) == 1
    for stage in count.stages:
        assert sum(stage.totals) + stage.non_transferable == profile.weight
        assert stage.lost == 0
