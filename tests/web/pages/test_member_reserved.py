"""Reserved seats: a member meets the questions of her own college, and no others."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.voting.examples import make_choice
from tests.web.cooperative import CHARTER, COMMUNITY, EMPLOYEE, SUPPORTED
from tests.web.pages.reader import MOTION, Reader, sit
from tests.web.pages.test_member_questions import elements
from voting.contests import Contest
from web.actions.open_election import open_election
from web.views import election_view

COUNCIL = replace(CHARTER, council={SUPPORTED: 4, EMPLOYEE: 1, COMMUNITY: 2})
OURS = make_choice("stv-exact", id="ours", seats=4, options=6, college=SUPPORTED)
THEIRS = make_choice("stv-scottish", id="theirs", seats=1, options=3, college=EMPLOYEE)
FRIENDS = make_choice("approval", id="friends", seats=2, options=1, college=COMMUNITY)
CONTESTS = (OURS, THEIRS, MOTION, FRIENDS)
ASKED = {"supported": ["ours", "1"], "employee": ["theirs", "1"], "community": ["1", "friends"]}
FIRST_OF = {"supported": 1, "employee": 4, "community": 6}


def open_vote(folder: Path, *contests: Contest) -> Reader:
    reader = sit(folder, *contests, charter=COUNCIL)
    reader.coop.announce()
    open_election(reader.coop.service, reader.coop.election, "It is time.")
    return reader


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """An open vote; nothing in these tests changes it."""
    reader = open_vote(tmp_path_factory.mktemp("reserved"), *CONTESTS)
    yield reader
    reader.coop.service.close()


@pytest.mark.parametrize("college", ASKED)
def test_she_goes_through_her_own_questions_in_the_order_of_her_box(
    opened: Reader, college: str
) -> None:
    assert opened.become(FIRST_OF[college])[0] == college
    asked, vote = ASKED[college], opened.vote
    pages = ["weight", *(f"contest/{each}" for each in asked), "check"]
    for at, contest in enumerate(asked, 1):
        page = opened.open(f"{vote}/{pages[at]}")
        assert f"Question {at} of 2" in page.words
        assert {f"/en{vote}/{pages[at - 1]}"} <= set(page.links)
        (form,) = elements(page.html, "data-teg-choose")
        assert (form["data-contest"], form["data-next"]) == (contest, f"/en{vote}/{pages[at + 1]}")
    for other in {"ours", "theirs", "friends"} - set(asked):
        answer = opened.client.get(f"/en{vote}/contest/{other}")
        assert answer.status_code == 404, other


@pytest.mark.parametrize("college", ASKED)
def test_the_check_page_seals_her_own_answers_against_her_own_box(
    opened: Reader, college: str
) -> None:
    opened.become(FIRST_OF[college])
    page = opened.open(f"{opened.vote}/check")
    (check,) = elements(page.html, "data-teg-check")
    assert json.loads(check["data-contests"]) == ASKED[college]
    answers = elements(page.html, "data-teg-answer")
    assert [each["data-teg-answer"] for each in answers] == ASKED[college]
    # The election object is her box's, which asks in just this order.
    boxes = election_view(opened.coop.service, opened.coop.election).boxes
    (own,) = [box for box in boxes if box.college == college]
    assert check["data-college-box"] == own.uuid
    assert check["data-election-object"] == own.election_object


def test_who_is_asked_and_what_stays_empty_is_said_before(opened: Reader) -> None:
    only = "Only this group votes on this question: {}."
    for college, words in (
        ("supported", [only.format("People we support"), "4 of them will win."]),
        ("employee", [only.format("Employees"), "1 of them will win."]),
        (
            "community",
            [
                only.format("Community"),
                "So all of them are elected. 1 seat stays empty. Nobody else gets it.",
            ],
        ),
    ):
        opened.become(FIRST_OF[college])
        about = " ".join(opened.open(f"{opened.vote}/about").words.split())
        assert "There are 2 questions in this vote." in about
        for said in words:
            assert about.count(said) == 1
        weight = " ".join(opened.open(f"{opened.vote}/weight").words.split())
        assert weight.count(words[0]) == 1
        # A guarantee in a count of all is promised for the motion alone.
        assert weight.count("This is about one group") == 1


def test_where_only_reserved_seats_are_filled_no_shares_are_explained(tmp_path: Path) -> None:
    reader = open_vote(tmp_path, OURS, THEIRS, FRIENDS)
    reader.become(FIRST_OF["employee"])
    words = " ".join(reader.open(f"{reader.vote}/weight").words.split())
    assert "In your group every vote counts the same." in words
    assert "Only this group votes on this question: Employees." in words
    assert "100 votes" not in words
    reader.coop.service.close()


def test_everybody_can_read_which_group_is_asked_what(opened: Reader) -> None:
    words = " ".join(opened.open(opened.public).words.split())
    for group in ("People we support", "Employees", "Community"):
        assert words.count(f"Only this group votes on this question: {group}.") == 1
    assert re.search("What is guaranteed in question 3 This is about one group", words)
