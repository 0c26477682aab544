"""The members of a simulated election casting their sealed ballots over HTTP."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for

from ballots.ballot import tracker
from web.client import Client, RefusedError, UnreachableError
from web.simulation.sealing import Sealed

_TRIES = 5
Tell = Callable[[int], None]


def cast_all(base_url: str, ballots: Sequence[Sealed], connections: int, tell: Tell) -> list[int]:
    """Cast every ballot, many at a time; returns what each took, in microseconds.

    Raises:
        RefusedError: one was refused.
        UnreachableError: the service does not answer, or answers with another tracker.
    """
    local = threading.local()
    clients: list[Client] = []
    stop = threading.Event()

    def cast(ballot: Sealed) -> int:
        if stop.is_set():
            return 0
        if not hasattr(local, "client"):
            local.client = Client(base_url)
            clients.append(local.client)
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
    for client in clients:
        client.close()
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
