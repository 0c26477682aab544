"""Counting a motion: worked examples and the edges."""

from fractions import Fraction

import pytest

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    count,
    make_charter,
    make_motion,
    make_tallies,
)
from voting.charter.charter_format import charter_digest
from voting.charter.thresholds import MORE_THAN_HALF
from voting.counting.motion import CollegeResult, GuaranteeCheck, MotionResult, count_motion
from voting.members import CollegeId


def test_an_example_worked_by_hand() -> None:
    # Supported 9 For, 1 Against, 2 blank; employees 20 and 30; community 3 and 2.
    result = count(make_charter(), (9, 1, 2), (20, 30), (3, 2))
    # 51% * 9/10 + 34% * 2/5 + 15% * 3/5 = 45.9% + 13.6% + 9% = 68.5%
    assert result == MotionResult(
        contest="1",
        charter=charter_digest(make_charter()),
        rule="ordinary",
        scheme="turnout",
        threshold=MORE_THAN_HALF,
        caps=(),
        colleges=(
            CollegeResult(
                id=SUPPORTED,
                roll=13,
                cast=12,
                counted=10,
                blank=2,
                invalid=0,
                for_=9,
                against=1,
                share=Fraction(51, 100),
                floor=1,
                weight=Fraction(51, 1000),
                capped=False,
                effective_share=Fraction(51, 100),
            ),
            CollegeResult(
                id=EMPLOYEES,
                roll=51,
                cast=50,
                counted=50,
                blank=0,
                invalid=0,
                for_=20,
                against=30,
                share=Fraction(34, 100),
                floor=1,
                weight=Fraction(34, 5000),
                capped=False,
                effective_share=Fraction(34, 100),
            ),
            CollegeResult(
                id=COMMUNITY,
                roll=6,
                cast=5,
                counted=5,
                blank=0,
                invalid=0,
                for_=3,
                against=2,
                share=Fraction(15, 100),
                floor=1,
                weight=Fraction(3, 100),
                capped=False,
                effective_share=Fraction(15, 100),
            ),
        ),
        total_for=Fraction(685, 1000),
        total_against=Fraction(315, 1000),
        counted_share=Fraction(1),
        outcome="passed",
        lapsed=(),
        reasons=(),
        agreements=(),
        head_count=None,
        guarantee=GuaranteeCheck(
            protected=SUPPORTED,
            share=Fraction(51, 100),
            effective_share=Fraction(51, 100),
            control=True,
            cohesion_needed=Fraction(50, 51),
            cohesion_strict=True,
            holds=True,
            reasons=(),
        ),
    )


@pytest.mark.parametrize(
    ("against", "outcome"),
    [pytest.param(5, "passed", id="exactly"), pytest.param(6, "lost", id="one ballot less")],
)
def test_a_special_motion_needs_three_quarters(against: int, outcome: str) -> None:
    tallies = make_tallies((8, 0), (8 - against, against))
    result = count_motion(make_charter("3/5", "2/5"), make_motion("special"), tallies)
    assert result.total_for == Fraction(3, 5) + Fraction(2, 5) * Fraction(8 - against, 8)
    assert result.outcome == outcome
    assert result.rule == "special"


