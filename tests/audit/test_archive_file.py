"""One archive by itself: right as far as it goes, or one named failure."""

import json
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from audit.archive_file import (
    FileVerificationError,
    format_file_report,
    verify_file,
)
from audit.record_errors import (
    LargeFileError,
    NotOfTheServiceError,
    ObjectFormError,
    UnreadableFileError,
)
from ballots.answer_forms import ShuffledAnswer
from ballots.answers import knowledge_prefix, statement_prefix
from ballots.archive import ArchiveBuilder
from ballots.ballot import ballot_object, format_signature, parse_ballot, signature_prefix
from ballots.credentials import public_credential, signing_key
from ballots.decryption import decrypt_share, open_shares
from ballots.encoding import base64_digest, format_json
from ballots.errors import (
    BallotError,
    BallotSignatureError,
    EventOrderError,
    MissingSecondProofError,
    ResultError,
    SecondProofBindingError,
    ShuffleProofError,
)
from ballots.group import BASE, combine
from ballots.proofs import Ciphertext, prove_knowledge
from ballots.tally import tally_box
from tests.audit.archive_files import MIXED, OPENED, refuse, write, write_proofs
from tests.ballots.assembly import RANKED, hold_election, mix
from tests.ballots.box import TIMESTAMP, seeded
from tests.shared import require_shared


def test_what_follows_the_format_is_right_with_a_notice(tmp_path: Path) -> None:
    report = verify_file(write(tmp_path, OPENED.write()))
    assert report.summary is not None
    assert report.summary.result == ((1, 0, 1),)
    assert [step.check for step in report.steps.steps] == ["structure", "box"]
    (remark,) = report.steps.remarks
    assert "second decryption proofs were not given" in remark


def test_with_the_second_proofs_there_is_no_notice(tmp_path: Path) -> None:
    path = write(tmp_path, OPENED.write())
    for strict in (False, True):
        report = verify_file(path, strict=strict, proofs=write_proofs(tmp_path, OPENED.proofs))
        assert report.summary is not None
        assert report.summary.second_proofs == (1, 2)
        assert report.steps.remarks == ()


def test_every_kind_of_question_and_trustee_is_verified(tmp_path: Path) -> None:
    report = verify_file(write(tmp_path, MIXED.write()))
    box = json.loads(format_file_report(report, None))["box"]
    assert box["result"][0] == {"counts": [1, 1, 1]}
    assert sorted(box["result"][1]["opened"]) == [[0, 0, 0], [1, 2, 3], [3, 1, 2]]
    assert (box["shuffled"], box["decrypted"]) == ([2, 3], [1, 2, 4])
    # Trustee 1, who is single, did not shuffle.
    assert report.steps.remarks[1].endswith("Not shuffled: 1.")


def test_enough_who_shuffled_need_no_remark(tmp_path: Path) -> None:
    held = hold_election((RANKED,), (((1, 2, 3),),), shuffles=(4, 1, 2))
    path = write(tmp_path, held.write())
    report = verify_file(path, proofs=write_proofs(tmp_path, held.proofs, held.election.uuid))
    assert report.steps.remarks == ()


@pytest.mark.parametrize(("closed", "word"), [(False, "is open"), (True, "is closed")])
def test_a_box_under_way_is_right_as_far_as_it_goes(
    tmp_path: Path, *, closed: bool, word: str
) -> None:
    builder = ArchiveBuilder(TIMESTAMP)
    box = OPENED.box
    builder.setup(box.election.raw, box.trustees, box.credentials)
    builder.ballot(OPENED.ballots[0])
    if closed:
        builder.end_ballots()
    report = verify_file(write(tmp_path, builder.to_bytes()), strict=True)
    (remark,) = report.steps.remarks
    assert word in remark
    assert json.loads(format_file_report(report, None))["box"]["result"] is None


def test_a_large_box_is_checked_on_all_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.archive_file.WORTH_A_POOL", 1)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        report = verify_file(write(tmp_path, OPENED.write()), executor=pool)
    assert report.summary is not None


# --- vectors ----------------------------------------------------------------------------


def _vector(name: str) -> Path:
    (path,) = require_shared("vectors", "ballots", name).glob("*.bel")
    return path


@pytest.mark.parametrize(
    "name", ["ed25519-h-5", "ed25519-pedersen-2of3", "ed25519-nh-20", "ed25519-mixed-12"]
)
def test_archives_of_the_independent_tool_are_right_but_not_ours(name: str) -> None:
    report = verify_file(_vector(name))
    assert report.summary is not None
    assert len(report.steps.remarks) == 1
    assert refuse(_vector(name), NotOfTheServiceError, strict=True).step.check == "service"


