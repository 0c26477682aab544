"""The explanation of a result adds up to the result."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.contests import MOTION
from tests.web.cooperative import CHARTER, COMMUNITY, EMPLOYEE
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.colleges import College
from voting.charter.motion_rules import HeadCount, MotionRule
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, TWO_THIRDS
from voting.counting.motion import CollegeTally, count_motion
from web.pages.result_steps import explain

COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 5))


CHARTERS = {
    "turnout": CHARTER,
    "capped": replace(CHARTER, caps=(Cap(COMMUNITY, Fraction(1, 2), Fraction(1, 20)),)),
    "roll": replace(CHARTER, scheme="roll", protected=None, floors={}),
    "bloc": replace(CHARTER, scheme="bloc"),
    "none": replace(
        CHARTER,
        scheme="none",
        protected=None,
        floors={},
        colleges=tuple(College(c.id, c.names, Fraction(1, 3)) for c in CHARTER.colleges),
    ),
    "asked as well": replace(
        CHARTER,
        ordinary=MotionRule(MORE_THAN_HALF, {EMPLOYEE: THREE_QUARTERS}, HeadCount(TWO_THIRDS)),
    ),
}


@pytest.mark.parametrize("charter", CHARTERS.values(), ids=CHARTERS)
@settings(max_examples=30)
@given(counts=st.tuples(COUNTS, COUNTS, COUNTS))
def test_the_parts_are_the_whole(
    charter: Charter, counts: tuple[tuple[int, int, int], ...]
) -> None:
    tallies = [
        CollegeTally(college.id, sum(c), sum(c), blank=c[2], for_=c[0], against=c[1])
        for college, c in zip(charter.colleges, counts, strict=True)
    ]
    result = count_motion(charter, MOTION, tallies)
    told = explain(charter, MOTION, result)
    assert sum(step.for_part for step in told.steps) == result.total_for
    assert sum(step.against_part for step in told.steps) == result.total_against
    if told.for_share is None or told.against_share is None:
        assert result.outcome == "void"
    else:
        assert told.for_share + told.against_share == 1
    assert [step.lapsed for step in told.steps] == [not row.is_counted for row in result.colleges]
    assert len(told.agreements) == len(charter.ordinary.agree)
    assert told.met or result.outcome != "passed"
