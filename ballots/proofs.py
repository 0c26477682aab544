"""Zero-knowledge proofs, non-interactive: made and verified.

Knowledge of an exponent signs ballots and vouches for trustees' keys; equality of two
exponents vouches for decryptions; a disjunction shows that one of several ciphertexts holds
zero and not which.

Source: design 3, sections 4, 6, 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.encoding import read_fields, read_scalar
from ballots.group import (
    BASE,
    NO_POWERS,
    ORDER,
    Point,
    Powers,
    Random,
    Row,
    combine,
    format_point,
    hash_to_scalar,
    random_scalar,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and the response to it."""

    challenge: int
    response: int


def format_proof(proof: Proof) -> dict[str, str]:
    """A proof as JSON holds it."""
    return {"challenge": str(proof.challenge), "response": str(proof.response)}


def read_proof(value: object) -> Proof:
    """Read a proof from JSON."""
    challenge, response = read_fields(value, "challenge", "response")
    return Proof(read_scalar(challenge), read_scalar(response))


# --- knowledge of an exponent -----------------------------------------------------------


def prove_knowledge(prefix: str, private: int, random: Random) -> Proof:
    """Prove that one knows `private`, bound to all that the prefix says."""
    nonce = random_scalar(random)
    challenge = hash_to_scalar(prefix, combine([[(BASE, nonce)]]))
    return Proof(challenge, (nonce - private * challenge) % ORDER)


def is_knowledge_proved(
    prefix: str, public: Point, proof: Proof, powers: Powers = NO_POWERS
) -> bool:
    """Whether the maker of the proof knew the exponent of `public`.

    `powers` is what is known already of points raised to challenges.
    """
    commitments = combine([[(BASE, proof.response), (public, proof.challenge)]], powers)
    return hash_to_scalar(prefix, commitments) == proof.challenge


# --- ciphertexts ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """ElGamal: alpha = g^r, beta = y^r · g^m."""

    alpha: Point
    beta: Point


def format_ciphertext(ciphertext: Ciphertext) -> dict[str, str]:
    """A ciphertext as JSON holds it."""
    return {"alpha": format_point(ciphertext.alpha), "beta": format_point(ciphertext.beta)}


def pair_points(points: Sequence[Point]) -> list[Ciphertext]:
    """Points, taken by twos, as ciphertexts."""
    return [Ciphertext(a, b) for a, b in zip(points[::2], points[1::2], strict=True)]


def join_ciphertexts(ciphertexts: Sequence[Ciphertext]) -> str:
    """Ciphertexts as they stand in what is hashed: points between commas."""
    return ",".join([f"{format_point(c.alpha)},{format_point(c.beta)}" for c in ciphertexts])


# --- disjunctions -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Statement:
    """One of the branches is an encryption of zero.

    Attributes:
        prefix: what the challenge is bound to.
        branches: at least one ciphertext.
    """

    prefix: str
    branches: tuple[Ciphertext, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """Which branch of a statement holds zero, and its randomness r."""

    branch: int
    randomness: int


def prove_statements(
    key: Point, claims: Sequence[tuple[Statement, Witness]], random: Random
) -> list[tuple[Proof, ...]]:
    """Prove each statement; the false branches are answered before they are asked.

    Args:
        key: the election's joint key y.
        claims: statements with what makes them true.
        random: random bytes.
    """
    nonces: list[int] = []
    drafts: list[list[Proof]] = []
    rows: list[Row] = []
    for statement, witness in claims:
        nonces.append(random_scalar(random))
        draft = [Proof(random_scalar(random), random_scalar(random)) for _ in statement.branches]
        draft[witness.branch] = Proof(0, nonces[-1])
        drafts.append(draft)
        rows += _commitment_rows(key, statement, draft)
    commitments = iter(combine(rows))

    proofs: list[tuple[Proof, ...]] = []
    for (statement, witness), nonce, draft in zip(claims, nonces, drafts, strict=True):
        asked = hash_to_scalar(statement.prefix, [next(commitments) for _ in range(2 * len(draft))])
        challenge = (asked - sum(proof.challenge for proof in draft)) % ORDER
        response = (nonce - witness.randomness * challenge) % ORDER
        draft[witness.branch] = Proof(challenge, response)
        proofs.append(tuple(draft))
    return proofs


def find_false_statement(
    key: Point,
    claims: Sequence[tuple[Statement, Sequence[Proof]]],
    powers: Powers = NO_POWERS,
) -> int | None:
    """The index of the first statement whose proof fails, if one does.

    Args:
        key: the election's joint key y.
        claims: statements with one proof per branch.
        powers: what is known already of ciphertexts raised to challenges.
    """
    rows: list[Row] = []
    for statement, proofs in claims:
        rows += _commitment_rows(key, statement, proofs)
    commitments = iter(combine(rows, powers))
    for index, (statement, proofs) in enumerate(claims):
        asked = hash_to_scalar(
            statement.prefix, [next(commitments) for _ in range(2 * len(proofs))]
        )
        if sum(proof.challenge for proof in proofs) % ORDER != asked:
            return index
    return None


def _commitment_rows(key: Point, statement: Statement, proofs: Sequence[Proof]) -> list[Row]:
    # For each branch A = g^response · alpha^challenge and B = y^response · beta^challenge.
    rows: list[Row] = []
    for branch, proof in zip(statement.branches, proofs, strict=True):
        rows.append([(BASE, proof.response), (branch.alpha, proof.challenge)])
        rows.append([(key, proof.response), (branch.beta, proof.challenge)])
    return rows


# --- equality of exponents --------------------------------------------------------------


def commitments_of_equality(
    public: Point, claims: Sequence[tuple[Point, Point]], proofs: Sequence[Proof]
) -> list[tuple[Point, Point]]:
    """What a proof that log of `public` = log of power to the base point started from.

    Args:
        public: g^x.
        claims: points and their powers to x.
        proofs: one per claim.

    Returns:
        For each, A = g^response · public^challenge and B = point^response · power^challenge.
    """
    rows: list[Row] = []
    for (point, power), proof in zip(claims, proofs, strict=True):
        rows.append([(BASE, proof.response), (public, proof.challenge)])
        rows.append([(point, proof.response), (power, proof.challenge)])
    made = combine(rows)
    return list(zip(made[::2], made[1::2], strict=True))
