"""Answers to shuffled questions and to lists: each rule has its proof, each proof its rule."""

import json
from typing import Any

import pytest

from ballots.answer_forms import ListsAnswer
from ballots.answers import knowledge_prefix, statement_prefix
from ballots.ballot import parse_ballot
from ballots.election import Election
from ballots.errors import (
    BallotError,
    BallotProofError,
    ChoiceRulesError,
    IdentityPointError,
    PointOutsideGroupError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from ballots.group import BASE, ORDER, combine, format_point, read_point
from ballots.lists import add_ciphertexts, prove_nonzero, state_lists
from ballots.proofs import Ciphertext, format_proof, prove_knowledge
from ballots.sealing import seal_ballot
from tests.ballots.assembly import LISTS, RANKED
from tests.ballots.box import (
    MOTION,
    SMALL_ORDER,
    Edit,
    accept,
    make_box,
    seeded,
    sign_again,
    text_of,
)

BOX = make_box((RANKED, LISTS))
VOTE = [[1, 2, 3], [1, 1, 0, 0, 0, 0]]
RAW = BOX.seal(0, VOTE)
OTHER = json.loads(BOX.seal(1, VOTE, 8))
SAME = json.loads(BOX.seal(0, VOTE, 9))


@pytest.mark.parametrize(
    "vote",
    [
        [[1, 2, 3], [1, 1, 0, 0, 0, 0]],
        [[0, 0, 0], [1, 1, 1, 0, 0, 0]],
        [[255, 0, 255], [0, 0, 0, 1, 0, 1]],
    ],
)
def test_what_is_allowed_is_sealed_and_accepted(vote: list[list[int]]) -> None:
    accept(BOX, BOX.seal(0, vote))


@pytest.mark.parametrize(
    ("vote", "question"),
    [
        pytest.param([[1, 2], VOTE[1]], 0, id="numbers-missing"),
        pytest.param([[1, 2, 256], VOTE[1]], 0, id="number-large"),
        pytest.param([[1, 2, -1], VOTE[1]], 0, id="number-negative"),
        pytest.param([VOTE[0], [1, 1, 0]], 1, id="list-missing"),
        pytest.param([VOTE[0], [1, 0, 0, 0, 0, 0]], 1, id="no-candidate"),
        pytest.param([VOTE[0], [0, 1, 0, 0, 0, 0]], 1, id="no-list"),
        pytest.param([VOTE[0], [1, 1, 0, 1, 1, 0]], 1, id="two-lists"),
        pytest.param([VOTE[0], [1, 1, 0, 0, 1, 0]], 1, id="candidate-of-another"),
        pytest.param([VOTE[0], [1, 2, 0, 0, 0, 0]], 1, id="twice"),
    ],
)
def test_what_is_not_allowed_is_not_sealed(vote: list[list[int]], question: int) -> None:
    with pytest.raises(ChoiceRulesError) as caught:
        BOX.seal(0, vote)
    assert caught.value.args == (question,)


def _answer(at: int, change: Edit) -> Edit:
    return lambda ballot: change(ballot["answers"][at])


def _set(*path: Any) -> Edit:
    *way, last, value = path

    def change(answer: Any) -> None:
        for step in way:
            answer = answer[step]
        answer[last] = value(answer[last]) if callable(value) else value

    return change


def _bump(text: str) -> str:
    return str((int(text) + 1) % ORDER)


def _reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


ONE = "0" * 63 + "1"
SMALL = text_of(SMALL_ORDER["order-8"])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(
            _answer(0, _set("proof", OTHER["answers"][0]["proof"])),
            BallotProofError,
            id="another-voter's-proof",
        ),
        pytest.param(
            lambda b: b["answers"].__setitem__(0, OTHER["answers"][0]),
            BallotProofError,
            id="another-voter's-answer",
        ),
        pytest.param(_answer(0, _set("proof", "response", _bump)), BallotProofError, id="response"),
        pytest.param(_answer(0, _set("choices", "alpha", ONE)), IdentityPointError, id="identity"),
        pytest.param(
            _answer(0, _set("choices", "beta", SMALL)), PointOutsideGroupError, id="small-order"
        ),
        pytest.param(
            _answer(0, _set("choices", "beta", format_point(BASE))), BallotProofError, id="beta"
        ),
        pytest.param(
            _answer(0, _set("choices", lambda c: [c])), WrongValueError, id="choice-in-a-list"
        ),
        pytest.param(_answer(0, lambda a: a.update(x=1)), WrongFieldsError, id="extra"),
        pytest.param(lambda b: b["answers"].reverse(), WrongFieldsError, id="swapped"),
        pytest.param(
            lambda b: b["answers"].__setitem__(1, OTHER["answers"][1]),
            BallotProofError,
            id="another-voter's-lists",
        ),
        pytest.param(
            _answer(1, _set("nonzero_proof", "response", 1, _bump)),
            BallotProofError,
            id="nonzero-response",
        ),
        pytest.param(
            _answer(1, _set("nonzero_proof", "commitment", ONE)),
            IdentityPointError,
            id="nonzero-identity",
        ),
        pytest.param(
            _answer(1, _set("nonzero_proof", "commitment", SMALL)),
            PointOutsideGroupError,
            id="nonzero-small-order",
        ),
        pytest.param(
            _answer(1, _set("nonzero_proof", SAME["answers"][1]["nonzero_proof"])),
            BallotProofError,
            id="nonzero-of-another-ballot",
        ),
        pytest.param(
            _answer(1, _set("nonzero_proof", "response", lambda r: r[:1])),
            WrongLengthError,
            id="nonzero-short",
        ),
        pytest.param(
            _answer(1, _set("overall_proof", "challenge", _bump)), BallotProofError, id="overall"
        ),
        pytest.param(
            _answer(1, _set("overall_proof", lambda p: [p])),
            WrongValueError,
            id="overall-in-a-list",
        ),
        pytest.param(_answer(1, _set("list_proofs", _reverse)), BallotProofError, id="lists"),
        pytest.param(
            _answer(1, _set("list_proofs", 0, lambda p: p[:1])), WrongLengthError, id="list-short"
        ),
        pytest.param(
            _answer(1, _set("list_proofs", lambda p: p[:1])), WrongLengthError, id="lists-short"
        ),
        pytest.param(
            _answer(1, _set("individual_proofs", 1, _reverse)), BallotProofError, id="individual"
        ),
        pytest.param(
            _answer(1, _set("choices", 0, lambda c: c[:2])), WrongLengthError, id="choices-short"
        ),
        pytest.param(_answer(1, _set("choices", _reverse)), BallotProofError, id="choices"),
    ],
)
def test_a_bent_answer_is_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        accept(BOX, sign_again(BOX, 0, RAW, change))


