"""Signed notes: a text and the lines of those who signed it, and the keys of such lines.

    <text, ends in a newline>
    <empty line>
    — <key name> <base64 of 4 bytes of key id and the signature>

The log signs with plain Ed25519 (type 01). Lines of keys nobody asked about are left
alone: witnesses and later kinds of signature stand beside ours.

Source: design 5, section 1; C2SP signed-note.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit.errors import KeyFormError, NoteFormError, NoteSignatureError, UnsignedNoteError

ED25519 = 1
NOTE_LIMIT = 65_536
SIGNATURE_LIMIT = 100
_DASH = "\N{EM DASH} "
_KEY_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)
_SIGNATURE_LINE = re.compile(r"\N{EM DASH} ([^ ]+) ([^ ]+)")
_ID_SIZE = 4
_KEY_SIZE = 32


def decode_base64(text: str) -> bytes | None:
    """The bytes of canonical Base64, or None.

    Python's decoder passes over foreign characters and loose trailing bits; two texts for
    one signature would let a note be changed without breaking it.
    """
    try:
        raw = b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        return None
    return raw if b64encode(raw).decode("ascii") == text else None


def is_key_name(name: str) -> bool:
    """Whether a name may stand in a key and on a signature line."""
    printable = name.isprintable() and not any(letter.isspace() for letter in name)
    return bool(name) and printable and "+" not in name


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The four bytes that point from a signature line to a key."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:_ID_SIZE]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a log's key.

    Attributes:
        name: equals the log's origin.
        public: 32 bytes as in RFC 8032.

    Raises:
        KeyFormError: the name may not stand on a signature line, or the key has a wrong size.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise KeyFormError("its name is empty, or has a space or a plus sign")
        if len(self.public) != _KEY_SIZE:
            raise KeyFormError("an Ed25519 key has 32 bytes")

    @classmethod
    def parse(cls, vkey: str) -> "VerifierKey":
        """Read `<name>+<id>+<base64>`; Base64 may itself contain plus signs.

        Raises:
            KeyFormError: the text is not the key of a log that signs with Ed25519.
        """
        name, encoded = _split_key(vkey)
        if encoded[0] != ED25519:
            raise KeyFormError(f"signatures of type {encoded[0]:02x} are not the log's")
        key = cls(name, encoded[1:])
        if key.vkey != vkey:
            raise KeyFormError("its id is not the one of this name and key")
        return key

    @property
    def id(self) -> bytes:
        """Four bytes, as on signature lines."""
        return key_id(self.name, ED25519, self.public)

    @property
    def vkey(self) -> str:
        """The one text of this key."""
        encoded = b64encode(bytes([ED25519]) + self.public).decode("ascii")
        return f"{self.name}+{self.id.hex()}+{encoded}"

    @property
    def fingerprint(self) -> str:
        """Short enough to be read aloud: eight groups of four hex digits."""
        digits = sha256(self.vkey.encode()).hexdigest()[:32]
        return " ".join(digits[i : i + 4] for i in range(0, 32, 4))

    def verify(self, text: bytes, signature: bytes) -> None:
        """Check an Ed25519 signature over a note's text.

        Raises:
            NoteSignatureError: the signature is not by this key over this text.
        """
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            raise NoteSignatureError(self.name) from None


@dataclass(frozen=True, slots=True)
class LogSigner:
    """The secret half of a log's key.

    Attributes:
        name: equals the log's origin.
        seed: the 32 bytes from which Ed25519 derives everything; never shown.
    """

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != _KEY_SIZE:
            raise KeyFormError("an Ed25519 seed has 32 bytes")
        _ = self.key  # refuses a bad name

    @classmethod
    def parse(cls, skey: str) -> "LogSigner":
        """Read `PRIVATE+KEY+<name>+<id>+<base64>`.

        Raises:
            KeyFormError: the text has not this form.
        """
        rest = skey.removeprefix("PRIVATE+KEY+")
        if rest == skey:
            raise KeyFormError("a private key begins with PRIVATE+KEY+")
        name, encoded = _split_key(rest)
        if encoded[0] != ED25519:
            raise KeyFormError(f"signatures of type {encoded[0]:02x} are not the log's")
        signer = cls(name, encoded[1:])
        if signer.skey != skey:
            raise KeyFormError("its id is not the one of this name and key")
        return signer

    @property
    def skey(self) -> str:
        """The one text of the secret key; the id is that of the public half."""
        encoded = b64encode(bytes([ED25519]) + self.seed).decode("ascii")
        return f"PRIVATE+KEY+{self.name}+{self.key.id.hex()}+{encoded}"

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return VerifierKey(self.name, private.public_key().public_bytes_raw())

    @property
    def vkey(self) -> str:
        """The public half as text."""
        return self.key.vkey

    def sign(self, text: str) -> bytes:
        """The whole note with this signer's line."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        line = b64encode(self.key.id + signature).decode("ascii")
        raw = f"{text}\n{_DASH}{self.name} {line}\n".encode()
        parse_note(raw)  # a text that cannot be read back is never signed
        return raw


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note: who says to have signed, and what."""

    name: str
    id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart; nothing is verified yet."""

    text: str
    lines: tuple[SignatureLine, ...]


