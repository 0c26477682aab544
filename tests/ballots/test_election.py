"""Election records: one form, and what they may not say."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.election import Election, Question, format_election, parse_election
from ballots.encoding import base64_digest, format_json
from ballots.errors import (
    BallotError,
    IdentityPointError,
    MalformedJsonError,
    OversizedError,
    PointFormError,
    PointOutsideGroupError,
    QuestionRulesError,
    UnsupportedError,
    UuidFormError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from tests.ballots.box import CHOICE, MOTION, SMALL_ORDER, Edit, edit, make_box, some, text_of

ELECTION = make_box((MOTION, CHOICE)).election


def test_what_is_written_is_read() -> None:
    assert parse_election(format_election(ELECTION)) == ELECTION
    assert ELECTION.fingerprint == base64_digest(ELECTION.raw)
    assert ELECTION.options == 6


def test_optional_fields_are_kept() -> None:
    full = replace(
        ELECTION,
        administrator="Example Officer",
        credential_authority="Example Registrar",
        language=("cy", "ltr"),
        questions=(replace(MOTION, blank=False),),
    )
    assert b'"blank":false' in full.raw
    assert parse_election(full.raw) == full
    assert parse_election(ELECTION.raw).language is None


def test_another_text_gives_another_fingerprint() -> None:
    assert replace(ELECTION, name="Another").fingerprint != ELECTION.fingerprint


def _set(*path: Any) -> Edit:
    *way, last, value = path

    def change(thing: Any) -> None:
        for step in way:
            thing = thing[step]
        thing[last] = value

    return change


def _question(question: Any) -> Edit:
    return _set("questions", [question])


HOMOMORPHIC = {"answers": ["a"], "min": 0, "max": 1, "question": "q"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(_set("version", 2), UnsupportedError, id="version"),
        pytest.param(_set("version", True), MalformedJsonError, id="version-true"),
        pytest.param(_set("group", "BELENIOS-2048"), UnsupportedError, id="group"),
        pytest.param(_set("uuid", "0" * 14), UuidFormError, id="uuid"),
        pytest.param(_set("name", 1), WrongValueError, id="name"),
        pytest.param(_set("name", "x" * 20_001), OversizedError, id="name-long"),
        pytest.param(_set("extra", 1), WrongFieldsError, id="extra-field"),
        pytest.param(lambda e: e.pop("name"), WrongFieldsError, id="missing-field"),
        pytest.param(_set("administrator", None), WrongValueError, id="null"),
        pytest.param(_set("language", ["cy"]), WrongLengthError, id="language-short"),
        pytest.param(_set("language", ["cy", "up"]), WrongValueError, id="language-direction"),
        pytest.param(
            _set("public_key", ELECTION.public_key.upper()), PointFormError, id="key-upper-case"
        ),
        pytest.param(_set("public_key", "0" * 63 + "1"), IdentityPointError, id="key-identity"),
        pytest.param(
            _set("public_key", text_of(SMALL_ORDER["order-8"])),
            PointOutsideGroupError,
            id="key-small-order",
        ),
        pytest.param(_set("questions", []), WrongValueError, id="no-questions"),
        pytest.param(_set("questions", [HOMOMORPHIC] * 51), OversizedError, id="many-questions"),
        pytest.param(_question([]), WrongValueError, id="question-list"),
        pytest.param(_question(HOMOMORPHIC | {"x": 1}), WrongFieldsError, id="question-extra"),
        pytest.param(_question(HOMOMORPHIC | {"max": 2}), QuestionRulesError, id="max-above"),
        pytest.param(_question(HOMOMORPHIC | {"min": 2}), QuestionRulesError, id="min-above"),
        pytest.param(_question(HOMOMORPHIC | {"max": 0}), WrongValueError, id="max-0"),
        pytest.param(_question(HOMOMORPHIC | {"min": -1}), WrongValueError, id="min-negative"),
        pytest.param(_question(HOMOMORPHIC | {"min": False}), WrongValueError, id="min-false"),
        pytest.param(
            _question(HOMOMORPHIC | {"answers": ["a"] * 51}), OversizedError, id="many-answers"
        ),
        pytest.param(_question(HOMOMORPHIC | {"answers": []}), QuestionRulesError, id="no-answers"),
        pytest.param(
            _question({"answers": ["a"], "blank": None, "min": 0, "max": 1, "question": "q"}),
            WrongValueError,
            id="blank-null",
        ),
        pytest.param(
            _question({"answers": ["a"], "blank": 1, "min": 0, "max": 1, "question": "q"}),
            WrongValueError,
            id="blank-1",
        ),
    ],
)
def test_other_elections_are_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        parse_election(edit(ELECTION.raw, change))


def test_reordered_fields_are_refused() -> None:
    value = json.loads(ELECTION.raw)
    with pytest.raises(WrongFieldsError):
        parse_election(format_json(dict(reversed(value.items()))))


def test_an_oversized_election_is_refused() -> None:
    with pytest.raises(OversizedError):
        parse_election(b"[" + b"1," * 2**20 + b"1]")


def test_a_question_that_nobody_can_answer_does_not_exist() -> None:
    with pytest.raises(QuestionRulesError):
        Question("q", ("a",), 0, 0)


def test_an_election_without_questions_does_not_exist() -> None:
    with pytest.raises(WrongValueError):
        Election(ELECTION.uuid, "", "", ELECTION.public_key, ())


@some
@given(st.integers(0, len(ELECTION.raw) - 1), st.integers(0, 255))
def test_whatever_byte_is_changed_it_is_another_election_or_an_error(at: int, byte: int) -> None:
    raw = ELECTION.raw[:at] + bytes([byte]) + ELECTION.raw[at + 1 :]
    try:
        assert parse_election(raw).raw == raw
    except BallotError:
        assert raw != ELECTION.raw
