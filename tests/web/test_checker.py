"""The checker: the same verdict in a worker process as here, also after one was killed."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from ballots.ballot import tracker
from ballots.credentials import make_credential, public_credential
from ballots.election import Election, Question, format_election
from ballots.errors import BallotSignatureError, WrongFingerprintError
from ballots.sealing import seal_ballot
from ballots.trustees import make_private_key, make_public_key, verify_public_key
from web.checker import Checker
from web.store.load import digest_of

UUID = "1" * 14
KEY = verify_public_key(make_public_key(make_private_key(os.urandom), os.urandom)).public_key
QUESTION = Question("Shall we?", ("For", "Against"), 1, 1, blank=True)
ELECTION = Election(UUID, "Sample", "", KEY, (QUESTION,))
CREDENTIAL = make_credential(os.urandom)


def seal(election: Election = ELECTION) -> bytes:
    return seal_ballot(election, CREDENTIAL, [[0, 1, 0]], os.urandom)


@pytest.fixture(scope="module", params=[0, 1], ids=["here", "worker"])
def checker(request: pytest.FixtureRequest) -> Iterator[Checker]:
    checker = Checker(request.param)
    yield checker
    checker.close()


def test_a_right_ballot_is_said_whose_it_is(checker: Checker) -> None:
    raw = seal()
    checked = checker.check(format_election(ELECTION), raw)
    assert checked.credential == public_credential(UUID, CREDENTIAL)
    assert checked.digest == digest_of(raw)
    assert len(tracker(raw)) == 43


def test_a_wrong_ballot_keeps_its_named_error_and_values(checker: Checker) -> None:
    other = Election(UUID, "Other", "", KEY, (QUESTION,))
    with pytest.raises(WrongFingerprintError) as refused:
        checker.check(format_election(ELECTION), seal(other))
    assert refused.value.args == (ELECTION.fingerprint, other.fingerprint)


def test_a_forged_signature_is_named(checker: Checker) -> None:
    raw, other = seal(), seal()
    proof = other[other.rindex(b'"proof":') :]
    with pytest.raises(BallotSignatureError):
        checker.check(format_election(ELECTION), raw[: raw.rindex(b'"proof":')] + proof)


def test_a_killed_worker_costs_no_ballot() -> None:
    checker = Checker(1)
    raw = seal()
    checker.check(format_election(ELECTION), raw)
    pool = checker._pool
    assert isinstance(pool, ProcessPoolExecutor)
    (worker,) = pool._processes
    os.kill(worker, signal.SIGKILL)
    assert checker.check(format_election(ELECTION), raw).digest == digest_of(raw)
    checker.close()
