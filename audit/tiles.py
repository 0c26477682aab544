"""Tiles and entry bundles: the shape in which the log is served.

A tile of height 8 holds 256 hashes; hash i of tile n at level l is the root over
256^l leaves. Paths write n in groups of three digits, all but the last marked x:

    tile/<level>/x001/x234/067          a full tile
    tile/<level>/000.p/112              the first 112 hashes of one still growing
    tile/entries/000                    256 entries, each after its length (two bytes)

Source: design 5, section 4; C2SP tlog-tiles.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from audit.errors import BundleFormError, TilePathError
from audit.merkle import HASH_SIZE, Subtree, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
ENTRY_LIMIT = 65_535
_LEVEL_LIMIT = 63
_NUMBER_LIMIT = 1 << 56
_PATH = re.compile(
    r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class TilePath:
    """Which tile or bundle.

    Attributes:
        level: 0 to 63, or None for an entry bundle.
        n: number of the tile in its level.
        width: hashes or entries in it, 1 to 256; 256 is a full one.

    Raises:
        TilePathError: there can be no such tile.
    """

    level: int | None
    n: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        if (
            (self.level is not None and not 0 <= self.level <= _LEVEL_LIMIT)
            or not 0 <= self.n < _NUMBER_LIMIT
            or not 1 <= self.width <= WIDTH
        ):
            raise TilePathError((self.level, self.n, self.width))

    def __str__(self) -> str:
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_format_number(self.n)}{partial}"

    def is_implied_by(self, size: int) -> bool:
        """Whether a log of this size has this tile, full or exactly this partial one."""
        span = WIDTH ** (self.level or 0)
        whole, partial = divmod(size // span, WIDTH)
        return self.n < whole if self.width == WIDTH else (self.n, self.width) == (whole, partial)


@dataclass(frozen=True, slots=True)
class TileCount:
    """How many tiles one level has: full ones, and the width of the partial one (or 0)."""

    level: int
    full: int
    partial: int


def parse_tile_path(path: str) -> TilePath:
    """Read the path of a tile or bundle.

    Raises:
        TilePathError: the text is not the one path of any tile.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        raise TilePathError(path[:100])
    level = None if match[1] == "entries" else int(match[1])
    n = int(match[2].replace("x", "").replace("/", ""))
    try:
        tile = TilePath(level, n, WIDTH if match[3] is None else int(match[3]))
    except TilePathError:
        raise TilePathError(path[:100]) from None
    if str(tile) != path:  # 007, x000/001, .p/256
        raise TilePathError(path[:100])
    return tile


def tiles_for(size: int) -> tuple[TileCount, ...]:
    """The hash tiles of a log, level by level."""
    counts: list[TileCount] = []
    for level in count():
        hashes = size >> HEIGHT * level
        if not hashes:
            return tuple(counts)
        counts.append(TileCount(level, hashes >> HEIGHT, hashes % WIDTH))
    raise AssertionError  # pragma: no cover


def tile_paths(size: int) -> tuple[TilePath, ...]:
    """Every hash tile of a log, lowest level first, partial ones last in each."""
    return tuple(
        tile
        for counted in tiles_for(size)
        for tile in _row(counted.level, counted.full, counted.partial)
    )


def bundle_paths(size: int) -> tuple[TilePath, ...]:
    """Every entry bundle of a log, in order."""
    return _row(None, size >> HEIGHT, size % WIDTH)


def build_tile(tile: TilePath, subtree: Subtree) -> bytes:
    """The bytes of a hash tile."""
    height, first = HEIGHT * (tile.level or 0), tile.n * WIDTH
    return b"".join(subtree(height, first + i) for i in range(tile.width))


def subtree_in_tiles(size: int, read: Callable[[TilePath], bytes]) -> Subtree:
    """Read subtrees out of the tiles of a log of this size."""

    def subtree(height: int, index: int) -> bytes:
        level, rest = divmod(height, HEIGHT)
        n, first = divmod(index << rest, WIDTH)
        hashes_in_level = size >> HEIGHT * level
        width = min(WIDTH, hashes_in_level - n * WIDTH)
        raw = read(TilePath(level, n, width))
        row = [raw[i * HASH_SIZE : (i + 1) * HASH_SIZE] for i in range(first, first + (1 << rest))]
        while len(row) > 1:
            row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
        return row[0]

    return subtree


def format_bundle(entries: Sequence[bytes]) -> bytes:
    """The bytes of a bundle of 1 to 256 entries.

    Raises:
        BundleFormError: too many or too few entries, or one that is too long.
    """
    if not 1 <= len(entries) <= WIDTH:
        raise BundleFormError(f"it cannot hold {len(entries)} entries")
    if any(len(entry) > ENTRY_LIMIT for entry in entries):
        raise BundleFormError(f"an entry is longer than {ENTRY_LIMIT} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_bundle(raw: bytes, width: int) -> tuple[bytes, ...]:
    """The entries of a bundle; exactly `width` of them and nothing after.

    Raises:
        BundleFormError: the bytes are not such a bundle.
    """
    entries: list[bytes] = []
    at = 0
    for _ in range(width):
        end = at + 2 + int.from_bytes(raw[at : at + 2], "big")
        if at + 2 > len(raw) or end > len(raw):
            raise BundleFormError(f"it ends within entry {len(entries)}")
        entries.append(raw[at + 2 : end])
        at = end
    if at != len(raw):
        raise BundleFormError(f"bytes follow its {width} entries")
    return tuple(entries)


def _row(level: int | None, full: int, partial: int) -> tuple[TilePath, ...]:
    whole = tuple(TilePath(level, n) for n in range(full))
    return (*whole, TilePath(level, full, partial)) if partial else whole


def _format_number(n: int) -> str:
    path = f"{n % 1000:03}"
    while n := n // 1000:
        path = f"x{n % 1000:03}/{path}"
    return path
