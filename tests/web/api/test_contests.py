"""Contests of every kind by the operator's interface, in the form in which a manifest has them."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.web.api.conftest import JSON, TOKEN, Opener, Site, error_of
from tests.web.contests import EVERY_KIND, GRADED, MOTION, RANKED, SEVERAL
from tests.web.cooperative import CLOSES, START, TITLE
from tests.web.serving import Answer
from voting.contests import contest_object
from voting.manifest import MAX_CONTESTS
from web.actions.write_contests import write_contest
from web.actions.write_election import create_election, set_calendar

BEARER = f"Authorization: Bearer {TOKEN}"


def put(site: Site, uuid: str, name: str, body: bytes) -> Answer:
    path = f"/api/operator/elections/{uuid}/contests/{name}"
    return site.send("PUT", path, body, JSON, BEARER)


def drop(site: Site, uuid: str, name: str) -> Answer:
    path = f"/api/operator/elections/{uuid}/contests/{name}"
    return site.send("DELETE", path, b"", BEARER)


def shown(site: Site, uuid: str) -> list[dict[str, Any]]:
    answer = site.get(f"/api/operator/elections/{uuid}", BEARER)
    assert answer.status == 200, answer.body
    contests: list[dict[str, Any]] = json.loads(answer.body)["contests"]
    return contests


def encode(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.fixture
def draft(site_of: Opener) -> tuple[Site, str]:
    """A draft without contests, and where it is served."""
    site = site_of()
    uuid = create_election(site.coop.service, TITLE)
    set_calendar(site.coop.service, uuid, START, CLOSES)
    return site, uuid


def test_contests_of_every_kind_are_written_changed_and_removed(draft: tuple[Site, str]) -> None:
    site, uuid = draft
    for contest in EVERY_KIND:
        answer = put(site, uuid, contest.id, encode(contest_object(contest)))
        assert (answer.status, answer.body) == (200, b"{}")
    assert shown(site, uuid) == [contest_object(contest) for contest in EVERY_KIND]
    # The same id again replaces it in its place.
    changed = contest_object(SEVERAL) | {"most": 1}
    assert put(site, uuid, SEVERAL.id, encode(changed)).status == 200
    expected = [contest_object(contest) for contest in EVERY_KIND]
    expected[[contest.id for contest in EVERY_KIND].index(SEVERAL.id)] = changed
    assert shown(site, uuid) == expected
    assert drop(site, uuid, RANKED.id).status == 200
    assert [contest["id"] for contest in shown(site, uuid)] == [
        contest.id for contest in EVERY_KIND if contest != RANKED
    ]
    assert error_of(drop(site, uuid, RANKED.id)) == (404, "unknown-contest")


def test_a_contest_goes_where_its_id_says(draft: tuple[Site, str]) -> None:
    site, uuid = draft
    answer = put(site, uuid, "another", encode(contest_object(MOTION)))
    assert error_of(answer) == (400, "malformed")
    assert json.loads(answer.body)["field"] == "id"
    assert shown(site, uuid) == []


def test_an_unknown_election_has_no_contests(steady_site: Site) -> None:
    answer = put(steady_site, "nowhere", MOTION.id, encode(contest_object(MOTION)))
    assert error_of(answer) == (404, "unknown-election")
    assert error_of(drop(steady_site, "nowhere", MOTION.id)) == (404, "unknown-election")


def test_what_is_announced_is_asked_as_it_stands(steady_site: Site) -> None:
    uuid = steady_site.coop.election
    answer = put(steady_site, uuid, RANKED.id, encode(contest_object(RANKED)))
    assert error_of(answer) == (409, "not-a-draft")
    assert error_of(drop(steady_site, uuid, MOTION.id)) == (409, "not-a-draft")
    assert shown(steady_site, uuid) == [contest_object(MOTION)]


def test_a_method_that_cannot_be_weighted_is_refused(draft: tuple[Site, str]) -> None:
    site, uuid = draft
    scottish = contest_object(RANKED) | {"method": "stv-scottish"}
    answer = put(site, uuid, RANKED.id, encode(scottish))
    assert error_of(answer) == (422, "weighted-method")


Contest = dict[str, Any]
Spoil = Callable[[Contest], object]


def _texts(contest: Contest, **changes: object) -> Contest:
    texts = {language: dict(twins) for language, twins in contest["texts"].items()}
    texts["en"]["standard"] = texts["en"]["standard"] | changes
    return contest | {"texts": texts}


WRONG: dict[str, Spoil] = {
    "nothing in it": lambda _: {},
    "a list": lambda contest: [contest],
    "a text": lambda _: "motion",
    "a field too many": lambda contest: contest | {"colour": "red"},
    "a field too few": lambda contest: {k: v for k, v in contest.items() if k != "most"},
    "an unknown kind": lambda contest: contest | {"kind": "opinion"},
    "an unknown method": lambda contest: contest | {"method": "borda"},
    "a method that is a list": lambda contest: contest | {"method": ["irv"]},
    "no blank vote": lambda contest: contest | {"blank": False},
    "seats as text": lambda contest: contest | {"seats": "1"},
    "seats as truth": lambda contest: contest | {"seats": True},
    "no seats": lambda contest: contest | {"seats": 0},
    "as many seats as options": lambda contest: contest | {"seats": 3},
    "one option": lambda contest: contest | {"options": contest["options"][:1]},
    "the same option twice": lambda contest: contest | {"options": contest["options"][:1] * 2},
    "an option in one language": lambda contest: (
        contest | {"options": [{"en": "Ash"}, *contest["options"]]}
    ),
    "an option that is a number": lambda contest: contest | {"options": [1, 2, 3]},
    "many options": lambda contest: (
        contest | {"options": [{"en": f"Example {n}", "cy": f"Enghraifft {n}"} for n in range(31)]}
    ),
    "no grades": lambda contest: contest | {"grades": []},
    "grades of another kind": lambda contest: contest | {"top": 4},
    "a title of two lines": lambda contest: _texts(contest, title="One\nTwo"),
    "a title that turns": lambda contest: _texts(contest, title="One\u202etwo"),
    "a body that is no text": lambda contest: _texts(contest, body=None),
    "an empty id": lambda contest: contest | {"id": ""},
    "an id with a path": lambda contest: contest | {"id": "../1"},
    "a very long body": lambda contest: _texts(contest, body="x" * 200_000),
    "deep": lambda contest: contest | {"texts": _nest(200)},
}


def _nest(depth: int) -> object:
    value: object = {}
    for _ in range(depth):
        value = {"en": value}
    return value


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_contest_is_refused_and_nothing_repeated(steady_site: Site, name: str) -> None:
    body = encode(WRONG[name](contest_object(GRADED)))
    answer = put(steady_site, steady_site.coop.election, GRADED.id, body)
    assert answer.status in (400, 422), answer.body
    assert set(json.loads(answer.body)) <= {"error", "message", "field"}
    assert b"Traceback" not in answer.body
    assert b"borda" not in answer.body


BROKEN = {
    "no JSON": b"{",
    "not UTF-8": b'{"id":"\xff"}',
    "very deep": b'{"a":' * 100_000,
    "half a letter": b'{"id":"\\ud800"}',
    "no number": b'{"seats":NaN}',
    "a very long number": b'{"seats":' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_json_is_refused(steady_site: Site, name: str) -> None:
    answer = put(steady_site, steady_site.coop.election, "1", BROKEN[name])
    assert answer.status in (400, 422), answer.body
    assert b"Traceback" not in answer.body


def test_another_type_and_too_much_are_refused(steady_site: Site) -> None:
    path = f"/api/operator/elections/{steady_site.coop.election}/contests/1"
    body = encode(contest_object(MOTION))
    plain = steady_site.send("PUT", path, body, "Content-Type: text/plain", BEARER)
    assert error_of(plain) == (415, "wrong-media-type")
    large = steady_site.send("PUT", path, b" " * (1024 * 1024 + 1), JSON, BEARER)
    assert error_of(large) == (413, "too-large")


def test_no_more_contests_than_a_manifest_takes(draft: tuple[Site, str]) -> None:
    site, uuid = draft
    for number in range(MAX_CONTESTS):
        write_contest(site.coop.service, uuid, replace(MOTION, id=str(number)))
    answer = put(site, uuid, "more", encode(contest_object(replace(MOTION, id="more"))))
    assert error_of(answer) == (422, "against-the-rules")
    assert put(site, uuid, "0", encode(contest_object(replace(MOTION, id="0")))).status == 200
