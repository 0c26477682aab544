"""A member, or anybody, at the pages: every page she gets is checked, in both languages."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ballots.credentials import sign_in_code
from tests.web.cooperative import CHARTER, Cooperative, found
from tests.web.pages.desk import Page
from voting.charter.charter import Charter
from voting.contests import Contest, Motion, Text
from web.pages.app import build_pages

# Member 2 of the made-up roll wants Easy Read, and so there is such a text.
MOTION = Motion(
    id="1",
    rule="ordinary",
    texts={
        "en": {
            "standard": Text("That the garden be bought", "The co-op buys it.\n\nIt costs £10."),
            "easy-read": Text("Shall we buy the garden?", "We like the garden."),
        },
        "cy": {
            "standard": Text("Bod yr ardd yn cael ei phrynu", "Mae'r cwmni'n ei phrynu."),
            "easy-read": Text("A ddylen ni brynu'r ardd?", "Rydyn ni'n hoffi'r ardd."),
        },
    },
)
TOO_EARLY = re.compile(r"\bseal|encrypt|amgrypt", re.IGNORECASE)


@dataclass
class Reader:
    """One browser."""

    coop: Cooperative
    app: Flask
    client: FlaskClient = field(repr=False)
    language: str = "en"

    def open(self, path: str, status: int = 200) -> Page:
        """A page with this status, and the same page in the other language."""
        page = self._fetch(self.language, path, status)
        other = "cy" if self.language == "en" else "en"
        assert f"/{other}{path}" in page.links, "the other language is not one press away"
        self._fetch(other, path, status)
        return page

    def _fetch(self, language: str, path: str, status: int) -> Page:
        answer = self.client.get(f"/{language}{path}")
        page = Page(answer.text)
        assert answer.status_code == status, page.words
        page.check()
        assert page.lang == language
        assert answer.headers["Cache-Control"] == "no-store"
        is_told_so = page.title.strip().startswith(("Error:", "Gwall:"))
        assert is_told_so == (status >= 400)
        assert not TOO_EARLY.search(page.words), "words that sound like done before it is"
        assert "%(" not in page.words
        return page

    def post(self, path: str, **values: str) -> TestResponse:
        """Send a form with its token."""
        token = Page(self.client.get(f"/{self.language}/start").text).forms[-1]["csrf"]
        address = f"/{self.language}{path}"
        return self.client.post(address, data={"csrf_token": token, **values})

    def start(self, secret: str) -> TestResponse:
        """Press Start, as the page's script lets her."""
        return self.post("/start", code=sign_in_code(secret))

    def become(self, number: int) -> tuple[str, int]:
        """Sign in as the member of this number; her college and the place of her credential."""
        assert self.coop.announced is not None
        colleges = {uuid: college for college, uuid in self.coop.announced.boxes.items()}
        for box, credentials in self.coop.announced.credentials.items():
            for place in range(len(credentials)):
                self.start(self.coop.credential(colleges[box], place))
                page = Page(self.client.get("/en/vote").text)
                if page.headings[0].endswith(f"Example Member {number}"):
                    return colleges[box], place
        raise AssertionError(f"nobody has number {number}")

    @property
    def vote(self) -> str:
        """Where her journey begins."""
        return f"/vote/{self.coop.election}"

    @property
    def public(self) -> str:
        """The observer's page."""
        return f"/elections/{self.coop.election}"


def sit(
    folder: Path, *contests: Contest, together: bool = False, charter: Charter = CHARTER
) -> Reader:
    """A co-op with a draft that is ready to be announced; the motion where nothing is said."""
    coop = found(
        folder / "data",
        charter=charter,
        help_phone="01632 960 123",
        help_email="votes@people.example",
    )
    coop.write_draft(*(contests or (MOTION,)))
    if together:
        coop.appoint_together()
    else:
        coop.appoint()
    app = build_pages(coop.service)
    return Reader(coop, app, app.test_client())
