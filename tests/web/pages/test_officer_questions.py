"""Questions of a draft: added, changed, removed; every fault of one stands at its field."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.voting.examples import make_choice
from tests.web.pages.desk import Desk, sit_down
from tests.web.pages.test_officer_journey import COUNCIL, MOTION
from voting.contests import Contest, Motion
from voting.option_contests import FORMS, METHODS, Method, OptionContest
from web.actions.announce_election import announce_election
from web.actions.write_contests import write_contest
from web.views import election_view

ANSWERS = {"seats": "1", "most": "2", "top": "5"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = sit_down(tmp_path)
    desk.coop.write_draft()
    yield desk
    desk.coop.service.close()


def home(desk: Desk) -> str:
    return f"/officer/elections/{desk.coop.election}"


def contests(desk: Desk) -> tuple[Contest, ...]:
    return election_view(desk.coop.service, desk.coop.election).contests


def council(desk: Desk) -> str:
    return f"{home(desk)}/questions/2/options?method=stv-exact"


def test_the_list_names_each_question_and_leads_to_it(desk: Desk) -> None:
    write_contest(desk.coop.service, desk.coop.election, make_choice("stv-exact", id="council"))
    page = desk.get(f"{home(desk)}/questions")
    for words in ("Buy the garden", "Ordinary motion", "Ranking for several seats", "5 options"):
        assert words in page.words
    for address in ("1/motion", "council/options", "council/remove", "2/motion", "2/method"):
        assert f"/en{home(desk)}/questions/{address}" in page.links
    desk.language = "cy"
    assert "Rhoi mewn trefn" in desk.get(f"{home(desk)}/questions").words


@pytest.mark.parametrize("method", [each for each in METHODS if each != "stv-scottish"])
def test_every_way_of_counting_can_be_written_and_changed(desk: Desk, method: Method) -> None:
    chosen = desk.post(f"{home(desk)}/questions/2/method", {"method": method})
    page = desk.get(chosen.location)
    names = {entry.get("name") for entry in page.fields}
    form = FORMS[method]
    assert ("most" in names) == (form == "several")
    assert ("top" in names) == (form == "scored")
    assert ("grade-cy-1" in names) == (form == "graded")
    fields = {name: page.value(name) for name in names if name and name.startswith("grade")}
    desk.send(chosen.location, {**fields, **COUNCIL, **ANSWERS})
    saved = contests(desk)[1]
    assert isinstance(saved, OptionContest)
    assert (saved.method, saved.seats, len(saved.options)) == (method, 1, 3)
    again = desk.get(f"{home(desk)}/questions/2/options")
    assert again.value("option-cy-3") == "Example Person 3"
    assert again.value("standard-en-title") == COUNCIL["standard-en-title"]
    assert "There is no Easy Read text yet" in again.words
    if form == "graded":
        assert [grade["cy"] for grade in saved.grades][:2] == ["Ardderchog", "Da"]


def test_whole_ballots_are_not_offered_where_colleges_are_weighed(desk: Desk) -> None:
    address = f"{home(desk)}/questions/2/method"
    assert "Scottish" not in desk.get(address).words
    desk.refuse(address, {"method": "stv-scottish"})
    asked = f"{home(desk)}/questions/2/options?method=stv-scottish"
    assert desk.post(asked, COUNCIL).location.endswith("/method")
    assert len(contests(desk)) == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        pytest.param({"seats": ""}, "seats", "Write a number from 1 to 49", id="no seats"),
        pytest.param({"seats": "0"}, "seats", "Write a number", id="nought seats"),
        pytest.param({"seats": "9" * 5000}, "seats", "Write a number", id="a long number"),
        pytest.param({"seats": "3"}, "seats", "more options than can win", id="all win"),
        pytest.param({"option-cy-2": " "}, "option-cy-2", "in Welsh, too", id="no Welsh"),
        pytest.param({"option-en-2": ""}, "option-en-2", "in English, too", id="no English"),
        pytest.param(
            {"option-en-2": "example person 1"}, "option-en-2", "twice", id="the same twice"
        ),
        pytest.param({"option-en-1": "x" * 201}, "option-en-1", "It may have 200", id="long"),
        pytest.param({"option-en-1": "a\x07"}, "option-en-1", "cannot be shown", id="bell"),
        pytest.param({"options": "1"}, "seats", "more options", id="rows cut short"),
        pytest.param({"standard-cy-title": ""}, "standard-cy-title", "empty", id="no title"),
        pytest.param({"easy-read-en-body": "x"}, "easy-read-en-title", "empty", id="half a text"),
        pytest.param(
            {f"option-{language}-{n}": "" for language in ("en", "cy") for n in (2, 3)},
            "option-en-2",
            "at least 2 options",
            id="one option",
        ),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_is_kept(
    desk: Desk, changes: dict[str, str], field: str, words: str
) -> None:
    page = desk.refuse(council(desk), {**COUNCIL, **changes})
    assert f'href="#{field}"' in page.html
    assert f'id="{field}-error"' in page.html
    assert words in page.words
    kept = {**COUNCIL, **changes}["standard-cy-title"]
    assert page.value("standard-cy-title") == kept
    assert len(contests(desk)) == 1


@pytest.mark.parametrize(
    ("method", "changes", "field"),
    [
        ("block", {"most": "4"}, "most"),
        ("block", {"most": "many"}, "most"),
        ("score", {"top": "101"}, "top"),
        ("majority-judgment", {"grade-en-1": "Good", "grade-cy-1": ""}, "grade-cy-1"),
        ("majority-judgment", {"grades": "2"}, "grade-en-1"),
    ],
)
def test_what_only_some_ways_ask_for_is_checked_there(
    desk: Desk, method: str, changes: dict[str, str], field: str
) -> None:
    address = f"{home(desk)}/questions/2/options?method={method}"
    page = desk.refuse(address, {**COUNCIL, **ANSWERS, **changes})
    assert f'id="{field}-error"' in page.html


def test_rows_are_added_and_taken_out_without_a_script(desk: Desk) -> None:
    more = desk.post(council(desk), {**COUNCIL, "do": "more-options"}).page
    assert more.value("options") == "4"
    assert more.value("option-cy-3") == "Example Person 3"
    less = desk.post(council(desk), {**COUNCIL, "do": "remove-option-2"}).page
    assert less.value("options") == "2"
    assert less.value("option-en-2") == "Example Person 3"
    grades = f"{home(desk)}/questions/2/options?method=majority-judgment"
    page = desk.post(grades, {**COUNCIL, "grades": "3", "do": "more-grades"}).page
    assert page.value("grades") == "4"
    for typed in ("9" * 5000, "99", "-1", "x", "٣"):
        page = desk.post(council(desk), {"options": typed, "do": "more-options"}).page
        assert int(page.value("options")) <= 30
    assert desk.post(council(desk), {**COUNCIL, "do": "remove-option-9"}).status == 303


def test_a_second_click_writes_the_same_question_once(desk: Desk) -> None:
    for _click in range(2):
        desk.send(council(desk), COUNCIL)
    assert [contest.id for contest in contests(desk)] == ["1", "2"]


def test_two_pages_with_the_same_number_write_over_nothing(desk: Desk) -> None:
    desk.send(f"{home(desk)}/questions/2/motion", {**MOTION, "new": "yes"})
    desk.send(council(desk), COUNCIL)
    kinds = {contest.id: type(contest) for contest in contests(desk)}
    assert kinds == {"1": Motion, "2": Motion, "3": OptionContest}


def test_a_question_keeps_its_place_when_it_is_changed(desk: Desk) -> None:
    desk.send(council(desk), COUNCIL)
    desk.send(f"{home(desk)}/questions/1/motion", {**MOTION, "standard-en-title": "Sell it"})
    assert [contest.text("en").title for contest in contests(desk)] == [
        "Sell it",
        COUNCIL["standard-en-title"],
    ]


def test_a_question_is_removed_after_it_was_asked(desk: Desk) -> None:
    desk.send(council(desk), COUNCIL)
    address = f"{home(desk)}/questions/2/remove"
    assert "All its texts are lost" in desk.get(address).words
    assert len(contests(desk)) == 2
    desk.send(address, {})
    assert [contest.id for contest in contests(desk)] == ["1"]
    assert desk.post(address, {}).status == 303  # a second click
    assert [contest.id for contest in contests(desk)] == ["1"]


def test_each_kind_has_its_own_page(desk: Desk) -> None:
    desk.send(council(desk), COUNCIL)
    own = {"2/motion": "2/options", "1/options": "1/motion", "1/method": "1/motion"}
    for asked, shown in own.items():
        answer = desk.client.get(f"/en{home(desk)}/questions/{asked}")
        assert answer.location == f"/en{home(desk)}/questions/{shown}"
    assert desk.client.get(f"/en{home(desk)}/questions/3/options").location.endswith("/3/method")
    for wrong in ("A", "x" * 33, "%20", "é"):
        desk.get(f"{home(desk)}/questions/{wrong}/motion", status=404)


def test_an_election_is_full_with_twenty(desk: Desk) -> None:
    for number in range(2, 21):
        contest = make_choice("plurality", id=str(number))
        write_contest(desk.coop.service, desk.coop.election, contest)
    page = desk.get(f"{home(desk)}/questions")
    assert "at most 20 questions" in page.words
    assert "Add a motion" not in page.words
    page = desk.send(f"{home(desk)}/questions/21/motion", {**MOTION, "new": "yes"})
    assert "This one was not saved" in page.words
    assert len(contests(desk)) == 20


def test_after_announcing_each_page_shows_the_state(desk: Desk) -> None:
    desk.coop.appoint()
    announce_election(desk.coop.service, desk.coop.election)
    before = contests(desk)
    for page in ("questions", "questions/1/motion", "questions/2/method", "questions/2/options"):
        assert desk.client.get(f"/en{home(desk)}/{page}").status_code == 303
    for page, fields in (
        ("questions/1/motion", MOTION),
        ("questions/2/options?method=stv-exact", COUNCIL),
        ("questions/2/method", {"method": "irv"}),
        ("questions/1/remove", {}),
    ):
        assert "Nothing was changed by this" in desk.send(f"{home(desk)}/{page}", fields).words
    assert contests(desk) == before
