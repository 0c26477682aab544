"""Sealing: encrypting choices, proving them allowed, signing the whole.

The page does the same in the voter's browser; this is for the command line, the simulation
and the tests.

Source: design 3, section 6.
"""

from collections.abc import Sequence

from ballots.answer_forms import Answer, AnyAnswer, ListsAnswer, ShuffledAnswer
from ballots.answers import knowledge_prefix, state_answer, statement_prefix
from ballots.ballot import ballot_object, format_signature, signature_prefix
from ballots.credentials import public_credential, signing_key
from ballots.election import (
    AnyQuestion,
    Election,
    ListsQuestion,
    Question,
    ShuffledQuestion,
)
from ballots.encoding import base64_digest, format_json
from ballots.errors import ChoiceRulesError, WrongLengthError
from ballots.group import BASE, Random, Row, combine, embed_numbers, random_scalar
from ballots.lists import prove_nonzero, state_lists
from ballots.proofs import (
    Ciphertext,
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
        votes: for each question a 0 or 1 per choice, the blank flag first where blank may be,
            each list before its candidates; for a shuffled question 0 to 255 per answer.
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
        if not _is_allowed(question, vote):
            raise ChoiceRulesError(number)


def _is_allowed(question: AnyQuestion, vote: Sequence[int]) -> bool:
    if isinstance(question, ShuffledQuestion):
        return len(vote) == len(question.answers) and set(vote) <= set(range(256))
    if len(vote) != question.width or not set(vote) <= {0, 1}:
        return False
    if isinstance(question, ListsQuestion):
        parts = question.divide(vote)
        chosen = [sum(part[1:]) for part in parts if part[0]]
        return len(chosen) == 1 and chosen[0] == sum([sum(part[1:]) for part in parts]) > 0
    if question.blank and vote[0]:
        return sum(vote) == 1
    return question.min <= sum(vote) <= question.max


def _seal_answer(
    election: Election, question: AnyQuestion, prefix: str, vote: Sequence[int], random: Random
) -> AnyAnswer:
    match question:
        case Question():
            return _seal_homomorphic(election, question, prefix, vote, random)
        case ShuffledQuestion():
            return _seal_shuffled(election, prefix, vote, random)
        case _:
            return _seal_lists(election, question, prefix, vote, random)


def _seal_choices(
    election: Election, vote: Sequence[int], random: Random
) -> tuple[list[int], tuple[Ciphertext, ...]]:
    nonces = [random_scalar(random) for _ in vote]
    rows: list[Row] = []
    for nonce, value in zip(nonces, vote, strict=True):
        rows += [[(BASE, nonce)], [(election.key, nonce), (BASE, value)]]
    return nonces, tuple(pair_points(combine(rows)))


def _claim_choices(
    stated: Sequence[Statement], vote: Sequence[int], nonces: Sequence[int]
) -> list[tuple[Statement, Witness]]:
    # Of each choice the branch that is true is the one of its value, 0 or 1.
    return [
        (statement, Witness(value, nonce))
        for statement, value, nonce in zip(stated, vote, nonces, strict=True)
    ]


def _seal_shuffled(
    election: Election, prefix: str, vote: Sequence[int], random: Random
) -> ShuffledAnswer:
    nonce = random_scalar(random)
    alpha, beta = combine([[(BASE, nonce)], [(election.key, nonce), (embed_numbers(vote), 1)]])
    choice = Ciphertext(alpha, beta)
    bound = knowledge_prefix(election.key, prefix, choice)
    return ShuffledAnswer((choice,), prove_knowledge(bound, nonce, random))


def _seal_lists(
    election: Election, question: ListsQuestion, prefix: str, vote: Sequence[int], random: Random
) -> ListsAnswer:
    nonces, choices = _seal_choices(election, vote, random)
    stated = state_lists(question, prefix, choices)
    claims = _claim_choices(stated.individual, vote, nonces)
    values, secrets = question.divide(vote), question.divide(nonces)
    claims.append((stated.overall, Witness(0, sum([part[0] for part in secrets]))))
    for statement, value, secret in zip(stated.lists, values, secrets, strict=True):
        # The chosen list holds one; of every other no candidate is chosen.
        true = Witness(0, secret[0]) if value[0] else Witness(1, sum(secret[1:]))
        claims.append((statement, true))
    proofs = prove_statements(election.key, claims, random)
    candidates = sum([sum(part[1:]) for part in secrets])
    return ListsAnswer(
        choices=choices,
        individual=tuple(proofs[: len(vote)]),
        overall=proofs[len(vote)][0],
        lists=tuple(proofs[len(vote) + 1 :]),
        nonzero=prove_nonzero(election.key, stated, candidates, random),
    )


def _seal_homomorphic(
    election: Election, question: Question, prefix: str, vote: Sequence[int], random: Random
) -> Answer:
    nonces, choices = _seal_choices(election, vote, random)
    stated = state_answer(question, prefix, choices)
    claims = _claim_choices(stated.individual, vote, nonces)
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
