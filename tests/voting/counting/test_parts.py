"""Parts: what a box can give, and what it cannot."""

from typing import Any

import pytest

from tests.voting.examples import SUPPORTED, make_choice, make_motion
from voting.counting.parts import CollegeBallots, CollegeMarks, college_part
from voting.counting.values import CollegeTally
from voting.errors import TallySumError

NUMBERS = (1, 2, 0, 0, 0)


def part(contest: Any, *, cast: int, counts: Any = (), opened: Any = ()) -> Any:
    return college_part(contest, college=SUPPORTED, roll=9, cast=cast, counts=counts, opened=opened)


def test_a_motion_gives_a_tally() -> None:
    assert part(make_motion(), cast=6, counts=(1, 3, 2)) == CollegeTally(SUPPORTED, 9, 6, 1, 3, 2)


def test_marks_give_sums() -> None:
    given = part(make_choice("block"), cast=5, counts=(1, 4, 1, 0, 2, 0))
    assert given == CollegeMarks(SUPPORTED, 9, 5, 1, (4, 1, 0, 2, 0))
    assert given.counted == 4


def test_shuffled_ballots_are_given_one_by_one() -> None:
    given = part(make_choice("irv"), cast=2, opened=(NUMBERS, None))
    assert given == CollegeBallots(SUPPORTED, 9, 2, (NUMBERS, None))


@pytest.mark.parametrize(
    ("contest", "given"),
    [
        pytest.param(make_motion(), {"cast": 6, "counts": (1, 5)}, id="motion of two numbers"),
        pytest.param(
            make_motion(), {"cast": 1, "counts": (0, 1, 0), "opened": (None,)}, id="motion opened"
        ),
        pytest.param(make_motion(), {"cast": 7, "counts": (1, 3, 2)}, id="motion sum"),
        pytest.param(make_choice("block"), {"cast": 1, "counts": (0, 1)}, id="marks missing"),
        pytest.param(
            make_choice("block"),
            {"cast": 1, "counts": (0, 1, 0, 0, 0, 0), "opened": (NUMBERS,)},
            id="marks and ballots",
        ),
        pytest.param(
            make_choice("block"), {"cast": 2, "counts": (0, 3, 0, 0, 0, 0)}, id="too many for one"
        ),
        pytest.param(
            make_choice("block"), {"cast": 2, "counts": (0, 1, 0, 0, 0, 0)}, id="too few marks"
        ),
        pytest.param(
            make_choice("block"), {"cast": 2, "counts": (0, 3, -1, 0, 0, 0)}, id="negative"
        ),
        pytest.param(
            make_choice("block"),
            {"cast": 1, "counts": (2, 0, 0, 0, 0, 0)},
            id="blank above cast",
        ),
        pytest.param(
            make_choice("block"), {"cast": 10, "counts": (9, 1, 0, 0, 0, 0)}, id="above the roll"
        ),
        pytest.param(make_choice("irv"), {"cast": 2, "opened": (NUMBERS,)}, id="ballots missing"),
        pytest.param(
            make_choice("irv"), {"cast": 1, "counts": (1,), "opened": (NUMBERS,)}, id="sum"
        ),
        pytest.param(make_choice("irv"), {"cast": 10, "opened": (NUMBERS,) * 10}, id="stuffed"),
    ],
)
def test_numbers_that_cannot_be_are_refused(contest: Any, given: Any) -> None:
    with pytest.raises(TallySumError):
        part(contest, **given)
