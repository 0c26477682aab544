"""Downloading a public record into a folder, to verify it offline and to keep it.

Nothing is verified on the way: what was fetched is kept as it came, and `teg verify` on
the folder says what it is worth. The checkpoint is written last, so that a folder whose
download was cut short does not look whole; begun again, it fetches only what is missing.

Source: design 2, "Public record" and "Command line"; docs/formats/record.md.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from audit.certificate import parse_certificate
from audit.checkpoint import open_checkpoint
from audit.entries import (
    BallotEntry,
    CertificateEntry,
    CharterEntry,
    ClosingEntry,
    CommitmentsEntry,
    DecryptionEntry,
    Entry,
    OpeningEntry,
    ResultEntry,
    ScriptsEntry,
    SetupEntry,
    ShuffleEntry,
    TallyEntry,
    TrusteeKeyEntry,
    VoidEntry,
    parse_entry,
)
from audit.log import ENTRIES_LIMIT, KEY_LIMIT
from audit.note import NOTE_LIMIT, VerifierKey
from audit.objects import LIST_LIMIT, format_elections, parse_elections
from audit.record import Record
from audit.record_errors import (
    LogLimitError,
    RecordMissingError,
    UnknownElectionAskedError,
    UnwritableFileError,
)
from audit.tiles import ENTRY_LIMIT, WIDTH, bundle_paths, parse_bundle, tile_paths

_TILE: Final = WIDTH * (ENTRY_LIMIT + 2)
_OBJECT: Final = 64 * 1024 * 1024
_ARCHIVE: Final = 4 * 1024 * 1024 * 1024
_FILES: Final = ("manifest.json", "result.json", "proofs.json", "certificate.json")

_NAMED: Final[Mapping[type[Entry], tuple[str, ...]]] = {
    CharterEntry: ("charter", "reason"),
    ScriptsEntry: ("scripts",),
    TrusteeKeyEntry: ("key",),
    CommitmentsEntry: ("commitments",),
    SetupEntry: ("manifest",),
    OpeningEntry: ("reason",),
    BallotEntry: ("ballot",),
    ClosingEntry: ("reason",),
    TallyEntry: ("encrypted_tally", "sized"),
    ShuffleEntry: ("shuffle",),
    DecryptionEntry: ("decryption", "proofs"),
    ResultEntry: ("result", "proofs"),
    CertificateEntry: ("certificate",),
    VoidEntry: ("reason",),
}

Tell = Callable[[int, int], None]


def mirror_record(
    record: Record, folder: Path, tell: Tell, *, election: str | None = None
) -> VerifierKey:
    """Fetch a record; of its elections all, or one with copies of its files at the top.

    Args:
        record: where from.
        folder: made when missing; objects that are there and right are not fetched again.
        tell: told how many objects of how many are there.
        election: this one only; a record of a single election needs not be asked for it.

    Returns:
        The log's key, as the record names it.

    Raises:
        AuditError: a file is missing or malformed.
        UnknownElectionAskedError: the record has no such election.
        UnwritableFileError: the folder cannot take it.
    """
    keep = _Keeper(record, folder)
    raw_key = keep.fetch("key", KEY_LIMIT)
    key = VerifierKey.parse(raw_key.decode("utf-8", "replace").removesuffix("\n"))
    head = record.fetch("log/checkpoint", NOTE_LIMIT)
    entries = _fetch_log(keep, open_checkpoint(head, key).size)
    elections = _choose(record, election)
    # Charters and page scripts are no election's, and everybody's.
    wanted = [entry for entry in entries if getattr(entry, "election", None) in {None, *elections}]
    digests = list(dict.fromkeys(digest for entry in wanted for digest in _named_objects(entry)))
    for number, digest in enumerate(digests, 1):
        keep.fetch_object(digest)
        tell(number, len(digests))
    for entry in wanted:
        if isinstance(entry, SetupEntry):
            _fetch_election(keep, entry, at_top=len(elections) == 1)
    keep.write("elections.json", format_elections(elections))
    keep.write("log/checkpoint", head)
    return key


def _fetch_log(keep: "_Keeper", size: int) -> list[Entry]:
    if size > ENTRIES_LIMIT:
        raise LogLimitError(size, ENTRIES_LIMIT)
    entries: list[Entry] = []
    for bundle in bundle_paths(size):
        raw = keep.fetch(f"log/{bundle}", _TILE)
        entries += map(parse_entry, parse_bundle(raw, bundle.width))
    for tile in tile_paths(size):
        keep.fetch(f"log/{tile}", _TILE)
    return entries


def _choose(record: Record, asked: str | None) -> tuple[str, ...]:
    path = "elections.json"
    listed = parse_elections(path, record.fetch(path, LIST_LIMIT))
    if asked is None:
        return listed
    if asked not in listed:
        raise UnknownElectionAskedError(asked)
    return (asked,)


def _named_objects(entry: Entry) -> Iterator[str]:
    """The digests of the objects that an entry names."""
    for name in _NAMED.get(type(entry), ()):
        yield getattr(entry, name)
    if isinstance(entry, SetupEntry):
        for box in entry.boxes:
            yield from (box.election, box.trustees, box.credentials)


def _fetch_election(keep: "_Keeper", setup: SetupEntry, *, at_top: bool) -> None:
    """The files of an election as far as it has come."""
    for name in (*_FILES, *(f"boxes/{box.college}.bel" for box in setup.boxes)):
        try:
            raw = keep.fetch(f"elections/{setup.election}/{name}", _ARCHIVE)
        except RecordMissingError:
            continue
        if at_top:
            keep.write(name, raw)
        if name == "certificate.json":
            keep.fetch_object(parse_certificate(raw).statement.reason)


class _Keeper:
    """Fetches files and keeps them under the same paths."""

    def __init__(self, record: Record, folder: Path) -> None:
        self._record = record
        self._folder = folder

    def fetch(self, path: str, limit: int) -> bytes:
        raw = self._record.fetch(path, limit)
        self.write(path, raw)
        return raw

    def fetch_object(self, digest: str) -> None:
        path = f"objects/{digest}"
        if not self._has(self._folder / path, digest):
            self.fetch(path, _OBJECT)

    def _has(self, place: Path, digest: str) -> bool:
        return place.is_file() and sha256(place.read_bytes()).hexdigest() == digest

    def write(self, path: str, raw: bytes) -> None:
        place = self._folder / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(raw)
        except OSError as error:
            raise UnwritableFileError(place, error.strerror) from None
