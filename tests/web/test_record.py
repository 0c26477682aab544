"""The public record: one path, one file, only what is signed; and its export."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from audit.checkpoint import open_checkpoint
from audit.note import VerifierKey
from audit.record import FolderRecord
from audit.verifier import verify_record
from ballots.archive import read_archive
from tests.web.actions.acts import ACTS, ALLOWED, bring
from tests.web.cooperative import Cooperative, found
from voting.canonical import parse_canonical
from web.record import export_record, fetch
from web.store.load import digest_of
from web.views import election_view


@pytest.fixture(scope="module")
def coop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    """An open election with three ballots."""
    coop = found(tmp_path_factory.mktemp("record") / "data")
    coop.open()
    for place in range(3):
        coop.vote("supported", place, "for")
    coop.service.keeper.publish()
    yield coop
    coop.service.close()


def get(coop: Cooperative, path: str) -> bytes:
    published = fetch(coop.service, path)
    assert published is not None
    return published.content


def test_the_log_is_served_up_to_its_checkpoint(coop: Cooperative) -> None:
    key = VerifierKey.parse(get(coop, "key").decode().strip())
    size = open_checkpoint(get(coop, "log/checkpoint"), key).size
    assert len(get(coop, f"log/tile/0/000.p/{size}")) == 32 * size
    assert get(coop, f"log/tile/entries/000.p/{size}")
    for path in (f"log/tile/0/000.p/{size + 1}", f"log/tile/0/000.p/{size - 1}", "log/tile/0/000"):
        assert fetch(coop.service, path) is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/key",
        "keys/vault.key",
        "log",
        "log/",
        "log/../key",
        "log/tile/00/000",
        "log/tile/0/000.p/0",
        "log/tile/0/0",
        "objects/",
        "objects/" + "0" * 64,
        "objects/" + "A" * 64,
        "elections/11111111111111/manifest.json",
        "elections/../key",
        "teg.sqlite",
    ],
)
def test_nothing_else_is_served(coop: Cooperative, path: str) -> None:
    assert fetch(coop.service, path) is None


def test_objects_are_served_by_their_digest(coop: Cooperative) -> None:
    manifest = get(coop, f"elections/{coop.election}/manifest.json")
    published = fetch(coop.service, f"objects/{digest_of(manifest)}")
    assert published is not None
    assert published.immutable
    assert published.content == manifest
    archive = read_archive(get(coop, f"elections/{coop.election}/boxes/supported.bel"))
    for raw in archive.ballots:
        assert get(coop, f"objects/{digest_of(raw)}") == raw
    assert parse_canonical(get(coop, "elections.json"), limit=1000) == {
        "v": 1,
        "elections": [coop.election],
    }


def test_what_has_not_happened_is_not_there(coop: Cooperative) -> None:
    for name in ("result", "proofs", "certificate"):
        assert fetch(coop.service, f"elections/{coop.election}/{name}.json") is None
    assert fetch(coop.service, f"elections/{coop.election}/boxes/nobody.bel") is None


def test_a_draft_is_not_public(coop: Cooperative) -> None:
    open_election, draft = coop.election, coop.write_draft()
    coop.election = open_election
    assert fetch(coop.service, f"elections/{draft}/manifest.json") is None
    assert draft.encode() not in get(coop, "elections.json")


def test_an_archive_only_grows(tmp_path: Path) -> None:
    coop = found(tmp_path / "data")
    coop.open()
    path = f"elections/{coop.election}/boxes/supported.bel"
    copies = [get(coop, path)]
    coop.vote("supported", 0, "for")
    coop.service.keeper.publish()
    copies.append(get(coop, path))
    coop.vote("supported", 0, "against")
    coop.tally()
    copies.append(get(coop, path))
    for earlier, later in pairwise(copies):
        assert later.startswith(earlier)
        assert len(later) > len(earlier)
    coop.service.close()


def test_a_ballot_is_in_the_archive_once_a_checkpoint_covers_it(tmp_path: Path) -> None:
    coop = found(tmp_path / "data")
    coop.open()
    coop.service.keeper.stop()
    coop.vote("supported", 0, "for")
    path = f"elections/{coop.election}/boxes/supported.bel"
    assert coop.service.keeper.publish()
    assert len(read_archive(get(coop, path)).ballots) == 1
    coop.service.close()


def test_an_exported_folder_verifies_and_holds_nothing_personal(
    coop: Cooperative, tmp_path: Path
) -> None:
    folder = tmp_path / "record"
    count = export_record(coop.service, folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == count
    verify_record(FolderRecord(folder))
    assert (folder / "boxes" / "supported.bel").exists()
    assert (folder / "manifest.json").exists()
    everything = b"".join(path.read_bytes() for path in files)
    for personal in (b"people.example", b"Example Member", b"Example Officer"):
        assert personal not in everything


def test_a_later_export_goes_on_in_the_same_folder(coop: Cooperative, tmp_path: Path) -> None:
    folder = tmp_path / "record"
    export_record(coop.service, folder)
    object_times = {path: path.stat().st_mtime_ns for path in (folder / "objects").iterdir()}
    coop.vote("employee", 0, "for")
    export_record(coop.service, folder)
    for path, before in object_times.items():
        assert path.stat().st_mtime_ns == before
    verify_record(FolderRecord(folder))
    assert list((folder / "boxes").iterdir())
    assert election_view(coop.service, coop.election).state == "open"


@pytest.mark.parametrize("state", [*ALLOWED, "void-after-tally", "one-share"])
def test_the_record_verifies_whatever_the_state(tmp_path: Path, state: str) -> None:
    coop = found(tmp_path / "data")
    if state == "void-after-tally":
        bring(coop, "tallied")
        ACTS["void"](coop)
    elif state == "one-share":
        bring(coop, "closed")
        ACTS["tally"](coop)
        coop.give(1)
    else:
        bring(coop, state)
    export_record(coop.service, tmp_path / "record")
    verify_record(FolderRecord(tmp_path / "record"))
    coop.service.close()
