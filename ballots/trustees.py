"""Trustees: their keys, the proof that they know them, and the joint key of an election.

Each trustee holds one private key; the joint key is the product of the public ones, so that
all are needed to open a tally, and none can open a ballot alone.

Source: design 3, section 4 (Single trustees).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ballots.encoding import (
    format_json,
    parse_json,
    present_fields,
    read_fields,
    read_json_point,
    read_list,
    read_scalar,
    read_text,
)
from ballots.errors import (
    FormError,
    IdentityPointError,
    PrivateKeyFormError,
    RepeatedTrusteeError,
    TrusteeProofError,
    UnsupportedError,
    WrongValueError,
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
    multiply_all,
    random_scalar,
    read_point,
)
from ballots.proofs import Proof, format_proof, is_knowledge_proved, prove_knowledge, read_proof

MOST_TRUSTEES: Final = 100
LONGEST_NAME: Final = 200
_LARGEST_KEY: Final = 4096


@dataclass(frozen=True, slots=True)
class TrusteePublicKey:
    """A trustee's public key with its proof, which holds.

    Attributes:
        public_key: 64 hexadecimal digits.
        pok: the proof that she knows the private key.
        name: who she is, if she says.
        point: the key as a point.

    Raises:
        TrusteeProofError: the proof fails.
        IdentityPointError: the key is the identity.
        PointOutsideGroupError: the key is outside the group.
    """

    public_key: str
    pok: Proof
    name: str | None = None
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


@dataclass(frozen=True, slots=True)
class Trustees:
    """All trustees of an election, in the order of their numbers, which start from 1.

    Raises:
        RepeatedTrusteeError: two have the same key.
    """

    keys: tuple[TrusteePublicKey, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.keys) <= MOST_TRUSTEES:
            raise WrongValueError((1, MOST_TRUSTEES), len(self.keys))
        seen: set[str] = set()
        for key in self.keys:
            if key.public_key in seen:
                raise RepeatedTrusteeError(key.public_key)
            seen.add(key.public_key)


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
    return format_json(_key_object(TrusteePublicKey(public, pok, name)))


def _key_object(key: TrusteePublicKey) -> dict[str, object]:
    value: dict[str, object] = {"pok": format_proof(key.pok), "public_key": key.public_key}
    if key.name is not None:
        value["name"] = key.name
    return value


def verify_public_key(raw: bytes) -> TrusteePublicKey:
    """Parse a trustee's public key and verify its proof."""
    return _read_key(parse_json(raw, _LARGEST_KEY))


def _read_key(value: object) -> TrusteePublicKey:
    names = present_fields(value, ("pok", "public_key", "name"), frozenset({"name"}))
    pok, public_key, *name = read_fields(value, *names)
    return TrusteePublicKey(
        public_key=format_point(read_json_point(public_key)),
        pok=read_proof(pok),
        name=read_text(name[0], LONGEST_NAME) if name else None,
    )


def format_trustees(keys: Sequence[bytes]) -> bytes:
    """The archive's trustees record, of public keys in the order of the trustees' numbers."""
    trustees = Trustees(tuple([verify_public_key(key) for key in keys]))
    return format_json([["Single", _key_object(key)] for key in trustees.keys])


def parse_trustees(raw: bytes) -> Trustees:
    """Parse a trustees record and verify every key's proof.

    Raises:
        UnsupportedError: some share a key by threshold.
    """
    value = parse_json(raw, MOST_TRUSTEES * _LARGEST_KEY)
    return Trustees(read_list(value, "trustees", _read_trustee, most=MOST_TRUSTEES))


def _read_trustee(value: object) -> TrusteePublicKey:
    kind, key = read_list(value, "trustee", lambda item: item, count=2)
    if kind == "Pedersen":
        raise UnsupportedError("Pedersen trustees")
    if kind != "Single":
        raise WrongValueError("Single", kind)
    return _read_key(key)


def joint_key(trustees: Trustees) -> str:
    """The election's public key: the product of the trustees'."""
    return format_point(multiply_all([key.point for key in trustees.keys]))
