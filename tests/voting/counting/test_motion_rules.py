"""Counting a motion under every scheme and rule of a charter: by hand, by edge, by law."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.counting.schemes import (
    cap_ballots,
    cap_part,
    make_capped,
    make_equal,
    make_rule,
    scheme_polls,
    tally,
)
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    IDS,
    SUPPORTED,
    Poll,
    count,
    make_charter,
    make_motion,
    make_tallies,
)
from voting.charter.charter import Charter
from voting.charter.motion_rules import STATUTORY, HeadCount, MotionRule
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, TWO_THIRDS, Threshold
from voting.counting.motion import (
    Agreement,
    CollegeTally,
    HeadCountResult,
    MotionResult,
    count_motion,
)
from voting.counting.result import Result, format_result, parse_result

UUID = "ExampLeuuid123"
MOTION = make_motion()


def with_rule(rule: MotionRule, charter: Charter | None = None) -> Charter:
    return replace(charter or make_charter(), ordinary=rule, special=replace(rule, threshold=ALL))


ALL = Threshold(Fraction(1), strict=False)


def read_again(result: MotionResult) -> MotionResult:
    """What whoever has the bytes alone counts."""
    (again,) = parse_result(format_result(UUID, [result])).contests
    assert isinstance(again, MotionResult)
    return again


# --- schemes ------------------------------------------------------------------------------


def test_by_the_roll_who_stays_away_loses_weight() -> None:
    charter = make_charter(protected=None, scheme="roll")
    tallies = [tally(SUPPORTED, 4, 0, 10), tally(EMPLOYEES, 0, 30, 50), tally(COMMUNITY, 0, 0, 5)]
    result = count_motion(charter, MOTION, tallies)
    # 51/100 of 4 in 10, against 34/100 of 30 in 50
    assert (result.total_for, result.total_against) == (Fraction(204, 1000), Fraction(204, 1000))
    assert (result.outcome, result.scheme, result.lapsed) == ("tied", "roll", (COMMUNITY,))
    assert result.counted_share == Fraction(408, 1000)
    assert result.colleges[0].effective_share == Fraction(1, 2)
    assert read_again(result) == result


def test_one_member_one_vote() -> None:
    result = count(make_equal("none"), (4, 1), (20, 30), (0, 0))
    assert [result.total_for, result.total_against] == [Fraction(24), Fraction(31)]
    assert (result.outcome, result.scheme) == ("lost", "none")
    assert result.colleges[1].effective_share == Fraction(50, 55)
    assert read_again(result) == result


@pytest.mark.parametrize(
    ("counts", "total_for", "outcome"),
    [
        pytest.param(((3, 2), (0, 9), (0, 9)), "51/100", "passed", id="most of P decides"),
        pytest.param(((2, 3), (9, 0), (9, 0)), "49/100", "lost", id="against all others"),
        pytest.param(((2, 2), (9, 0), (9, 0)), "49/100", "lost", id="level is against"),
        pytest.param(((1, 0), (3, 3), (0, 0)), "51/100", "passed", id="a share lapses"),
        pytest.param(((0, 0), (3, 3), (0, 0)), "0", "void", id="without P"),
    ],
)
def test_a_bloc_goes_where_most_of_it_goes(
    counts: tuple[tuple[int, int], ...], total_for: str, outcome: str
) -> None:
    result = count(make_charter(scheme="bloc"), *counts)
    assert (result.total_for, result.outcome) == (Fraction(total_for), outcome)
    assert {college.weight for college in result.colleges} == {None}
    assert [c.is_counted for c in result.colleges] == [
        sum(each) > 0 and outcome != "void" for each in counts
    ]
    assert read_again(result) == result


def test_blocs_of_equal_weight_tie() -> None:
    charter = make_charter("1/2", "1/2", protected=None, floors={}, scheme="bloc")
    result = count(charter, (5, 0), (0, 1))
    assert result.outcome == "tied"


def test_a_protected_bloc_needs_half_of_itself() -> None:
    check = count(make_charter(scheme="bloc"), (3, 2), (0, 9), (0, 9)).guarantee
    assert (check.control, check.cohesion_needed) == (True, Fraction(1, 2))
    assert check.cohesion_strict is True


# --- caps ---------------------------------------------------------------------------------


def test_a_capped_college_is_weighed_less_and_said_so() -> None:
    result = count(make_capped(cap_part(COMMUNITY, "1/10")), (5, 5), (10, 10), (4, 0))
    community = result.colleges[2]
    assert (community.capped, community.effective_share) == (True, Fraction(1, 10))
    assert result.total_for == Fraction(85, 200) + Fraction(85, 900)
    assert result.lapsed == ()
    assert result.caps == (cap_part(COMMUNITY, "1/10"),)
    assert read_again(result) == result


def test_t11_a_cap_takes_nothing_from_the_protected_college() -> None:
    free = count(make_charter(), (5, 1), (0, 9), (0, 1)).guarantee
    capped = count(make_capped(cap_part(COMMUNITY, "1/10")), (5, 1), (0, 9), (0, 1)).guarantee
    assert capped.effective_share > free.effective_share
    assert capped.cohesion_needed is not None
    assert free.cohesion_needed is not None
    assert capped.cohesion_needed < free.cohesion_needed


def test_cap_can_turn() -> None:
    """Why `cap-can-turn` is a warning: one more For, and it is lost.

    An employee's ballot weighs at most as much as one of P. One more of P says For: each of
    P's ballots weighs less, so do the three of the employees who are For, and the community,
    against, has more than a quarter of what is left.
    """
    charter = replace(make_charter("51/100", "29/100", "1/5"), caps=(cap_ballots(EMPLOYEES, "1"),))
    special = make_motion("special")
    before = count_motion(charter, special, make_tallies((17, 0), (3, 0), (0, 1)))
    # 51/100 and three times 3/100, against 1/5
    assert (before.total_for, before.total_against) == (Fraction(3, 5), Fraction(1, 5))
    assert before.outcome == "passed"
    after = count_motion(charter, special, make_tallies((18, 0), (3, 0), (0, 1)))
    assert after.outcome == "lost"


# --- agreement ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("employees", "community", "agreed", "outcome"),
    [
        pytest.param((5, 4), (3, 2), (True, True), "passed", id="both agree"),
        pytest.param((4, 4), (3, 2), (False, True), "lost", id="one is level"),
        pytest.param((4, 5), (3, 2), (False, True), "lost", id="one is against"),
        pytest.param((5, 4), (0, 0), (True, False), "lost", id="one did not choose"),
    ],
)
def test_listed_colleges_must_agree_as_well(
    employees: tuple[int, int], community: tuple[int, int], agreed: tuple[bool, bool], outcome: str
) -> None:
    charter = with_rule(make_rule(MORE_THAN_HALF, EMPLOYEES, COMMUNITY))
    result = count(charter, (9, 1), employees, community)
    assert result.agreements == (
        Agreement(EMPLOYEES, MORE_THAN_HALF, agreed[0]),
        Agreement(COMMUNITY, MORE_THAN_HALF, agreed[1]),
    )
    # The weighted count alone would pass it every time.
    assert MORE_THAN_HALF.is_met(result.total_for, result.counted_share)
    assert result.outcome == outcome
    assert read_again(result) == result


def test_a_college_below_its_floor_has_not_agreed() -> None:
    charter = replace(
        with_rule(make_rule(MORE_THAN_HALF, EMPLOYEES)), floors={SUPPORTED: 1, EMPLOYEES: 5}
    )
    assert count(charter, (9, 1), (4, 0), (1, 0)).agreements[0].agreed is False
    assert count(charter, (9, 1), (5, 0), (1, 0)).agreements[0].agreed is True


def test_a_college_with_nobody_on_its_roll_is_not_asked() -> None:
    charter = with_rule(make_rule(MORE_THAN_HALF, EMPLOYEES))
    tallies = [tally(SUPPORTED, 9, 1), tally(EMPLOYEES, 0, 0), tally(COMMUNITY, 1, 0)]
    result = count_motion(charter, MOTION, tallies)
    assert result.agreements == (Agreement(EMPLOYEES, MORE_THAN_HALF, None),)
    assert result.outcome == "passed"
    # Nobody else can stop it, so P controls it.
    assert result.guarantee.control is True
    assert read_again(result) == result


def test_an_agreement_has_its_own_threshold() -> None:
    rule = MotionRule(THREE_QUARTERS, dict.fromkeys(IDS, TWO_THIRDS))
    charter = with_rule(rule)
    result = count(charter, (9, 0), (2, 1), (2, 1))
    assert result.outcome == "passed"
    worse = count(charter, (9, 0), (19, 10), (9, 0))
    # 51 and 15 and most of 34, but 19 of 29 employees are not two thirds
    assert worse.total_for > Fraction(3, 4)
    assert worse.outcome == "lost"


def test_level_is_tied_whatever_was_agreed() -> None:
    charter = with_rule(make_rule(MORE_THAN_HALF, EMPLOYEES))
    assert count(charter, (3, 3), (1, 1), (2, 2)).outcome == "tied"
    assert count(charter, (0, 0), (1, 0), (2, 2)).outcome == "void"


# --- heads --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "reached", "outcome"),
    [
        # 20 of 30 heads
        pytest.param(((9, 0), (10, 10), (1, 0)), True, "passed", id="exactly two thirds"),
        pytest.param(((9, 0), (10, 11), (1, 0)), False, "lost", id="one head more against"),
        pytest.param(((0, 9), (90, 0), (9, 0)), True, "lost", id="heads are not enough"),
    ],
)
def test_heads_are_counted_beside(
    counts: tuple[tuple[int, int], ...], *, reached: bool, outcome: str
) -> None:
    charter = with_rule(make_rule(heads=HeadCount(TWO_THIRDS)))
    result = count(charter, *counts)
    for_, against = (sum(each) for each in zip(*counts, strict=True))
    assert result.head_count == HeadCountResult(
        for_, against, for_ + against + 3, TWO_THIRDS, Fraction(), reached
    )
    assert result.outcome == outcome
    assert read_again(result) == result


def test_half_of_the_roll_must_have_chosen() -> None:
    charter = with_rule(make_rule(heads=HeadCount(THREE_QUARTERS, Fraction(1, 2))))
    enough = [tally(SUPPORTED, 5, 0, 10), tally(EMPLOYEES, 4, 1, 10), tally(COMMUNITY, 0, 0)]
    assert count_motion(charter, MOTION, enough).outcome == "passed"
    fewer = [tally(SUPPORTED, 5, 0, 11), tally(EMPLOYEES, 4, 1, 10), tally(COMMUNITY, 0, 0)]
    result = count_motion(charter, MOTION, fewer)
    assert result.head_count is not None
    assert (result.head_count.roll, result.head_count.reached) == (21, False)
    assert result.outcome == "lost"


def test_heads_of_a_college_whose_share_lapsed_are_counted() -> None:
    charter = replace(
        with_rule(make_rule(heads=HeadCount(TWO_THIRDS))), floors={SUPPORTED: 1, EMPLOYEES: 9}
    )
    result = count(charter, (9, 0), (0, 8), (1, 0))
    assert result.lapsed == (EMPLOYEES,)
    assert result.head_count is not None
    assert (result.head_count.for_, result.head_count.against) == (10, 8)
    assert result.outcome == "lost"


def test_a_statutory_resolution_is_counted_as_the_charter_says() -> None:
    statutory = {rule: MotionRule(THREE_QUARTERS, heads=STATUTORY[rule]) for rule in STATUTORY}
    charter = replace(make_charter(), statutory=statutory)
    for rule, least in STATUTORY.items():
        result = count_motion(charter, make_motion(rule), make_tallies((9, 0), (9, 0), (9, 0)))
        assert (result.rule, result.outcome) == (rule, "passed")
        assert result.head_count is not None
        assert result.head_count.threshold == least.threshold


# --- what the protected college was guaranteed -------------------------------------------


@pytest.mark.parametrize(
    ("rule", "control"),
    [
        pytest.param(make_rule(), True, id="nothing more"),
        pytest.param(make_rule(MORE_THAN_HALF, SUPPORTED), True, id="its own agreement"),
        pytest.param(make_rule(MORE_THAN_HALF, SUPPORTED, COMMUNITY), False, id="another's"),
        pytest.param(make_rule(heads=HeadCount(MORE_THAN_HALF)), False, id="heads"),
    ],
)
def test_control_is_claimed_only_where_it_needs_nobody_else(
    rule: MotionRule, *, control: bool
) -> None:
    assert count(with_rule(rule), (9, 0), (0, 1), (0, 1)).guarantee.control is control


def test_its_own_agreement_can_ask_for_more_cohesion() -> None:
    rule = MotionRule(MORE_THAN_HALF, {SUPPORTED: THREE_QUARTERS})
    charter = replace(make_charter("9/10", "1/10"), ordinary=rule)
    # 1/2 of 9/10 would be 5/9; it asks three quarters of itself.
    check = count(charter, (9, 0), (0, 1)).guarantee
    assert (check.cohesion_needed, check.cohesion_strict) == (Fraction(3, 4), False)
    check = count(make_charter("9/10", "1/10"), (9, 0), (0, 1)).guarantee
    assert (check.cohesion_needed, check.cohesion_strict) == (Fraction(5, 9), True)


# --- laws ---------------------------------------------------------------------------------


@settings(max_examples=80)
@given(scheme_polls())
def test_whoever_has_the_bytes_counts_the_same(poll: Poll) -> None:
    charter, tallies = poll
    result = count_motion(charter, MOTION, tallies)
    assert parse_result(format_result(UUID, [result])) == Result(UUID, (result,))


@settings(max_examples=80)
@given(scheme_polls())
def test_conservation(poll: Poll) -> None:
    charter, tallies = poll
    result = count_motion(charter, MOTION, tallies)
    assert result.total_for + result.total_against == result.counted_share
    assert min(result.total_for, result.total_against) >= 0
    assert (result.outcome == "void") is (result.counted_share == 0)


def _one_more_for(tallies: list[CollegeTally], place: int, *, turned: bool) -> list[CollegeTally]:
    """One of those who had not voted, or of those Against, says For; the rolls are the same."""
    t = tallies[place]
    new = replace(t, roll=t.roll + 1)
    old = [*tallies[:place], new, *tallies[place + 1 :]]
    more = replace(new, for_=t.for_ + 1, against=t.against - turned, cast=t.cast + (not turned))
    tallies[:] = old
    return [*old[:place], more, *old[place + 1 :]]


@settings(max_examples=150)
@given(scheme_polls(), st.integers(0, 2))
def test_one_more_for_never_loses_a_motion_without_floors_and_caps_of_ballots(
    poll: Poll, place: int
) -> None:
    charter, tallies = poll
    charter = replace(
        charter,
        floors=dict.fromkeys(charter.floors, 1),
        caps=tuple(cap for cap in charter.caps if cap.ballots is None),
    )
    more = _one_more_for(tallies, place, turned=False)
    before, after = (count_motion(charter, MOTION, each) for each in (tallies, more))
    assert before.outcome != "passed" or after.outcome == "passed"


@settings(max_examples=100)
@given(scheme_polls(("turnout",)), st.integers(0, 2))
def test_one_more_for_never_loses_more_than_half_of_a_protected_college_and_the_capped(
    poll: Poll, place: int
) -> None:
    """Where more than half is enough, and P is protected, caps of ballots turn nothing either."""
    charter, tallies = poll
    charter = replace(
        charter, floors=dict.fromkeys(charter.floors, 1), ordinary=MotionRule(MORE_THAN_HALF)
    )
    more = _one_more_for(tallies, place, turned=False)
    before, after = (count_motion(charter, MOTION, each) for each in (tallies, more))
    assert before.outcome != "passed" or after.outcome == "passed"


@settings(max_examples=100)
@given(scheme_polls(), st.integers(0, 2))
def test_a_change_of_mind_to_for_never_loses_a_motion(poll: Poll, place: int) -> None:
    charter, tallies = poll
    if not tallies[place].against:
        tallies[place] = tally(tallies[place].college, 1, 2)
    more = _one_more_for(tallies, place, turned=True)
    before, after = (count_motion(charter, MOTION, each) for each in (tallies, more))
    assert before.outcome != "passed" or after.outcome == "passed"
    assert after.total_for >= before.total_for


@settings(max_examples=60)
@given(scheme_polls(("turnout", "bloc")))
def test_control_is_kept(poll: Poll) -> None:
    """Where control is claimed, P united passes it against everybody."""
    charter, tallies = poll
    check = count_motion(charter, MOTION, tallies).guarantee
    united = [
        replace(
            t,
            for_=t.counted if t.college == charter.protected else 0,
            against=0 if t.college == charter.protected else t.counted,
        )
        for t in tallies
    ]
    if check.control:
        assert count_motion(charter, MOTION, united).outcome == "passed"
