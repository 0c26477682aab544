"""Where ballots are checked: here, on the cores of this machine, or on a cluster of Dask's.

Whoever runs the cluster is trusted: a worker of hers could call any ballot good.

Source: design 3, section 13; docs/observers.md, "How long it takes".
"""

import multiprocessing
import os
import sys
import threading
from collections.abc import Generator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final, cast

from audit.means_errors import MissingDaskError, SchedulerError, WorkersLostError

PATIENCE: Final = 10
"""Seconds that a scheduler may take to answer."""
WORTH_A_POOL: Final = 100
"""Fewer ballots and credentials than this are checked sooner than other processes start."""


def count_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # pragma: no cover  other systems than Linux


def start_method(platform: str, threads: int) -> str:
    """How worker processes begin.

    A fork takes a few milliseconds where a new interpreter takes most of a second, but it
    copies locks that other threads hold.
    """
    return "fork" if platform == "linux" and threads == 1 else "spawn"


@contextmanager
def open_executor(
    cores: int | None = None, scheduler: str | None = None
) -> Generator[Executor | None]:
    """Workers, or None where there would be one only and it is done here.

    Args:
        cores: how many; without, all of this machine.
        scheduler: the address of a Dask scheduler; then they are its workers.

    Raises:
        SchedulerError, MissingDaskError: there is none, or nothing to talk to it with.
        WorkersLostError: they ended in the middle of their work.
    """
    try:
        if scheduler is not None:
            with _open_cluster(scheduler) as executor:
                yield executor
            return
        count = cores or count_cores()
        if count == 1:
            yield None
            return
        with _open_pool(count) as executor:
            yield executor
    except (BrokenExecutor, CancelledError) as error:
        raise WorkersLostError(str(error) or type(error).__name__) from None


@contextmanager
def _open_pool(count: int) -> Generator[Executor]:
    method = start_method(sys.platform, threading.active_count())
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context(method))
    try:
        if method == "fork":
            # Now, while no other thread runs; otherwise none starts before there is work.
            pool.submit(os.getpid).result()
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _open_cluster(address: str) -> Generator[Executor]:
    try:
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError:
        raise MissingDaskError(address) from None
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise SchedulerError(address, str(error) or type(error).__name__) from None
    with client:
        executor = cast("Executor", client.get_executor(pure=False))
        _require_same_version(address, executor)
        try:
            yield executor
        except distributed.KilledWorker as error:
            raise WorkersLostError(str(error)) from None
        finally:
            executor.shutdown(wait=False)


def _require_same_version(address: str, executor: Executor) -> None:
    """Require workers that would find what we would; one that has another Teg might not."""
    try:
        theirs = executor.submit(version, "teg").result(PATIENCE)
    except TimeoutError:
        raise SchedulerError(address, "no worker answers") from None
    except ModuleNotFoundError:
        raise SchedulerError(address, "its workers lack Teg") from None
    if theirs != version("teg"):
        raise SchedulerError(address, f"its workers have version {theirs} of Teg")
