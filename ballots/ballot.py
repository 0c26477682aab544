"""A ballot: what the door takes in, and what it checks before the box holds it.

The checks stand in two calls, cheapest first: `parse_ballot` looks at size and exact form,
and touches no curve; `verify_ballot` then at credential, signature, points and proofs. In
between the caller asks whether the credential is on the list and the election open.

Source: design 3, sections 6 and 13.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ballots.answer_checks import verify_answers
from ballots.answer_forms import AnyAnswer, format_answer, read_answer
from ballots.answers import statement_prefix
from ballots.election import Election, parse_election
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
    BallotSignatureError,
    IdentityPointError,
    WrongElectionError,
    WrongFingerprintError,
)
from ballots.group import ONE, format_point, raise_points, read_point
from ballots.proofs import (
    Ciphertext,
    Proof,
    format_proof,
    is_knowledge_proved,
    read_proof,
)

_SIGNATURE_FIELD: Final = b',"signature":'
# How every ballot in exact form begins, down to its credential.
_BEGINNING = re.compile(
    rb'\{"election_uuid":"[1-9A-HJ-NP-Za-km-z]{14,64}","election_hash":"[0-9A-Za-z+/]{43}",'
    rb'"credential":"([0-9a-f]{64})",'
)


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
    answers: tuple[AnyAnswer, ...] = field(repr=False)
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
    election: Election, credential: str, answers: Sequence[AnyAnswer]
) -> dict[str, object]:
    """A ballot without its signature, as JSON holds it."""
    return {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": [
            format_answer(question, answer)
            for question, answer in zip(election.questions, answers, strict=True)
        ],
    }


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
        credential=_read_credential(credential),
        answers=read_list(
            answers,
            "answers",
            lambda value: read_answer(next(questions), value),
            count=len(election.questions),
        ),
        signed_hash=read_base64_digest(signed_hash),
        signature=read_proof(proof),
        digest=hex_digest(raw),
    )


def claim_credential(raw: bytes) -> str:
    """The credential of a ballot that was not parsed; empty where no ballot begins like that.

    A ballot that can be parsed has this one: its form leaves no other place for it.
    """
    begun = _BEGINNING.match(raw)
    return begun[1].decode() if begun else ""


def _read_credential(value: object) -> str:
    point = read_json_point(value)
    if point == ONE:
        # Anyone could sign for it.
        raise IdentityPointError("ballot")
    return format_point(point)


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
    powers = raise_points([(credential, ballot.signature.challenge)])
    # The signature stands last, and the form leaves no second place for its name.
    unsigned = ballot.raw[: ballot.raw.rindex(_SIGNATURE_FIELD)] + b"}"
    expected = base64_digest(unsigned)
    if ballot.signed_hash != expected:
        raise BallotHashError(expected, ballot.signed_hash)
    prefix = signature_prefix(expected)
    if not is_knowledge_proved(prefix, credential, ballot.signature, powers):
        raise BallotSignatureError(ballot.credential)
    verify_answers(election, statement_prefix(election, ballot.credential), ballot.answers)


@lru_cache(maxsize=32)
def known_election(raw: bytes) -> Election:
    """Parse an election record that is met again and again."""
    return parse_election(raw)


def check_ballots(election: bytes, raws: Sequence[bytes]) -> list[Ballot]:
    """Parse and verify ballots, in a worker process if one likes.

    Args:
        election: the raw election record.
        raws: raw ballots.

    Raises:
        BallotError: of the first that is wrong, with `ballot` set to its digest.
    """
    known = known_election(election)
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
