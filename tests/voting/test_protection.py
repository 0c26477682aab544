"""What charter and roll say of the protected college, whatever is asked."""

from dataclasses import replace
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
from voting.charter.caps import Cap
from voting.charter.errors import MissingCollegeError, UnknownCollegeError
from voting.charter.schemes import Scheme
from voting.protection import (
    Protection,
    find_protection,
    find_reserved,
    format_optional,
    warn_of_texts,
)

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


def test_a_cap_makes_less_countable() -> None:
    # Of P ten are enough, so one ballot of P weighs 51/1000 at most, and five capped ones 255/1000.
    charter = replace(
        make_charter("51/100", "49/100", floors={SUPPORTED: 10}),
        caps=(Cap(EMPLOYEES, ballots=Fraction(1)),),
    )
    for employees, possible in ((5, "765/1000"), (9, "969/1000"), (10, "1"), (60, "1")):
        protection = find_protection(charter, make_roll_summary(30, employees))
        assert protection.possible_share == Fraction(possible)


def test_a_cap_on_a_part_makes_less_countable() -> None:
    # A tenth of the whole is a ninth of the others: 66/100 and 66/900.
    charter = replace(make_charter(), caps=(Cap(EMPLOYEES, part=Fraction(1, 10)),))
    assert find_protection(charter, FULL).possible_share == Fraction(66, 90)
    # Nobody in the community: 51/100 and 51/900.
    alone = find_protection(charter, make_roll_summary(30, 60, 0))
    assert alone.possible_share == Fraction(51, 90)
    nobody = find_protection(charter, make_roll_summary(30, 0, 25))
    assert nobody.possible_share == Fraction(66, 100)


def test_both_caps_of_a_college_leave_the_less() -> None:
    charter = replace(
        make_charter("51/100", "49/100", floors={SUPPORTED: 10}),
        caps=(Cap(EMPLOYEES, Fraction(1), Fraction(1, 4)),),
    )
    # A quarter of the whole is a third of P's 51; three members are less than that.
    few = find_protection(charter, make_roll_summary(30, 3))
    assert few.possible_share == Fraction(51 * 13, 1000)
    many = find_protection(charter, make_roll_summary(30, 20))
    assert many.possible_share == Fraction(68, 100)


@pytest.mark.parametrize(
    ("cap", "sizes", "warned"),
    [
        pytest.param(Cap(EMPLOYEES, ballots=Fraction(1)), (30, 60), True, id="few of many"),
        pytest.param(Cap(EMPLOYEES, ballots=Fraction(49, 51)), (1, 60), False, id="never above"),
        pytest.param(Cap(EMPLOYEES, ballots=Fraction(48, 51)), (1, 60), True, id="just above"),
        pytest.param(Cap(EMPLOYEES, ballots=Fraction(1)), (30, 0), False, id="nobody to cap"),
        pytest.param(Cap(EMPLOYEES, part=Fraction(49, 100)), (30, 60), False, id="a part as it is"),
        pytest.param(Cap(EMPLOYEES, part=Fraction(48, 100)), (30, 60), True, id="a smaller part"),
    ],
)
def test_a_cap_that_can_bind_is_warned_of(
    cap: Cap, sizes: tuple[int, int], *, warned: bool
) -> None:
    charter = replace(make_charter("51/100", "49/100"), caps=(cap,))
    found = find_protection(charter, make_roll_summary(*sizes)).warnings
    assert ("cap-can-turn:employees" in found) is warned


@pytest.mark.parametrize("scheme", ["turnout", "roll", "none"])
def test_without_a_protected_college_any_cap_can_bind(scheme: Scheme) -> None:
    charter = make_charter("1/2", "1/2", protected=None, floors={}, scheme=scheme)
    charter = replace(charter, caps=(Cap(EMPLOYEES, part=Fraction(1, 2)),))
    protection = find_protection(charter, make_roll_summary(30, 60))
    assert protection.warnings == ("cap-can-turn:employees",)
    assert protection.possible_share == 1


@pytest.mark.parametrize(
    ("shares", "sizes", "warnings"),
    [
        pytest.param(("51/100", "49/100"), (30, 60), ("supported:49/51",), id="51"),
        pytest.param(("3/4", "1/4"), (30, 60), ("supported:1/3",), id="three quarters"),
        pytest.param(("1/2", "1/2"), (30, 60), (), id="no majority"),
        pytest.param(("4/10", "6/10"), (30, 60), ("employees:2/3",), id="of another"),
        pytest.param(("1",), (30,), (), id="alone"),
    ],
)
def test_by_the_roll_the_needed_turnout_is_warned_of(
    shares: tuple[str, ...], sizes: tuple[int, ...], warnings: tuple[str, ...]
) -> None:
    charter = make_charter(*shares, protected=None, floors={}, scheme="roll")
    expected = tuple(f"roll-turnout:{warning}" for warning in warnings)
    assert find_protection(charter, make_roll_summary(*sizes)).warnings == expected


def test_by_the_roll_a_college_of_nobody_is_none_of_the_others() -> None:
    charter = make_charter(protected=None, floors={}, scheme="roll")
    found = find_protection(charter, make_roll_summary(30, 60, 0))
    # 34 against 51, and the 15 of the community are never there.
    assert found.warnings == ("empty-college:community", "roll-turnout:supported:2/3")


COUNCIL = replace(
    make_charter(floors={SUPPORTED: 10, EMPLOYEES: 20}), council={SUPPORTED: 3, EMPLOYEES: 2}
)


def test_its_own_reserved_seats_are_all_its_own() -> None:
    protection = find_reserved(COUNCIL, FULL, SUPPORTED)
    assert protection.share == protection.possible_share == Fraction(51, 100)
    assert protection.least_part == 1
    assert protection.floor == 10
    assert (protection.reasons, protection.warnings) == ((), ())


def test_of_anothers_reserved_seats_nothing_is_its_own() -> None:
    # P has nobody, and these seats are none of its business.
    protection = find_reserved(COUNCIL, make_roll_summary(0, 19, 5), EMPLOYEES)
    assert (protection.share, protection.possible_share) == (Fraction(), Fraction(34, 100))
    assert protection.least_part == 0
    assert (protection.floor, protection.reasons) == (0, ())
    assert protection.warnings == ("small-college:employees:19", "floor-above-roll:employees:20")


def test_reserved_seats_of_a_protected_college_that_could_only_end_void() -> None:
    for members, reason in ((0, "protected-college-empty"), (9, "floor-above-roll")):
        protection = find_reserved(COUNCIL, make_roll_summary(members, 60, 25), SUPPORTED)
        assert protection.reasons == (reason,)
        assert protection.least_part == 0


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
