"""Presets: each is a charter, and does what its source asks for."""

from fractions import Fraction
from typing import get_args

import pytest

from voting.charter.caps import Cap
from voting.charter.charter import Charter, count_majority_seats
from voting.charter.charter_format import format_charter, parse_charter
from voting.charter.motion_rules import STATUTORY, MotionRule
from voting.charter.presets import PRESETS, PresetId
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS
from voting.members import CollegeId, Language

NAMES: dict[Language, str] = {"en": "Example Co-operative", "cy": "Cydweithfa Enghreifftiol"}

each_preset = pytest.mark.parametrize("preset", PRESETS)


def make(preset: PresetId) -> Charter:
    return PRESETS[preset].make(NAMES)


def test_every_id_has_a_preset() -> None:
    assert tuple(PRESETS) == get_args(PresetId)
    assert all(preset.id == key for key, preset in PRESETS.items())


@each_preset
def test_each_is_a_charter_and_is_read_as_it_was_written(preset: PresetId) -> None:
    charter = make(preset)
    assert parse_charter(format_charter(charter)) == charter
    assert charter.name == NAMES


@each_preset
def test_each_is_named_in_both_languages_and_has_a_source(preset: PresetId) -> None:
    assert set(PRESETS[preset].names) == {"en", "cy"}
    assert PRESETS[preset].source


@each_preset
def test_a_statutory_resolution_needs_no_less_by_weight_than_by_heads(preset: PresetId) -> None:
    for rule, given in make(preset).statutory.items():
        assert given.heads == STATUTORY[rule]
        assert not given.threshold.is_easier_than(STATUTORY[rule].threshold)


def test_users_at_51_pass_ordinary_motions_alone_and_no_special_ones() -> None:
    charter = make("user-led-51")
    share = charter.college(CollegeId("supported")).share
    assert charter.protected == "supported"
    assert charter.threshold("ordinary").is_met(share, Fraction(1))
    assert not charter.threshold("special").is_met(share, Fraction(1))
    # They can stop what needs three quarters.
    assert not charter.threshold("special").is_met(1 - share, Fraction(1))


def test_users_at_75_pass_special_motions_alone() -> None:
    charter = make("user-led-75")
    assert charter.protected == "supported"
    assert charter.threshold("special").is_met(charter.colleges[0].share, Fraction(1))
    assert all(rule.threshold.is_met(Fraction(3, 4), Fraction(1)) for rule in _rules(charter))


def test_the_council_keeps_its_majority_for_the_people_we_support() -> None:
    charter = make("council-reserved")
    assert charter.council_seats == 15
    assert charter.council[CollegeId("supported")] == count_majority_seats(15) == 8
    assert set(charter.council) == {college.id for college in charter.colleges}


def test_no_class_decides_alone_and_every_two_do() -> None:
    shares = [college.share for college in make("classes").colleges]
    assert max(shares) <= Fraction(1, 2)
    assert min(1 - share for share in shares) > Fraction(1, 2)


def test_every_college_of_a_scic_holds_a_tenth_to_a_half() -> None:
    charter = make("scic")
    assert charter.statute == "scic"
    assert len(charter.colleges) >= 3
    assert all(Fraction(1, 10) <= c.share <= Fraction(1, 2) for c in charter.colleges)
    assert charter.protected is None


def test_investors_weigh_a_tenth_at_most_and_each_no_more_than_a_member() -> None:
    charter = make("capped-investors")
    investors = CollegeId("investors")
    assert charter.cap(investors) == Cap(investors, Fraction(1), Fraction(1, 10))
    # With every investor at one, members still carry what needs three quarters.
    assert charter.threshold("special").is_met(Fraction(9, 10), Fraction(1))
    # They have no say on turning the co-operative into a company, so this is not asked here.
    assert "conversion" not in charter.statutory


def test_a_special_motion_needs_every_class_and_three_quarters() -> None:
    charter = make("class-consents")
    assert charter.special.threshold == THREE_QUARTERS
    assert charter.special.agree == {c.id: MORE_THAN_HALF for c in charter.colleges}
    assert not charter.ordinary.agree
    assert charter.scheme == "none"


def test_one_member_has_one_vote() -> None:
    charter = make("one-member-one-vote")
    assert charter.scheme == "none"
    assert [college.share for college in charter.colleges] == [1]


def _rules(charter: Charter) -> list[MotionRule]:
    return [charter.ordinary, charter.special, *charter.statutory.values()]
