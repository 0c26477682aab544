"""A whole box: one part is bent, one error names it."""

import json
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from typing import Any

import pytest

from ballots.archive import ArchiveBuilder, read_archive
from ballots.ballot_checks import UNDER_WAY
from ballots.credentials import format_credentials, public_credential
from ballots.encoding import format_json, hex_digest
from ballots.errors import (
    BallotError,
    BallotProofError,
    BallotSignatureError,
    CountOutOfRangeError,
    DecryptionProofError,
    EncryptedTallyError,
    JointKeyError,
    MissingSecondProofError,
    MissingShareError,
    PointOutsideGroupError,
    ResultError,
    SecondProofBindingError,
    SecondProofError,
    SizedTallyError,
    TrusteeProofError,
    UnknownCredentialError,
    UnknownOwnerError,
    WrongFieldsError,
    WrongFingerprintError,
)
from ballots.stored import Digests
from ballots.trustees import Seats, format_trustees, make_public_key
from ballots.verification import ArchiveSummary, verify_archive
from tests.ballots.box import (
    SMALL_ORDER,
    TIMESTAMP,
    edit,
    make_box,
    open_box,
    seeded,
    sign_again,
    text_of,
)

OPENED = open_box()
BOX = OPENED.box
RAW = OPENED.write()


def verify(raw: bytes, **options: Any) -> ArchiveSummary:
    return verify_archive(read_archive(raw), **options)


def test_an_honest_box_is_summed_up() -> None:
    summary = verify(RAW, proofs=OPENED.proofs)
    assert summary == ArchiveSummary(
        uuid=BOX.election.uuid,
        fingerprint=BOX.election.fingerprint,
        public_key=BOX.election.public_key,
        trustees=BOX.public_keys,
        voters=3,
        voters_weight=3,
        ballots=Digests(b"".join(sha256(raw).digest() for raw in OPENED.ballots)),
        counted=2,
        is_closed=True,
        decrypted=(1, 2),
        second_proofs=(1, 2),
        result=((1, 0, 1),),
        seats=(
            Seats(range(1, 2), 1, is_threshold=False),
            Seats(range(2, 3), 1, is_threshold=False),
        ),
        opened=((),),
    )
    assert verify(RAW).second_proofs == ()


def test_a_box_that_still_runs_is_verified_as_far_as_it_goes() -> None:
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(BOX.election.raw, BOX.trustees, BOX.credentials)
    builder.ballot(OPENED.ballots[0])
    summary = verify(builder.to_bytes(), proofs={})
    assert (summary.counted, summary.is_closed, summary.result) == (1, False, None)
    builder.end_ballots()
    assert verify(builder.to_bytes()).is_closed


def test_progress_is_told_from_none_to_all() -> None:
    told: list[tuple[str, int, int]] = []
    verify(RAW, progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(step for step, _, _ in told)) == [
        "setup",
        "credentials",
        "ballots",
        "tally",
        "decryptions",
        "result",
    ]
    for step in {step for step, _, _ in told}:
        steps = [(done, whole) for name, done, whole in told if name == step]
        assert steps[0][0] == 0
        assert steps[-1][0] == steps[-1][1]


@pytest.fixture(scope="module")
def workers() -> Any:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


def test_workers_give_the_same_summary_and_errors(workers: Executor) -> None:
    assert verify(RAW, executor=workers, proofs=OPENED.proofs) == verify(RAW, proofs=OPENED.proofs)
    wrong = sign_again(BOX, 1, OPENED.ballots[0], lambda _: None)
    with pytest.raises(BallotSignatureError) as caught:
        verify(OPENED.write(ballots=[wrong, *OPENED.ballots]), executor=workers)
    assert caught.value.ballot == hex_digest(wrong)


class CountingExecutor(ThreadPoolExecutor):
    """Knows how many calls were under way at most."""

    def __init__(self) -> None:
        super().__init__(2)
        self.most = 0
        self._given: list[Future[Any]] = []

    def submit(self, *args: Any, **options: Any) -> Future[Any]:
        future = super().submit(*args, **options)
        self._given.append(future)
        self.most = max(self.most, len([one for one in self._given if not one.done()]))
        return future


def test_no_more_than_the_bound_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ballots.ballot_checks.CHUNK", 1)
    monkeypatch.setattr("ballots.ballot_checks.UNDER_WAY", 2)
    with CountingExecutor() as pool:
        assert verify(RAW, executor=pool).result == ((1, 0, 1),)
        assert 1 <= pool.most <= 2
        wrong = sign_again(BOX, 1, OPENED.ballots[0], lambda _: None)
        with pytest.raises(BallotSignatureError):
            verify(OPENED.write(ballots=[wrong, *OPENED.ballots]), executor=pool)
    assert UNDER_WAY > 2


# --- attacks ----------------------------------------------------------------------------

