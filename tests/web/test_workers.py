"""Workers leave interrupts alone, and do not outlive the process they work for."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from web.workers import start_workers


def test_a_worker_works_on_after_an_interrupt() -> None:
    pool = start_workers(1)
    try:
        worker = pool.submit(os.getpid).result(60)
        os.kill(worker, signal.SIGINT)
        assert pool.submit(os.getpid).result(60) == worker
    finally:
        pool.shutdown()


def test_an_initializer_is_given_its_values(tmp_path: Path) -> None:
    pool = start_workers(1, os.chdir, str(tmp_path))
    try:
        assert pool.submit(os.getcwd).result(60) == str(tmp_path)
    finally:
        pool.shutdown()


PARENT = """
import os, time
from web.workers import start_workers
if __name__ == "__main__":
    pool = start_workers(1)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


def test_a_worker_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    os.kill(worker, 0)  # it is there
    parent.kill()
    try:
        # The worker has the same output: it is at its end when nobody is left to write into it.
        parent.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        os.kill(worker, signal.SIGKILL)
        pytest.fail("the worker outlived its parent")
