"""A trustee who uses the independent `belenios-tool` for all that she does; one more is lost.

Her certificate, polynomial and verification key, her shuffle and her share are the other
program's. Only the second proofs are made by ours, with her key file and what was kept for her.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from ballots.decryption import add_second_proofs
from ballots.election import parse_election
from ballots.pedersen import Context
from ballots.rounds import open_private_key
from ballots.seeds import commit_to
from tests.ballots.foreign_trustee import ForeignTrustee
from tests.conftest import Tool
from tests.web.contests import MOTION, RANKED
from tests.web.cooperative import Cooperative
from tests.web.trustees import TrusteePerson, make_shares, rehearse
from web.actions.give_share import give_share
from web.actions.give_shuffle import give_shuffle
from web.actions.make_shared_key import (
    give_certificate,
    give_commitment,
    give_polynomial,
    give_verification_key,
)
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.record import fetch
from web.views import election_view

pytestmark = pytest.mark.peer

BALLOTS = ([[0, 1, 0], [1, 2, 3]], [[0, 1, 0], [1, 2, 0]], [[0, 0, 1], [2, 1, 0]])


@dataclass
class Other:
    """A trustee at her other program, and what she hands in."""

    person: TrusteePerson
    program: ForeignTrustee

    def give_certificate(self) -> None:
        made = self.program.make_certificate(Context(3, 2, 1))
        give_certificate(self.person.service, self.person.id, made)

    def commit(self) -> bytes:
        """She makes her polynomial, commits to it, and keeps it for later."""
        certificates = self.person.page.certificates
        polynomial = self.program.make_polynomial(raw.encode() for raw in certificates)
        shown = json.dumps(json.loads(polynomial)["coefexps"], separators=(",", ":"))
        give_commitment(self.person.service, self.person.id, commit_to(shown.encode()))
        return polynomial

    def give_verification_key(self) -> None:
        made = self.program.make_verification_key(self.person.page.gathered.encode())
        give_verification_key(self.person.service, self.person.id, made)

    def private(self) -> int:
        """What our program opens of what the other one kept for her."""
        return open_private_key(self.program.seed, self.person.page.sealed_key)

    def at_each_box(self, coop: Cooperative, *command: str) -> dict[str, bytes]:
        """What the other program makes from each box's public archive."""
        made: dict[str, bytes] = {}
        for college in ("supported", "employee", "community"):
            box = coop.box(college)
            archive = fetch(coop.service, f"elections/{coop.election}/boxes/{college}.bel")
            assert archive is not None
            folder = self.program.folder / f"{command[1]}-{college}"
            folder.mkdir()
            (folder / f"{box}.bel").write_bytes(archive.content)
            (folder / "key").write_text(self.program.key_file.read_text())
            (folder / "kept").write_text(self.person.page.sealed_key)
            done = self.program.tool(*command, "--trustee-id", "1", cwd=folder)
            assert done.returncode == 0, done.stderr
            made[box], _owned = done.stdout.encode().splitlines()
        return made


def test_with_her_and_one_of_ours_the_tally_is_opened_and_the_third_is_lost(
    coop: Cooperative, belenios_tool: Tool, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    coop.write_draft(MOTION, RANKED)
    hers, ours, lost = coop.invite(3, 2)
    other = Other(hers, ForeignTrustee(belenios_tool, folder))
    other.give_certificate()
    for person in (ours, lost):
        person.give_certificate()
    polynomial = other.commit()
    give_polynomial(coop.service, hers.id, polynomial)
    for person in (ours, lost):
        person.give_polynomial()
    other.give_verification_key()
    for person in (ours, lost):
        person.give_verification_key()
    for person in (ours, lost):
        person.rehearse()
    rehearse(coop.service, hers.id, other.private())
    coop.announce()
    open_election(coop.service, coop.election, "It is time.")
    for place, ballot in enumerate(BALLOTS):
        coop.vote("supported", place, ballot)
    coop.close()
    start_tally(coop.service, coop.election)

    ours.give_shuffle()
    give_shuffle(coop.service, hers.id, other.at_each_box(coop, "election", "shuffle"))
    command = ("election", "decrypt-threshold", "--key", "key", "--decryption-key", "kept")
    made = other.at_each_box(coop, *command)
    shares: dict[str, tuple[bytes, bytes]] = {}
    for box in hers.page.boxes:
        election, tally = parse_election(box.election.encode()), box.encrypted_tally.encode()
        share = add_second_proofs(election, tally, other.private(), made[box.box], os.urandom)
        shares[box.box] = (share.decryption, share.proofs)
    assert not give_share(coop.service, hers.id, shares).tallied
    last = make_shares(coop.service, ours.id, ours.private)
    assert give_share(coop.service, ours.id, last).tallied

    view = election_view(coop.service, coop.election)
    assert view.results is not None
    assert [one.has_shared for one in view.trustees] == [True, True, False]
    for college in ("supported", "employee", "community"):
        final = fetch(coop.service, f"elections/{coop.election}/boxes/{college}.bel")
        assert final is not None
        (tmp_path / college).mkdir()
        (tmp_path / college / f"{coop.box(college)}.bel").write_bytes(final.content)
        verified = belenios_tool("election", "verify", cwd=tmp_path / college)
        assert verified.returncode == 0, verified.stdout + verified.stderr
        assert "all checks passed" in verified.stdout + verified.stderr
