"""A ballot: what the door takes in, and what it checks before the box holds it.

The checks stand in two calls, cheapest first: `parse_ballot` looks at size and exact form,
and touches no curve; `verify_ballot` then at credential, signature, points and proofs. In
between the caller asks whether the credential is on the list and the election open.

Source: design 3, sections 6 and 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ballots.answers import state_answer, statement_prefix
from ballots.election import Election, Question, parse_election
from ballots.encoding import (
    base64_digest,
    hex_digest,
    parse_json,
    read_base64_digest,
    read_fields,
    read_json_point,
    read_list,
    read_uuid,
)
from ballots.errors import (
    BallotError,
    BallotHashError,
    BallotProofError,
    BallotSignatureError,
    IdentityPointError,
    WrongElectionError,
    WrongFingerprintError,
)
from ballots.group import ONE, Point, check_points, format_point, read_point
from ballots.proofs import (
    Ciphertext,
    Proof,
    Statement,
    find_false_statement,
    format_ciphertext,
    format_proof,
    is_knowledge_proved,
    read_proof,
)

_SIGNATURE_FIELD: Final = b',"signature":'


@dataclass(frozen=True, slots=True)
class Answer:
    """A sealed answer to one question, with its proofs (see `ballots.answers`)."""

    choices: tuple[Ciphertext, ...]
    individual: tuple[tuple[Proof, ...], ...]
    overall: tuple[Proof, ...]
    blank: tuple[Proof, ...] | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot in exact form; `verify_ballot` says whether it is also right.

    Attributes:
        raw: its bytes.
        credential: the public credential that signs it.
        answers: one per question.
        signed_hash: the hash it says was signed.
        signature: the signature's proof.
        digest: hex SHA-256 of `raw`: its name in the archive and in the log.
    """

    raw: bytes = field(repr=False)
    credential: str
    answers: tuple[Answer, ...] = field(repr=False)
    signed_hash: str
    signature: Proof = field(repr=False)
    digest: str

    @property
    def choices(self) -> tuple[tuple[Ciphertext, ...], ...]:
        """The ciphertexts of each question."""
        return tuple([answer.choices for answer in self.answers])


def tracker(raw: bytes) -> str:
    """The code by which a voter finds her ballot: Base64 SHA-256 of its bytes, 43 characters."""
    return base64_digest(raw)


def largest_ballot(election: Election) -> int:
    """The most bytes that a ballot in this election may have."""
    return 2**16 + 2**11 * election.options


def signature_prefix(signed_hash: str) -> str:
    """What the challenge of a ballot's signature begins with."""
    return f"sig|{signed_hash}|"


# --- form -------------------------------------------------------------------------------


def ballot_object(
    election: Election, credential: str, answers: Sequence[Answer]
) -> dict[str, object]:
    """A ballot without its signature, as JSON holds it."""
    return {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": [_answer_object(answer) for answer in answers],
    }


def _answer_object(answer: Answer) -> dict[str, object]:
    value: dict[str, object] = {
        "choices": [format_ciphertext(choice) for choice in answer.choices],
        "individual_proofs": [[format_proof(p) for p in pair] for pair in answer.individual],
        "overall_proof": [format_proof(proof) for proof in answer.overall],
    }
    if answer.blank is not None:
        value["blank_proof"] = [format_proof(proof) for proof in answer.blank]
    return value


def format_signature(signed_hash: str, signature: Proof) -> dict[str, object]:
    """A ballot's signature as JSON holds it."""
    return {"hash": signed_hash, "proof": format_proof(signature)}


def parse_ballot(election: Election, raw: bytes) -> Ballot:
    """Parse a ballot for this election.

    Raises:
        FormError: a leaf of it: the bytes are not a ballot's one form.
        WrongElectionError: it names another election.
        WrongFingerprintError: it was made for other election data.
        IdentityPointError: a point that no honest program makes.
    """
    uuid, fingerprint, credential, answers, signature = read_fields(
        parse_json(raw, largest_ballot(election)),
        "election_uuid",
        "election_hash",
        "credential",
        "answers",
        "signature",
    )
    if read_uuid(uuid) != election.uuid:
        raise WrongElectionError(election.uuid, uuid)
    if read_base64_digest(fingerprint) != election.fingerprint:
        raise WrongFingerprintError(election.fingerprint, fingerprint)
    questions = iter(election.questions)
    signed_hash, proof = read_fields(signature, "hash", "proof")
    return Ballot(
        raw=raw,
        credential=format_point(_read_busy_point(credential)),
        answers=read_list(
            answers,
            "answers",
            lambda value: _read_answer(next(questions), value),
            count=len(election.questions),
        ),
        signed_hash=read_base64_digest(signed_hash),
        signature=read_proof(proof),
        digest=hex_digest(raw),
    )


