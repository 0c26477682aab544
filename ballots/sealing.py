"""Sealing: encrypting choices, proving them allowed, signing the whole.

The page does the same in the voter's browser; this is for the command line, the simulation
and the tests.

Source: design 3, section 6.
"""

from collections.abc import Sequence

from ballots.answers import state_answer, statement_prefix
from ballots.ballot import Answer, ballot_object, format_signature, signature_prefix
from ballots.credentials import public_credential, signing_key
from ballots.election import Election, Question
from ballots.encoding import base64_digest, format_json
from ballots.errors import ChoiceRulesError, WrongLengthError
from ballots.group import BASE, Random, Row, combine, random_scalar
from ballots.proofs import (
    Statement,
    Witness,
    pair_points,
    prove_knowledge,
    prove_statements,
)


def seal_ballot(
    election: Election, credential: str, votes: Sequence[Sequence[int]], random: Random
) -> bytes:
    """Seal and sign one voter's choices.

    Args:
        election: the election.
        credential: the voter's secret.
        votes: for each question a 0 or 1 per choice, the blank flag first where blank may be.
        random: random bytes.

    Raises:
        ChoiceRulesError: the choices are not what a question allows.
        WrongLengthError: there is not one vote per question.
        CredentialFormError: the credential is malformed.
    """
    _check_votes(election, votes)
    public = public_credential(election.uuid, credential)
    prefix = statement_prefix(election, public)
    answers = [
        _seal_answer(election, question, prefix, vote, random)
        for question, vote in zip(election.questions, votes, strict=True)
    ]
    unsigned = ballot_object(election, public, answers)
    signed_hash = base64_digest(format_json(unsigned))
    signature = prove_knowledge(
        signature_prefix(signed_hash), signing_key(election.uuid, credential), random
    )
    return format_json(unsigned | {"signature": format_signature(signed_hash, signature)})


def _check_votes(election: Election, votes: Sequence[Sequence[int]]) -> None:
    if len(votes) != len(election.questions):
        raise WrongLengthError("votes", len(election.questions), len(votes))
    for number, (question, vote) in enumerate(zip(election.questions, votes, strict=True)):
        if len(vote) != question.width or not set(vote) <= {0, 1}:
            raise ChoiceRulesError(number)
        if question.blank and vote[0]:
            allowed = sum(vote) == 1
        else:
            allowed = question.min <= sum(vote) <= question.max
        if not allowed:
            raise ChoiceRulesError(number)


def _seal_answer(
    election: Election, question: Question, prefix: str, vote: Sequence[int], random: Random
) -> Answer:
    nonces = [random_scalar(random) for _ in vote]
    rows: list[Row] = []
    for nonce, value in zip(nonces, vote, strict=True):
        rows += [[(BASE, nonce)], [(election.key, nonce), (BASE, value)]]
    choices = tuple(pair_points(combine(rows)))

    stated = state_answer(question, prefix, choices)
    claims: list[tuple[Statement, Witness]] = [
        (statement, Witness(value, nonce))
        for statement, value, nonce in zip(stated.individual, vote, nonces, strict=True)
    ]
    counted = slice(1, None) if question.blank else slice(None)
    chosen, whole = sum(vote[counted]), sum(nonces[counted])
    if not question.blank:
        claims.append((stated.overall, Witness(chosen - question.min, whole)))
    elif vote[0]:
        claims.append((stated.overall, Witness(0, nonces[0])))
    else:
        claims.append((stated.overall, Witness(1 + chosen - question.min, whole)))
    if stated.blank is not None:
        # Without blank the flag holds zero; with it, all the others do.
        claims.append((stated.blank, Witness(1, whole) if vote[0] else Witness(0, nonces[0])))

    proofs = prove_statements(election.key, claims, random)
    return Answer(
        choices=choices,
        individual=tuple(proofs[: len(vote)]),
        overall=proofs[len(vote)],
        blank=proofs[len(vote) + 1] if stated.blank is not None else None,
    )
