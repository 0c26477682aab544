"""The log: tiles against a plain tree, checkpoints, the guard, other processes, the clock."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from audit.checkpoint import open_checkpoint
from audit.entries import ScriptsEntry
from audit.errors import RewrittenLogError
from audit.guard import Guard
from audit.merkle import root_at, subtree_of
from audit.note import LogSigner
from audit.tiles import build_tile, bundle_paths, parse_bundle, tile_paths
from web.errors import LogFrozenError, NotSetUpError
from web.log_keeper import LogKeeper
from web.store.rows import EntryRow
from web.store.store import Store
from web.store.tiles import read_bundle, read_tile

SIGNER = LogSigner("log.example/sample", bytes(32))
START = 1_790_000_000


class Log:
    """A log in a folder, as one process sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = START
        self.store = Store(f"sqlite:///{folder / 'teg.sqlite'}")
        self.guard = Guard(folder / "log.guard")
        if not self.guard.path.exists():
            self.guard.create(SIGNER)
        self.keeper = LogKeeper(self.store, lambda: self.now, SIGNER, self.guard)

    def append(self, count: int = 1) -> int:
        def write(session: Session) -> int:
            index = -1
            for number in range(count):
                entry = ScriptsEntry(time=self.keeper.now(session), scripts=f"{number:064x}")
                index = self.keeper.append(session, entry)
            return index

        return self.store.write(write)

    def close(self) -> None:
        self.keeper.stop()
        self.store.close()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = Log(tmp_path)
    yield log
    log.close()


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_tiles_and_bundles_are_those_of_the_tree(log: Log, size: int) -> None:
    log.append(size)
    with log.store.read() as session:
        leaves = [session.get_one(EntryRow, n).leaf for n in range(size)]
        contents = [session.get_one(EntryRow, n).content for n in range(size)]
        subtree = subtree_of(leaves)
        for tile in tile_paths(size):
            assert read_tile(session, tile) == build_tile(tile, subtree)
        bundled = [
            entry
            for tile in bundle_paths(size)
            for entry in parse_bundle(read_bundle(session, tile), tile.width)
        ]
    assert bundled == contents
    log.keeper.publish()
    assert log.guard.read().root == root_at(size, subtree)


def test_each_checkpoint_covers_all_that_was_appended(log: Log) -> None:
    for size in (1, 3, 4):
        log.append(size - log.guard.read().size)
        assert log.keeper.publish() == size
        with log.store.read() as session:
            published = log.keeper.published(session)
        assert published is not None
        assert open_checkpoint(published.note, SIGNER.key).size == size


def test_a_checkpoint_follows_within_a_second(log: Log) -> None:
    log.keeper.start()
    log.append()
    deadline = time.monotonic() + 1
    while log.guard.read().size == 0:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_an_entry_of_another_process_is_published_too(log: Log, tmp_path: Path) -> None:
    log.append()
    log.keeper.publish()
    other = Log(tmp_path)
    assert other.append() == 1
    other.close()
    assert log.keeper.publish() == 2
    assert log.append() == 2


def test_two_processes_sign_in_turn_without_a_fork(log: Log, tmp_path: Path) -> None:
    other = Log(tmp_path)
    for size in range(1, 9):
        one, two = (log, other) if size % 2 else (other, log)
        one.append()
        assert one.keeper.publish() == size
        assert two.keeper.publish() == size
    assert (log.keeper.problem, other.keeper.problem) == ("", "")
    other.close()


def test_time_never_goes_back_though_the_clock_does(log: Log) -> None:
    log.append()
    log.now -= 3600
    with log.store.read() as session:
        assert log.keeper.now(session) == START


def restore_older_copy(folder: Path) -> Log:
    """A log with three entries, though two more were published before its database was restored."""
    log = Log(folder)
    log.append(3)
    log.keeper.publish()
    log.close()
    shutil.copy(folder / "teg.sqlite", folder / "backup")
    log = Log(folder)
    log.append(2)
    log.keeper.publish()
    log.close()
    shutil.copy(folder / "backup", folder / "teg.sqlite")
    return Log(folder)


def test_a_database_restored_from_an_older_copy_freezes_the_log(tmp_path: Path) -> None:
    log = restore_older_copy(tmp_path)
    with pytest.raises(LogFrozenError):
        log.keeper.require_consistent()
    with pytest.raises(LogFrozenError):
        log.append()
    assert log.guard.read().size == 5
    log.close()


def test_a_restored_log_that_grew_past_the_guard_freezes_as_well(tmp_path: Path) -> None:
    """Looking at the size alone would sign a fork (design 5, section 0.2)."""
    log = restore_older_copy(tmp_path)
    log.now += 60
    log.append(4)
    with pytest.raises(LogFrozenError) as frozen:
        log.keeper.publish()
    assert isinstance(frozen.value.__cause__, RewrittenLogError)
    assert log.guard.read().size == 5
    log.close()


def test_without_its_guard_nothing_is_signed(log: Log) -> None:
    log.append()
    log.guard.path.unlink()
    with pytest.raises(LogFrozenError, match="guard is missing"):
        log.keeper.publish()
    with pytest.raises(LogFrozenError):
        log.append()


def test_without_a_key_there_is_no_log_yet(log: Log) -> None:
    keeper = LogKeeper(log.store, lambda: START, None, log.guard)
    keeper.require_consistent()
    with pytest.raises(NotSetUpError):
        keeper.publish()
