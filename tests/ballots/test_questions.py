"""Questions: three kinds, one form each."""

import json
from typing import Any

import pytest

from ballots.election import (
    AnyQuestion,
    Election,
    ListsQuestion,
    Question,
    ShuffledQuestion,
    parse_election,
)
from ballots.encoding import format_json
from ballots.errors import (
    BallotError,
    MalformedJsonError,
    OversizedError,
    QuestionRulesError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from ballots.questions import format_question, format_row, read_question, read_row
from tests.ballots.assembly import LISTS, RANKED
from tests.ballots.box import CHOICE, MOTION, edit, make_box

ELECTION = make_box().election


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param(
            Question("q", ("a",), 0, 1, extra='{"b":[1,"é"]}'),
            '{"type":"Homomorphic","value":{"answers":["a"],"min":0,"max":1,"question":"q"},'
            '"extra":{"b":[1,"é"]}}',
            id="homomorphic",
        ),
        pytest.param(
            ShuffledQuestion("q", ("a", "b")),
            '{"type":"NonHomomorphic","value":{"answers":["a","b"],"question":"q"}}',
            id="shuffled",
        ),
        pytest.param(
            RANKED,
            '{"type":"NonHomomorphic","value":{"answers":["Ada","Béla","Cleo"],'
            '"question":"Rank the three"},"extra":{"method":"STV","seats":2,"blank":false}}',
            id="ranked",
        ),
        pytest.param(
            LISTS,
            '{"type":"Lists","value":{"answers":[["Mill","Ann","Bo"],["River","Cy","Dee"]],'
            '"question":"Which list?"}}',
            id="lists",
        ),
        pytest.param(
            ListsQuestion("q", (("a", "b"),), "null"),
            '{"type":"Lists","value":{"answers":[["a","b"]],"question":"q"},"extra":null}',
            id="lists-extra",
        ),
    ],
)
def test_a_question_has_one_form(question: AnyQuestion, text: str) -> None:
    assert format_json(format_question(question)) == text.encode()
    assert read_question(json.loads(text)) == question
    election = Election(
        ELECTION.uuid, "name", "description", ELECTION.public_key, (question, MOTION)
    )
    assert parse_election(election.raw) == election


def test_widths_and_what_is_shuffled() -> None:
    assert [q.width for q in (MOTION, CHOICE, RANKED, LISTS)] == [3, 3, 1, 6]
    assert not ELECTION.is_shuffled
    questions = (MOTION, RANKED, LISTS)
    mixed = Election(ELECTION.uuid, "", "", ELECTION.public_key, questions)
    assert mixed.is_shuffled
    assert mixed.options == 10


SHUFFLED = {"answers": ["a"], "question": "q"}
LISTED = {"answers": [["a", "b"]], "question": "q"}
PLAIN = {"answers": ["a"], "min": 0, "max": 1, "question": "q"}


@pytest.mark.parametrize(
    ("value", "error"),
    [
        pytest.param({"type": "NonHomomorphic"}, WrongFieldsError, id="no-value"),
        pytest.param({"value": SHUFFLED, "type": "NonHomomorphic"}, WrongFieldsError, id="order"),
        pytest.param({"type": "Ranked", "value": SHUFFLED}, WrongValueError, id="kind"),
        pytest.param({"type": ["Lists"], "value": LISTED}, WrongValueError, id="kind-list"),
        pytest.param({"type": "Homomorphic", "value": PLAIN}, WrongValueError, id="needless"),
        pytest.param(
            {"type": "Homomorphic", "value": SHUFFLED, "extra": 1}, WrongFieldsError, id="mixed-up"
        ),
        pytest.param(
            {"type": "NonHomomorphic", "value": PLAIN}, WrongFieldsError, id="mixed-up-too"
        ),
        pytest.param({"type": "Lists", "value": SHUFFLED}, WrongValueError, id="no-lists"),
        pytest.param(
            {"type": "NonHomomorphic", "value": SHUFFLED | {"answers": []}},
            QuestionRulesError,
            id="no-answers",
        ),
        pytest.param(
            {"type": "NonHomomorphic", "value": SHUFFLED | {"answers": ["a"] * 31}},
            QuestionRulesError,
            id="more-than-fit",
        ),
        pytest.param(
            {"type": "NonHomomorphic", "value": SHUFFLED | {"answers": ["a"] * 51}},
            OversizedError,
            id="many",
        ),
        pytest.param(
            {"type": "Lists", "value": LISTED | {"answers": []}}, QuestionRulesError, id="no-list"
        ),
        pytest.param(
            {"type": "Lists", "value": LISTED | {"answers": [["a", "b"], []]}},
            QuestionRulesError,
            id="list-without-name",
        ),
        pytest.param(
            {"type": "Lists", "value": LISTED | {"answers": [["a"], ["b"]]}},
            QuestionRulesError,
            id="no-candidates",
        ),
        pytest.param(
            {"type": "Lists", "value": LISTED | {"answers": [["a"] * 501] * 2}},
            QuestionRulesError,
            id="too-many-candidates",
        ),
    ],
)
def test_other_questions_are_refused(value: Any, error: type[BallotError]) -> None:
    with pytest.raises(error):
        read_question(value)


def test_other_extra_data_are_refused() -> None:
    with pytest.raises(MalformedJsonError):
        Election(
            ELECTION.uuid, "", "", ELECTION.public_key, (ShuffledQuestion("q", ("a",), "{ }"),)
        )
    raw = edit(
        ELECTION.raw,
        lambda e: e.update(
            questions=[{"type": "NonHomomorphic", "value": SHUFFLED, "extra": "EXTRA"}]
        ),
    )
    for extra in (b"1.5", b'{"a":1,"a":1}', b"[" * 40 + b"]" * 40):
        with pytest.raises(MalformedJsonError):
            parse_election(raw.replace(b'"EXTRA"', extra))


def test_rows_are_divided_by_lists() -> None:
    row = (1, 2, 3, 4, 5, 6)
    assert format_row(LISTS, row) == [[1, 2, 3], [4, 5, 6]]
    assert read_row(LISTS, [[1, 2, 3], [4, 5, 6]], "row", _read) == row
    assert format_row(MOTION, row) == list(row)
    assert read_row(RANKED, [1, 2, 3, 4], "row", _read) == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("question", "value", "count"),
    [
        (LISTS, [[1, 2, 3]], None),
        (LISTS, [[1, 2], [3, 4, 5, 6]], None),
        (MOTION, [1, 2], None),
        (RANKED, [1, 2], 3),
    ],
)
def test_rows_of_another_shape_are_refused(
    question: AnyQuestion, value: Any, count: int | None
) -> None:
    with pytest.raises(WrongLengthError):
        read_row(question, value, "row", _read, count=count)


def _read(value: object) -> object:
    return value
