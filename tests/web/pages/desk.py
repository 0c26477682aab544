"""An officer or a trustee at the pages: a client that keeps her session and checks each page."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from ballots.credentials import sign_in_code
from tests.web.cooperative import Cooperative, found, make_csv
from tests.web.trustees import TrusteePerson, make_key_together
from web.pages.app import build_pages
from web.views import election_view

VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "rect", "line", "path"})
# An open tag of these that is never closed changes what every reader is told.
CLOSED = frozenset(
    {
        "a",
        "button",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "form",
        "h1",
        "h2",
        "h3",
        "label",
        "legend",
    }
    | {"li", "main", "noscript", "ol", "p", "section", "span", "strong", "table", "td", "textarea"}
    | {"th", "tr", "ul"}
)


class Page(HTMLParser):
    """A page as a reader without eyes for layout has it: title, headings, fields, words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.title = ""
        self.headings: list[str] = []
        self.lang = ""
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.links: list[str] = []
        self.described: list[str] = []
        self.words = ""
        self._open: list[str] = []
        self._textarea: dict[str, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "html":
            self.lang = values["lang"]
        if tag == "label":
            self.labelled.add(values["for"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "form":
            self.forms.append({"method": "get", "csrf": "", **values})
        self.described += values.get("aria-describedby", "").split()
        self.described += values.get("aria-labelledby", "").split()
        if tag in ("input", "textarea", "select"):
            self._take_field(tag, values)
        assert "style" not in values, "the content policy forbids inline styles"
        assert not any(name.startswith("on") for name in values), "no inline scripts"
        if tag not in VOID:
            self._open.append(tag)
        if tag == "h1":
            self.headings.append("")

    def _take_field(self, tag: str, values: dict[str, str]) -> None:
        values = {"tag": tag, "type": "text", "value": "", **values}
        if values.get("name") == "csrf_token":
            self.forms[-1]["csrf"] = values["value"]
            return
        self.fields.append(values)
        if tag == "textarea":
            self._textarea = values

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert tag in self._open, f"</{tag}> closes nothing"
        while (closed := self._open.pop()) != tag:
            assert closed not in CLOSED, f"<{closed}> is left open before </{tag}>"
        self._textarea = None

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if "h1" in self._open:
            self.headings[-1] += data
        if self._textarea is not None:
            self._textarea["value"] += data.removeprefix("\n")
        if not {"script", "style", "title"} & set(self._open):
            self.words += data

    def value(self, name: str) -> str:
        """What stands in a field; for radio buttons and boxes, the one that is chosen."""
        for entry in self.fields:
            is_shown = entry["type"] not in ("radio", "checkbox") or "checked" in entry
            if entry.get("name") == name and is_shown:
                return entry["value"]
        return ""

    def check(self) -> None:
        """What must be true of every page."""
        assert len(self.headings) == 1
        assert self.title.strip()
        assert len(self.ids) == len(set(self.ids)), "an id stands twice"
        for entry in self.fields:
            if entry["type"] != "hidden":
                assert entry["id"] in self.labelled, f"no label: {entry}"
        missing = [each for each in self.described if each not in self.ids]
        assert not missing, f"described by what is not there: {missing}"
        for link in self.links:
            assert not link.startswith("#") or link[1:] in self.ids, f"leads nowhere: {link}"
        for form in self.forms:
            assert form["method"] == "get" or form["csrf"], "a form without its token"


@dataclass
class Seen:
    """An answer, with its page when it has one."""

    status: int
    location: str
    page: Page


@dataclass
class Desk:
    """One person at the pages of a made-up co-operative."""

    coop: Cooperative
    app: Flask
    client: FlaskClient = field(repr=False)
    language: str = "en"

    def sign_in(self, secret: str) -> None:
        """Start with a personal link, as its page's script does."""
        self.client = self.app.test_client()
        self.get("/start")
        seen = self.post("/start", {"code": sign_in_code(secret)})
        assert seen.status == 303

    def get(self, path: str, *, status: int = 200, **headers: str) -> Page:
        """A page that must be there, checked."""
        answer = self.client.get(self._address(path), headers=headers)
        page = Page(answer.get_data(as_text=True))
        assert answer.status_code == status, page.words
        if status != 303 and "HX-Request" not in headers:
            page.check()
            assert page.lang == self.language
            if "/officer" in path or "/trustee" in path:
                assert " ".join(page.headings[0].split()) in " ".join(page.title.split())
        return page

    def post(self, path: str, data: Mapping[str, Any], *, token: bool = True) -> Seen:
        """Send a form; a page that answers it is checked."""
        address = self._address(path)
        fields = dict(data)
        if token:
            fields["csrf_token"] = self._token()
        answer = self.client.post(address, data=fields, content_type="multipart/form-data")
        page = Page(answer.get_data(as_text=True))
        if answer.status_code not in (302, 303):
            page.check()
        return Seen(answer.status_code, answer.headers.get("Location", ""), page)

    def post_raw(self, path: str, name: str, raw: bytes) -> Seen:
        """Upload one large file; the client's own way would leave a spool file open."""
        parts = [
            b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n',
            self._token().encode(),
            f'\r\n--x\r\nContent-Disposition: form-data; name="{name}"; '.encode(),
            b'filename="roll.csv"\r\n\r\n' + raw + b"\r\n--x--\r\n",
        ]
        answer = self.client.post(
            self._address(path),
            data=b"".join(parts),
            content_type="multipart/form-data; boundary=x",
        )
        return Seen(answer.status_code, "", Page(answer.get_data(as_text=True)))

    def send(self, path: str, data: Mapping[str, Any]) -> Page:
        """Send a form that must be taken, and follow to the page that then is shown."""
        seen = self.post(path, data)
        assert seen.status == 303, seen.page.words
        return self.get(seen.location)

    def refuse(self, path: str, data: Mapping[str, Any], status: int = 422) -> Page:
        """Send a form that must be refused: the page says so in its title and at its top."""
        seen = self.post(path, data)
        assert seen.status == status, seen.page.words
        assert seen.page.title.startswith(("Error:", "Gwall:"))
        assert "govuk-error-summary" in seen.page.html
        return seen.page

    def _address(self, path: str) -> str:
        return path if path.startswith(("/en/", "/cy/")) else f"/{self.language}{path}"

    def _token(self) -> str:
        page = Page(self.client.get(f"/{self.language}/start").get_data(as_text=True))
        return next(form["csrf"] for form in page.forms if form["csrf"])


def sit_down(folder: Path, *, colleges: list[str] | None = None) -> Desk:
    """Found a co-operative and let its returning officer sign in."""
    coop = found(folder / "data", colleges=colleges)
    app = build_pages(coop.service)
    desk = Desk(coop, app, app.test_client())
    desk.sign_in(coop.set_up.officer_link_secret)
    return desk


def csv_file(colleges: list[str], name: str = "roll.csv") -> tuple[Any, str]:
    """A roll as a browser uploads it."""
    return upload(make_csv(colleges), name)


def upload(raw: bytes, name: str = "roll.csv") -> tuple[Any, str]:
    """Bytes as a browser uploads them."""
    return BytesIO(raw), name


def packed(raw: bytes) -> str:
    """A file as the confirmation form carries it."""
    return base64.b64encode(raw).decode()


def shares_field(shares: Mapping[str, tuple[bytes, bytes]]) -> str:
    """A trustee's shares as her page's script writes them."""
    return json.dumps(
        {
            box: {"decryption": decryption.decode(), "proofs": proofs.decode()}
            for box, (decryption, proofs) in shares.items()
        }
    )


def give_keys(desk: Desk) -> None:
    """The trustees make their keys and rehearse, as they would on their own pages."""
    coop = desk.coop
    view = election_view(coop.service, coop.election)
    coop.people = [TrusteePerson(coop.service, trustee.id) for trustee in view.trustees]
    if view.trustees_needed < len(coop.people):
        make_key_together(coop.people)
    else:
        for person in coop.people:
            person.give_single_key()
    coop.trustees = [(person.id, person.private) for person in coop.people]
    coop.rehearse()
