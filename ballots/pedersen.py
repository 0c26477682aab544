"""Threshold trustees: so many of them open a tally, fewer learn nothing.

Each shares a secret polynomial among all; its public half is signed, and what each trustee's
key must be follows from all public halves. Everything here is public; how it is made is in
`ballots.rounds`.

Source: design 3, section 4 (docs/formats/trustees.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ballots.encoding import (
    format_json,
    parse_json,
    read_fields,
    read_json_point,
    read_list,
    read_number,
)
from ballots.errors import (
    CertificateContextError,
    IdentityPointError,
    RepeatedTrusteeError,
    ThresholdRulesError,
    TrusteeSignatureError,
    VerificationKeyError,
    WrongLengthError,
)
from ballots.group import (
    ONE,
    Point,
    check_points,
    combine,
    format_point,
    multiply_all,
)
from ballots.keys import TrusteePublicKey, key_object, read_key
from ballots.messages import SignedMessage, format_signed, is_signed, read_signed
from ballots.proofs import Proof, format_proof, read_proof

MOST_TRUSTEES: Final = 100
LARGEST_CERTIFICATE: Final = 1024
_POLYNOMIAL_ROOM: Final = 64


@dataclass(frozen=True, slots=True)
class Context:
    """Which trustee of which set-up: the one at `index`, from 1, of `size`.

    Raises:
        ThresholdRulesError: so many cannot be needed.
    """

    size: int
    threshold: int
    index: int

    def __post_init__(self) -> None:
        if not 1 <= self.threshold <= self.size <= MOST_TRUSTEES:
            raise ThresholdRulesError(self.threshold, self.size)
        if not 1 <= self.index <= self.size:
            raise CertificateContextError((1, self.size), self.index)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A trustee's two keys for the set-up, signed by the first of them.

    Attributes:
        signed: the message as it was signed.
        verification: the key of her signatures.
        encryption: the key under which others send her secrets.

    Raises:
        TrusteeSignatureError: it is not signed.
        IdentityPointError, PointOutsideGroupError: a key is none.
    """

    signed: SignedMessage
    context: Context
    verification: Point
    encryption: Point

    def __post_init__(self) -> None:
        _check_busy("certificate", (self.verification, self.encryption))
        if not is_signed(self.signed.message, self.verification, self.signed.signature):
            raise TrusteeSignatureError("certificate", self.context.index)


@dataclass(frozen=True, slots=True)
class Commitments:
    """The public half of a trustee's polynomial, signed.

    Attributes:
        signed: the message as it was signed; whose it is, is for `PedersenTrustees`.
        points: g to each coefficient, the constant one first.

    Raises:
        IdentityPointError, PointOutsideGroupError: a point is none of an honest polynomial.
    """

    signed: SignedMessage
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        # The reference does not look: a small-order part would hide in the products.
        _check_busy("coefexps", self.points)


@dataclass(frozen=True, slots=True)
class PedersenTrustees:
    """Trustees of whom `threshold` open a tally; everything they signed holds.

    Attributes:
        signatures: of each, over all certificates and her own polynomial.
        keys: their verification keys, each signed.
        point: their part of the joint key.

    Raises:
        CertificateContextError: a certificate is for another set-up or seat.
        RepeatedTrusteeError: one key sits on two seats.
        TrusteeSignatureError: something is not signed by her in whose name it stands.
        VerificationKeyError: a key is not what the polynomials make.
    """

    threshold: int
    certificates: tuple[Certificate, ...]
    commitments: tuple[Commitments, ...]
    signatures: tuple[Proof, ...]
    keys: tuple[TrusteePublicKey, ...]
    point: Point = field(init=False, repr=False)

    def __post_init__(self) -> None:
        size = len(self.certificates)
        for what, parts in (
            ("coefexps", self.commitments),
            ("signatures", self.signatures),
            ("verification_keys", self.keys),
        ):
            if len(parts) != size:
                raise WrongLengthError(what, size, len(parts))
        verify_certificates(self.threshold, self.certificates)
        for index, commitments in enumerate(self.commitments, 1):
            verify_commitments(self.threshold, self.certificates, index, commitments)
            text = statement_of_agreement(self.certificates, commitments)
            if not is_signed(
                text, self.certificates[index - 1].verification, self.signatures[index - 1]
            ):
                raise TrusteeSignatureError("signature", index)
        self._verify_keys()
        constants = [commitments.points[0] for commitments in self.commitments]
        object.__setattr__(self, "point", multiply_all(constants))

    def _verify_keys(self) -> None:
        expected = verification_points(self.commitments, len(self.certificates))
        for index, key in enumerate(self.keys, 1):
            verify_own_key(self.certificates, index, expected[index - 1], key)


def _check_busy(what: str, points: Sequence[Point]) -> None:
    if ONE in points:
        raise IdentityPointError(what)
    check_points(points)


def verify_certificates(threshold: int, certificates: Sequence[Certificate]) -> None:
    """Require one certificate for every seat of the same set-up.

    Raises:
        CertificateContextError, RepeatedTrusteeError, ThresholdRulesError: see above.
    """
    seen: set[Point] = set()
    if not certificates:
        raise ThresholdRulesError(threshold, 0)
    for index, certificate in enumerate(certificates, 1):
        expected = Context(len(certificates), threshold, index)
        if certificate.context != expected:
            raise CertificateContextError(expected, certificate.context)
        # One person on two seats would count as two towards the threshold.
        for point in (certificate.verification, certificate.encryption):
            if point in seen:
                raise RepeatedTrusteeError(format_point(point))
            seen.add(point)


