"""Verifying the proofs of sealed answers, those of all questions in one go.

Source: design 3, section 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.answer_forms import AnyAnswer, ListsAnswer, ShuffledAnswer
from ballots.answers import knowledge_prefix, state_answer
from ballots.election import AnyQuestion, Election, ListsQuestion, Question
from ballots.errors import BallotProofError
from ballots.group import Powers, raise_points
from ballots.lists import is_nonzero_proved, state_lists
from ballots.proofs import Proof, Statement, find_false_statement, is_knowledge_proved


@dataclass(frozen=True, slots=True)
class _Claim:
    what: str
    choice: int
    statement: Statement
    proofs: tuple[Proof, ...]


def verify_answers(election: Election, prefix: str, answers: Sequence[AnyAnswer]) -> None:
    """Verify that every point of a ballot's answers is in the group, then every proof.

    Args:
        election: the election.
        prefix: S0, from `statement_prefix`.
        answers: one per question, in the form that the question asks for.

    Raises:
        PointOutsideGroupError: a point is not in the group.
        BallotProofError: choices that a question does not allow, or that nobody knows.
    """
    # Each of these products is part of a proof; made first, they show what the points are.
    powers = raise_points([pair for answer in answers for pair in answer.challenged])
    claims: list[tuple[int, _Claim]] = []
    for number, (question, answer) in enumerate(zip(election.questions, answers, strict=True)):
        claims += [
            (number, claim)
            for claim in _claims(election, number, prefix, question, answer, powers=powers)
        ]
    false = find_false_statement(
        election.key, [(claim.statement, claim.proofs) for _, claim in claims], powers
    )
    if false is not None:
        number, claim = claims[false]
        raise BallotProofError(number, claim.what, claim.choice)


def _claims(
    election: Election,
    number: int,
    prefix: str,
    question: AnyQuestion,
    answer: AnyAnswer,
    *,
    powers: Powers,
) -> list[_Claim]:
    """The disjunctions of an answer; what is of another kind is verified at once."""
    if isinstance(answer, ShuffledAnswer):
        (choice,) = answer.choices
        # Without this proof a voter could copy another's ciphertext, disguised.
        bound = knowledge_prefix(election.key, prefix, choice)
        if not is_knowledge_proved(bound, choice.alpha, answer.proof, powers):
            raise BallotProofError(number, "knowledge", 0)
        return []
    if isinstance(answer, ListsAnswer):
        assert isinstance(question, ListsQuestion)  # `read_answer` saw to it
        lists = state_lists(question, prefix, answer.choices)
        if not is_nonzero_proved(election.key, lists, answer.nonzero):
            raise BallotProofError(number, "nonzero", 0)
        return [
            *_number_claims("individual", lists.individual, answer.individual),
            _Claim("overall", 0, lists.overall, (answer.overall,)),
            *_number_claims("list", lists.lists, answer.lists),
        ]
    assert isinstance(question, Question)
    stated = state_answer(question, prefix, answer.choices)
    claims = _number_claims("individual", stated.individual, answer.individual)
    claims.append(_Claim("overall", 0, stated.overall, answer.overall))
    if stated.blank is not None and answer.blank is not None:
        claims.append(_Claim("blank", 0, stated.blank, answer.blank))
    return claims


def _number_claims(
    what: str, statements: Sequence[Statement], proofs: Sequence[tuple[Proof, ...]]
) -> list[_Claim]:
    return [
        _Claim(what, choice, statement, proved)
        for choice, (statement, proved) in enumerate(zip(statements, proofs, strict=True))
    ]
