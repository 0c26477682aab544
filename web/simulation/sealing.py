"""Sealing the ballots of made-up members, in processes of their own.

It is finished before casting begins, so that what is measured is the service and not the
made-up voters. A worker imports this module and the cryptography, nothing of the server.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from ballots.election import Election, parse_election
from ballots.sealing import seal_ballot
from web.simulation.plan import Ballot
from web.workers import start_workers

_CHUNK = 8
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Sealing:
    """A ballot to be sealed."""

    box: str
    credential: str = field(repr=False)
    ballot: Ballot = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed ballot on its way."""

    box: str
    raw: bytes = field(repr=False)


_elections: dict[str, Election] = {}


def _start_worker(elections: Mapping[str, bytes]) -> None:
    _elections.update({box: parse_election(raw) for box, raw in elections.items()})


def _seal(ballots: Sequence[Sealing]) -> list[Sealed]:
    return [
        Sealed(
            each.box,
            seal_ballot(_elections[each.box], each.credential, each.ballot, os.urandom),
        )
        for each in ballots
    ]


@contextmanager
def sealers(elections: Mapping[str, bytes], workers: int) -> Iterator[Executor]:
    """Processes that seal, started and ready.

    Args:
        elections: box uuid to the box's election object.
        workers: how many.
    """
    pool = start_workers(workers, _start_worker, dict(elections))
    try:
        for ready in [pool.submit(_seal, []) for _ in range(workers)]:
            ready.result()
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def seal_all(pool: Executor, ballots: Iterable[Sealing], tell: Tell) -> list[Sealed]:
    """Seal every ballot, in the order given; `tell` is told how many more are sealed."""
    sealed: list[Sealed] = []
    for done in pool.map(_seal, _chunks(ballots)):
        sealed += done
        tell(len(done))
    return sealed


def _chunks(ballots: Iterable[Sealing]) -> Iterator[list[Sealing]]:
    waiting = iter(ballots)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk
