"""The checker: the same verdict in a worker process as here, also after one was killed.

Of a ballot, of a shuffle and of a share.
"""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from ballots.ballot import parse_ballot, tracker
from ballots.credentials import make_credential, public_credential
from ballots.decryption import decrypt_share
from ballots.election import Election, Question, ShuffledQuestion, format_election
from ballots.errors import (
    BallotSignatureError,
    DecryptionProofError,
    SecondProofBindingError,
    ShuffleProofError,
    WrongFingerprintError,
)
from ballots.mixing import shuffle_tally, shuffled_tally, take_shuffle
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import make_private_key, make_public_key, verify_public_key
from web.checker import Checker
from web.store.load import digest_of

UUID = "1" * 14
PRIVATE = make_private_key(os.urandom)
KEY = verify_public_key(make_public_key(PRIVATE, os.urandom)).public_key
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


def test_a_shuffle_is_right_of_what_it_started_from_and_of_nothing_else(checker: Checker) -> None:
    election = Election(UUID, "Ranked", "", KEY, (ShuffledQuestion("Who?", ("A", "B")),))
    ballots = [
        parse_ballot(election, seal_ballot(election, credential, [[1, 2]], os.urandom))
        for credential in (CREDENTIAL, make_credential(os.urandom))
    ]
    tally = tally_box(election, ballots).encrypted
    raw = shuffle_tally(election, tally, os.urandom)
    after = take_shuffle(election, tally, raw)
    assert after == shuffled_tally(election, tally, raw)
    checker.check_shuffle(election.raw, tally, raw)
    with pytest.raises(ShuffleProofError):
        checker.check_shuffle(election.raw, after, raw)
    assert checker.is_shuffle_of(election.raw, tally, raw)
    assert not checker.is_shuffle_of(election.raw, after, raw)


def test_a_share_is_right_with_both_proofs_of_its_own_key(checker: Checker) -> None:
    tally = tally_box(ELECTION, [parse_ballot(ELECTION, seal())]).encrypted
    mine, other = (decrypt_share(ELECTION, tally, key, os.urandom) for key in (PRIVATE, 7))
    checker.check_share(ELECTION.raw, tally, KEY, mine.decryption, mine.proofs)
    with pytest.raises(DecryptionProofError):
        checker.check_share(ELECTION.raw, tally, KEY, other.decryption, other.proofs)
    with pytest.raises(SecondProofBindingError):
        checker.check_share(ELECTION.raw, tally, KEY, mine.decryption, other.proofs)


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
