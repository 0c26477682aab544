"""A trustee's pages where each has a key of her own: taken once, and wrong ones named."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ballots.keys import make_public_key
from tests.web.pages.desk import Desk, shares_field, sit_down
from tests.web.trustees import TrusteePerson, make_rehearsal_share
from web.actions.announce_election import announce_election
from web.actions.appoint_trustees import Appointed, appoint_trustees
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.actions.void_election import void_election
from web.views import TrusteePageView

PEOPLE = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in (1, 2)]


@dataclass
class Trustees:
    """Two trustees, the first of them signed in."""

    desk: Desk
    appointed: tuple[Appointed, ...]

    def view(self, place: int = 0) -> TrusteePageView:
        return self.desk.coop.people[place].page

    def key(self, place: int = 0) -> str:
        return make_public_key(self.desk.coop.people[place].single, os.urandom).decode()

    def give_keys(self) -> None:
        coop = self.desk.coop
        for place, trustee in enumerate(self.appointed):
            self.desk.sign_in(trustee.link_secret)
            self.desk.send("/trustee/key", {"public_key": self.key(place)})
        coop.trustees = [(person.id, person.private) for person in coop.people]
        self.desk.sign_in(self.appointed[0].link_secret)

    def start_tally(self) -> None:
        coop = self.desk.coop
        self.give_keys()
        coop.rehearse()
        coop.announced = announce_election(coop.service, coop.election, return_credentials=True)
        open_election(coop.service, coop.election, "It is time.")
        coop.vote("supported", 0, "for")
        coop.close()
        start_tally(coop.service, coop.election)


@pytest.fixture
def trustees(tmp_path: Path) -> Iterator[Trustees]:
    desk = sit_down(tmp_path)
    coop = desk.coop
    coop.write_draft()
    appointed = appoint_trustees(coop.service, coop.election, PEOPLE)
    coop.people = [TrusteePerson(coop.service, each.id) for each in appointed]
    desk.sign_in(appointed[0].link_secret)
    yield Trustees(desk, appointed)
    coop.service.close()


def test_she_is_told_what_to_do_now_and_her_whole_way(trustees: Trustees) -> None:
    desk = trustees.desk
    page = desk.get("/trustee")
    assert "Please make your key now" in page.words
    for words in ("1. Make your key", "2. Rehearse the opening", "3. Open the tally"):
        assert words in page.words
    assert "Shuffle" not in page.words
    assert "/en/trustee/key" in page.links
    assert "/en/trustee/open" not in page.links
    trustees.give_keys()
    page = desk.get("/trustee")
    assert "Please rehearse the opening now" in page.words
    assert "All trustees are needed here" in page.words
    assert "/en/trustee/key" not in page.links
    desk.coop.rehearse()
    assert "There is nothing to do now" in desk.get("/trustee").words


def test_the_key_page_has_the_hooks_and_the_plain_words(trustees: Trustees) -> None:
    page = trustees.desk.get("/trustee/key")
    for hook in ("make-key", "make", "key-form", "status", "submit"):
        assert f"data-teg-{hook}" in page.html
    for hook in ("download", "proof-file"):
        for copy in (1, 2):
            assert f'data-teg-{hook}="{copy}"' in page.html
    name = f"teg-key-{trustees.desk.coop.election}-1.privkey"
    assert f'data-file="{name}"' in page.html
    assert 'data-kind="single"' in page.html
    assert 'data-name="Example Trustee 1"' in page.html
    assert "nobody can open the tally" in page.words
    assert "teg trustee make-key" in page.words
    files = [entry for entry in page.fields if entry["type"] == "file" and "name" not in entry]
    assert len(files) == 2, "what she chooses stays on her computer"


def test_her_key_is_taken_once(trustees: Trustees) -> None:
    key = {"public_key": trustees.key()}
    page = trustees.desk.send("/trustee/key", key)
    assert "Your key is made" in page.words
    given = trustees.view().public_key
    assert "Your key is made" in trustees.desk.send("/trustee/key", key).words
    other = trustees.key(1)
    page = trustees.desk.send("/trustee/key", {"public_key": other})
    assert "You gave another key before" in page.words
    assert trustees.view().public_key == given


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "Make your key first"),
        ("no key", "something else"),
        ("x" * 20_000, "something else"),
        ('{"pok":1,"public_key":2}', "did not arrive whole"),
        ('"123456789"', "your secret key"),
        ("[" * 5000, "something else"),
    ],
    ids=["nothing", "words", "long", "form", "private half", "deep"],
)
def test_what_is_no_key_is_refused_at_its_place(trustees: Trustees, key: str, words: str) -> None:
    page = trustees.desk.refuse("/trustee/key", {"public_key": key})
    assert 'href="#make"' in page.html
    assert words in page.words
    assert trustees.view().public_key is None


def test_the_key_of_another_is_refused(trustees: Trustees) -> None:
    key = trustees.key()
    trustees.desk.send("/trustee/key", {"public_key": key})
    trustees.desk.sign_in(trustees.appointed[1].link_secret)
    page = trustees.desk.refuse("/trustee/key", {"public_key": key})
    assert "used before" in page.words
    assert trustees.view(1).public_key is None


def test_after_announcing_no_key_is_taken(trustees: Trustees) -> None:
    void_election(trustees.desk.coop.service, trustees.desk.coop.election, "A mistake.")
    page = trustees.desk.send("/trustee/key", {"public_key": trustees.key()})
    assert "No key can be given any more" in page.words
    assert "ended without a result" in page.words
    assert trustees.view().public_key is None


@pytest.mark.parametrize(
    "page",
    [
        *("certificate", "commitment", "polynomial", "verification-key", "rehearse", "shuffle"),
        *("open", "sealed-key", "certificates", "gathered"),
    ],
)
def test_a_page_out_of_its_turn_leads_to_what_is_to_do(trustees: Trustees, page: str) -> None:
    desk = trustees.desk
    assert desk.client.get(f"/en/trustee/{page}").location == "/en/trustee"
    words = desk.get("/trustee").words
    assert "not to do now" in words or "not waiting for your share" in words
    if page not in ("sealed-key", "certificates", "gathered"):
        sent = dict.fromkeys(("certificate", "polynomial", "key", "shares", "shuffles"), "{}")
        assert desk.post(f"/trustee/{page}", {**sent, "commitment": "a" * 64}).status == 303


def share_of(person: TrusteePerson) -> tuple[bytes, bytes]:
    share = make_rehearsal_share(person.service, person.id, person.private)
    return share.decryption, share.proofs


def test_she_rehearses_with_her_own_key(trustees: Trustees) -> None:
    trustees.give_keys()
    desk, people = trustees.desk, trustees.desk.coop.people
    page = desk.get("/trustee/rehearse")
    assert "second copy" in page.words
    raw = page.html.partition("data-teg-tally>")[2].partition("</script>")[0]
    tally = json.loads(raw)
    assert tally["public_key"] == trustees.view().public_key
    assert tally["sealed_key"] is None
    (box,) = tally["boxes"]
    wrong = share_of(people[1])
    field = {"shares": shares_field({box["box"]: wrong})}
    assert "not right for this tally" in desk.refuse("/trustee/rehearse", field).words
    right = share_of(people[0])
    field = {"shares": shares_field({"2" * 14: right})}
    assert "belongs to another vote" in desk.refuse("/trustee/rehearse", field).words
    assert not trustees.view().rehearsed
    page = desk.send("/trustee/rehearse", {"shares": shares_field({box["box"]: right})})
    assert "You have rehearsed" in page.words
    assert trustees.view().rehearsed


def test_the_tally_is_opened_by_all_together(trustees: Trustees) -> None:
    trustees.start_tally()
    desk = trustees.desk
    assert "Please open the tally now" in desk.get("/trustee").words
    page = desk.get("/trustee/open")
    raw = page.html.partition("data-teg-tally>")[2].partition("</script>")[0]
    tally = json.loads(raw)
    assert tally["public_key"] == trustees.view().public_key
    assert [box["box"] for box in tally["boxes"]] == [box.box for box in trustees.view().boxes]
    assert tally["boxes"][0]["election"] == trustees.view().boxes[0].election

    share = shares_field(desk.coop.share(0))
    page = desk.send("/trustee/open", {"shares": share})
    assert "Shares so far: 1 of 2" in page.words
    assert "when 2 trustees have given theirs" in " ".join(page.words.split())
    again = desk.send("/trustee/open", {"shares": share})
    assert "You have given your share already" in again.words

    desk.language = "cy"
    desk.sign_in(trustees.appointed[1].link_secret)
    desk.get("/trustee/open")
    page = desk.send("/trustee/open", {"shares": shares_field(desk.coop.share(1))})
    assert "mae'r cyfrif ar agor" in page.words
    assert trustees.view().state == "tallied"
    assert "mae eich gwaith wedi'i wneud" in desk.get("/trustee").words


def test_wrong_shares_are_refused_by_name(trustees: Trustees) -> None:
    trustees.start_tally()
    desk, own = trustees.desk, trustees.desk.coop.share(0)
    page = desk.refuse("/trustee/open", {"shares": shares_field(desk.coop.share(1))})
    assert "Your share is not right for this tally" in page.words
    assert 'href="#shares"' in page.html
    own.popitem()
    some = desk.refuse("/trustee/open", {"shares": shares_field(own)})
    assert "belongs to another vote, or some boxes are missing" in some.words
    assert "Choose the file with your key" in desk.refuse("/trustee/open", {"shares": ""}).words
    assert not trustees.view().has_shared


@pytest.mark.parametrize("role", ["nobody", "officer"])
def test_her_pages_are_hers(trustees: Trustees, role: str) -> None:
    desk, wanted = trustees.desk, 401 if role == "nobody" else 403
    desk.client = desk.app.test_client()
    if role == "officer":
        desk.sign_in(desk.coop.set_up.officer_link_secret)
    rules = [rule for rule in desk.app.url_map.iter_rules() if rule.endpoint.startswith("trustee.")]
    assert len(rules) == 12
    for rule in rules:
        address = rule.rule.replace("<language:language>", "en")
        assert desk.client.get(address).status_code == wanted, address
        if "POST" in (rule.methods or ()):
            assert desk.post(address, {}).status == wanted, address


def test_a_trustee_who_was_replaced_is_out(trustees: Trustees) -> None:
    appoint_trustees(trustees.desk.coop.service, trustees.desk.coop.election, PEOPLE)
    trustees.desk.get("/trustee", status=401)
