"""The keeper of the log: appends entries in the caller's transaction, signs and publishes.

An entry goes into the same transaction as what it tells of. A publisher signs a checkpoint
within a second of a new entry, also of one that another process appended, and at once when
an act asks for it. Before each signature the guard file is asked, and the root at the size
it remembers is computed again from our own tiles; when they differ the log freezes.

Order: entries and tiles durable, checked against the guard, signed, guard written, published.

Source: design 5, sections 0.1 and 0.2.
"""

import logging
import threading
from collections.abc import Callable

from sqlmodel import Session, col, select

from audit.checkpoint import open_checkpoint
from audit.entries import Entry, format_entry
from audit.errors import AuditError, GuardMissingError
from audit.guard import Guard, sign_next
from audit.merkle import RightEdge, leaf_hash, node_hash, root_at
from audit.note import LogSigner
from audit.tiles import (
    WIDTH,
    TilePath,
    format_bundle,
    subtree_in_tiles,
)
from web.errors import LogFrozenError, NotSetUpError, ServiceError
from web.store.rows import CheckpointRow, EntryRow, LogStateRow, TileRow
from web.store.store import Store

PUBLISH_SECONDS = 0.5
HASH = 32
log = logging.getLogger("teg.log")


class LogKeeper:
    """The one log of an installation.

    Attributes:
        problem: why the log is frozen, "" while it is not.
    """

    def __init__(
        self, store: Store, clock: Callable[[], int], signer: LogSigner | None, guard: Guard
    ) -> None:
        self.problem = ""
        self._store = store
        self._clock = clock
        self._signer = signer
        self._guard = guard
        self._signing = threading.Lock()
        self._wake = threading.Event()
        self._stopped = False
        self._thread: threading.Thread | None = None

    def start(self, signer: LogSigner | None = None) -> None:
        """Begin to publish; set-up hands in the key it has made."""
        self._signer = signer or self._signer
        if self._thread is None and self._signer is not None:
            self._thread = threading.Thread(target=self._run, name="teg-publisher", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Publish what is there and stop."""
        self._stopped = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def wake(self) -> None:
        """Say that something was committed."""
        self._wake.set()

    # Appending, inside a transaction

    def now(self, session: Session) -> int:
        """The clock, but never before the latest time in the log: a clock may be set back."""
        return max(self._clock(), _state(session).time)

    def size(self, session: Session) -> int:
        """Number of entries, those of this transaction included."""
        return _state(session).size

    def append(self, session: Session, entry: Entry) -> int:
        """Append an entry and return its index; it counts once the transaction commits.

        Raises:
            LogFrozenError: the log may not grow.
        """
        if self.problem:
            raise LogFrozenError(self.problem)
        content = format_entry(entry)
        leaf = leaf_hash(content)
        state = _state(session)
        index = state.size
        edge = _edge(state).append(leaf)
        session.add(EntryRow(number=index, content=content, leaf=leaf))
        state.size, state.edge = edge.size, b"".join(edge.hashes)
        state.time = max(state.time, getattr(entry, "time", 0))
        session.add(state)
        session.flush()
        if edge.size % WIDTH == 0:
            _fill_tiles(session, edge.size)
        return index

    # Publishing

    def published(self, session: Session) -> CheckpointRow | None:
        """The newest signed checkpoint."""
        return session.exec(
            select(CheckpointRow).order_by(col(CheckpointRow.size).desc()).limit(1)
        ).first()

    def publish(self) -> int:
        """Sign and publish the log as it stands; returns the published size.

        Raises:
            LogFrozenError: what we hold does not extend what was signed.
            NotSetUpError: there is no key yet.
        """
        if self._signer is None:
            raise NotSetUpError
        with self._signing:
            with self._store.read() as session:
                newest = self.published(session)
                state = _state(session)
                if newest is not None and newest.size == state.size and not self.problem:
                    return newest.size
                note = self._sign(session, state)
            checkpoint = open_checkpoint(note, self._signer.key)
            row = CheckpointRow(size=checkpoint.size, root=checkpoint.root, note=note)
            self._store.write(lambda writing: _keep_checkpoint(writing, row))
            return checkpoint.size

    def require_consistent(self) -> None:
        """Compare what is stored with the guard, as before a signature.

        Raises:
            LogFrozenError: they differ.
        """
        if self._signer is not None:
            with self._signing, self._store.read() as session:
                self._sign(session, _state(session))

    def _sign(self, session: Session, state: LogStateRow) -> bytes:
        assert self._signer is not None
        subtree = subtree_in_tiles(state.size, lambda tile: read_tile(session, tile))
        try:
            return sign_next(
                self._guard,
                self._signer,
                state.size,
                _edge(state).root(),
                lambda size: root_at(size, subtree),
            )
        except (AuditError, OSError) as error:
            # Whatever the reason, nothing may be signed or promised before people looked at it.
            self.problem = (
                "the guard is missing" if isinstance(error, GuardMissingError) else str(error)
            )
            log.critical("the log is frozen: %s", type(error).__name__)
            raise LogFrozenError(self.problem) from error

    def _run(self) -> None:
        while True:
            self._wake.wait(PUBLISH_SECONDS)
            self._wake.clear()
            if not self.problem:
                try:
                    self.publish()
                except ServiceError as error:
                    log.error("no checkpoint could be published: %s", type(error).__name__)  # noqa: TRY400  a trace may show values
            if self._stopped:
                return


def read_tile(session: Session, tile: TilePath) -> bytes:
    """The hashes of a tile, full or partial; fewer than asked for when they are not there."""
    first = tile.n * WIDTH
    if tile.level == 0:
        leaves = select(EntryRow.leaf).where(
            EntryRow.number >= first, EntryRow.number < first + tile.width
        )
        return b"".join(session.exec(leaves.order_by(col(EntryRow.number))).all())
    assert tile.level is not None
    if tile.width == WIDTH:
        row = session.get(TileRow, (tile.level, tile.n))
        return b"" if row is None else row.hashes
    roots = select(TileRow.root).where(
        TileRow.level == tile.level - 1,
        TileRow.number >= first,
        TileRow.number < first + tile.width,
    )
    return b"".join(session.exec(roots.order_by(col(TileRow.number))).all())


def read_bundle(session: Session, tile: TilePath) -> bytes:
    """The entry bundle of a path."""
    first = tile.n * WIDTH
    contents = select(EntryRow.content).where(
        EntryRow.number >= first, EntryRow.number < first + tile.width
    )
    return format_bundle(session.exec(contents.order_by(col(EntryRow.number))).all())


def _state(session: Session) -> LogStateRow:
    return session.get(LogStateRow, 1) or LogStateRow(id=1, size=0, edge=b"", time=0)


def _edge(state: LogStateRow) -> RightEdge:
    hashes = tuple(state.edge[i : i + HASH] for i in range(0, len(state.edge), HASH))
    return RightEdge(state.size, hashes)


def _keep_checkpoint(session: Session, row: CheckpointRow) -> None:
    if session.get(CheckpointRow, row.size) is None:
        session.add(row)


def _fill_tiles(session: Session, size: int) -> None:
    """Keep each tile that this size completes, with the root over it."""
    level, count = 0, size // WIDTH
    while True:
        number = count - 1
        if level == 0:
            hashes = read_tile(session, TilePath(0, number))
        else:
            roots = select(TileRow.root).where(
                TileRow.level == level - 1,
                TileRow.number >= number * WIDTH,
                TileRow.number < count * WIDTH,
            )
            hashes = b"".join(session.exec(roots.order_by(col(TileRow.number))).all())
        row = [hashes[i : i + HASH] for i in range(0, len(hashes), HASH)]
        while len(row) > 1:
            row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
        session.add(TileRow(level=level, number=number, hashes=hashes, root=row[0]))
        session.flush()
        if count % WIDTH:
            return
        level, count = level + 1, count // WIDTH
