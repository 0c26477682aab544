import multiprocessing
import os
import signal
import time
from base64 import b64encode
from collections.abc import Callable
from multiprocessing.queues import Queue
from pathlib import Path
from typing import TypeAlias

import pytest

from audit.checkpoint import open_checkpoint, sign_checkpoint
from audit.errors import (
    GuardExistsError,
    GuardFormError,
    GuardMissingError,
    RewrittenLogError,
    RolledBackError,
    StaleGuardError,
    WrongRootError,
)
from audit.guard import Guard, Guarded, sign_next
from audit.merkle import EMPTY_ROOT, leaf_hash, root_at, subtree_of
from audit.note import LogSigner

SIGNER = LogSigner("log.example/sample", bytes(range(32)))
Roots = Callable[[int], bytes]
Told: TypeAlias = "Queue[tuple[int, str]]"


def roots_of(entries: list[bytes]) -> Roots:
    tree = subtree_of([leaf_hash(entry) for entry in entries])
    return lambda size: root_at(size, tree)


def entries_of(size: int, word: str = "entry") -> list[bytes]:
    return [f"{word} {i}".encode() for i in range(size)]


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    made = Guard(tmp_path / "guard.json")
    made.create(SIGNER)
    return made


def sign(guard: Guard, entries: list[bytes], size: int | None = None) -> bytes:
    roots = roots_of(entries)
    size = len(entries) if size is None else size
    return sign_next(guard, SIGNER, size, roots(size), roots)


def test_the_first_guard_remembers_the_empty_log(guard: Guard) -> None:
    found = guard.read()
    assert (found.size, found.root) == (0, EMPTY_ROOT)
    assert open_checkpoint(found.note, SIGNER.key).size == 0


def test_a_growing_log_is_signed(guard: Guard) -> None:
    for size in (1, 2, 300, 400):
        note = sign(guard, entries_of(size))
        assert open_checkpoint(note, SIGNER.key).size == size
        assert guard.read().note == note


def test_the_same_head_is_the_same_note(guard: Guard) -> None:
    assert sign(guard, entries_of(7)) == sign(guard, entries_of(7))


def test_a_restored_log_that_is_shorter_is_not_signed(guard: Guard) -> None:
    sign(guard, entries_of(400))
    with pytest.raises(RolledBackError):
        sign(guard, entries_of(300))
    assert guard.read().size == 400


def test_a_restored_log_that_grew_past_the_signed_size_is_not_signed(guard: Guard) -> None:
    # 300 entries restored under a signed 400, then 150 new ones: by itself the fork verifies.
    before = entries_of(400)
    sign(guard, before)
    fork = before[:300] + entries_of(150, "later")
    with pytest.raises(RewrittenLogError):
        sign(guard, fork)
    assert guard.read().size == 400
    sign(guard, [*before, b"the next"])


def test_a_log_rewritten_at_the_same_size_is_not_signed(guard: Guard) -> None:
    sign(guard, entries_of(5))
    with pytest.raises(RewrittenLogError):
        sign(guard, [*entries_of(4), b"another"])


def test_nothing_is_signed_without_a_guard(tmp_path: Path) -> None:
    with pytest.raises(GuardMissingError):
        sign(Guard(tmp_path / "guard.json"), entries_of(3))
    assert not (tmp_path / "guard.json").exists()


def test_a_guard_is_never_begun_again(guard: Guard) -> None:
    sign(guard, entries_of(3))
    with pytest.raises(GuardExistsError):
        guard.create(SIGNER)
    assert guard.read().size == 3


def test_a_root_that_is_not_that_of_the_stored_tree_is_not_signed(guard: Guard) -> None:
    with pytest.raises(WrongRootError):
        sign_next(guard, SIGNER, 3, bytes(32), roots_of(entries_of(3)))
    assert guard.read().size == 0


def test_the_guard_of_another_log_is_refused(guard: Guard) -> None:
    for other in (LogSigner("log.example/other", SIGNER.seed), LogSigner(SIGNER.name, bytes(32))):
        roots = roots_of(entries_of(3))
        with pytest.raises(GuardFormError):
            sign_next(guard, other, 3, roots(3), roots)


