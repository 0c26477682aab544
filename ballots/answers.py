"""What a voter must prove about her choices in one question, as statements.

Shared by sealing and verifying, so that both speak of the same thing.

Source: design 3, section 6 (homomorphic and shuffled answers).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.election import Election, Question
from ballots.group import BASE, Point, Row, combine, format_point, multiply_all
from ballots.proofs import Ciphertext, Statement, join_ciphertexts


@dataclass(frozen=True, slots=True)
class AnswerStatements:
    """The statements of one answer.

    Attributes:
        individual: each choice holds 0 or 1.
        overall: min to max are chosen; with blank: blank is chosen, or min to max are.
        blank: with blank: blank is not chosen, or nothing else is.
    """

    individual: tuple[Statement, ...]
    overall: Statement
    blank: Statement | None


def statement_prefix(election: Election, credential: str) -> str:
    """S0: what every proof in a ballot is bound to."""
    return f"{election.fingerprint}|{credential}"


def knowledge_prefix(key: Point, prefix: str, choice: Ciphertext) -> str:
    """What the proof is bound to that a voter knows what she sealed for a shuffled question."""
    return f"raweg|{prefix}|{format_point(key)},{join_ciphertexts([choice])}|"


def state_answer(
    question: Question, prefix: str, choices: Sequence[Ciphertext]
) -> AnswerStatements:
    """State what a voter claims of her encrypted choices.

    Args:
        question: the question that is answered.
        prefix: S0, from `statement_prefix`.
        choices: one ciphertext per choice, blank first where there is blank.
    """
    whole = f"{prefix}|{join_ciphertexts(choices)}"
    counted = choices[1:] if question.blank else choices
    total = Ciphertext(
        multiply_all([choice.alpha for choice in counted]),
        multiply_all([choice.beta for choice in counted]),
    )
    individual = state_individual(prefix, choices)
    allowed = range(question.min, question.max + 1)
    totals = tuple(minus([total] * len(allowed), allowed))
    if not question.blank:
        overall = Statement(f"prove|{whole}|{join_ciphertexts([total])}|", totals)
        return AnswerStatements(individual, overall, None)
    # The ciphertexts are not repeated in these two: the prefix holds them all.
    return AnswerStatements(
        individual,
        overall=Statement(f"bproof1|{whole}|", (individual[0].branches[1], *totals)),
        blank=Statement(f"bproof0|{whole}|", (choices[0], total)),
    )


def state_individual(prefix: str, choices: Sequence[Ciphertext]) -> tuple[Statement, ...]:
    """State of each choice that it holds 0 or 1."""
    ones = minus(choices, [1] * len(choices))
    return tuple(
        [
            Statement(f"prove|{prefix}|{join_ciphertexts([choice])}|", (choice, one))
            for choice, one in zip(choices, ones, strict=True)
        ]
    )


def minus(ciphertexts: Sequence[Ciphertext], values: Sequence[int]) -> list[Ciphertext]:
    """The ciphertexts of m - value: zero exactly if m was the value."""
    rows: list[Row] = [
        [(c.beta, 1), (_power(v), -1)] for c, v in zip(ciphertexts, values, strict=True)
    ]
    return [Ciphertext(c.alpha, b) for c, b in zip(ciphertexts, combine(rows), strict=True)]


def _power(value: int) -> Point:
    return combine([[(BASE, value)]])[0]
