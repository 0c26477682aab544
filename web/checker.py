"""The checker: verifies sealed ballots on all cores, apart from the thread that answers.

Worker processes hold each box's election parsed; a ballot's bytes go there and a verdict
comes back. The digest is taken here, at receipt, and compared again with the row that was
written. With no workers the check runs in the calling thread.

Source: design 2, "Processes"; design 3, section 13 (limits at the door).
"""

import threading
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from ballots.ballot import check_ballots
from web.workers import start_workers


@dataclass(frozen=True, slots=True)
class Checked:
    """A ballot that is right in itself: whose it is, and the SHA-256 of its bytes."""

    credential: str
    digest: str


def check(election_raw: bytes, raw: bytes) -> Checked:
    """Parse and verify one ballot.

    Raises:
        BallotError: form, signature or a proof is wrong.
    """
    (ballot,) = check_ballots(election_raw, [raw])
    return Checked(ballot.credential, ballot.digest)


def warm_up() -> None:
    """Nothing: makes a worker start and import before the first voter comes."""


class Checker:
    """Checks ballots in worker processes, or in the calling thread when there are none."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._pool: Executor | None = None
        if workers:
            pool = self._open()
            for _ in range(workers):
                pool.submit(warm_up)

    def check(self, election_raw: bytes, raw: bytes) -> Checked:
        """Parse and verify one ballot; waits for the verdict.

        Raises:
            BallotError: form, signature or a proof is wrong.
        """
        if not self._workers:
            return check(election_raw, raw)
        pool = self._open()
        try:
            return pool.submit(check, election_raw, raw).result()
        except BrokenProcessPool:
            # A worker was killed; the ballot is not at fault, so it is checked by new ones.
            with self._lock:
                if self._pool is pool:
                    self._pool = None
            return self._open().submit(check, election_raw, raw).result()

    def close(self) -> None:
        """Stop the workers."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _open(self) -> Executor:
        with self._lock:
            if self._pool is None:
                self._pool = start_workers(self._workers)
            return self._pool
