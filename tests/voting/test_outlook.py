"""What a charter with a roll guarantees, before any contest exists."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.any_charters import protecting_charters, rolls
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
    make_motion,
    make_roll_summary,
)
from voting.charter.charter import Charter
from voting.charter.errors import MissingCollegeError
from voting.charter.motion_rules import STATUTORY, MotionRule
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS
from voting.guarantee import state_guarantee
from voting.option_contests import METHODS
from voting.outlook import CouncilOutlook, SeatsOutlook, foresee

FULL = make_roll_summary(30, 60, 25)


def test_user_led_51() -> None:
    outlook = foresee(make_charter(), FULL)
    assert (outlook.protected, outlook.share) == (SUPPORTED, Fraction(51, 100))
    assert (outlook.scheme, outlook.possible_share, outlook.floor) == ("turnout", Fraction(1), 1)
    assert (outlook.holds, outlook.reasons) == (True, ())
    ordinary, special = outlook.motions
    assert (ordinary.contest, ordinary.control, ordinary.cohesion_needed) == (
        *("ordinary", True),
        Fraction(50, 51),
    )
    assert (special.contest, special.control, special.blocking_needed) == (
        *("special", False),
        Fraction(25, 51),
    )
    assert outlook.guaranteeing == ("irv", "stv-exact", "schulze", "ranked-pairs")
    assert outlook.not_guaranteeing == (
        *("plurality", "block", "approval", "score", "majority-judgment", "stv-meek"),
    )
    assert outlook.council is None
    assert outlook.not_guaranteed == (
        *("not-controlled:special", "not-united", "void-below:1", "who-is-elected"),
    )


def test_councils_of_1_to_15_seats_at_51() -> None:
    councils = foresee(make_charter(), FULL).councils
    assert [row.seats for row in councils] == [*range(1, 16)]
    assert councils[3] == SeatsOutlook(4, 2, 3, Fraction(3, 5), allowed=False)
    assert councils[4] == SeatsOutlook(5, 3, 3, Fraction(1, 2), allowed=True)
    assert [row.seats for row in councils if not row.allowed] == [*range(2, 15, 2)]


def test_councils_at_two_thirds_and_a_little_more() -> None:
    two_thirds = foresee(make_charter("2/3", "1/3"), make_roll_summary(30, 30)).councils
    assert [row.seats for row in two_thirds if not row.allowed] == [2]
    more = foresee(make_charter("67/100", "33/100"), make_roll_summary(30, 30)).councils
    assert all(row.allowed for row in more)


def test_reserved_seats_say_who_is_elected() -> None:
    charter = replace(make_charter(), council={SUPPORTED: 3, COMMUNITY: 1, EMPLOYEES: 1})
    outlook = foresee(charter, FULL)
    assert outlook.council == CouncilOutlook(
        seats=5,
        reserved=((SUPPORTED, 3), (EMPLOYEES, 1), (COMMUNITY, 1)),
        protected_seats=3,
        majority_needed=3,
        seats_needed=3,
    )
    assert "who-is-elected" not in outlook.not_guaranteed


@pytest.mark.parametrize(
    ("shares", "protected", "of_p"),
    [
        pytest.param(("51/100", "49/100"), SUPPORTED, 3, id="protected"),
        pytest.param(("1/2", "1/2"), None, 0, id="nobody protected"),
    ],
)
def test_the_seats_of_the_protected_college(
    shares: tuple[str, str], protected: str | None, of_p: int
) -> None:
    charter = make_charter(
        *shares, protected=SUPPORTED if protected else None, floors={SUPPORTED: 1}
    )
    council = foresee(
        replace(charter, council={SUPPORTED: 3, EMPLOYEES: 2}), make_roll_summary(30, 30)
    ).council
    assert council is not None
    assert council.protected_seats == of_p


def test_nobody_protected() -> None:
    outlook = foresee(make_charter(protected=None, floors={}, scheme="roll"), FULL)
    assert outlook.not_guaranteed == ("nobody-protected",)
    assert (outlook.guaranteeing, outlook.floor) == ((), 0)
    assert outlook.warnings[0] == "roll-turnout:supported:49/51"
    assert {row.seats_guaranteed for row in outlook.councils} == {0}
    assert all(row.allowed for row in outlook.councils)


def test_whole_colleges_have_motions_and_plurality_only() -> None:
    outlook = foresee(make_charter(scheme="bloc"), FULL)
    assert outlook.guaranteeing == ("plurality",)
    assert (outlook.not_guaranteeing, outlook.councils) == ((), ())
    assert outlook.warnings == ("bloc-dictator:supported",)


@pytest.mark.parametrize(
    ("charter", "possible"),
    [
        pytest.param(make_charter("1"), True, id="one college"),
        pytest.param(make_charter("1/2", "1/2", protected=None, scheme="none"), True, id="none"),
        pytest.param(make_charter("51/100", "49/100"), False, id="two colleges"),
    ],
)
def test_scottish_stv_where_all_ballots_weigh_the_same(charter: Charter, *, possible: bool) -> None:
    outlook = foresee(charter, make_roll_summary(*[30] * len(charter.colleges)))
    assert ("stv-scottish" in outlook.not_guaranteeing) is possible


def test_statutory_rules_and_agreements() -> None:
    charter = replace(
        make_charter(),
        statutory={"conversion": MotionRule(THREE_QUARTERS, heads=STATUTORY["conversion"])},
        special=MotionRule(THREE_QUARTERS, agree={EMPLOYEES: MORE_THAN_HALF}),
    )
    outlook = foresee(charter, FULL)
    assert [stated.contest for stated in outlook.motions] == ["ordinary", "special", "conversion"]
    assert outlook.not_guaranteed[:2] == ("not-controlled:special", "not-controlled:conversion")
    assert outlook.warnings[:2] == ("concurrent-veto:employees", "head-count:conversion")


def test_a_roll_with_which_nothing_could_be_announced() -> None:
    outlook = foresee(make_charter(), make_roll_summary(0, 60, 25))
    assert (outlook.holds, outlook.reasons) == (False, ("protected-college-empty",))
    assert not any(row.allowed for row in outlook.councils)
    assert outlook.not_guaranteed[0] == "not-controlled:ordinary"
    # What is said of the colleges is said once.
    again = foresee(make_charter(), make_roll_summary(30, 19, 25))
    assert again.warnings.count("small-college:employees:19") == 1


def test_the_roll_must_have_the_colleges_of_the_charter() -> None:
    with pytest.raises(MissingCollegeError):
        foresee(make_charter(), make_roll_summary(30, 60))


@given(protecting_charters(), st.data(), st.integers(1, 15))
def test_what_is_foreseen_is_what_is_stated_later(
    charter: Charter, data: st.DataObject, seats: int
) -> None:
    roll = data.draw(rolls(charter))
    outlook = foresee(charter, roll)
    assert outlook.motions[0] == replace(
        state_guarantee(charter, roll, make_motion()), contest="ordinary"
    )
    for foreseen in outlook.one_winner:
        contest = make_choice(foreseen.method, seats=1, options=4)
        stated = state_guarantee(charter, roll, contest)
        assert foreseen == replace(stated, contest=foreseen.method)
    for row in outlook.councils[seats - 1 : seats]:
        stated = state_guarantee(charter, roll, make_choice(seats=seats, options=seats + 1))
        assert (row.allowed, row.seats_guaranteed) == (stated.holds, stated.seats_guaranteed)


def test_every_method_can_elect_one_winner() -> None:
    outlook = foresee(make_charter("1"), make_roll_summary(30))
    assert [stated.method for stated in outlook.one_winner] == [*METHODS]
