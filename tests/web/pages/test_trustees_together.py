"""Trustees who make one key together on their pages: three visits, wrong files named, shuffles."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ballots.pedersen import Context
from ballots.seeds import make_certificate
from tests.web.contests import BLANKS, MOTION, RANKED, choose
from tests.web.cooperative import Cooperative
from tests.web.pages.desk import Desk, Page, shares_field, sit_down, upload
from tests.web.trustees import TrusteePerson
from web.actions.appoint_trustees import Appointed, appoint_trustees
from web.actions.make_shared_key import give_certificate
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally

PEOPLE = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in (1, 2, 3)]


@dataclass
class Circle:
    """Three trustees of whom two are enough, at one desk in turn."""

    desk: Desk
    appointed: tuple[Appointed, ...]

    @property
    def coop(self) -> Cooperative:
        return self.desk.coop

    @property
    def people(self) -> list[TrusteePerson]:
        return self.coop.people

    def sit(self, place: int) -> TrusteePerson:
        self.desk.sign_in(self.appointed[place].link_secret)
        return self.people[place]

    def give_certificates(self) -> None:
        for person in self.people:
            person.give_certificate()

    def make_key(self) -> None:
        self.give_certificates()
        for person in self.people:
            person.give_polynomial()
        for person in self.people:
            person.give_verification_key()
        self.coop.trustees = [(person.id, person.private) for person in self.people]


@pytest.fixture
def circle(tmp_path: Path) -> Iterator[Circle]:
    desk = sit_down(tmp_path)
    coop = desk.coop
    coop.write_draft(MOTION, RANKED)
    appointed = appoint_trustees(coop.service, coop.election, PEOPLE, 2)
    coop.people = [TrusteePerson(coop.service, each.id) for each in appointed]
    circle = Circle(desk, appointed)
    circle.sit(0)
    yield circle
    coop.service.close()


def read_data(page: Page, hook: str) -> dict[str, Any]:
    """What a page hands to its script."""
    found = re.search(f"data-teg-{hook}>(.*?)</script>", page.html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def send_file(desk: Desk, page: str, raw: bytes | str, *, status: int = 422) -> Page:
    """Upload a file that a program made."""
    content = raw.encode() if isinstance(raw, str) else raw
    seen = desk.post(page, {"file": upload(content, "made.json")})
    assert seen.status == status, seen.page.words
    return desk.get(seen.location) if status == 303 else seen.page


def test_three_visits_make_the_key(circle: Circle) -> None:
    desk = circle.desk
    overview = desk.get("/trustee")
    assert "first of three short visits" in overview.words
    for words in ("2. Make your key: second visit", "5. Shuffle the votes", "6. Open the tally"):
        assert words in overview.words
    page = desk.get("/trustee/certificate")
    assert 'data-kind="threshold"' in page.html
    context = page.html.partition('data-context="')[2].partition('"')[0].replace("&#34;", '"')
    assert json.loads(context) == {"group": "Ed25519", "size": 3, "threshold": 2, "index": 1}
    assert f"teg-key-{circle.coop.election}-1.key" in page.html
    for place in range(3):
        person = circle.sit(place)
        given = {"certificate": person.certificate().decode(), "commitment": person.commitment()}
        words = desk.send("/trustee/certificate", given).words
        assert "the first visit is done" in words
    circle.sit(0)
    for place in range(3):
        person = circle.sit(place)
        data = read_data(desk.get("/trustee/polynomial"), "ceremony")
        assert data["certificates"] == list(person.page.certificates)
        assert data["commitments"] == list(person.page.commitments)
        assert (data["index"], data["threshold"]) == (place + 1, 2)
        words = desk.send("/trustee/polynomial", {"polynomial": person.polynomial().decode()}).words
        assert "the second visit is done" in words
        assert ("You wait for the other trustees" in words) == (place < 2)
    for place in range(3):
        person = circle.sit(place)
        page = desk.get("/trustee/verification-key")
        # Whoever sent what is wrong is named, in both sentences that blame her.
        assert page.html.count("<span data-teg-sender></span>") == 2
        data = read_data(page, "ceremony")
        assert data["gathered"] == person.page.gathered
        given = {"key": person.verification_key().decode()}
        assert "Your key is made" in desk.send("/trustee/verification-key", given).words
    assert circle.people[0].page.step == "rehearse"
    desk.language = "cy"
    assert "Ymarfer agor y cyfrif" in desk.get("/trustee").words
    assert desk.client.get("/cy/trustee/sealed-key").text.strip() == person.page.sealed_key


def test_nobody_goes_on_before_the_others(circle: Circle) -> None:
    desk = circle.desk
    person = circle.sit(0)
    person.give_certificate()
    for page in ("polynomial", "verification-key", "rehearse"):
        assert desk.client.get(f"/en/trustee/{page}").location == "/en/trustee"
    desk.get("/trustee")
    circle.people[1].give_certificate()
    circle.people[2].give_certificate()
    raw = person.polynomial().decode()
    early = '{"private_key":"","public_key":1}'
    for page, field in (("verification-key", early), ("certificate", "{}"), ("commitment", "x")):
        name = "key" if page == "verification-key" else page
        shown = desk.send(f"/trustee/{page}", {name: field})
        assert "not to do now" in shown.words
    desk.send("/trustee/polynomial", {"polynomial": raw})
    again = desk.send("/trustee/polynomial", {"polynomial": raw})
    assert "the second visit is done" in again.words
    other = person.polynomial().decode()
    assert other != raw
    shown = desk.send("/trustee/polynomial", {"polynomial": other})
    assert "You gave this part before" in shown.words


def test_a_program_of_her_own_commits_on_a_visit_between(circle: Circle) -> None:
    desk, person = circle.desk, circle.people[0]
    page = send_file(desk, "/trustee/certificate", person.certificate() + b"\n", status=303)
    assert "the first visit is done" in page.words
    for other in circle.people[1:]:
        other.give_certificate()
    assert "digest of your polynomial" in desk.get("/trustee").words
    page = desk.get("/trustee/commitment")
    assert "teg/commit/v1" in page.words
    certificates = desk.client.get("/en/trustee/certificates")
    assert certificates.text.splitlines() == list(person.page.certificates)
    assert "certs.jsons" in certificates.headers["Content-Disposition"]
    for digest in ("", "a" * 63, "g" * 64, "a" * 65, "é"):
        assert (
            'href="#commitment"' in desk.refuse("/trustee/commitment", {"commitment": digest}).html
        )
    digest = person.commitment().upper()
    page = desk.send("/trustee/commitment", {"commitment": f" {digest}\n"})
    assert "Your digest is kept" in page.words
    page = send_file(desk, "/trustee/polynomial", person.polynomial() + b"\n", status=303)
    assert "the second visit is done" in page.words


def test_what_was_not_committed_to_is_named(circle: Circle) -> None:
    person = circle.people[0]
    give_certificate(person.service, person.id, person.certificate(), "a" * 64)
    for other in circle.people[1:]:
        other.give_certificate()
    page = send_file(circle.desk, "/trustee/polynomial", person.polynomial())
    assert "not what you gave the digest of" in page.words
    assert person.page.step == "polynomial"


def bytes_of(number: int) -> Any:
    return lambda count: bytes([number]) * count


def test_wrong_files_are_named_for_what_they_are(circle: Circle) -> None:
    desk, person = circle.desk, circle.people[0]
    certificate = "/trustee/certificate"
    assert "your secret key" in send_file(desk, certificate, person.seed.text).words
    assert "your secret key" in send_file(desk, certificate, '"1234567890"').words
    assert (
        "the public half of a key" in send_file(desk, certificate, '{"pok":1,"public_key":2}').words
    )
    assert (
        "a share of a tally"
        in send_file(desk, certificate, '{"a":{"decryption":"","proofs":""}}').words
    )
    assert "something else" in send_file(desk, certificate, b"\xff\xfe").words
    assert "not empty" in send_file(desk, certificate, " \n").words
    large = desk.post_raw(certificate, "file", b"x" * (1024 * 1024 + 1))
    assert "too large" in large.page.words
    for seat in (Context(3, 2, 2), Context(3, 3, 1), Context(4, 2, 1)):
        raw = make_certificate(person.seed, seat, bytes_of(3))
        assert "for another place" in send_file(desk, certificate, raw).words
    taken = circle.people[1].certificate()
    circle.people[1].give_certificate()
    stolen = make_certificate(circle.people[1].seed, Context(3, 2, 1), bytes_of(4))
    assert taken != stolen
    assert "used before" in send_file(desk, certificate, stolen).words
    assert person.page.step == "certificate"


def test_parts_of_another_are_refused(circle: Circle) -> None:
    desk = circle.desk
    circle.give_certificates()
    other = circle.people[1].polynomial().decode()
    page = desk.refuse("/trustee/polynomial", {"polynomial": other})
    assert "not made with your key" in page.words
    for person in circle.people:
        person.give_polynomial()
    key = circle.people[1].verification_key().decode()
    page = desk.refuse("/trustee/verification-key", {"key": key})
    assert "file of another vote" in page.words
    assert circle.people[0].page.step == "verification-key"


def test_shuffles_in_turn_then_two_of_three_open(circle: Circle) -> None:
    desk, coop = circle.desk, circle.coop
    circle.make_key()
    coop.rehearse()
    coop.announce()
    open_election(coop.service, coop.election, "It is time.")
    coop.vote("supported", 0, choose((MOTION, RANKED), BLANKS))
    coop.close()
    start_tally(coop.service, coop.election)
    officer = f"/officer/elections/{coop.election}"

    first = circle.sit(0)
    assert desk.client.get("/en/trustee/open").location == "/en/trustee"
    data = read_data(desk.get("/trustee/shuffle"), "tally")
    assert [box["box"] for box in data["boxes"]] == [box.box for box in first.page.to_shuffle]
    made = {box: raw.decode() for box, raw in first.shuffle().items()}
    late = {box: {"shuffle": raw.decode()} for box, raw in circle.people[1].shuffle().items()}
    for wrong in ("", "{}", "[]", '{"b":1}', "[" * 50_000):
        assert 'href="#shuffles"' in desk.refuse("/trustee/shuffle", {"shuffles": wrong}).html
    some = json.dumps(dict(list(made.items())[:1]))
    assert "some boxes are missing" in desk.refuse("/trustee/shuffle", {"shuffles": some}).words
    bent = {box: raw.replace("1", "2", 1) for box, raw in made.items()}
    page = desk.refuse("/trustee/shuffle", {"shuffles": json.dumps(bent)})
    assert "not right for these votes" in page.words
    page = desk.send("/trustee/shuffle", {"shuffles": json.dumps(made)})
    assert "Shuffles so far: 1 of 2" in page.words
    assert "already" in desk.send("/trustee/shuffle", {"shuffles": json.dumps(made)}).words

    second = circle.sit(1)
    stale = desk.post("/trustee/shuffle", {"file": upload(json.dumps(late).encode())})
    assert stale.status == 409
    assert "Another trustee has shuffled meanwhile" in stale.page.words
    file = {box: {"shuffle": raw.decode()} for box, raw in second.shuffle().items()}
    page = send_file(desk, "/trustee/shuffle", json.dumps(file), status=303)
    assert "yours was the last shuffle needed" in page.words

    circle.sit(2)
    assert "Not needed" in desk.get("/trustee").words
    assert desk.client.get("/en/trustee/shuffle").location == "/en/trustee"
    share = shares_field(coop.share(2))
    page = send_file(desk, "/trustee/open", share, status=303)
    assert "Shares so far: 1 of 2" in page.words
    circle.sit(0)
    data = read_data(desk.get("/trustee/open"), "tally")
    assert data["sealed_key"] == first.page.sealed_key
    wrong_vote = json.dumps({"2" * 14: {"decryption": "{}", "proofs": "{}"}})
    assert "another vote" in send_file(desk, "/trustee/open", wrong_vote).words
    assert "your secret key" in send_file(desk, "/trustee/open", first.seed.text).words
    page = desk.send("/trustee/open", {"shares": shares_field(coop.share(0))})
    assert "the tally is open" in page.words
    # The second has lost her key: nobody needs it.
    circle.sit(1)
    words = desk.get("/trustee").words
    assert "your work is done" in words
    assert "Not needed" in words
    desk.sign_in(coop.set_up.officer_link_secret)
    page = desk.get(officer)
    assert "Ranking for several seats" in page.words or "Void: no result" in page.words
    assert "Shuffles given: 2 of 2" in page.words
    assert "Shares given: 2 of 2" in page.words
