"""What charter and roll say of the protected college, whatever is asked."""

from fractions import Fraction

import pytest

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
    make_motion,
    make_roll_summary,
)
from voting.charter.errors import MissingCollegeError, UnknownCollegeError
from voting.protection import Protection, find_protection, format_optional, warn_of_texts

FULL = make_roll_summary(30, 60, 25)


def test_a_full_roll() -> None:
    protection = find_protection(make_charter(), FULL)
    assert protection == Protection(
        SUPPORTED, Fraction(51, 100), Fraction(1), 1, dict(FULL.members), (), ()
    )
    assert protection.is_promised is True
    assert protection.least_part == Fraction(51, 100)


def test_a_share_that_can_never_be_counted_makes_the_part_larger() -> None:
    charter = make_charter(floors={SUPPORTED: 1, EMPLOYEES: 10})
    protection = find_protection(charter, make_roll_summary(30, 9, 20))
    assert protection.possible_share == Fraction(66, 100)
    assert protection.least_part == Fraction(51, 66)


def test_nothing_is_promised_without_a_protected_college() -> None:
    charter = make_charter("1/3", "1/3", "1/3", protected=None, floors={})
    protection = find_protection(charter, FULL)
    assert protection == Protection(None, Fraction(), Fraction(1), 0, dict(FULL.members), (), ())
    assert protection.is_promised is False
    assert protection.least_part == 0


@pytest.mark.parametrize(
    ("floor", "members", "reason"),
    [
        pytest.param(1, 0, "protected-college-empty", id="nobody to protect"),
        pytest.param(10, 9, "floor-above-roll", id="a floor that cannot be reached"),
    ],
)
def test_nothing_is_promised_where_the_contest_must_end_void(
    floor: int, members: int, reason: str
) -> None:
    charter = make_charter(floors={SUPPORTED: floor})
    protection = find_protection(charter, make_roll_summary(members, 30, 30))
    assert protection.reasons == (reason,)
    assert protection.is_promised is False
    assert protection.least_part == 0


def test_warnings_of_the_colleges() -> None:
    charter = make_charter(floors={SUPPORTED: 5, EMPLOYEES: 30, COMMUNITY: 2})
    assert find_protection(charter, make_roll_summary(19, 20, 0)).warnings == (
        "small-college:supported:19",
        "floor-above-roll:employees:30",
        "floor-can-turn:employees:30",
        "empty-college:community",
        "floor-can-turn:community:2",
    )


def test_the_roll_must_have_the_colleges_of_the_charter() -> None:
    with pytest.raises(MissingCollegeError) as missing:
        find_protection(make_charter(), make_roll_summary(1, 2))
    assert missing.value.college == COMMUNITY
    with pytest.raises(UnknownCollegeError) as unknown:
        find_protection(make_charter("51/100", "49/100"), FULL)
    assert unknown.value.college == COMMUNITY


def test_a_missing_easy_read_text_is_warned_of() -> None:
    assert [*warn_of_texts(make_motion())] == []
    assert [*warn_of_texts(make_motion(easy_read=False))] == ["no-easy-read:1"]
    assert [*warn_of_texts(make_choice(easy_read=False))] == ["no-easy-read:2"]


def test_a_fraction_or_nothing() -> None:
    assert (format_optional(Fraction(51, 100)), format_optional(None)) == ("51/100", None)
