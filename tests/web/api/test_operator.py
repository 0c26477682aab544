"""A whole election by the operator's interface, and what it refuses."""

import json
from typing import Any

import pytest

from tests.web.api.conftest import JSON, TOKEN, Opener, Site, error_of
from tests.web.contests import MOTION
from tests.web.cooperative import CLOSES, COLLEGES, PASSPHRASE, START, TITLE, make_csv
from tests.web.serving import Answer
from voting.contests import contest_object
from web.actions.announce_election import announce_election

BEARER = f"Authorization: Bearer {TOKEN}"


def act(site: Site, method: str, path: str, body: object) -> Answer:
    raw = json.dumps(body).encode()
    return site.send(method, f"/api/operator/{path}", raw, JSON, BEARER)


def do(site: Site, method: str, path: str, body: object) -> Any:
    answer = act(site, method, path, body)
    assert answer.status in (200, 201), answer.body
    return json.loads(answer.body)


def show(site: Site, path: str) -> Any:
    answer = site.get(f"/api/operator/{path}", BEARER)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def draft(site: Site) -> str:
    uuid = str(do(site, "POST", "elections", {"title": TITLE})["election"])
    do(site, "PUT", f"elections/{uuid}/contests/1", contest_object(MOTION))
    do(site, "PUT", f"elections/{uuid}/calendar", {"opens": START, "closes": CLOSES})
    do(site, "PUT", f"elections/{uuid}/rules", {"open_small_boxes": True})
    return uuid


PEOPLE = [
    {"name": f"Example Trustee {n}", "email": f"trustee{n}@people.example"} for n in range(1, 6)
]


def test_a_draft_says_what_is_missing_until_it_can_be_announced(site_of: Opener) -> None:
    site = site_of()
    uuid = draft(site)
    assert show(site, f"elections/{uuid}")["missing"] == ["no-trustees"]
    two = {"trustees": PEOPLE[:2]}
    told = do(site, "PUT", f"elections/{uuid}/trustees", two)["trustees"]
    assert [trustee["number"] for trustee in told] == [1, 2]
    assert show(site, f"elections/{uuid}")["missing"] == ["trustee-key:1", "trustee-key:2"]
    refused = act(site, "POST", f"elections/{uuid}/announce", {})
    assert error_of(refused) == (409, "not-ready")
    assert json.loads(refused.body)["missing"] == ["trustee-key:1", "trustee-key:2"]


@pytest.mark.parametrize(
    ("count", "needed", "shown"),
    [(2, None, 2), (3, None, 2), (3, 2, 2), (3, 3, 3), (5, None, 3)],
)
def test_so_many_of_the_trustees_are_needed(
    site_of: Opener, count: int, needed: int | None, shown: int
) -> None:
    site = site_of()
    uuid = draft(site)
    body = {"trustees": PEOPLE[:count], "needed": needed}
    do(site, "PUT", f"elections/{uuid}/trustees", body)
    view = show(site, f"elections/{uuid}")
    assert view["trustees_needed"] == shown
    step = "certificate" if shown < count else "key"
    assert {trustee["step"] for trustee in view["trustees"]} == {step}


@pytest.mark.parametrize(
    ("count", "needed", "error"),
    [
        (3, 1, (422, "trustees-needed")),
        (3, 4, (422, "trustees-needed")),
        (3, 0, (422, "trustees-needed")),
        (1, 1, (422, "too-few-trustees")),
        (3, "2", (400, "malformed")),
        (3, True, (400, "malformed")),
        (3, 2.0, (400, "malformed")),
    ],
)
def test_a_number_that_cannot_be_needed_is_refused(
    site_of: Opener, count: int, needed: object, error: tuple[int, str]
) -> None:
    site = site_of()
    uuid = draft(site)
    body = {"trustees": PEOPLE[:count], "needed": needed}
    assert error_of(act(site, "PUT", f"elections/{uuid}/trustees", body)) == error
    assert show(site, f"elections/{uuid}")["trustees"] == []


def test_the_acts_move_an_election_to_its_certificate(site_of: Opener) -> None:
    site = site_of()
    coop = site.coop
    coop.write_draft()
    coop.appoint()
    path = f"elections/{coop.election}"
    told = do(site, "POST", f"{path}/announce", {"return_credentials": True})
    assert set(told["boxes"]) == {"supported", "employee", "community"}
    numbers = {college: len(told["credentials"][box]) for college, box in told["boxes"].items()}
    assert numbers == {"supported": 3, "employee": 2, "community": 1}
    do(site, "POST", f"{path}/open", {"reason": "It is time."})
    do(site, "POST", f"{path}/close", {"reason": "All have voted."})
    do(site, "POST", f"{path}/tally", {})
    for place in (0, 1):
        coop.give(place)
    wrong = act(site, "POST", f"{path}/certify", {"passphrase": "no", "reason": "Checked."})
    assert error_of(wrong) == (403, "wrong-passphrase")
    do(site, "POST", f"{path}/certify", {"passphrase": PASSPHRASE, "reason": "All was checked."})
    view = show(site, path)
    assert view["state"] == "certified"
    assert [each["act"] for each in view["reasons"]][-1] == "certify"


