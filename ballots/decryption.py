"""Opening a tally: each trustee's factors with two proofs, and the counts they give.

The archive format's own proof does not hash the ciphertext and the factor. So every share
comes with a second proof that does; without it no share counts (docs/formats/second-proof.md).

Source: design 3, sections 10 and 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ballots.election import Election
from ballots.encoding import (
    format_count,
    format_json,
    hash_with_lengths,
    parse_json,
    read_count,
    read_fields,
    read_json_point,
    read_list,
    read_number,
    read_uuid,
)
from ballots.errors import (
    CountOutOfRangeError,
    DecryptionProofError,
    IdentityPointError,
    ResultError,
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
    find_exponents,
    format_point,
    hash_to_scalar,
    random_scalar,
    read_point,
)
from ballots.proofs import Proof, commitments_of_equality, format_proof, read_proof
from ballots.tally import EncryptedCounts, parse_encrypted_tally

SECOND_PROOF_TAG: Final = b"teg/decrypt/v1"

Counts = tuple[tuple[int, ...], ...]
_Proofs = tuple[tuple[Proof, ...], ...]
_Factors = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What a trustee gives for one box.

    Attributes:
        decryption: her partial decryption, as the archive holds it.
        proofs: her second proofs, published beside the archive.
    """

    decryption: bytes
    proofs: bytes


# --- giving a share ---------------------------------------------------------------------


def decrypt_share(
    election: Election, encrypted_tally: bytes, private: int, random: Random
) -> Share:
    """A trustee's share of one box, with both proofs."""
    counts = parse_encrypted_tally(election, encrypted_tally)
    public = combine([[(BASE, private)]])[0]
    rows: list[list[_Opened]] = [
        [_open_one(election, public, c.alpha, private, random) for c in row] for row in counts
    ]
    decryption = {
        "decryption_factors": [[format_point(one.factor) for one in row] for row in rows],
        "decryption_proofs": [[format_proof(one.proof) for one in row] for row in rows],
    }
    proofs = {
        "v": 1,
        "box": election.uuid,
        "public_key": format_point(public),
        "proofs": [[format_proof(one.second) for one in row] for row in rows],
    }
    return Share(format_json(decryption), format_json(proofs))


@dataclass(frozen=True, slots=True)
class _Opened:
    factor: Point
    proof: Proof
    second: Proof


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


# --- verifying a share ------------------------------------------------------------------


def _parse_decryption(counts: EncryptedCounts, raw: bytes) -> tuple[_Factors, _Proofs]:
    factors, proofs = read_fields(
        parse_json(raw, _largest_share(counts)), "decryption_factors", "decryption_proofs"
    )
    shape = iter(counts)
    read = read_list(
        factors,
        "decryption_factors",
        lambda row: read_list(row, "factors", read_json_point, count=len(next(shape))),
        count=len(counts),
    )
    check_points([point for row in read for point in row])
    return read, _read_proofs(counts, proofs)


def _read_proofs(counts: EncryptedCounts, value: object) -> _Proofs:
    shape = iter(counts)
    return read_list(
        value,
        "proofs",
        lambda row: read_list(row, "proofs", read_proof, count=len(next(shape))),
        count=len(counts),
    )


def _largest_share(counts: EncryptedCounts) -> int:
    return 512 + sum(16 + 384 * len(row) for row in counts)


def _parse_key(public_key: str) -> Point:
    point = read_point(public_key)
    if point == ONE:
        raise IdentityPointError("public_key")
    check_points([point])
    return point


def verify_decryption(
    election: Election, encrypted_tally: bytes, public_key: str, raw: bytes
) -> None:
    """Verify a partial decryption by its own proofs.

    Args:
        election: the box's election.
        encrypted_tally: the raw encrypted tally.
        public_key: the trustee's.
        raw: the partial decryption.

    Raises:
        DecryptionProofError: a factor is not proved.
    """
    counts = parse_encrypted_tally(election, encrypted_tally)
    factors, proofs = _parse_decryption(counts, raw)
    public = _parse_key(public_key)
    prefix = _prefix(election, public)
    for number, (row, powers, proved) in enumerate(zip(counts, factors, proofs, strict=True)):
        claims = [(c.alpha, power) for c, power in zip(row, powers, strict=True)]
        started = commitments_of_equality(public, claims, proved)
        for choice, (pair, proof) in enumerate(zip(started, proved, strict=True)):
            if hash_to_scalar(prefix, pair) != proof.challenge:
                raise DecryptionProofError(public_key, number, choice)


