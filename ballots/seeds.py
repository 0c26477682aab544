"""A threshold trustee's secret and her certificate: the first round of making a key.

Also the digest that is given before anything is shown, so that the last one to show hers could
not choose it after seeing the others'. In the service it is given with the certificate, in one
visit: the polynomial follows from the seed.

Source: design 3, sections 4 and 13 (docs/formats/trustees.md).
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from ballots.credentials import BASE58, random_base58
from ballots.encoding import format_json, parse_json
from ballots.errors import NotASeatError, RevealedError, SeedFormError
from ballots.group import BASE, ORDER, Random, combine, random_scalar
from ballots.messages import SignedMessage, format_signed, signature_of
from ballots.pedersen import (
    LARGEST_CERTIFICATE,
    Certificate,
    Context,
    format_certificate_message,
    format_commitments_message,
    read_certificate,
    verify_certificates,
)

SEED_LENGTH: Final = 22
COMMIT_TAG: Final = b"teg/commit/v1"
POLYNOMIAL_TAG: Final = b"teg/polynomial/v1"
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


# --- a polynomial that follows from the seed --------------------------------------------


def seed_random(seed: Seed, election: str, threshold: int) -> Random:
    """The bytes from which a trustee's polynomial for one election is made.

    They follow from her seed, so that she can commit to a polynomial in one visit and show
    it in another, and from the election's uuid, so that no two polynomials are alike. They
    follow from the threshold, too: otherwise the nonce of one polynomial's signature would be a
    coefficient of the longer one, and a service that asked for both could sign for her.
    """
    start = POLYNOMIAL_TAG
    for part in (seed.text.encode(), election.encode()):
        start += len(part).to_bytes(4) + part
    start += threshold.to_bytes(4)
    numbers = count()
    rest = b""

    def take(length: int) -> bytes:
        nonlocal rest
        while len(rest) < length:
            rest += hashlib.sha256(start + next(numbers).to_bytes(4)).digest()
        taken, rest = rest[:length], rest[length:]
        return taken

    return take


def make_commitments(
    seed: Seed, threshold: int, election: str
) -> tuple[tuple[int, ...], SignedMessage]:
    """A trustee's polynomial for an election, and the signed message with its public half.

    Every call gives the same: coefficients, then the signature's nonce, out of `seed_random`.

    Args:
        seed: hers; fresh, of this election only.
        threshold: how many trustees are to be needed.
        election: the election's uuid.
    """
    return draw_commitments(seed, threshold, seed_random(seed, election, threshold))


def draw_commitments(
    seed: Seed, threshold: int, random: Random
) -> tuple[tuple[int, ...], SignedMessage]:
    """A polynomial and the signed message with its public half, from any random bytes."""
    coefficients = tuple([random_scalar(random) for _ in range(threshold)])
    points = combine([[(BASE, coefficient)] for coefficient in coefficients])
    return coefficients, sign_text(format_commitments_message(points), seed, random)


def make_commitment(seed: Seed, threshold: int, election: str) -> str:
    """The digest that a trustee gives with her certificate."""
    _, signed = make_commitments(seed, threshold, election)
    return commit_to(format_json(format_signed(signed)))


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
