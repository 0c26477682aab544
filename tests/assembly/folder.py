"""The record that an election leaves, and its folder: every file, and the log's among them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from audit.checkpoint import sign_checkpoint
from audit.entries import Entry
from audit.merkle import leaf_hash, root_at, subtree_of
from audit.note import LogSigner
from audit.tiles import WIDTH, build_tile, bundle_paths, format_bundle, tile_paths
from tests.assembly.people import SIGNER


@dataclass
class Assembly:
    """The record of an election.

    Attributes:
        files: path inside the record to bytes.
        entries: as they were logged.
        credentials: private ones, by college.
        checkpoints: signed heads by size, as they would have been published on the way.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    raw_entries: list[bytes] = field(default_factory=list)
    credentials: dict[str, list[str]] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        for path, raw in self.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(raw)
        return folder

    def checkpoint(self, size: int) -> bytes:
        """The head as it was signed when the log had this size."""
        tree = subtree_of([leaf_hash(raw) for raw in self.raw_entries])
        return sign_checkpoint(SIGNER, size, root_at(size, tree))


def log_files(raw: Iterable[bytes], signer: LogSigner = SIGNER) -> dict[str, bytes]:
    """Every file below log/ for these entries."""
    entries = list(raw)
    size = len(entries)
    tree = subtree_of([leaf_hash(entry) for entry in entries])
    files = {f"log/{tile}": build_tile(tile, tree) for tile in tile_paths(size)}
    for bundle in bundle_paths(size):
        first = bundle.n * WIDTH
        files[f"log/{bundle}"] = format_bundle(entries[first : first + bundle.width])
    files["log/checkpoint"] = sign_checkpoint(signer, size, root_at(size, tree))
    return files
