"""The question that each kind of contest is in a box, byte by byte."""

import json

import pytest

from audit.setup_checks import make_box_election, make_question
from ballots.election import parse_election
from ballots.questions import ShuffledQuestion, format_question, read_question
from tests.assembly import BOXES, EVERY_FORM, MOTION, RESERVED, Plan, hold_election
from tests.voting.examples import make_choice, make_motion
from voting.contests import Contest
from voting.manifest import Manifest
from voting.members import CollegeId
from voting.option_contests import METHODS, Method

STV = {"method": "STV", "blank": True, "seats": 2}
HINTS: dict[Method, object] = {
    "irv": STV | {"seats": 1},
    "stv-exact": STV,
    "stv-meek": STV,
    "stv-scottish": STV,
    "schulze": {"method": "Schulze", "blank": True},
    "ranked-pairs": None,
    "score": None,
    "majority-judgment": {
        "method": "MajorityJudgment",
        "blank": True,
        "grades": ["Very good", "Good", "Poor"],
    },
}
MOST: dict[Method, int] = {"plurality": 1, "block": 2, "approval": 3}


def as_json(contest: Contest) -> str:
    return json.dumps(format_question(make_question(contest)), separators=(",", ":"))


def test_a_motion_is_for_or_against_or_blank() -> None:
    assert as_json(make_motion()) == (
        '{"answers":["For","Against"],"blank":true,"min":1,"max":1,'
        '"question":"Shall we open a garden?"}'
    )


@pytest.mark.parametrize("method", sorted(MOST))
def test_marks_are_flags_with_blank_before_them(method: Method) -> None:
    assert as_json(make_choice(method, options=3)) == (
        '{"answers":["Option 1","Option 2","Option 3"],"blank":true,"min":1,'
        f'"max":{MOST[method]},"question":"Who shall be on the council?"}}'
    )


@pytest.mark.parametrize("method", sorted(HINTS))
def test_numbers_are_shuffled_and_the_tool_is_told_how_they_are_counted(method: Method) -> None:
    written = as_json(make_choice(method, options=3))
    hint = HINTS[method]
    extra = "" if hint is None else f',"extra":{json.dumps(hint, separators=(",", ":"))}'
    assert written == (
        '{"type":"NonHomomorphic","value":{"answers":["Option 1","Option 2","Option 3"],'
        f'"question":"Who shall be on the council?"}}{extra}}}'
    )
    assert isinstance(read_question(json.loads(written)), ShuffledQuestion)


def test_every_method_has_its_question() -> None:
    assert HINTS.keys() | MOST.keys() == set(METHODS)


@pytest.mark.parametrize(
    ("plan", "college", "asked"),
    [
        (MOTION, "supported", ["1"]),
        (EVERY_FORM, "supported", ["1", "days", "council", "colour"]),
        (RESERVED, "supported", ["ours", "1"]),
        (RESERVED, "employees", ["1", "theirs"]),
        (RESERVED, "community", ["1"]),
    ],
)
def test_a_box_has_one_question_for_each_contest_of_its_college_in_order(
    plan: Plan, college: str, asked: list[str]
) -> None:
    found: dict[str, object] = {}

    def bend(name: str, value: object) -> object:
        found[name] = value
        return value

    hold_election(bend, plan=plan, until="announced")
    raw, manifest = found[f"election:{college}"], found["manifest"]
    assert isinstance(raw, bytes)
    assert isinstance(manifest, Manifest)
    election = parse_election(raw)
    contests = {contest.id: contest for contest in manifest.contests}
    assert election.questions == tuple(make_question(contests[each]) for each in asked)
    assert election.uuid == BOXES[college]
    digest = election.description.rpartition(":")[2]
    made = make_box_election(manifest, digest, CollegeId(college), election.public_key)
    assert made == election
