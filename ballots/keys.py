"""A trustee's key: the private half in a file, the public half with its proof.

Source: design 3, section 4 (docs/formats/trustees.md).
"""

from dataclasses import dataclass, field
from typing import Final

from ballots.encoding import (
    format_json,
    parse_json,
    present_fields,
    read_fields,
    read_json_point,
    read_scalar,
    read_text,
)
from ballots.errors import (
    FormError,
    IdentityPointError,
    PrivateKeyFormError,
    TrusteeProofError,
)
from ballots.group import (
    BASE,
    ONE,
    ORDER,
    Point,
    Random,
    check_points,
    combine,
    format_point,
    random_scalar,
    read_point,
)
from ballots.proofs import Proof, format_proof, is_knowledge_proved, prove_knowledge, read_proof

LONGEST_NAME: Final = 200
LARGEST_KEY: Final = 4096


@dataclass(frozen=True, slots=True)
class TrusteePublicKey:
    """A trustee's public key with its proof, which holds.

    Attributes:
        public_key: 64 hexadecimal digits.
        pok: the proof that she knows the private key.
        name: who she is, if she says.
        signature: of the key's text, where she is one of a threshold (see `ballots.pedersen`).
        point: the key as a point.

    Raises:
        TrusteeProofError: the proof fails.
        IdentityPointError: the key is the identity.
        PointOutsideGroupError: the key is outside the group.
    """

    public_key: str
    pok: Proof
    name: str | None = None
    signature: Proof | None = None
    point: Point = field(init=False, repr=False)

    def __post_init__(self) -> None:
        point = read_point(self.public_key)
        if point == ONE:
            raise IdentityPointError("public_key")
        check_points([point])
        # Without this proof the last trustee could choose a key that undoes the others'.
        if not is_knowledge_proved(_prefix(self.public_key), point, self.pok):
            raise TrusteeProofError(self.public_key)
        object.__setattr__(self, "point", point)


def _prefix(public_key: str) -> str:
    return f"pok|Ed25519|{public_key}|"


def make_private_key(random: Random) -> int:
    """A new private key."""
    return random_scalar(random)


def format_private_key(private: int) -> bytes:
    """A private key as its file holds it: a JSON string of the decimal number."""
    return format_json(str(private))


def parse_private_key(raw: bytes) -> int:
    """Read a private key's file; the independent tool ends it with a line feed, we do not.

    Raises:
        PrivateKeyFormError: it is no private key.
    """
    try:
        private = read_scalar(parse_json(raw.removesuffix(b"\n"), 128))
    except FormError:
        raise PrivateKeyFormError from None
    if private == 0:
        raise PrivateKeyFormError
    return private


def make_public_key(private: int, random: Random, name: str | None = None) -> bytes:
    """A trustee's public key with the proof that she knows the private one."""
    public = format_point(combine([[(BASE, private % ORDER)]])[0])
    pok = prove_knowledge(_prefix(public), private, random)
    return format_json(key_object(TrusteePublicKey(public, pok, name)))


def key_object(key: TrusteePublicKey) -> dict[str, object]:
    """A public key as JSON holds it."""
    value: dict[str, object] = {"pok": format_proof(key.pok), "public_key": key.public_key}
    if key.signature is not None:
        value["signature"] = format_proof(key.signature)
    if key.name is not None:
        value["name"] = key.name
    return value


def verify_public_key(raw: bytes) -> TrusteePublicKey:
    """Parse a trustee's public key and verify its proof."""
    return read_key(parse_json(raw, LARGEST_KEY))


def read_key(value: object, *, signed: bool = False) -> TrusteePublicKey:
    """Read a public key from JSON and verify its proof.

    Args:
        value: the JSON.
        signed: whether it must have a signature, or must not.
    """
    fields = ("pok", "public_key", "signature", "name") if signed else ("pok", "public_key", "name")
    pok, public_key, *more = read_fields(value, *present_fields(value, fields, frozenset({"name"})))
    signature = read_proof(more.pop(0)) if signed else None
    return TrusteePublicKey(
        public_key=format_point(read_json_point(public_key)),
        pok=read_proof(pok),
        name=read_text(more[0], LONGEST_NAME) if more else None,
        signature=signature,
    )