def test_a_guard_whose_size_was_edited_is_refused(guard: Guard) -> None:
    sign(guard, entries_of(3))
    raw = guard.path.read_bytes()
    guard.path.write_bytes(raw.replace(b'"size":3', b'"size":2'))
    with pytest.raises(GuardFormError):
        sign(guard, entries_of(4))


ROOT64 = b64encode(EMPTY_ROOT).decode().encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"v":1,"size":0,"root":"%b"}' % ROOT64,
        b'{"v":1,"size":"0","root":"%b","note":""}' % ROOT64,
        b'{"v":1,"size":0,"root":"?","note":""}',
        b'{"v":1,"size":0,"note":"","root":"%b"}' % ROOT64,
        b'{"v":2,"size":0,"root":"%b","note":""}' % ROOT64,
        b'{"v":1,"size":0,"root":"%b","note":"","x":1}' % ROOT64,
        b"\xff",
        b'"' + b"x" * 200_000 + b'"',
    ],
)
def test_a_damaged_guard_is_refused(guard: Guard, raw: bytes) -> None:
    guard.path.write_bytes(raw)
    with pytest.raises(GuardFormError):
        sign(guard, entries_of(3))
    assert guard.path.read_bytes() == raw


def test_the_guard_advances_only_from_what_it_holds(guard: Guard) -> None:
    old = guard.read()
    new = Guarded(2, roots_of(entries_of(2))(2), sign_checkpoint(SIGNER, 2, bytes(32)))
    guard.advance(old, new)
    assert guard.read() == new
    with pytest.raises(StaleGuardError):
        guard.advance(old, new)
    with pytest.raises(RolledBackError):
        guard.advance(new, old)


def test_the_file_is_left_by_no_half_write(guard: Guard) -> None:
    Path(f"{guard.path}.new").write_bytes(b"half of a wri")
    assert guard.read().size == 0
    sign(guard, entries_of(3))
    assert guard.read().size == 3


def _sign_upwards(
    path: Path, start: int, results: "multiprocessing.Queue[tuple[int, str]]"
) -> None:
    """Sign sizes start, start+2, … of one log until 60; tell every note or refusal."""
    guard = Guard(path)
    roots = roots_of(entries_of(60))
    for size in range(start, 61, 2):
        try:
            note = sign_next(guard, SIGNER, size, roots(size), roots)
        except RolledBackError:
            results.put((size, ""))
        else:
            results.put((size, note.decode()))
    results.put((0, "end"))


def test_two_processes_at_once_sign_one_history(guard: Guard) -> None:
    context = multiprocessing.get_context("spawn")
    results: Told = context.Queue()
    both = [
        context.Process(target=_sign_upwards, args=(guard.path, start, results)) for start in (1, 2)
    ]
    for process in both:
        process.start()
    told: list[tuple[int, str]] = []
    ends = 0
    while ends < 2:
        size, note = results.get(timeout=60)
        ends += note == "end"
        told.append((size, note))
    for process in both:
        process.join()
        assert process.exitcode == 0
    roots = roots_of(entries_of(60))
    signed = {size: note for size, note in told if note not in {"", "end"}}
    for size, note in signed.items():
        assert open_checkpoint(note.encode(), SIGNER.key).root == roots(size)
    assert guard.read().size == max(signed) == 60


def _sign_for_ever(path: Path, told: Path) -> None:
    guard = Guard(path)
    roots = roots_of(entries_of(4000))
    with told.open("ab", buffering=0) as file:
        for size in range(guard.read().size + 1, 4001):
            note = sign_next(guard, SIGNER, size, roots(size), roots)
            file.write(str(open_checkpoint(note, SIGNER.key).size).encode() + b"\n")


def test_a_process_killed_half_way_leaves_a_guard_that_knows_all_it_told(
    guard: Guard, tmp_path: Path
) -> None:
    context = multiprocessing.get_context("spawn")
    told = tmp_path / "told"
    told.touch()
    for pause in (0.0, 0.003, 0.007):
        process = context.Process(target=_sign_for_ever, args=(guard.path, told))
        before = told.stat().st_size
        process.start()
        assert process.pid is not None
        deadline = time.monotonic() + 60
        while told.stat().st_size == before and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(pause)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        lines = told.read_bytes().split(b"\n")[:-1]
        # Nothing was shown to anybody that the guard does not remember; the lock is free again.
        assert lines
        assert guard.read().size >= int(lines[-1])
        sign(guard, entries_of(4000), guard.read().size)
