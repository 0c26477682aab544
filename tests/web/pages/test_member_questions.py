"""Several questions in one vote: one page each, in order, every form of ballot with its hooks."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.voting.examples import make_choice
from tests.web.contests import EVERY_KIND, GRADED, MOTION, ONE, RANKED, SCORED, SEVERAL
from tests.web.pages.desk import Page
from tests.web.pages.reader import Reader, sit
from voting.contests import Contest
from web.actions.open_election import open_election

PAIRS = make_choice("schulze", id="pairs", options=3)
CONTESTS: tuple[Contest, ...] = (*EVERY_KIND, PAIRS)
HOOKS = {
    "1": {"form": "motion"},
    "one": {"form": "one", "options": "3"},
    "several": {"form": "several", "options": "4", "most": "2"},
    "approval": {"form": "approval", "options": "3"},
    "ranked": {"form": "ranked", "options": "3"},
    "scored": {"form": "scored", "options": "3", "top": "4"},
    "graded": {"form": "graded", "options": "3", "grades": "3"},
    "pairs": {"form": "ranked", "options": "3"},
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """An open vote with a question of every form; nothing in these tests changes it."""
    reader = sit(tmp_path_factory.mktemp("questions"), *CONTESTS)
    reader.coop.announce()
    open_election(reader.coop.service, reader.coop.election, "It is time.")
    reader.become(2)
    yield reader
    reader.coop.service.close()


def elements(page: str, mark: str) -> list[dict[str, str]]:
    """The attributes of every element that has this mark; those without a value are ""."""
    found = re.findall(rf"<\w+\s([^>]*\b{mark}\b[^>]*)>", page)
    pairs = [re.findall(r'([a-z-]+)(?:="([^"]*)")?', one) for one in found]
    return [{name: html.unescape(value) for name, value in each} for each in pairs]


def question(reader: Reader, contest: str, query: str = "") -> Page:
    return reader.open(f"{reader.vote}/contest/{contest}{query}")


def test_each_question_is_one_page_after_the_other(opened: Reader) -> None:
    vote = f"/en{opened.vote}"
    pages = [f"{vote}/weight", *(f"{vote}/contest/{each.id}" for each in CONTESTS), f"{vote}/check"]
    for at, contest in enumerate(CONTESTS):
        page = question(opened, contest.id)
        assert f"Question {at + 1} of {len(CONTESTS)}" in page.words
        assert page.title.strip().startswith(f"Question {at + 1} of {len(CONTESTS)}: ")
        assert elements(page.html, "data-teg-choose")[0]["data-next"] == pages[at + 2]
        assert elements(page.html, "govuk-back-link")[0]["href"] == pages[at]
    assert pages[1] in opened.open(f"{opened.vote}/weight").links
    assert pages[-2] in opened.open(f"{opened.vote}/check").links


def test_a_changed_answer_leads_straight_back_to_the_check(opened: Reader) -> None:
    check = opened.open(f"{opened.vote}/check?text=easy-read")
    for contest in CONTESTS:
        change = f"{opened.vote}/contest/{contest.id}?change=yes&text=easy-read"
        assert f"/en{change}".replace("&", "&amp;") in check.html
        page = opened.open(change)
        back = f"/en{opened.vote}/check?text=easy-read"
        assert elements(page.html, "data-teg-choose")[0]["data-next"] == back
        assert elements(page.html, "govuk-back-link")[0]["href"] == back


@pytest.mark.parametrize("contest", CONTESTS, ids=lambda each: each.id)
def test_every_form_has_its_hooks_and_nothing_that_could_be_posted(
    opened: Reader, contest: Contest
) -> None:
    page = question(opened, contest.id)
    root = elements(page.html, "data-teg-choose")[0]
    named = {
        name.removeprefix("data-"): root[name]
        for name in ("data-form", "data-options", "data-most", "data-top", "data-grades")
        if name in root
    }
    assert named == HOOKS[contest.id]
    assert root["data-contest"] == contest.id
    assert root["data-election"] == opened.coop.election
    assert not page.forms
    assert " checked" not in page.html
    assert any(field["value"] == "blank" for field in page.fields)
    assert len(elements(page.html, "data-teg-continue")) == 1
    for hook in ("data-teg-too-many", "data-teg-blank-too", "data-teg-left-out"):
        assert all("hidden" in one for one in elements(page.html, hook))


def test_marks_are_named_as_the_script_reads_them(opened: Reader) -> None:
    def named(contest: str) -> set[tuple[str, str]]:
        fields = question(opened, contest).fields
        return {(field["name"], field["value"]) for field in fields}

    assert named("one") == {("choice", value) for value in ("1", "2", "3", "blank")}
    boxes = {("blank", "blank")}
    assert named("several") == boxes | {("option", str(n)) for n in range(1, 5)}
    assert named("ranked") == boxes | {(f"rank-{n}", "") for n in range(1, 4)}
    marks = {(f"mark-{n}", str(points)) for n in range(1, 4) for points in range(5)}
    assert named("scored") == boxes | marks
    grades = {(f"mark-{n}", str(grade)) for n in range(1, 4) for grade in range(1, 4)}
    assert named("graded") == boxes | grades


def test_a_ranking_has_boxes_and_buttons_and_says_what_is_wrong(opened: Reader) -> None:
    page = question(opened, "ranked")
    for hook in ("data-teg-higher", "data-teg-lower"):
        assert [one[hook] for one in elements(page.html, hook)] == ["1", "2", "3"]
    kinds = {one["data-teg-rank-error"] for one in elements(page.html, "data-teg-rank-error")}
    assert kinds == {"gap", "repeat", "not-a-number"}
    assert "Higher: Option 2" in " ".join(page.words.split()).replace("Higher : ", "Higher: ")
    assert all(one.get("inputmode") == "numeric" for one in elements(page.html, "teg-number"))


@pytest.mark.parametrize("contest", ["one", "several", "approval"])
def test_all_options_of_a_question_look_alike(opened: Reader, contest: str) -> None:
    page = question(opened, contest)
    cards = re.findall(r'<div class="govuk-\w+__item teg-choice">.*?</div>', page.html, re.DOTALL)
    plain = {re.sub(r"<span>.*?</span>|\b(\d+|blank|option|choice)\b", "", each) for each in cards}
    assert len(cards) == int(HOOKS[contest]["options"]) + 1
    assert len(plain) == 1


def test_the_check_page_can_show_every_answer(opened: Reader) -> None:
    page = opened.open(f"{opened.vote}/check")
    root = elements(page.html, "data-teg-check")[0]
    assert json.loads(root["data-contests"]) == [each.id for each in CONTESTS]
    answers = elements(page.html, "data-teg-answer")
    assert {each["data-teg-answer"]: each["data-form"] for each in answers} == {
        contest: hooks["form"] for contest, hooks in HOOKS.items()
    }
    grades = next(each["data-grades"] for each in answers if "data-grades" in each)
    assert json.loads(grades) == [names["en"] for names in GRADED.grades]
    assert all("hidden" in each for each in elements(page.html, "data-option"))
    assert not page.forms


def test_a_question_that_is_not_asked_here_is_not_there(opened: Reader) -> None:
    for wrong in ("2", "nothing", "one/two", "%00", "x" * 300):
        answer = opened.client.get(f"/en{opened.vote}/contest/{wrong}")
        assert answer.status_code == 404, wrong


def test_what_is_asked_and_what_can_be_chosen_is_read_before(opened: Reader) -> None:
    page = opened.open(f"{opened.vote}/about?text=easy-read")
    assert page.headings == ["The garden"]
    words = " ".join(page.words.split())
    assert f"There are {len(CONTESTS)} questions in this vote." in words
    assert "Question 5 of 8 The council" in words
    assert re.search(r"Option 1 ?Option 2 ?Option 3 2 of them will win\.", words)
    # The motion has no Easy Read text, and that is said where it is missing.
    assert words.count("There is no Easy Read text for this question.") == 1


def test_the_guarantee_of_each_kind_says_no_more_than_is_true(opened: Reader) -> None:
    words = " ".join(opened.open(f"{opened.vote}/weight").words.split())
    parts = re.split(r"Question \d of 8: ", words)[1:]
    said = dict(zip((each.id for each in CONTESTS), parts, strict=True))
    assert "the answer is yes" in said["1"]
    for contest in ("one", "several", "approval", "scored", "graded"):
        assert "In this question no group is sure that its options win." in said[contest]
    # 51/100 of two quotas is more than one of them.
    assert "at least 1 of these options wins" in said["ranked"]
    assert "more than half of all" not in said["ranked"]
    assert "at least 1 of these options wins" in said["pairs"]
    assert "more than half of all" not in said["pairs"]


def test_who_may_see_what_is_told_before_the_vote(opened: Reader) -> None:
    words = opened.open(f"{opened.vote}/weight").words
    assert "Then the mixed votes are opened." in words
    assert "even if fewer than 50 people in it vote" in words
    assert "fewer than 5 people" not in words


@pytest.mark.parametrize(
    ("contests", "said", "unsaid"),
    [
        ((MOTION, ONE), "fewer than 5 people", "mixed"),
        ((SCORED,), "fewer than 50 people", "total of each group"),
    ],
    ids=["added-up", "opened-one-by-one"],
)
def test_small_groups_are_told_the_rule_of_their_vote(
    tmp_path: Path, contests: tuple[Contest, ...], said: str, unsaid: str
) -> None:
    reader = sit(tmp_path, *contests)
    reader.coop.announce()
    reader.become(1)
    words = reader.open(f"{reader.vote}/weight").words
    reader.coop.service.close()
    assert said in words
    assert unsaid not in words


def test_the_forms_say_how_many(opened: Reader) -> None:
    assert SEVERAL.most == 2
    assert "You can choose up to 2 options." in question(opened, "several").words
    assert "from 0 to 4" in question(opened, "scored").words
    assert "The worst grade is: Poor." in question(opened, "graded").words
    assert RANKED.options[0].names["en"] in question(opened, "ranked").words
