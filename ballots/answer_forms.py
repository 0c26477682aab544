"""Sealed answers of the three kinds of question, as JSON holds them.

Source: design 3, section 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.encoding import read_fields, read_json_point, read_list, read_scalar
from ballots.errors import IdentityPointError
from ballots.group import ONE, Point, format_point
from ballots.proofs import Ciphertext, Proof, format_ciphertext, format_proof, read_proof
from ballots.questions import (
    AnyQuestion,
    ListsQuestion,
    Question,
    ShuffledQuestion,
    format_row,
    read_row,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A sealed answer to a homomorphic question, with its proofs (see `ballots.answers`)."""

    choices: tuple[Ciphertext, ...]
    individual: tuple[tuple[Proof, ...], ...]
    overall: tuple[Proof, ...]
    blank: tuple[Proof, ...] | None

    @property
    def challenged(self) -> list[tuple[Point, int]]:
        """Every point in it, with a challenge to which a proof raises it."""
        return _pair(self.choices, [proofs[0].challenge for proofs in self.individual])


@dataclass(frozen=True, slots=True)
class ShuffledAnswer:
    """A sealed answer to a shuffled question, and the proof that its maker knows what it is."""

    choices: tuple[Ciphertext]
    proof: Proof

    @property
    def challenged(self) -> list[tuple[Point, int]]:
        """Every point in it, with a challenge to which the proof raises it; beta with none."""
        (choice,) = self.choices
        return [(choice.alpha, self.proof.challenge), (choice.beta, 0)]


@dataclass(frozen=True, slots=True)
class NonzeroProof:
    """A proof that a ciphertext holds something else than zero."""

    commitment: Point
    challenge: int
    responses: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ListsAnswer:
    """A sealed answer to a question with lists, with its proofs (see `ballots.lists`).

    Attributes:
        choices: list by list, its own choice before its candidates'.
        individual: one pair per choice.
        overall: exactly one list is chosen.
        lists: one pair per list.
        nonzero: some candidate is chosen.
    """

    choices: tuple[Ciphertext, ...]
    individual: tuple[tuple[Proof, ...], ...]
    overall: Proof
    lists: tuple[tuple[Proof, ...], ...]
    nonzero: NonzeroProof

    @property
    def challenged(self) -> list[tuple[Point, int]]:
        """Every point in it, with a challenge to which a proof raises it; 0 for none."""
        pairs = _pair(self.choices, [proofs[0].challenge for proofs in self.individual])
        # The reference leaves the commitment unchecked.
        return [*pairs, (self.nonzero.commitment, 0)]


AnyAnswer = Answer | ShuffledAnswer | ListsAnswer


def _pair(choices: Sequence[Ciphertext], challenges: Sequence[int]) -> list[tuple[Point, int]]:
    return [
        (point, challenge)
        for choice, challenge in zip(choices, challenges, strict=True)
        for point in (choice.alpha, choice.beta)
    ]


# --- writing ----------------------------------------------------------------------------


def format_answer(question: AnyQuestion, answer: AnyAnswer) -> dict[str, object]:
    """An answer as JSON holds it."""
    if isinstance(answer, ShuffledAnswer):
        (choice,) = answer.choices
        return {"choices": format_ciphertext(choice), "proof": format_proof(answer.proof)}
    value: dict[str, object] = {
        "choices": format_row(question, [format_ciphertext(choice) for choice in answer.choices]),
        "individual_proofs": format_row(
            question, [_format_proofs(proofs) for proofs in answer.individual]
        ),
    }
    if isinstance(answer, ListsAnswer):
        nonzero = answer.nonzero
        return value | {
            "overall_proof": format_proof(answer.overall),
            "list_proofs": [_format_proofs(proofs) for proofs in answer.lists],
            "nonzero_proof": {
                "commitment": format_point(nonzero.commitment),
                "challenge": str(nonzero.challenge),
                "response": [str(response) for response in nonzero.responses],
            },
        }
    value["overall_proof"] = _format_proofs(answer.overall)
    if answer.blank is not None:
        value["blank_proof"] = _format_proofs(answer.blank)
    return value


def _format_proofs(proofs: tuple[Proof, ...]) -> list[object]:
    return [format_proof(proof) for proof in proofs]


# --- reading ----------------------------------------------------------------------------


def read_answer(question: AnyQuestion, value: object) -> AnyAnswer:
    """Read an answer to this question.

    Raises:
        FormError: a leaf of it: it is not in the one form of an answer to it.
        IdentityPointError: a point that no honest program makes.
    """
    match question:
        case Question():
            return _read_homomorphic(question, value)
        case ShuffledQuestion():
            choices, proof = read_fields(value, "choices", "proof")
            return ShuffledAnswer((_read_choice(choices),), read_proof(proof))
        case _:
            return _read_lists(question, value)


def _read_homomorphic(question: Question, value: object) -> Answer:
    names = ["choices", "individual_proofs", "overall_proof"]
    if question.blank:
        names.append("blank_proof")
    choices, individual, overall, *blank = read_fields(value, *names)
    return Answer(
        choices=read_row(question, choices, "choices", _read_choice),
        individual=read_row(question, individual, "individual_proofs", _read_pair),
        overall=_read_proofs(overall, question.max - question.min + 1 + bool(question.blank)),
        blank=_read_pair(blank[0]) if question.blank else None,
    )


def _read_lists(question: ListsQuestion, value: object) -> ListsAnswer:
    choices, individual, overall, lists, nonzero = read_fields(
        value, "choices", "individual_proofs", "overall_proof", "list_proofs", "nonzero_proof"
    )
    commitment, challenge, response = read_fields(nonzero, "commitment", "challenge", "response")
    first, second = read_list(response, "response", read_scalar, count=2)
    return ListsAnswer(
        choices=read_row(question, choices, "choices", _read_choice),
        individual=read_row(question, individual, "individual_proofs", _read_pair),
        overall=read_proof(overall),
        lists=read_list(lists, "list_proofs", _read_pair, count=len(question.lists)),
        # The identity as commitment would prove nothing.
        nonzero=NonzeroProof(_read_busy_point(commitment), read_scalar(challenge), (first, second)),
    )


def _read_pair(value: object) -> tuple[Proof, ...]:
    return _read_proofs(value, 2)


def _read_proofs(value: object, count: int) -> tuple[Proof, ...]:
    return read_list(value, "proofs", read_proof, count=count)


def _read_choice(value: object) -> Ciphertext:
    alpha, beta = read_fields(value, "alpha", "beta")
    return Ciphertext(_read_busy_point(alpha), _read_busy_point(beta))


def _read_busy_point(value: object) -> Point:
    point = read_json_point(value)
    if point == ONE:
        # As alpha or beta it shows the choice to anyone.
        raise IdentityPointError("ballot")
    return point