def verify_second_proof(
    election: Election, encrypted_tally: bytes, public_key: str, decryption: bytes, proofs: bytes
) -> None:
    """Verify a trustee's second proofs of her partial decryption.

    Raises:
        SecondProofBindingError: they were made for another box or key.
        SecondProofError: one fails.
    """
    counts = parse_encrypted_tally(election, encrypted_tally)
    factors, _ = _parse_decryption(counts, decryption)
    public = _parse_key(public_key)
    version, box, key, listed = read_fields(
        parse_json(proofs, _largest_share(counts)), "v", "box", "public_key", "proofs"
    )
    read_number(version, 1, 1)
    if read_uuid(box) != election.uuid:
        raise SecondProofBindingError("box", election.uuid, box)
    if read_json_point(key) != public:
        raise SecondProofBindingError("public_key", public_key, key)
    read = _read_proofs(counts, listed)
    for number, (row, powers, proved) in enumerate(zip(counts, factors, read, strict=True)):
        claims = [(c.alpha, power) for c, power in zip(row, powers, strict=True)]
        started = commitments_of_equality(public, claims, proved)
        for choice, (claim, pair, proof) in enumerate(zip(claims, started, proved, strict=True)):
            if _second_challenge(election, public, claim, pair) != proof.challenge:
                raise SecondProofError(public_key, number, choice)


# --- the counts -------------------------------------------------------------------------


def _open_counts(
    election: Election, encrypted_tally: bytes, shares: Sequence[bytes]
) -> tuple[tuple[Point, ...], ...]:
    """The points g^count, from verified shares of all trustees."""
    counts = parse_encrypted_tally(election, encrypted_tally)
    factors = [_parse_decryption(counts, share)[0] for share in shares]
    opened: list[tuple[Point, ...]] = []
    for number, row in enumerate(counts):
        rows: list[Row] = [
            [(c.beta, 1), *[(given[number][choice], -1) for given in factors]]
            for choice, c in enumerate(row)
        ]
        opened.append(tuple(combine(rows)))
    return tuple(opened)


def open_tally(
    election: Election, encrypted_tally: bytes, shares: Sequence[bytes], max_count: int
) -> bytes:
    """The result of a box, from the verified partial decryptions of all its trustees.

    Args:
        election: the box's election.
        encrypted_tally: the raw encrypted tally.
        shares: raw partial decryptions, one of each trustee.
        max_count: no count is larger: the box's total weight.

    Raises:
        CountOutOfRangeError: a share is missing or wrong: no count up to the largest fits.
    """
    counts: list[tuple[int, ...]] = []
    for number, row in enumerate(_open_counts(election, encrypted_tally, shares)):
        found: list[int] = []
        for choice, count in enumerate(find_exponents(row, max_count)):
            if count is None:
                raise CountOutOfRangeError(number, choice)
            found.append(count)
        counts.append(tuple(found))
    return format_box_result(tuple(counts))


def verify_box_result(
    election: Election,
    encrypted_tally: bytes,
    shares: Sequence[bytes],
    max_count: int,
    raw: bytes,
) -> Counts:
    """Verify a published result against the shares; no search is needed for this.

    Raises:
        ResultError: a count is not what the shares open.
        CountOutOfRangeError: a count is larger than the box's total weight.
        WrongLengthError: the result has another shape than the questions.
    """
    counts = parse_box_result(raw)
    opened = _open_counts(election, encrypted_tally, shares)
    read_list([list(row) for row in counts], "result", lambda row: row, count=len(opened))
    for number, (row, points) in enumerate(zip(counts, opened, strict=True)):
        read_list(list(row), "result", lambda count: count, count=len(points))
        for choice, (count, point) in enumerate(zip(row, points, strict=True)):
            if count > max_count:
                raise CountOutOfRangeError(number, choice)
            if combine([[(BASE, count)]])[0] != point:
                raise ResultError(number, choice)
    return counts


def format_box_result(counts: Counts) -> bytes:
    """Write a result: for each question a count per choice, blank first."""
    return format_json({"result": [[format_count(count) for count in row] for row in counts]})


def parse_box_result(raw: bytes) -> Counts:
    """Parse a result."""
    (rows,) = read_fields(parse_json(raw, 2**17), "result")
    return read_list(rows, "result", lambda row: read_list(row, "counts", read_count))
