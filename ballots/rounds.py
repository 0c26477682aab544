"""Making a threshold key together, in three rounds, as each trustee and the service do it.

1. Each trustee draws a seed and gives a certificate of her two keys (`ballots.seeds`).
2. Each draws a polynomial, and sends each other a secret point of it. What she will show is
   first committed to by its digest (`commit_to`), so that nobody chooses hers after seeing
   the others'.
3. Each opens the secrets sent to her, holds them against the public halves, and gives the
   public half of her share.

The messages are those of the reference, so that a trustee may use its program instead.

Source: design 3, sections 4 and 13 (docs/formats/trustees.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ballots.channel import LARGEST_SECRET, open_secret, seal_secret
from ballots.encoding import (
    format_json,
    parse_json,
    read_fields,
    read_list,
    read_scalar,
    read_text,
)
from ballots.errors import SecretShareError, TrusteeSignatureError, WrongLengthError
from ballots.group import BASE, ORDER, Point, Random, Row, combine
from ballots.keys import (
    TrusteePublicKey,
    key_object,
    make_public_key,
    read_key,
    verify_public_key,
)
from ballots.messages import format_signed, is_signed, signature_of
from ballots.pedersen import (
    Certificate,
    Commitments,
    PedersenTrustees,
    read_commitments,
    statement_of_agreement,
    verify_commitments,
)
from ballots.proofs import Proof, format_proof, read_proof
from ballots.seeds import Seed, draw_commitments, find_seat, seed_random, verify_revealed

_LARGEST_MESSAGE: Final = 2**21
_LARGEST_SEALED: Final = 2**17


# --- round 2 ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Polynomial:
    """What a trustee gives in the second round, verified as far as others can.

    Attributes:
        polynomial: her polynomial, sealed to herself.
        secrets: its point for each trustee, sealed to her.
        commitments: its public half.
        signature: that she agrees to all certificates and to her public half.
    """

    polynomial: str
    secrets: tuple[str, ...]
    commitments: Commitments
    signature: Proof

    @property
    def shown(self) -> bytes:
        """What is committed to by its digest before it is shown."""
        return format_json(format_signed(self.commitments.signed))


def make_polynomial(
    seed: Seed,
    certificates: Sequence[Certificate],
    random: Random,
    *,
    election: str | None = None,
) -> bytes:
    """A trustee's polynomial: public half, and a sealed secret for each trustee.

    Args:
        seed: hers.
        certificates: of all, from `parse_certificates`.
        random: random bytes.
        election: the polynomial is the one that follows from her seed for this election, to
            which she committed with her certificate; without, as in the reference, it is drawn.

    Raises:
        NotASeatError: none of the certificates is hers.
    """
    find_seat(seed, certificates)
    threshold = certificates[0].context.threshold
    coefficients, signed = draw_commitments(
        seed,
        threshold,
        random if election is None else seed_random(seed, election, threshold),
    )
    commitments = read_commitments(format_signed(signed))
    own = combine([[(BASE, seed.decryption)]])[0]
    kept = format_json({"polynomial": [str(coefficient) for coefficient in coefficients]})
    secrets = [
        seal_secret(
            format_json({"secret": str(_evaluate(coefficients, index))}).decode(),
            seed.signing,
            certificate.encryption,
            random,
        )
        for index, certificate in enumerate(certificates, 1)
    ]
    agreement = statement_of_agreement(certificates, commitments)
    return format_json(
        {
            "polynomial": seal_secret(kept.decode(), seed.signing, own, random),
            "secrets": secrets,
            "coefexps": format_signed(signed),
            "signature": format_proof(signature_of(agreement, seed.signing, random)),
        }
    )


def _evaluate(coefficients: Sequence[int], at: int) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * at + coefficient) % ORDER
    return value


def parse_polynomial(
    certificates: Sequence[Certificate], index: int, raw: bytes, committed: str | None = None
) -> Polynomial:
    """Parse and verify what the trustee at `index` gives in the second round.

    Args:
        certificates: of all.
        index: hers, from 1.
        raw: what she gives.
        committed: the digest she gave before, if commitments were asked for.

    Raises:
        RevealedError: she committed to another polynomial.
        TrusteeSignatureError, WrongLengthError, FormError: it is none of hers.
    """
    polynomial, secrets, coefexps, signature = read_fields(
        parse_json(raw, 8 * _LARGEST_MESSAGE), "polynomial", "secrets", "coefexps", "signature"
    )
    parsed = Polynomial(
        read_text(polynomial, _LARGEST_SEALED),
        read_list(
            secrets, "secrets", lambda one: read_text(one, _LARGEST_SEALED), count=len(certificates)
        ),
        read_commitments(coefexps),
        read_proof(signature),
    )
    _verify_public_half(certificates, index, parsed.commitments, parsed.signature)
    if committed is not None:
        verify_revealed(committed, parsed.shown)
    return parsed


def _verify_public_half(
    certificates: Sequence[Certificate], index: int, commitments: Commitments, signature: Proof
) -> None:
    verify_commitments(certificates[0].context.threshold, certificates, index, commitments)
    agreement = statement_of_agreement(certificates, commitments)
    if not is_signed(agreement, certificates[index - 1].verification, signature):
        raise TrusteeSignatureError("signature", index)


# --- round 3 ----------------------------------------------------------------------------


def gather_secrets(index: int, polynomials: Sequence[Polynomial]) -> bytes:
    """What the service hands to the trustee at `index` for the third round."""
    return format_json(
        {
            "polynomial": polynomials[index - 1].polynomial,
            "secrets": [one.secrets[index - 1] for one in polynomials],
            "coefexps": [format_signed(one.commitments.signed) for one in polynomials],
            "signatures": [format_proof(one.signature) for one in polynomials],
        }
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a trustee is handed for the third round, in exact form."""

    secrets: tuple[str, ...]
    commitments: tuple[Commitments, ...]
    signatures: tuple[Proof, ...]


