"""Downloading one election's public record into a folder, as any observer can.

The folder is what `teg verify FOLDER` reads offline: the log, the objects that its entries
name, the election's files, and copies of them at the top.

Source: design 2, "Public record"; docs/formats/record.md.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from audit.certificate import parse_certificate
from audit.checkpoint import open_checkpoint
from audit.entries import (
    BallotEntry,
    CertificateEntry,
    CharterEntry,
    ClosingEntry,
    DecryptionEntry,
    Entry,
    OpeningEntry,
    ResultEntry,
    ScriptsEntry,
    SetupEntry,
    TallyEntry,
    TrusteeKeyEntry,
    VoidEntry,
    parse_entry,
)
from audit.note import VerifierKey
from audit.objects import format_elections
from audit.record import Record
from audit.tiles import bundle_paths, parse_bundle, tile_paths

_SMALL: Final = 64 * 1024
_TILE: Final = 256 * 65_537
_OBJECT: Final = 64 * 1024 * 1024
_ARCHIVE: Final = 4 * 1024 * 1024 * 1024
_FILES: Final = ("manifest.json", "result.json", "proofs.json", "certificate.json")

_NAMED: Final[Mapping[type[Entry], tuple[str, ...]]] = {
    CharterEntry: ("charter",),
    ScriptsEntry: ("scripts",),
    TrusteeKeyEntry: ("key",),
    SetupEntry: ("manifest",),
    OpeningEntry: ("reason",),
    BallotEntry: ("ballot",),
    ClosingEntry: ("reason",),
    TallyEntry: ("encrypted_tally", "sized"),
    DecryptionEntry: ("decryption", "proofs"),
    ResultEntry: ("result", "proofs"),
    CertificateEntry: ("certificate",),
    VoidEntry: ("reason",),
}

Tell = Callable[[int, int], None]


def download_record(record: Record, folder: Path, election: str, tell: Tell) -> VerifierKey:
    """Fetch what stands in a record about one election; nothing is verified here.

    Args:
        record: where from.
        folder: made when missing.
        election: its uuid.
        tell: told how many files of how many are there.

    Returns:
        The log's key, as the record names it.

    Raises:
        AuditError: a file is missing or malformed.
    """
    keep = _Keeper(record, folder)
    key = VerifierKey.parse(keep.fetch("key", _SMALL).decode("utf-8", "replace").rstrip("\n"))
    head = record.fetch("log/checkpoint", _SMALL)
    size = open_checkpoint(head, key).size
    entries: list[Entry] = []
    for bundle in bundle_paths(size):
        raw = keep.fetch(f"log/{bundle}", _TILE)
        entries += map(parse_entry, parse_bundle(raw, bundle.width))
    for tile in tile_paths(size):
        keep.fetch(f"log/{tile}", _TILE)

    ours = [entry for entry in entries if getattr(entry, "election", election) == election]
    digests = list(dict.fromkeys(digest for entry in ours for digest in named_objects(entry)))
    for number, digest in enumerate(digests, 1):
        keep.fetch(f"objects/{digest}", _OBJECT)
        tell(number, len(digests))
    colleges = [box.college for e in ours if isinstance(e, SetupEntry) for box in e.boxes]
    for name in (*_FILES, *(f"boxes/{college}.bel" for college in colleges)):
        raw = keep.fetch(f"elections/{election}/{name}", _ARCHIVE)
        keep.write(name, raw)
        if name == "certificate.json":
            keep.fetch(f"objects/{parse_certificate(raw).statement.reason}", _OBJECT)
    keep.write("elections.json", format_elections([election]))
    keep.write("log/checkpoint", head)
    return key


def named_objects(entry: Entry) -> Iterator[str]:
    """The digests of the objects that an entry names."""
    for name in _NAMED.get(type(entry), ()):
        yield getattr(entry, name)
    if isinstance(entry, SetupEntry):
        for box in entry.boxes:
            yield from (box.election, box.trustees, box.credentials)


class _Keeper:
    """Fetches files and keeps them under the same paths."""

    def __init__(self, record: Record, folder: Path) -> None:
        self._record = record
        self._folder = folder

    def fetch(self, path: str, limit: int) -> bytes:
        raw = self._record.fetch(path, limit)
        self.write(path, raw)
        return raw

    def write(self, path: str, raw: bytes) -> None:
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)
