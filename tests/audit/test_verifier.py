"""An honest record is right at every stage, and every lie in it has a name."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.certificate import (
    Certificate,
    format_certificate,
    parse_certificate,
    sign_certificate,
)
from audit.checkpoint import sign_checkpoint
from audit.entries import BallotEntry, Entry, SetupEntry, VoidEntry
from audit.note import LogSigner
from audit.objects import format_elections, format_reason
from audit.record import FolderRecord
from audit.record_errors import GuaranteeStatementError, UnknownElectionAskedError
from audit.report import VerificationError, format_report
from audit.setup_checks import verify_guarantee
from audit.verifier import verify_record
from ballots.archive import ArchiveBuilder, read_archive
from ballots.ballot import parse_ballot
from ballots.credentials import format_credentials, make_credential, public_credential
from ballots.decryption import Share, format_box_result
from ballots.election import parse_election
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import format_trustees, make_public_key
from tests.assembly import (
    BOXES,
    ELECTION,
    FOR,
    MEMBERS,
    ORIGIN,
    SIGNER,
    STAGES,
    Assembly,
    Bend,
    Source,
    Stage,
    bending,
    digest,
    hold_election,
    log_files,
)
from voting.canonical import parse_canonical
from voting.counting.motion import CollegeTally
from voting.elections import Rules
from voting.manifest import Manifest

Files = dict[str, bytes]
RANDOM = Source(b"an attacker")
HERE = f"elections/{ELECTION}"


@pytest.fixture(scope="module")
def record() -> Assembly:
    return hold_election()


def verify(folder: Path, **more: Any) -> Any:
    return verify_record(FolderRecord(folder), **more)


def refuse(folder: Path, **more: Any) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        verify(folder, **more)
    error = caught.value
    assert error.report.steps[-1] == error.step
    assert str(error).startswith(f"Check {error.step.number} (")
    assert parse_canonical(format_report(error.report, error), limit=1_000_000)
    return error


# --- what is honest ---------------------------------------------------------------------


@pytest.mark.parametrize("stage", STAGES)
def test_an_honest_record_is_right_at_every_stage(tmp_path: Path, stage: Stage) -> None:
    report = verify(hold_election(until=stage).write(tmp_path), key=SIGNER.key)
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


# --- an outsider changes the files ------------------------------------------------------


def put(path: str, change: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    def apply(files: Files) -> None:
        before = files[path]
        files[path] = change(before)
        assert files[path] != before

    return apply


def remove(path: str) -> Callable[[Files], None]:
    return lambda files: files.__delitem__(path)


def flip(at: int) -> Callable[[bytes], bytes]:
    return lambda raw: raw[:at] + bytes([raw[at] ^ 1]) + raw[at:][1:]


def forge_log(files: Files) -> None:
    """A log of an attacker's, with an attacker's key, under the same name."""
    forger = LogSigner(ORIGIN, bytes(32))
    files |= log_files([], forger)


def swap_boxes(files: Files) -> None:
    one, two = f"{HERE}/boxes/employees.bel", f"{HERE}/boxes/community.bel"
    files[one], files[two] = files[two], files[one]


def rename_tile(files: Files) -> None:
    for path in sorted(files):
        if path.startswith("log/tile/0/"):
            files[path] = bytes(len(files[path]))


def end_in_bundle(files: Files) -> str:
    return next(path for path in files if path.startswith("log/tile/entries/"))


@pytest.mark.parametrize(
    ("change", "check", "error"),
    [
        (forge_log, "checkpoint", "UnsignedNoteError"),
        (put("log/checkpoint", flip(30)), "checkpoint", "NoteSignatureError"),
        (put("log/checkpoint", lambda raw: raw[:40]), "checkpoint", "NoteFormError"),
        (lambda files: put(end_in_bundle(files), flip(40))(files), "entries", "RootMismatchError"),
        (lambda files: put(end_in_bundle(files), flip(1))(files), "entries", "BundleFormError"),
        (rename_tile, "tiles", "TileMismatchError"),
        (put("elections.json", lambda raw: raw + b"\n"), "elections", "ObjectFormError"),
        (put(f"{HERE}/manifest.json", flip(200)), "set-up", "ObjectDigestError"),
        (put(f"{HERE}/result.json", flip(200)), "result", "ObjectDigestError"),
        (put(f"{HERE}/proofs.json", flip(200)), "proofs", "ObjectDigestError"),
        (put(f"{HERE}/certificate.json", flip(200)), "certificate", "ObjectDigestError"),
        (put(f"{HERE}/boxes/employees.bel", flip(5000)), "box", "ObjectDigestError"),
        (put(f"{HERE}/boxes/employees.bel", lambda raw: raw + bytes(512)), "box", "ObjectDigestE"),
        (swap_boxes, "box", "ObjectDigestError"),
        (put(f"{HERE}/result.json", lambda raw: raw * 5000), "result", "RecordLimitError"),
        (put("log/checkpoint", lambda raw: raw * 5000), "checkpoint", "RecordLimitError"),
    ],
)
def test_an_outsider_cannot_change_a_file(
    tmp_path: Path, record: Assembly, change: Callable[[Files], None], check: str, error: str
) -> None:
    files = dict(record.files)
    change(files)
    found = refuse(Assembly(files).write(tmp_path), key=SIGNER.key)
    assert found.step.check == check
    assert type(found.cause).__name__.startswith(error)
    assert not found.is_incomplete


@pytest.mark.parametrize(
    ("path", "check"),
    [
        ("key", "key"),
        ("log/checkpoint", "checkpoint"),
        ("log/tile/entries/000.p/26", "entries"),
        ("log/tile/0/000.p/26", "tiles"),
        (f"{HERE}/manifest.json", "set-up"),
        (f"{HERE}/boxes/community.bel", "box"),
        (f"{HERE}/proofs.json", "proofs"),
        (f"{HERE}/result.json", "result"),
        (f"{HERE}/certificate.json", "certificate"),
    ],
)
def test_what_is_missing_makes_the_verification_incomplete(
    tmp_path: Path, record: Assembly, path: str, check: str
) -> None:
    files = dict(record.files)
    remove(path)(files)
    found = refuse(Assembly(files).write(tmp_path))
    assert found.is_incomplete
    assert (found.step.check, found.where) == (check, path)
    assert path in str(found)


def test_every_object_but_the_ballots_is_looked_at(tmp_path: Path, record: Assembly) -> None:
    named_elsewhere = {digest(raw) for path, raw in record.files.items() if path.startswith(HERE)}
    ballots = {entry.ballot for entry in record.entries if isinstance(entry, BallotEntry)}
    in_archive = {
        getattr(entry, name)
        for entry in record.entries
        for name in ("encrypted_tally", "sized", "decryption")
        if hasattr(entry, name)
    } | {
        box.trustees
        for entry in record.entries
        for box in getattr(entry, "boxes", ())
        if hasattr(box, "trustees")
    }
    for path in record.files:
        if path.startswith("objects/"):
            name = path.removeprefix("objects/")
            files = dict(record.files)
            files[path] = b"something else"
            folder = Assembly(files).write(tmp_path / name)
            if name in named_elsewhere | ballots | in_archive:
                assert verify(folder).elections[0].certified
            else:
                error = refuse(folder)
                assert type(error.cause).__name__ == "ObjectDigestError"
                assert error.where == path


# --- a dishonest service, with all its keys ---------------------------------------------


def without(place: int) -> Callable[[list[Any]], list[Any]]:
    return lambda items: items[:place] + items[place + 1 :]


def add_late_ballot(entries: list[Entry]) -> list[Entry]:
    place = next(at for at, entry in enumerate(entries) if entry.type == "closing") + 1
    late = BallotEntry(ELECTION, BOXES["community"], digest(b"a late ballot"))
    return [*entries[:place], late, *entries[place:]]


def swap_entries(one: str, two: str) -> Callable[[list[Entry]], list[Entry]]:
    def swap(entries: list[Entry]) -> list[Entry]:
        first = next(at for at, entry in enumerate(entries) if entry.type == one)
        second = next(at for at, entry in enumerate(entries) if entry.type == two)
        found = list(entries)
        found[first], found[second] = found[second], found[first]
        return found

    return swap


def repeat(kind: str) -> Callable[[list[Entry]], list[Entry]]:
    def again(entries: list[Entry]) -> list[Entry]:
        place = next(at for at, entry in enumerate(entries) if entry.type == kind)
        return [*entries[: place + 1], entries[place], *entries[place + 1 :]]

    return again


def change_entry(kind: str, **values: Any) -> Callable[[list[Entry]], list[Entry]]:
    return lambda entries: [
        replace(entry, **values) if entry.type == kind else entry for entry in entries
    ]


def more_votes_for(rows: list[CollegeTally]) -> list[CollegeTally]:
    return [replace(rows[0], cast=4, for_=3), *rows[1:]]


def restate(change: Callable[[Any], Any]) -> Bend:
    return bending("statement", change)


def stranger_certifies(raw: bytes) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    statement = replace(
        parse_certificate(raw).statement, key=key.public_key().public_bytes_raw().hex()
    )
    return format_certificate(sign_certificate(statement, key))


def unsign(raw: bytes) -> bytes:
    return format_certificate(Certificate(parse_certificate(raw).statement, bytes(64)))


def extra_credential(raw: bytes) -> bytes:
    listed = parse_canonical(raw, limit=10_000)
    assert isinstance(listed, list)
    extra = public_credential(BOXES["community"], make_credential(RANDOM))
    return format_credentials([*listed, extra])


def replace_credential(raw: bytes) -> bytes:
    """Someone else's credential in the place of a member's, the count unchanged."""
    listed = parse_canonical(raw, limit=10_000)
    assert isinstance(listed, list)
    return format_credentials(
        [public_credential(BOXES["employees"], make_credential(RANDOM)) for _ in listed]
    )


def share_credentials() -> Bend:
    """The same public credential on the lists of two boxes."""
    first: list[bytes] = []

    def bend(name: str, value: Any) -> Any:
        if name == "credentials:employees":
            first.append(value)
        if name == "credentials:community":
            listed = parse_canonical(first[0], limit=10_000)
            assert isinstance(listed, list)
            return format_credentials(listed[: MEMBERS["community"]])
        return value

    return bend


def stranger_trustees(_: bytes) -> bytes:
    return format_trustees([make_public_key(number, RANDOM) for number in (5, 7)])


def reword_question(raw: bytes) -> bytes:
    return raw.replace(b"buy a boat", b"sell a boat")


def drop_last_vote(ballots: list[bytes]) -> list[bytes]:
    return ballots[:-1]


def count_wrongly(name: str, skip: int) -> Bend:
    """The sum leaves out one ballot that is in the box."""
    kept: dict[str, bytes] = {}

    def bend(found: str, value: Any) -> Any:
        if found == f"election:{name}":
            kept["election"] = value
        if found == f"ballots:{name}":
            kept.update({str(at): raw for at, raw in enumerate(value)})
        if found in {f"tally:{name}", f"sized:{name}"}:
            election = parse_election(kept["election"])
            raws = [kept[str(at)] for at in range(len(kept) - 1) if at != skip]
            tally = tally_box(election, [parse_ballot(election, raw) for raw in raws])
            return tally.encrypted if found.startswith("tally") else tally.sized
        return value

    return bend


def bad_ballot(ballots: list[bytes]) -> list[bytes]:
    """A ballot whose proof was bent, but which is signed by nobody else."""
    text = ballots[0].decode()
    place = text.index('"response":"') + len('"response":"')
    other = "2" if text[place] == "1" else "1"
    return [*ballots, (text[:place] + other + text[place + 1 :]).encode()]


def stuffed(ballots: list[bytes]) -> list[bytes]:
    """A ballot by a credential that is on no list."""
    election = next(iter(_honest_elections()))
    return [*ballots, seal_ballot(election, make_credential(RANDOM), [FOR], RANDOM)]


def _honest_elections() -> list[Any]:
    found: list[Any] = []

    def bend(name: str, value: Any) -> Any:
        if name == "election:supported":
            found.append(parse_election(value))
        return value

    hold_election(bend, until="announced")
    return found


def bend_share(change: Callable[[Share], Share]) -> Bend:
    return bending("share:employees:2", change)


def proofs_of_another_box() -> Bend:
    seen: list[Share] = []

    def bend(name: str, value: Any) -> Any:
        if name == "share:supported:2":
            seen.append(value)
        if name == "share:employees:2":
            return Share(value.decryption, seen[0].proofs)
        return value

    return bend


def flip_digit(raw: bytes) -> bytes:
    """Change one digit of the first response."""
    place = raw.index(b'"response":"') + len(b'"response":"')
    other = b"2" if raw[place : place + 1] == b"1" else b"1"
    return raw[:place] + other + raw[place + 1 :]


def swap_for_and_against(_: bytes) -> bytes:
    return format_box_result(((0, 0, 1),))


def cut_result(raw: bytes) -> bytes:
    archive = read_archive(raw)
    builder = ArchiveBuilder(archive.timestamp)
    builder.setup(archive.election, archive.trustees, archive.credentials)
    for ballot in archive.ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    return builder.to_bytes()


ATTACKS: list[tuple[str, Bend, str, str]] = [
    ("changed-result", bending("rows", more_votes_for), "result", "CountMismatchError"),
    (
        "result-of-other-words",
        bending("result", lambda raw: raw.replace(b'"passed"', b'"lost"')),
        "result",
        "CountMismatchError",
    ),
    (
        "swapped-answers-in-a-box",
        bending("box-result:community", lambda _: format_box_result(((0, 1, 0),))),
        "box",
        "ResultError",
    ),
    (
        "more-votes-than-voters-in-a-box",
        bending("box-result:community", lambda _: format_box_result(((1, 0, 1),))),
        "box",
        "ResultError",
    ),
    ("dropped-ballot", bending("archived:employees", drop_last_vote), "box", "DroppedBallotError"),
    (
        "dropped-first-ballot",
        bending("archived:supported", without(0)),
        "box",
        "DroppedBallotError",
    ),
    (
        "reordered-ballots",
        bending("archived:supported", lambda found: found[::-1]),
        "box",
        "UnloggedBallotError",
    ),
    (
        "ballot-beside-the-log",
        bending("archived:community", stuffed),
        "box",
        "UnloggedBallotError",
    ),
    ("stuffed-box", bending("ballots:supported", stuffed), "box", "UnknownCredentialError"),
    ("bent-ballot", bending("ballots:supported", bad_ballot), "box", "BallotHashError"),
    ("ballot-left-out-of-the-sum", count_wrongly("employees", 1), "box", "EncryptedTallyError"),
    (
        "wrong-size-beside-the-sum",
        bending("sized:employees", lambda raw: raw.replace(b":2,", b":3,", 1)),
        "box",
        "SizedTallyError",
    ),
    (
        "archive-of-other-trustees",
        bending("trustees", stranger_trustees),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "archive-cut-short",
        bending("archive:community", lambda raw: raw[:-512]),
        "box",
        "TruncatedArchiveError",
    ),
    (
        "archive-with-more-behind",
        bending("archive:community", lambda raw: raw + bytes(1024)),
        "box",
        "RecordHeaderError",
    ),
    ("swapped-boxes", bending("archive:community", lambda _: b""), "box", "TruncatedArchiveError"),
    (
        "archive-without-its-result",
        bending("archive:community", cut_result),
        "box",
        "UnfinishedArchiveError",
    ),
    (
        "archive-of-another-time",
        bending("time:community", lambda time: time + 1),
        "box",
        "ArchiveMismatchError",
    ),
    (
        "shares-in-another-order",
        bending("owned:community", lambda found: found[::-1]),
        "box",
        "ArchiveMismatchError",
    ),
    (
        "share-of-one-trustee-twice",
        bending("owned:employees", lambda found: [found[0], (2, found[0][1])]),
        "box",
        "BoxMismatchError",
    ),
    (
        "share-of-an-unknown-trustee",
        bending("owned:employees", lambda found: [*found, (3, found[0][1])]),
        "box",
        "BoxMismatchError",
    ),
    (
        "missing-share",
        bending("owned:employees", without(1)),
        "box",
        "BoxMismatchError",
    ),
    (
        "bent-share",
        bend_share(lambda share: Share(flip_digit(share.decryption), share.proofs)),
        "box",
        "DecryptionProofError",
    ),
    (
        "bent-second-proof",
        bend_share(lambda share: Share(share.decryption, flip_digit(share.proofs))),
        "box",
        "SecondProofError",
    ),
    ("second-proof-of-another-box", proofs_of_another_box(), "box", "SecondProofBindingError"),
    (
        "missing-second-proof",
        bend_share(lambda share: Share(share.decryption, b"null")),
        "box",
        "WrongValueError",
    ),
    (
        "incomplete-proof-list",
        bending("proofs", lambda raw: raw[:-3] + b"]}"),
        "proofs",
        "ProofListError",
    ),
    (
        "entries-in-another-order",
        bending("entries", swap_entries("scripts", "roll")),
        "order",
        "TimeGoesBackError",
    ),
    ("late-ballot", bending("entries", add_late_ballot), "order", "WrongMomentError"),
    (
        "extra-opening",
        bending("entries", repeat("opening")),
        "order",
        "WrongMomentError",
    ),
    ("repeated-ballot", bending("entries", repeat("ballot")), "order", "RepeatedEntryError"),
    (
        "unlogged-opening",
        bending("entries", lambda found: [e for e in found if e.type != "opening"]),
        "order",
        "WrongMomentError",
    ),
    (
        "unlogged-ballot",
        bending("entries", lambda found: [e for e in found if e.type != "ballot"]),
        "order",
        "BallotCountError",
    ),
    (
        "unlogged-charter",
        bending("entries", lambda found: found[1:]),
        "order",
        "NoCharterError",
    ),
    (
        "certificate-before-result",
        bending("entries", swap_entries("certificate", "result")),
        "order",
        "WrongMomentError",
    ),
    (
        "entry-of-an-unknown-kind",
        bending("raw-entries", lambda raw: [*raw, b'{"v":1,"type":"note","time":9999999}']),
        "order",
        "EntryFormError",
    ),
    (
        "entry-that-is-no-json",
        bending("raw-entries", lambda raw: [*raw, b"\xff"]),
        "order",
        "EntryFormError",
    ),
    (
        "rules-changed-after-the-log",
        bending("manifest", lambda found: replace(found, rules=Rules(open_small_boxes=False))),
        "box",
        "SmallBoxError",
    ),
    (
        "manifest-of-another-election",
        bending("manifest", lambda found: replace(found, election="AnotherELection")),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-of-another-charter",
        bending(
            "manifest",
            lambda found: replace(
                found,
                charter=replace(found.charter, name={"en": "Other co-op", "cy": "Arall"}),
            ),
        ),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-of-another-roll",
        bending(
            "manifest",
            lambda found: replace(found, roll=replace(found.roll, commitment=digest(b"other"))),
        ),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-of-other-trustees",
        bending("manifest", lambda found: replace(found, trustees=3)),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-of-other-boxes",
        bending(
            "manifest",
            lambda found: replace(
                found, boxes=(*found.boxes[:2], (found.boxes[2][0], "BoxSomewhere111"))
            ),
        ),
        "set-up",
        "ManifestMismatchError",
    ),
    (
        "manifest-that-promises-more",
        bending("raw-manifest", lambda raw: raw.replace(b'"floor":1', b'"floor":2')),
        "set-up",
        "GuaranteeMismatchError",
    ),
    (
        "other-question-in-a-box",
        bending("election:employees", reword_question),
        "set-up",
        "BoxMismatchError",
    ),
    (
        "one-credential-too-many",
        bending("credentials:community", extra_credential),
        "set-up",
        "CredentialCountError",
    ),
    ("shared-credentials", share_credentials(), "set-up", "SharedCredentialError"),
    (
        "credentials-of-strangers",
        bending("credentials:employees", replace_credential),
        "box",
        "UnknownCredentialError",
    ),
    (
        "charter-that-does-not-add-up",
        bending("charter", lambda raw: raw.replace(b"51/100", b"53/100")),
        "objects",
        "CollegeSharesError",
    ),
    (
        "scripts-out-of-order",
        bending(
            "scripts",
            lambda _: b'{"v":1,"files":[["b","%b"],["a","%b"]]}' % ((b"0" * 64,) * 2),
        ),
        "objects",
        "ObjectFormError",
    ),
    (
        "certificate-of-another-key",
        bending("certificate", stranger_certifies),
        "certificate",
        "CertificateKeyError",
    ),
    (
        "unsigned-certificate",
        bending("certificate", unsign),
        "certificate",
        "CertificateSignatureError",
    ),
    (
        "certificate-of-another-result",
        restate(lambda found: replace(found, result=digest(b"other"))),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-another-manifest",
        restate(lambda found: replace(found, manifest=digest(b"other"))),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-another-election",
        restate(lambda found: replace(found, election="AnotherELection")),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-another-record",
        restate(lambda found: replace(found, record=digest(b"other"))),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-another-log",
        restate(lambda found: replace(found, origin="other.example/log")),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-before-the-result-was-logged",
        restate(lambda found: replace(found, size=found.size - 1)),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-a-later-log",
        restate(lambda found: replace(found, size=found.size + 1)),
        "certificate",
        "CertificateMismatchError",
    ),
    (
        "certificate-of-a-forked-log",
        restate(lambda found: replace(found, root=bytes(32))),
        "certificate",
        "CertificateMismatchError",
    ),
]


@pytest.mark.parametrize(
    ("bend", "check", "error"), [attack[1:] for attack in ATTACKS], ids=[a[0] for a in ATTACKS]
)
def test_a_dishonest_service_is_named(tmp_path: Path, bend: Bend, check: str, error: str) -> None:
    found = refuse(hold_election(bend).write(tmp_path), key=SIGNER.key)
    assert (found.step.check, type(found.cause).__name__) == (check, error)
    assert not found.is_incomplete


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
    remove(f"objects/{ballot.ballot}")(made.files)
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
