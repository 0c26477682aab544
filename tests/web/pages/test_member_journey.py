"""A member's way from her link to the box; and every page at which it ends otherwise."""

import json
import re

import pytest

from tests.web.cooperative import CLOSES, import_csv, make_csv
from tests.web.pages.desk import Page
from tests.web.pages.reader import Reader
from web.actions.announce_election import announce_election
from web.actions.close_election import close_election
from web.actions.open_election import open_election
from web.actions.void_election import void_election
from web.actions.write_contests import write_contest
from web.actions.write_election import create_election, set_calendar
from web.views import election_view


@pytest.fixture
def opened(reader: Reader) -> Reader:
    reader.coop.announce()
    open_election(reader.coop.service, reader.coop.election, "It is time.")
    return reader


def attributes(html: str, mark: str) -> dict[str, str]:
    """The data attributes of the element that has this mark."""
    found = re.search(rf"<\w+ [^>]*{mark}[^>]*>", html)
    assert found is not None, f"no {mark}"
    return dict(re.findall(r'data-([a-z-]+)="([^"]*)"', found[0].replace("&#34;", "&quot;")))


def test_the_whole_way(opened: Reader) -> None:
    college, place = opened.become(2)
    coop, vote = opened.coop, opened.vote

    assert "Not started" in opened.open("/vote").words
    about = opened.open(f"{vote}/about")
    assert about.headings == ["Shall we buy the garden?"]
    weight = opened.open(f"{vote}/weight")
    assert "51 of every 100 votes belong to this group: People we support." in weight.words
    assert f"/en{vote}/contest/1" in weight.links

    contest = opened.open(f"{vote}/contest/1")
    assert [field["value"] for field in contest.fields] == ["for", "against", "blank"]
    assert not contest.forms, "what is no form can never be posted"
    assert attributes(contest.html, "data-teg-choose") == {
        "election": coop.election,
        "contest": "1",
        "form": "motion",
        "next": f"/en{vote}/check",
        "error-title": f"Error: {contest.title}",
    }

    check = opened.open(f"{vote}/check")
    said = attributes(check.html, "data-teg-check")
    assert said["college-box"] == coop.box(college)
    assert said["public-credential"] == coop.public(college, place)
    assert said["post"] == f"/api/boxes/{coop.box(college)}/ballots"
    assert said["done"] == f"/en{vote}/done"
    assert json.loads(said["contests"].replace("&quot;", '"')) == ["1"]
    assert not check.forms
    opened.open(f"{vote}/done", 409)

    receipt = coop.vote(college, place, "for")
    done = opened.open(f"{vote}/done")
    assert done.headings == ["Your vote is in the box"]
    groups = [receipt.tracker[start : start + 4] for start in range(0, len(receipt.tracker), 4)]
    assert " ".join(groups) in done.words
    assert "teg-qr" in done.html
    assert "01632" in done.words
    assert "Your vote is in the box" in opened.open("/vote").words.replace("your vote", "Your vote")
    for page in (done, opened.open("/vote")):
        assert "data-choice" not in page.html


def test_the_three_answers_differ_in_nothing_but_their_words(opened: Reader) -> None:
    opened.become(1)
    html = opened.open(f"{opened.vote}/contest/1").html
    cards = re.findall(r'<div class="govuk-radios__item teg-choice">.*?</div>', html, re.DOTALL)
    plain = {
        re.sub(r"<svg.*?</svg>|<span>.*?</span>|for|against|blank", "", card, flags=re.DOTALL)
        for card in cards
    }
    assert len(cards) == 3
    assert len(plain) == 1
    assert " checked" not in html


def test_each_member_first_sees_her_own_text_and_may_switch(opened: Reader) -> None:
    opened.become(2)
    assert opened.open(f"{opened.vote}/about").headings == ["Shall we buy the garden?"]
    page = opened.open(f"{opened.vote}/about?text=standard")
    assert page.headings == ["That the garden be bought"]
    assert f"/en{opened.vote}/weight?text=standard" in page.links
    opened.become(1)
    page = opened.open(f"{opened.vote}/about")
    assert page.headings == ["That the garden be bought"]
    assert f"/en{opened.vote}/about?text=easy-read" in page.links
    page = opened.open(f"{opened.vote}/about?text=nonsense")
    assert page.headings == ["That the garden be bought"]
    assert not [link for link in page.links if "nonsense" in link and "/cy/" not in link]


