"""The theorems of docs/rules/guarantee.md on choices and councils, tried by the counting itself.

T10 is in counting/test_stv_exact.py; the examples against what is not guaranteed (T3, T7, T13)
are in counting/test_counterexamples.py.
"""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voting.any_charters import capped_charters, rolls
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
    make_roll_summary,
)
from voting.charter.charter import Charter, count_majority_seats
from voting.charter.errors import CouncilSeatsError
from voting.counting.count import count_contest
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots, CollegeMarks, Part
from voting.counting.profile import Numbers
from voting.errors import GuaranteeDoesNotHoldError
from voting.guarantee import require_guarantee, state_guarantee
from voting.members import CollegeId
from voting.option_contests import Method, OptionContest
from voting.option_guarantee import find_least_share
from voting.roll import RollSummary

ONE_WINNER: tuple[Method, ...] = ("irv", "schulze", "ranked-pairs")
OPTIONS = 6
SLOW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def elect(charter: Charter, contest: OptionContest, parts: list[Part]) -> set[int]:
    """The options elected, counted from 0."""
    result = count_contest(charter, contest, parts)
    assert isinstance(result, OptionResult)
    return {each.option - 1 for each in result.elected}


@st.composite
def ballots(draw: st.DrawFn, first: tuple[int, ...], then: tuple[int, ...]) -> Numbers:
    """A ballot that ranks all of `first`, in any order, and after them some of the others."""
    order = [*draw(st.permutations(first)), *draw(st.permutations(then))]
    order = order[: draw(st.integers(max(1, len(first)), len(order)))]
    return tuple(
        order.index(option) + 1 if option in order else 0 for option in range(len(first + then))
    )


@st.composite
def solid_polls(
    draw: st.DrawFn, charter: Charter, roll: RollSummary
) -> tuple[set[int], list[Part]]:
    """P solid for a set of options, at any turnout; all others as they like."""
    ours = tuple(draw(st.permutations(range(OPTIONS)))[: draw(st.integers(1, OPTIONS))])
    rest = tuple(option for option in range(OPTIONS) if option not in ours)
    solid, other = ballots(ours, rest), ballots((), tuple(range(OPTIONS)))
    parts: list[Part] = []
    for college, members in roll.members:
        own = college == charter.protected
        cast = draw(st.integers(charter.floor(college) if own else 0, members))
        opened = tuple(draw(solid if own else other) for _ in range(cast))
        parts.append(CollegeBallots(college, members, cast, opened))
    return {*ours}, parts


@given(capped_charters(), st.sampled_from(ONE_WINNER), st.data())
@SLOW
def test_t3_one_of_a_solid_set_wins_however_the_others_vote(
    charter: Charter, method: Method, data: st.DataObject
) -> None:
    roll = data.draw(rolls(charter))
    contest = make_choice(method, options=OPTIONS)
    assert require_guarantee(charter, roll, contest).seats_guaranteed == 1
    ours, parts = data.draw(solid_polls(charter, roll))
    assert elect(charter, contest, parts) <= ours


@given(capped_charters(), st.integers(1, OPTIONS - 1), st.data())
@SLOW
def test_t8_a_solid_college_gets_its_seats_however_the_others_vote(
    charter: Charter, seats: int, data: st.DataObject
) -> None:
    roll = data.draw(rolls(charter))
    contest = make_choice("stv-exact", seats=seats, options=OPTIONS)
    statement = state_guarantee(charter, roll, contest)
    ours, parts = data.draw(solid_polls(charter, roll))
    elected = elect(charter, contest, parts)
    assert len(elected & ours) >= min(statement.seats_guaranteed, len(ours))


def elect_council(share: Fraction, seats: int) -> tuple[OptionContest, Charter, int]:
    """A council, P and all others each solid for as many options: how many are P's."""
    charter = make_charter(str(share), str(1 - share))
    contest = make_choice("stv-exact", seats=seats, options=2 * seats)
    ours = tuple(range(1, seats + 1))
    nobody = (0,) * seats
    parts: list[Part] = [
        CollegeBallots(SUPPORTED, 9, 3, (ours + nobody,) * 3),
        CollegeBallots(EMPLOYEES, 9, 7, (nobody + ours,) * 7),
    ]
    return contest, charter, len(elect(charter, contest, parts) & {*range(seats)})


ROLL = make_roll_summary(9, 9)
LITTLE = Fraction(1, 10_000)


