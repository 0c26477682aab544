"""A trustee's pages: her public half and her share are taken once, and wrong ones named."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ballots.trustees import make_private_key, make_public_key
from tests.web.pages.desk import Desk, shares_field, sit_down
from web.actions.announce_election import announce_election
from web.actions.appoint_trustees import Appointed, appoint_trustees
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.actions.void_election import void_election
from web.pages.trustee.tally import UnreadableSharesError, read_shares
from web.views import TrusteePageView, trustee_view

PEOPLE = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in (1, 2)]


@dataclass
class Trustees:
    """Two trustees, the first of them signed in."""

    desk: Desk
    appointed: tuple[Appointed, ...]

    def view(self, place: int = 0) -> TrusteePageView:
        return trustee_view(self.desk.coop.service, self.appointed[place].id)

    def give_keys(self) -> None:
        for place, trustee in enumerate(self.appointed):
            private = make_private_key(os.urandom)
            self.desk.coop.trustees.append((trustee.id, private))
            self.desk.sign_in(trustee.link_secret)
            key = make_public_key(private, os.urandom, PEOPLE[place][0])
            self.desk.send("/trustee/key", {"public_key": key.decode()})
        self.desk.sign_in(self.appointed[0].link_secret)

    def start_tally(self) -> None:
        coop = self.desk.coop
        self.give_keys()
        coop.announced = announce_election(coop.service, coop.election, return_credentials=True)
        open_election(coop.service, coop.election, "It is time.")
        coop.vote("supported", 0, "for")
        coop.close()
        start_tally(coop.service, coop.election)


@pytest.fixture
def trustees(tmp_path: Path) -> Iterator[Trustees]:
    desk = sit_down(tmp_path)
    desk.coop.write_draft()
    appointed = appoint_trustees(desk.coop.service, desk.coop.election, PEOPLE)
    desk.sign_in(appointed[0].link_secret)
    yield Trustees(desk, appointed)
    desk.coop.service.close()


def test_she_is_told_what_to_do_now(trustees: Trustees) -> None:
    desk = trustees.desk
    page = desk.get("/trustee")
    assert "Please make your key now" in page.words
    assert "/en/trustee/key" in page.links
    assert "/en/trustee/open" not in page.links
    trustees.give_keys()
    page = desk.get("/trustee")
    assert "There is nothing to do now" in page.words
    assert "All trustees are needed here" in page.words
    assert "/en/trustee/key" not in page.links


def test_the_key_page_has_the_hooks_and_the_plain_words(trustees: Trustees) -> None:
    page = trustees.desk.get("/trustee/key")
    for hook in ("make-key", "make", "download", "key-form", "proof-file", "status"):
        assert f"data-teg-{hook}" in page.html
    name = f"teg-key-{trustees.desk.coop.election}-1.privkey"
    assert f'data-file="{name}"' in page.html
    assert 'data-name="Example Trustee 1"' in page.html
    assert "nobody can open the tally" in page.words
    assert "teg trustee key" in page.words
    file = next(entry for entry in page.fields if entry["type"] == "file")
    assert "name" not in file, "her key must never be in what a form sends"


def test_her_public_half_is_taken_once(trustees: Trustees) -> None:
    key = make_public_key(make_private_key(os.urandom), os.urandom).decode()
    page = trustees.desk.send("/trustee/key", {"public_key": key})
    assert "Your key is made" in page.words
    given = trustees.view().public_key
    assert given is not None
    again = trustees.desk.send("/trustee/key", {"public_key": key})
    assert "Your key is made" in again.words
    other = make_public_key(make_private_key(os.urandom), os.urandom).decode()
    page = trustees.desk.send("/trustee/key", {"public_key": other})
    assert "You gave another key before" in page.words
    assert trustees.view().public_key == given
    assert "made already" in trustees.desk.get(trustees_location(trustees)).words


def trustees_location(trustees: Trustees) -> str:
    answer = trustees.desk.client.get("/en/trustee/key")
    assert answer.status_code == 303
    return answer.headers["Location"]


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("", id="nothing"),
        pytest.param("{}", id="empty object"),
        pytest.param("not a key", id="words"),
        pytest.param("[" * 5000, id="deep"),
        pytest.param("1" * 20_000, id="long"),
        pytest.param('{"pok":{"challenge":"1","response":"1"},"public_key":"00"}', id="no point"),
    ],
)
def test_what_is_no_key_is_refused_at_the_button(trustees: Trustees, key: str) -> None:
    page = trustees.desk.refuse("/trustee/key", {"public_key": key})
    assert 'href="#make"' in page.html
    assert trustees.view().public_key is None


def test_a_key_of_another_is_refused(trustees: Trustees) -> None:
    key = make_public_key(make_private_key(os.urandom), os.urandom).decode()
    trustees.desk.send("/trustee/key", {"public_key": key})
    trustees.desk.sign_in(trustees.appointed[1].link_secret)
    page = trustees.desk.refuse("/trustee/key", {"public_key": key})
    assert "used before" in page.words
    assert trustees.view(1).public_key is None


def test_after_announcing_no_key_is_taken(trustees: Trustees) -> None:
    void_election(trustees.desk.coop.service, trustees.desk.coop.election, "A mistake.")
    key = make_public_key(make_private_key(os.urandom), os.urandom).decode()
    page = trustees.desk.send("/trustee/key", {"public_key": key})
    assert "No key can be given any more" in page.words
    assert "ended without a result" in page.words
    assert trustees.view().public_key is None


def test_the_tally_waits_until_it_is_started(trustees: Trustees) -> None:
    trustees.give_keys()
    page = trustees.desk.send("/trustee/open", {"shares": "{}"})
    assert "not waiting for your share" in page.words


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
    file = next(entry for entry in page.fields if entry["type"] == "file")
    assert "name" not in file

    share = shares_field(desk.coop.share(0))
    page = desk.send("/trustee/open", {"shares": share})
    assert "1 of 2 trustees" in page.words
    assert "when every trustee has given hers" in page.words
    again = desk.send("/trustee/open", {"shares": share})
    assert "You have given your share already" in again.words

    desk.language = "cy"
    desk.sign_in(trustees.appointed[1].link_secret)
    desk.get("/trustee/open")
    page = desk.send("/trustee/open", {"shares": shares_field(desk.coop.share(1))})
    assert "mae'r cyfrif ar agor" in page.words
    assert trustees.view().state == "tallied"
    assert "mae eich gwaith wedi'i wneud" in desk.get("/trustee").words


def test_the_share_of_another_is_refused(trustees: Trustees) -> None:
    trustees.start_tally()
    page = trustees.desk.refuse(
        "/trustee/open", {"shares": shares_field(trustees.desk.coop.share(1))}
    )
    assert "Your share is not right for this tally" in page.words
    assert 'href="#shares"' in page.html
    assert not trustees.view().has_shared


def test_a_share_of_some_boxes_only_is_refused(trustees: Trustees) -> None:
    trustees.start_tally()
    share = trustees.desk.coop.share(0)
    share.popitem()
    trustees.desk.refuse("/trustee/open", {"shares": shares_field(share)})
    assert not trustees.view().has_shared


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", "1", '"x"', '{"b":1}', '{"b":{"decryption":"x"}}',
        '{"b":{"decryption":1,"proofs":2}}', '{"b":null}', "[" * 100_000, "{" * 10,
        '{"b":{"decryption":"\\ud800","proofs":""}}',
    ],
)  # fmt: skip
def test_what_is_no_share_is_named_so(text: str) -> None:
    with pytest.raises(UnreadableSharesError):
        read_shares(text)


def test_no_share_is_said_at_the_field(trustees: Trustees) -> None:
    trustees.start_tally()
    page = trustees.desk.refuse("/trustee/open", {"shares": ""})
    assert "Choose the file with your key" in page.words


@pytest.mark.parametrize("path", ["/trustee", "/trustee/key", "/trustee/open"])
def test_her_pages_are_hers(trustees: Trustees, path: str) -> None:
    trustees.desk.sign_in(trustees.desk.coop.set_up.officer_link_secret)
    trustees.desk.get(path, status=403)
    trustees.desk.client = trustees.desk.app.test_client()
    trustees.desk.get(path, status=401)


def test_a_trustee_who_was_replaced_is_out(trustees: Trustees) -> None:
    appoint_trustees(trustees.desk.coop.service, trustees.desk.coop.election, PEOPLE)
    trustees.desk.get("/trustee", status=401)
