"""What is guaranteed in a choice among options: nothing less, and nothing more, than is true."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.examples import (
    EMPLOYEES,
    SUPPORTED,
    charters,
    make_charter,
    make_choice,
    make_roll_summary,
)
from voting.charter.charter import Charter
from voting.errors import (
    BlocMethodError,
    GuaranteeDoesNotHoldError,
    ReservedSeatsError,
    WeightedMethodError,
)
from voting.guarantee import OptionGuarantee, require_guarantee, state_guarantee, statement_object
from voting.members import CollegeId
from voting.option_contests import METHODS, ONE_SEAT, Method, OptionContest
from voting.option_guarantee import count_guaranteed, find_least_share
from voting.roll import RollSummary

FULL = make_roll_summary(30, 60, 25)
WEIGHED: tuple[Method, ...] = tuple(method for method in METHODS if method != "stv-scottish")
SOLID: tuple[Method, ...] = ("irv", "schulze", "ranked-pairs", "stv-exact")
NOT_SOLID = tuple(method for method in WEIGHED if method not in (*SOLID, "stv-meek"))


def test_user_led_51_electing_a_council_of_five() -> None:
    contest = make_choice("stv-exact", seats=5, options=9)
    assert state_guarantee(make_charter(), FULL, contest) == OptionGuarantee(
        contest="2",
        protected=SUPPORTED,
        share=Fraction(51, 100),
        scheme="turnout",
        college=None,
        possible_share=Fraction(1),
        method="stv-exact",
        seats=5,
        seats_guaranteed=3,
        majority_needed=3,
        least_share=Fraction(1, 2),
        controls=True,
        floor=1,
        holds=True,
        reasons=(),
        warnings=(),
    )


# Design 4, section 2, T8: 66.7, 60, 57.1, 55.6, 54.5 and 53.8 percent; odd numbers one half.
@pytest.mark.parametrize(
    ("seats", "least"),
    [
        *((1, "1/2"), (2, "2/3"), (3, "1/2"), (4, "3/5"), (5, "1/2"), (6, "4/7"), (7, "1/2")),
        *((8, "5/9"), (10, "6/11"), (12, "7/13")),
    ],
)
def test_the_share_that_a_majority_of_seats_takes(seats: int, least: str) -> None:
    assert find_least_share("stv-exact", seats) == Fraction(least)
    assert count_guaranteed("stv-exact", seats, Fraction(least)) == seats // 2
    above = Fraction(least) + Fraction(1, 10**9)
    assert count_guaranteed("stv-exact", seats, above) == seats // 2 + 1


def test_at_51_an_even_council_of_up_to_48_is_only_guaranteed_a_tie() -> None:
    for seats in range(1, 60):
        guaranteed = count_guaranteed("stv-exact", seats, Fraction(51, 100))
        if seats % 2 == 0 and seats <= 48:
            assert guaranteed == seats // 2
        elif seats < 48:
            assert guaranteed == seats // 2 + 1
    assert count_guaranteed("stv-exact", 50, Fraction(51, 100)) == 26


@pytest.mark.parametrize("method", ["irv", "schulze", "ranked-pairs"])
def test_one_winner_is_guaranteed_to_more_than_half(method: Method) -> None:
    statement = state_guarantee(make_charter(), FULL, make_choice(method))
    assert (statement.seats_guaranteed, statement.majority_needed) == (1, 1)
    assert (statement.least_share, statement.controls) == (Fraction(1, 2), True)
    assert statement.warnings == ()
    assert count_guaranteed(method, 1, Fraction(1, 2)) == 0


@pytest.mark.parametrize("method", NOT_SOLID)
@pytest.mark.parametrize("share", ["51/100", "98/100"])
def test_nothing_is_guaranteed_where_a_majority_can_split_its_own_vote(
    method: Method, share: str
) -> None:
    charter = make_charter(share, str(1 - Fraction(share)))
    statement = require_guarantee(charter, make_roll_summary(30, 60), make_choice(method))
    assert (statement.seats_guaranteed, statement.least_share) == (0, None)
    assert statement.controls is False
    assert statement.warnings == (f"method-not-solid:{method}",)


def test_the_methods_that_keep_no_majority_together() -> None:
    assert {"plurality", "block", "approval", "score", "majority-judgment"} == {*NOT_SOLID}


@pytest.mark.parametrize(
    ("method", "guaranteed"), [("stv-exact", 2), ("stv-meek", 0)], ids=["exact", "Meek"]
)
def test_a_council_that_could_end_in_a_tie_is_refused(method: Method, guaranteed: int) -> None:
    # Of Meek's STV nothing is claimed, and no more can be true than of the exact one.
    contest, reason = make_choice(method, seats=4), f"majority-not-guaranteed:4:{guaranteed}:3/5"
    statement = state_guarantee(make_charter(), FULL, contest)
    assert (statement.seats_guaranteed, statement.majority_needed) == (guaranteed, 3)
    assert statement.controls is False
    assert (statement.holds, statement.reasons) == (False, (reason,))
    with pytest.raises(GuaranteeDoesNotHoldError) as error:
        require_guarantee(make_charter(), FULL, contest)
    assert error.value.reasons == (reason,)


@pytest.mark.parametrize("method", ["stv-exact", "stv-meek"])
def test_a_council_above_its_bound_is_not_refused(method: Method) -> None:
    # 61 of 100 are more than three fifths; 60 are not.
    roll, contest = make_roll_summary(30, 60), make_choice(method, seats=4)
    assert state_guarantee(make_charter("61/100", "39/100"), roll, contest).reasons == ()
    at_the_bound = state_guarantee(make_charter("60/100", "40/100"), roll, contest)
    (reason,) = at_the_bound.reasons
    assert reason.endswith(":3/5")


def test_a_share_that_can_never_be_counted_gives_the_others_more_seats() -> None:
    # Nobody is in the community: 51 of 85 is exactly three fifths, and that is not enough
    # for three of four seats; nobody among employees either: 51 of 51.
    charter, contest = make_charter(), make_choice(seats=4)
    tied = state_guarantee(charter, make_roll_summary(30, 60, 0), contest)
    assert (tied.possible_share, tied.seats_guaranteed) == (Fraction(85, 100), 2)
    alone = state_guarantee(charter, make_roll_summary(30, 0, 0), contest)
    assert (alone.possible_share, alone.seats_guaranteed) == (Fraction(51, 100), 4)
    assert alone.controls is True


@pytest.mark.parametrize("share", ["51/100", "99/100"])
def test_of_meeks_stv_nothing_is_claimed(share: str) -> None:
    charter = make_charter(share, str(1 - Fraction(share)))
    statement = require_guarantee(
        charter, make_roll_summary(30, 60), make_choice("stv-meek", seats=3)
    )
    assert (statement.seats_guaranteed, statement.least_share) == (0, None)
    assert statement.controls is False
    assert statement.warnings == ("method-not-proven:stv-meek",)


def test_scottish_stv_promises_nothing_even_to_the_only_college() -> None:
    contest = make_choice("stv-scottish")
    statement = state_guarantee(make_charter("1"), make_roll_summary(30), contest)
    assert (statement.seats_guaranteed, statement.least_share) == (0, None)
    assert statement.warnings == ("method-not-proven:stv-scottish",)
    nobody = make_charter("1", protected=None, floors={})
    assert state_guarantee(nobody, make_roll_summary(30), contest).warnings == ()


def test_scottish_stv_is_refused_among_colleges() -> None:
    with pytest.raises(WeightedMethodError):
        state_guarantee(make_charter(), FULL, make_choice("stv-scottish"))


@pytest.mark.parametrize("method", WEIGHED)
def test_without_a_protected_college_nothing_is_promised(method: Method) -> None:
    charter = make_charter("1/3", "1/3", "1/3", protected=None, floors={})
    statement = require_guarantee(charter, FULL, make_choice(method))
    assert (statement.protected, statement.share, statement.floor) == (None, Fraction(), 0)
    assert (statement.seats_guaranteed, statement.controls) == (0, False)
    assert (statement.holds, statement.reasons) == (True, ())
    warnings = (f"method-not-solid:{method}",) if method in NOT_SOLID else ()
    assert statement.warnings == warnings


@pytest.mark.parametrize("method", WEIGHED)
@pytest.mark.parametrize(
    ("floor", "members", "reason"),
    [
        pytest.param(1, 0, "protected-college-empty", id="nobody to protect"),
        pytest.param(10, 9, "floor-above-roll", id="a floor that cannot be reached"),
    ],
)
def test_refused(method: Method, floor: int, members: int, reason: str) -> None:
    charter = make_charter(floors={SUPPORTED: floor})
    roll, contest = make_roll_summary(members, 30, 30), make_choice(method)
    statement = state_guarantee(charter, roll, contest)
    assert (statement.holds, statement.reasons) == (False, (reason,))
    assert (statement.seats_guaranteed, statement.controls) == (0, False)
    with pytest.raises(GuaranteeDoesNotHoldError) as error:
        require_guarantee(charter, roll, contest)
    assert error.value.reasons == (reason,)


COUNCIL = replace(make_charter(), council={SUPPORTED: 4, EMPLOYEES: 3})


def make_reserved(
    college: CollegeId, method: Method = "stv-exact", *, seats: int, options: int = 5
) -> OptionContest:
    contest = make_choice(method, options=9, seats=1)
    return replace(contest, college=college, seats=seats, options=contest.options[:options])


@pytest.mark.parametrize("method", ["stv-exact", "stv-meek", "stv-scottish", "approval"])
def test_its_own_reserved_seats_are_all_guaranteed(method: Method) -> None:
    statement = require_guarantee(COUNCIL, FULL, make_reserved(SUPPORTED, method, seats=2))
    assert (statement.scheme, statement.college) == ("seats", SUPPORTED)
    assert (statement.seats_guaranteed, statement.majority_needed) == (2, 2)
    assert (statement.controls, statement.least_share) == (True, None)
    # Whoever is elected, the seats are its own: an even number is no tie.
    warnings = (f"method-not-solid:{method}",) if method in NOT_SOLID else ()
    assert (statement.reasons, statement.warnings) == ((), warnings)


def test_of_anothers_reserved_seats_none_is_guaranteed() -> None:
    statement = require_guarantee(COUNCIL, FULL, make_reserved(EMPLOYEES, seats=3))
    assert (statement.scheme, statement.college) == ("seats", EMPLOYEES)
    assert (statement.protected, statement.share, statement.floor) == (SUPPORTED, Fraction(), 0)
    assert (statement.seats_guaranteed, statement.controls) == (0, False)
    assert (statement.least_share, statement.warnings) == (None, ())


def test_reserved_seats_without_a_protected_college() -> None:
    charter = replace(
        make_charter("1/3", "1/3", "1/3", protected=None, floors={}), council={EMPLOYEES: 2}
    )
    statement = require_guarantee(charter, FULL, make_reserved(EMPLOYEES, seats=2))
    assert (statement.protected, statement.seats_guaranteed) == (None, 0)


@pytest.mark.parametrize(
    ("seats", "options", "warnings"),
    [
        pytest.param(2, 3, (), id="a choice"),
        pytest.param(3, 3, ("uncontested:3:3",), id="none"),
        pytest.param(3, 1, ("uncontested:3:1", "vacant:2"), id="seats left over"),
    ],
)
def test_seats_that_nobody_contests(seats: int, options: int, warnings: tuple[str, ...]) -> None:
    contest = make_reserved(SUPPORTED, seats=seats, options=options)
    assert require_guarantee(COUNCIL, FULL, contest).warnings == warnings


def test_more_seats_than_are_reserved_are_refused() -> None:
    with pytest.raises(ReservedSeatsError):
        state_guarantee(COUNCIL, FULL, make_reserved(EMPLOYEES, seats=4))


def test_with_whole_colleges_the_protected_ones_winner_wins() -> None:
    charter, contest = make_charter(scheme="bloc"), make_choice("plurality")
    statement = require_guarantee(charter, FULL, contest)
    assert (statement.seats_guaranteed, statement.controls) == (1, True)
    assert statement.least_share == Fraction(1, 2)
    assert statement.warnings == ("bloc-dictator:supported",)
    with pytest.raises(BlocMethodError):
        state_guarantee(charter, FULL, make_choice("irv"))


def test_by_the_roll_nothing_is_guaranteed() -> None:
    charter = make_charter(protected=None, floors={}, scheme="roll")
    statement = require_guarantee(charter, FULL, make_choice(seats=2))
    assert (statement.scheme, statement.seats_guaranteed) == ("roll", 0)
    assert statement.warnings == ("roll-turnout:supported:49/51",)


def test_every_warning_in_its_order() -> None:
    statement = state_guarantee(
        make_charter(), make_roll_summary(30, 19, 0), make_choice("block", easy_read=False)
    )
    assert statement.warnings == (
        "small-college:employees:19",
        "empty-college:community",
        "method-not-solid:block",
        "no-easy-read:2",
    )


def test_the_form_in_the_manifest() -> None:
    graded = state_guarantee(make_charter(), FULL, make_choice("majority-judgment"))
    assert list(statement_object(graded).items()) == [
        ("contest", "2"),
        ("protected", "supported"),
        ("share", "51/100"),
        ("scheme", "turnout"),
        ("college", None),
        ("possible_share", "1"),
        ("method", "majority-judgment"),
        ("seats", 2),
        ("seats_guaranteed", 0),
        ("majority_needed", 2),
        ("least_share", None),
        ("controls", False),
        ("floor", 1),
        ("holds", True),
        ("reasons", []),
        ("warnings", ["method-not-solid:majority-judgment"]),
    ]
    council = statement_object(state_guarantee(make_charter(), FULL, make_choice(seats=3)))
    assert (council["least_share"], council["controls"]) == ("1/2", True)


# --- the laws ---

PARTS = st.fractions(Fraction(1, 400), Fraction(1), max_denominator=400)
SEATS = st.integers(1, 49)


@given(PARTS, SEATS)
def test_seats_are_whole_quotas_counted_one_by_one(part: Fraction, seats: int) -> None:
    whole = 0
    while whole < seats and part > Fraction(whole + 1, seats + 1):
        whole += 1
    assert count_guaranteed("stv-exact", seats, part) == whole


def test_every_small_council_and_share() -> None:
    """All shares with a denominator up to 30, against counting quotas by hand."""
    for below in range(1, 31):
        for above in range(1, below + 1):
            for seats in range(1, 9):
                quotas = [n for n in range(1, seats + 1) if above * (seats + 1) > n * below]
                part = Fraction(above, below)
                assert count_guaranteed("stv-exact", seats, part) == len(quotas)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), SEATS)
def test_no_more_seats_are_promised_than_there_are(weights: list[int], seats: int) -> None:
    """Were every part of the weight solid for a set of its own, all promises could be kept."""
    parts = [Fraction(weight, sum(weights)) for weight in weights]
    assert sum(count_guaranteed("stv-exact", seats, part) for part in parts) <= seats


@given(PARTS, PARTS, SEATS, st.sampled_from(SOLID))
def test_a_larger_part_is_never_promised_less(
    one: Fraction, other: Fraction, seats: int, method: Method
) -> None:
    low, high = sorted((one, other))
    assert count_guaranteed(method, seats, low) <= count_guaranteed(method, seats, high)


@given(PARTS, SEATS, st.sampled_from(SOLID))
def test_a_majority_is_promised_exactly_above_the_least_share(
    part: Fraction, seats: int, method: Method
) -> None:
    least = find_least_share(method, seats)
    assert least is not None
    assert (count_guaranteed(method, seats, part) > seats // 2) is (part > least)


@st.composite
def announcements(draw: st.DrawFn) -> tuple[Charter, RollSummary, Method, int]:
    charter = draw(charters(floors=4))
    roll = make_roll_summary(*[draw(st.integers(0, 9)) for _ in charter.colleges])
    method: Method = draw(st.sampled_from(WEIGHED))
    return charter, roll, method, 1 if method in ONE_SEAT else draw(st.integers(1, 4))


@given(announcements())
def test_the_promise_is_that_of_the_part_that_is_certain(
    announced: tuple[Charter, RollSummary, Method, int],
) -> None:
    charter, roll, method, seats = announced
    statement = state_guarantee(charter, roll, make_choice(method, seats=seats))
    certain = statement.holds or statement.reasons[0].startswith("majority-not-guaranteed:")
    part = statement.share / statement.possible_share if certain else Fraction()
    assert statement.seats_guaranteed == count_guaranteed(method, seats, part)
    assert 0 <= statement.seats_guaranteed <= seats
    assert statement.controls is (statement.seats_guaranteed >= statement.majority_needed)
    assert statement.least_share is None or Fraction(1, 2) <= statement.least_share < 1
