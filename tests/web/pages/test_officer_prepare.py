"""Preparing an election: faults stand at their field, typing is kept, stale pages do nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.web.contests import RANKED
from tests.web.pages.desk import Desk, Page, give_keys, sit_down
from tests.web.pages.test_officer_journey import CALENDAR, MOTION, TRUSTEES
from voting.contests import Text
from web.actions.announce_election import announce_election
from web.actions.void_election import void_election
from web.actions.write_contests import write_contest
from web.actions.write_election import set_calendar
from web.views import ElectionView, election_view


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = sit_down(tmp_path)
    desk.coop.write_draft()
    yield desk
    desk.coop.service.close()


def home(desk: Desk) -> str:
    return f"/officer/elections/{desk.coop.election}"


def view(desk: Desk) -> ElectionView:
    return election_view(desk.coop.service, desk.coop.election)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param({}, "title-en", id="empty"),
        pytest.param({"title-en": "The garden", "title-cy": "  "}, "title-cy", id="no Welsh"),
        pytest.param({"title-en": "x" * 201, "title-cy": "Yr ardd"}, "title-en", id="long"),
        pytest.param({"title-en": "a\x07b", "title-cy": "Yr ardd"}, "title-en", id="bell"),
    ],
)
def test_a_title_needs_both_languages(desk: Desk, fields: dict[str, str], field: str) -> None:
    page = desk.refuse("/officer/elections/new", fields)
    assert f'href="#{field}"' in page.html
    assert f'id="{field}-error"' in page.html
    for name, typed in fields.items():
        assert page.value(name) == typed


def test_making_an_election_twice_makes_one(desk: Desk) -> None:
    title = {"title-en": "The orchard", "title-cy": "Y berllan"}
    first = desk.post("/officer/elections/new", title).location
    assert desk.post("/officer/elections/new", title).location == first
    desk.send(f"{first}/questions/1/motion", MOTION)
    # There is something in the first by now: this is another election of the same title.
    assert desk.post("/officer/elections/new", title).location != first


def test_the_two_halves_of_a_double_click_make_one(desk: Desk) -> None:
    """Both arrive in the same moment."""
    page = Page(desk.client.get("/en/officer/elections/new").text)
    token = page.forms[-1]["csrf"]
    cookie = desk.client.get_cookie("teg")
    assert cookie is not None
    data = {"title-en": "The orchard", "title-cy": "Y berllan", "csrf_token": token}

    def click(_number: int) -> str | None:
        client = desk.app.test_client()
        client.set_cookie("teg", cookie.value)
        return client.post("/en/officer/elections/new", data=data).location

    with ThreadPoolExecutor(6) as pool:
        (made,) = set(pool.map(click, range(6)))
    assert made is not None


def test_the_title_can_be_changed_while_a_draft(desk: Desk) -> None:
    desk.get(f"{home(desk)}/title")
    desk.send(f"{home(desk)}/title", {"title-en": "The orchard", "title-cy": "Y berllan"})
    assert view(desk).title == {"en": "The orchard", "cy": "Y berllan"}


def test_a_motion_is_kept_in_its_four_texts(desk: Desk) -> None:
    easy = {
        "easy-read-en-title": "The garden",
        "easy-read-en-body": "We want to buy it.",
        "easy-read-cy-title": "Yr ardd",
        "easy-read-cy-body": "Rydym am ei phrynu.",
    }
    desk.send(f"{home(desk)}/questions/1/motion", {**MOTION, **easy})
    motion = view(desk).contests[0]
    assert motion.texts["en"]["standard"].body == "Shall we buy the garden?\n\nIt costs ten pounds."
    assert motion.texts["cy"]["easy-read"] == Text("Yr ardd", "Rydym am ei phrynu.")
    page = desk.get(f"{home(desk)}/questions/1/motion")
    assert page.value("easy-read-en-body") == easy["easy-read-en-body"]
    assert page.value("rule") == "ordinary"


def test_easy_read_may_be_left_out_and_this_is_said(desk: Desk) -> None:
    desk.send(f"{home(desk)}/questions/1/motion", MOTION)
    assert "There is no Easy Read text yet" in desk.get(f"{home(desk)}/questions/1/motion").words
    assert "without Easy Read" in desk.get(home(desk)).words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"rule": ""}, "rule", id="no rule"),
        pytest.param({"rule": "easy"}, "rule", id="another rule"),
        pytest.param({"standard-cy-body": ""}, "standard-cy-body", id="no Welsh text"),
        pytest.param({"standard-en-title": " "}, "standard-en-title", id="no title"),
        pytest.param({"easy-read-cy-title": "Yr ardd"}, "easy-read-cy-body", id="half a text"),
        pytest.param({"standard-en-body": "x" * 10_001}, "standard-en-body", id="long"),
        pytest.param({"standard-en-body": "a\x00b"}, "standard-en-body", id="nought"),
    ],
)
def test_a_motion_with_a_fault_is_not_kept(desk: Desk, changes: dict[str, str], field: str) -> None:
    before = view(desk).contests
    page = desk.refuse(f"{home(desk)}/questions/1/motion", {**MOTION, **changes})
    assert f'href="#{field}"' in page.html
    assert page.value("standard-cy-title") == MOTION["standard-cy-title"]
    assert view(desk).contests == before


def test_thresholds_are_those_of_the_charter(desk: Desk) -> None:
    words = desk.get(f"{home(desk)}/questions/1/motion").words
    assert "more than half of the votes" in words
    assert "at least 75% of the votes" in words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"closes-day": "31", "closes-month": "2"}, "day, month and year", id="date"),
        pytest.param({"closes-time": "6"}, "like 18:00 or 6pm", id="time"),
        pytest.param({"opens-time": ""}, "like 09:00 or 9am", id="no time"),
        pytest.param(
            {"closes-day": "25", "closes-month": "10", "closes-time": "1.30am"},
            "comes twice",
            id="clocks back",
        ),
        pytest.param(
            {
                "closes-day": "28",
                "closes-month": "3",
                "closes-year": "2027",
                "closes-time": "01:30",
            },
            "never comes",
            id="clocks forward",
        ),
        pytest.param({"closes-day": "21", "closes-month": "9"}, "later than it opens", id="order"),
        pytest.param({"closes-year": "2025"}, "has passed", id="past"),
    ],
)
def test_times_are_refused_in_plain_words(desk: Desk, changes: dict[str, str], words: str) -> None:
    before = view(desk).calendar
    page = desk.refuse(f"{home(desk)}/calendar", {**CALENDAR, **changes})
    assert words in page.words
    assert page.value("closes-day") == {**CALENDAR, **changes}["closes-day"]
    assert view(desk).calendar == before


def test_a_calendar_saved_unchanged_keeps_its_moments_whatever_its_zone(desk: Desk) -> None:
    desk.send(f"{home(desk)}/calendar", CALENDAR)
    calendar = view(desk).calendar
    assert calendar is not None
    set_calendar(
        desk.coop.service, desk.coop.election, calendar.opens, calendar.closes, "Europe/Paris"
    )
    page = desk.get(f"{home(desk)}/calendar")
    desk.send(f"{home(desk)}/calendar", {name: page.value(name) for name in CALENDAR})
    assert view(desk).calendar == calendar


def test_the_calendar_is_local_time(desk: Desk) -> None:
    desk.send(f"{home(desk)}/calendar", CALENDAR)
    calendar = view(desk).calendar
    assert calendar is not None
    # 22 September 2026, 9:00 in British Summer Time is 8:00 UTC.
    assert calendar.opens == 1_790_064_000
    page = desk.get(f"{home(desk)}/calendar")
    assert (page.value("opens-time"), page.value("closes-time")) == ("09:00", "18:00")


def test_rules_are_chosen_or_asked_for(desk: Desk) -> None:
    words = desk.get(f"{home(desk)}/rules").words
    assert "fewer than 5 people" in words
    assert "fewer than 50 people" in words
    assert "This election has such a question" not in words
    write_contest(desk.coop.service, desk.coop.election, RANKED)
    assert "This election has such a question" in desk.get(f"{home(desk)}/rules").words
    desk.send(f"{home(desk)}/rules", {"open_small_boxes": "no"})
    assert view(desk).rules.open_small_boxes is False
    assert desk.get(f"{home(desk)}/rules").value("open_small_boxes") == "no"
    desk.refuse(f"{home(desk)}/rules", {"open_small_boxes": "maybe"})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param(
            dict.fromkeys(("name-2", "email-2", "name-3", "email-3"), ""), "name-2", id="one"
        ),
        pytest.param({"email-2": "nobody"}, "email-2", id="no address"),
        pytest.param({"name-1": ""}, "name-1", id="no name"),
        pytest.param({"email-2": "TRUSTEE1@people.example"}, "email-2", id="the same person"),
        pytest.param({"needed": ""}, "needed", id="no number"),
        pytest.param({"needed": "1"}, "needed", id="one alone"),
        pytest.param({"needed": "4"}, "needed", id="more than there are"),
        pytest.param({"needed": "99999999999"}, "needed", id="a long number"),
    ],
)
def test_trustees_with_a_fault_are_not_appointed(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    page = desk.refuse(f"{home(desk)}/trustees", {**TRUSTEES, **changes})
    assert f'href="#{field}"' in page.html
    assert not view(desk).trustees


def test_three_trustees_of_whom_two_are_needed_are_proposed(desk: Desk) -> None:
    page = desk.get(f"{home(desk)}/trustees")
    assert (page.value("rows"), page.value("needed")) == ("3", "2")
    desk.send(f"{home(desk)}/trustees", TRUSTEES)
    assert view(desk).trustees_needed == 2
    words = desk.get(f"{home(desk)}/trustees").words
    assert "2 of the 3 trustees are enough" in words
    assert "All trustees are needed" not in words


def test_where_all_are_needed_the_page_warns_of_a_lost_key(desk: Desk) -> None:
    two = {**TRUSTEES, "name-3": "", "email-3": ""}
    desk.send(f"{home(desk)}/trustees", two)
    assert (len(view(desk).trustees), view(desk).trustees_needed) == (2, 2)
    assert "All trustees are needed here" in desk.get(f"{home(desk)}/trustees").words
    desk.send(f"{home(desk)}/trustees", {**TRUSTEES, "needed": "3"})
    assert "All trustees are needed here" in desk.get(f"{home(desk)}/trustees").words


def test_progress_in_making_the_key_is_said_of_each(desk: Desk) -> None:
    people = desk.coop.invite(3, 2)
    address = f"{home(desk)}/trustees"
    assert "first of three visits" in desk.get(address).words
    for person in people:
        person.give_certificate()
    people[0].give_polynomial()
    words = desk.get(address).words
    assert words.count("second of three visits") == 2
    assert "Keys made: 0 of 3." in words
    for person in people[1:]:
        person.give_polynomial()
    for person in people:
        person.give_verification_key()
    people[2].rehearse()
    words = desk.get(address).words
    assert words.count("Next: Rehearse the opening") == 2
    assert "Rehearsed: 1 of 3." in words
    assert "1 of 3 rehearsed" in desk.get(home(desk)).words
    assert "each must rehearse" in " ".join(desk.get("/officer").words.split())


def test_another_row_keeps_what_was_typed(desk: Desk) -> None:
    seen = desk.post(f"{home(desk)}/trustees", {**TRUSTEES, "do": "more"})
    assert seen.status == 200
    assert seen.page.value("rows") == "4"
    assert seen.page.value("needed") == "2"
    assert seen.page.value("email-2") == TRUSTEES["email-2"]
    assert not view(desk).trustees
    for typed in ("99999999999999999999", "9" * 5000):
        many = desk.post(f"{home(desk)}/trustees", {"do": "more", "rows": typed})
        assert many.page.value("rows") == "20"


def test_the_list_says_what_is_missing_and_where_it_is_mended(desk: Desk) -> None:
    page = desk.get(home(desk))
    for word in ("Not named", "Holds", "Cannot start yet"):
        assert word in page.words
    assert f"/en{home(desk)}/trustees" in page.links
    desk.coop.appoint()
    assert "Ready" in desk.get(home(desk)).words


def test_each_draft_page_of_another_state_shows_that_state(desk: Desk) -> None:
    desk.coop.appoint()
    pages = {
        "title": {"title-en": "X", "title-cy": "Y"},
        "questions/1/motion": MOTION,
        "calendar": CALENDAR,
        "rules": {"open_small_boxes": "no"},
        "trustees": TRUSTEES,
    }
    announce_election(desk.coop.service, desk.coop.election)
    before = view(desk)
    for page, fields in pages.items():
        shown = desk.send(f"{home(desk)}/{page}", fields)
        assert "Nothing was changed by this" in shown.words
        assert "Announced, not open yet" in shown.words
    assert view(desk) == before
    for page in ("title", "questions/1/motion", "calendar", "rules"):
        assert desk.client.get(f"/en{home(desk)}/{page}").status_code == 303
    assert "Key: made" in desk.get(f"{home(desk)}/trustees").words


@pytest.mark.parametrize(
    "page",
    ["", "/questions", "/questions/1/motion", "/calendar", "/trustees", "/guarantee", "/turnout"],
)
def test_an_unknown_election_is_a_plain_404(desk: Desk, page: str) -> None:
    desk.get(f"/officer/elections/11111111111111{page}", status=404)


def test_a_void_draft_has_no_public_page_to_lead_to(desk: Desk) -> None:
    void_election(desk.coop.service, desk.coop.election, "A mistake.")
    page = desk.get(home(desk))
    assert f"/en/elections/{desk.coop.election}" not in page.links
    assert "A mistake." in page.words


def test_pages_work_when_trustees_have_made_their_keys(desk: Desk) -> None:
    desk.send(f"{home(desk)}/trustees", TRUSTEES)
    give_keys(desk)
    assert "You can announce the election" in desk.get("/officer").words
