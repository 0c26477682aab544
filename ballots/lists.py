"""Questions with lists: what a voter must prove of her choices, and one proof more.

Exactly one list is chosen; candidates are chosen on that list only; some candidate is chosen.
The first two are statements like those of other questions (`ballots.proofs`). The last one is
of its own kind: the ciphertext that adds up all candidates does not hold zero.

Source: design 3, section 6 (Lists).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.answer_forms import NonzeroProof
from ballots.answers import minus, state_individual
from ballots.group import (
    BASE,
    ORDER,
    Point,
    Random,
    Row,
    combine,
    hash_to_scalar,
    multiply_all,
    random_scalar,
)
from ballots.proofs import Ciphertext, Statement, join_ciphertexts
from ballots.questions import ListsQuestion


@dataclass(frozen=True, slots=True)
class ListsStatements:
    """The statements of one answer.

    Attributes:
        individual: each choice holds 0 or 1.
        overall: one list is chosen.
        lists: of each, it is chosen or none of its candidates is.
        candidates: the sum of all candidates' choices.
        prefix: what the proof that this is not zero is bound to.
    """

    individual: tuple[Statement, ...]
    overall: Statement
    lists: tuple[Statement, ...]
    candidates: Ciphertext
    prefix: str


def state_lists(
    question: ListsQuestion, prefix: str, choices: Sequence[Ciphertext]
) -> ListsStatements:
    """State what a voter claims of her encrypted choices.

    Args:
        question: the question that is answered.
        prefix: S0, from `statement_prefix`.
        choices: list by list, its own choice before its candidates'.
    """
    whole = f"{prefix}|{join_ciphertexts(choices)}"
    parts = question.divide(choices)
    chosen = add_ciphertexts([part[0] for part in parts])
    sums = [add_ciphertexts(part[1:]) for part in parts]
    ones = minus([part[0] for part in parts], [1] * len(parts))
    return ListsStatements(
        individual=state_individual(prefix, choices),
        overall=Statement(
            f"prove|{whole}|{join_ciphertexts([chosen])}|", tuple(minus([chosen], [1]))
        ),
        lists=tuple([Statement(f"lproof|{whole}|", pair) for pair in zip(ones, sums, strict=True)]),
        candidates=add_ciphertexts(sums),
        prefix=f"nonzero|{whole}|",
    )


def add_ciphertexts(ciphertexts: Sequence[Ciphertext]) -> Ciphertext:
    """The ciphertext of the sum."""
    return Ciphertext(
        multiply_all([ciphertext.alpha for ciphertext in ciphertexts]),
        multiply_all([ciphertext.beta for ciphertext in ciphertexts]),
    )


def prove_nonzero(
    key: Point, stated: ListsStatements, randomness: int, random: Random
) -> NonzeroProof:
    """Prove that the sum of the candidates, sealed with `randomness`, is not zero."""
    # With a blinding t, beta^t · y^(-rt) is g^(mt): the identity only if m is zero.
    blinding, first, second = (random_scalar(random) for _ in range(3))
    alpha, beta = stated.candidates.alpha, stated.candidates.beta
    secrets = (blinding, -randomness * blinding)
    commitments = combine(
        [
            [(beta, secrets[0]), (key, secrets[1])],
            [(alpha, first), (BASE, second)],
            [(beta, first), (key, second)],
        ]
    )
    challenge = hash_to_scalar(stated.prefix, commitments)
    return NonzeroProof(
        commitments[0],
        challenge,
        (
            (first - challenge * secrets[0]) % ORDER,
            (second - challenge * secrets[1]) % ORDER,
        ),
    )


def is_nonzero_proved(key: Point, stated: ListsStatements, proof: NonzeroProof) -> bool:
    """Whether some candidate is chosen; the commitment is in the group and not the identity."""
    first, second = proof.responses
    alpha, beta = stated.candidates.alpha, stated.candidates.beta
    rows: list[Row] = [
        [(alpha, first), (BASE, second)],
        [(beta, first), (key, second), (proof.commitment, proof.challenge)],
    ]
    return hash_to_scalar(stated.prefix, [proof.commitment, *combine(rows)]) == proof.challenge
