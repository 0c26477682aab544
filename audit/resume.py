"""The state of an interrupted verification, for the next run to go on from.

A state says what need not be looked at again, so whoever can write one decides that. Each is
sealed with a key that only this user has: one that somebody else made, or that was changed,
is put aside, and everything is verified anew.

Source: docs/formats/verify-state.md.
"""

import contextlib
import hashlib
import hmac
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final, cast

from audit import forms
from audit.files import read_file, write_new
from audit.forms import FormError
from audit.means_errors import NotAStateError, StateKeyError
from audit.record_errors import FileExistsAlreadyError, UnwritableFileError, UsageError
from ballots.archive import Archive
from ballots.halfway import Halfway, digest_setup
from ballots.verification import ArchiveSummary
from voting.canonical import format_canonical, parse_canonical
from voting.errors import CanonicalError

STATE_LIMIT: Final = 2**26
KEY_SIZE: Final = 32
_ROW: Final = re.compile(r"(?:[0-9a-f]{128})*", re.ASCII)
_FIELDS: Final = ("v", "verifier", "boxes", "seal")
_BOX_FIELDS: Final = ("setup", "verified", "ballots", "digest", "sums")


@dataclass(frozen=True, slots=True)
class State:
    """What a file says.

    Attributes:
        verifier: the version of Teg that wrote it.
        boxes: sorted by their set-ups.
        is_sealed: whether it was sealed with the key.
    """

    verifier: str
    boxes: tuple[Halfway, ...]
    is_sealed: bool


class KeptState:
    """How far a user's runs came, box by box, in a file.

    Attributes:
        remarks: what should be known of the file.

    Raises:
        NotAStateError: the file is something else.
        StateKeyError: the key cannot be used.
        UnreadableFileError, UnwritableFileError: the file cannot be used.
    """

    def __init__(self, path: Path, key: Path) -> None:
        self.remarks: tuple[str, ...] = ()
        self._path = path
        self._key = read_key(key)
        self._boxes: dict[str, Halfway] = {}
        self._is_empty = True
        self._fault: str | None = None
        if path.exists():
            self._take(read_file(path, STATE_LIMIT))
        try:
            self._write()
        except OSError as error:
            raise UnwritableFileError(path, error.strerror) from None

    def find(self, archive: Archive) -> Halfway | None:
        """What an earlier run kept of this box, or of one with the same set-up."""
        return self._boxes.get(digest_setup(archive))

    def keep(self, halfway: Halfway) -> None:
        """Write down how far a box came."""
        self._boxes[halfway.setup] = halfway
        try:
            self._write()
        except OSError as error:
            # No fault of the record's: the run goes on.
            self._fault = error.strerror

    def describe(self, box: str, summary: ArchiveSummary) -> Iterator[str]:
        """What should be said of a box that was verified with it."""
        if summary.resumed:
            yield (
                f"{box}: an earlier run of yours had verified the first {summary.resumed} of "
                f"{len(summary.ballots)} ballots; this one went on from there."
            )
        elif not self._is_empty:
            yield f"{box}: {self._path} does not fit it; everything was verified anew."
        if self._fault is not None:
            yield f"{self._path} could not be written ({self._fault}): it is out of date."

    def _write(self) -> None:
        beside = self._path.with_name(self._path.name + ".new")
        beside.write_bytes(format_state(self._boxes, self._key))
        beside.replace(self._path)

    def _take(self, raw: bytes) -> None:
        state = parse_state(self._path, raw, self._key)
        if state.is_sealed and state.verifier == version("teg"):
            self._boxes = {box.setup: box for box in state.boxes}
            self._is_empty = not state.boxes
            return
        made_by = f"made by version {state.verifier}"
        why = made_by if state.is_sealed else "not made by a run of yours"
        self.remarks = (f"{self._path} was {why}: everything is verified anew.",)


def read_key(path: Path) -> bytes:
    """The key of this user's states, made when it is missing.

    Raises:
        StateKeyError: the file is not a key, or others than its owner can read it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsAlreadyError):
            write_new(path, os.urandom(KEY_SIZE))
        key, mode = read_file(path, KEY_SIZE), path.stat().st_mode
    except OSError as error:
        raise StateKeyError(path, error.strerror) from None
    except UsageError as error:
        raise StateKeyError(path, error) from None
    if stat.S_IMODE(mode) & 0o077:
        raise StateKeyError(path, "others than you can read it")
    if len(key) != KEY_SIZE:
        raise StateKeyError(path, f"it has not {KEY_SIZE} bytes")
    return key


def format_state(boxes: Mapping[str, Halfway], key: bytes) -> bytes:
    """Write a state and seal it."""
    value: dict[str, object] = {
        "v": 1,
        "verifier": version("teg"),
        "boxes": [_box_object(box) for _, box in sorted(boxes.items())],
    }
    return format_canonical(value | {"seal": _seal(value, key)})


def parse_state(path: Path, raw: bytes, key: bytes) -> State:
    """Read a state; path names it in errors.

    Raises:
        NotAStateError: the bytes are not the one form of a state.
    """
    try:
        value = _read_fields(parse_canonical(raw, limit=STATE_LIMIT), _FIELDS)
        boxes = [_read_box(box) for box in forms.require_list(value["boxes"])]
        verifier, seal = value["verifier"], value["seal"]
        forms.DIGEST.check(seal)
    except (CanonicalError, FormError) as error:
        raise NotAStateError(path, str(error)) from None
    setups = [box.setup for box in boxes]
    unsealed = {"v": 1, "verifier": verifier, "boxes": [_box_object(box) for box in boxes]}
    is_one_form = format_canonical(unsealed | {"seal": seal}) == raw
    if not is_one_form or not isinstance(verifier, str) or setups != sorted(set(setups)):
        raise NotAStateError(path, "its fields do not hold what they must")
    is_sealed = hmac.compare_digest(_seal(unsealed, key), str(seal))
    return State(verifier, tuple(boxes), is_sealed=is_sealed)


def _seal(value: object, key: bytes) -> str:
    return hmac.new(key, format_canonical(value), hashlib.sha256).hexdigest()


def _box_object(box: Halfway) -> dict[str, object]:
    return {
        "setup": box.setup,
        "verified": box.verified,
        "ballots": box.ballots,
        "digest": box.digest,
        "sums": [row.hex() for row in box.sums],
    }


def _read_box(value: object) -> Halfway:
    box = _read_fields(value, _BOX_FIELDS)
    forms.DIGEST.check(box["setup"])
    forms.COUNT.check(box["verified"])
    forms.COUNT.check(box["ballots"])
    forms.DIGEST.check(box["digest"])
    rows = forms.require_list(box["sums"])
    if not all(isinstance(row, str) and _ROW.fullmatch(row) for row in rows):
        raise FormError("must have sums of ciphertexts")
    return Halfway(
        setup=str(box["setup"]),
        verified=cast("int", box["verified"]),
        ballots=cast("int", box["ballots"]),
        digest=str(box["digest"]),
        sums=tuple([bytes.fromhex(str(row)) for row in rows]),
    )


def _read_fields(value: object, names: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(value, dict) or tuple(cast("dict[str, object]", value)) != names:
        raise FormError("must have the right fields in their order")
    return cast("dict[str, object]", value)
