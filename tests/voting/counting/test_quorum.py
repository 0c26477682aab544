"""Who is counted: colleges matched, floors, and what no charter can have."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from tests.voting.examples import COMMUNITY, EMPLOYEES, SUPPORTED, make_charter, make_tallies
from voting.charter.errors import (
    CollegeSharesError,
    DuplicateCollegeError,
    MissingCollegeError,
    UnknownCollegeError,
)
from voting.counting.quorum import find_void, match_colleges, require_colleges
from voting.errors import LimitError
from voting.members import CollegeId


@dataclass(frozen=True)
class Entry:
    college: CollegeId
    share: Fraction = Fraction(1, 2)
    is_counted: bool = True
    roll: int = 3
    counted: int = 2


def test_colleges_come_in_the_charters_order() -> None:
    tallies = make_tallies((1, 0), (2, 0), (3, 0))
    assert list(match_colleges(make_charter(), tallies[::-1]).values()) == tallies


def test_exactly_one_from_each_college() -> None:
    one, two, three = make_tallies((1, 0), (2, 0), (3, 0))
    with pytest.raises(MissingCollegeError):
        match_colleges(make_charter(), [one, three])
    with pytest.raises(DuplicateCollegeError):
        match_colleges(make_charter(), [one, two, three, two])
    with pytest.raises(UnknownCollegeError):
        match_colleges(make_charter("1"), [one, two])


def test_of_reserved_seats_only_their_college_is_there() -> None:
    one, two, three = make_tallies((1, 0), (2, 0), (3, 0))
    assert match_colleges(make_charter(), [two], EMPLOYEES) == {EMPLOYEES: two}
    with pytest.raises(MissingCollegeError):
        match_colleges(make_charter(), [], EMPLOYEES)
    with pytest.raises(DuplicateCollegeError):
        match_colleges(make_charter(), [two, two], EMPLOYEES)
    for stranger in (one, three):
        with pytest.raises(UnknownCollegeError) as error:
            match_colleges(make_charter(), [two, stranger], EMPLOYEES)
        assert error.value.college == stranger.college


def test_a_contest_without_the_protected_college_is_void() -> None:
    here, gone = Entry(EMPLOYEES), Entry(SUPPORTED, is_counted=False)
    assert find_void(SUPPORTED, [here, gone]) == ("protected-college-inquorate",)
    assert find_void(None, [here, gone]) == ()
    assert find_void(EMPLOYEES, [here, gone]) == ()
    assert find_void(None, [gone]) == ("nothing-counted",)


def test_what_no_charter_can_have() -> None:
    require_colleges(SUPPORTED, [Entry(SUPPORTED), Entry(EMPLOYEES)])
    with pytest.raises(LimitError):
        require_colleges(None, [])
    with pytest.raises(DuplicateCollegeError):
        require_colleges(None, [Entry(SUPPORTED), Entry(SUPPORTED)])
    with pytest.raises(CollegeSharesError):
        require_colleges(None, [Entry(SUPPORTED)])
    with pytest.raises(UnknownCollegeError):
        require_colleges(COMMUNITY, [Entry(SUPPORTED), Entry(EMPLOYEES)])
