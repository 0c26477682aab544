"""An officer takes an election from an empty roll to its certificate, on pages alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.cooperative import COLLEGES, PASSPHRASE, make_csv
from tests.web.pages.desk import Desk, csv_file, give_keys, packed, sit_down
from web.actions.import_roll import preview_roll
from web.views import election_view

MOTION = {
    "rule": "ordinary",
    "standard-en-title": "Buy the garden",
    "standard-en-body": "Shall we buy the garden?\r\n\r\nIt costs ten pounds.",
    "standard-cy-title": "Prynu'r ardd",
    "standard-cy-body": "A ddylem brynu'r ardd?",
}
CALENDAR = {
    "opens-day": "22",
    "opens-month": "9",
    "opens-year": "2026",
    "opens-time": "9am",
    "closes-day": "1",
    "closes-month": "10",
    "closes-year": "2026",
    "closes-time": "18:00",
}
TRUSTEES = {
    "rows": "3",
    "do": "save",
    "needed": "2",
    "name-1": "Example Trustee 1",
    "email-1": "trustee1@people.example",
    "name-2": "Example Trustee 2",
    "email-2": "trustee2@people.example",
    "name-3": "Example Trustee 3",
    "email-3": "trustee3@people.example",
}
COUNCIL = {
    "options": "3",
    "do": "save",
    "new": "yes",
    "seats": "2",
    "standard-en-title": "Who shall sit on the Council?",
    "standard-cy-title": "Pwy gaiff eistedd ar y Cyngor?",
    **{
        f"option-{language}-{n}": f"Example Person {n}"
        for language in ("en", "cy")
        for n in (1, 2, 3)
    },
}
YES = {"confirm": "yes", "reason": "As the meeting decided."}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = sit_down(tmp_path)
    yield desk
    desk.coop.service.close()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_from_the_roll_to_the_certificate(desk: Desk, language: str) -> None:
    desk.language = language
    desk.get("/officer")
    raw = make_csv([*COLLEGES, "community"])
    preview = preview_roll(desk.coop.service, raw)
    assert desk.post("/officer/roll", {"csv": csv_file([*COLLEGES, "community"])}).status == 200
    desk.send("/officer/roll/confirm", {"file": packed(raw), "digest": preview.digest})

    desk.get("/officer/elections/new")
    seen = desk.post("/officer/elections/new", {"title-en": "The garden", "title-cy": "Yr ardd"})
    home = seen.location
    uuid = home.rpartition("/")[2]
    desk.get(home)
    for page, fields in (
        ("questions/1/motion", MOTION),
        ("calendar", CALENDAR),
        ("rules", {"open_small_boxes": "yes"}),
        ("trustees", TRUSTEES),
    ):
        desk.get(f"{home}/{page}")
        desk.send(f"{home}/{page}", fields)
        desk.get(f"{home}/{page}")
    assert "51%" in desk.get(f"{home}/guarantee").words
    desk.coop.election = uuid
    give_keys(desk)

    announced = desk.send(f"{home}/announce", YES)
    assert election_view(desk.coop.service, uuid).state == "announced"
    assert f"{home}/open" in announced.links
    desk.get(f"{home}/open")
    desk.send(f"{home}/open", YES)
    assert election_view(desk.coop.service, uuid).state == "open"
    desk.get(f"{home}/turnout")
    desk.get(f"{home}/close")
    desk.send(f"{home}/close", YES)
    desk.get(f"{home}/tally")
    waiting = desk.send(f"{home}/tally", {"confirm": "yes"})
    assert f"{home}/trustees" in waiting.links
    for place in (0, 1):
        desk.coop.give(place)

    counted = desk.get(home)
    assert f"{home}/certify" in counted.links
    desk.get(f"{home}/certify")
    done = desk.send(f"{home}/certify", {**YES, "passphrase": PASSPHRASE})
    assert election_view(desk.coop.service, uuid).certified_at is not None
    assert f"{home}/void" not in done.links
    assert YES["reason"] in done.words
    desk.get("/officer")
