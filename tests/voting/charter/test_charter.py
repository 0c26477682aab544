"""The charter: what cannot be one, and its one byte form."""

import json
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    charters,
    make_charter,
    make_colleges,
)
from voting.canonical import format_canonical
from voting.charter.charter import Charter
from voting.charter.charter_format import charter_digest, format_charter, parse_charter
from voting.charter.errors import (
    CollegeSharesError,
    DuplicateCollegeError,
    EasySpecialError,
    FloorError,
    MissingFloorError,
    ProtectedShareError,
    UnknownCollegeError,
)
from voting.charter.motion_rules import MotionRule
from voting.charter.thresholds import Threshold
from voting.errors import CanonicalError, LimitError, MalformedError, VotingError
from voting.members import CollegeId

BYTES = (
    b'{"v":1,"name":{"en":"Example Care Co-operative","cy":"Cydweithfa Ofal Enghreifftiol"},'
    b'"statute":null,"colleges":[{"id":"supported",'
    b'"names":{"en":"People we support","cy":"Pobl a gefnogwn"},'
    b'"share":"51/100"},{"id":"employees","names":{"en":"Employees","cy":"Gweithwyr"},'
    b'"share":"17/50"},{"id":"community","names":{"en":"Community supporters",'
    b'"cy":"Cefnogwyr cymunedol"},"share":"3/20"}],"protected":"supported","scheme":"turnout",'
    b'"floors":[["supported",1]],"caps":[],"motions":[{"rule":"ordinary",'
    b'"threshold":{"share":"1/2","strict":true},"agree":[],"heads":null},{"rule":"special",'
    b'"threshold":{"share":"3/4","strict":false},"agree":[],"heads":null}],"council":[]}'
)


def test_the_byte_form() -> None:
    assert format_charter(make_charter()) == BYTES
    assert parse_charter(BYTES) == make_charter()
    assert charter_digest(make_charter()) == sha256(BYTES).hexdigest()


def test_defaults_are_more_than_half_and_three_quarters() -> None:
    charter = Charter(make_charter().name, make_colleges("1"), protected=None, floors={})
    assert charter.threshold("ordinary") == Threshold(Fraction(1, 2), strict=True)
    assert charter.threshold("special") == Threshold(Fraction(3, 4), strict=False)


def test_a_floor_is_one_unless_said_otherwise() -> None:
    charter = make_charter(floors={EMPLOYEES: 5, SUPPORTED: 10})
    assert [charter.floor(c.id) for c in charter.colleges] == [10, 5, 1]
    assert list(charter.floors) == [SUPPORTED, EMPLOYEES]


def test_a_college_is_found_or_unknown() -> None:
    assert make_charter().college(COMMUNITY).share == Fraction(3, 20)
    with pytest.raises(UnknownCollegeError) as error:
        make_charter().floor(CollegeId("board"))
    assert error.value.college == "board"


def test_no_college_need_be_protected() -> None:
    charter = make_charter("1/3", "1/3", "1/3", protected=None, floors={})
    assert parse_charter(format_charter(charter)) == charter


@given(charters(floors=9))
def test_every_charter_is_read_as_it_was_written(charter: Charter) -> None:
    assert parse_charter(format_charter(charter)) == charter


def _build(**changes: object) -> Charter:
    values: dict[str, object] = {
        "name": make_charter().name,
        "colleges": make_colleges("51/100", "17/50", "3/20"),
        "protected": SUPPORTED,
        "floors": {SUPPORTED: 1},
    }
    return Charter(**{**values, **changes})  # type: ignore[arg-type]


SPECIAL = MotionRule(Threshold(Fraction(3, 4), strict=False))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"colleges": ()}, LimitError, id="no college"),
        pytest.param({"colleges": make_colleges("1") * 17}, LimitError, id="too many colleges"),
        pytest.param(
            {"colleges": make_colleges("1/2") * 2}, DuplicateCollegeError, id="a college twice"
        ),
        pytest.param(
            {"colleges": make_colleges("51/100", "17/50")}, CollegeSharesError, id="sum below 1"
        ),
        pytest.param(
            {"colleges": make_colleges("1", "1/100")}, CollegeSharesError, id="sum above 1"
        ),
        pytest.param({"protected": "board"}, UnknownCollegeError, id="protects a stranger"),
        pytest.param(
            {"colleges": make_colleges("1/2", "1/4", "1/4")},
            ProtectedShareError,
            id="protects one half",
        ),
        pytest.param({"protected": EMPLOYEES}, ProtectedShareError, id="protects a minority"),
        pytest.param({"floors": {}}, MissingFloorError, id="protected without floor"),
        pytest.param({"floors": {SUPPORTED: 0}}, FloorError, id="a floor of nothing"),
        pytest.param({"floors": {SUPPORTED: 1_000_001}}, FloorError, id="a floor beyond all"),
        pytest.param(
            {"floors": {SUPPORTED: 1, "board": 1}}, UnknownCollegeError, id="a stranger's floor"
        ),
        pytest.param(
            {"ordinary": SPECIAL, "special": MotionRule(Threshold(Fraction(2, 3), strict=False))},
            EasySpecialError,
            id="special easier than ordinary",
        ),
        pytest.param(
            {"ordinary": MotionRule(Threshold(Fraction(3, 4), strict=True)), "special": SPECIAL},
            EasySpecialError,
            id="special easier by a hair",
        ),
    ],
)
def test_refused(changes: dict[str, object], expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        _build(**changes)


def _bend(change: Callable[[dict[str, Any]], object]) -> bytes:
    value = json.loads(BYTES)
    change(value)
    return format_canonical(value)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(BYTES + b"\n", CanonicalError, id="newline"),
        pytest.param(b" " * 65_537, CanonicalError, id="too large"),
        pytest.param(b"[]", MalformedError, id="a list"),
        pytest.param(_bend(lambda c: c.update(v=2)), MalformedError, id="another version"),
        pytest.param(_bend(lambda c: c.update(extra=1)), MalformedError, id="a field more"),
        pytest.param(_bend(lambda c: c.update(scheme="heads")), MalformedError, id="other scheme"),
        pytest.param(
            _bend(lambda c: c.update(protected=1)), MalformedError, id="a number protected"
        ),
        pytest.param(_bend(lambda c: c.update(floors=[["supported"]])), MalformedError, id="floor"),
        pytest.param(
            _bend(lambda c: c.update(floors=[["employees", 1], ["supported", 1]])),
            CanonicalError,
            id="floors in another order",
        ),
        pytest.param(
            _bend(lambda c: c.update(floors=[["supported", 1], ["supported", 1]])),
            CanonicalError,
            id="a floor twice",
        ),
        pytest.param(
            _bend(lambda c: c["motions"][0]["threshold"].update(share="0.5")),
            MalformedError,
            id="a float share",
        ),
        pytest.param(
            _bend(lambda c: c.update(colleges=[{"id": "supported"}])), MalformedError, id="college"
        ),
        pytest.param(
            _bend(lambda c: c.update(name={"en": "Example"})), MalformedError, id="one language"
        ),
    ],
)
def test_bytes_refused(raw: bytes, expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        parse_charter(raw)
