"""The database: one file in the data folder, migrated when it is opened.

SQLite in WAL mode with `synchronous=FULL`: a commit returns when it is on disk. Reading and
writing have their own connections; readers cannot write, and every writing transaction
begins immediate, so that a second process on the same file waits instead of reading a state
that is about to change.

Source: design 2, "Data"; design 5, section 0.1.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlmodel import Session

from web.errors import DatabaseError
from web.store.writer import Writer

T = TypeVar("T")
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 30_000


def make_engine(url: str, *, writing: bool) -> Engine:
    """Connections that only read, or that begin every transaction immediate."""
    engine = create_engine(
        url,
        pool_size=16,
        max_overflow=48,
        hide_parameters=True,  # values (addresses, codes) never stand in an error's text
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        # Python's own transaction handling would begin too late; ours is in `begin`.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # What is blanked (a credential in a sent message) is overwritten in the file too.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def migration_config() -> Config:
    """Alembic's settings; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema, in one transaction.

    Raises:
        DatabaseError: it was made by a newer program.
    """
    config = migration_config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.begin() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
        if not set(heads) <= known:
            raise DatabaseError("the database was made by a newer version of Teg")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _keep_from_others(url: str) -> None:
    """Let the owner alone read the file: it holds names. SQLite's files beside it do the same."""
    path = Path(make_url(url).database or "")
    # A file that is there is never opened: closing it would end SQLite's locks on it.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    for file in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with suppress(FileNotFoundError, PermissionError):
            file.chmod(0o600)


class Store:
    """The open database."""

    def __init__(self, url: str) -> None:
        _keep_from_others(url)
        self._writing = make_engine(url, writing=True)
        self._reading = make_engine(url, writing=False)
        try:
            migrate(self._writing)
        except BaseException:
            self._writing.dispose()
            raise
        self._writer = Writer(self._writing, secrets.randbelow)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and cannot change it."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    def write(self, work: Callable[[Session], T], *, order: str | None = None) -> T:
        """Make one change and return what it returned, after it is durable.

        Args:
            work: called in the writer's thread; an error it raises undoes its changes.
            order: for a ballot its credential; ballots are shuffled among each other.

        Raises:
            DatabaseError: the database did not take the change.
        """
        future = self._writer.submit(work, order)
        value: T = future.result()
        return value

    def close(self) -> None:
        """Finish the queued changes and let go of the file."""
        self._writer.close()
        self._writing.dispose()
        self._reading.dispose()
