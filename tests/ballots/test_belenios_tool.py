"""The independent tool, in both directions: it accepts our boxes, we accept its ballots."""

import json
from pathlib import Path

import pytest

from ballots.archive import ArchiveBuilder, read_archive
from ballots.ballot import parse_ballot, verify_ballot
from ballots.decryption import open_tally, verify_decryption
from ballots.tally import tally_box
from ballots.trustees import format_private_key, verify_public_key
from ballots.verification import verify_archive
from tests.ballots.box import CHOICE, MOTION, TIMESTAMP, make_box, open_box
from tests.conftest import Tool
from tests.shared import require_shared

pytestmark = pytest.mark.peer

BOX = make_box((MOTION, CHOICE))
OPENED = open_box()


@pytest.fixture(params=["3.3.0", "3.0"])
def tool(request: pytest.FixtureRequest) -> Tool:
    name = "belenios_tool" if request.param == "3.3.0" else "belenios_tool_3_0"
    found: Tool = request.getfixturevalue(name)
    return found


def _write(folder: Path, uuid: str, raw: bytes) -> None:
    (folder / f"{uuid}.bel").write_bytes(raw)


def test_our_archive_is_accepted(tool: Tool, tmp_path: Path) -> None:
    _write(tmp_path, OPENED.box.election.uuid, OPENED.write())
    done = tool("election", "verify", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "all checks passed" in done.stdout + done.stderr


def test_our_empty_box_is_accepted(tool: Tool, tmp_path: Path) -> None:
    box = make_box()
    empty = tally_box(box.election, [])
    shares = [share.decryption for share in box.shares(empty)]
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(box.election.raw, box.trustees, box.credentials)
    builder.end_ballots()
    builder.encrypted_tally(empty.encrypted, empty.sized)
    for owner, share in enumerate(shares, 1):
        builder.partial_decryption(owner, share)
    builder.result(open_tally(box.election, empty.encrypted, shares, 0))
    assert verify_archive(read_archive(builder.to_bytes())).result == ((0, 0, 0),)
    _write(tmp_path, box.election.uuid, builder.to_bytes())
    done = tool("election", "verify", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_ballot_made_by_the_tool_is_accepted_and_counted(tool: Tool, tmp_path: Path) -> None:
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(BOX.election.raw, BOX.trustees, BOX.credentials)
    _write(tmp_path, BOX.election.uuid, builder.to_bytes())
    (tmp_path / "credential").write_text(BOX.secrets[2])
    (tmp_path / "choice").write_text("[[0,1,0],[1,0,1]]")
    made = tool(
        "election", "generate-ballot", "--privcred", "credential", "--choice", "choice",
        cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    raw = made.stdout.encode().rstrip(b"\n")
    ballot = parse_ballot(BOX.election, raw)
    verify_ballot(BOX.election, ballot)

    ours = parse_ballot(BOX.election, BOX.seal(0, [[0, 1, 0], [0, 0, 0]]))
    tally = tally_box(BOX.election, [ours, ballot])
    shares = [share.decryption for share in BOX.shares(tally)]
    assert open_tally(BOX.election, tally.encrypted, shares, 2) == b'{"result":[[0,2,0],[1,0,1]]}'


def test_our_ballot_is_accepted_by_the_tool(tool: Tool, tmp_path: Path) -> None:
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(BOX.election.raw, BOX.trustees, BOX.credentials)
    _write(tmp_path, BOX.election.uuid, builder.to_bytes())
    (tmp_path / "ballot").write_bytes(BOX.seal(1, [[1, 0, 0], [0, 0, 0]]))
    done = tool("election", "verify-ballot", "--ballot", "ballot", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_decryption_made_by_the_tool_is_accepted(tool: Tool, tmp_path: Path) -> None:
    box, tally = OPENED.box, OPENED.tally
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(box.election.raw, box.trustees, box.credentials)
    for raw in OPENED.ballots:
        builder.ballot(raw)
    builder.end_ballots()
    builder.encrypted_tally(tally.encrypted, tally.sized)
    _write(tmp_path, box.election.uuid, builder.to_bytes())
    (tmp_path / "key").write_bytes(format_private_key(box.private_keys[0]))
    made = tool("election", "decrypt", "--privkey", "key", "--trustee-id", "1", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    # It prints the decryption, then the record that says whose it is.
    raw, owned = made.stdout.encode().splitlines()
    assert owned.startswith(b'{"owner":1,')
    verify_decryption(box.election, tally.encrypted, box.public_keys[0], raw)
    shares = [raw, OPENED.shares[1].decryption]
    assert open_tally(box.election, tally.encrypted, shares, 2) == OPENED.result


def test_a_key_made_by_the_tool_is_accepted(tool: Tool, tmp_path: Path) -> None:
    made = tool("setup", "generate-trustee-key", "--group", "Ed25519", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    (public,) = tmp_path.glob("*.pubkey")
    key = verify_public_key(public.read_bytes().rstrip(b"\n"))
    assert json.loads(public.read_bytes())["public_key"] == key.public_key


@pytest.mark.parametrize("name", ["bad-signature", "bad-result", "bad-shuffle"])
def test_the_canaries_are_refused_by_the_tool(tool: Tool, name: str) -> None:
    """The referee itself works: it refuses what is known to be bad."""
    done = tool("election", "verify", cwd=require_shared("vectors", "ballots", name))
    assert done.returncode == 124


def test_a_late_ballot_passes_the_tool_and_not_us(tool: Tool) -> None:
    folder = require_shared("vectors", "ballots", "bad-late-ballot")
    assert tool("election", "verify", cwd=folder).returncode == 0
