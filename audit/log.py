"""Reading the whole log of a record: signed head, entries, tiles, order.

Source: design 5, sections 2 to 4; docs/observers.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

from audit.checkpoint import Checkpoint, open_checkpoint
from audit.entries import Entry, parse_entry
from audit.errors import ForkedLogError, RootMismatchError, StaleCheckpointError, TileMismatchError
from audit.merkle import Subtree, leaf_hash, root_at, subtree_of
from audit.note import NOTE_LIMIT, VerifierKey
from audit.reader import Reader
from audit.record_errors import LogLimitError
from audit.story import Story
from audit.tiles import (
    ENTRY_LIMIT,
    WIDTH,
    build_tile,
    bundle_paths,
    parse_bundle,
    tile_paths,
)

ENTRIES_LIMIT = 4_000_000
"""More than a national election needs; a log that says more would fill the memory."""
KEY_LIMIT = 1024
_BUNDLE_LIMIT = WIDTH * (ENTRY_LIMIT + 2)
_TILE_LIMIT = WIDTH * 32

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Log:
    """A log whose entries hash to its signed head.

    Attributes:
        checkpoint: the head, verified.
        entries: their bytes.
        subtree: the tree over them.
    """

    checkpoint: Checkpoint
    entries: tuple[bytes, ...]
    subtree: Subtree

    def root_at(self, size: int) -> bytes:
        """The root of the first entries."""
        return root_at(size, self.subtree)


def fetch_key(reader: Reader) -> VerifierKey:
    """The key that the record itself names."""
    raw = reader.fetch("key", KEY_LIMIT)
    return VerifierKey.parse(raw.decode("utf-8", "replace").removesuffix("\n"))


def fetch_checkpoint(reader: Reader, key: VerifierKey) -> Checkpoint:
    """The head of the log, signed with this key."""
    return open_checkpoint(reader.fetch("log/checkpoint", NOTE_LIMIT), key)


def fetch_entries(reader: Reader, checkpoint: Checkpoint, tell: Tell) -> Log:
    """All entries, and the proof that they are those under the checkpoint.

    Raises:
        LogLimitError: there are more than this program is ready to hold.
        BundleFormError: a bundle is malformed.
        RootMismatchError: they are not the entries that were signed.
    """
    size = checkpoint.size
    if size > ENTRIES_LIMIT:
        raise LogLimitError(size, ENTRIES_LIMIT)
    entries: list[bytes] = []
    for bundle in bundle_paths(size):
        raw = reader.fetch(f"log/{bundle}", _BUNDLE_LIMIT)
        entries.extend(parse_bundle(raw, bundle.width))
        tell("entries", len(entries), size)
    subtree = subtree_of([leaf_hash(entry) for entry in entries])
    if root_at(size, subtree) != checkpoint.root:
        raise RootMismatchError(size)
    return Log(checkpoint, tuple(entries), subtree)


def verify_tiles(reader: Reader, log: Log, tell: Tell) -> int:
    """Compare the served hash tiles with the entries; returns their number.

    Whoever asks for a proof builds it from the tiles: they must be of the same tree.

    Raises:
        TileMismatchError: a tile holds something else.
    """
    tiles = tile_paths(log.checkpoint.size)
    for done, tile in enumerate(tiles):
        if reader.fetch(f"log/{tile}", _TILE_LIMIT) != build_tile(tile, log.subtree):
            raise TileMismatchError(f"log/{tile}")
        tell("tiles", done + 1, len(tiles))
    return len(tiles)


def verify_growth(log: Log, earlier: Checkpoint) -> None:
    """Check that the log continues the one under an earlier signed checkpoint.

    Raises:
        StaleCheckpointError: it has become shorter.
        ForkedLogError: its beginning is another one. Both checkpoints together prove it.
    """
    if log.checkpoint.size < earlier.size:
        raise StaleCheckpointError(log.checkpoint.size, earlier.size)
    if log.root_at(earlier.size) != earlier.root:
        raise ForkedLogError(earlier.size)


def read_story(log: Log, at: Callable[[str], None], tell: Tell) -> tuple[Story, list[Entry]]:
    """Parse every entry and follow their order.

    Args:
        log: the log.
        at: told which entry is looked at.
        tell: told the progress.

    Raises:
        EntryFormError: an entry has not its one form.
        StoryError: one stands where it may not.
    """
    story = Story()
    entries: list[Entry] = []
    for index, raw in enumerate(log.entries):
        at(f"log entry {index}")
        entry = parse_entry(raw)
        story.follow(entry)
        entries.append(entry)
        if index % WIDTH == 0:
            tell("entries", index, len(log.entries))
    return story, entries