@pytest.mark.parametrize(
    ("name", "error", "check"),
    [
        ("bad-signature", BallotSignatureError, "box"),
        ("bad-result", ResultError, "box"),
        ("bad-shuffle", ShuffleProofError, "box"),
        ("bad-late-ballot", EventOrderError, "structure"),
    ],
)
def test_bad_archives_end_in_one_named_failure(
    name: str, error: type[BallotError], check: str
) -> None:
    failure = refuse(_vector(name), error)
    assert failure.step.check == check
    report = json.loads(format_file_report(failure.file, failure))
    assert (report["verdict"], report["error"]["name"]) == ("failed", error.__name__)
    assert (report["error"]["ballot"] is None) == (name != "bad-signature")


# --- attacks ----------------------------------------------------------------------------


def test_strictly_every_share_has_its_second_proof(tmp_path: Path) -> None:
    path = write(tmp_path, OPENED.write())
    refuse(path, MissingSecondProofError, strict=True)
    refuse(path, MissingSecondProofError, proofs=write_proofs(tmp_path, {1: OPENED.proofs[1]}))
    refuse(path, MissingSecondProofError, proofs=write_proofs(tmp_path, OPENED.proofs, "2" * 14))
    swapped = {1: OPENED.proofs[2], 2: OPENED.proofs[1]}
    refuse(path, SecondProofBindingError, proofs=write_proofs(tmp_path, swapped))


@pytest.mark.parametrize("raw", [b"", b"x" * 600, OPENED.write()[:-1]])
def test_what_is_no_archive_is_named(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(FileVerificationError) as caught:
        verify_file(write(tmp_path, raw))
    assert isinstance(caught.value.cause, BallotError)
    assert caught.value.step.check == "structure"


def test_other_proofs_are_named(tmp_path: Path) -> None:
    path = write(tmp_path, OPENED.write())
    failure = refuse(path, ObjectFormError, proofs=write(tmp_path, b"{}", "proofs.json"))
    assert failure.step.check == "proofs"


def test_files_that_cannot_be_read_are_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none", tmp_path, tmp_path / "pipe"):
        with pytest.raises(UnreadableFileError):
            verify_file(path)
    monkeypatch.setattr("audit.archive_file.LARGEST_FILE", 100)
    with pytest.raises(LargeFileError):
        verify_file(write(tmp_path, OPENED.write()))


def test_a_ballot_that_hides_something_is_invalid_and_not_shown(tmp_path: Path) -> None:
    """Made by hand: it holds a point in which no numbers were embedded."""
    honest = hold_election((RANKED,), (((1, 2, 3),),), shuffles=(2,))
    election, secret = honest.election, honest.secrets[0]
    public = public_credential(election.uuid, secret)
    choice = Ciphertext(*combine([[(BASE, 5)], [(election.key, 5), (BASE, 9)]]))
    bound = knowledge_prefix(election.key, statement_prefix(election, public), choice)
    answer = ShuffledAnswer((choice,), prove_knowledge(bound, 5, seeded(1)))
    unsigned = ballot_object(election, public, [answer])
    signed_hash = base64_digest(format_json(unsigned))
    proof = prove_knowledge(
        signature_prefix(signed_hash), signing_key(election.uuid, secret), seeded(2)
    )
    ballot = format_json(unsigned | {"signature": format_signature(signed_hash, proof)})

    tally = tally_box(election, [parse_ballot(election, ballot)])
    mixed, shuffles = mix(election, tally.encrypted, (2,))
    shares = [
        (n, decrypt_share(election, mixed, honest.private_keys[n - 1], seeded(n)).decryption)
        for n in (1, 2, 3)
    ]
    result = open_shares(election, honest.trustees, mixed, dict(shares), 1)
    raw = honest.write(
        ballots=[ballot],
        encrypted=tally.encrypted,
        sized=tally.sized,
        shuffles=shuffles,
        decryptions=shares,
        result=result,
    )
    report = verify_file(write(tmp_path, raw))
    assert report.summary is not None
    assert report.summary.opened == ((None,),)
    assert "1 opened ballots were made by no honest program" in report.steps.remarks[-1]
    box = json.loads(format_file_report(report, None))["box"]
    assert box["result"] == [{"opened": [None]}]
