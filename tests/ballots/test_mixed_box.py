"""A whole box with threshold trustees and every kind of question: one part is bent, one error
names it."""

import json
from typing import Any

import pytest

from ballots.archive import ArchiveBuilder, read_archive
from ballots.decryption import decrypt_share
from ballots.encoding import hex_digest
from ballots.errors import (
    BallotError,
    BallotProofError,
    DecryptionProofError,
    EncryptedTallyError,
    JointKeyError,
    MissingSecondProofError,
    MissingShareError,
    MissingShuffleError,
    RepeatedOwnerError,
    ResultError,
    SecondProofBindingError,
    SharesDisagreeError,
    ShuffleProofError,
    UnexpectedShuffleError,
    UnknownOwnerError,
    WeightedShuffleError,
)
from ballots.group import ORDER, combine, format_point, hash_to_scalar, read_point
from ballots.trustees import Seats, format_groups
from ballots.verification import ArchiveSummary, verify_archive
from tests.ballots.assembly import LISTS, RANKED, hold_ceremony, hold_election, mix
from tests.ballots.box import MOTION, TIMESTAMP, edit, open_box, seeded

HELD = hold_election()
RAW = HELD.write()


def verify(raw: bytes, **options: Any) -> ArchiveSummary:
    return verify_archive(read_archive(raw), **options)


def test_an_honest_box_is_summed_up() -> None:
    summary = verify(RAW, proofs=HELD.proofs)
    assert summary.result == ((1, 1, 1), (), (2, 2, 1, 1, 1, 1))
    assert sorted(summary.opened[1], key=str) == [(0, 0, 0), (1, 2, 3), (3, 1, 2)]
    assert (summary.opened[0], summary.opened[2]) == ((), ())
    assert summary.seats == (
        Seats(range(1, 2), 1, is_threshold=False),
        Seats(range(2, 5), 2, is_threshold=True),
    )
    assert (summary.shuffled, summary.decrypted) == ((2, 3), (1, 2, 4))
    assert summary.second_proofs == (1, 2, 4)


def test_an_archive_with_shuffles_is_read_as_written() -> None:
    archive = read_archive(RAW)
    assert archive.shuffles == HELD.shuffles
    assert archive.is_shuffled
    assert not read_archive(open_box().write()).is_shuffled


def test_every_trustee_may_decrypt() -> None:
    every = hold_election(shares=(1, 2, 3, 4))
    assert verify(every.write(), proofs=every.proofs).decrypted == (1, 2, 3, 4)


def test_a_box_without_ballots_is_shuffled_and_opened() -> None:
    empty = hold_election((MOTION, RANKED, LISTS), ())
    assert verify(empty.write()).opened == ((), (), ())


def test_progress_tells_of_shuffles() -> None:
    told: list[tuple[str, int, int]] = []
    verify(RAW, progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "shuffles"] == [
        ("shuffles", 0, 2),
        ("shuffles", 1, 2),
        ("shuffles", 1, 2),
        ("shuffles", 2, 2),
    ]


@pytest.mark.parametrize("until", ["tally", "shuffle", "shuffles"])
def test_a_box_under_way_is_verified_as_far_as_it_goes(until: str) -> None:
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(HELD.election.raw, HELD.raw_trustees, HELD.credentials)
    for ballot in HELD.ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    builder.encrypted_tally(HELD.tally.encrypted, HELD.tally.sized)
    if until != "tally":
        builder.shuffle(*HELD.shuffles[0])
    if until == "shuffles":
        builder.end_shuffles()
    assert verify(builder.to_bytes(), proofs={}).shuffled == ((2,) if until != "tally" else ())


# --- attacks ----------------------------------------------------------------------------

DECRYPTIONS = [(n, share.decryption) for n, share in HELD.shares.items()]
OTHER = hold_election(seed=2)
FIRST, SECOND = HELD.shuffles
ONCE, _ = mix(HELD.election, HELD.tally.encrypted, (2,))
UNMIXED = [
    (n, decrypt_share(HELD.election, HELD.tally.encrypted, key, seeded(1)).decryption)
    for n, key in enumerate(HELD.private_keys[:3], 1)
]


