"""The independent program beside ours: it verifies our boxes, counts what we open, and a
trustee or a voter who uses it takes part in our elections like everybody else."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from audit.cli import app
from audit.entries import BallotEntry, SetupEntry, ShuffleEntry, TallyEntry
from ballots.archive import ArchiveBuilder, read_archive
from ballots.ballot import parse_ballot, verify_ballot
from ballots.decryption import Share
from ballots.election import parse_election
from ballots.pedersen import Context, PedersenTrustees
from ballots.rounds import (
    assemble_trustees,
    gather_secrets,
    make_polynomial,
    make_verification_key,
    open_private_key,
    parse_polynomial,
    parse_verification_key,
)
from ballots.seeds import (
    commit_to,
    make_certificate,
    make_commitment,
    make_seed,
    parse_certificates,
)
from ballots.trustees import format_groups
from ballots.verification import verify_archive
from tests.assembly import (
    BOXES,
    ELECTION,
    EVERY_FORM,
    MOTION,
    RESERVED,
    SIGNER,
    Assembly,
    Plan,
    bending,
    hold_election,
)
from tests.audit.verifying import HERE, verify
from tests.ballots.box import seeded
from tests.ballots.foreign_trustee import ForeignTrustee
from tests.conftest import Tool
from voting.contests import OptionContest
from voting.counting.validity import judge_ballot

pytestmark = pytest.mark.peer


# --- archives ---------------------------------------------------------------------------


def verify_boxes(made: Assembly, folder: Path, tool: Tool) -> None:
    for college, box in BOXES.items():
        place = folder / college
        place.mkdir(parents=True)
        (place / f"{box}.bel").write_bytes(made.files[f"{HERE}/boxes/{college}.bel"])
        result = tool("election", "verify", cwd=place)
        assert result.returncode == 0, result.stderr
        assert "all checks passed" in result.stdout + result.stderr


@pytest.mark.parametrize(
    "plan", [MOTION, EVERY_FORM, RESERVED], ids=["motion", "every-form", "reserved"]
)
def test_every_box_of_the_assembly_is_verified_by_the_independent_tool(
    tmp_path: Path, tool: Tool, plan: Plan
) -> None:
    verify_boxes(hold_election(plan=plan), tmp_path, tool)


def test_the_tool_looks(tmp_path: Path, belenios_tool: Tool) -> None:
    wrong = bending("box-result:community", lambda _: b'{"result":[[0,1,0]]}')
    made = hold_election(wrong)
    raw = made.files[f"{HERE}/boxes/community.bel"]
    (tmp_path / f"{BOXES['community']}.bel").write_bytes(raw)
    assert belenios_tool("election", "verify", cwd=tmp_path).returncode != 0


def test_a_ballot_made_by_the_tool_is_one_of_ours(tmp_path: Path, tool: Tool) -> None:
    made = hold_election(plan=EVERY_FORM, until="announced")
    _, raw = next(growing_boxes(made))
    election = parse_election(read_archive(raw).election)
    (tmp_path / f"{election.uuid}.bel").write_bytes(raw)
    (tmp_path / "credential").write_text(made.credentials["supported"][0])
    for choice in ("[[0,1,0],[0,1,1],[3,1,2],[1,2]]", "[[1,0,0],[1,0,0],[0,0,0],[0,0]]"):
        (tmp_path / "choice").write_text(choice)
        sealed = tool(
            "election", "generate-ballot", "--privcred", "credential", "--choice", "choice",
            cwd=tmp_path,
        )  # fmt: skip
        assert sealed.returncode == 0, sealed.stderr
        verify_ballot(election, parse_ballot(election, sealed.stdout.encode().rstrip(b"\n")))


def growing_boxes(made: Assembly) -> Iterator[tuple[str, bytes]]:
    """Each box of an election that is still to be opened, as its log tells of it."""
    kept = {path.removeprefix("objects/"): raw for path, raw in made.files.items()}
    (setup,) = [entry for entry in made.entries if isinstance(entry, SetupEntry)]
    for box in setup.boxes:
        builder = ArchiveBuilder(setup.time)
        builder.setup(kept[box.election], kept[box.trustees], kept[box.credentials])
        entries = [entry for entry in made.entries if getattr(entry, "box", "") == box.box]
        for entry in entries:
            if isinstance(entry, BallotEntry):
                builder.ballot(kept[entry.ballot])
            if isinstance(entry, TallyEntry):
                builder.end_ballots()
                builder.encrypted_tally(kept[entry.encrypted_tally], kept[entry.sized])
            if isinstance(entry, ShuffleEntry):
                builder.shuffle(entry.trustee, kept[entry.shuffle])
        if sum(isinstance(entry, ShuffleEntry) for entry in entries) == setup.needed:
            builder.end_shuffles()
        yield box.box, builder.to_bytes()


# --- counting ---------------------------------------------------------------------------


def test_the_tool_counts_what_we_open(tmp_path: Path, belenios_tool: Tool) -> None:
    """For one box: what is valid is valid for both, and an option that wins wins in both."""
    made = hold_election(plan=EVERY_FORM, until="tallied")
    for college in BOXES:
        archive = read_archive(made.files[f"{HERE}/boxes/{college}.bel"])
        _, _, ranked, graded = verify_archive(archive).opened
        _, _, council, colour = EVERY_FORM.contests
        stv = count(belenios_tool, tmp_path, ranked, "stv", "--nseats", "1")
        blank = stv["ballots"].count([])
        assert (len(stv["ballots"]) - blank, blank, len(stv["invalid"])) == judge(council, ranked)
        graded_here = count(
            belenios_tool, tmp_path, graded, "majority-judgment",
            "--blank-allowed", "true", "--nchoices", "2", "--ngrades", "3",
        )  # fmt: skip
        invalid = len(graded_here["invalid"])
        assert (graded_here["valid"], graded_here["blank"], invalid) == judge(colour, graded)
        if college == "supported":
            # There option 1 is first on every ranked ballot, and option 2 has the better grades.
            schulze = count(
                belenios_tool, tmp_path, ranked, "schulze",
                "--blank-allowed", "true", "--nchoices", "3",
            )  # fmt: skip
            assert (stv["winners"], schulze["winners"][0]) == ([0], [0])
            assert graded_here["winners"][0] == [1]


def count(tool: Tool, folder: Path, opened: Any, *arguments: str) -> Any:
    done = tool("method", *arguments, cwd=folder, stdin=json.dumps(opened))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def judge(contest: Any, opened: Any) -> tuple[int, int, int]:
    assert isinstance(contest, OptionContest)
    found = [judge_ballot(contest, numbers) for numbers in opened]
    return found.count("counted"), found.count("blank"), found.count("invalid")


# --- a trustee with the tool ------------------------------------------------------------


@dataclass(frozen=True)
class Joined:
    """A key that trustee 1 made with the tool, trustees 2 and 3 with ours."""

    group: PedersenTrustees
    private: tuple[int, ...]
    commitments: tuple[str, ...]
    key: Path
    decryption_key: Path


@pytest.fixture
def joined(tmp_path: Path, belenios_tool: Tool) -> Joined:
    folder = tmp_path / "mine"
    folder.mkdir()

    hers = ForeignTrustee(belenios_tool, folder)
    draw = seeded(11)
    seeds = [make_seed(draw) for _ in range(2)]
    ours = [make_certificate(seed, Context(3, 2, n), draw) for n, seed in enumerate(seeds, 2)]
    raws = [hers.make_certificate(Context(3, 2, 1)), *ours]
    certificates = parse_certificates(2, raws)
    # She gives her digest once hers is drawn; ours came with the certificates.
    first = hers.make_polynomial(raws)
    digests = (
        commit_to(parse_polynomial(certificates, 1, first).shown),
        *(make_commitment(seed, 2, ELECTION) for seed in seeds),
    )
    made = [first, *(make_polynomial(s, certificates, draw, election=ELECTION) for s in seeds)]
    polynomials = [
        parse_polynomial(certificates, n, raw, digest)
        for n, (raw, digest) in enumerate(zip(made, digests, strict=True), 1)
    ]
    given = [gather_secrets(n, polynomials) for n in (1, 2, 3)]
    outputs = [hers.make_verification_key(given[0])]
    outputs += [
        make_verification_key(seed, certificates, raw, draw, digests)
        for seed, raw in zip(seeds, given[1:], strict=True)
    ]
    keys = [parse_verification_key(raw) for raw in outputs]
    sealed = folder / "mine.dkey"
    sealed.write_text(keys[0].sealed)
    own = [open_private_key(s, k.sealed) for s, k in zip(seeds, keys[1:], strict=True)]
    group = assemble_trustees(certificates, polynomials, keys)
    return Joined(group, (0, *own), digests, hers.key_file, sealed)


def test_a_trustee_may_use_the_tool_from_her_certificate_to_her_share(
    tmp_path: Path, belenios_tool: Tool, joined: Joined
) -> None:
    """Seat 1: certificate, polynomial, verification key, decryption by the tool; the digest and
    the second proofs by ours."""
    plan = replace(EVERY_FORM, openers=(1, 3))
    shares: dict[str, Share] = {}

    def bend(name: str, value: Any) -> Any:
        if name == "keys":
            return replace(
                value,
                raw=format_groups([joined.group]),
                private=joined.private,
                commitments=joined.commitments,
            )
        if name == "group":
            return joined.group
        if (found := re.fullmatch(r"share:(.*):1", name)) and shares:
            return shares[BOXES[found[1]]]
        return value

    made = hold_election(bend, plan=plan, until="shuffled")
    kept = tmp_path / "kept"
    kept.mkdir()
    for number, (box, raw) in enumerate(growing_boxes(made)):
        place = tmp_path / str(number)
        place.mkdir()
        (place / f"{box}.bel").write_bytes(raw)
        done = belenios_tool(
            "election", "decrypt-threshold", "--key", str(joined.key),
            "--decryption-key", str(joined.decryption_key), "--trustee-id", "1", cwd=place,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        decryption, _owned = done.stdout.splitlines()
        (kept / f"{box}.json").write_text(decryption + "\n")
    out = tmp_path / "share.json"
    arguments: list[object] = [
        *("trustee", "decrypt", made.write(tmp_path / "record"), "--election", ELECTION),
        *("--key", joined.key, "--decryption-key", joined.decryption_key, "--use", kept),
        *("--out", out, "--log-key", SIGNER.vkey),
    ]
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    for box, share in json.loads(out.read_text()).items():
        shares[box] = Share(share["decryption"].encode(), share["proofs"].encode())
        assert share["decryption"] + "\n" == (kept / f"{box}.json").read_text()

    whole = hold_election(bend, plan=plan)
    assert verify(whole.write(tmp_path / "whole")).elections[0].certified
    verify_boxes(whole, tmp_path / "boxes", belenios_tool)
