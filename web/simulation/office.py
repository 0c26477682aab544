"""Returning officer and trustees of a simulated election, over the operator's interface."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ballots.credentials import sign_in_code
from ballots.trustees import make_private_key, make_public_key
from voting.members import CollegeId
from voting.roll import Roll
from web.client import Client, RefusedError
from web.demo.furnish import roll_csv
from web.demo.shares import make_shares

_REASON: Final = "A simulated election. Etholiad efelychiedig."
_TRUSTEES: Final = 2
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
class Office:
    """Runs one election.

    Attributes:
        client: with the operator's token.
        uuid: of the election, once it is written.
    """

    client: Client
    uuid: str = ""
    _trustees: list[tuple[Client, int]] = field(default_factory=list, repr=False)

    def import_roll(self, roll: Roll) -> None:
        """Make the made-up members the current roll."""
        csv = roll_csv(roll).decode()
        preview = self.client.post("/api/operator/roll", {"csv": csv})
        self.client.post("/api/operator/roll", {"csv": csv, "digest": preview["digest"]})

    def write_election(self) -> None:
        """Draft, motion, calendar, trustees and their keys."""
        title = {"en": "A simulated election", "cy": "Etholiad efelychiedig"}
        self.uuid = self.client.post("/api/operator/elections", {"title": title})["election"]
        self.client.put(self._path("motion"), _motion())
        now = int(time.time())
        self.client.put(self._path("calendar"), {"opens": now, "closes": now + _WEEK})
        self.client.put(self._path("rules"), {"open_small_boxes": True})
        people = [
            {"name": f"Simulated Trustee {n}", "email": f"trustee{n}@simulation.example"}
            for n in range(1, _TRUSTEES + 1)
        ]
        appointed = self.client.put(self._path("trustees"), {"trustees": people})["trustees"]
        for trustee, person in zip(appointed, people, strict=True):
            if "link_secret" not in trustee:
                raise NoCredentialsError
            own = Client(self.client.base_url, sign_in_code(trustee["link_secret"]))
            private = make_private_key(os.urandom)
            self._trustees.append((own, private))
            public = make_public_key(private, os.urandom, person["name"]).decode()
            own.post("/api/trustee/key", {"public_key": public})

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

    def give_shares(self) -> None:
        """Every trustee gives her share."""
        for client, private in self._trustees:
            work = client.get("/api/trustee")
            boxes = [(b["box"], b["election"], b["encrypted_tally"]) for b in work["boxes"]]
            shares = {
                box: {"decryption": decryption.decode(), "proofs": proofs.decode()}
                for box, (decryption, proofs) in make_shares(boxes, private).items()
            }
            client.post("/api/trustee/share", {"shares": shares})

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
        for client, _ in self._trustees:
            client.close()
        self.client.close()

    def _path(self, part: str) -> str:
        return f"/api/operator/elections/{self.uuid}/{part}"

    def _act(self, act: str, body: Mapping[str, object]) -> Any:
        return self.client.post(self._path(act), body)


def _motion() -> dict[str, object]:
    english = {"title": "Shall the simulation pass?", "body": "Nobody is asked anything here."}
    welsh = {"title": "A ddylai'r efelychiad basio?", "body": "Ni ofynnir dim i neb yma."}
    return {
        "id": "1",
        "rule": "ordinary",
        "texts": {
            "en": {"standard": english, "easy-read": english},
            "cy": {"standard": welsh, "easy-read": welsh},
        },
    }
