"""A threshold trustee's secret and her certificate: the first round of making a key.

Also the digest that is given before anything is shown, in this round or the next, so that the
last one to show hers could not choose it after seeing the others'.

Source: design 3, sections 4 and 13 (docs/formats/trustees.md).
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ballots.credentials import BASE58, random_base58
from ballots.encoding import format_json, parse_json
from ballots.errors import NotASeatError, RevealedError, SeedFormError
from ballots.group import BASE, ORDER, Random, combine
from ballots.messages import SignedMessage, format_signed, signature_of
from ballots.pedersen import (
    LARGEST_CERTIFICATE,
    Certificate,
    Context,
    format_certificate_message,
    read_certificate,
    verify_certificates,
)

SEED_LENGTH: Final = 22
COMMIT_TAG: Final = b"teg/commit/v1"
_SEED = re.compile(f"[{BASE58}]{{{SEED_LENGTH}}}", re.ASCII)


# --- a trustee's secret -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seed:
    """A trustee's secret, from which both of her keys follow.

    Raises:
        SeedFormError: it is none.
    """

    text: str

    def __post_init__(self) -> None:
        if not _SEED.fullmatch(self.text):
            raise SeedFormError

    def __repr__(self) -> str:
        return "Seed(…)"

    @property
    def signing(self) -> int:
        """The private half of her verification key."""
        return self._derive("sk")

    @property
    def decryption(self) -> int:
        """The private half of her encryption key."""
        return self._derive("dk")

    def _derive(self, use: str) -> int:
        return int(hashlib.sha256(f"{use}|{self.text}".encode()).hexdigest(), 16) % ORDER


def make_seed(random: Random) -> Seed:
    """A new secret."""
    return Seed(random_base58(random, SEED_LENGTH))


# --- committing before showing ----------------------------------------------------------


def commit_to(shown: bytes) -> str:
    """The digest that is given before a public key, or a polynomial's public half, is shown."""
    return hashlib.sha256(COMMIT_TAG + len(shown).to_bytes(4) + shown).hexdigest()


def verify_revealed(committed: str, shown: bytes) -> None:
    """Require that what is shown is what was committed to.

    Raises:
        RevealedError: it is something else: perhaps chosen after the others were seen.
    """
    if not hmac.compare_digest(commit_to(shown).encode(), committed.encode(errors="replace")):
        raise RevealedError(committed, commit_to(shown))


# --- round 1 ----------------------------------------------------------------------------


def make_certificate(seed: Seed, context: Context, random: Random) -> bytes:
    """A trustee's certificate."""
    verification, encryption = combine([[(BASE, seed.signing)], [(BASE, seed.decryption)]])
    text = format_certificate_message(context, verification, encryption)
    return format_json(format_signed(sign_text(text, seed, random)))


def sign_text(text: str, seed: Seed, random: Random) -> SignedMessage:
    """Sign a text with a trustee's verification key."""
    return SignedMessage(text, signature_of(text, seed.signing, random))


def parse_certificates(threshold: int, raws: Sequence[bytes]) -> tuple[Certificate, ...]:
    """Parse and verify the certificates of all, in the order of their indexes."""
    parsed = tuple([read_certificate(parse_json(raw, 2 * LARGEST_CERTIFICATE)) for raw in raws])
    verify_certificates(threshold, parsed)
    return parsed


def find_seat(seed: Seed, certificates: Sequence[Certificate]) -> int:
    """The index, from 1, of the certificate that was made from this seed.

    Raises:
        NotASeatError: there is none.
    """
    own = combine([[(BASE, seed.signing)], [(BASE, seed.decryption)]])
    for index, certificate in enumerate(certificates, 1):
        if [certificate.verification, certificate.encryption] == own:
            return index
    raise NotASeatError
