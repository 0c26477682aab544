"""Processes that work for this one: they leave Ctrl+C to it, and end when it does.

A worker of the standard library waits for ever on a pipe that it holds itself; one whose
service was killed would stay, and keep its memory and its place on a core.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any


def start_workers(
    number: int, initializer: Callable[..., object] | None = None, *initargs: Any
) -> ProcessPoolExecutor:
    """A pool of processes.

    Args:
        number: how many, started when there is work.
        initializer: called in each with `initargs` when it starts.
        initargs: picklable values.
    """
    # Not forked: a copy of a process with threads may hold their locks for ever.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        number, mp_context=context, initializer=_begin, initargs=(initializer, initargs)
    )


def _begin(initializer: Callable[..., object] | None, initargs: tuple[Any, ...]) -> None:
    # A terminal sends Ctrl+C to every process in it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if initializer is not None:
        initializer(*initargs)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