@pytest.mark.parametrize("seats", [*range(2, 11), 12, 14])
def test_t9_a_majority_is_certain_just_above_the_bound_and_not_below(seats: int) -> None:
    bound = find_least_share("stv-exact", seats)
    assert bound is not None
    contest, charter, ours = elect_council(bound + LITTLE, seats)
    assert require_guarantee(charter, ROLL, contest).controls
    assert ours > seats // 2
    if seats % 2:  # just below, no college could be protected
        assert bound == Fraction(1, 2)
        return
    contest, charter, ours = elect_council(bound - LITTLE, seats)
    assert ours == seats // 2
    with pytest.raises(GuaranteeDoesNotHoldError) as error:
        require_guarantee(charter, ROLL, contest)
    assert error.value.reasons == (f"majority-not-guaranteed:{seats}:{seats // 2}:{bound}",)


@given(st.integers(1, 49), st.fractions(Fraction(501, 1000), Fraction(1), max_denominator=1000))
def test_t9_an_odd_council_is_always_allowed(half: int, share: Fraction) -> None:
    charter = make_charter(str(share), str(1 - share)) if share < 1 else make_charter("1")
    roll = make_roll_summary(*[9] * len(charter.colleges))
    seats = min(2 * half + 1, 29)
    contest = make_choice("stv-exact", seats=seats, options=30)
    assert require_guarantee(charter, roll, contest).controls


# --- T5: whole colleges ---


@st.composite
def marks(draw: st.DrawFn, college: CollegeId, least: int = 0) -> CollegeMarks:
    numbers = draw(st.tuples(*[st.integers(0, 5)] * 3).filter(lambda each: sum(each) >= least))
    return CollegeMarks(college, sum(numbers), sum(numbers), 0, numbers)


@given(marks(SUPPORTED, least=1), marks(EMPLOYEES), marks(COMMUNITY))
def test_t5_the_protected_colleges_own_winner_wins(
    first: CollegeMarks, second: CollegeMarks, third: CollegeMarks
) -> None:
    charter, contest = make_charter(scheme="bloc"), make_choice("plurality", options=3)
    assert state_guarantee(charter, make_roll_summary(30, 30, 30), contest).controls
    own = first.marks
    leading = [option for option, number in enumerate(own) if number == max(own)]
    if len(leading) == 1:
        assert elect(charter, contest, [first, second, third]) == {*leading}


def test_t5_level_in_the_protected_college_another_can_win() -> None:
    charter, contest = make_charter(scheme="bloc"), make_choice("plurality", options=3)
    parts: list[Part] = [
        CollegeMarks(SUPPORTED, 10, 10, 0, (5, 5, 0)),
        CollegeMarks(EMPLOYEES, 10, 10, 0, (0, 0, 10)),
        CollegeMarks(COMMUNITY, 10, 10, 0, (0, 0, 10)),
    ]
    assert elect(charter, contest, parts) == {2}


# --- T12: reserved seats ---


@pytest.mark.parametrize("seats", range(2, 101))
def test_t12_the_protected_college_has_most_seats_or_there_is_no_charter(seats: int) -> None:
    needed = count_majority_seats(seats)
    assert 2 * needed > seats
    assert 100 * needed >= 51 * seats
    fewer = needed - 1
    assert 2 * fewer <= seats or 100 * fewer < 51 * seats
    for own in (needed, fewer):
        council = {SUPPORTED: own, EMPLOYEES: seats - own}
        council = {college: number for college, number in council.items() if number}
        if own == needed:
            assert replace(make_charter(), council=council).council_seats == seats
            continue
        with pytest.raises(CouncilSeatsError) as error:
            replace(make_charter(), council=council)
        assert (error.value.seats, error.value.needed) == (fewer, needed)


@given(st.sampled_from(("stv-exact", "irv", "schulze")), st.integers(1, 5), st.data())
@SLOW
def test_t12_its_reserved_seats_are_filled_by_its_own_ballots(
    method: Method, options: int, data: st.DataObject
) -> None:
    charter = replace(make_charter(), council={SUPPORTED: 3, EMPLOYEES: 2})
    seats = 3 if method == "stv-exact" else 1
    contest = make_choice(method, seats=1, options=5)
    contest = replace(contest, college=SUPPORTED, seats=seats, options=contest.options[:options])
    roll = make_roll_summary(30, 30, 30)
    assert require_guarantee(charter, roll, contest).seats_guaranteed == seats
    opened = data.draw(st.lists(ballots((), tuple(range(options))), min_size=1, max_size=6))
    box = CollegeBallots(SUPPORTED, 30, len(opened), tuple(opened))
    result = count_contest(charter, contest, [box])
    assert isinstance(result, OptionResult)
    assert len(result.elected) == min(seats, options)
    assert result.vacant == seats - len(result.elected)
    assert [college.id for college in result.colleges] == [SUPPORTED]
    assert result.guarantee.seats_guaranteed == seats