def parse_note(raw: bytes) -> Note:
    """Take a note apart.

    Raises:
        NoteFormError: the bytes are not a note.
    """
    if len(raw) > NOTE_LIMIT:
        raise NoteFormError(f"it is longer than {NOTE_LIMIT} bytes")
    try:
        content = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteFormError("it is not UTF-8") from None
    if any(letter < " " and letter != "\n" for letter in content):
        raise NoteFormError("it holds a control character")
    # The text may hold empty lines: only the last one parts it from the signatures.
    head, gap, tail = content.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteFormError("it has no text, empty line and signature lines")
    lines = tail[:-1].split("\n")
    if len(lines) > SIGNATURE_LIMIT:
        raise NoteFormError(f"it carries more than {SIGNATURE_LIMIT} signatures")
    return Note(head + "\n", tuple(_parse_line(line) for line in lines))


def open_note(raw: bytes, keys: Sequence[VerifierKey]) -> str:
    """The text of a note that at least one of the keys signed.

    Raises:
        NoteFormError: the bytes are not a note.
        NoteSignatureError: a line of one of the keys does not verify.
        UnsignedNoteError: there is no line of any of the keys.
    """
    note = parse_note(raw)
    known = {(key.name, key.id): key for key in keys}
    signed = False
    for line in note.lines:
        key = known.get((line.name, line.id))
        if key is not None:
            # Every line of a known key must hold, so that two programs that look at
            # different lines never disagree about the note.
            key.verify(note.text.encode(), line.signature)
            signed = True
    if not signed:
        raise UnsignedNoteError(", ".join(key.name for key in keys))
    return note.text


def _parse_line(line: str) -> SignatureLine:
    match = _SIGNATURE_LINE.fullmatch(line)
    if match is None or not is_key_name(match[1]):
        raise NoteFormError("a signature line is not a dash, a name and Base64")
    raw = decode_base64(match[2])
    if raw is None or len(raw) <= _ID_SIZE:
        raise NoteFormError(f"the signature of {match[1]} is not canonical Base64")
    return SignatureLine(match[1], raw[:_ID_SIZE], raw[_ID_SIZE:])


def _split_key(text: str) -> tuple[str, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise KeyFormError("it is not a name, an id and Base64 joined by plus signs")
    name, identity, encoded = parts
    if not _KEY_ID.fullmatch(identity):
        raise KeyFormError("its id is not eight lower-case hex digits")
    raw = decode_base64(encoded)
    if not raw:
        raise KeyFormError("it is not canonical Base64")
    return name, raw
