"""What is stated of a motion where more than a weighted count decides, by hand.

That the numbers are the true ones is tried in test_theorems.py.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_motion,
    make_roll_summary,
)
from voting.charter.charter import Charter
from voting.charter.errors import UnknownRuleError
from voting.charter.motion_rules import STATUTORY, HeadCount, MotionRule
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, Threshold
from voting.errors import GuaranteeDoesNotHoldError
from voting.guarantee import require_guarantee, state_guarantee
from voting.members import CollegeId
from voting.motion_guarantee import GuaranteeStatement, motion_statement_object

FULL = make_roll_summary(30, 60, 25)
HALF = Fraction(1, 2)
Bounds = tuple[Fraction | None, bool]


def make_agreeing(
    agree: Mapping[CollegeId, Threshold], charter: Charter | None = None, *, heads: bool = False
) -> Charter:
    charter = charter or make_charter()
    head_count = HeadCount(MORE_THAN_HALF) if heads else None
    rule = MotionRule(charter.ordinary.threshold, agree, head_count)
    return replace(charter, ordinary=rule)


def bounds(statement: GuaranteeStatement) -> tuple[Bounds, Bounds]:
    return (
        (statement.cohesion_needed, statement.cohesion_strict),
        (statement.blocking_needed, statement.blocking_strict),
    )


def test_with_whole_colleges_half_of_its_own_is_the_edge() -> None:
    statement = state_guarantee(make_charter(scheme="bloc"), FULL, make_motion())
    assert (statement.scheme, statement.control, statement.veto) == ("bloc", True, True)
    # Level is not For: half is enough to stop it, and not to pass it.
    assert bounds(statement) == ((HALF, True), (HALF, False))
    assert statement.warnings == ("bloc-dictator:supported",)


def test_with_whole_colleges_51_do_not_decide_a_special_motion() -> None:
    statement = state_guarantee(make_charter(scheme="bloc"), FULL, make_motion("special"))
    assert (statement.control, statement.veto) == (False, True)
    assert bounds(statement) == ((None, False), (HALF, False))
    assert statement.warnings == ()


def test_a_college_can_decide_alone_without_being_protected() -> None:
    charter = make_charter("51/100", "49/100", scheme="bloc", protected=None, floors={})
    statement = state_guarantee(charter, make_roll_summary(30, 30), make_motion())
    assert (statement.protected, statement.control) == (None, False)
    assert statement.warnings == ("bloc-dictator:supported",)


def test_a_college_that_cannot_be_counted_decides_nothing() -> None:
    charter = make_charter(
        "51/100", "49/100", scheme="bloc", protected=None, floors={SUPPORTED: 40}
    )
    statement = state_guarantee(charter, make_roll_summary(30, 30), make_motion())
    assert "bloc-dictator:supported" not in statement.warnings
    # Of what can be counted the other college is all.
    assert "bloc-dictator:employees" in statement.warnings


@pytest.mark.parametrize("scheme", ["turnout", "bloc"])
def test_another_college_that_must_agree_leaves_a_veto(scheme: str) -> None:
    charter = make_agreeing({EMPLOYEES: MORE_THAN_HALF, COMMUNITY: THREE_QUARTERS})
    if scheme == "bloc":
        charter = replace(charter, scheme="bloc")
    statement = require_guarantee(charter, FULL, make_motion())
    assert (statement.control, statement.veto) == (False, True)
    assert statement.cohesion_needed is None
    assert statement.blocking_needed == (HALF if scheme == "bloc" else Fraction(50, 51))
    assert statement.warnings == (
        "concurrent-veto:employees",
        "concurrent-veto:community",
    )


def test_a_dictator_who_must_agree_is_still_one() -> None:
    charter = make_agreeing({SUPPORTED: THREE_QUARTERS}, make_charter(scheme="bloc"))
    statement = state_guarantee(charter, FULL, make_motion())
    assert statement.control is True
    assert bounds(statement) == ((Fraction(3, 4), False), (Fraction(1, 4), True))
    assert statement.warnings == ("bloc-dictator:supported",)


@pytest.mark.parametrize(
    ("own", "cohesion", "blocking"),
    [
        # Beside the 50/51 of the weight, strict: For needs the harder, Against the easier.
        pytest.param(
            Threshold(HALF, strict=True), ("50/51", True), ("1/2", False), id="less than the weight"
        ),
        pytest.param(
            Threshold(Fraction(50, 51), strict=False),
            ("50/51", True),
            ("1/51", True),
            id="the same, but at least",
        ),
        pytest.param(Threshold(Fraction(1), strict=False), ("1", False), ("0", True), id="all"),
    ],
)
def test_where_the_protected_college_must_agree_too(
    own: Threshold, cohesion: tuple[str, bool], blocking: tuple[str, bool]
) -> None:
    statement = state_guarantee(make_agreeing({SUPPORTED: own}), FULL, make_motion())
    assert (statement.control, statement.veto) == (True, True)
    assert bounds(statement) == (
        (Fraction(cohesion[0]), cohesion[1]),
        (Fraction(blocking[0]), blocking[1]),
    )
    assert statement.warnings == ()


def test_a_college_of_nobody_is_not_asked() -> None:
    charter = make_agreeing({COMMUNITY: MORE_THAN_HALF})
    statement = require_guarantee(charter, make_roll_summary(30, 60, 0), make_motion())
    assert statement.control is True
    assert statement.warnings == ("empty-college:community",)


@pytest.mark.parametrize("protected", [SUPPORTED, None])
def test_a_college_that_must_agree_and_never_can_is_refused(protected: CollegeId | None) -> None:
    charter = make_agreeing(
        {EMPLOYEES: MORE_THAN_HALF},
        make_charter(protected=protected, floors={SUPPORTED: 1, EMPLOYEES: 61}),
    )
    statement = state_guarantee(charter, FULL, make_motion())
    assert (statement.holds, statement.reasons) == (False, ("cannot-agree:employees:61",))
    assert (statement.control, statement.veto) == (False, False)
    with pytest.raises(GuaranteeDoesNotHoldError) as error:
        require_guarantee(charter, FULL, make_motion())
    assert error.value.reasons == ("cannot-agree:employees:61",)
    # Another rule does not ask it.
    assert state_guarantee(charter, FULL, make_motion("special")).holds is True


@pytest.mark.parametrize("scheme", ["turnout", "bloc"])
def test_heads_leave_no_control(scheme: str) -> None:
    charter = make_agreeing({}, make_charter(), heads=True)
    if scheme == "bloc":
        charter = replace(charter, scheme="bloc")
    statement = state_guarantee(charter, FULL, make_motion())
    assert (statement.control, statement.veto) == (False, True)
    assert statement.warnings == ("head-count:ordinary",)


def test_a_statutory_rule() -> None:
    merger = MotionRule(Threshold(Fraction(2, 3), strict=False), heads=STATUTORY["amalgamation"])
    charter = replace(make_charter(), statutory={"amalgamation": merger})
    statement = state_guarantee(charter, FULL, make_motion("amalgamation"))
    assert statement.threshold == merger.threshold
    assert statement.warnings == ("head-count:amalgamation",)
    with pytest.raises(UnknownRuleError):
        state_guarantee(charter, FULL, make_motion("conversion"))


@pytest.mark.parametrize("scheme", ["roll", "none"])
def test_where_turnout_decides_nothing_is_promised(scheme: str) -> None:
    charter = make_charter("1/2", "1/2", protected=None, floors={})
    charter = replace(charter, scheme="roll" if scheme == "roll" else "none")
    statement = require_guarantee(charter, make_roll_summary(30, 60), make_motion())
    assert (statement.scheme, statement.protected) == (scheme, None)
    assert (statement.control, statement.veto) == (False, False)
    assert bounds(statement) == ((None, False), (None, False))
    assert statement.warnings == ()


def test_both_bounds_say_in_the_manifest_whether_more_is_needed() -> None:
    statement = state_guarantee(make_charter(scheme="bloc"), FULL, make_motion())
    written = motion_statement_object(statement)
    assert [*written] == [
        *("contest", "protected", "share", "scheme", "threshold", "possible_share"),
        *("control", "veto", "cohesion_needed", "cohesion_strict", "blocking_needed"),
        *("blocking_strict", "floor", "holds", "reasons", "warnings"),
    ]
    assert (written["cohesion_needed"], written["cohesion_strict"]) == ("1/2", True)
    assert (written["blocking_needed"], written["blocking_strict"]) == ("1/2", False)
