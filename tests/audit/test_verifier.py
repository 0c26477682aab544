"""An honest record is right at every stage, and a log only ever grows."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.checkpoint import sign_checkpoint
from audit.entries import BallotEntry, Entry, SetupEntry, VoidEntry
from audit.note import LogSigner
from audit.objects import format_elections, format_reason
from audit.record_errors import GuaranteeStatementError, UnknownElectionAskedError
from audit.setup_checks import verify_guarantee
from ballots.archive import ArchiveBuilder
from ballots.decryption import Share
from tests.assembly import (
    BOXES,
    ELECTION,
    EVERY_FORM,
    MOTION,
    ORIGIN,
    SIGNER,
    STAGES,
    Assembly,
    Bend,
    Plan,
    Stage,
    bending,
    digest,
    hold_election,
    log_files,
)
from tests.audit.attacks import (
    bad_ballot,
    count_wrongly,
    stuffed,
)
from tests.audit.verifying import HERE, refuse, verify
from voting.guarantee import GuaranteeStatement
from voting.manifest import Manifest

# --- what is honest ---------------------------------------------------------------------


@pytest.mark.parametrize("plan", [MOTION, EVERY_FORM], ids=["motion", "every-form"])
@pytest.mark.parametrize("stage", STAGES)
def test_an_honest_record_is_right_at_every_stage(tmp_path: Path, stage: Stage, plan: Plan) -> None:
    report = verify(hold_election(plan=plan, until=stage).write(tmp_path), key=SIGNER.key)
    assert {step.status for step in report.steps} == {"ok"}
    assert [step.number for step in report.steps] == list(range(1, len(report.steps) + 1))
    assert (report.key, report.key_given) == (SIGNER.vkey, True)
    if stage == "draft":
        assert report.elections == ()
        return
    (election,) = report.elections
    assert election.certified == (stage == "certified")
    assert bool(election.outcomes) == (stage in {"tallied", "certified"})
    assert bool(report.remarks) == (stage != "certified")


def test_what_an_honest_record_comes_to(tmp_path: Path, record: Assembly) -> None:
    report = verify(record.write(tmp_path), key=SIGNER.key)
    (election,) = report.elections
    assert election.title == "Example vote"
    assert election.voters == (("supported", 4, 3), ("employees", 3, 2), ("community", 2, 1))
    assert election.outcomes == (("1", "passed"),)
    assert election.result == digest(record.files[f"{HERE}/result.json"])
    assert report.size == len(record.entries)
    assert report.checkpoint == record.files["log/checkpoint"]


def test_what_an_election_with_contests_of_every_form_comes_to(tmp_path: Path) -> None:
    report = verify(hold_election(plan=EVERY_FORM).write(tmp_path), key=SIGNER.key)
    assert report.elections[0].outcomes == (
        ("1", "passed"),
        ("days", "elected 2"),
        ("council", "elected 1"),
        ("colour", "elected 2"),
    )
    details = {step.check: step.detail for step in report.steps}
    assert "3 trustees" in details["set-up"]
    assert "council: 1 of 1 seats" in details["guarantee"]
    assert details["proofs"] == "6 shares"


def test_more_trustees_than_needed_may_open_and_are_compared(tmp_path: Path) -> None:
    made = hold_election(plan=replace(EVERY_FORM, openers=(3, 1, 2)))
    assert verify(made.write(tmp_path)).elections[0].certified


def test_the_report_says_when_the_key_was_the_records_own(tmp_path: Path) -> None:
    report = verify(hold_election(until="draft").write(tmp_path))
    assert not report.key_given
    assert report.key == SIGNER.vkey
    assert any(SIGNER.key.fingerprint in remark for remark in report.remarks)


def test_a_pool_of_processes_finds_the_same(tmp_path: Path, record: Assembly) -> None:
    folder = record.write(tmp_path)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        assert verify(folder, executor=pool) == verify(folder)


def test_an_election_that_was_called_off(tmp_path: Path) -> None:
    reason = format_reason("There is no such boat.")

    def call_off(entries: list[Entry]) -> list[Entry]:
        return [*entries, VoidEntry(2_000_000, ELECTION, digest(reason))]

    made = hold_election(bending("entries", call_off), until="open")
    made.files[f"objects/{digest(reason)}"] = reason
    report = verify(made.write(tmp_path))
    assert report.elections[0].state == "void"
    assert any("called off" in remark for remark in report.remarks)


def test_an_election_that_was_called_off_before_it_was_announced(tmp_path: Path) -> None:
    made = hold_election(
        bending("entries", lambda found: [*found, VoidEntry(2_000_000, ELECTION, digest(b""))]),
        until="draft",
    )
    made.files["elections.json"] = format_elections([ELECTION])
    (election,) = verify(made.write(tmp_path)).elections
    assert (election.state, election.title) == ("void", "")


def test_a_record_without_a_list_has_all_elections_of_its_log(
    tmp_path: Path, record: Assembly
) -> None:
    folder = record.write(tmp_path)
    (folder / "elections.json").unlink()
    assert verify(folder).elections[0].certified


def test_a_record_may_leave_out_an_election_but_the_report_says_so(
    tmp_path: Path, record: Assembly
) -> None:
    folder = record.write(tmp_path)
    (folder / "elections.json").write_bytes(format_elections([]))
    report = verify(folder)
    assert report.elections == ()
    assert any(f"{ELECTION}, which this record leaves out" in said for said in report.remarks)


def test_an_election_that_the_log_does_not_know_yet_may_come_with_the_next_head(
    tmp_path: Path, record: Assembly
) -> None:
    folder = record.write(tmp_path)
    (folder / "elections.json").write_bytes(format_elections([ELECTION, "AnotherELection"]))
    error = refuse(folder)
    assert (error.step.check, error.is_incomplete) == ("elections", True)
    assert "AnotherELection" in str(error)


def test_one_election_can_be_asked_for(tmp_path: Path, record: Assembly) -> None:
    folder = record.write(tmp_path)
    assert verify(folder, election=ELECTION).elections[0].certified
    with pytest.raises(UnknownElectionAskedError):
        verify(folder, election="AnotherELection")


def test_copies_at_the_top_are_compared(tmp_path: Path, record: Assembly) -> None:
    folder = record.write(tmp_path)
    (folder / "boxes").mkdir()
    for college in BOXES:
        raw = record.files[f"{HERE}/boxes/{college}.bel"]
        (folder / "boxes" / f"{college}.bel").write_bytes(raw)
    for name in ("manifest", "result", "proofs", "certificate"):
        (folder / f"{name}.json").write_bytes(record.files[f"{HERE}/{name}.json"])
    assert verify(folder).steps[-1].detail == "7 copies"
    for changed in (b"x" * 100, record.files[f"{HERE}/boxes/employees.bel"] + b"x"):
        (folder / "boxes" / "employees.bel").write_bytes(changed)
        error = refuse(folder)
        assert (error.step.check, type(error.cause).__name__) == ("copies", "CopyMismatchError")


# --- two histories ----------------------------------------------------------------------


def test_the_log_grows_from_every_head_it_ever_signed(tmp_path: Path, record: Assembly) -> None:
    folder = record.write(tmp_path)
    for size in (0, 1, 16, 25, 26):
        report = verify(folder, earlier=record.checkpoint(size))
        (growth,) = [step for step in report.steps if step.check == "growth"]
        assert growth.detail == f"grown from {size} to {len(record.entries)} entries"


def test_a_rewritten_log_contradicts_the_head_that_was_kept(
    tmp_path: Path, record: Assembly
) -> None:
    other = hold_election(bending("ballots:employees", lambda found: found[::-1]))
    error = refuse(other.write(tmp_path), earlier=record.checkpoint(20))
    assert (error.step.check, type(error.cause).__name__) == ("growth", "ForkedLogError")


def test_a_shortened_log_contradicts_the_head_that_was_kept(
    tmp_path: Path, record: Assembly
) -> None:
    error = refuse(hold_election(until="open").write(tmp_path), earlier=record.checkpoint(20))
    assert (error.step.check, type(error.cause).__name__) == ("growth", "StaleCheckpointError")


def test_a_kept_head_of_another_key_is_no_comparison(tmp_path: Path, record: Assembly) -> None:
    kept = sign_checkpoint(LogSigner(ORIGIN, bytes(32)), 3, bytes(32))
    assert refuse(record.write(tmp_path), earlier=kept).step.check == "growth"


def test_a_record_with_another_key_is_refused_by_who_knows_the_right_one(
    tmp_path: Path, record: Assembly
) -> None:
    files = dict(record.files)
    forger = LogSigner(ORIGIN, bytes(32))
    files |= log_files(record.raw_entries, forger)
    files["key"] = forger.vkey.encode() + b"\n"
    folder = Assembly(files).write(tmp_path)
    # By itself it is consistent: only the key from elsewhere tells.
    assert verify(folder).key == forger.vkey
    assert refuse(folder, key=SIGNER.key).step.check == "checkpoint"


@pytest.mark.parametrize("raw", [b"", b"no key\n", b"\xff\n", SIGNER.skey.encode()])
def test_a_record_whose_key_is_none_is_refused(
    tmp_path: Path, record: Assembly, raw: bytes
) -> None:
    folder = record.write(tmp_path)
    (folder / "key").write_bytes(raw)
    assert refuse(folder).step.check == "key"


def test_a_log_that_says_to_be_huge_is_not_fetched(tmp_path: Path, record: Assembly) -> None:
    folder = record.write(tmp_path)
    (folder / "log/checkpoint").write_bytes(sign_checkpoint(SIGNER, 10**18, bytes(32)))
    assert type(refuse(folder).cause).__name__ == "LogLimitError"


# --- while an election runs -------------------------------------------------------------


def test_a_ballot_that_is_missing_while_voting_goes_on(tmp_path: Path) -> None:
    made = hold_election(until="open")
    ballot = next(entry for entry in made.entries if isinstance(entry, BallotEntry))
    del made.files[f"objects/{ballot.ballot}"]
    error = refuse(made.write(tmp_path))
    assert (error.step.check, error.is_incomplete) == ("box", True)


def grown_archive(made: Assembly) -> bytes:
    """The archive of the supported members as the service may serve it meanwhile."""
    (setup,) = [entry for entry in made.entries if isinstance(entry, SetupEntry)]
    box = setup.boxes[0]
    builder = ArchiveBuilder(setup.time)
    builder.setup(
        *(made.files[f"objects/{name}"] for name in (box.election, box.trustees, box.credentials))
    )
    for entry in made.entries:
        if isinstance(entry, BallotEntry) and entry.box == box.box:
            builder.ballot(made.files[f"objects/{entry.ballot}"])
    return builder.to_bytes()


def test_a_growing_archive_saves_fetching_each_ballot(tmp_path: Path) -> None:
    made = hold_election(until="open")
    made.files[f"{HERE}/boxes/supported.bel"] = grown_archive(made)
    for entry in made.entries:
        if isinstance(entry, BallotEntry) and entry.box == BOXES["supported"]:
            del made.files[f"objects/{entry.ballot}"]
    assert verify(made.write(tmp_path)).elections[0].voters[0] == ("supported", 4, 3)


def test_a_growing_archive_that_is_none_is_refused(tmp_path: Path) -> None:
    made = hold_election(until="open")
    made.files[f"{HERE}/boxes/supported.bel"] = grown_archive(made)[:-1]
    assert type(refuse(made.write(tmp_path)).cause).__name__ == "TruncatedArchiveError"


def test_a_guarantee_statement_that_does_not_follow_is_refused() -> None:
    found: list[Manifest] = []

    def bend(name: str, value: Any) -> Any:
        if name == "manifest":
            found.append(value)
        return value

    hold_election(bend, until="announced")
    (manifest,) = found
    (stated,) = manifest.guarantee
    assert isinstance(stated, GuaranteeStatement)
    verify_guarantee(manifest, [stated])
    for other in (
        replace(stated, control=not stated.control),
        replace(stated, floor=stated.floor + 1),
        replace(stated, warnings=()),
    ):
        with pytest.raises(GuaranteeStatementError):
            verify_guarantee(manifest, [other])


@pytest.mark.parametrize(
    ("bend", "error"),
    [
        (bending("ballots:supported", stuffed), "UnknownCredentialError"),
        (bending("ballots:supported", bad_ballot), "BallotHashError"),
        (bending("ballots:employees", stuffed), "WrongElectionError"),
    ],
)
def test_a_bad_ballot_is_found_while_voting_goes_on(tmp_path: Path, bend: Bend, error: str) -> None:
    found = refuse(hold_election(bend, until="open").write(tmp_path))
    assert type(found.cause).__name__ == error


@pytest.mark.parametrize("stage", ["closed", "tallying"])
def test_a_wrong_sum_is_found_before_it_is_opened(tmp_path: Path, stage: Stage) -> None:
    found = refuse(hold_election(count_wrongly("employees", 1), until=stage).write(tmp_path))
    assert type(found.cause).__name__ == "EncryptedTallyError"


def test_a_share_without_its_second_proof_is_found_at_once(tmp_path: Path) -> None:
    bend = bending("share:supported:1", lambda share: Share(share.decryption, b"{}"))
    found = refuse(hold_election(bend, until="tallying").write(tmp_path))
    assert type(found.cause).__name__ == "WrongFieldsError"
