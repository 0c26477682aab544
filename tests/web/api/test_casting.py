"""The ballot box over HTTP: every status of it, and that a refusal changes nothing."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from ballots.ballot import tracker
from tests.voting.examples import make_choice
from tests.web.api.conftest import JSON, Opener, Site
from tests.web.forging import forge_proof
from tests.web.serving import Answer, connect
from web.api.casting import MOST_BALLOT
from web.views import election_view


def told(answer: Answer) -> dict[str, object]:
    value: dict[str, object] = json.loads(answer.body)
    return value


def in_the_box(site: Site) -> tuple[list[int], bytes]:
    site.coop.service.keeper.publish()
    view = election_view(site.coop.service, site.coop.election)
    return [box.ballots for box in view.boxes], site.get("/log/checkpoint").body


def test_a_ballot_is_taken_and_told_by_its_tracker(site: Site) -> None:
    raw = site.coop.seal("supported", 0, "for")
    answer = site.cast("supported", raw)
    assert answer.status == 201
    assert answer.header("content-type") == "application/json"
    assert told(answer) == {
        "tracker": tracker(raw),
        "box": site.coop.box("supported"),
        "election": site.coop.election,
        "log_index": told(answer)["log_index"],
    }
    assert in_the_box(site)[0] == [1, 0, 0]


def test_a_ballot_on_many_questions_is_taken_and_one_too_large_for_its_box_is_not(
    site_of: Opener,
) -> None:
    site = site_of()
    contests = [make_choice("approval", id=f"c{n}", options=50) for n in range(6)]
    site.coop.open(*contests)
    raw = site.coop.seal("supported", 0, [[0, *[1, 0] * 25]] * len(contests))
    limit = 64 * 1024 + 2 * 1024 * len(contests) * 51
    assert 128 * 1024 < len(raw) < limit
    assert site.cast("supported", raw).status == 201
    answer = site.cast("supported", raw + b" " * (limit + 1 - len(raw)))
    assert (answer.status, told(answer)["error"]) == (413, "too-large")
    assert in_the_box(site)[0] == [1, 0, 0]


def test_the_same_bytes_again_are_told_the_same(site: Site) -> None:
    raw = site.coop.seal("supported", 0, "for")
    first, second = site.cast("supported", raw), site.cast("supported", raw)
    assert (first.status, second.status) == (201, 200)
    assert told(first) == told(second)
    assert in_the_box(site)[0] == [1, 0, 0]


def test_an_older_ballot_cannot_be_brought_back(site: Site) -> None:
    old, new = (site.coop.seal("supported", 0, choice) for choice in ("for", "against"))
    assert [site.cast("supported", raw).status for raw in (old, new, old)] == [201, 201, 409]
    assert in_the_box(site)[0] == [2, 0, 0]


def _mutate(raw: bytes, key: str, value: object) -> bytes:
    return json.dumps(json.loads(raw) | {key: value}, separators=(",", ":")).encode()


def _swap_signature(site: Site, raw: bytes) -> bytes:
    mine = json.loads(raw)["signature"]
    other = json.loads(site.coop.seal("supported", 0, "against"))["signature"]
    return _mutate(raw, "signature", {"hash": mine["hash"], "proof": other["proof"]})


def _stranger(site: Site, raw: bytes) -> bytes:
    return _mutate(raw, "credential", site.coop.public("employee", 0))


Spoil = Callable[[Site, bytes], bytes]
SPOILT: dict[str, tuple[Spoil, int, str]] = {
    "nothing": (lambda _site, _raw: b"", 400, "malformed"),
    "no JSON": (lambda _site, _raw: b"{", 400, "malformed"),
    "not UTF-8": (lambda _site, raw: raw[:-1] + b"\xff}", 400, "malformed"),
    "a list": (lambda _site, raw: b"[" + raw + b"]", 400, "malformed"),
    "a line end too many": (lambda _site, raw: raw + b"\n", 400, "malformed"),
    "a field too many": (lambda _site, raw: _mutate(raw, "extra", 1), 400, "malformed"),
    "another credential": (_stranger, 403, "unknown-credential"),
    "another signature": (_swap_signature, 403, "wrong-signature"),
    "another box": (lambda site, _raw: site.coop.seal("employee", 0, "for"), 422, "foreign-ballot"),
    "too large": (lambda _site, raw: raw + b" " * MOST_BALLOT, 413, "too-large"),
    "larger than this box can hold": (lambda _site, raw: raw + b" " * 100_000, 413, "too-large"),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_ballot_is_refused_and_nothing_changes(steady_site: Site, spoil: str) -> None:
    change, status, code = SPOILT[spoil]
    before = in_the_box(steady_site)
    answer = steady_site.cast(
        "supported", change(steady_site, steady_site.coop.seal("supported", 0, "for"))
    )
    assert (answer.status, told(answer)["error"]) == (status, code)
    assert in_the_box(steady_site) == before


def test_a_wrong_proof_is_refused_with_a_sentence_in_both_languages(steady_site: Site) -> None:
    before = in_the_box(steady_site)
    answer = steady_site.cast("supported", forge_proof(steady_site.coop))
    assert (answer.status, told(answer)["error"]) == (422, "wrong-proof")
    message = told(answer)["message"]
    assert isinstance(message, dict)
    assert set(message) == {"en", "cy"}
    assert message["en"] != message["cy"]
    assert in_the_box(steady_site) == before


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", ""],
)
def test_only_json_is_read(steady_site: Site, kind: str) -> None:
    """A form on a foreign page can only send the other types."""
    before = in_the_box(steady_site)
    raw = steady_site.coop.seal("supported", 0, "for")
    path = f"/api/boxes/{steady_site.coop.box('supported')}/ballots"
    answer = steady_site.post(path, raw, *([f"Content-Type: {kind}"] if kind else []))
    assert (answer.status, told(answer)["error"]) == (415, "wrong-media-type")
    assert in_the_box(steady_site) == before


def test_there_is_no_such_box(steady_site: Site) -> None:
    answer = steady_site.post("/api/boxes/11111111111111/ballots", b"{}", JSON)
    assert (answer.status, told(answer)["error"]) == (404, "unknown-box")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_a_box_only_takes(steady_site: Site, method: str) -> None:
    path = f"/api/boxes/{steady_site.coop.box('supported')}/ballots"
    assert steady_site.send(method, path, b"{}", JSON).status == 405


def test_a_closed_election_takes_nothing(site: Site) -> None:
    raw = site.coop.seal("supported", 0, "for")
    site.coop.close()
    before = in_the_box(site)
    answer = site.cast("supported", raw)
    assert (answer.status, told(answer)["error"]) == (409, "not-open")
    assert in_the_box(site) == before


def test_slow_ballots_hold_up_neither_pages_nor_other_ballots(site: Site) -> None:
    path = f"/api/boxes/{site.coop.box('supported')}/ballots"
    head = f"POST {path} HTTP/1.1\r\nHost: t\r\n{JSON}\r\nContent-Length: 5000\r\n\r\n"
    slow = [connect(site.port) for _ in range(80)]
    try:
        for wire in slow:
            wire.sendall(head.encode() + b"{")
        started = time.monotonic()
        assert site.get("/en/").status == 200
        assert site.cast("supported", site.coop.seal("supported", 0, "for")).status == 201
        assert time.monotonic() - started < 10
    finally:
        for wire in slow:
            wire.close()


def test_many_members_at_once_are_each_in_the_box_once(site: Site) -> None:
    places = [("supported", 0), ("supported", 1), ("supported", 2), ("employee", 0)]
    places += [("employee", 1), ("community", 0)]
    ballots = [
        (college, site.coop.seal(college, place, choice))
        for college, place in places
        for choice in ("for", "against", "blank")
    ]
    with ThreadPoolExecutor(18) as pool:
        answers = list(pool.map(lambda ballot: site.cast(*ballot), ballots))
    assert {answer.status for answer in answers} == {201}
    assert len({told(answer)["log_index"] for answer in answers}) == len(ballots)
    assert in_the_box(site)[0] == [9, 6, 3]


def test_one_address_that_sends_too_much_is_told_to_wait(site_of: Opener) -> None:
    site = site_of(casting_burst=2, casts_per_minute=60)
    site.coop.open()
    raw = site.coop.seal("supported", 0, "for")
    answers = [site.cast("supported", raw) for _ in range(3)]
    assert [answer.status for answer in answers] == [201, 200, 429]
    assert answers[2].header("retry-after") == "1"
    assert site.get("/en/").status == 200