def verify_commitments(
    threshold: int, certificates: Sequence[Certificate], index: int, commitments: Commitments
) -> None:
    """Require that a trustee signed a polynomial of the right degree.

    Raises:
        WrongLengthError, TrusteeSignatureError: she did not.
    """
    if len(commitments.points) != threshold:
        raise WrongLengthError("coefexps", threshold, len(commitments.points))
    signer = certificates[index - 1].verification
    if not is_signed(commitments.signed.message, signer, commitments.signed.signature):
        raise TrusteeSignatureError("coefexps", index)


def verify_own_key(
    certificates: Sequence[Certificate], index: int, expected: Point, key: TrusteePublicKey
) -> None:
    """Require that a trustee's key is the one that the polynomials make, and signed by her.

    Args:
        certificates: of all.
        index: hers, from 1.
        expected: from `verification_points`.
        key: hers.

    Raises:
        VerificationKeyError, TrusteeSignatureError: it is not.
    """
    if key.point != expected:
        raise VerificationKeyError(index, format_point(expected), key.public_key)
    signer = certificates[index - 1].verification
    if key.signature is None or not is_signed(key.public_key, signer, key.signature):
        raise TrusteeSignatureError("verification key", index)


def verification_points(commitments: Sequence[Commitments], size: int) -> list[Point]:
    """What each trustee's key must be: the sum of all polynomials at her index, in public.

    Raises:
        IdentityPointError: the polynomials cancel out so that fewer than the threshold suffice.
    """
    summed = [multiply_all(column) for column in zip(*[c.points for c in commitments], strict=True)]
    if summed[-1] == ONE:
        raise IdentityPointError("the sum of the polynomials")
    return combine(
        [
            [(point, index**power) for power, point in enumerate(summed)]
            for index in range(1, size + 1)
        ]
    )


def statement_of_agreement(certificates: Sequence[Certificate], commitments: Commitments) -> str:
    """What a trustee signs in the end: with whom, and with which polynomial of hers."""
    agreed = {
        "certs": [format_signed(certificate.signed) for certificate in certificates],
        "coefexps": [format_point(point) for point in commitments.points],
    }
    return "certs_sig|" + format_json(agreed).decode()


# --- form -------------------------------------------------------------------------------


def format_certificate_message(context: Context, verification: Point, encryption: Point) -> str:
    """The text of a certificate."""
    seat = {
        "group": "Ed25519",
        "size": context.size,
        "threshold": context.threshold,
        "index": context.index,
    }
    keys = {"verification": format_point(verification), "encryption": format_point(encryption)}
    return format_json({"context": seat, **keys}).decode()


def read_certificate(value: object) -> Certificate:
    """Read a certificate and verify its signature."""
    signed = read_signed(value, LARGEST_CERTIFICATE)
    raw = signed.message.encode(errors="replace")
    seat, verification, encryption = read_fields(
        parse_json(raw, LARGEST_CERTIFICATE), "context", "verification", "encryption"
    )
    group, *numbers = read_fields(seat, "group", "size", "threshold", "index")
    if group != "Ed25519":
        raise CertificateContextError("Ed25519", group)
    size, threshold, index = [read_number(number, 1, MOST_TRUSTEES) for number in numbers]
    return Certificate(
        signed,
        Context(size, threshold, index),
        read_json_point(verification),
        read_json_point(encryption),
    )


def format_commitments_message(points: Sequence[Point]) -> str:
    """The text of a polynomial's public half."""
    return format_json({"coefexps": [format_point(point) for point in points]}).decode()


def read_commitments(value: object) -> Commitments:
    """Read the public half of a polynomial."""
    limit = _POLYNOMIAL_ROOM + 67 * MOST_TRUSTEES
    signed = read_signed(value, limit)
    raw = signed.message.encode(errors="replace")
    (listed,) = read_fields(parse_json(raw, limit), "coefexps")
    return Commitments(signed, read_list(listed, "coefexps", read_json_point, most=MOST_TRUSTEES))


def pedersen_object(trustees: PedersenTrustees) -> dict[str, object]:
    """Threshold trustees as JSON holds them."""
    return {
        "threshold": trustees.threshold,
        "certs": [format_signed(certificate.signed) for certificate in trustees.certificates],
        "coefexps": [format_signed(commitments.signed) for commitments in trustees.commitments],
        "signatures": [format_proof(signature) for signature in trustees.signatures],
        "verification_keys": [key_object(key) for key in trustees.keys],
    }


def read_pedersen(value: object) -> PedersenTrustees:
    """Read threshold trustees from JSON and verify all that they signed."""
    threshold, certs, coefexps, signatures, keys = read_fields(
        value, "threshold", "certs", "coefexps", "signatures", "verification_keys"
    )
    most = MOST_TRUSTEES
    return PedersenTrustees(
        threshold=read_number(threshold, 1, most),
        certificates=read_list(certs, "certs", read_certificate, most=most),
        commitments=read_list(coefexps, "coefexps", read_commitments, most=most),
        signatures=read_list(signatures, "signatures", read_proof, most=most),
        keys=read_list(
            keys, "verification_keys", lambda key: read_key(key, signed=True), most=most
        ),
    )
