"""Who is asked: all members, or one college for its reserved seats; motions under every rule."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.voting.examples import make_choice
from tests.web.cooperative import CHARTER, COMMUNITY, EMPLOYEE, SUPPORTED, found
from tests.web.pages.desk import Desk
from tests.web.pages.test_officer_journey import COUNCIL, MOTION
from voting.charter.charter import Charter
from voting.charter.motion_rules import STATUTORY, MotionRule
from voting.charter.thresholds import TWO_THIRDS
from voting.contests import Contest, Motion
from voting.option_contests import OptionContest
from web.actions.adopt_charter import adopt_charter
from web.actions.write_contests import write_contest
from web.pages.app import build_pages
from web.views import election_view

RESERVED = replace(
    CHARTER,
    council={SUPPORTED: 4, EMPLOYEE: 2, COMMUNITY: 1},
    statutory={"transfer": MotionRule(TWO_THIRDS, heads=STATUTORY["transfer"])},
)


def sit(folder: Path, charter: Charter) -> Desk:
    coop = found(folder / "data", charter=charter)
    app = build_pages(coop.service)
    desk = Desk(coop, app, app.test_client())
    desk.sign_in(coop.set_up.officer_link_secret)
    coop.write_draft()
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = sit(tmp_path, RESERVED)
    yield desk
    desk.coop.service.close()


def home(desk: Desk) -> str:
    return f"/officer/elections/{desk.coop.election}/questions"


def contests(desk: Desk) -> tuple[Contest, ...]:
    return election_view(desk.coop.service, desk.coop.election).contests


def test_a_council_of_reserved_seats_is_written_from_page_to_page(desk: Desk) -> None:
    assert f"/en{home(desk)}/2/asked" in desk.get(home(desk)).links
    page = desk.get(f"{home(desk)}/2/asked")
    assert "The reserved seats of this college: 2." in page.words
    desk.refuse(f"{home(desk)}/2/asked", {"college": "kitchen"})
    method = desk.post(f"{home(desk)}/2/asked", {"college": "employee"}).location
    assert method.endswith("/2/method?college=employee")
    assert "Scottish" in desk.get(method).words, "whole ballots of one college weigh the same"
    options = desk.post(method, {"method": "stv-scottish"}).location
    assert "Asked: Employees." in desk.get(options).words
    refused = desk.refuse(options, {**COUNCIL, "seats": "3"})
    assert "Write a number from 1 to 2." in refused.words
    one = {name: "" for n in (2, 3) for name in (f"option-en-{n}", f"option-cy-{n}")}
    listed = desk.send(options, {**COUNCIL, **one, "seats": "2"})
    assert "Only “Employees” is asked" in listed.words
    saved = contests(desk)[1]
    assert isinstance(saved, OptionContest)
    assert (saved.college, saved.seats, saved.vacant) == (EMPLOYEE, 2, 1)
    again = desk.get(f"{home(desk)}/2/options")
    assert again.value("seats") == "2"
    assert desk.get(f"{home(desk)}/2/asked").value("college") == "employee"
    guarantee = desk.get(home(desk).removesuffix("/questions") + "/guarantee").words
    assert "Only the members of “Employees” vote on 2 seats here." in guarantee
    assert "1 seat stays empty. It passes to nobody." in guarantee


def test_whoever_is_asked_may_be_changed_until_the_election_is_announced(desk: Desk) -> None:
    write_contest(
        desk.coop.service,
        desk.coop.election,
        make_choice("stv-exact", id="2", seats=3, options=4, college=SUPPORTED),
    )
    method = desk.post(f"{home(desk)}/2/asked", {"college": "all"}).location
    options = desk.post(method, {"method": "stv-exact"}).location
    desk.send(options, {**COUNCIL, "seats": "1", "new": ""})
    assert getattr(contests(desk)[1], "college", "") is None


@pytest.mark.parametrize("page", ["method", "options?method=irv", "options"])
def test_a_college_without_seats_leads_back_to_who_is_asked(desk: Desk, page: str) -> None:
    address = f"{home(desk)}/2/{page}{'&' if '?' in page else '?'}college=kitchen"
    seen = desk.client.get(f"/en{address}")
    for _ in range(3):
        if seen.status_code != 303:
            break
        seen = desk.client.get(seen.location)
    assert seen.status_code == 200
    assert seen.request.path.endswith("/asked")


def test_where_no_seats_are_reserved_nobody_is_asked_for_whom(tmp_path: Path) -> None:
    desk = sit(tmp_path, CHARTER)
    assert f"/en{home(desk)}/2/method" in desk.get(home(desk)).links
    seen = desk.client.get(f"/en{home(desk)}/2/asked")
    assert seen.location.endswith("/2/method?college=all")
    desk.get(seen.location.removeprefix("/en"))
    desk.coop.service.close()


def test_motions_are_offered_under_every_rule_of_the_charter(desk: Desk) -> None:
    page = desk.get(f"{home(desk)}/2/motion")
    assert "Transfer of engagements" in page.words
    assert "Heads are counted as well, one for each member" in page.words
    assert "Conversion into a company" not in page.words
    desk.refuse(f"{home(desk)}/2/motion", {**MOTION, "rule": "conversion"})
    listed = desk.send(f"{home(desk)}/2/motion", {**MOTION, "rule": "transfer"})
    assert "Transfer of engagements" in listed.words
    saved = contests(desk)[1]
    assert isinstance(saved, Motion)
    assert saved.rule == "transfer"


def test_where_colleges_vote_as_one_only_one_choice_is_offered(tmp_path: Path) -> None:
    desk = sit(tmp_path, replace(CHARTER, scheme="bloc"))
    page = desk.get(f"{home(desk)}/2/method")
    offered = [entry["value"] for entry in page.fields if entry.get("name") == "method"]
    assert offered == ["plurality"]
    desk.refuse(f"{home(desk)}/2/method", {"method": "irv"})
    desk.coop.service.close()


def test_a_charter_adopted_while_a_page_was_open_is_said(desk: Desk) -> None:
    options = f"{home(desk)}/2/options?method=approval"
    desk.get(options)
    adopt_charter(desk.coop.service, replace(RESERVED, scheme="bloc"), "The meeting.")
    assert desk.post(options, {**COUNCIL}).location.endswith("/2/method")
    desk.send(f"{home(desk)}/2/options?method=plurality", COUNCIL)
    assert len(contests(desk)) == 2
