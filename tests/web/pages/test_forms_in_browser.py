"""Every form of ballot on its real page in a real browser, in kind and in hostile hands."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_for_everybody
from tests.web.contests import APPROVAL, GRADED, MOTION, ONE, RANKED, SCORED, SEVERAL
from tests.web.frontend.node import built
from tests.web.pages.reader import Reader, sit
from tests.web.serving import serving
from web.actions.open_election import open_election
from web.app import build_app
from web.views import election_view

pytestmark = pytest.mark.browser

CONTESTS = (MOTION, ONE, SEVERAL, APPROVAL, RANKED, SCORED, GRADED)


class Voter:
    """Somebody who has pressed Start and goes from question to question."""

    def __init__(self, page: Page, reader: Reader, root: str) -> None:
        self.page = page
        self.here = f"{root}/en{reader.vote}"
        secret = reader.coop.credential("supported", 0)
        page.goto(f"{root}/en/start#{secret}")
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/vote")

    def go(self, contest: str) -> None:
        self.page.goto(f"{self.here}/contest/{contest}")

    def press(self, *ids: str) -> None:
        """Press labels, as a finger does."""
        for each in ids:
            self.page.locator(f"label[for={each}]").click()

    def go_on(self) -> None:
        self.page.get_by_role("button", name="Continue").click()

    def refuse(self, sentence: str) -> None:
        """Continue leads nowhere, and the one sentence is said in title, summary and field."""
        self.go_on()
        expect(self.page.locator("[data-teg-error] li:visible")).to_have_text([sentence])
        expect(self.page.locator("#choice-error")).to_contain_text(sentence)
        expect(self.page).to_have_title(re.compile("^Error:"))
        expect(self.page.locator("[data-teg-error]")).to_be_focused()

    def kept(self, contest: str) -> object:
        found = self.page.evaluate(
            """contest => Object.entries(sessionStorage).find(
                ([key]) => key.startsWith("teg.choice.") && key.endsWith("." + contest))?.[1]""",
            contest,
        )
        return json.loads(found) if found else None

    def notices(self) -> list[str]:
        return self.page.locator(".teg-notice:visible").all_inner_texts()

    def ranks(self) -> list[str]:
        return [each.input_value() for each in self.page.locator(".teg-number").all()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Reader, str]]:
    """A service with an open vote of every form."""
    built("page.js")
    reader = sit(tmp_path_factory.mktemp("forms"), *CONTESTS)
    reader.coop.announce()
    open_election(reader.coop.service, reader.coop.election, "It is time.")
    with serving(build_app(reader.coop.service)) as port:
        yield reader, f"http://127.0.0.1:{port}"
    reader.coop.service.close()


@pytest.fixture
def voter(place: tuple[Reader, str], page: Page) -> Voter:
    return Voter(page, *place)


NOTHING = {
    "one": "Choose one of the options.",
    "several": "Choose at least 1 option.",
    "approval": "Choose at least 1 option.",
    "ranked": "Put the number 1 beside at least 1 option.",
    "scored": "Give points to at least 1 option.",
    "graded": "Give a grade to at least 1 option.",
}


@pytest.mark.parametrize("contest", NOTHING)
def test_nothing_chosen_is_said_and_not_choosing_is_enough(voter: Voter, contest: str) -> None:
    voter.go(contest)
    voter.refuse(NOTHING[contest])
    assert_for_everybody(voter.page)
    voter.press("choice-blank")
    expect(voter.page.locator("[data-teg-error]")).to_be_hidden()
    expect(voter.page).not_to_have_title(re.compile("^Error:"))
    voter.go_on()
    voter.page.wait_for_url(lambda url: not url.endswith(contest))


TYPED = {
    "letters": ("abc", "There is something in a box that is not a number from 1 to 3."),
    "nought": ("0", "There is something in a box that is not a number from 1 to 3."),
    "minus": ("-1", "There is something in a box that is not a number from 1 to 3."),
    "half": ("1.5", "There is something in a box that is not a number from 1 to 3."),
    "other-digits": ("\N{ARABIC-INDIC DIGIT TWO}", "There is something in a box"),
    "long": ("9" * 400, "There is something in a box that is not a number from 1 to 3."),
    "gap": ("3", "You have left out a number. Begin with 1, then 2, then 3, and so on."),
    "beyond": ("9", "You have left out a number. Begin with 1, then 2, then 3, and so on."),
    "repeat": ("1", "You have used the same number twice. Use each number once."),
}


def test_what_is_typed_wrong_in_a_box_is_kept_and_said(voter: Voter) -> None:
    voter.go("ranked")
    voter.page.fill("#rank-1", "1")
    for typed, sentence in TYPED.values():
        voter.page.fill("#rank-3", typed)
        voter.go_on()
        said = voter.page.locator("[data-teg-error] li:visible")
        expect(said).to_have_count(1)
        expect(said).to_contain_text(sentence)
        assert voter.ranks() == ["1", "", typed], "nothing is taken away from her"
        assert voter.kept("ranked") is None
    assert_for_everybody(voter.page)
    voter.page.fill("#rank-3", " 2 ")
    expect(voter.page.locator("[data-teg-error]")).to_be_hidden()
    assert voter.kept("ranked") == [1, 0, 2]


def test_buttons_change_numbers_and_never_the_order(voter: Voter) -> None:
    voter.go("ranked")
    names = voter.page.locator(".teg-option__name").all_inner_texts()
    for button, option, ranks in (
        ("higher", 3, ["", "", "1"]),
        ("higher", 1, ["2", "", "1"]),
        ("higher", 1, ["1", "", "2"]),
        ("higher", 1, ["1", "", "2"]),
        ("lower", 1, ["2", "", "1"]),
        ("lower", 1, ["", "", "1"]),
        ("lower", 2, ["", "", "1"]),
    ):
        voter.page.locator(f"[data-teg-{button}='{option}']").click()
        assert voter.ranks() == ranks
    assert voter.page.locator(".teg-option__name").all_inner_texts() == names
    expect(voter.page.locator("[data-teg-moved]")).to_have_text("Option 2: no number")
    assert voter.kept("ranked") == [0, 0, 1]


def test_too_many_are_said_at_once_and_never_taken_away(voter: Voter) -> None:
    voter.go("several")
    voter.press("choice-1", "choice-2", "choice-4")
    expect(voter.page.locator("[data-teg-count]")).to_have_text(
        "Chosen: 3. You can choose up to 2."
    )
    too_many = (
        "You have chosen too many. Press an option again to take it away. "
        "Leave no more than this: 2."
    )
    assert voter.notices() == [too_many]
    assert voter.page.locator("input:checked").count() == 3
    assert voter.kept("several") is None
    voter.refuse(too_many)
    assert_for_everybody(voter.page)
    voter.press("choice-2")
    assert voter.notices() == []
    assert voter.kept("several") == [0, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("contest", "press"),
    [
        ("several", "choice-2"),
        ("approval", "choice-1"),
        ("graded", "mark-2-1"),
        ("scored", "mark-1-0"),
    ],
)
def test_a_choice_and_no_choice_do_not_go_together(voter: Voter, contest: str, press: str) -> None:
    voter.go(contest)
    voter.press(press, "choice-blank")
    both = "You have made a choice, and also pressed: I do not want to choose."
    assert any(each.startswith(both) for each in voter.notices())
    assert voter.kept(contest) is None
    voter.press("choice-blank")
    assert not any(each.startswith(both) for each in voter.notices())
    assert voter.kept(contest)


def test_a_mark_can_be_taken_back(voter: Voter) -> None:
    voter.go("graded")
    voter.press("mark-1-1", "choice-blank")
    voter.page.get_by_role("button", name="Take away all that I chose here").click()
    assert voter.page.locator("input:checked").count() == 0
    assert voter.notices() == []
    assert voter.kept("graded") is None


def test_what_is_left_out_gets_the_lowest_and_that_is_said(voter: Voter) -> None:
    voter.go("scored")
    voter.press("mark-2-4")
    left_out = "Some options have no points yet. If you leave them out, they get 0 points."
    assert voter.notices() == [left_out]
    assert voter.kept("scored") == [1, 5, 1]
    voter.go("graded")
    voter.press("mark-2-1")
    assert "they get this grade: Poor." in voter.notices()[0]
    assert voter.kept("graded") == [3, 1, 3]
    assert_for_everybody(voter.page)


def test_back_and_the_other_language_keep_what_is_chosen(voter: Voter) -> None:
    page = voter.page
    voter.go("ranked")
    page.fill("#rank-2", "1")
    page.fill("#rank-1", "2x")
    page.locator("a[hreflang=cy]").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert voter.ranks() == ["2x", "1", ""], "what is wrong is kept, too"
    page.fill("#rank-1", "2")
    page.get_by_role("button", name="Ymlaen").click()
    page.wait_for_url("**/contest/scored")
    page.go_back()
    page.wait_for_url("**/contest/ranked")
    assert voter.ranks() == ["2", "1", ""]


def test_the_whole_way_to_the_box(voter: Voter, place: tuple[Reader, str]) -> None:
    page = voter.page
    page.goto(f"{voter.here}/check")
    expect(page.locator("[data-choice=none]:visible")).to_have_count(len(CONTESTS))
    page.get_by_role("button", name="Send my vote").click()
    expect(page.locator("[data-choice=none]").first).to_be_focused()
    voter.go("1")
    for press in ("choice-for", "choice-2", "choice-1", "choice-blank"):
        voter.press(press)
        voter.go_on()
    page.wait_for_url("**/contest/ranked")
    page.fill("#rank-3", "1")
    page.fill("#rank-1", "2")
    voter.go_on()
    voter.press("mark-1-3")
    voter.go_on()
    voter.press("mark-3-1")
    voter.go_on()
    page.wait_for_url("**/check")
    assert_for_everybody(page)
    answers = page.locator(".teg-answer__words").all_inner_texts()
    assert [" ".join(each.split()) for each in answers] == [
        "For",
        "Option 2",
        "Option 1",
        "I do not want to choose",
        "1 Option 3 2 Option 1",
        "Option 1: 3 Option 2: 0 Option 3: 0",
        "Option 1: Poor Option 2: Poor Option 3: Very good",
    ]
    page.locator("a[href*='contest/several?change']").click()
    voter.press("choice-3")
    voter.go_on()
    page.wait_for_url("**/check")
    with page.expect_navigation(url="**/done"):
        page.get_by_role("button", name="Send my vote").click()
    expect(page.locator("h1")).to_have_text("Your vote is in the box")
    assert_for_everybody(page)
    assert voter.kept("ranked") is None, "what was sent is forgotten"
    coop = place[0].coop
    assert sum(box.ballots for box in election_view(coop.service, coop.election).boxes) == 1
