"""An outsider changes the files of a record, without any of its keys."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audit.entries import BallotEntry
from audit.note import LogSigner
from tests.assembly import (
    ORIGIN,
    SIGNER,
    Assembly,
    digest,
    log_files,
)
from tests.audit.verifying import HERE, Files, refuse, verify


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
        (put(f"{HERE}/result.json", lambda raw: raw * 20_000), "result", "RecordLimitError"),
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
