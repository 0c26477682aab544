"""The independent tool, in both directions: it accepts our boxes, we accept its ballots."""

import json
from pathlib import Path

import pytest

from ballots.archive import ArchiveBuilder, read_archive
from ballots.ballot import parse_ballot, verify_ballot
from ballots.decryption import decrypt_share, open_shares, open_tally, verify_decryption
from ballots.group import BASE, combine
from ballots.mixing import shuffled_tally, verify_shuffle
from ballots.pedersen import Context
from ballots.rounds import (
    assemble_trustees,
    gather_secrets,
    make_polynomial,
    make_verification_key,
    open_private_key,
    parse_polynomial,
    parse_verification_key,
)
from ballots.seeds import make_certificate, make_seed, parse_certificates
from ballots.tally import tally_box
from ballots.trustees import (
    format_groups,
    format_private_key,
    parse_trustees,
    verify_public_key,
)
from ballots.verification import verify_archive
from tests.ballots.assembly import LISTS, RANKED, Assembly, hold_ceremony, hold_election, mix
from tests.ballots.box import CHOICE, MOTION, TIMESTAMP, make_box, open_box, seeded
from tests.ballots.foreign_trustee import ForeignTrustee
from tests.conftest import Tool
from tests.shared import require_shared

pytestmark = pytest.mark.peer

BOX = make_box((MOTION, CHOICE))
OPENED = open_box()


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


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(hold_election(), id="every-kind"),
        pytest.param(hold_election((MOTION, RANKED), ()), id="empty"),
        pytest.param(hold_election((RANKED,), (((1, 0, 255),),), shuffles=(1,)), id="one"),
        pytest.param(hold_election((LISTS,), (((1, 1, 1, 0, 0, 0),),)), id="lists"),
    ],
)
def test_our_threshold_trustees_shuffles_and_lists_are_accepted(
    tool: Tool, tmp_path: Path, held: Assembly
) -> None:
    _write(tmp_path, held.election.uuid, held.write())
    done = tool("election", "verify", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "all checks passed" in done.stdout + done.stderr


def _begin(held: Assembly, *, shuffles: int, ended: bool = False) -> bytes:
    """Its archive with so many shuffles, before anyone has opened."""
    given = held.shuffles[:shuffles]
    return held.write(shuffles=given, end=ended, decryptions=(), result=None)


def test_a_mixed_ballot_made_by_the_tool_is_accepted(tool: Tool, tmp_path: Path) -> None:
    held = hold_election()
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(held.election.raw, held.raw_trustees, held.credentials)
    _write(tmp_path, held.election.uuid, builder.to_bytes())
    (tmp_path / "credential").write_text(held.secrets[0])
    # All zeros is the identity: their embedding must be ours.
    (tmp_path / "choice").write_text("[[0,1,0],[0,0,0],[[0,0,0],[1,0,1]]]")
    made = tool(
        "election", "generate-ballot", "--privcred", "credential", "--choice", "choice",
        cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    ballot = parse_ballot(held.election, made.stdout.encode().rstrip(b"\n"))
    verify_ballot(held.election, ballot)
    tally = tally_box(held.election, [ballot])
    mixed, _ = mix(held.election, tally.encrypted, (1,))
    shares = {
        n: decrypt_share(held.election, mixed, held.private_keys[n - 1], seeded(n)).decryption
        for n in (1, 3, 4)
    }
    result = open_shares(held.election, held.trustees, mixed, shares, 1)
    assert result == b'{"result":[[0,1,0],[[0,0,0]],[[0,0,0],[1,0,1]]]}'


def test_a_shuffle_made_by_the_tool_is_accepted(tool: Tool, tmp_path: Path) -> None:
    held = hold_election()
    _write(tmp_path, held.election.uuid, _begin(held, shuffles=1))
    made = tool("election", "shuffle", "--trustee-id", "3", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    raw, owned = made.stdout.encode().splitlines()
    assert owned.startswith(b'{"owner":3,')
    once = shuffled_tally(held.election, held.tally.encrypted, held.shuffles[0][1])
    verify_shuffle(held.election, once, raw)


def test_a_share_of_a_threshold_trustee_made_by_the_tool_is_accepted(
    tool: Tool, tmp_path: Path
) -> None:
    held, ceremony = hold_election(), hold_ceremony()
    _write(tmp_path, held.election.uuid, _begin(held, shuffles=2, ended=True))
    (tmp_path / "key").write_text(ceremony.seeds[2].text)
    (tmp_path / "kept").write_text(ceremony.keys[2].sealed)
    made = tool(
        "election", "decrypt-threshold", "--key", "key", "--decryption-key", "kept",
        "--trustee-id", "4", cwd=tmp_path,
    )  # fmt: skip
    if made.returncode != 0:
        # 3.0 has another cipher between trustees.
        assert "3.0" in tool("--version", cwd=tmp_path).stdout
        return
    raw, owned = made.stdout.encode().splitlines()
    assert owned.startswith(b'{"owner":4,')
    verify_decryption(held.election, held.mixed, held.trustees.keys[3].public_key, raw)
    shares = {1: held.shares[1].decryption, 2: held.shares[2].decryption, 4: raw}
    assert open_shares(held.election, held.trustees, held.mixed, shares, 3) == held.result


def test_a_trustee_may_use_the_tool_to_make_the_key(belenios_tool: Tool, tmp_path: Path) -> None:
    """Seat 1 is hers with the tool, 2 and 3 are ours; the tool of 3.0 has another cipher."""

    hers = ForeignTrustee(belenios_tool, tmp_path)
    draw = seeded(4)
    seeds = [make_seed(draw) for _ in range(2)]
    ours = [make_certificate(s, Context(3, 2, n), draw) for n, s in enumerate(seeds, 2)]
    raws = [hers.make_certificate(Context(3, 2, 1)), *ours]
    certificates = parse_certificates(2, raws)
    made = [hers.make_polynomial(raws)]
    made += [make_polynomial(seed, certificates, draw) for seed in seeds]
    polynomials = [parse_polynomial(certificates, n, raw) for n, raw in enumerate(made, 1)]
    given = [gather_secrets(n, polynomials) for n in (1, 2, 3)]
    hers.write_lines("polynomials", made)
    hers.step(4, "--certs", "certs", "--polynomials", "polynomials")
    assert {path.read_bytes().rstrip(b"\n") for path in tmp_path.glob("*.vinput")} == set(given)
    outputs = [hers.make_verification_key(given[0])]
    outputs += [
        make_verification_key(seed, certificates, raw, draw)
        for seed, raw in zip(seeds, given[1:], strict=True)
    ]
    keys = [parse_verification_key(raw) for raw in outputs]
    group = assemble_trustees(certificates, polynomials, keys)
    assert parse_trustees(format_groups([group])).groups == (group,)
    # What the tool kept for her, ours opens.
    private = open_private_key(hers.seed, keys[0].sealed)
    assert combine([[(BASE, private)]]) == [group.keys[0].point]


@pytest.mark.parametrize("name", ["bad-signature", "bad-result", "bad-shuffle"])
def test_the_canaries_are_refused_by_the_tool(tool: Tool, name: str) -> None:
    """The referee itself works: it refuses what is known to be bad."""
    done = tool("election", "verify", cwd=require_shared("vectors", "ballots", name))
    assert done.returncode == 124


def test_a_late_ballot_passes_the_tool_and_not_us(tool: Tool) -> None:
    folder = require_shared("vectors", "ballots", "bad-late-ballot")
    assert tool("election", "verify", cwd=folder).returncode == 0
