"""One writer: batches, savepoints, and the order of ballots inside a batch."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from web.errors import ServiceClosedError
from web.store.rows import ObjectRow
from web.store.store import Store
from web.store.writer import _Change, mix


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'teg.sqlite'}")
    yield store
    store.close()


def put(store: Store, name: str) -> None:
    store.write(lambda session: session.add(ObjectRow(digest=name, content=b"x")))


def names(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.exec(select(ObjectRow.digest).order_by(col(ObjectRow.digest))).all())


def batch(orders: list[str | None]) -> list[_Change]:
    return [_Change(lambda _: None, order) for order in orders]


@given(
    orders=st.lists(st.sampled_from([None, "a", "b", "c"]), max_size=30),
    choices=st.lists(st.integers(0, 1000), min_size=30, max_size=30),
)
def test_shuffling_keeps_every_change_the_acts_and_each_credentials_order(
    orders: list[str | None], choices: list[int]
) -> None:
    changes = batch(orders)
    drawn = iter(choices)
    mixed = list(mix(changes, lambda below: next(drawn) % below))
    assert sorted(map(id, mixed)) == sorted(map(id, changes))
    for order in ("a", "b", "c"):
        assert [c for c in mixed if c.order == order] == [c for c in changes if c.order == order]
    # An act stands where it arrived: no ballot crosses it.
    for place, change in enumerate(changes):
        if change.order is None:
            assert mixed[place] is change


def test_ballots_of_different_credentials_change_places() -> None:
    changes = batch(["a", "b"])
    assert list(mix(changes, lambda _: 0)) == changes[::-1]
    assert list(mix(changes, lambda below: below - 1)) == changes


def test_a_refused_change_does_not_sink_its_neighbours(store: Store) -> None:
    release = threading.Event()

    def wait(_: Session) -> None:
        release.wait(10)

    def refuse(session: Session) -> None:
        session.add(ObjectRow(digest="refused", content=b"x"))
        session.flush()
        raise LookupError

    held = store._writer.submit(wait)
    before = store._writer.submit(lambda s: s.add(ObjectRow(digest="before", content=b"x")))
    refused = store._writer.submit(refuse)
    after = store._writer.submit(lambda s: s.add(ObjectRow(digest="later", content=b"x")))
    release.set()
    for future in (held, before, after):
        future.result(10)
    with pytest.raises(LookupError):
        refused.result(10)
    assert names(store) == ["before", "later"]


def test_nobody_is_told_before_it_is_durable(store: Store, tmp_path: Path) -> None:
    """A second connection sees the row as soon as the answer is there."""
    other = Store(f"sqlite:///{tmp_path / 'teg.sqlite'}")
    for name in ("one", "two", "three"):
        put(store, name)
        assert name in names(other)
    other.close()


def test_when_the_batch_cannot_be_committed_everyone_in_it_is_told(store: Store) -> None:
    def break_the_transaction(session: Session) -> None:
        session.add(ObjectRow(digest="lost", content=b"x"))
        session.flush()
        session.connection().exec_driver_sql("ROLLBACK")

    future = store._writer.submit(break_the_transaction)
    assert future.exception(10) is not None
    assert names(store) == []
    put(store, "afterwards")
    assert names(store) == ["afterwards"]


def test_a_change_may_not_wait_for_another(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.write(lambda _: put(store, "inner"))


def test_after_closing_nothing_is_taken(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'teg.sqlite'}")
    put(store, "one")
    store.close()
    with pytest.raises(ServiceClosedError):
        put(store, "two")