def make_verification_key(
    seed: Seed,
    certificates: Sequence[Certificate],
    gathered: bytes,
    random: Random,
    committed: Sequence[str] | None = None,
) -> bytes:
    """Open the secrets sent to one and give the public half of one's share.

    Args:
        seed: hers.
        certificates: of all.
        gathered: from `gather_secrets`.
        random: random bytes.
        committed: the digests that all gave before anyone showed her polynomial.

    Raises:
        SecretShareError: a secret is not on its sender's polynomial; she is named.
        ChannelError, TrusteeSignatureError: a secret is not hers to open, or not from its sender.
        RevealedError: a polynomial is not the one that was committed to.
    """
    own = find_seat(seed, certificates)
    read = _read_gathered(certificates, gathered)
    if committed is not None:
        if len(committed) != len(certificates):
            raise WrongLengthError("commitments", len(certificates), len(committed))
        for digest, commitments in zip(committed, read.commitments, strict=True):
            verify_revealed(digest, format_json(format_signed(commitments.signed)))
    total = 0
    for index, (sealed, commitments) in enumerate(
        zip(read.secrets, read.commitments, strict=True), 1
    ):
        sender = certificates[index - 1].verification
        text = open_secret(sealed, seed.decryption, sender, index)
        (secret,) = read_fields(parse_json(text.encode(errors="replace"), 256), "secret")
        total += _check_secret(read_scalar(secret), own, index, commitments.points)
    private = total % ORDER
    key = verify_public_key(make_public_key(private, random))
    signed = replace(key, signature=signature_of(key.public_key, seed.signing, random))
    kept = format_json({"decryption_key": str(private)}).decode()
    to_herself = certificates[own - 1].encryption
    return format_json(
        {
            "private_key": seal_secret(kept, seed.signing, to_herself, random),
            "public_key": key_object(signed),
        }
    )


def _read_gathered(certificates: Sequence[Certificate], raw: bytes) -> Gathered:
    size = len(certificates)
    polynomial, secrets, coefexps, signatures = read_fields(
        parse_json(raw, 8 * _LARGEST_MESSAGE), "polynomial", "secrets", "coefexps", "signatures"
    )
    read_text(polynomial, _LARGEST_SEALED)
    gathered = Gathered(
        read_list(secrets, "secrets", lambda one: read_text(one, _LARGEST_SEALED), count=size),
        read_list(coefexps, "coefexps", read_commitments, count=size),
        read_list(signatures, "signatures", read_proof, count=size),
    )
    for index, (commitments, signature) in enumerate(
        zip(gathered.commitments, gathered.signatures, strict=True), 1
    ):
        _verify_public_half(certificates, index, commitments, signature)
    return gathered


def _check_secret(secret: int, own: int, sender: int, points: Sequence[Point]) -> int:
    rows: list[Row] = [
        [(BASE, secret)],
        [(point, own**power) for power, point in enumerate(points)],
    ]
    found, expected = combine(rows)
    if found != expected:
        raise SecretShareError(sender)
    return secret


# --- the end ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptKey:
    """What a trustee gives in the third round.

    Attributes:
        sealed: her share's private half, sealed to herself: the service keeps it for her.
        public: its public half.
    """

    sealed: str
    public: TrusteePublicKey


def parse_verification_key(raw: bytes) -> KeptKey:
    """Parse what a trustee gives in the third round; `assemble_trustees` verifies it."""
    private, public = read_fields(parse_json(raw, _LARGEST_MESSAGE), "private_key", "public_key")
    return KeptKey(read_text(private, _LARGEST_SEALED), read_key(public, signed=True))


def assemble_trustees(
    certificates: Sequence[Certificate],
    polynomials: Sequence[Polynomial],
    keys: Sequence[KeptKey],
) -> PedersenTrustees:
    """The threshold trustees, everything verified again."""
    return PedersenTrustees(
        threshold=certificates[0].context.threshold,
        certificates=tuple(certificates),
        commitments=tuple([polynomial.commitments for polynomial in polynomials]),
        signatures=tuple([polynomial.signature for polynomial in polynomials]),
        keys=tuple([key.public for key in keys]),
    )


def open_private_key(seed: Seed, sealed: str) -> int:
    """The private half of a trustee's share, from what was kept for her.

    Raises:
        ChannelError: it was sealed for another.
        TrusteeSignatureError: she did not seal it herself.
    """
    own = combine([[(BASE, seed.signing)]])[0]
    text = open_secret(sealed, seed.decryption, own, 0)
    (key,) = read_fields(
        parse_json(text.encode(errors="replace"), LARGEST_SECRET), "decryption_key"
    )
    return read_scalar(key)