OTHER = open_box(make_box(seed=2))
STRANGER = make_box(voters=4).seal(3, [[0, 1, 0]])
TWO = OPENED.ballots[:2]
FALSE_PROOF = sign_again(
    BOX,
    0,
    OPENED.ballots[0],
    lambda ballot: ballot["answers"][0]["overall_proof"].reverse(),
)


def _decryptions(first: bytes) -> list[tuple[int, bytes]]:
    return [(1, first), (2, OPENED.shares[1].decryption)]


def _result(*counts: int) -> bytes:
    return format_json({"result": [counts]})


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        pytest.param({"election": OTHER.box.election.raw}, JointKeyError, id="other-election"),
        pytest.param(
            {"election": replace(BOX.election, name="Other").raw},
            WrongFingerprintError,
            id="renamed-election",
        ),
        pytest.param({"trustees": OTHER.box.trustees}, JointKeyError, id="other-trustees"),
        pytest.param(
            {"trustees": format_trustees([make_public_key(BOX.private_keys[0], seeded(4))])},
            JointKeyError,
            id="a-trustee-left-out",
        ),
        pytest.param(
            {"trustees": edit(BOX.trustees, lambda t: t[0][1]["pok"].update(challenge="1"))},
            TrusteeProofError,
            id="trustee's-proof",
        ),
        pytest.param({"trustees": b'[["Pedersen",{}]]'}, WrongFieldsError, id="threshold"),
        pytest.param(
            {"credentials": format_json([text_of(SMALL_ORDER["order-8"])])},
            PointOutsideGroupError,
            id="credential-outside-the-group",
        ),
        pytest.param(
            {
                "credentials": format_credentials(
                    [public_credential(BOX.election.uuid, BOX.secrets[0])]
                )
            },
            UnknownCredentialError,
            id="credential-taken-off",
        ),
        pytest.param({"ballots": [*TWO, STRANGER]}, UnknownCredentialError, id="stranger"),
        pytest.param({"ballots": [*TWO, FALSE_PROOF]}, BallotProofError, id="false-proof"),
        pytest.param(
            {"ballots": [FALSE_PROOF, *OPENED.ballots]}, BallotProofError, id="replaced-false-proof"
        ),
        pytest.param({"ballots": TWO}, EncryptedTallyError, id="ballot-left-out"),
        pytest.param({"ballots": OPENED.ballots[::-1]}, EncryptedTallyError, id="older-one-last"),
        pytest.param(
            {"encrypted": OPENED.box.tally(TWO).encrypted}, EncryptedTallyError, id="other-tally"
        ),
        pytest.param(
            {"sized": edit(OPENED.tally.sized, lambda s: s.update(num_tallied=3))},
            SizedTallyError,
            id="num-tallied",
        ),
        pytest.param(
            {"sized": edit(OPENED.tally.sized, lambda s: s.update(total_weight=3))},
            SizedTallyError,
            id="total-weight",
        ),
        pytest.param(
            {"decryptions": [*_decryptions(OPENED.shares[0].decryption), (3, b"{}")]},
            UnknownOwnerError,
            id="third-of-two",
        ),
        pytest.param(
            {"decryptions": _decryptions(OPENED.shares[1].decryption)},
            DecryptionProofError,
            id="another's-decryption",
        ),
        pytest.param(
            {"decryptions": [(1, OPENED.shares[0].decryption)]}, MissingShareError, id="one-missing"
        ),
        pytest.param({"result": _result(0, 0, 2)}, ResultError, id="stolen-vote"),
        pytest.param({"result": _result(1, 0, 5)}, CountOutOfRangeError, id="too-many"),
    ],
)
def test_a_bent_box_is_refused(changed: dict[str, Any], error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify(OPENED.write(**changed))


def _second(change: Any) -> dict[int, bytes]:
    return {1: OPENED.proofs[1], 2: edit(OPENED.proofs[2], change)}


@pytest.mark.parametrize(
    ("proofs", "error"),
    [
        pytest.param({}, MissingSecondProofError, id="none"),
        pytest.param({1: OPENED.proofs[1]}, MissingSecondProofError, id="one-missing"),
        pytest.param(
            {1: OPENED.proofs[2], 2: OPENED.proofs[1]}, SecondProofBindingError, id="swapped"
        ),
        pytest.param(OTHER.proofs, SecondProofBindingError, id="another-box's"),
        pytest.param(_second(lambda p: p["proofs"][0].reverse()), SecondProofError, id="reordered"),
    ],
)
def test_bent_second_proofs_are_refused(proofs: dict[int, bytes], error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify(RAW, proofs=proofs)


def test_the_ballot_of_a_stranger_is_named() -> None:
    with pytest.raises(UnknownCredentialError) as caught:
        verify(OPENED.write(ballots=[*TWO, STRANGER]))
    assert caught.value.ballot == hex_digest(STRANGER)
    assert caught.value.args == (json.loads(STRANGER)["credential"],)
