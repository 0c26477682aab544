"""The database: its schema, its settings, and what it refuses to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel, text

from web.errors import DatabaseError
from web.store.rows import CheckpointRow, EntryRow, MemberRow
from web.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'teg.sqlite'}")
    yield store
    store.close()


def test_the_migrations_make_what_the_rows_need(store: Store) -> None:
    with store.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_commit_returns_when_it_is_on_disk(store: Store) -> None:
    def look(pragma: str) -> object:
        return store.write(
            lambda session: session.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
        )

    assert (look("journal_mode"), look("synchronous"), look("foreign_keys")) == ("wal", 2, 1)
    assert look("secure_delete") == 1


def test_readers_cannot_write(store: Store) -> None:
    with store.read() as session:
        session.add(EntryRow(number=0, content=b"", leaf=b""))
        with pytest.raises(OperationalError, match="readonly"):
            session.commit()


@pytest.mark.parametrize("change", ["UPDATE entry SET leaf = x'00'", "DELETE FROM entry"])
def test_an_entry_is_never_changed(store: Store, change: str) -> None:
    store.write(lambda session: session.add(EntryRow(number=0, content=b"a", leaf=b"b")))
    with pytest.raises(DatabaseError):
        store.write(lambda session: session.connection().exec_driver_sql(change))
    with store.read() as session:
        assert session.get(EntryRow, 0) == EntryRow(number=0, content=b"a", leaf=b"b")


@pytest.mark.parametrize("change", ["UPDATE checkpoint SET note = x'00'", "DELETE FROM checkpoint"])
def test_a_checkpoint_is_never_changed(store: Store, change: str) -> None:
    store.write(lambda session: session.add(CheckpointRow(size=1, root=b"a", note=b"b")))
    with pytest.raises(DatabaseError):
        store.write(lambda session: session.connection().exec_driver_sql(change))
    with store.read() as session:
        assert session.get(CheckpointRow, 1) == CheckpointRow(size=1, root=b"a", note=b"b")


def test_an_error_tells_no_values(store: Store) -> None:
    def write(session: object) -> None:
        row = MemberRow(
            number="", name="Example Member 7", email=b"", college=None, language="en",
            text_format="standard",
        )  # fmt: skip
        row.number = None  # type: ignore[assignment]
        session.add(row)  # type: ignore[attr-defined]

    with pytest.raises(DatabaseError) as refused:
        store.write(write)
    assert "Example Member" not in f"{refused.value}{refused.value.__cause__}"


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'teg.sqlite'}"
    store = Store(url)
    store.write(lambda session: session.exec(text("UPDATE alembic_version SET version_num='9'")))  # type: ignore[call-overload]
    store.close()
    with pytest.raises(DatabaseError, match="newer"):
        Store(url)


def test_only_the_owner_reads_the_files(tmp_path: Path) -> None:
    """Also in a folder that was there before, and that everybody may look into."""
    tmp_path.chmod(0o755)
    file = tmp_path / "teg.sqlite"
    file.touch(mode=0o644)
    store = Store(f"sqlite:///{file}")
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("teg.sqlite", "teg.sqlite-wal", "teg.sqlite-shm"), 0o600)
    store.close()
