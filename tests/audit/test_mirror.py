"""A record that is downloaded verifies offline, and what was bent on the way is found."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from audit.errors import KeyFormError
from audit.mirror import mirror_record
from audit.objects import format_elections
from audit.record import FolderRecord
from audit.record_errors import (
    LogLimitError,
    ObjectFormError,
    RecordMissingError,
    UnknownElectionAskedError,
    UnwritableFileError,
)
from audit.report import VerificationError
from audit.verifier import verify_record
from tests.assembly import ELECTION, SIGNER, STAGES, Stage, bending, hold_election


class Watched(FolderRecord):
    """A record that remembers what was asked of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked: list[str] = []

    def fetch(self, path: str, limit: int) -> bytes:
        self.asked.append(path)
        return super().fetch(path, limit)


def nobody(_done: int, _whole: int) -> None:
    """Progress that nobody asked for."""


def mirror(source: Path, target: Path, election: str | None = None) -> Path:
    assert mirror_record(FolderRecord(source), target, nobody, election=election) == SIGNER.key
    return target


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hold_election().write(tmp_path_factory.mktemp("source"))


@pytest.mark.parametrize("until", STAGES)
def test_a_mirror_verifies_as_its_original_does_at_every_stage(
    until: Stage, tmp_path: Path
) -> None:
    source = hold_election(until=until).write(tmp_path / "source")
    report = verify_record(FolderRecord(mirror(source, tmp_path / "mirror")), key=SIGNER.key)
    assert report.size == verify_record(FolderRecord(source), key=SIGNER.key).size
    assert [one.certified for one in report.elections] == [until == "certified"] * (
        until != "draft"
    )


def test_everything_of_the_election_is_there_and_its_files_at_the_top(
    source: Path, tmp_path: Path
) -> None:
    found = files(mirror(source, tmp_path))
    original = files(source)
    assert {path: original.get(path) for path in found if path in original} == {
        path: raw for path, raw in found.items() if path in original
    }
    assert set(found) >= {path for path in original if path.startswith(("log/", "elections/"))}
    for name in ("manifest.json", "result.json", "proofs.json", "certificate.json"):
        assert found[name] == found[f"elections/{ELECTION}/{name}"]
    for path, raw in found.items():
        if path.startswith("objects/"):
            assert sha256(raw).hexdigest() == path.removeprefix("objects/")


def test_progress_ends_with_all_of_them(source: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    mirror_record(FolderRecord(source), tmp_path, lambda done, whole: told.append((done, whole)))
    assert told[-1][0] == told[-1][1] == len(told)


def test_begun_again_it_fetches_what_is_missing_or_spoilt(source: Path, tmp_path: Path) -> None:
    mirror(source, tmp_path)
    lost, spoilt, *_ = sorted((tmp_path / "objects").iterdir())
    lost.unlink()
    spoilt.write_bytes(b"half")
    again = Watched(source)
    mirror_record(again, tmp_path, nobody)
    objects = [path for path in again.asked if path.startswith("objects/")]
    # The certificate's reason is looked for as well, and is there.
    assert set(objects) == {f"objects/{lost.name}", f"objects/{spoilt.name}"}
    assert verify_record(FolderRecord(tmp_path), key=SIGNER.key).elections[0].certified


def test_the_checkpoint_is_written_last(tmp_path: Path) -> None:
    source = hold_election().write(tmp_path / "source")
    victim = next(path for path in sorted((source / "objects").iterdir(), reverse=True))
    victim.unlink()
    with pytest.raises(RecordMissingError):
        mirror(source, tmp_path / "mirror")
    assert not (tmp_path / "mirror" / "log" / "checkpoint").exists()


def test_one_election_of_a_record(source: Path, tmp_path: Path) -> None:
    mirror(source, tmp_path, ELECTION)
    assert json.loads((tmp_path / "elections.json").read_bytes())["elections"] == [ELECTION]
    with pytest.raises(UnknownElectionAskedError):
        mirror(source, tmp_path, "2" * 14)


def test_what_was_bent_is_kept_as_it_came_and_found_by_verifying(tmp_path: Path) -> None:
    bend = bending("archived:employees", lambda found: found[:-1])
    source = hold_election(bend).write(tmp_path / "source")
    with pytest.raises(VerificationError):
        verify_record(FolderRecord(mirror(source, tmp_path / "mirror")), key=SIGNER.key)


def test_a_list_or_key_that_is_none_ends_it(tmp_path: Path) -> None:
    source = hold_election().write(tmp_path / "source")
    (source / "elections.json").write_bytes(b"[]")
    with pytest.raises(ObjectFormError):
        mirror(source, tmp_path / "mirror")
    (source / "key").write_bytes(b"no key\n")
    with pytest.raises(KeyFormError):
        mirror(source, tmp_path / "mirror")


def test_a_log_that_says_it_is_endless_is_not_begun(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.mirror.ENTRIES_LIMIT", 3)
    with pytest.raises(LogLimitError):
        mirror(source, tmp_path)


def test_a_folder_that_takes_nothing_is_named(source: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"a file stands here")
    with pytest.raises(UnwritableFileError):
        mirror(source, tmp_path / "taken")


def test_of_several_elections_none_stands_at_the_top(tmp_path: Path) -> None:
    source = hold_election().write(tmp_path / "source")
    (source / "elections.json").write_bytes(format_elections([ELECTION, "2" * 14]))
    target = mirror(source, tmp_path / "mirror")
    assert (target / "elections" / ELECTION / "manifest.json").exists()
    assert not (target / "manifest.json").exists()