def test_a_copied_ballot_cannot_be_disguised() -> None:
    """Sealed anew and sent as one's own, it would show how another voted when opened."""
    victim = OTHER["answers"][0]["choices"]
    alpha, beta = read_point(victim["alpha"]), read_point(victim["beta"])
    again = Ciphertext(*combine([[(alpha, 1), (BASE, 5)], [(beta, 1), (BOX.election.key, 5)]]))
    credential = json.loads(RAW)["credential"]
    bound = knowledge_prefix(BOX.election.key, statement_prefix(BOX.election, credential), again)

    def change(answer: Any) -> None:
        answer["choices"] = {"alpha": format_point(again.alpha), "beta": format_point(again.beta)}
        answer["proof"] = format_proof(prove_knowledge(bound, 5, seeded(1)))

    with pytest.raises(BallotProofError) as caught:
        accept(BOX, sign_again(BOX, 0, RAW, _answer(0, change)))
    assert caught.value.args == (0, "knowledge", 0)


def test_nobody_proves_that_zero_is_not_zero() -> None:
    """Without a candidate the commitment is the identity, whatever the prover draws."""
    answer = parse_ballot(BOX.election, RAW).answers[1]
    assert isinstance(answer, ListsAnswer)
    stated = state_lists(LISTS, "", answer.choices)
    zero = add_ciphertexts([])
    nothing = type(stated)(stated.individual, stated.overall, stated.lists, zero, stated.prefix)
    assert format_point(prove_nonzero(BOX.election.key, nothing, 0, seeded(1)).commitment) == ONE


def test_a_motion_takes_motions_only() -> None:
    """What a box's question asks for is what its door takes: the service's boxes, motions."""
    motion = make_box()
    questions: tuple[Any, ...] = (RANKED,)
    other = Election(motion.election.uuid, "", "", motion.election.public_key, questions)
    ranked = seal_ballot(other, motion.secrets[0], [[1, 2, 3]], seeded(1))

    def change(ballot: Any) -> None:
        ballot["answers"] = json.loads(ranked)["answers"]

    with pytest.raises(WrongFieldsError):
        accept(motion, sign_again(motion, 0, motion.seal(0, [[0, 1, 0]]), change))
    assert motion.election.questions == (MOTION,)
