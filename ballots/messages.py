"""Signed messages: a text and the proof that its signer knows the exponent of her key.

Source: design 3, section 4.
"""

from dataclasses import dataclass

from ballots.encoding import read_fields, read_text
from ballots.group import Point, Random
from ballots.proofs import Proof, format_proof, is_knowledge_proved, prove_knowledge, read_proof


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text with a signature, which is still to be verified."""

    message: str
    signature: Proof


def signature_of(message: str, private: int, random: Random) -> Proof:
    """Sign a text."""
    return prove_knowledge(_prefix(message), private, random)


def is_signed(message: str, public: Point, signature: Proof) -> bool:
    """Whether the owner of the key signed the text."""
    return is_knowledge_proved(_prefix(message), public, signature)


def format_signed(signed: SignedMessage) -> dict[str, object]:
    """A signed message as JSON holds it."""
    return {"message": signed.message, "signature": format_proof(signed.signature)}


def read_signed(value: object, most: int) -> SignedMessage:
    """Read a signed message whose text has at most so many characters."""
    message, signature = read_fields(value, "message", "signature")
    return SignedMessage(read_text(message, most), read_proof(signature))


def _prefix(message: str) -> str:
    return f"sigmsg|{message}|"
