"""Returning officer and trustees of a simulated election, over the operator's interface."""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ballots.credentials import sign_in_code
from voting.contests import Contest, contest_object
from voting.members import CollegeId
from voting.roll import Roll
from web.client import Client, RefusedError
from web.demo.furnish import roll_csv
from web.trustee_program import KEY_STEPS, Secret, draw_secret, make_step, read_page
from web.trustee_values import TrusteePageView

_REASON: Final = "A simulated election. Etholiad efelychiedig."
_WEEK: Final = 7 * 24 * 3600
_TRIES: Final = 50


class NoCredentialsError(Exception):
    """The service keeps links and credentials to itself: it is not set up for simulations."""


@dataclass(frozen=True, slots=True)
class Box:
    """One college's box, and the credentials of its members."""

    college: CollegeId
    uuid: str
    election: bytes = field(repr=False)
    credentials: tuple[str, ...] = field(repr=False)


@dataclass(slots=True)
class _Trustee:
    """One trustee: her connection, and what she keeps in her key file."""

    client: Client
    secret: Secret = field(repr=False)

    @property
    def page(self) -> TrusteePageView:
        return read_page(self.client.get("/api/trustee"))

    def act(self, page: TrusteePageView) -> None:
        """Do what her page says is next."""
        made = make_step(page, self.secret, os.urandom)
        self.client.post(made.path, made.body)


@dataclass(slots=True)
class Office:
    """Runs one election.

    Attributes:
        client: with the operator's token.
        uuid: of the election, once it is written.
    """

    client: Client
    uuid: str = ""
    _trustees: list[_Trustee] = field(default_factory=list, repr=False)

    def import_roll(self, roll: Roll) -> None:
        """Make the made-up members the current roll."""
        csv = roll_csv(roll).decode()
        preview = self.client.post("/api/operator/roll", {"csv": csv})
        self.client.post("/api/operator/roll", {"csv": csv, "digest": preview["digest"]})

    def write_election(self, contests: Sequence[Contest]) -> None:
        """Draft, contests, calendar, rules."""
        title = {"en": "A simulated election", "cy": "Etholiad efelychiedig"}
        self.uuid = self.client.post("/api/operator/elections", {"title": title})["election"]
        for contest in contests:
            self.client.put(self._path(f"contests/{contest.id}"), contest_object(contest))
        now = int(time.time())
        self.client.put(self._path("calendar"), {"opens": now, "closes": now + _WEEK})
        self.client.put(self._path("rules"), {"open_small_boxes": True})

    def make_key(self, count: int, needed: int) -> None:
        """Appoint trustees, who make the key and rehearse."""
        people = [
            {"name": f"Simulated Trustee {n}", "email": f"trustee{n}@simulation.example"}
            for n in range(1, count + 1)
        ]
        body = {"trustees": people, "needed": needed}
        for appointed in self.client.put(self._path("trustees"), body)["trustees"]:
            if "link_secret" not in appointed:
                raise NoCredentialsError
            own = Client(self.client.base_url, sign_in_code(appointed["link_secret"]))
            page = read_page(own.get("/api/trustee"))
            self._trustees.append(_Trustee(own, draw_secret(page, os.urandom)))
        acted = True
        while acted:
            acted = False
            for trustee in self._trustees:
                page = trustee.page
                if page.step in KEY_STEPS:
                    trustee.act(page)
                    acted = True

    def announce(self) -> tuple[Box, ...]:
        """Announce and open; returns the boxes with everybody's credentials."""
        answer = self._act("announce", {"return_credentials": True, "reason": _REASON})
        shown = self.client.get(f"/api/elections/{self.uuid}")
        boxes = tuple(
            Box(
                CollegeId(box["college"]),
                box["box"],
                self.client.fetch(f"/objects/{box['election_object']}"),
                tuple(answer["credentials"][box["box"]]),
            )
            for box in shown["boxes"]
        )
        self._act("open", {"reason": _REASON})
        return boxes

    def close(self) -> None:
        """Close and start the tally."""
        self._act("close", {"reason": _REASON})
        self._act("tally", {})

    def shuffle_and_open(self) -> None:
        """As many trustees as are needed shuffle, where that is needed, and give their shares.

        The others have lost their keys.
        """
        able = self._trustees[: self._trustees[0].page.needed]
        for step in ("shuffle", "open"):
            for trustee in able:
                page = trustee.page
                if page.step == step:
                    trustee.act(page)

    def certify(self, passphrase: str) -> Mapping[str, Any]:
        """Certify, once a checkpoint covers the result; returns the election as it is then."""
        for left in reversed(range(_TRIES)):
            try:
                self._act("certify", {"passphrase": passphrase, "reason": _REASON})
                break
            except RefusedError as error:
                if error.code != "no-checkpoint" or not left:
                    raise
                time.sleep(0.2)
        view: Mapping[str, Any] = self.client.get(f"/api/elections/{self.uuid}")
        return view

    def close_connections(self) -> None:
        """Let them go."""
        for trustee in self._trustees:
            trustee.client.close()
        self.client.close()

    def _path(self, part: str) -> str:
        return f"/api/operator/elections/{self.uuid}/{part}"

    def _act(self, act: str, body: Mapping[str, object]) -> Any:
        return self.client.post(self._path(act), body)