# Design 4, section 3: every line of the table of edges that a motion has.
@pytest.mark.parametrize(
    ("floors", "counts", "outcome", "whole", "lapsed"),
    [
        pytest.param({SUPPORTED: 1}, ((0, 0), (9, 0), (9, 0)), "void", "0", (), id="T_P is 0"),
        pytest.param(
            {SUPPORTED: 1}, ((0, 0, 7), (9, 0), (9, 0)), "void", "0", (), id="P only blank"
        ),
        pytest.param(
            {SUPPORTED: 5}, ((4, 0), (9, 0), (9, 0)), "void", "0", (), id="T_P below the floor"
        ),
        pytest.param(
            {SUPPORTED: 5}, ((5, 0), (0, 9), (0, 9)), "passed", "1", (), id="T_P at the floor"
        ),
        pytest.param(
            {SUPPORTED: 1},
            ((2, 1), (0, 9), (0, 0)),
            "lost",
            "85/100",
            (COMMUNITY,),
            id="an empty college lapses, 34 of 85",
        ),
        pytest.param(
            {SUPPORTED: 1},
            ((2, 1), (0, 0), (0, 9)),
            "passed",
            "66/100",
            (EMPLOYEES,),
            id="an empty college lapses, 34 of 66",
        ),
        pytest.param(
            {SUPPORTED: 1},
            ((2, 1), (0, 0, 5), (0, 0)),
            "passed",
            "51/100",
            (EMPLOYEES, COMMUNITY),
            id="only P is counted",
        ),
        pytest.param(
            {SUPPORTED: 1, EMPLOYEES: 10},
            ((2, 1), (0, 9), (9, 0)),
            "passed",
            "66/100",
            (EMPLOYEES,),
            id="below another's floor",
        ),
        pytest.param(
            {SUPPORTED: 1, EMPLOYEES: 10},
            ((2, 1), (0, 10), (0, 9)),
            "lost",
            "1",
            (),
            id="at another's floor",
        ),
        pytest.param({SUPPORTED: 1}, ((3, 3), (2, 2), (1, 1)), "tied", "1", (), id="tie"),
        pytest.param(
            {SUPPORTED: 1}, ((50, 1), (0, 9), (0, 9)), "tied", "1", (), id="tie of weights"
        ),
    ],
)
def test_edges(
    floors: dict[CollegeId, int],
    counts: tuple[tuple[int, int], ...],
    outcome: str,
    whole: str,
    lapsed: tuple[CollegeId, ...],
) -> None:
    result = count(make_charter(floors=floors), *counts)
    assert (result.outcome, result.counted_share) == (outcome, Fraction(whole))
    assert result.lapsed == lapsed


def test_a_void_contest_has_no_weights_at_all() -> None:
    result = count(make_charter(), (0, 0, 4), (9, 0), (9, 0))
    assert result.reasons == ("protected-college-inquorate",)
    assert result.total_for == result.total_against == 0
    assert {college.weight for college in result.colleges} == {None}
    assert {college.effective_share for college in result.colleges} == {0}
    assert [college.for_ for college in result.colleges] == [0, 9, 9]
    assert result.guarantee == GuaranteeCheck(
        protected=SUPPORTED,
        share=Fraction(51, 100),
        effective_share=Fraction(0),
        control=False,
        cohesion_needed=None,
        cohesion_strict=False,
        holds=False,
        reasons=("protected-college-inquorate",),
    )


def test_nothing_counted_anywhere_is_void_and_never_passed() -> None:
    charter = make_charter("1/3", "1/3", "1/3", protected=None, floors={})
    for motion in (make_motion(), make_motion("special")):
        result = count_motion(charter, motion, make_tallies((0, 0, 3), (0, 0), (0, 0)))
        assert (result.outcome, result.reasons) == ("void", ("nothing-counted",))
        assert result.guarantee.holds is True  # nothing was promised


def test_the_guarantee_is_checked_on_what_was_counted() -> None:
    # Without the community, 51 of 85: cohesion 5/6 is enough instead of 50/51.
    check = count(make_charter(), (5, 1), (0, 9), (0, 0)).guarantee
    assert check.effective_share == Fraction(51, 85)
    assert check.cohesion_needed == Fraction(5, 6)
    assert check.control is True
    special = count_motion(
        make_charter(), make_motion("special"), make_tallies((5, 0), (0, 9), (0, 9))
    )
    assert (special.guarantee.control, special.guarantee.cohesion_needed) == (False, None)
    assert special.guarantee.holds is True


def test_floors_make_one_more_for_able_to_lose_a_motion() -> None:
    """Why `floor-can-turn` is a warning: the fifth employee is For, and it is lost."""
    charter = make_charter(floors={SUPPORTED: 1, EMPLOYEES: 5})
    assert count(charter, (2, 1), (0, 4), (0, 0)).outcome == "passed"
    assert count(charter, (2, 1), (1, 4), (0, 0)).outcome == "lost"