def test_an_election_can_be_voided_with_a_reason(site_of: Opener) -> None:
    site = site_of()
    uuid = draft(site)
    assert error_of(act(site, "POST", f"elections/{uuid}/void", {})) == (422, "missing-reason")
    do(site, "POST", f"elections/{uuid}/void", {"reason": "The text was wrong."})
    assert show(site, f"elections/{uuid}")["state"] == "void"


def test_a_roll_is_compared_first_and_imported_with_its_digest(site_of: Opener) -> None:
    site = site_of()
    csv = make_csv([*COLLEGES, "community"]).decode()
    preview = do(site, "POST", "roll", {"csv": csv})
    assert (preview["imported"], preview["added"], preview["removed"]) == (False, 1, 0)
    assert dict(show(site, "roll")["members"])["community"] == 1
    do(site, "POST", "roll", {"csv": csv, "digest": preview["digest"]})
    assert dict(show(site, "roll")["members"])["community"] == 2
    stale = act(site, "POST", "roll", {"csv": csv, "digest": preview["digest"]})
    assert error_of(stale) == (409, "stale-preview")


def test_every_fault_of_a_roll_is_told_and_no_value_of_it(site_of: Opener) -> None:
    site = site_of()
    csv = "number,name,email,college,language,format\n1,,bad address,nowhere,fr,loud\n"
    answer = act(site, "POST", "roll", {"csv": csv})
    assert error_of(answer) == (422, "bad-roll")
    problems = json.loads(answer.body)["problems"]
    assert {problem["line"] for problem in problems} == {2}
    assert len(problems) >= 4
    assert b"bad address" not in answer.body


def test_credentials_and_links_are_kept_back_unless_the_settings_say_otherwise(
    site_of: Opener,
) -> None:
    site = site_of(return_credentials=False)
    uuid = draft(site)
    two = {"trustees": PEOPLE[:2]}
    told = do(site, "PUT", f"elections/{uuid}/trustees", two)["trustees"]
    assert told == [{"number": 1}, {"number": 2}]
    site.coop.election = uuid
    site.coop.appoint()
    answer = act(site, "POST", f"elections/{uuid}/announce", {"return_credentials": True})
    assert error_of(answer) == (403, "settings-forbid")
    assert show(site, f"elections/{uuid}")["state"] == "draft"
    announce_election(site.coop.service, uuid)


ROUTES = [
    ("GET", "roll"),
    ("POST", "roll"),
    ("POST", "elections"),
    ("GET", "elections/x"),
    *(("PUT", f"elections/x/{part}") for part in ("contests/1", "calendar", "rules", "trustees")),
    ("DELETE", "elections/x/contests/1"),
    *(
        ("POST", f"elections/x/{act}")
        for act in ("announce", "open", "close", "tally", "certify", "void")
    ),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_the_token_nothing_is_said_or_done(
    steady_site: Site, method: str, path: str
) -> None:
    for line in ("X-Nothing: here", "Authorization: Bearer wrong", "Cookie: teg=whatever"):
        answer = steady_site.send(method, f"/api/operator/{path}", b"{}", JSON, line)
        assert error_of(answer) == (401, "not-the-operator")


def test_where_no_token_is_set_there_is_no_such_interface(site_of: Opener) -> None:
    site = site_of(operator_token=None)
    assert error_of(site.get("/api/operator/roll", "Authorization: Bearer ")) == (404, "not-found")


BODIES: dict[str, tuple[str, str, bytes, int]] = {
    "no JSON": ("POST", "elections", b"{", 400),
    "a list": ("POST", "elections", b"[]", 400),
    "a field missing": ("POST", "elections", b"{}", 400),
    "a field too many": ("POST", "elections", b'{"title":{},"x":1}', 400),
    "a number for a text": ("POST", "elections", b'{"title":{"en":1,"cy":"x"}}', 400),
    "a text for a number": ("PUT", "elections/x/calendar", b'{"opens":"1","closes":2}', 400),
    "a truth for a number": ("PUT", "elections/x/calendar", b'{"opens":true,"closes":2}', 400),
    "a language too few": ("POST", "elections", b'{"title":{"en":"x"}}', 422),
    "an unknown election": ("PUT", "elections/x/calendar", b'{"opens":1,"closes":2}', 404),
    "not UTF-8": ("POST", "elections", b'{"title":{"en":"\xff","cy":"x"}}', 400),
    "half a letter": ("POST", "roll", b'{"csv":"\\ud800"}', 400),
    "very deep": ("POST", "elections", b"[" * 100_000, 400),
    "no such path": ("POST", "nothing", b"{}", 404),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_wrong_body_is_refused_without_a_trace(steady_site: Site, name: str) -> None:
    method, path, body, status = BODIES[name]
    answer = steady_site.send(method, f"/api/operator/{path}", body, JSON, BEARER)
    assert answer.status == status, answer.body
    assert set(json.loads(answer.body)) <= {"error", "message", "field"}
    assert b"Traceback" not in answer.body
    assert b".py" not in answer.body
