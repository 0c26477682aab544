"""Tiles and entry bundles out of the database.

Full tiles are kept, each with the root over it; partial ones are computed from the leaves
(level 0) or from the roots of the tiles below.

Source: design 5, sections 0.1 and 4.
"""

from sqlmodel import Session, col, select

from audit.merkle import HASH_SIZE, node_hash
from audit.tiles import WIDTH, TilePath, format_bundle
from web.store.rows import EntryRow, TileRow


def read_tile(session: Session, tile: TilePath) -> bytes:
    """The hashes of a tile, full or partial; fewer than asked for when they are not there."""
    assert tile.level is not None
    if tile.level and tile.width == WIDTH:
        row = session.get(TileRow, (tile.level, tile.n))
        return b"" if row is None else row.hashes
    return _read_hashes(session, tile.level, tile.n * WIDTH, tile.width)


def read_bundle(session: Session, tile: TilePath) -> bytes:
    """The entry bundle of a path."""
    first = tile.n * WIDTH
    contents = select(EntryRow.content).where(
        EntryRow.number >= first, EntryRow.number < first + tile.width
    )
    return format_bundle(session.exec(contents.order_by(col(EntryRow.number))).all())


def fill_tiles(session: Session, size: int) -> None:
    """Keep each tile that this size, a multiple of 256, completes."""
    level, count = 0, size // WIDTH
    while True:
        hashes = _read_hashes(session, level, (count - 1) * WIDTH, WIDTH)
        row = [hashes[i : i + HASH_SIZE] for i in range(0, len(hashes), HASH_SIZE)]
        while len(row) > 1:
            row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
        session.add(TileRow(level=level, number=count - 1, hashes=hashes, root=row[0]))
        session.flush()
        if count % WIDTH:
            return
        level, count = level + 1, count // WIDTH


def _read_hashes(session: Session, level: int, first: int, count: int) -> bytes:
    """Hashes of a level: of entries, or the roots over the tiles below."""
    if level == 0:
        leaves = select(EntryRow.leaf).where(
            EntryRow.number >= first, EntryRow.number < first + count
        )
        return b"".join(session.exec(leaves.order_by(col(EntryRow.number))).all())
    roots = select(TileRow.root).where(
        TileRow.level == level - 1, TileRow.number >= first, TileRow.number < first + count
    )
    return b"".join(session.exec(roots.order_by(col(TileRow.number))).all())
