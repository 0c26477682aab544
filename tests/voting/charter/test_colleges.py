"""Colleges."""

from fractions import Fraction

import pytest

from tests.voting.examples import NAMES, SUPPORTED
from voting.charter.colleges import College
from voting.charter.errors import CollegeSharesError
from voting.errors import IdentifierError, MissingLanguageError
from voting.members import CollegeId


def test_a_college_may_hold_everything() -> None:
    assert College(SUPPORTED, NAMES[SUPPORTED], Fraction(1)).share == 1


def test_what_is_given_later_does_not_change_a_college() -> None:
    names = dict(NAMES[SUPPORTED])
    college = College(SUPPORTED, names, Fraction(1))
    names["en"] = "Somebody else"
    assert college.names["en"] == "People we support"


@pytest.mark.parametrize("share", ["0", "-1/2", "101/100", "1/1000001"])
def test_refused_shares(share: str) -> None:
    with pytest.raises(CollegeSharesError) as error:
        College(SUPPORTED, NAMES[SUPPORTED], Fraction(share))
    assert error.value.shares == (Fraction(share),)


def test_an_id_must_be_one() -> None:
    with pytest.raises(IdentifierError):
        College(CollegeId("People we support"), NAMES[SUPPORTED], Fraction(1))


def test_both_languages_are_needed() -> None:
    with pytest.raises(MissingLanguageError):
        College(SUPPORTED, {"cy": "Pobl"}, Fraction(1))
