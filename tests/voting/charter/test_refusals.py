"""What no charter may say: break one thing, expect one error, with its number."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_colleges,
)
from voting.charter.caps import Cap
from voting.charter.charter import Charter, count_majority_seats
from voting.charter.colleges import College
from voting.charter.errors import (
    CapError,
    CouncilSeatsError,
    DuplicateCollegeError,
    EqualSharesError,
    HeadCountError,
    ProtectedSchemeError,
    ScicCollegesError,
    ScicShareError,
    StatutoryHeadCountError,
    UnknownCollegeError,
    UnknownRuleError,
)
from voting.charter.motion_rules import STATUTORY, HeadCount, MotionRule
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, TWO_THIRDS, Threshold
from voting.errors import LimitError, VotingError
from voting.members import CollegeId

BOARD = CollegeId("board")
TENTH, HALF, THIRD = Fraction(1, 10), Fraction(1, 2), Fraction(1, 3)
OPEN: dict[str, Any] = {"protected": None, "floors": {}}
EQUAL = make_colleges("1/3", "1/3", "1/3")


def bend(**changes: Any) -> Charter:
    return replace(make_charter(), **changes)


def heads(threshold: Threshold, turnout: str = "0") -> MotionRule:
    return MotionRule(threshold, heads=HeadCount(threshold, Fraction(turnout)))


@pytest.mark.parametrize(
    ("changes", "expected", "values"),
    [
        # schemes
        pytest.param(
            {"scheme": "roll"},
            ProtectedSchemeError,
            (SUPPORTED, "roll"),
            id="protected by the roll",
        ),
        pytest.param(
            {"scheme": "none", "colleges": make_colleges("1")},
            ProtectedSchemeError,
            (SUPPORTED, "none"),
            id="protected among equals",
        ),
        pytest.param(
            {**OPEN, "scheme": "none"},
            EqualSharesError,
            (Fraction(51, 100), Fraction(17, 50), Fraction(3, 20)),
            id="shares that decide nothing",
        ),
        # statute
        pytest.param(
            {**OPEN, "statute": "scic", "colleges": make_colleges("1/2", "1/2")},
            ScicCollegesError,
            (2,),
            id="two colleges of a SCIC",
        ),
        pytest.param(
            {**OPEN, "statute": "scic"},
            ScicShareError,
            (SUPPORTED, Fraction(51, 100)),
            id="51 in 100 of a SCIC",
        ),
        pytest.param(
            {**OPEN, "statute": "scic", "colleges": make_colleges("1/2", "41/100", "9/100")},
            ScicShareError,
            (COMMUNITY, Fraction(9, 100)),
            id="9 in 100 of a SCIC",
        ),
        # caps
        pytest.param(
            {"caps": (Cap(BOARD, part=TENTH),)}, UnknownCollegeError, (BOARD,), id="cap of nobody"
        ),
        pytest.param(
            {"caps": (Cap(EMPLOYEES, part=TENTH), Cap(EMPLOYEES, ballots=HALF))},
            DuplicateCollegeError,
            (EMPLOYEES,),
            id="two caps of one college",
        ),
        pytest.param(
            {"caps": (Cap(SUPPORTED, part=HALF),)},
            CapError,
            (SUPPORTED, "protected"),
            id="cap of the protected",
        ),
        pytest.param(
            {"scheme": "bloc", "caps": (Cap(EMPLOYEES, part=HALF),)},
            CapError,
            (EMPLOYEES, "scheme"),
            id="cap under bloc",
        ),
        pytest.param(
            {**OPEN, "caps": (Cap(EMPLOYEES, ballots=HALF),)},
            CapError,
            (EMPLOYEES, "no-protected"),
            id="by a protected that there is not",
        ),
        pytest.param(
            {"scheme": "bloc", "caps": (Cap(EMPLOYEES, ballots=HALF),)},
            CapError,
            (EMPLOYEES, "scheme"),
            id="ballots under bloc",
        ),
        pytest.param(
            {"caps": (Cap(EMPLOYEES, part=TENTH), Cap(COMMUNITY, part=TENTH))},
            CapError,
            (COMMUNITY, "second-part"),
            id="parts of two",
        ),
        pytest.param(
            {**OPEN, "colleges": make_colleges("1"), "caps": (Cap(SUPPORTED, part=TENTH),)},
            CapError,
            (SUPPORTED, "alone"),
            id="a part of itself",
        ),
        # motions
        pytest.param(
            {"ordinary": MotionRule(MORE_THAN_HALF, agree={BOARD: MORE_THAN_HALF})},
            UnknownCollegeError,
            (BOARD,),
            id="a stranger agrees",
        ),
        pytest.param(
            {"statutory": {"special": heads(THREE_QUARTERS)}},
            UnknownRuleError,
            ("special",),
            id="not by statute",
        ),
        pytest.param(
            {"statutory": {"transfer": MotionRule(TWO_THIRDS)}},
            StatutoryHeadCountError,
            ("transfer", Fraction(2, 3), 0),
            id="a transfer without heads",
        ),
        pytest.param(
            {"statutory": {"amalgamation": heads(MORE_THAN_HALF)}},
            StatutoryHeadCountError,
            ("amalgamation", Fraction(2, 3), 0),
            id="an easier amalgamation",
        ),
        pytest.param(
            {"statutory": {"conversion": heads(THREE_QUARTERS, "49/100")}},
            StatutoryHeadCountError,
            ("conversion", Fraction(3, 4), HALF),
            id="a conversion by fewer than half",
        ),
        pytest.param(
            {"statutory": {"conversion": heads(TWO_THIRDS, "1/2")}},
            StatutoryHeadCountError,
            ("conversion", Fraction(3, 4), HALF),
            id="an easier conversion",
        ),
        # council
        pytest.param(
            {"council": {BOARD: 8}}, UnknownCollegeError, (BOARD,), id="a stranger's seat"
        ),
        pytest.param(
            {"council": {SUPPORTED: 8, EMPLOYEES: 0}},
            LimitError,
            ("charter.council", 0),
            id="no seat, but named",
        ),
        pytest.param(
            {"council": {SUPPORTED: 60, EMPLOYEES: 41}},
            LimitError,
            ("charter.council", 101),
            id="too large a council",
        ),
        pytest.param(
            {"council": {SUPPORTED: 5, EMPLOYEES: 5}},
            CouncilSeatsError,
            (SUPPORTED, 5, 10, 6),
            id="half of a council",
        ),
        pytest.param(
            {"council": {EMPLOYEES: 3}},
            CouncilSeatsError,
            (SUPPORTED, 0, 3, 2),
            id="a council without the protected",
        ),
    ],
)
def test_refused(
    changes: dict[str, Any], expected: type[VotingError], values: tuple[object, ...]
) -> None:
    with pytest.raises(expected) as error:
        bend(**changes)
    assert error.value.args == values


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"scheme": "bloc"}, id="protected under bloc"),
        pytest.param({**OPEN, "scheme": "roll"}, id="by the roll"),
        pytest.param({**OPEN, "scheme": "none", "colleges": EQUAL}, id="equals"),
        pytest.param(
            {**OPEN, "statute": "scic", "colleges": make_colleges("1/2", "2/5", "1/10")},
            id="a SCIC at both bounds",
        ),
        pytest.param({"caps": (Cap(EMPLOYEES, part=HALF),)}, id="half is the largest part"),
        pytest.param(
            {**OPEN, "scheme": "none", "colleges": EQUAL, "caps": (Cap(EMPLOYEES, part=THIRD),)},
            id="a part among equals",
        ),
        pytest.param(
            {"statutory": dict.fromkeys(STATUTORY, heads(THREE_QUARTERS, "1/2"))}, id="law"
        ),
        pytest.param({"council": {SUPPORTED: 51, EMPLOYEES: 49}}, id="51 of 100"),
        pytest.param({**OPEN, "council": {EMPLOYEES: 3}}, id="a council without a protected one"),
    ],
)
def test_at_the_bound_it_is_allowed(changes: dict[str, Any]) -> None:
    charter = bend(**changes)
    assert all(getattr(charter, field) == value for field, value in changes.items())


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        pytest.param({}, "nothing", id="limits nothing"),
        pytest.param({"part": Fraction()}, "part", id="no part"),
        pytest.param({"part": Fraction(51, 100)}, "part", id="more than half"),
        pytest.param({"part": Fraction(1, 1_000_001)}, "part", id="too fine a part"),
        pytest.param({"ballots": Fraction()}, "ballots", id="no ballots"),
        pytest.param({"ballots": Fraction(1001)}, "ballots", id="too many ballots"),
        pytest.param({"ballots": Fraction(1, 1_000_001)}, "ballots", id="too fine ballots"),
    ],
)
def test_caps_out_of_range(values: dict[str, Any], problem: str) -> None:
    with pytest.raises(CapError) as error:
        Cap(EMPLOYEES, **values)
    assert (error.value.college, error.value.problem) == (EMPLOYEES, problem)


@pytest.mark.parametrize("turnout", ["-1/2", "3/2", "1/1000001"])
def test_a_head_count_asks_for_a_part_of_the_roll(turnout: str) -> None:
    with pytest.raises(HeadCountError) as error:
        HeadCount(TWO_THIRDS, Fraction(turnout))
    assert error.value.turnout == Fraction(turnout)


def test_statutory_resolutions_count_heads_as_the_act_says() -> None:
    # Co-operative and Community Benefit Societies Act 2014, sections 111(2)(a) and 113(2)(a), (b).
    assert {
        "amalgamation": HeadCount(Threshold(Fraction(2, 3), strict=False)),
        "transfer": HeadCount(Threshold(Fraction(2, 3), strict=False)),
        "conversion": HeadCount(Threshold(Fraction(3, 4), strict=False), HALF),
    } == STATUTORY


def test_a_rule_that_is_not_held_is_unknown() -> None:
    charter = bend(statutory={"transfer": heads(TWO_THIRDS)})
    assert charter.rule("transfer").heads == HeadCount(TWO_THIRDS)
    assert charter.rule("special") == charter.special
    assert charter.threshold("ordinary") == MORE_THAN_HALF
    with pytest.raises(UnknownRuleError) as error:
        charter.rule("conversion")
    assert error.value.rule == "conversion"


def test_what_is_given_in_any_order_stands_in_the_charters() -> None:
    charter = bend(
        caps=(Cap(COMMUNITY, ballots=HALF), Cap(EMPLOYEES, part=TENTH)),
        council={COMMUNITY: 2, SUPPORTED: 8, EMPLOYEES: 5},
        ordinary=MotionRule(MORE_THAN_HALF, {EMPLOYEES: TWO_THIRDS, SUPPORTED: TWO_THIRDS}),
        statutory={
            "conversion": heads(THREE_QUARTERS, "1/2"),
            "amalgamation": heads(TWO_THIRDS),
        },
    )
    assert [cap.college for cap in charter.caps] == [EMPLOYEES, COMMUNITY]
    assert list(charter.council) == [SUPPORTED, EMPLOYEES, COMMUNITY]
    assert list(charter.ordinary.agree) == [SUPPORTED, EMPLOYEES]
    assert list(charter.statutory) == ["amalgamation", "conversion"]
    assert charter.council_seats == 15
    assert charter.cap(EMPLOYEES) == Cap(EMPLOYEES, part=TENTH)
    assert charter.cap(SUPPORTED) is None


@pytest.mark.parametrize(
    ("council", "needed"), [(1, 1), (2, 2), (3, 2), (10, 6), (15, 8), (50, 26), (51, 27), (100, 51)]
)
def test_the_seats_that_hold_a_majority(council: int, needed: int) -> None:
    assert count_majority_seats(council) == needed


def test_every_college_counts_among_equals() -> None:
    alone = College(SUPPORTED, {"en": "Members", "cy": "Aelodau"}, Fraction(1))
    assert bend(**OPEN, scheme="none", colleges=(alone,)).colleges == (alone,)
