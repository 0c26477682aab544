"""Trustees by program, with the sign-in code of their links, from the key to the result."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from ballots.credentials import make_credential
from ballots.keys import make_private_key, make_public_key
from ballots.seeds import make_seed
from tests.web.api.board import Board, Trustee, bearer
from tests.web.api.conftest import JSON, Opener, Site, error_of
from tests.web.contests import GRADED, MOTION, RANKED
from voting.contests import Contest
from web.actions.appoint_trustees import appoint_trustees
from web.trustee_program import draw_secret, make_step, read_page

CEREMONY = ("certificate", "polynomial", "verification-key", "rehearse")
PATHS = (
    *("key", "certificate", "commitment", "polynomial", "verification-key"),
    *("rehearsal", "shuffle", "share"),
)

Seater = Callable[..., Board]


@pytest.fixture
def seat(site_of: Opener) -> Seater:
    """Appoints trustees of a draft with these contests, who have given nothing yet."""

    def appoint(*contests: Contest, count: int = 3, needed: int = 2) -> Board:
        site = site_of()
        uuid = site.coop.write_draft(*contests)
        people = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in range(count)]
        appointed = appoint_trustees(site.coop.service, uuid, people, needed)
        trustees = [Trustee(site, each.link_secret) for each in appointed]
        for trustee in trustees:
            trustee.key = draw_secret(read_page(trustee.page), os.urandom)
        return Board(site, trustees)

    return appoint


def test_trustees_by_program_from_single_keys_to_the_result(seat: Seater) -> None:
    board = seat(count=2, needed=2)
    assert board.steps() == ["key", "key"]
    assert board.trustees[0].give() == {"step": "wait"}
    assert board.trustees[1].give() == {"step": "rehearse"}
    board.give_all()
    assert board.steps() == ["wait", "wait"]
    board.tally()
    assert board.trustees[0].give() == {"given": 1, "needed": 2, "tallied": False}
    assert board.trustees[1].give() == {"given": 2, "needed": 2, "tallied": True}
    told = json.loads(board.site.get(f"/api/elections/{board.site.coop.election}").body)
    assert (told["state"], told["results"][0]["outcome"]) == ("tallied", "passed")


def test_trustees_by_program_make_a_key_together_and_two_of_three_open(seat: Seater) -> None:
    board = seat(MOTION, RANKED, GRADED)
    one, two, three = board.trustees
    for step in CEREMONY:
        assert board.steps() == [step] * 3
        board.give_all()
    assert board.steps() == ["wait"] * 3
    board.tally()
    assert board.steps() == ["shuffle"] * 3
    assert three.give() == {"given": 1, "needed": 2}
    assert three.page["step"] == "wait"
    assert one.give() == {"given": 2, "needed": 2}
    assert board.steps() == ["open"] * 3
    assert two.give() == {"given": 1, "needed": 2, "tallied": False}
    assert three.give() == {"given": 2, "needed": 2, "tallied": True}
    told = json.loads(board.site.get(f"/api/elections/{board.site.coop.election}").body)
    motion, ranked, graded = told["results"]
    assert [college["cast"] for college in motion["colleges"]] == [1, 1, 1]
    assert [college["blank"] for college in ranked["colleges"]] == [0, 0, 1]
    assert graded["elected"][0]["option"] == 1
    assert board.steps() == ["done"] * 3


def test_what_her_page_tells_is_told_by_program(seat: Seater) -> None:
    board = seat(RANKED)
    page = board.trustees[1].page
    assert (page["number"], page["count"], page["needed"]) == (2, 3, 2)
    assert page["name"] == "Example Trustee 1"
    assert page["title"]["cy"] == "Yr ardd"
    assert (page["certificates"], page["commitments"], page["gathered"]) == ([], [], "")
    board.give_all()
    page = board.trustees[1].page
    assert (len(page["certificates"]), len(page["commitments"])) == (3, 3)
    board.give_all(2)
    page = board.trustees[1].page
    assert page["can_rehearse"]
    assert page["rehearsal"]["college"] == ""
    # What is sealed to another trustee is not shown to her.
    assert board.trustees[0].page["sealed_key"] != page["sealed_key"]


# --- order ------------------------------------------------------------------------------


def test_no_step_can_be_taken_before_its_time(seat: Seater) -> None:
    board = seat()
    one, *others = board.trustees
    early = one.make()
    single = {"public_key": make_public_key(make_private_key(os.urandom), os.urandom).decode()}
    assert error_of(one.post("/api/trustee/key", single)) == (409, "wrong-step")
    polynomial = {"polynomial": "{}"}
    assert error_of(one.post("/api/trustee/polynomial", polynomial)) == (409, "wrong-step")
    commitment = {"commitment": early.body["commitment"]}
    refused = one.post("/api/trustee/commitment", commitment)
    assert error_of(refused) == (409, "wrong-step")
    assert json.loads(refused.body)["expected"] == "certificate"
    one.give()
    assert one.page["step"] == "wait"
    # A polynomial that is shown before all have committed could be what another bends hers by.
    assert error_of(one.post("/api/trustee/polynomial", polynomial)) == (409, "wrong-step")
    for other in others:
        other.give()
    shown = one.make()
    one.give()
    assert one.post(shown.path, {"polynomial": "{}"}).status == 409
    rehearsal = {"decryption": "{}", "proofs": "{}"}
    assert error_of(one.post("/api/trustee/rehearsal", rehearsal)) == (409, "wrong-step")
    for name in ("shuffle", "share"):
        none: dict[str, object] = {}
        answer = one.post(f"/api/trustee/{name}", {f"{name}s": none})
        assert error_of(answer) == (409, "tally-not-started")


def test_a_commitment_may_come_in_a_visit_of_its_own(seat: Seater) -> None:
    board = seat()
    one, two, three = board.trustees
    made = one.make()
    alone = {"certificate": made.body["certificate"]}
    assert json.loads(one.post(made.path, alone).body) == {"step": "wait"}
    two.give()
    three.give()
    assert board.steps() == ["commitment", "wait", "wait"]
    assert one.give() == {"step": "polynomial"}
    board.give_all(3)
    assert board.steps() == ["wait"] * 3


def test_opening_waits_until_enough_have_shuffled(seat: Seater) -> None:
    board = seat(RANKED)
    board.give_all(4)
    board.tally()
    one, two, three = board.trustees
    page = one.page
    assert (page["boxes"], len(page["to_shuffle"])) == ([], 3)
    shares = {box["box"]: {"decryption": "{}", "proofs": "{}"} for box in page["to_shuffle"]}
    assert error_of(one.post("/api/trustee/share", {"shares": shares})) == (409, "wrong-step")
    stale = two.make()
    one.give()
    assert error_of(two.post(stale.path, stale.body)) == (409, "stale-shuffle")
    two.give()
    late = three.post(stale.path, stale.body)
    assert error_of(late) == (409, "wrong-step")


# --- somebody else's, again, and wrong --------------------------------------------------


def test_the_same_again_is_fine_and_another_is_not(seat: Seater) -> None:
    board = seat(RANKED)
    one = board.trustees[0]
    for step in CEREMONY[:3]:
        made, another = one.make(), one.make()
        given = one.post(made.path, made.body)
        again = one.post(made.path, made.body)
        assert (given.status, again.status) == (200, 200), step
        assert error_of(one.post(another.path, another.body)) == (409, "key-given"), step
        for other in board.trustees[1:]:
            other.give()
    # Practising again is practice.
    assert [one.post(made.path, made.body).status for made in [one.make()] * 2] == [200, 200]
    for other in board.trustees[1:]:
        other.give()
    board.tally()
    for code in ("shuffle-given", "share-given"):
        made, another = one.make(), one.make()
        taken = [one.post(made.path, made.body) for _ in range(2)]
        assert [answer.status for answer in taken] == [200, 200]
        assert taken[0].body == taken[1].body
        assert error_of(one.post(another.path, another.body)) == (409, code)
        board.trustees[1].give()


def test_what_another_trustee_made_is_not_hers(seat: Seater) -> None:
    board = seat(RANKED)
    one, two, three = board.trustees
    errors = ("foreign-certificate", "wrong-part", "wrong-part", "wrong-share")
    for step, error in zip(CEREMONY, errors, strict=True):
        made = two.make()
        assert made.step == step
        refused = one.post(made.path, made.body)
        assert (step, refused.status, error_of(refused)[1]) == (step, 422, error)
        for trustee in board.trustees:
            if trustee.page["step"] == step:
                trustee.give()
    board.tally()
    # A shuffle is nobody's secret: whoever gives it vouches for it.
    one.give()
    three.give()
    share = two.make()
    assert error_of(one.post(share.path, share.body)) == (422, "wrong-share")


def test_a_key_that_was_given_before_is_not_taken_again(seat: Seater) -> None:
    board = seat()
    one, two, _ = board.trustees
    one.give()
    two.key = one.key
    made = two.make()
    assert error_of(two.post(made.path, made.body)) == (409, "key-seen")
    two.key = make_seed(os.urandom)
    assert two.give() == {"step": "wait"}


def test_a_polynomial_that_was_not_committed_to_is_refused(seat: Seater) -> None:
    board = seat()
    one = board.trustees[0]
    made = one.make()
    body = dict(made.body) | {"commitment": "ab" * 32}
    assert one.post(made.path, body).status == 200
    for other in board.trustees[1:]:
        other.give()
    # Her own program sees that the service keeps another digest; she sends it all the same.
    page = one.page
    seen = page | {"commitments": [dict(made.body)["commitment"], *page["commitments"][1:]]}
    polynomial = make_step(read_page(seen), one.key, os.urandom)
    refused = one.post(polynomial.path, polynomial.body)
    assert error_of(refused) == (422, "not-committed")


def test_single_keys_and_a_key_made_together_are_not_mixed(seat: Seater) -> None:
    board = seat(count=2, needed=2)
    one = board.trustees[0]
    together = json.loads(json.dumps(one.page)) | {"needed": 1, "step": "certificate"}
    made = make_step(read_page(together), make_seed(os.urandom), os.urandom)
    assert error_of(one.post(made.path, made.body)) == (409, "wrong-step")


def test_a_share_for_every_box_and_no_other(seat: Seater) -> None:
    board = seat(count=2, needed=2)
    board.give_all(2)
    board.tally()
    one = board.trustees[0]
    shares: Any = one.make().body["shares"]
    short = dict(list(shares.items())[:2])
    first, second, third = shares
    swapped = shares | {first: shares[second], second: shares[third]}
    for wrong, error in (
        ({}, "wrong-boxes"),
        (short, "wrong-boxes"),
        (shares | {"another": shares[first]}, "wrong-boxes"),
        (swapped, "wrong-share"),
    ):
        answer = one.post("/api/trustee/share", {"shares": wrong})
        assert error_of(answer) == (422, error)
    assert one.post("/api/trustee/share", {"shares": shares}).status == 200


def test_an_altered_shuffle_is_refused(seat: Seater) -> None:
    board = seat(RANKED)
    board.give_all(4)
    board.tally()
    one = board.trustees[0]
    shuffles: Any = one.make().body["shuffles"]
    boxes = list(shuffles)
    short = {box: shuffles[box] for box in boxes[:2]}
    swapped = {box: shuffles[other] for box, other in zip(boxes, boxes[::-1], strict=True)}
    first = shuffles[boxes[0]]["shuffle"]
    digit = next(at for at in range(40, len(first)) if first[at : at + 1] in "01")
    altered = first[:digit] + ("1" if first[digit] == "0" else "0") + first[digit + 1 :]
    spoilt = shuffles | {boxes[0]: {"shuffle": altered}}
    for wrong, statuses in ((short, {422}), (swapped, {400, 422}), (spoilt, {400, 422})):
        answer = one.post("/api/trustee/shuffle", {"shuffles": wrong})
        assert answer.status in statuses, answer.body
    assert one.page["shuffles_given"] == 0
    assert one.give() == {"given": 1, "needed": 2}


# --- who may, and what is no message ----------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "who", ["X-Nothing: here", "Authorization: Bearer zz", "stranger", "member"]
)
def test_nobody_else_may(steady_site: Site, path: str, who: str) -> None:
    line = {
        "stranger": bearer(make_credential(os.urandom)),
        "member": bearer(steady_site.coop.credential("supported", 0)),
    }.get(who, who)
    for answer in (
        steady_site.get("/api/trustee", line),
        steady_site.post(f"/api/trustee/{path}", b"{}", JSON, line),
    ):
        assert error_of(answer) == (403, "unknown-code")


BODIES = (b"", b"{", b"[]", b"{}", b"null", b'{"x":1}', b"[" * 5000, b'{"key":"\xff"}')


def test_what_is_no_message_is_refused_without_a_trace(seat: Seater) -> None:
    board = seat()
    line = bearer(board.trustees[0].link)
    for path in PATHS:
        for body in BODIES:
            answer = board.site.post(f"/api/trustee/{path}", body, JSON, line)
            assert error_of(answer) == (400, "malformed"), (path, body[:10])
            assert b"Traceback" not in answer.body
    assert board.trustees[0].page["step"] == "certificate"


TEXTS = ("", "{", "null", "{}", '{"message":1,"signature":{}}', "[" * 2000, "\u202e", "9" * 5000)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("certificate", "certificate"),
        ("polynomial", "polynomial"),
        ("verification-key", "key"),
    ],
)
def test_what_is_no_part_of_a_key_is_refused(seat: Seater, path: str, name: str) -> None:
    board = seat()
    times = {"certificate": 0, "polynomial": 1, "verification-key": 2}[path]
    board.give_all(times)
    for text in TEXTS:
        answer = board.trustees[0].post(f"/api/trustee/{path}", {name: text})
        assert answer.status in (400, 422), (text[:20], answer.body)
    board.trustees[0].give()


@pytest.mark.parametrize("digest", ["", "ab", "AB" * 32, "ab" * 31 + "zz", "ab" * 32 + "\n"])
def test_what_is_no_digest_is_no_commitment(seat: Seater, digest: str) -> None:
    board = seat()
    body = dict(board.trustees[0].make().body) | {"commitment": digest}
    assert board.trustees[0].post("/api/trustee/certificate", body).status == 400
    assert board.trustees[0].page["step"] == "certificate"
