"""Counting a motion: what is refused before anything is counted."""

from fractions import Fraction

import pytest

from tests.voting.examples import (
    COMMUNITY,
    SUPPORTED,
    make_charter,
    make_motion,
    make_tallies,
    make_tally,
)
from voting.charter.errors import (
    CollegeSharesError,
    DuplicateCollegeError,
    FloorError,
    MissingCollegeError,
    UnknownCollegeError,
    UnknownRuleError,
)
from voting.charter.motion_rules import ORDINARY
from voting.counting.motion import CollegeTally, Question, Row, count_motion
from voting.errors import IdentifierError, TallySumError
from voting.members import CollegeId

MOTION = make_motion()


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param((10, 5, 1, 2, 3), id="cast is too few"),
        pytest.param((10, 7, 1, 2, 3), id="cast is too many"),
        pytest.param((10, 4, -1, 2, 3), id="blank below 0"),
        pytest.param((10, 2, 1, -2, 3), id="For below 0"),
        pytest.param((10, 0, 1, 2, -3), id="Against below 0"),
        pytest.param((5, 6, 1, 2, 3), id="more than the roll"),
        pytest.param((1_000_000_001, 6, 1, 2, 3), id="more than can be"),
    ],
)
def test_refused_tallies(numbers: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(TallySumError) as error:
        CollegeTally(SUPPORTED, *numbers)
    assert error.value.college == SUPPORTED


def test_each_college_has_one_tally() -> None:
    charter, tallies = make_charter(), make_tallies((1, 0), (1, 0), (1, 0))
    with pytest.raises(MissingCollegeError) as missing:
        count_motion(charter, MOTION, tallies[:2])
    assert missing.value.college == COMMUNITY
    with pytest.raises(DuplicateCollegeError):
        count_motion(charter, MOTION, [*tallies, tallies[0]])
    with pytest.raises(UnknownCollegeError):
        count_motion(charter, MOTION, [*tallies, make_tally(CollegeId("board"), 1, 0)])


def test_what_enters_a_count_is_checked() -> None:
    tally = make_tally(SUPPORTED, 1, 0)
    for share in (Fraction(0), Fraction(101, 100)):
        with pytest.raises(CollegeSharesError):
            Row(tally, share, 1)
    for floor in (0, 1_000_001):
        with pytest.raises(FloorError):
            Row(tally, Fraction(1), floor)
    with pytest.raises(IdentifierError):
        Row(make_tally(CollegeId("Board"), 1, 0), Fraction(1), 1)
    with pytest.raises(IdentifierError):
        Question("", "ab" * 32, "ordinary", ORDINARY, "turnout", None)
    with pytest.raises(IdentifierError):
        Question("1", "", "ordinary", ORDINARY, "turnout", None)


def test_a_rule_that_the_charter_has_not_is_refused() -> None:
    with pytest.raises(UnknownRuleError) as error:
        count_motion(make_charter("1"), make_motion("transfer"), make_tallies((1, 0)))
    assert error.value.rule == "transfer"
