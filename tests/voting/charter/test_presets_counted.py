"""Presets, counted: each decides as its source asks."""

from fractions import Fraction

import pytest

from tests.voting.examples import make_motion, make_roll_summary, make_tally
from voting.charter.charter import Charter
from voting.charter.motion_rules import Rule
from voting.charter.presets import PRESETS, PresetId
from voting.counting.motion import count_motion
from voting.counting.values import MotionResult
from voting.members import CollegeId, Language
from voting.outlook import foresee
from voting.roll import RollSummary

NAMES: dict[Language, str] = {"en": "Example Co-operative", "cy": "Cydweithfa Enghreifftiol"}


def make(preset: PresetId) -> Charter:
    return PRESETS[preset].make(NAMES)


def count(preset: PresetId, rule: Rule, *votes: tuple[int, int]) -> MotionResult:
    charter = make(preset)
    tallies = [
        make_tally(college.id, for_, against)
        for college, (for_, against) in zip(charter.colleges, votes, strict=True)
    ]
    return count_motion(charter, make_motion(rule), tallies)


@pytest.mark.parametrize("preset", PRESETS)
def test_each_can_be_held_with_a_roll(preset: PresetId) -> None:
    charter = make(preset)
    roll = RollSummary(
        make_roll_summary(1).commitment,
        tuple((college.id, 40 + place) for place, college in enumerate(charter.colleges)),
    )
    outlook = foresee(charter, roll)
    assert outlook.holds
    assert outlook.protected == charter.protected


@pytest.mark.parametrize(
    ("preset", "rule", "votes", "outcome"),
    [
        pytest.param("user-led-51", "ordinary", [(1, 0), (0, 90), (0, 90)], "passed", id="51"),
        pytest.param("user-led-51", "special", [(9, 0), (0, 90), (0, 90)], "lost", id="51 special"),
        pytest.param("user-led-75", "special", [(1, 0), (0, 90), (0, 90)], "passed", id="75"),
        pytest.param("user-led-75", "special", [(99, 1), (0, 9), (0, 9)], "lost", id="not united"),
        pytest.param(
            "user-led-75", "transfer", [(1, 0), (0, 90), (0, 90)], "lost", id="75 without heads"
        ),
        pytest.param("classes", "ordinary", [(9, 0), (0, 9), (0, 9)], "lost", id="one class"),
        pytest.param("classes", "ordinary", [(9, 0), (0, 9), (9, 0)], "passed", id="two classes"),
        pytest.param("scic", "ordinary", [(9, 0), (0, 9), (0, 9)], "tied", id="half of a SCIC"),
        pytest.param("scic", "special", [(9, 0), (0, 9), (9, 0)], "passed", id="7 in 10 of a SCIC"),
        pytest.param("scic", "special", [(9, 0), (1, 2), (0, 9)], "lost", id="6 in 10 of a SCIC"),
        pytest.param(
            "class-consents", "special", [(2, 1), (90, 0), (9, 1), (3, 2)], "passed", id="consents"
        ),
        pytest.param(
            "class-consents",
            "special",
            [(1, 1), (90, 0), (9, 1), (3, 2)],
            "lost",
            id="one no",
        ),
        pytest.param(
            "class-consents",
            "special",
            [(2, 1), (2, 1), (2, 1), (2, 1)],
            "lost",
            id="too few",
        ),
        pytest.param(
            "class-consents", "ordinary", [(0, 9), (9, 0), (9, 0), (0, 8)], "passed", id="by heads"
        ),
        pytest.param("one-member-one-vote", "ordinary", [(5, 4)], "passed", id="one more"),
        pytest.param("one-member-one-vote", "ordinary", [(5, 5)], "tied", id="level"),
    ],
)
def test_who_passes_what(
    preset: PresetId, rule: Rule, votes: list[tuple[int, int]], outcome: str
) -> None:
    assert count(preset, rule, *votes).outcome == outcome


@pytest.mark.parametrize(
    ("members", "investors", "part"),
    [
        pytest.param(90, 5, Fraction(5, 95), id="few: as members"),
        pytest.param(90, 10, Fraction(1, 10), id="just a tenth"),
        pytest.param(90, 1000, Fraction(1, 10), id="many: a tenth of the votes cast"),
        pytest.param(1, 1, Fraction(1, 10), id="one of each"),
    ],
)
def test_investors_never_weigh_more_than_a_tenth_nor_one_more_than_a_member(
    members: int, investors: int, part: Fraction
) -> None:
    result = count("capped-investors", "ordinary", (members, 0), (0, investors))
    assert result.colleges[1].effective_share == part
    own, theirs = result.colleges[0].weight, result.colleges[1].weight
    assert own is not None
    assert theirs is not None
    assert theirs <= own
    assert result.outcome == "passed"


def test_without_members_investors_decide_nothing() -> None:
    assert count("capped-investors", "ordinary", (0, 0), (9, 0)).outcome == "void"
    assert make("capped-investors").protected == CollegeId("members")
