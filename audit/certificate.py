"""The certificate: the returning officer's signature over a result and its record.

She signs what she certifies, not a sentence about it: the digests of the manifest, of the
result and of the boxes' archives, and a checkpoint of the log that covers the result. Her
public key stands in the charter entry.

Source: design 2, "Formats the first election settles"; docs/formats/certificate.md.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit import forms
from audit.checkpoint import Checkpoint
from audit.errors import CheckpointFormError
from audit.forms import Form, FormError
from audit.note import decode_base64
from audit.record_errors import (
    CertificateFormError,
    CertificateKeyError,
    CertificateSignatureError,
)
from voting.canonical import format_canonical, parse_canonical
from voting.errors import CanonicalError

CERTIFICATE_LIMIT = 4096
_TAG = b"teg/certificate/v1\n"
_FIELDS = (
    *("v", "election", "manifest", "result", "record", "checkpoint"),
    *("time", "reason", "key", "signature"),
)
_SIGNATURE_SIZE = 64


@dataclass(frozen=True, slots=True)
class Statement:
    """What the returning officer signs.

    Attributes:
        election: its uuid.
        manifest: digest of the manifest.
        result: digest of the result.
        record: digest over the boxes' archives, see `record_digest`.
        origin: the log's name.
        size: entries under the checkpoint; the result is one of them.
        root: 32 bytes, of the checkpoint.
        time: UTC seconds.
        reason: digest of the public reason object.
        key: her public key, hex.

    Raises:
        CertificateFormError: a value that no certificate can have.
    """

    election: str
    manifest: str
    result: str
    record: str
    origin: str
    size: int
    root: bytes
    time: int
    reason: str
    key: str

    def __post_init__(self) -> None:
        _check("election", forms.UUID, self.election)
        for name in ("manifest", "result", "record", "reason", "key"):
            _check(name, forms.DIGEST, getattr(self, name))
        _check("time", forms.TIME, self.time)
        _check("checkpoint", forms.NUMBER, self.size)
        try:
            Checkpoint(self.origin, self.size, self.root, b"")
        except CheckpointFormError as error:
            raise CertificateFormError(str(error)) from None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A statement and its signature of 64 bytes.

    Raises:
        CertificateFormError: the signature has another size.
    """

    statement: Statement
    signature: bytes

    def __post_init__(self) -> None:
        if len(self.signature) != _SIGNATURE_SIZE:
            raise CertificateFormError("an Ed25519 signature has 64 bytes")


def record_digest(boxes: Iterable[tuple[str, str]]) -> str:
    """The digest over box uuids and digests of their archives, in the manifest's order."""
    return sha256(format_canonical([list(pair) for pair in boxes])).hexdigest()


def sign_certificate(statement: Statement, private: Ed25519PrivateKey) -> Certificate:
    """Sign a statement with the certifying key that it names.

    Raises:
        CertificateKeyError: the statement names another key.
    """
    public = private.public_key().public_bytes_raw().hex()
    if public != statement.key:
        raise CertificateKeyError(public, statement.key)
    return Certificate(statement, private.sign(_signed_bytes(statement)))


def verify_certificate(certificate: Certificate, key: str) -> None:
    """Check that the certificate is signed with this certifying key (hex).

    Raises:
        CertificateKeyError: it names another key.
        CertificateSignatureError: the signature does not belong to the statement.
    """
    found = certificate.statement.key
    if found != key:
        raise CertificateKeyError(found, key)
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(certificate.signature, _signed_bytes(certificate.statement))
    except (InvalidSignature, ValueError):
        raise CertificateSignatureError(key) from None


def format_certificate(certificate: Certificate) -> bytes:
    """The one byte form of a certificate."""
    members = _members(certificate.statement)
    return format_canonical({**members, "signature": certificate.signature.hex()})


def parse_certificate(raw: bytes) -> Certificate:
    """Read a certificate; its signature is not verified yet.

    Raises:
        CertificateFormError: the bytes are not the one form of a certificate.
    """
    try:
        value = parse_canonical(raw, limit=CERTIFICATE_LIMIT)
    except CanonicalError as error:
        raise CertificateFormError(str(error)) from None
    members = _require_members(value, _FIELDS)
    checkpoint = _require_members(members["checkpoint"], ("origin", "size", "root"))
    root = decode_base64(str(checkpoint["root"]))
    signature = str(members["signature"])
    if root is None or len(signature) != 2 * _SIGNATURE_SIZE:
        raise CertificateFormError("its root or its signature has not its form")
    try:
        certificate = Certificate(
            Statement(
                election=str(members["election"]),
                manifest=str(members["manifest"]),
                result=str(members["result"]),
                record=str(members["record"]),
                origin=str(checkpoint["origin"]),
                size=cast("int", checkpoint["size"]),
                root=root,
                time=cast("int", members["time"]),
                reason=str(members["reason"]),
                key=str(members["key"]),
            ),
            bytes.fromhex(signature),
        )
    except ValueError:
        raise CertificateFormError("its signature is not hex") from None
    if format_certificate(certificate) != raw:  # also another version, or "1" for 1
        raise CertificateFormError("it is not in its one form")
    return certificate


def _members(statement: Statement) -> dict[str, object]:
    return {
        "v": 1,
        "election": statement.election,
        "manifest": statement.manifest,
        "result": statement.result,
        "record": statement.record,
        "checkpoint": {
            "origin": statement.origin,
            "size": statement.size,
            "root": b64encode(statement.root).decode("ascii"),
        },
        "time": statement.time,
        "reason": statement.reason,
        "key": statement.key,
    }


def _signed_bytes(statement: Statement) -> bytes:
    # The tag keeps this signature from ever meaning anything else.
    return _TAG + format_canonical(_members(statement))


def _require_members(value: object, names: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(value, dict) or tuple(cast("dict[str, object]", value)) != names:
        raise CertificateFormError("its members are not the right ones in their order")
    return cast("dict[str, object]", value)


def _check(name: str, form: Form[str] | Form[int], value: object) -> None:
    try:
        form.check(value)
    except FormError as error:
        raise CertificateFormError(f"{name} {error}") from None