def test_a_second_vote_is_told_before_and_after(opened: Reader) -> None:
    college, place = opened.become(1)
    first = opened.coop.vote(college, place, "for").tracker
    assert "takes the place" in opened.open(f"{opened.vote}/check").words
    second = opened.coop.vote(college, place, "against").tracker
    done = opened.open(f"{opened.vote}/done")
    assert second[:4] in done.words
    assert "more than once" in done.words
    found = opened.client.get(f"/en{opened.public}/box", query_string={"tracker": first})
    assert "it was replaced" in found.text


JOURNEY = ["contest/1", "check"]


@pytest.mark.parametrize("page", JOURNEY)
def test_before_it_opens(reader: Reader, page: str) -> None:
    reader.coop.announce()
    reader.become(1)
    words = reader.open(f"{reader.vote}/{page}", 409).words
    assert "You cannot vote yet" in words
    assert "UK time" in words
    reader.open(f"{reader.vote}/done", 409)
    assert "contest/1" not in reader.open(f"{reader.vote}/weight").html


@pytest.mark.parametrize("page", JOURNEY)
@pytest.mark.parametrize("voted", [True, False], ids=["voted", "not-voted"])
@pytest.mark.parametrize("how", ["by-officer", "by-clock"])
def test_after_it_closed_nobody_is_thanked(
    opened: Reader, page: str, how: str, *, voted: bool
) -> None:
    college, place = opened.become(1)
    if voted:
        opened.coop.vote(college, place, "for")
    if how == "by-officer":
        close_election(opened.coop.service, opened.coop.election, "Everybody has voted.")
    else:
        # The calendar has not acted yet, but a ballot that came now would be late.
        opened.coop.clock.now = CLOSES
        opened.become(1)
    words = opened.open(f"{opened.vote}/{page}", 409).words
    assert "This vote is closed" in words
    assert "thank" not in words.lower()
    assert ("That vote is in the box" in words) == voted
    assert ("There is no vote from you" in words) == (not voted)
    done = opened.open(f"{opened.vote}/done", 200 if voted else 409).words
    assert "Vote again" not in done


def test_after_it_was_called_off(opened: Reader) -> None:
    college, place = opened.become(1)
    opened.coop.vote(college, place, "for")
    void_election(opened.coop.service, opened.coop.election, "The text was wrong.")
    for page in (*JOURNEY, "done"):
        assert "called off" in opened.open(f"{opened.vote}/{page}", 409).words
    assert "in the box" not in opened.open("/vote").words
    assert "The text was wrong." in opened.open(opened.public).words


def test_nobody_is_let_in_without_her_link(opened: Reader) -> None:
    for page in ("about", "weight", *JOURNEY, "done"):
        opened.open(f"{opened.vote}/{page}", 401)
    opened.open("/vote", 401)


def test_a_member_who_is_not_on_the_roll_has_no_vote_there(opened: Reader) -> None:
    coop, service = opened.coop, opened.coop.service
    first = coop.election
    import_csv(service, make_csv(["supported"] * 3 + ["employee"] * 2 + ["community"] * 2))
    calendar = election_view(service, first).calendar
    assert calendar is not None
    coop.election = create_election(service, {"en": "The pond", "cy": "Y pwll"})
    write_contest(service, coop.election, election_view(service, first).contests[0])
    set_calendar(service, coop.election, calendar.opens, calendar.closes)
    coop.trustees.clear()
    coop.appoint()
    coop.announced = announce_election(service, coop.election, return_credentials=True)

    opened.become(7)
    words = opened.open(f"/vote/{first}/about", 403).words
    assert "You do not have a vote here" in words
    assert first not in opened.open("/vote").html


def test_an_election_that_is_not_there(opened: Reader) -> None:
    opened.become(1)
    for path in ("/vote/11111111111111/about", "/elections/11111111111111", "/nothing", "/vote/x"):
        answer = opened.client.get(f"/en{path}", follow_redirects=True)
        assert answer.status_code == 404, path


def test_a_fault_of_ours_is_said_in_words_and_shows_no_trace(reader: Reader) -> None:
    reader.coop.service.store.close()
    for file in reader.coop.folder.glob("*.sqlite*"):
        file.write_bytes(b"this is no database any more")
    for path in ("/", "/help", reader.public):
        answer = reader.client.get(f"/en{path}")
        assert answer.status_code == 500
        page = Page(answer.text)
        page.check()
        assert "It is not your fault." in page.words
        assert "atabase" not in answer.text
