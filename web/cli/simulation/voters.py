"""The members of a simulated election: each seals her ballot, and casts it over HTTP.

Sealing runs in processes of its own and is finished before casting begins, so that what
is measured is the service and not the made-up voters.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field
from itertools import islice

from ballots.ballot import tracker
from ballots.election import Election, parse_election
from ballots.sealing import seal_ballot
from web.cli.client import Client, RefusedError, UnreachableError
from web.cli.simulation.plan import VOTES, Choice

_CHUNK = 8
_TRIES = 5
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Sealing:
    """A ballot to be sealed."""

    box: str
    credential: str = field(repr=False)
    choice: Choice


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed ballot on its way."""

    box: str
    raw: bytes = field(repr=False)


_elections: dict[str, Election] = {}


def _start_worker(elections: Mapping[str, bytes]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers itself
    _elections.update({box: parse_election(raw) for box, raw in elections.items()})


def _seal(ballots: Sequence[Sealing]) -> list[Sealed]:
    return [
        Sealed(
            each.box,
            seal_ballot(_elections[each.box], each.credential, [VOTES[each.choice]], os.urandom),
        )
        for each in ballots
    ]


def seal_all(
    ballots: Iterable[Sealing], elections: Mapping[str, bytes], workers: int, tell: Tell
) -> list[Sealed]:
    """Seal every ballot, in the order given.

    Args:
        ballots: what to seal.
        elections: box uuid to the box's election object.
        workers: number of processes.
        tell: told how many more are sealed.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start_worker, initargs=(dict(elections),)
    )
    sealed: list[Sealed] = []
    try:
        for done in pool.map(_seal, _chunks(ballots)):
            sealed += done
            tell(len(done))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return sealed


def cast_all(base_url: str, ballots: Sequence[Sealed], connections: int, tell: Tell) -> list[int]:
    """Cast every ballot, many at a time; returns what each took, in microseconds.

    Raises:
        RefusedError: one was refused.
        UnreachableError: the service does not answer, or answers with another tracker.
    """
    local = threading.local()
    stop = threading.Event()

    def cast(ballot: Sealed) -> int:
        if stop.is_set():
            return 0
        if not hasattr(local, "client"):
            local.client = Client(base_url)
        started = time.perf_counter_ns()
        _cast(local.client, ballot)
        tell(1)
        return (time.perf_counter_ns() - started) // 1000

    with ThreadPoolExecutor(connections) as pool:
        futures: list[Future[int]] = [pool.submit(cast, ballot) for ballot in ballots]
        try:
            wait_for(futures, return_when=FIRST_EXCEPTION)
        finally:
            stop.set()  # after a failure, or Ctrl+C, the rest end without being cast
        return [future.result() for future in futures]


def _cast(client: Client, ballot: Sealed) -> None:
    path = f"/api/boxes/{ballot.box}/ballots"
    for left in reversed(range(_TRIES)):
        try:
            answer = client.post_raw(path, ballot.raw)
        except UnreachableError:
            if not left:
                raise
            time.sleep(0.2)  # sent again, the same bytes are told as the same ballot
            continue
        except RefusedError as error:
            if error.code not in ("too-many", "stopping") or not left:
                raise
            time.sleep(1)
            continue
        if answer.get("tracker") != tracker(ballot.raw):
            raise UnreachableError("the service answered with a tracker that is not the ballot's")
        return


def _chunks(ballots: Iterable[Sealing]) -> Iterator[list[Sealing]]:
    waiting = iter(ballots)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk
