"""The trustees of a served draft, each with a program of her own at the machine interface."""

import json
import os
from dataclasses import dataclass, field
from typing import Any

from ballots.credentials import sign_in_code
from tests.web.api.conftest import JSON, Site
from tests.web.serving import Answer
from web.actions.announce_election import announce_election
from web.actions.close_election import close_election
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.trustee_program import Made, Secret, make_step, read_page

# How the two who choose answer each contest.
CHOSEN = {"1": [0, 1, 0], "ranked": [2, 1, 0], "graded": [1, 3, 2]}


def bearer(secret: str) -> str:
    return f"Authorization: Bearer {sign_in_code(secret)}"


@dataclass
class Trustee:
    """One who works with a program of her own."""

    site: Site
    link: str
    key: Secret = field(default=0, repr=False)

    @property
    def page(self) -> Any:
        answer = self.site.get("/api/trustee", bearer(self.link))
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def post(self, path: str, body: object) -> Answer:
        raw = json.dumps(body).encode()
        return self.site.post(path, raw, JSON, bearer(self.link))

    def make(self) -> Made:
        return make_step(read_page(self.page), self.key, os.urandom)

    def give(self) -> Any:
        """Do the next step."""
        made = self.make()
        answer = self.post(made.path, made.body)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)


@dataclass
class Board:
    """The trustees of a draft."""

    site: Site
    trustees: list[Trustee]

    def steps(self) -> list[str]:
        return [trustee.page["step"] for trustee in self.trustees]

    def give_all(self, times: int = 1) -> None:
        for _ in range(times):
            for trustee in self.trustees:
                trustee.give()

    def tally(self) -> None:
        """From the draft to the tally; two vote on everything, and a third leaves it blank."""
        coop, service = self.site.coop, self.site.coop.service
        coop.announced = announce_election(service, coop.election, return_credentials=True)
        open_election(service, coop.election, "It is time.")
        contests = json.loads(self.site.get(f"/api/elections/{coop.election}").body)["contests"]
        chosen = [CHOSEN[contest["id"]] for contest in contests]
        blank = [[1, 0, 0] if contest["id"] == "1" else [0, 0, 0] for contest in contests]
        for college, ballot in (("supported", chosen), ("employee", chosen), ("community", blank)):
            coop.vote(college, 0, ballot)
        close_election(service, coop.election, "Nobody else came.")
        start_tally(service, coop.election)
