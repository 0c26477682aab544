"""What anybody sees of an election: turnout, result with its arithmetic, downloads, a tracker."""

import re
from fractions import Fraction

import pytest

from tests.web.cooperative import CLOSES, PASSPHRASE
from tests.web.pages.reader import Reader
from web.actions.certify_election import certify_election
from web.actions.close_election import BY_CALENDAR, close_due_elections
from web.actions.open_election import open_election
from web.record import fetch

DOWNLOAD = re.compile(r"^/(elections/.*\.(json|bel)|log/checkpoint|key)$")


@pytest.fixture
def opened(reader: Reader) -> Reader:
    reader.coop.announce()
    open_election(reader.coop.service, reader.coop.election, "It is time.")
    return reader


@pytest.fixture
def tallied(opened: Reader) -> Reader:
    opened.coop.vote("supported", 0, "for")
    opened.coop.vote("supported", 1, "for")
    opened.coop.vote("supported", 2, "against")
    opened.coop.vote("employee", 0, "against")
    opened.coop.vote("employee", 1, "blank")
    opened.coop.vote("community", 0, "for")
    opened.coop.tally()
    return opened


def plain(words: str) -> str:
    """Words in one line; the sign of multiplication as it can be typed."""
    return " ".join(words.split()).replace("\N{MULTIPLICATION SIGN}", "x")


def test_a_draft_is_nobodys_business(reader: Reader) -> None:
    reader.open(reader.public, 404)
    reader.open(f"{reader.public}/box", 404)
    assert reader.coop.election not in reader.open("/").html


def test_before_it_opens(reader: Reader) -> None:
    reader.coop.announce()
    words = plain(reader.open(reader.public).words)
    assert "Not open yet" in words
    assert "Turnout" not in words
    assert f"/en{reader.public}" in reader.open("/").links


def test_turnout_while_it_is_open(opened: Reader) -> None:
    opened.coop.vote("supported", 0, "for")
    opened.coop.vote("supported", 0, "against")
    words = plain(opened.open(opened.public).words)
    assert "People we support: 1 of 3 members" in words
    assert "People we support 3 1 33.3%" in words
    assert "a later one replaced: 2" in words
    assert "The result" not in words


def test_the_result_with_its_arithmetic(tallied: Reader) -> None:
    words = plain(tallied.open(tallied.public).words)
    assert "The motion is lost." in words
    # By hand: 51/100 x 2/3 + 34/100 x 0/1 + 15/100 x 1/1 = 34/100 + 15/100 = 49/100.
    assert "For has 49% of the votes. It needed: more than half." in words
    assert "51/100 x 2/3 = 17/50 (34%)" in words
    assert "17/50 x 0/1 = 0 (0%)" in words
    assert "3/20 x 1/1 = 3/20 (15%)" in words
    assert "17/50 + 0 + 3/20 = 49/100 (49%)" in words
    assert "49/100 is not enough" in words
    assert "Employees 0 1 1" in words
    assert "not certified this result yet" in words


def test_the_chart_says_what_the_table_says(tallied: Reader) -> None:
    html = tallied.open(tallied.public).html
    widths = re.findall(r'<rect x="([0-9.]+)%" y="6" width="([0-9.]+)%"', html)
    by_hand = [(0, 49), (49, 51), (0, 34), (34, 17), (0, 0), (0, 34), (0, 15), (15, 0)]
    drawn = [(Fraction(start), Fraction(length)) for start, length in widths]
    assert drawn == [(Fraction(start), Fraction(length)) for start, length in by_hand]


def test_what_happened_is_told_in_order_and_in_the_language_of_the_page(opened: Reader) -> None:
    opened.coop.clock.now = CLOSES
    close_due_elections(opened.coop.service)
    words = plain(opened.open(opened.public).words)
    announced, began, ended = (
        words.index(word) for word in ("Announced", "Voting opened", "Voting closed")
    )
    assert announced < began < ended
    assert "Reason: It is time." in words
    for language in ("en", "cy"):
        # The calendar's reason stands in the log, in one language only.
        assert BY_CALENDAR not in opened.client.get(f"/{language}{opened.public}").text


def test_every_download_is_there(tallied: Reader) -> None:
    service = tallied.coop.service
    certify_election(service, tallied.coop.election, PASSPHRASE, "Every check was passed.")
    page = tallied.open(tallied.public)
    downloads = sorted({link for link in page.links if DOWNLOAD.match(link)})
    assert len(downloads) == 9
    for link in downloads:
        assert fetch(service, link.removeprefix("/")) is not None, link
    words = plain(page.words)
    assert "Reason: Every check was passed." in words
    assert "The result was certified" in words


def test_find_my_vote(opened: Reader) -> None:
    first = opened.coop.vote("supported", 0, "for").tracker
    groups = " ".join(first[start : start + 4] for start in range(0, len(first), 4))
    box = f"{opened.public}/box"
    for typed in (first, groups, f"  {first}\n"):
        answer = opened.client.get(f"/en{box}", query_string={"tracker": typed})
        assert answer.status_code == 200
        assert "It is the last vote of this voter. It counts." in answer.text
    opened.coop.vote("supported", 0, "against")
    answer = opened.client.get(f"/en{box}", query_string={"tracker": first})
    assert "it was replaced" in answer.text
    for word in ("data-choice", "Against", "I do not want"):
        assert word not in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?tracker=", 400),
        ("?tracker=nowhere", 404),
        ("?tracker=" + "A" * 43, 404),
        ("?tracker=" + "A" * 5000, 404),
        ("?tracker=%00%ff", 404),
    ],
    ids=["asked-nothing", "empty", "no-tracker", "unknown", "endless", "bytes"],
)
def test_a_tracker_that_is_not_there(opened: Reader, query: str, status: int) -> None:
    answer = opened.client.get(f"/en{opened.public}/box{query}")
    assert answer.status_code == status


def test_a_tracker_of_another_election_is_not_found_here(opened: Reader) -> None:
    tracker = opened.coop.vote("supported", 0, "for").tracker
    first = opened.coop.election
    opened.coop.write_draft()
    opened.coop.trustees.clear()
    opened.coop.appoint()
    opened.coop.announce()
    assert opened.coop.election != first
    answer = opened.client.get(f"/en{opened.public}/box", query_string={"tracker": tracker})
    assert answer.status_code == 404


def test_check_it_yourself_gives_the_exact_command(opened: Reader) -> None:
    from web.views import organisation

    view = organisation(opened.coop.service)
    words = opened.open(f"{opened.public}/verify").words
    base = opened.coop.service.settings.base_url
    assert f'teg verify {base} --key "{view.vkey}"' in words
    assert view.fingerprint in words


@pytest.mark.parametrize("path", ["/", "/help", "/privacy", "/accessibility", "/start", "/left"])
def test_pages_for_everybody(reader: Reader, path: str) -> None:
    page = reader.open(path)
    assert "votes@people.example" in page.words
