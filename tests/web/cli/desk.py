"""Trustees with links of their own at a served draft, for tests of their commands."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballots.seeds import Seed
from tests.web.api.conftest import ASSETS
from tests.web.cli.program import Ran
from tests.web.cooperative import Cooperative
from tests.web.serving import serving
from voting.contests import Contest
from web.actions.announce_election import announce_election
from web.actions.appoint_trustees import appoint_trustees
from web.actions.close_election import close_election
from web.actions.give_share import give_share
from web.actions.give_shuffle import give_shuffle
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.api.trustee import ShareBody, share_bytes
from web.app import build_app
from web.trustee_program import make_step
from web.trustee_values import TrusteePageView
from web.views import trustee_view


@dataclass
class Seat:
    """One trustee: her link, and her key file."""

    coop: Cooperative
    id: int
    link: Path
    key: Path

    @property
    def page(self) -> TrusteePageView:
        return trustee_view(self.coop.service, self.id)

    def make_key(self, key: Path | None = None) -> Ran:
        key = key or self.key
        return Ran("trustee", "make-key", "--link-file", self.link, "--key", key)

    def act(self) -> None:
        """What she does after voting, by program."""
        seed = Seed(self.key.read_text())
        made = make_step(self.page, seed, os.urandom)
        parts: Any = made.body
        if made.step == "shuffle":
            shuffles = parts["shuffles"].items()
            give_shuffle(
                self.coop.service, self.id, {box: one["shuffle"].encode() for box, one in shuffles}
            )
        else:
            shares = ShareBody.model_validate(parts)
            give_share(self.coop.service, self.id, share_bytes(shares))

    def give(self, file: Path) -> Ran:
        return Ran("trustee", "give", file, "--link-file", self.link)

    def give_content(self, content: bytes) -> Ran:
        file = self.key.with_name("given")
        file.write_bytes(content)
        return self.give(file)


@dataclass
class Desk:
    """A served co-operative with a draft and its trustees."""

    coop: Cooperative
    url: str
    folder: Path
    seats: list[Seat]

    def make_keys(self) -> None:
        """Every trustee runs `make-key` until nothing is left to do."""
        for _ in range(4):
            for seat in self.seats:
                ran = seat.make_key()
                assert ran.code == 0, ran.err

    def tally(self, *ballots: list[list[int]]) -> None:
        """From the draft to the tally, with these ballots of the first members."""
        coop, service = self.coop, self.coop.service
        coop.announced = announce_election(service, coop.election, return_credentials=True)
        open_election(service, coop.election, "It is time.")
        for college, ballot in zip(("supported", "employee", "community"), ballots, strict=False):
            coop.vote(college, 0, ballot)
        close_election(service, coop.election, "Nobody else came.")
        start_tally(service, coop.election)
        service.keeper.publish()


DeskMaker = Callable[..., Desk]


@contextmanager
def served(coop: Cooperative, folder: Path) -> Iterator[DeskMaker]:
    """Makes drafts with trustees, at a service that runs."""
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        url = f"http://127.0.0.1:{port}"

        def make(*contests: Contest, count: int = 3, needed: int = 2) -> Desk:
            uuid = coop.write_draft(*contests)
            people = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in range(count)]
            seats = []
            for each in appoint_trustees(coop.service, uuid, people, needed):
                link = folder / f"{uuid}-{each.number}.link"
                link.write_text(f"{url}/en/start#{each.link_secret}\n")
                seats.append(Seat(coop, each.id, link, folder / f"{uuid}-{each.number}.key"))
            return Desk(coop, url, folder, seats)

        yield make
