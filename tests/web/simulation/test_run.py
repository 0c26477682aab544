import pytest

from voting.members import CollegeId
from web.cli.simulate import percentile, summarise
from web.simulation.plan import Expected
from web.simulation.run import Measured, ResultDiffersError, compare

VIEW = {
    "results": [
        {
            "colleges": [
                {"id": "supported", "cast": 3, "blank": 1, "for": 1, "against": 1},
                {"id": "community", "cast": 1, "blank": 0, "for": 1, "against": 0},
            ]
        }
    ]
}
SUPPORTED, COMMUNITY = CollegeId("supported"), CollegeId("community")
RIGHT = {
    SUPPORTED: Expected(cast=3, blank=1, for_=1, against=1),
    COMMUNITY: Expected(cast=1, blank=0, for_=1, against=0),
}


def test_a_result_that_is_what_was_cast_passes() -> None:
    compare(VIEW, RIGHT)


@pytest.mark.parametrize(
    "expected",
    [
        RIGHT | {SUPPORTED: Expected(cast=3, blank=1, for_=2, against=0)},
        RIGHT | {SUPPORTED: Expected(cast=4, blank=2, for_=1, against=1)},
        RIGHT | {CollegeId("employees"): Expected(cast=1, blank=0, for_=1, against=0)},
        {SUPPORTED: RIGHT[SUPPORTED]},
    ],
    ids=["a vote moved", "a vote lost", "a college lost", "a college too many"],
)
def test_a_result_that_differs_in_one_vote_is_named(expected: dict[CollegeId, Expected]) -> None:
    with pytest.raises(ResultDiffersError):
        compare(VIEW, expected)


@pytest.mark.parametrize(("part", "value"), [(50, 3), (95, 5), (1, 1), (100, 5)])
def test_a_percentile_is_one_of_the_values(part: int, value: int) -> None:
    assert percentile((1, 2, 3, 4, 5), part) == value


def test_rates_are_of_the_part_that_they_are_about() -> None:
    seconds = {"seal": 2.0, "cast": 4.0, "verify": 1.0}
    measured = Measured("x", "passed", 10, 12, (1000, 2000, 9000), seconds)
    told = summarise(measured)
    assert told["sealed_per_second"] == 6.0
    assert told["accepted_per_second"] == 3.0
    assert (told["cast_p50_ms"], told["cast_p95_ms"]) == (2.0, 9.0)
