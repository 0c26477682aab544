"""Credentials: the secret that signs a member's ballot, and its public half.

A credential is 22 random Base58 characters, 128.9 bits, written XXXXX-XXXXXX-XXXXX-XXXXXX.
The election's uuid goes into its key, so a credential is good for one box alone.

Source: design 3, sections 3 and 5.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ballots.encoding import (
    format_json,
    parse_json,
    read_list,
    read_text,
)
from ballots.errors import (
    CredentialFormError,
    CredentialOrderError,
    IdentityPointError,
    MixedWeightsError,
    WrongValueError,
)
from ballots.group import BASE, ONE, ORDER, Random, combine, format_point, read_point

BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
MOST_CREDENTIALS: Final = 4_000_000

_CREDENTIAL = re.compile("-".join(f"[{BASE58}]{{{n}}}" for n in (5, 6, 5, 6)), re.ASCII)
_WEIGHT = re.compile(r"[1-9][0-9]{0,14}", re.ASCII)
# A credential's text, a comma, 15 digits, quotes and a comma.
_LARGEST_LIST = MOST_CREDENTIALS * 83 + 2


def random_base58(random: Random, length: int) -> str:
    """So many characters, each of Base58 as likely as any other."""
    characters = ""
    while len(characters) < length:
        # 232 = 4 · 58: a byte above it would favour the first characters.
        characters += "".join([BASE58[b % 58] for b in random(length) if b < 232])
    return characters[:length]


def make_uuid(random: Random) -> str:
    """A new election's uuid: 14 characters of Base58."""
    return random_base58(random, 14)


def make_credential(random: Random) -> str:
    """A new credential."""
    text = random_base58(random, 22)
    return "-".join((text[:5], text[5:11], text[11:16], text[16:]))


def parse_credential(text: str) -> str:
    """Take a credential from outside, in its one form.

    Raises:
        CredentialFormError: it is something else (which is not repeated: it may be a secret).
    """
    if not _CREDENTIAL.fullmatch(text):
        raise CredentialFormError
    return text


def signing_key(uuid: str, credential: str) -> int:
    """The private exponent that signs ballots in the box `uuid`."""
    parse_credential(credential)
    halves = (f"derive_credential|{uuid}|{half}|{credential}" for half in (0, 1))
    return int("".join([hashlib.sha256(h.encode()).hexdigest() for h in halves]), 16) % ORDER


def public_credential(uuid: str, credential: str) -> str:
    """The public half: 64 hexadecimal digits on the box's credential list."""
    return format_point(combine([[(BASE, signing_key(uuid, credential))]])[0])


def sign_in_code(secret: str) -> str:
    """What a page posts to sign in: a hash that tells nothing of the secret. Lower hex."""
    return hashlib.sha256(b"teg-sign-in|" + secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Credentials:
    """The public credentials of one box, in the order of the list.

    Attributes:
        weights: each public credential with its weight.
        weighted: whether the list says weights; without, each is 1.
    """

    weights: Mapping[str, int]
    weighted: bool

    def __contains__(self, public: object) -> bool:
        return public in self.weights

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def total_weight(self) -> int:
        """The weight of all together: no count can be larger."""
        return sum(self.weights.values())


def _place(public: str) -> str:
    # The order of the points' little-endian bytes: it says nothing of the roll's order.
    return bytes.fromhex(public)[::-1].hex()


def format_credentials(publics: Sequence[str]) -> bytes:
    """Write a list of public credentials without weights, sorted.

    Raises:
        CredentialOrderError: one is there twice.
    """
    raw = format_json(sorted(publics, key=_place))
    parse_credentials(raw)
    return raw


def parse_credentials(raw: bytes) -> Credentials:
    """Parse a box's list; that each is in the group is for the verifier.

    Raises:
        MixedWeightsError: some have a weight and some have none.
        CredentialOrderError: one is repeated, or the list is not sorted.
    """
    entries = read_list(
        parse_json(raw, _LARGEST_LIST), "credentials", _read_entry, most=MOST_CREDENTIALS
    )
    if len({weight is None for _, weight in entries}) > 1:
        raise MixedWeightsError
    for (before, _), (after, _) in pairwise(entries):
        if _place(before) >= _place(after):
            raise CredentialOrderError(after)
    weights = {public: 1 if weight is None else weight for public, weight in entries}
    return Credentials(weights, any(weight is not None for _, weight in entries))


def _read_entry(value: object) -> tuple[str, int | None]:
    public, comma, weight = read_text(value, 81).partition(",")
    if read_point(public) == ONE:
        # Anyone could sign for it.
        raise IdentityPointError(public)
    if not comma:
        return public, None
    if not _WEIGHT.fullmatch(weight):
        raise WrongValueError("weight", weight)
    return public, int(weight)