def _read_answer(question: Question, value: object) -> Answer:
    names = ["choices", "individual_proofs", "overall_proof"]
    if question.blank:
        names.append("blank_proof")
    choices, individual, overall, *blank = read_fields(value, *names)
    return Answer(
        choices=read_list(choices, "choices", _read_choice, count=question.width),
        individual=read_list(
            individual, "individual_proofs", lambda v: _read_proofs(v, 2), count=question.width
        ),
        overall=_read_proofs(overall, question.max - question.min + 1 + bool(question.blank)),
        blank=_read_proofs(blank[0], 2) if question.blank else None,
    )


def _read_proofs(value: object, count: int) -> tuple[Proof, ...]:
    return read_list(value, "proofs", read_proof, count=count)


def _read_choice(value: object) -> Ciphertext:
    alpha, beta = read_fields(value, "alpha", "beta")
    return Ciphertext(_read_busy_point(alpha), _read_busy_point(beta))


def _read_busy_point(value: object) -> Point:
    point = read_json_point(value)
    if point == ONE:
        # As alpha or beta it shows the choice to anyone; as a credential anyone signs for it.
        raise IdentityPointError("ballot")
    return point


# --- truth ------------------------------------------------------------------------------


def verify_ballot(election: Election, ballot: Ballot) -> None:
    """Verify the signature, then every proof.

    Raises:
        PointOutsideGroupError: a point is not in the group.
        BallotHashError: what is signed is not this ballot.
        BallotSignatureError: the credential did not sign it.
        BallotProofError: choices that the question does not allow.
    """
    credential = read_point(ballot.credential)
    check_points([credential])
    # The signature stands last, and the form leaves no second place for its name.
    unsigned = ballot.raw[: ballot.raw.rindex(_SIGNATURE_FIELD)] + b"}"
    expected = base64_digest(unsigned)
    if ballot.signed_hash != expected:
        raise BallotHashError(expected, ballot.signed_hash)
    if not is_knowledge_proved(signature_prefix(expected), credential, ballot.signature):
        raise BallotSignatureError(ballot.credential)

    check_points(
        [p for answer in ballot.answers for c in answer.choices for p in (c.alpha, c.beta)]
    )
    prefix = statement_prefix(election, ballot.credential)
    claims: list[tuple[Statement, tuple[Proof, ...]]] = []
    places: list[tuple[int, str, int]] = []
    for number, (question, answer) in enumerate(
        zip(election.questions, ballot.answers, strict=True)
    ):
        stated = state_answer(question, prefix, answer.choices)
        claims += zip(stated.individual, answer.individual, strict=True)
        places += [(number, "individual", choice) for choice in range(question.width)]
        claims.append((stated.overall, answer.overall))
        places.append((number, "overall", 0))
        if stated.blank is not None and answer.blank is not None:
            claims.append((stated.blank, answer.blank))
            places.append((number, "blank", 0))
    false = find_false_statement(election.key, claims)
    if false is not None:
        raise BallotProofError(*places[false])


@lru_cache(maxsize=32)
def _known_election(raw: bytes) -> Election:
    return parse_election(raw)


def check_ballots(election: bytes, raws: Sequence[bytes]) -> list[Ballot]:
    """Parse and verify ballots, in a worker process if one likes.

    Args:
        election: the raw election record.
        raws: raw ballots.

    Raises:
        BallotError: of the first that is wrong, with `ballot` set to its digest.
    """
    known = _known_election(election)
    ballots: list[Ballot] = []
    for raw in raws:
        try:
            ballot = parse_ballot(known, raw)
            verify_ballot(known, ballot)
        except BallotError as error:
            error.ballot = hex_digest(raw)
            raise
        ballots.append(ballot)
    return ballots
