"""A trustee's factors: each ciphertext's alpha raised to her key, with two proofs.

The archive format's own proof does not hash the ciphertext and the factor. So every share
comes with a second proof that does (docs/formats/second-proof.md).

Source: design 3, sections 10 and 13.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from ballots.election import AnyQuestion, Election
from ballots.encoding import (
    format_json,
    hash_with_lengths,
    parse_json,
    read_fields,
    read_json_point,
    read_list,
    read_number,
    read_uuid,
)
from ballots.errors import (
    DecryptionProofError,
    IdentityPointError,
    SecondProofBindingError,
    SecondProofError,
)
from ballots.group import (
    BASE,
    ONE,
    ORDER,
    Point,
    Random,
    Row,
    check_points,
    combine,
    format_point,
    hash_to_scalar,
    random_scalar,
    read_point,
)
from ballots.proofs import Ciphertext, Proof, commitments_of_equality, format_proof, read_proof
from ballots.questions import format_row, read_row
from ballots.tally import EncryptedCounts

T = TypeVar("T")

SECOND_PROOF_TAG: Final = b"teg/decrypt/v1"

Factors = tuple[tuple[Point, ...], ...]
_Proofs = tuple[tuple[Proof, ...], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What a trustee gives for one box.

    Attributes:
        decryption: her partial decryption, as the archive holds it.
        proofs: her second proofs, published beside the archive.
    """

    decryption: bytes
    proofs: bytes


# --- making -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Opened:
    factor: Point
    proof: Proof
    second: Proof


def make_share(election: Election, counts: EncryptedCounts, private: int, random: Random) -> Share:
    """A trustee's factors of a tally, with both proofs of each."""
    public = combine([[(BASE, private)]])[0]
    rows = [[_open_one(election, public, c.alpha, private, random) for c in row] for row in counts]
    decryption = {
        "decryption_factors": _shape(
            election, [[format_point(one.factor) for one in row] for row in rows]
        ),
        "decryption_proofs": _shape(
            election, [[format_proof(one.proof) for one in row] for row in rows]
        ),
    }
    proofs = {
        "v": 1,
        "box": election.uuid,
        "public_key": format_point(public),
        "proofs": _shape(election, [[format_proof(one.second) for one in row] for row in rows]),
    }
    return Share(format_json(decryption), format_json(proofs))


def _shape(election: Election, rows: Sequence[Sequence[object]]) -> list[object]:
    return [
        format_row(question, row) for question, row in zip(election.questions, rows, strict=True)
    ]


def _open_one(
    election: Election, public: Point, alpha: Point, private: int, random: Random
) -> _Opened:
    # Two nonces: one nonce under two challenges would give the private key away.
    nonce, second_nonce = random_scalar(random), random_scalar(random)
    rows: list[Row] = [[(alpha, private)]]
    for value in (nonce, second_nonce):
        rows += [[(BASE, value)], [(alpha, value)]]
    factor, a, b, second_a, second_b = combine(rows)
    challenge = hash_to_scalar(_prefix(election, public), [a, b])
    second = _second_challenge(election, public, (alpha, factor), (second_a, second_b))
    return _Opened(
        factor,
        Proof(challenge, (nonce - private * challenge) % ORDER),
        Proof(second, (second_nonce - private * second) % ORDER),
    )


def _prefix(election: Election, public: Point) -> str:
    return f"decrypt|{election.fingerprint}|{format_point(public)}|"


def _second_challenge(
    election: Election, public: Point, claim: tuple[Point, Point], commitments: tuple[Point, Point]
) -> int:
    points: list[bytes] = [public, BASE, *claim, *commitments]
    return hash_with_lengths(SECOND_PROOF_TAG, [election.fingerprint.encode(), *points])


# --- form -------------------------------------------------------------------------------


def read_factors(
    election: Election, counts: EncryptedCounts, raw: bytes
) -> tuple[Factors, _Proofs]:
    """Parse a partial decryption, with every factor in the group, unproved."""
    listed, proofs = read_fields(
        parse_json(raw, _largest_share(counts)), "decryption_factors", "decryption_proofs"
    )
    rows = iter(zip(election.questions, counts, strict=True))
    factors = read_list(
        listed,
        "decryption_factors",
        lambda value: _read_row(next(rows), value, "factors", read_json_point),
        count=len(counts),
    )
    check_points([point for row in factors for point in row])
    return factors, _read_proofs(election, counts, proofs)


def _read_proofs(election: Election, counts: EncryptedCounts, value: object) -> _Proofs:
    rows = iter(zip(election.questions, counts, strict=True))
    return read_list(
        value,
        "proofs",
        lambda row: _read_row(next(rows), row, "proofs", read_proof),
        count=len(counts),
    )


def _read_row(
    beside: tuple[AnyQuestion, tuple[Ciphertext, ...]],
    value: object,
    what: str,
    read: Callable[[object], T],
) -> tuple[T, ...]:
    question, row = beside
    return read_row(question, value, what, read, count=len(row))


def _largest_share(counts: EncryptedCounts) -> int:
    return 512 + sum(16 + 384 * len(row) for row in counts)


def _read_key(public_key: str) -> Point:
    point = read_point(public_key)
    if point == ONE:
        raise IdentityPointError("public_key")
    check_points([point])
    return point


# --- verifying --------------------------------------------------------------------------


def verify_factors(
    election: Election, counts: EncryptedCounts, public_key: str, raw: bytes
) -> Factors:
    """Verify a partial decryption by its own proofs; returns its factors.

    Raises:
        DecryptionProofError: a factor is not proved.
    """
    factors, proofs = read_factors(election, counts, raw)
    public = _read_key(public_key)
    prefix = _prefix(election, public)
    for number, (row, powers, proved) in enumerate(zip(counts, factors, proofs, strict=True)):
        claims = [(c.alpha, power) for c, power in zip(row, powers, strict=True)]
        started = commitments_of_equality(public, claims, proved)
        for choice, (pair, proof) in enumerate(zip(started, proved, strict=True)):
            if hash_to_scalar(prefix, pair) != proof.challenge:
                raise DecryptionProofError(public_key, number, choice)
    return factors


def verify_second(
    election: Election, counts: EncryptedCounts, public_key: str, factors: Factors, raw: bytes
) -> None:
    """Verify a trustee's second proofs of her factors.

    Raises:
        SecondProofBindingError: they were made for another box or key.
        SecondProofError: one fails.
    """
    public = _read_key(public_key)
    version, box, key, listed = read_fields(
        parse_json(raw, _largest_share(counts)), "v", "box", "public_key", "proofs"
    )
    read_number(version, 1, 1)
    if read_uuid(box) != election.uuid:
        raise SecondProofBindingError("box", election.uuid, box)
    if read_json_point(key) != public:
        raise SecondProofBindingError("public_key", public_key, key)
    proofs = _read_proofs(election, counts, listed)
    for number, (row, powers, proved) in enumerate(zip(counts, factors, proofs, strict=True)):
        claims = [(c.alpha, power) for c, power in zip(row, powers, strict=True)]
        started = commitments_of_equality(public, claims, proved)
        for choice, (claim, pair, proof) in enumerate(zip(claims, started, proved, strict=True)):
            if _second_challenge(election, public, claim, pair) != proof.challenge:
                raise SecondProofError(public_key, number, choice)
