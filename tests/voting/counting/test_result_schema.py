"""The JSON schemas of what is counted: every result is of their shape, and bent ones are not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.voting.counting.boxes import Vote
from tests.voting.counting.schemes import scheme_polls, scheme_votes
from tests.voting.examples import Poll, make_motion
from voting.counting.count import count_contest
from voting.counting.election_file import parse_election
from voting.counting.file_count import FILE_METHODS, count_file
from voting.counting.file_result import format_count
from voting.counting.motion import count_motion
from voting.counting.result import format_result
from voting.errors import FileMethodError

ROOT = Path(__file__).resolve().parents[3]
FORMATS = ROOT / "docs" / "formats"
UUID = "ExampLeuuid123"


def load(name: str) -> Any:
    return json.loads((FORMATS / name).read_text(encoding="utf-8"))


SCHEMAS = {name: load(f"{name}.schema.json") for name in ("result", "counting")}
EMPTY: Any = Registry()  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
REGISTRY = EMPTY.with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)
RESULT: Any = Draft202012Validator(SCHEMAS["result"], registry=REGISTRY)
COUNTING: Any = Draft202012Validator(SCHEMAS["counting"], registry=REGISTRY)
VECTORS = [
    case["expect"]
    for name in ("motions.json", "counts.json")
    for case in json.loads((ROOT / "tests/vectors" / name).read_text(encoding="utf-8"))["cases"]
]


def wrap(*contests: Any) -> dict[str, Any]:
    return {"v": 1, "election": UUID, "contests": [*contests]}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _walk(each)
    elif isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        yield fields
        yield from _walk([*fields.values()])


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_object_may_have_a_field_more_or_less(name: str) -> None:
    objects = [each for each in _walk(SCHEMAS[name]) if "required" in each and "type" in each]
    closed = [each for each in objects if "properties" in each]
    assert len(closed) >= 3
    for each in closed:
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])


def test_every_published_result_is_one() -> None:
    assert len(VECTORS) > 400
    for contest in VECTORS:
        RESULT.validate(wrap(contest))


@settings(max_examples=60)
@given(scheme_polls())
def test_every_motion_is_one(poll: Poll) -> None:
    charter, tallies = poll
    result = count_motion(charter, make_motion(), tallies)
    RESULT.validate(json.loads(format_result(UUID, [result])))


@settings(max_examples=60)
@given(scheme_votes())
def test_every_choice_is_one(vote: Vote) -> None:
    RESULT.validate(json.loads(format_result(UUID, [count_contest(*vote)])))


def find(**fields: object) -> Any:
    """A copy of the first published result with these fields."""
    found = next(c for c in VECTORS if all(c.get(name) == v for name, v in fields.items()))
    return json.loads(json.dumps(found))


Change = Callable[[Any], object]
MOTION: dict[str, object] = {"method": "motion/v1", "outcome": "passed"}
MARKS: dict[str, object] = {"method": "block/v1", "outcome": "elected", "scheme": "turnout"}
SEATS: dict[str, object] = {"scheme": "seats", "outcome": "elected"}
VOID: dict[str, object] = {"method": "irv/v1", "outcome": "void"}

BENT: list[tuple[str, dict[str, object], Change]] = [
    ("a field more", MOTION, lambda c: c.update(more=1)),
    ("a field less", MOTION, lambda c: c.pop("agreements")),
    ("a decimal", MOTION, lambda c: c.update({"for": "0.5"})),
    ("a float", MOTION, lambda c: c.update({"for": 0.5})),
    ("below nothing", MOTION, lambda c: c.update({"for": "-1/2"})),
    ("a leading nought", MOTION, lambda c: c.update({"for": "01/2"})),
    ("by nothing", MOTION, lambda c: c.update({"for": "1/0"})),
    ("an outcome", MOTION, lambda c: c.update(outcome="elected")),
    ("a scheme", MOTION, lambda c: c.update(scheme="seats")),
    ("a rule", MOTION, lambda c: c.update(rule="other")),
    ("a digest", MOTION, lambda c: c.update(charter="AB" * 32)),
    ("a contest's id", MOTION, lambda c: c.update(contest="-1")),
    ("no college", MOTION, lambda c: c.update(colleges=[])),
    ("an invalid answer", MOTION, lambda c: c["colleges"][0].update(invalid=1)),
    ("half a ballot", MOTION, lambda c: c["colleges"][0].update(roll=1.5)),
    ("a floor of nothing", MOTION, lambda c: c["colleges"][0].update(floor=0)),
    ("an associate", MOTION, lambda c: c["colleges"][0].update(id="associate")),
    ("passed for a reason", MOTION, lambda c: c.update(reasons=["nothing-counted"])),
    ("void for none", MOTION, lambda c: c.update(outcome="void")),
    ("an unknown reason", MOTION, lambda c: c.update(outcome="void", reasons=["rain"])),
    ("heads", MOTION, lambda c: c.update(head_count={"for": 1})),
    ("a cap of nothing", MOTION, lambda c: c.update(caps=[CAP | {"part": None}])),
    ("method", MARKS, lambda c: c.update(method="borda/v1")),
    ("arithmetic", MARKS, lambda c: c.update(arithmetic="decimal-5")),
    ("no marks", MARKS, lambda c: c["colleges"][0].update(marks=None)),
    ("pairs", MARKS, lambda c: c.update(pairwise=[["0"]])),
    ("grades", MARKS, lambda c: c.update(grades=[["0"]])),
    ("a quota", MARKS, lambda c: c.update(quota="1/3")),
    ("a bloc of two marks", MARKS, lambda c: c.update(scheme="bloc")),
    ("seats of no college", MARKS, lambda c: c.update(scheme="seats")),
    ("vacant seats of all", MARKS, lambda c: c.update(vacant=1)),
    ("a seed", MARKS, lambda c: c.update(seed="00")),
    ("option nought", MARKS, lambda c: c["elected"][0].update(option=0)),
    ("an action", MARKS, lambda c: c["stages"][0].update(action="other")),
    ("a total below nothing", MARKS, lambda c: c["stages"][0].update(totals=["-1"])),
    ("reserved seats of two", SEATS, lambda c: c.update(colleges=c["colleges"] * 2)),
    ("reserved seats with a cap", SEATS, lambda c: c.update(caps=[CAP])),
    ("reserved seats of nobody", SEATS, lambda c: c.update(college=None)),
    ("elected and void", VOID, lambda c: c.update(elected=find(**MARKS)["elected"])),
    ("a weight and void", VOID, lambda c: c.update(total_weight="1")),
    ("lapsed and void", VOID, lambda c: c.update(lapsed=["employees"])),
]
CAP: dict[str, object] = {"college": "community", "ballots": None, "part": "1/10"}


def test_what_is_bent_here_was_right_before() -> None:
    for fields in (MOTION, MARKS, SEATS, VOID):
        assert RESULT.is_valid(wrap(find(**fields)))


@pytest.mark.parametrize(
    ("fields", "change"), [pytest.param(*case[1:], id=case[0]) for case in BENT]
)
def test_bent_results_are_not(fields: dict[str, object], change: Change) -> None:
    contest = find(**fields)
    change(contest)
    assert not RESULT.is_valid(wrap(contest))


def test_the_bytes_around_it() -> None:
    right = wrap(find(**MOTION))
    for bent in ({**right, "v": 2}, {**right, "election": "l" * 14}, wrap(), [right]):
        assert not RESULT.is_valid(bent)


# --- counts of files ----------------------------------------------------------------------

FILE: dict[str, Any] = {
    "seats": 1,
    "candidates": ["For", "Against"],
    "protected": "one",
    "colleges": [
        {"name": "one", "share": "51/100", "ballots": [[3, [0, 1]], [1, [1]], [1, []]]},
        {"name": "two", "share": "49/100", "ballots": [[2, [1]], [1, [0, 0]]]},
    ],
}
GRADED: dict[str, Any] = {
    **FILE,
    "grades": ["Good", "Poor"],
    "colleges": [{**FILE["colleges"][0], "share": "1"}],
}


def test_every_count_of_a_file_is_one() -> None:
    counted: list[str] = []
    files: list[dict[str, Any]] = [FILE, {**FILE, "top": 1}, GRADED]
    for value in files:
        alone = {**value, "colleges": [{**value["colleges"][0], "share": "1"}]}
        for content in (value, alone):
            election = parse_election(json.dumps(content).encode())
            for method in FILE_METHODS:
                try:
                    raw = format_count(count_file(election, method))
                except FileMethodError:
                    continue
                COUNTING.validate(json.loads(raw))
                counted.append(method)
    assert {*counted} == {*FILE_METHODS}


@pytest.mark.parametrize(
    "fields",
    [
        {"more": 1},
        {"v": 2},
        {"scheme": "roll"},
        {"outcome": "won"},
        {"total_weight": "0.5"},
        {"elected": [""]},
        {"digest": None},
        {"colleges": []},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_bent_counts_are_not(fields: dict[str, object]) -> None:
    raw = format_count(count_file(parse_election(json.dumps(FILE).encode()), "motion"))
    value = json.loads(raw)
    assert COUNTING.is_valid(value)
    assert not COUNTING.is_valid({**value, **fields})
