"""Checkpoints: the signed head of the log.

    <origin>
    <number of entries>
    <Base64 of the root>

The origin equals the name of the key. There are no extension lines and no time: our logs
never write them, and a line that nobody reads is a place to hide something.

Source: design 5, section 2; C2SP tlog-checkpoint.
"""

import re
from base64 import b64encode
from dataclasses import dataclass

from audit.errors import CheckpointFormError, WrongOriginError
from audit.merkle import EMPTY_ROOT, HASH_SIZE
from audit.note import LogSigner, VerifierKey, decode_base64, is_key_name, open_note

# int() would also take "+5", " 5", "5_0" and other alphabets' digits.
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log at one size.

    Attributes:
        origin: the log's name.
        size: number of entries.
        root: 32 bytes.
        raw: the whole signed note.

    Raises:
        CheckpointFormError: a value that no checkpoint can have.
    """

    origin: str
    size: int
    root: bytes
    raw: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.origin):
            raise CheckpointFormError("its origin is not a key's name")
        if not _SIZE.fullmatch(str(self.size)):
            raise CheckpointFormError("its size is not a number of entries")
        if len(self.root) != HASH_SIZE:
            raise CheckpointFormError("its root is not 32 bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise CheckpointFormError("the root of an empty log is the hash of nothing")


def format_checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """The text that the log signs."""
    Checkpoint(origin, size, root, b"")
    return f"{origin}\n{size}\n{b64encode(root).decode('ascii')}\n"


def sign_checkpoint(signer: LogSigner, size: int, root: bytes) -> bytes:
    """The signed checkpoint. Only `guard.sign_next` may call this for a live log."""
    return signer.sign(format_checkpoint_text(signer.name, size, root))


def open_checkpoint(raw: bytes, key: VerifierKey | str) -> Checkpoint:
    """The checkpoint in a note, verified by the log's key (or its text).

    Raises:
        KeyFormError, NoteFormError, NoteSignatureError, UnsignedNoteError: see `open_note`.
        CheckpointFormError: the text is not a checkpoint's.
        WrongOriginError: it is another log's, signed with this key.
    """
    verifier = VerifierKey.parse(key) if isinstance(key, str) else key
    text = open_note(raw, (verifier,))
    lines = text.split("\n")
    if len(lines) != 4:
        raise CheckpointFormError("it has not exactly three lines")
    origin, size, root = lines[0], lines[1], decode_base64(lines[2])
    if origin != verifier.name:
        raise WrongOriginError(origin, verifier.name)
    if not _SIZE.fullmatch(size) or root is None:
        raise CheckpointFormError("its size or root is not canonical")
    return Checkpoint(origin, int(size), root, raw)
