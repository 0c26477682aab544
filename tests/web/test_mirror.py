"""A record that was downloaded over HTTP verifies offline, and lacks nothing when it is bent."""

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from audit.mirror import mirror_record
from audit.note import VerifierKey
from audit.record import FolderRecord, UrlRecord
from audit.report import VerificationError
from audit.verifier import verify_record
from tests.web.api.conftest import ASSETS
from tests.web.contests import MOTION, RANKED
from tests.web.cooperative import PASSPHRASE, Cooperative, found
from tests.web.serving import serving
from web.actions.certify_election import certify_election
from web.app import build_app


@pytest.fixture(scope="module")
def coop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    cooperative = found(tmp_path_factory.mktemp("certified") / "data")
    # With everything that an election can put into the record.
    cooperative.open(MOTION, RANKED, together=True)
    cooperative.vote("supported", 0, [[0, 1, 0], [1, 2, 0]])
    cooperative.vote("supported", 0, [[0, 0, 1], [2, 1, 3]])
    cooperative.tally()
    cooperative.service.keeper.publish()
    certify_election(cooperative.service, cooperative.election, PASSPHRASE, "All was checked.")
    cooperative.service.keeper.publish()
    yield cooperative
    cooperative.service.close()


@pytest.fixture(scope="module")
def folder(coop: Cooperative, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("downloaded") / "record"
    told: list[tuple[int, int]] = []
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        record = UrlRecord(f"http://127.0.0.1:{port}")
        key = mirror_record(record, target, lambda a, b: told.append((a, b)))
        record.close()
    assert key == VerifierKey.parse(coop.set_up.vkey)
    assert told[-1][0] == told[-1][1] == len(told)
    return target


def test_it_verifies_offline_to_the_certificate(folder: Path, coop: Cooperative) -> None:
    report = verify_record(FolderRecord(folder), key=VerifierKey.parse(coop.set_up.vkey))
    (election,) = report.elections
    assert election.certified
    assert election.election == coop.election


def test_the_boxes_are_at_the_top(folder: Path) -> None:
    assert sorted(path.name for path in (folder / "boxes").iterdir()) == [
        "community.bel",
        "employee.bel",
        "supported.bel",
    ]
    for name in ("manifest", "result", "proofs", "certificate"):
        assert (folder / f"{name}.json").exists()


def test_every_object_is_what_its_name_says_replaced_ballots_too(folder: Path) -> None:
    found = {path.name: path.read_bytes() for path in (folder / "objects").iterdir()}
    assert all(sha256(content).hexdigest() == name for name, content in found.items())
    assert sum(b'"election_hash"' in content for content in found.values()) == 2


def test_one_changed_byte_of_a_box_is_found(folder: Path, tmp_path: Path) -> None:
    bent = tmp_path / "bent"
    shutil.copytree(folder, bent)
    (path,) = bent.glob("elections/*/boxes/supported.bel")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    with pytest.raises(VerificationError):
        verify_record(FolderRecord(bent))
