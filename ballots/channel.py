"""Secrets from one threshold trustee to another: signed, then encrypted with AES-GCM.

Nobody else sees them, the service that carries them included. They are never published.

Source: design 3, section 4 (docs/formats/trustees.md).
"""

import hashlib
import re
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ballots.encoding import (
    format_json,
    has_field,
    parse_json,
    read_fields,
    read_json_point,
    read_text,
)
from ballots.errors import ChannelError, TrusteeSignatureError, UnsupportedError
from ballots.group import (
    BASE,
    Point,
    Random,
    check_points,
    combine,
    format_point,
    random_scalar,
)
from ballots.messages import SignedMessage, format_signed, is_signed, read_signed, signature_of

LARGEST_SECRET: Final = 2**16
_HEX: Final = re.compile(r"([0-9a-f]{2})+", re.ASCII)


def seal_secret(text: str, sender: int, recipient: Point, random: Random) -> str:
    """Sign a secret and encrypt it.

    Args:
        text: the secret.
        sender: the private half of the sender's verification key.
        recipient: the recipient's encryption key.
        random: random bytes.
    """
    # Naming the recipient inside stops her from passing it on as if sent to another.
    addressed = format_json({"recipient": format_point(recipient), "message": text}).decode()
    signed = SignedMessage(addressed, signature_of(addressed, sender, random))
    return encrypt_to(recipient, format_json(format_signed(signed)), random)


def encrypt_to(recipient: Point, plain: bytes, random: Random) -> str:
    """Encrypt bytes that say themselves whose they are."""
    nonce, hidden = random_scalar(random), random_scalar(random)
    alpha, beta, shared = combine(
        [[(BASE, nonce)], [(recipient, nonce), (BASE, hidden)], [(BASE, hidden)]]
    )
    data = _cipher(shared).encrypt(_nonce(alpha), plain, None)
    value = {
        "algorithm": "AES-GCM",
        "alpha": format_point(alpha),
        "beta": format_point(beta),
        "data": data.hex(),
    }
    return format_json(value).decode()


def open_secret(sealed: str, private: int, sender: Point, index: int) -> str:
    """Decrypt a secret and verify whose it is.

    Args:
        sealed: from `seal_secret`.
        private: the private half of one's own encryption key.
        sender: the sender's verification key.
        index: the sender's, for the error.

    Raises:
        ChannelError: it cannot be decrypted with this key, or is meant for another.
        TrusteeSignatureError: the sender did not sign it.
        UnsupportedError: it is encrypted as versions before 3.1 did.
    """
    value = parse_json(sealed.encode(errors="replace"), 4 * LARGEST_SECRET)
    if not has_field(value, "algorithm"):
        raise UnsupportedError("a secret without AES-GCM")
    algorithm, *points, data = read_fields(value, "algorithm", "alpha", "beta", "data")
    text = read_text(data, 2 * LARGEST_SECRET)
    if algorithm != "AES-GCM" or not _HEX.fullmatch(text):
        raise ChannelError("form")
    alpha, beta = (read_json_point(point) for point in points)
    # A point of small order as alpha would betray the key, little by little.
    check_points([alpha, beta])
    shared, own = combine([[(beta, 1), (alpha, -private)], [(BASE, private)]])
    try:
        plain = _cipher(shared).decrypt(_nonce(alpha), bytes.fromhex(text), None)
    except InvalidTag:
        raise ChannelError("key") from None
    signed = read_signed(parse_json(plain, LARGEST_SECRET), LARGEST_SECRET)
    if not is_signed(signed.message, sender, signed.signature):
        raise TrusteeSignatureError("secret", index)
    recipient, message = read_fields(
        parse_json(signed.message.encode(), LARGEST_SECRET), "recipient", "message"
    )
    if recipient != format_point(own):
        raise ChannelError("recipient")
    return read_text(message, LARGEST_SECRET)


def _cipher(shared: Point) -> AESGCM:
    return AESGCM(hashlib.sha256(f"key|{format_point(shared)}".encode()).digest())


def _nonce(alpha: Point) -> bytes:
    return hashlib.sha256(f"iv|{format_point(alpha)}".encode()).digest()
