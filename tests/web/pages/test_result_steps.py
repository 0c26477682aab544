"""The explanation of a result adds up to the result."""

from hypothesis import given
from hypothesis import strategies as st

from tests.web.contests import MOTION
from tests.web.cooperative import CHARTER
from voting.counting.motion import CollegeTally, count_motion
from web.pages.result_steps import explain

COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 5))


@given(st.tuples(COUNTS, COUNTS, COUNTS))
def test_the_parts_are_the_whole(counts: tuple[tuple[int, int, int], ...]) -> None:
    tallies = [
        CollegeTally(college.id, sum(c), sum(c), blank=c[2], for_=c[0], against=c[1])
        for college, c in zip(CHARTER.colleges, counts, strict=True)
    ]
    result = count_motion(CHARTER, MOTION, tallies)
    told = explain(CHARTER, MOTION, result)
    assert sum(step.for_part for step in told.steps) == result.total_for
    assert sum(step.against_part for step in told.steps) == result.total_against
    if told.for_share is None or told.against_share is None:
        assert result.outcome == "void"
    else:
        assert told.for_share + told.against_share == 1
    assert [step.lapsed for step in told.steps] == [row.weight is None for row in result.colleges]
