"""The one writer: works off changes in batches, each batch one durable transaction.

A batch is what arrives within a few milliseconds, at most 50 changes. Each change has its
own savepoint, so that a bad one does not sink its neighbours, and is answered only after
COMMIT, which with `synchronous=FULL` returns when the bytes are on disk.

Ballots of a batch are shuffled, so that the order of the log does not tell the order in
which people voted; ballots of one credential keep theirs, since the last one counts, and
no ballot crosses an act (a closing) that arrived between.

Source: design 5, sections 0 and 0.1.
"""

import queue
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from web.errors import DatabaseError, ServiceClosedError

BATCH_LIMIT = 50
BATCH_SECONDS = 0.005

Choose = Callable[[int], int]


@dataclass(slots=True)
class _Change:
    """A change that waits; `order` is the credential of a ballot, None for an act."""

    work: Callable[[Session], Any]
    order: str | None
    future: "Future[Any]" = field(default_factory=Future)


class Writer:
    """A thread that owns all writing to the database.

    Args:
        engine: whose transactions begin immediate.
        choose: a random number below its argument, from a source nobody can predict.
    """

    def __init__(self, engine: Engine, choose: Choose) -> None:
        self._engine = engine
        self._choose = choose
        self._queue: queue.SimpleQueue[_Change | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="teg-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Session], Any], order: str | None = None) -> "Future[Any]":
        """Queue a change; its future is resolved after COMMIT.

        Raises:
            ServiceClosedError: the writer was closed.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("a change may not wait for another change")
        change = _Change(work, order)
        with self._lock:
            if self._closed:
                raise ServiceClosedError
            self._queue.put(change)
        return change.future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._collect()
            if batch:
                self._commit(batch)

    def _collect(self) -> tuple[list[_Change], bool]:
        """Wait for a change, then for a few milliseconds for others."""
        first = self._queue.get()
        if first is None:
            return [], False
        batch = [first]
        deadline = time.monotonic() + BATCH_SECONDS
        while len(batch) < BATCH_LIMIT:
            try:
                change = self._queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                break
            if change is None:
                return batch, False
            batch.append(change)
        return batch, True

    def _commit(self, batch: list[_Change]) -> None:
        answers: list[tuple[_Change, Any, Exception | None]] = []
        try:
            with Session(self._engine) as session, session.begin():
                answers.extend(
                    (change, *_attempt(session, change)) for change in mix(batch, self._choose)
                )
        except SQLAlchemyError as error:
            # Nothing of the batch is durable, so nobody may be told that it is.
            failure = DatabaseError(type(error).__name__)
            answers = [(change, None, failure) for change in batch]
        for change, value, refused in answers:
            if refused is None:
                change.future.set_result(value)
            else:
                change.future.set_exception(refused)


def _attempt(session: Session, change: _Change) -> tuple[Any, Exception | None]:
    """Do one change in its savepoint; a refusal undoes this change only."""
    savepoint = session.begin_nested()
    try:
        value = change.work(session)
        savepoint.commit()
        session.expire_all()  # the next change looks again
    except SQLAlchemyError as error:
        savepoint.rollback()
        failure = DatabaseError(type(error).__name__)
        failure.__cause__ = error
        return None, failure
    except Exception as error:  # noqa: BLE001  handed to whoever asked for the change
        savepoint.rollback()
        return None, error
    return value, None


def mix(batch: list[_Change], choose: Choose) -> Iterator[_Change]:
    """The batch in the order in which it is written."""
    run: list[_Change] = []
    for change in batch:
        if change.order is None:
            yield from _shuffle(run, choose)
            run = []
            yield change
        else:
            run.append(change)
    yield from _shuffle(run, choose)


def _shuffle(run: list[_Change], choose: Choose) -> Iterator[_Change]:
    """Shuffle, then let each credential's ballots take its places in order of arrival."""
    waiting: dict[str | None, deque[_Change]] = defaultdict(deque)
    for change in run:
        waiting[change.order].append(change)
    places = [change.order for change in run]
    for last in range(len(places) - 1, 0, -1):
        other = choose(last + 1)
        places[last], places[other] = places[other], places[last]
    for order in places:
        yield waiting[order].popleft()