def _result(change: Any) -> bytes:
    return edit(HELD.result, lambda result: change(result["result"]))


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        pytest.param(
            {"trustees": format_groups([hold_ceremony(seed=1).trustees])},
            JointKeyError,
            id="trustee-left-out",
        ),
        pytest.param({"trustees": OTHER.raw_trustees}, JointKeyError, id="other-trustees"),
        pytest.param({"shuffles": [SECOND, FIRST]}, ShuffleProofError, id="shuffles-swapped"),
        pytest.param({"shuffles": [SECOND]}, ShuffleProofError, id="first-shuffle-left-out"),
        pytest.param(
            {"shuffles": [FIRST, (3, FIRST[1])]}, ShuffleProofError, id="shuffle-of-another"
        ),
        pytest.param({"shuffles": [FIRST]}, DecryptionProofError, id="opened-before-the-last"),
        pytest.param({"shuffles": [(5, FIRST[1])]}, UnknownOwnerError, id="fifth-of-four"),
        pytest.param({"shuffles": OTHER.shuffles}, ShuffleProofError, id="another-election's"),
        pytest.param(
            {"shuffles": [], "end": True, "decryptions": UNMIXED}, MissingShuffleError, id="none"
        ),
        pytest.param(
            {"shuffles": [], "end": False, "decryptions": UNMIXED},
            MissingShuffleError,
            id="not-even-ended",
        ),
        pytest.param({"decryptions": DECRYPTIONS[:2]}, MissingShareError, id="one-of-two"),
        pytest.param({"decryptions": DECRYPTIONS[1:]}, MissingShareError, id="single-one-missing"),
        pytest.param(
            {"decryptions": [*DECRYPTIONS[:2], (3, DECRYPTIONS[2][1])]},
            DecryptionProofError,
            id="another's-share",
        ),
        pytest.param(
            {"decryptions": [*DECRYPTIONS, (5, DECRYPTIONS[0][1])]},
            UnknownOwnerError,
            id="share-of-a-stranger",
        ),
        pytest.param({"result": _result(lambda r: r[1].reverse())}, ResultError, id="reordered"),
        pytest.param(
            {"result": _result(lambda r: r[1][0].__setitem__(0, 9))}, ResultError, id="ballot-bent"
        ),
        pytest.param(
            {"result": _result(lambda r: r[2][0].__setitem__(1, 1))}, ResultError, id="stolen"
        ),
        pytest.param(
            {"encrypted": edit(HELD.tally.encrypted, lambda t: t[1].reverse())},
            EncryptedTallyError,
            id="unsorted",
        ),
        pytest.param(
            {"ballots": HELD.ballots[1:-1]}, EncryptedTallyError, id="ballot-left-out"
        ),
        pytest.param(
            {"credentials": edit(HELD.credentials, lambda c: c.__setitem__(
                slice(None), [f"{one},2" for one in c]))}, WeightedShuffleError, id="weights"
        ),
    ],
)  # fmt: skip
def test_a_bent_box_is_refused(changed: dict[str, Any], error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify(HELD.write(**changed))


def test_nobody_shuffles_twice() -> None:
    with pytest.raises(RepeatedOwnerError):
        HELD.write(shuffles=[FIRST, FIRST])


def test_second_proofs_are_asked_of_each() -> None:
    with pytest.raises(MissingSecondProofError):
        verify(RAW, proofs={n: HELD.proofs[n] for n in (1, 2)})
    with pytest.raises(SecondProofBindingError):
        verify(RAW, proofs=HELD.proofs | {4: HELD.proofs[2]})


def test_a_motion_box_with_shuffles_is_refused() -> None:
    opened = open_box()
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(opened.box.election.raw, opened.box.trustees, opened.box.credentials)
    for ballot in opened.ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    builder.encrypted_tally(opened.tally.encrypted, opened.tally.sized)
    plain = builder.to_bytes()
    builder.end_shuffles()
    with pytest.raises(UnexpectedShuffleError):
        verify(builder.to_bytes())
    assert verify(plain).shuffled == ()


def test_the_ballot_at_fault_is_named() -> None:
    bent = edit(HELD.ballots[1], lambda b: b["answers"].__setitem__(1, _first_answer()))
    with pytest.raises(BallotError) as caught:
        verify(HELD.write(ballots=[bent]))
    assert caught.value.ballot == hex_digest(bent)
    assert not isinstance(caught.value, BallotProofError)


def _first_answer() -> Any:
    return json.loads(HELD.ballots[2])["answers"][1]


def test_a_forged_share_that_passes_the_first_proof_is_found_by_comparing() -> None:
    """The first proof does not hash the factor: a trustee solves for one as she likes."""
    every = hold_election(shares=(1, 2, 3, 4))
    private, key = every.private_keys[3], every.trustees.keys[3].public_key
    prefix = f"decrypt|{every.election.fingerprint}|{key}|"
    a, b = combine([[(read_point(key), 1), (read_point(key), 1)], [(read_point(key), 5)]])
    nonce = 2 * private
    challenge = hash_to_scalar(prefix, [a, b])
    response = (nonce - private * challenge) % ORDER
    inverse = pow(challenge, -1, ORDER)

    def forge(share: Any) -> None:
        alpha = json.loads(every.mixed)[0][0]["alpha"]
        (factor,) = combine([[(b, inverse), (read_point(alpha), -response * inverse)]])
        share["decryption_factors"][0][0] = format_point(factor)
        proof = {"challenge": str(challenge), "response": str(response)}
        share["decryption_proofs"][0][0] = proof

    forged = edit(every.shares[4].decryption, forge)
    decryptions = [(n, s.decryption) for n, s in every.shares.items() if n != 4] + [(4, forged)]
    with pytest.raises(SharesDisagreeError) as caught:
        verify(every.write(decryptions=decryptions))
    assert caught.value.args == (0, 0, (2, 3, 4))
