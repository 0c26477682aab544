"""The guarantee statement: nothing less, and nothing more, than is true."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.any_charters import (
    OTHERS,
    Announced,
    Votes,
    announcements,
    make_votes,
    protecting_charters,
    rolls,
)
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_motion,
    make_roll_summary,
)
from voting.charter.charter import Charter
from voting.charter.errors import MissingCollegeError, UnknownCollegeError
from voting.charter.thresholds import Threshold
from voting.counting.motion import count_motion
from voting.errors import GuaranteeDoesNotHoldError
from voting.guarantee import (
    GuaranteeStatement,
    require_guarantee,
    state_guarantee,
    statement_object,
)

FULL = make_roll_summary(30, 60, 25)
HALF = Threshold(Fraction(1, 2), strict=True)


def test_user_led_51_on_an_ordinary_motion() -> None:
    assert state_guarantee(make_charter(), FULL, make_motion()) == GuaranteeStatement(
        contest="1",
        protected=SUPPORTED,
        share=Fraction(51, 100),
        scheme="turnout",
        threshold=HALF,
        possible_share=Fraction(1),
        control=True,
        veto=True,
        cohesion_needed=Fraction(50, 51),
        cohesion_strict=True,
        blocking_needed=Fraction(50, 51),
        blocking_strict=False,
        floor=1,
        holds=True,
        reasons=(),
        warnings=(),
    )


# 98.04 %, 83.3 % and 75 %: design 4, section 2, T2.
@pytest.mark.parametrize(
    ("shares", "cohesion"),
    [(("51/100", "49/100"), "50/51"), (("3/5", "2/5"), "5/6"), (("2/3", "1/3"), "3/4")],
)
def test_cohesion_on_an_ordinary_motion(shares: tuple[str, str], cohesion: str) -> None:
    statement = state_guarantee(make_charter(*shares), make_roll_summary(30, 30), make_motion())
    assert statement.cohesion_needed == Fraction(cohesion)


@pytest.mark.parametrize(
    ("share", "strict", "threshold", "control", "veto"),
    [
        pytest.param("51/100", False, "3/4", False, True, id="51 against three quarters"),
        pytest.param("3/4", False, "3/4", True, True, id="three quarters, at least"),
        pytest.param("3/4", True, "3/4", False, True, id="three quarters, more than"),
        pytest.param("51/100", False, "51/100", True, True, id="at least 51, exactly"),
        pytest.param("51/100", True, "51/100", False, True, id="more than 51, exactly"),
        pytest.param("99/100", False, "1", False, True, id="everybody"),
        pytest.param("1", False, "1", True, True, id="alone"),
    ],
)
def test_control_and_veto(
    share: str, threshold: str, *, strict: bool, control: bool, veto: bool
) -> None:
    shares = [share] if share == "1" else [share, str(1 - Fraction(share))]
    special = Threshold(Fraction(threshold), strict=strict)
    statement = state_guarantee(
        make_charter(*shares, special=special),
        make_roll_summary(*[30] * len(shares)),
        make_motion("special"),
    )
    assert (statement.control, statement.veto) == (control, veto)
    assert (statement.cohesion_needed is not None) is control
    assert (statement.blocking_needed is not None) is veto


def test_stopping_a_special_motion_takes_less_than_half_of_51() -> None:
    statement = state_guarantee(make_charter(), FULL, make_motion("special"))
    assert statement.control is False
    assert statement.blocking_needed == Fraction(25, 51)


def test_a_share_that_can_never_be_counted_makes_the_others_larger() -> None:
    # Employees are 9, below their floor of 10: 51 of 66 is more than three quarters.
    charter = make_charter(floors={SUPPORTED: 1, EMPLOYEES: 10})
    statement = state_guarantee(charter, make_roll_summary(30, 9, 20), make_motion("special"))
    assert statement.possible_share == Fraction(66, 100)
    assert statement.control is True
    assert statement.cohesion_needed == Fraction(33, 34)


def test_without_a_protected_college_nothing_is_promised() -> None:
    charter = make_charter("1/3", "1/3", "1/3", protected=None, floors={})
    statement = require_guarantee(charter, FULL, make_motion())
    assert statement.protected is None
    assert (statement.share, statement.floor) == (Fraction(0), 0)
    assert (statement.control, statement.veto) == (False, False)
    assert (statement.cohesion_needed, statement.blocking_needed) == (None, None)
    assert (statement.holds, statement.reasons) == (True, ())


@pytest.mark.parametrize(
    ("floor", "members", "reason"),
    [
        pytest.param(1, 0, "protected-college-empty", id="nobody to protect"),
        pytest.param(10, 9, "floor-above-roll", id="a floor that cannot be reached"),
    ],
)
def test_refused(floor: int, members: int, reason: str) -> None:
    charter = make_charter(floors={SUPPORTED: floor})
    roll = make_roll_summary(members, 30, 30)
    statement = state_guarantee(charter, roll, make_motion())
    assert (statement.holds, statement.reasons) == (False, (reason,))
    assert (statement.control, statement.veto) == (False, False)
    assert (statement.cohesion_needed, statement.blocking_needed) == (None, None)
    with pytest.raises(GuaranteeDoesNotHoldError) as error:
        require_guarantee(charter, roll, make_motion())
    assert error.value.reasons == (reason,)


def test_warnings() -> None:
    charter = make_charter(
        floors={SUPPORTED: 5, EMPLOYEES: 30, COMMUNITY: 2},
        ordinary=Threshold(Fraction(3, 5), strict=False),
    )
    statement = state_guarantee(charter, make_roll_summary(19, 20, 0), make_motion(easy_read=False))
    assert statement.warnings == (
        "small-college:supported:19",
        "floor-above-roll:employees:30",
        "floor-can-turn:employees:30",
        "empty-college:community",
        "floor-can-turn:community:2",
        "no-easy-read:1",
    )
    assert statement.holds is True


def test_an_ordinary_motion_beyond_the_share_is_warned_about() -> None:
    charter = make_charter(ordinary=Threshold(Fraction(3, 5), strict=False))
    assert state_guarantee(charter, FULL, make_motion()).warnings == ("ordinary-not-controlled",)
    assert state_guarantee(charter, FULL, make_motion("special")).warnings == ()


def test_the_roll_must_have_the_colleges_of_the_charter() -> None:
    with pytest.raises(MissingCollegeError) as missing:
        state_guarantee(make_charter(), make_roll_summary(1, 2), make_motion())
    assert missing.value.college == COMMUNITY
    with pytest.raises(UnknownCollegeError) as unknown:
        state_guarantee(make_charter("51/100", "49/100"), FULL, make_motion())
    assert unknown.value.college == COMMUNITY


def test_the_form_in_the_manifest() -> None:
    special = statement_object(state_guarantee(make_charter(), FULL, make_motion("special")))
    assert special == {
        "contest": "1",
        "protected": "supported",
        "share": "51/100",
        "scheme": "turnout",
        "threshold": {"share": "3/4", "strict": False},
        "possible_share": "1",
        "control": False,
        "veto": True,
        "cohesion_needed": None,
        "cohesion_strict": False,
        "blocking_needed": "25/51",
        "blocking_strict": True,
        "floor": 1,
        "holds": True,
        "reasons": [],
        "warnings": [],
    }


@given(protecting_charters(), st.data())
def test_the_bounds_are_parts_of_a_whole(charter: Charter, data: st.DataObject) -> None:
    """That they are the right ones is in test_theorems.py."""
    statement = state_guarantee(charter, data.draw(rolls(charter)), make_motion())
    for bound in (statement.cohesion_needed, statement.blocking_needed):
        assert bound is None or 0 <= bound <= 1
    assert 0 < statement.share <= statement.possible_share <= 1


@given(announcements(), OTHERS, st.data())
def test_the_count_never_finds_less_than_was_stated(
    announced: Announced, others: Votes, data: st.DataObject
) -> None:
    charter, roll, statement = announced
    for_ = data.draw(st.integers(0, roll.members[0][1]))
    least = max(0, statement.floor - for_)
    against = data.draw(st.integers(least, max(least, roll.members[0][1] - for_)))
    result = count_motion(charter, make_motion(), make_votes(roll, (for_, against), others))
    check = result.guarantee
    assert check.holds is True
    assert check.effective_share >= statement.share / statement.possible_share
    if statement.control:
        assert check.control is True
        assert check.cohesion_needed is not None
        assert statement.cohesion_needed is not None
        found = (check.cohesion_needed, check.cohesion_strict)
        assert found <= (statement.cohesion_needed, statement.cohesion_strict)
