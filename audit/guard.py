"""The guard: a file outside the database that remembers what the log has signed.

A log that signs two heads which contradict each other can show one history to one member
and another to the next. Restoring an old copy of the database is enough to make it do so
by accident. Therefore the last signed checkpoint is kept in a file of its own, outside the
database and its backups, and before every signature the tree must still have the root that
was signed. Looking at the size alone is not enough: a restored log that has grown past the
signed size again verifies by itself.

Order: entries durable, check against the guard, sign, guard durable, publish.

Source: design 5, section 0.2.
"""

import fcntl
import os
from base64 import b64encode
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from audit.checkpoint import open_checkpoint, sign_checkpoint
from audit.errors import (
    AuditError,
    GuardExistsError,
    GuardFormError,
    GuardMissingError,
    RewrittenLogError,
    RolledBackError,
    StaleGuardError,
    WrongRootError,
)
from audit.merkle import EMPTY_ROOT
from audit.note import NOTE_LIMIT, LogSigner, VerifierKey, decode_base64
from voting.canonical import format_canonical, parse_canonical
from voting.errors import CanonicalError

_FILE_LIMIT = 2 * NOTE_LIMIT


@dataclass(frozen=True, slots=True)
class Guarded:
    """The last checkpoint that was signed.

    Attributes:
        size: number of entries.
        root: 32 bytes.
        note: the signed checkpoint itself.
    """

    size: int
    root: bytes
    note: bytes


class Guard:
    """The file, and the lock beside it that lets one process sign at a time.

    Attributes:
        path: of the file; `<path>.lock` stands beside it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self, signer: LogSigner) -> bytes:
        """Begin a log: sign the empty tree and remember it.

        Raises:
            GuardExistsError: there is a guard already; it is never replaced.
        """
        note = sign_checkpoint(signer, 0, EMPTY_ROOT)
        with self._locked():
            if self.path.exists():
                raise GuardExistsError(self.path)
            self._write(Guarded(0, EMPTY_ROOT, note))
        return note

    def read(self) -> Guarded:
        """What was signed last.

        Raises:
            GuardMissingError: there is no file; without it nothing may be signed.
            GuardFormError: the file is not one that this class wrote.
        """
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            raise GuardMissingError(self.path) from None
        return _parse_guarded(self.path, raw)

    def advance(self, old: Guarded, new: Guarded) -> None:
        """Replace what was signed last, if it is still `old`.

        Raises:
            StaleGuardError: somebody else advanced the guard meanwhile.
            RolledBackError: the new size is smaller.
            GuardMissingError, GuardFormError: see `read`.
        """
        with self._locked():
            self._advance(old, new)

    def sign(
        self, signer: LogSigner, size: int, root: bytes, root_at: Callable[[int], bytes]
    ) -> bytes:
        """Sign and advance in one step; see `sign_next`."""
        with self._locked():
            old = self.read()
            _require_own(self.path, signer.key, old)
            if size < old.size:
                raise RolledBackError(size, old.size)
            if root_at(old.size) != old.root:
                raise RewrittenLogError(old.size)
            if root_at(size) != root:
                raise WrongRootError(size)
            if size == old.size:
                return old.note
            note = sign_checkpoint(signer, size, root)
            self._advance(old, Guarded(size, root, note))
            return note

    @contextmanager
    def _locked(self) -> Generator[None]:
        descriptor = os.open(f"{self.path}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            # Released when the descriptor is closed, also when the process is killed.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _advance(self, old: Guarded, new: Guarded) -> None:
        found = self.read()
        if found != old:
            raise StaleGuardError(old.size, found.size)
        if new.size < old.size:
            raise RolledBackError(new.size, old.size)
        self._write(new)

    def _write(self, new: Guarded) -> None:
        """Write beside, make durable, put in place: a kill leaves the old file or the new."""
        beside = Path(f"{self.path}.new")
        with beside.open("wb") as file:
            file.write(_format_guarded(new))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sign_next(
    guard: Guard, signer: LogSigner, size: int, root: bytes, root_at: Callable[[int], bytes]
) -> bytes:
    """Sign the log's new head, if it continues everything that was signed before.

    Args:
        guard: remembers the last signature.
        signer: the log's key.
        size: number of entries to sign; they are durable already.
        root: their root.
        root_at: computes the root of the first n entries from the stored tree.

    Returns:
        The signed checkpoint; the guard already knows it.

    Raises:
        GuardMissingError, GuardFormError: see `Guard.read`; also when the guard belongs to
            another key.
        RolledBackError: fewer entries than were signed.
        RewrittenLogError: the entries signed before are no longer the same.
        WrongRootError: the root is not the one of the stored tree.
    """
    return guard.sign(signer, size, root, root_at)


def _require_own(path: Path, key: VerifierKey, old: Guarded) -> None:
    """Refuse the guard of another log, or one whose parts do not belong together."""
    try:
        checkpoint = open_checkpoint(old.note, key)
    except AuditError as error:
        raise GuardFormError(path, f"it is not one of this log's: {error}") from None
    if (checkpoint.size, checkpoint.root) != (old.size, old.root):
        raise GuardFormError(path, "its size and root are not those of its note")


def _format_guarded(value: Guarded) -> bytes:
    root = b64encode(value.root).decode("ascii")
    return format_canonical({"v": 1, "size": value.size, "root": root, "note": value.note.decode()})


def _parse_guarded(path: Path, raw: bytes) -> Guarded:
    try:
        value = parse_canonical(raw, limit=_FILE_LIMIT)
    except CanonicalError as error:
        raise GuardFormError(path, str(error)) from None
    if not isinstance(value, dict):
        raise GuardFormError(path, "it is not an object")
    members = cast("dict[str, object]", value)
    size, note = members.get("size"), members.get("note")
    root = decode_base64(str(members.get("root")))
    if type(size) is not int or not isinstance(note, str) or root is None:
        raise GuardFormError(path, "its values have not their form")
    guarded = Guarded(size, root, note.encode())
    if _format_guarded(guarded) != raw:
        raise GuardFormError(path, "its members are not the right ones in their order")
    return guarded
