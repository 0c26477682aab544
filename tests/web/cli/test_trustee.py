"""`teg trustee give`: what the observer's program made is handed in over HTTP."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ballots.trustees import make_private_key, make_public_key
from tests.web.api.conftest import ASSETS
from tests.web.cli.program import Ran
from tests.web.cooperative import Cooperative
from tests.web.serving import serving
from web.actions.announce_election import announce_election
from web.actions.appoint_trustees import appoint_trustees
from web.actions.close_election import close_election
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.app import build_app
from web.demo.shares import make_shares
from web.views import election_view, trustee_view

PEOPLE = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in (1, 2)]


@dataclass
class Trustee:
    id: int
    link: Path
    private: int


@dataclass
class Desk:
    coop: Cooperative
    trustees: list[Trustee]
    folder: Path

    def give(self, trustee: Trustee, content: bytes) -> Ran:
        path = self.folder / "given"
        path.write_bytes(content)
        return Ran("trustee", "give", path, "--link-file", trustee.link)


@pytest.fixture
def desk(coop: Cooperative, tmp_path: Path) -> Iterator[Desk]:
    coop.write_draft()
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        trustees = []
        for each in appoint_trustees(coop.service, coop.election, PEOPLE):
            link = tmp_path / f"link-{each.number}"
            link.write_text(f"http://127.0.0.1:{port}/en/start#{each.link_secret}\n")
            trustees.append(Trustee(each.id, link, make_private_key(os.urandom)))
        yield Desk(coop, trustees, tmp_path)


def test_keys_and_shares_are_handed_in(desk: Desk) -> None:
    coop = desk.coop
    for trustee in desk.trustees:
        ran = desk.give(trustee, make_public_key(trustee.private, os.urandom) + b"\n")
        assert (ran.code, ran.out) == (0, "The key was taken.\n")
    announce_election(coop.service, coop.election)
    open_election(coop.service, coop.election, "It is time.")
    close_election(coop.service, coop.election, "Nobody came.")
    start_tally(coop.service, coop.election)
    for number, trustee in enumerate(desk.trustees, 1):
        boxes = [
            (box.box, box.election, box.encrypted_tally)
            for box in trustee_view(coop.service, trustee.id).boxes
        ]
        shares = {
            box: {"decryption": share[0].decode(), "proofs": share[1].decode()}
            for box, share in make_shares(boxes, trustee.private).items()
        }
        ran = desk.give(trustee, json.dumps(shares).encode())
        assert (ran.code, f"{number} of 2" in ran.out) == (0, True)
    assert election_view(coop.service, coop.election).state == "tallied"


def test_a_private_key_is_never_sent(desk: Desk) -> None:
    """Who mixes her files up must not publish her key."""
    ran = desk.give(desk.trustees[0], b'"12345678901234567890"')
    assert ran.code == 2
    assert "neither a public key nor a share" in ran.err


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a":1}', b"\xff"])
def test_anything_else_is_wrong_use(desk: Desk, content: bytes) -> None:
    assert desk.give(desk.trustees[0], content).code == 2


def test_a_refusal_is_said_in_a_sentence(desk: Desk) -> None:
    key = make_public_key(desk.trustees[0].private, os.urandom)
    desk.trustees[0].link.write_text(
        desk.trustees[0].link.read_text().partition("#")[0] + "#not-her-secret"
    )
    ran = desk.give(desk.trustees[0], key)
    assert (ran.code, ran.err) == (
        1,
        "This link is not known. It may have been replaced by a newer one.\n",
    )


def test_a_service_that_is_not_there_is_exit_code_three(desk: Desk) -> None:
    desk.trustees[0].link.write_text("http://127.0.0.1:9/en/start#secret")
    key = make_public_key(desk.trustees[0].private, os.urandom)
    assert desk.give(desk.trustees[0], key).code == 3


@pytest.mark.parametrize("link", ["", "secret", "http://127.0.0.1/en/start", "ftp://x/y#z"])
def test_what_is_no_link_is_wrong_use(desk: Desk, link: str) -> None:
    desk.trustees[0].link.write_text(link)
    key = make_public_key(desk.trustees[0].private, os.urandom)
    assert desk.give(desk.trustees[0], key).code == 2
