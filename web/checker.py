"""The checker: verifies ballots, shuffles and shares on all cores, beside the answering threads.

Worker processes hold each box's election parsed; a ballot's bytes go there and a verdict
comes back. The digest is taken here, at receipt, and compared again with the row that was
written. With no workers the check runs in the calling thread.

Source: design 2, "Processes"; design 3, section 13 (limits at the door).
"""

import threading
from collections.abc import Callable
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from ballots.ballot import check_ballots
from ballots.decryption import verify_decryption, verify_second_proof
from ballots.election import parse_election
from ballots.errors import BallotError
from ballots.mixing import verify_shuffle
from ballots.tally import parse_encrypted_tally
from web.workers import start_workers

P = ParamSpec("P")
T = TypeVar("T")


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


def check_shuffle(election_raw: bytes, tally: bytes, raw: bytes) -> None:
    """Verify one trustee's shuffle of a box: minutes of work for the ballots of thousands.

    Raises:
        BallotError: its form or its proof is wrong.
    """
    verify_shuffle(parse_election(election_raw), tally, raw)


def check_share(
    election_raw: bytes, tally: bytes, public_key: str, decryption: bytes, proofs: bytes
) -> None:
    """Verify one trustee's share of a box by both of its proofs.

    Raises:
        BallotError: a form or a proof is wrong.
    """
    election = parse_election(election_raw)
    counts = parse_encrypted_tally(election, tally)
    verify_decryption(election, counts, public_key, decryption)
    verify_second_proof(election, counts, public_key, decryption, proofs)


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
        return self._run(check, election_raw, raw)

    def check_shuffle(self, election_raw: bytes, tally: bytes, raw: bytes) -> None:
        """Verify a shuffle of a tally; waits for the verdict.

        Raises:
            BallotError: its form or its proof is wrong.
        """
        self._run(check_shuffle, election_raw, tally, raw)

    def check_share(
        self, election_raw: bytes, tally: bytes, public_key: str, decryption: bytes, proofs: bytes
    ) -> None:
        """Verify a trustee's share of a tally; waits for the verdict.

        Raises:
            BallotError: a form or a proof is wrong.
        """
        self._run(check_share, election_raw, tally, public_key, decryption, proofs)

    def is_shuffle_of(self, election_raw: bytes, tally: bytes, raw: bytes) -> bool:
        """Whether a shuffle is a right one of this tally."""
        try:
            self.check_shuffle(election_raw, tally, raw)
        except BallotError:
            return False
        return True

    def close(self) -> None:
        """Stop the workers."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do work in a worker process; waits for what it returns or raises."""
        if not self._workers:
            return work(*args, **kwargs)
        pool = self._open()
        try:
            return pool.submit(work, *args, **kwargs).result()
        except BrokenProcessPool:
            # A worker was killed; what was sent is not at fault, so new ones check it.
            with self._lock:
                if self._pool is pool:
                    self._pool = None
            return self._open().submit(work, *args, **kwargs).result()

    def _open(self) -> Executor:
        with self._lock:
            if self._pool is None:
                self._pool = start_workers(self._workers)
            return self._pool
