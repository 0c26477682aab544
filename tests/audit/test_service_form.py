"""What the service's own elections have: strictly, any other form is refused."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.archive_file import verify_file
from audit.record_errors import NotOfTheServiceError
from ballots.election import AnyQuestion, Election, Question, ShuffledQuestion
from tests.assembly import BOXES, ELECTION, FOR, RESERVED
from tests.assembly import hold_election as hold_whole_election
from tests.audit.archive_files import MIXED, OPENED, refuse, write, write_proofs
from tests.ballots.assembly import LISTS, Assembly, hold_election
from tests.ballots.box import MOTION
from tests.voting.examples import make_choice
from voting.canonical import format_canonical
from voting.members import CollegeId

OURS = "teg:sha256:" + "0" * 64
MANY = (
    Question("Who?", ("Ann", "Bo", "Cy"), 1, 2, blank=True),
    ShuffledQuestion("Rank", ("Ann", "Bo"), '{"method":"STV","blank":true,"seats":1}'),
    ShuffledQuestion("Rank", ("Ann", "Bo"), '{"method":"Schulze","blank":true}'),
    ShuffledQuestion(
        "Grade", ("Ann", "Bo"), '{"method":"MajorityJudgment","blank":true,"grades":["A","B"]}'
    ),
    ShuffledQuestion("Score", ("Ann", "Bo")),
)
MANY_VOTES = (((0, 1, 1, 0), (1, 2), (2, 1), (1, 1), (0, 0)),)


def _hold_ours(**options: Any) -> Assembly:
    """Every kind of question, and one group of trustees of whom two of three are needed."""
    return hold_election(MANY, MANY_VOTES, shares=(1, 3), single=False, description=OURS, **options)


def test_a_box_of_the_service_is_right_strictly(tmp_path: Path) -> None:
    folder = hold_whole_election().write(tmp_path)
    for college in BOXES:
        report = verify_file(
            folder / f"elections/{ELECTION}/boxes/{college}.bel",
            strict=True,
            proofs=folder / f"elections/{ELECTION}/proofs.json",
        )
        assert report.strict
        assert report.steps.remarks == ()


def test_a_box_of_reserved_seats_is_right_strictly(tmp_path: Path) -> None:
    """As many candidates as seats, or one for several: there is nothing left to choose."""
    few = (
        make_choice("stv-exact", id="ours", seats=2, options=2, college=CollegeId("supported")),
        make_choice("irv", id="chair", seats=1, options=1, college=CollegeId("supported")),
        *RESERVED.contests[1:],
    )
    votes = {**RESERVED.votes, "supported": ((0, ((2, 1), (1,), FOR)),)}
    plan = replace(RESERVED, contests=few, votes=votes)
    folder = hold_whole_election(plan=plan).write(tmp_path)
    for college in BOXES:
        report = verify_file(
            folder / f"elections/{ELECTION}/boxes/{college}.bel",
            strict=True,
            proofs=folder / f"elections/{ELECTION}/proofs.json",
        )
        assert report.steps.remarks == ()


def test_every_kind_that_the_service_makes_is_right_strictly(tmp_path: Path) -> None:
    held = _hold_ours(shuffles=(2, 3))
    path = write(tmp_path, held.write())
    report = verify_file(
        path, strict=True, proofs=write_proofs(tmp_path, held.proofs, held.election.uuid)
    )
    assert report.summary is not None
    assert report.steps.remarks == ()


# --- refused ----------------------------------------------------------------------------


def _refuse(folder: Path, raw: bytes, what: str) -> None:
    failure = refuse(write(folder, raw), NotOfTheServiceError, strict=True)
    assert what in str(failure.cause)


def _with_election(**changed: Any) -> bytes:
    base = OPENED.box.election
    fields: dict[str, Any] = {
        "uuid": base.uuid,
        "name": base.name,
        "description": base.description,
        "public_key": base.public_key,
        "questions": base.questions,
    }
    return OPENED.write(election=Election(**(fields | changed)).raw)


WEIGHTED = format_canonical([f"{one},2" for one in json.loads(OPENED.box.credentials)])


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        pytest.param(_with_election(description="A vote"), "description", id="no-manifest"),
        pytest.param(
            _with_election(description="other:sha256:" + "0" * 64), "description", id="prefix"
        ),
        pytest.param(_with_election(questions=(MOTION, LISTS)), "question 2", id="lists"),
        pytest.param(_with_election(administrator="RO"), "the election record", id="field"),
        pytest.param(
            OPENED.write(trustees=MIXED.raw_trustees), "the list of trustees", id="mixed-trustees"
        ),
        pytest.param(OPENED.write(credentials=WEIGHTED), "the list of credentials", id="weights"),
    ],
)
def test_strictly_it_is_what_the_service_makes(tmp_path: Path, raw: bytes, what: str) -> None:
    _refuse(tmp_path, raw, what)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(Question("?", ("For", "Against"), 1, 1), id="no-blank"),
        pytest.param(Question("?", ("For", "Against"), 0, 1, blank=True), id="min"),
        pytest.param(Question("?", ("A", "B"), 1, 1, True, "1"), id="extra"),
        pytest.param(Question("?", ("A", "A"), 1, 1, blank=True), id="one-name-twice"),
    ],
)
def test_strictly_a_question_is_one_of_ours(tmp_path: Path, question: AnyQuestion) -> None:
    _refuse(tmp_path, _with_election(questions=(question,)), "question 1")


@pytest.mark.parametrize(
    "hint",
    [
        pytest.param('{"method":"STV","blank":true,"seats":0}', id="no-seats"),
        pytest.param('{"method":"STV","blank":true,"seats":101}', id="more-seats-than-a-council"),
        pytest.param('{"method":"STV","blank":true,"seats":true}', id="seats-true"),
        pytest.param('{"method":"STV","blank":1,"seats":1}', id="blank-1"),
        pytest.param('{"method":"Schulze","blank":false}', id="blank-false"),
        pytest.param('{"blank":true,"method":"Schulze"}', id="order"),
        pytest.param("[]", id="no-object"),
        pytest.param(
            '{"method":"MajorityJudgment","blank":true,"grades":["Good"]}', id="one-grade"
        ),
        pytest.param(
            '{"method":"MajorityJudgment","blank":true,"grades":["Good","Good"]}',
            id="one-grade-twice",
        ),
        pytest.param(
            '{"method":"MajorityJudgment","blank":true,"grades":[1,2]}', id="grades-numbers"
        ),
    ],
)
def test_strictly_a_hint_says_how_we_count(tmp_path: Path, hint: str) -> None:
    question = ShuffledQuestion("?", ("A", "B"), hint)
    _refuse(tmp_path, _with_election(questions=(question,)), "question 1")


@pytest.mark.parametrize("shuffles", [(1,), (1, 2, 3)])
def test_strictly_as_many_shuffle_as_are_needed(tmp_path: Path, shuffles: tuple[int, ...]) -> None:
    _refuse(tmp_path, _hold_ours(shuffles=shuffles).write(), "the shuffles")
