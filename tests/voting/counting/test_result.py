"""The result: one byte form, counted again whenever it is read."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.examples import make_charter, make_motion, make_tallies, polls
from voting.canonical import format_canonical
from voting.charter.charter import Charter
from voting.charter.charter_format import charter_digest
from voting.charter.errors import (
    CapError,
    CollegeSharesError,
    DuplicateCollegeError,
    EqualSharesError,
    FloorError,
    HeadCountError,
    ProtectedSchemeError,
    ProtectedShareError,
    StatutoryHeadCountError,
    ThresholdError,
    UnknownCollegeError,
)
from voting.counting.motion import CollegeTally, count_motion
from voting.counting.result import MAX_RESULT, Result, format_result, parse_result
from voting.errors import (
    CanonicalError,
    DuplicateContestError,
    IdentifierError,
    LimitError,
    MalformedError,
    ResultMismatchError,
    TallySumError,
    VotingError,
)

UUID = "ExampLeuuid123"
PASSED = count_motion(make_charter(), make_motion(), make_tallies((9, 1, 2), (20, 30), (0, 0)))
BYTES = format_result(UUID, [PASSED])
Poll = tuple[Charter, list[CollegeTally]]


def test_the_byte_form() -> None:
    assert json.loads(BYTES) == {
        "v": 1,
        "election": UUID,
        "contests": [
            {
                "contest": "1",
                "method": "motion/v1",
                "scheme": "turnout",
                "arithmetic": "fraction",
                "charter": charter_digest(make_charter()),
                "rule": "ordinary",
                "threshold": {"share": "1/2", "strict": True},
                "caps": [],
                "colleges": [
                    {
                        "id": "supported",
                        "roll": 13,
                        "cast": 12,
                        "counted": 10,
                        "blank": 2,
                        "invalid": 0,
                        "for": 9,
                        "against": 1,
                        "share": "51/100",
                        "floor": 1,
                        "weight": "51/1000",
                        "capped": False,
                        "effective_share": "3/5",
                    },
                    {
                        "id": "employees",
                        "roll": 51,
                        "cast": 50,
                        "counted": 50,
                        "blank": 0,
                        "invalid": 0,
                        "for": 20,
                        "against": 30,
                        "share": "17/50",
                        "floor": 1,
                        "weight": "17/2500",
                        "capped": False,
                        "effective_share": "2/5",
                    },
                    {
                        "id": "community",
                        "roll": 1,
                        "cast": 0,
                        "counted": 0,
                        "blank": 0,
                        "invalid": 0,
                        "for": 0,
                        "against": 0,
                        "share": "3/20",
                        "floor": 1,
                        "weight": None,
                        "capped": False,
                        "effective_share": "0",
                    },
                ],
                "for": "119/200",
                "against": "51/200",
                "counted_share": "17/20",
                "outcome": "passed",
                "reasons": [],
                "lapsed": ["community"],
                "agreements": [],
                "head_count": None,
                "guarantee": {
                    "protected": "supported",
                    "share": "51/100",
                    "effective_share": "3/5",
                    "control": True,
                    "cohesion_needed": "5/6",
                    "cohesion_strict": True,
                    "holds": True,
                    "reasons": [],
                },
            }
        ],
    }


def test_it_is_read_as_it_was_written() -> None:
    assert parse_result(BYTES) == Result(UUID, (PASSED,))


@given(polls(floors=3), polls(protected=False), st.sampled_from(["ordinary", "special"]))
def test_every_result_is_read_as_it_was_written(first: Poll, second: Poll, rule: Any) -> None:
    motions = make_motion(rule), make_motion()
    results = (
        count_motion(first[0], motions[0], first[1]),
        count_motion(second[0], _renamed(), second[1]),
    )
    assert parse_result(format_result(UUID, results)) == Result(UUID, results)


def _renamed() -> Any:
    motion = make_motion()
    return type(motion)("2", motion.rule, motion.texts)


def test_a_result_is_of_an_election_with_contests() -> None:
    with pytest.raises(IdentifierError):
        format_result("short", [PASSED])
    with pytest.raises(LimitError):
        format_result(UUID, [])
    with pytest.raises(DuplicateContestError):
        format_result(UUID, [PASSED, PASSED])


MORE_THAN_HALF = {"share": "1/2", "strict": True}
CAP: dict[str, object] = {"college": "employees", "ballots": None, "part": "1/10"}
AGREED = {"college": "employees", "threshold": MORE_THAN_HALF, "agreed": True}
STRANGER = {"college": "board", "threshold": MORE_THAN_HALF, "agreed": True}
HEADS: dict[str, object] = {
    "for": 29,
    "against": 32,
    "roll": 65,
    "threshold": MORE_THAN_HALF,
    "turnout": "0",
    "reached": False,
}


def _bend(change: Callable[[Any], object]) -> bytes:
    value = json.loads(BYTES)
    change(value["contests"][0])
    return format_canonical(value)


def _college(place: int, **fields: object) -> bytes:
    return _bend(lambda contest: contest["colleges"][place].update(fields))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(_bend(lambda c: c.update(outcome="lost")), id="outcome"),
        pytest.param(_bend(lambda c: c.update({"for": "119/201"})), id="For"),
        pytest.param(_bend(lambda c: c.update(against="0")), id="Against"),
        pytest.param(_bend(lambda c: c.update(counted_share="1")), id="counted share"),
        pytest.param(_bend(lambda c: c.update(lapsed=[])), id="a lapse unsaid"),
        pytest.param(_bend(lambda c: c.update(reasons=["nothing-counted"])), id="reasons"),
        pytest.param(_bend(lambda c: c.update(head_count=HEADS)), id="head count"),
        pytest.param(_bend(lambda c: c.update(agreements=[AGREED])), id="an agreement"),
        pytest.param(_bend(lambda c: c.update(agreements=[STRANGER])), id="a stranger's"),
        pytest.param(_bend(lambda c: c.update(caps=[CAP])), id="a cap that took something"),
        pytest.param(_college(0, capped=True), id="capped"),
        pytest.param(_bend(lambda c: c.update(method="motion/v2")), id="method"),
        pytest.param(_bend(lambda c: c.update(scheme="bloc")), id="scheme"),
        pytest.param(_bend(lambda c: c["guarantee"].update(holds=False)), id="guarantee"),
        pytest.param(_bend(lambda c: c["guarantee"].update(cohesion_needed="1/2")), id="cohesion"),
        pytest.param(_bend(lambda c: c["guarantee"].update(protected=None)), id="unprotected"),
        pytest.param(
            _bend(lambda c: c.update(threshold={"share": "3/4", "strict": False})), id="t"
        ),
        pytest.param(_college(0, counted=12), id="counted"),
        pytest.param(_college(0, invalid=1), id="invalid"),
        pytest.param(_college(0, weight="51/1200"), id="weight"),
        pytest.param(_college(0, effective_share="51/100"), id="effective share"),
        pytest.param(_college(2, weight="0"), id="weight of a lapsed college"),
        pytest.param(_college(0, **{"for": 10, "against": 0}), id="one vote turned"),
        pytest.param(_college(1, floor=51), id="floor"),
    ],
)
def test_arithmetic_that_is_wrong_in_any_digit_is_refused(raw: bytes) -> None:
    with pytest.raises(ResultMismatchError):
        parse_result(raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b" " * (MAX_RESULT + 1), CanonicalError, id="too large"),
        pytest.param(BYTES + b"\n", CanonicalError, id="newline"),
        pytest.param(b'{"v":1}', MalformedError, id="fields missing"),
        pytest.param(BYTES.replace(b'"v":1', b'"v":2'), MalformedError, id="another version"),
        pytest.param(BYTES.replace(UUID.encode(), b"short"), IdentifierError, id="uuid"),
        pytest.param(_bend(lambda c: c.update(contest="")), IdentifierError, id="contest"),
        pytest.param(_bend(lambda c: c.update(charter="x")), IdentifierError, id="charter"),
        pytest.param(_bend(lambda c: c.update(rule="other")), MalformedError, id="rule"),
        pytest.param(_bend(lambda c: c.update(scheme="seats")), MalformedError, id="seats"),
        pytest.param(_bend(lambda c: c.update(scheme="roll")), ProtectedSchemeError, id="roll"),
        pytest.param(_bend(lambda c: c.update(scheme="none")), EqualSharesError, id="none"),
        pytest.param(_bend(lambda c: c.update(head_count=3)), MalformedError, id="heads"),
        pytest.param(
            _bend(lambda c: c.update(head_count=HEADS | {"turnout": "2"})),
            HeadCountError,
            id="a turnout above 1",
        ),
        pytest.param(
            _bend(lambda c: c.update(rule="conversion")), StatutoryHeadCountError, id="no heads"
        ),
        pytest.param(
            _bend(lambda c: c["guarantee"].update(protected="employees")),
            ProtectedShareError,
            id="a minority protected",
        ),
        pytest.param(_bend(lambda c: c.update(agreements=[1])), MalformedError, id="agreement"),
        pytest.param(_bend(lambda c: c.update(caps=None)), MalformedError, id="caps"),
        pytest.param(
            _bend(lambda c: c.update(caps=[CAP | {"college": "supported"}])),
            CapError,
            id="a cap of the protected",
        ),
        pytest.param(_bend(lambda c: c.pop("method")), MalformedError, id="no method"),
        pytest.param(_bend(lambda c: c.update(guarantee={})), MalformedError, id="no guarantee"),
        pytest.param(
            _bend(lambda c: c["guarantee"].update(protected=1)), MalformedError, id="protected"
        ),
        pytest.param(
            _bend(lambda c: c["guarantee"].update(protected="board")),
            UnknownCollegeError,
            id="a stranger protected",
        ),
        pytest.param(
            _bend(lambda c: c.update(threshold={"share": "1/3", "strict": True})),
            ThresholdError,
            id="a threshold below a half",
        ),
        pytest.param(_bend(lambda c: c.update(colleges=[])), LimitError, id="no colleges"),
        pytest.param(
            _bend(lambda c: c.update(colleges=c["colleges"] * 6)), LimitError, id="18 colleges"
        ),
        pytest.param(
            _bend(lambda c: c.update(colleges=c["colleges"] * 2)),
            DuplicateCollegeError,
            id="a college twice",
        ),
        pytest.param(
            _bend(lambda c: c.update(colleges=c["colleges"][:2])),
            CollegeSharesError,
            id="a college left out",
        ),
        pytest.param(_college(0, share="0"), CollegeSharesError, id="no share"),
        pytest.param(_college(0, floor=0), FloorError, id="no floor"),
        pytest.param(_college(0, id="Board"), IdentifierError, id="no college's id"),
        pytest.param(_college(0, cast=13), TallySumError, id="more cast than sum"),
        pytest.param(_college(0, roll=11), TallySumError, id="more cast than members"),
        pytest.param(_college(0, roll=10**3000), TallySumError, id="an endless roll"),
        pytest.param(_college(0, roll="13"), MalformedError, id="a text for a number"),
        pytest.param(_college(0, extra=1), MalformedError, id="a field more"),
    ],
)
def test_refused(raw: bytes, expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        parse_result(raw)
