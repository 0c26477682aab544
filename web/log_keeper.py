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
from typing import NamedTuple

from sqlmodel import Session, col, insert, select, update

from audit.checkpoint import open_checkpoint
from audit.entries import Entry, format_entry
from audit.errors import AuditError, GuardMissingError, RolledBackError
from audit.guard import Guard, sign_next
from audit.merkle import HASH_SIZE, RightEdge, leaf_hash, root_at
from audit.note import LogSigner
from audit.tiles import (
    WIDTH,
    subtree_in_tiles,
)
from web.errors import LogFrozenError, NotSetUpError
from web.store.rows import CheckpointRow, EntryRow, LogStateRow
from web.store.store import Store
from web.store.tiles import fill_tiles, read_tile

# A checkpoint within a second of each ballot; more often would cost the disk and help nobody.
PUBLISH_SECONDS = 0.5
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
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, signer: LogSigner | None = None) -> None:
        """Begin to publish; set-up hands in the key it has made."""
        self._signer = signer or self._signer
        if self._thread is None and self._signer is not None:
            self._thread = threading.Thread(target=self._run, name="teg-publisher", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Publish what is there and stop."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    # Appending, inside a transaction

    def now(self, session: Session) -> int:
        """The clock, but never before the latest time in the log: a clock may be set back."""
        return max(self._clock(), _state(session).time)

    def size(self, session: Session) -> int:
        """Number of entries, those of this transaction included."""
        return _state(session).edge.size

    def edge(self, session: Session) -> RightEdge:
        """The right edge of the stored tree."""
        return _state(session).edge

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
        edge = state.edge.append(leaf)
        connection = session.connection()
        row = {"number": state.edge.size, "content": content, "leaf": leaf}
        connection.execute(insert(EntryRow), row)
        values = {
            "size": edge.size,
            "edge": b"".join(edge.hashes),
            "time": max(state.time, getattr(entry, "time", 0)),
        }
        if state.edge.size:
            connection.execute(update(LogStateRow).values(values))
        else:
            connection.execute(insert(LogStateRow), {"id": 1, **values})
        if edge.size % WIDTH == 0:
            fill_tiles(session, edge.size)
        return state.edge.size

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
                if newest and newest.size == self.size(session) and not self.problem:
                    return newest.size
            checkpoint = open_checkpoint(self._sign(self._signer), self._signer.key)
            row = CheckpointRow(size=checkpoint.size, root=checkpoint.root, note=checkpoint.raw)
            self._store.write(lambda writing: _keep_checkpoint(writing, row))
            return checkpoint.size

    def require_consistent(self) -> None:
        """Compare what is stored with the guard, as before a signature.

        Raises:
            LogFrozenError: they differ.
        """
        if self._signer is not None:
            with self._signing:
                self._sign(self._signer)

    def _sign(self, signer: LogSigner) -> bytes:
        """The signed checkpoint of the log as it stands."""
        seen = -1
        while True:
            with self._store.read() as session:
                size = self.size(session)
                try:
                    return _sign(session, self._guard, signer)
                except RolledBackError as error:
                    # Another process may have appended and signed since this state was read;
                    # then a new look shows more entries. A log cut back shows the same again.
                    if size <= seen:
                        raise self.freeze(error) from error
                    seen = size
                except AuditError as error:
                    raise self.freeze(error) from error
                except OSError as error:
                    raise LogFrozenError(f"the guard: {error.strerror}") from error

    def freeze(self, error: Exception) -> LogFrozenError:
        """From now on nothing is signed or promised before people looked at it."""
        missing = isinstance(error, GuardMissingError)
        self.problem = "the guard is missing" if missing else str(error)
        log.critical("the log is frozen: %s", type(error).__name__)
        return LogFrozenError(self.problem)

    def _run(self) -> None:
        stopped = False
        while not stopped:
            stopped = self._stopped.wait(PUBLISH_SECONDS)
            if not self.problem:
                try:
                    self.publish()
                except Exception as error:  # noqa: BLE001  it must go on
                    name = type(error).__name__
                    log.error("no checkpoint: %s", name)  # noqa: TRY400  a trace shows values


class _State(NamedTuple):
    """The right edge of the tree, and the latest time in the log."""

    edge: RightEdge
    time: int


def _state(session: Session) -> _State:
    row = session.exec(select(LogStateRow.size, LogStateRow.edge, LogStateRow.time)).first()
    if row is None:
        return _State(RightEdge(), 0)
    size, edge, time = row
    hashes = tuple(edge[i : i + HASH_SIZE] for i in range(0, len(edge), HASH_SIZE))
    return _State(RightEdge(size, hashes), time)


def _sign(session: Session, guard: Guard, signer: LogSigner) -> bytes:
    edge = _state(session).edge
    subtree = subtree_in_tiles(edge.size, lambda tile: read_tile(session, tile))
    return sign_next(guard, signer, edge.size, edge.root(), lambda size: root_at(size, subtree))


def _keep_checkpoint(session: Session, row: CheckpointRow) -> None:
    if session.get(CheckpointRow, row.size) is None:
        session.add(row)
