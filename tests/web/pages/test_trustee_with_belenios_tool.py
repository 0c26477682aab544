"""A trustee makes her key with the independent tool, by the very commands that her pages show."""

import html
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ballots.seeds import Seed
from tests.conftest import Tool
from tests.web.pages.desk import Desk, Page, sit_down, upload
from tests.web.trustees import TrusteePerson
from web.actions.appoint_trustees import appoint_trustees

pytestmark = pytest.mark.peer

PEOPLE = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in (1, 2, 3)]


@dataclass
class Herself:
    """The first of three trustees, at her desk with the tool."""

    desk: Desk
    tool: Tool
    folder: Path

    def command(self, page: str, which: str) -> list[str]:
        """The words of a command that a page shows."""
        text = self.desk.client.get(f"/en/trustee/{page}").text
        shown = (html.unescape(each) for each in re.findall(r"<code>(.*?)</code>", text, re.DOTALL))
        return shlex.split(next(each for each in shown if which in each))

    def run(self, page: str, which: str, key: str = "") -> str:
        """Run it as she would, redirections too."""
        words = [key if word == "KEY" else word for word in self.command(page, which)]
        stdin = self.redirected(words, "<")
        out = self.redirected(words, ">")
        until = min(words.index(sign) if sign in words else len(words) for sign in "<>")
        given = (self.folder / stdin).read_text() if stdin else ""
        done = self.tool(*words[1:until], cwd=self.folder, stdin=given)
        assert done.returncode == 0, done.stderr
        if out:
            (self.folder / out).write_text(done.stdout)
        return done.stdout

    def redirected(self, words: list[str], sign: str) -> str:
        return words[words.index(sign) + 1] if sign in words else ""

    def save(self, page: str, name: str) -> None:
        (self.folder / name).write_text(self.desk.client.get(f"/en/trustee/{page}").text)

    def send(self, page: str, name: str) -> Page:
        seen = self.desk.post(f"/trustee/{page}", {"file": upload(self.read(name), name)})
        assert seen.status == 303, seen.page.words
        return self.desk.get("/trustee")

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@pytest.fixture
def herself(tmp_path: Path, belenios_tool: Tool) -> Iterator[Herself]:
    desk = sit_down(tmp_path)
    desk.coop.write_draft()
    appointed = appoint_trustees(desk.coop.service, desk.coop.election, PEOPLE, 2)
    desk.coop.people = [TrusteePerson(desk.coop.service, each.id) for each in appointed]
    desk.sign_in(appointed[0].link_secret)
    folder = tmp_path / "hers"
    folder.mkdir()
    yield Herself(desk, belenios_tool, folder)
    desk.coop.service.close()


def test_her_pages_lead_her_through_it(herself: Herself) -> None:
    own, *others = herself.desk.coop.people
    herself.run("certificate", "--step 1")
    (key,) = (path.name for path in herself.folder.glob("*.key"))
    (certificate,) = (path.name for path in herself.folder.glob("*.cert"))
    refused = herself.desk.post("/trustee/certificate", {"file": upload(herself.read(key), key)})
    assert "your secret key" in refused.page.words
    herself.send("certificate", certificate)
    for other in others:
        other.give_certificate()

    herself.save("certificates", "certs.jsons")
    herself.run("commitment", "--step 3", key)
    python = herself.command("commitment", "python3")
    digest = subprocess.run(
        [sys.executable, *python[1:]], cwd=herself.folder, capture_output=True, check=True
    ).stdout.decode()
    herself.desk.send("/trustee/commitment", {"commitment": digest})
    herself.send("polynomial", "polynomial.json")
    for other in others:
        other.give_polynomial()

    herself.save("gathered", "trustee-1.vinput")
    herself.run("verification-key", "--step 5", key)
    herself.send("verification-key", "verification.json")
    for other in others:
        other.give_verification_key()
    own.seed = Seed(herself.read(key).decode().strip())
    own.rehearse()
    assert own.page.rehearsed
