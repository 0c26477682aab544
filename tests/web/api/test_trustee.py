"""A trustee's key and share by program, with the sign-in code of her link."""

import json
import os

import pytest

from ballots.credentials import make_credential, sign_in_code
from ballots.trustees import make_private_key, make_public_key
from tests.web.api.conftest import JSON, Opener, Site
from tests.web.serving import Answer
from web.actions.announce_election import announce_election
from web.actions.appoint_trustees import appoint_trustees
from web.actions.close_election import close_election
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.demo.shares import make_shares

PEOPLE = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in (1, 2)]


def bearer(secret: str) -> str:
    return f"Authorization: Bearer {sign_in_code(secret)}"


def give_key(site: Site, secret: str, private: int) -> Answer:
    public = make_public_key(private, os.urandom).decode()
    body = json.dumps({"public_key": public}).encode()
    return site.post("/api/trustee/key", body, JSON, bearer(secret))


def give_share(site: Site, secret: str, boxes: list[tuple[str, str, str]], private: int) -> Answer:
    shares = {
        box: {"decryption": share[0].decode(), "proofs": share[1].decode()}
        for box, share in make_shares(boxes, private).items()
    }
    body = json.dumps({"shares": shares}).encode()
    return site.post("/api/trustee/share", body, JSON, bearer(secret))


def test_trustees_by_program_from_the_key_to_the_result(site_of: Opener) -> None:
    site = site_of()
    service = site.coop.service
    uuid = site.coop.write_draft()
    trustees = [
        (each.link_secret, make_private_key(os.urandom))
        for each in appoint_trustees(service, uuid, PEOPLE)
    ]
    for secret, private in trustees:
        assert give_key(site, secret, private).status == 200
    announce_election(service, uuid)
    open_election(service, uuid, "It is time.")
    close_election(service, uuid, "Nobody came.")
    start_tally(service, uuid)

    tallied = []
    for secret, private in trustees:
        work = json.loads(site.get("/api/trustee", bearer(secret)).body)
        assert (work["election"], work["state"], len(work["boxes"])) == (uuid, "closed", 3)
        boxes = [(b["box"], b["election"], b["encrypted_tally"]) for b in work["boxes"]]
        foreign = give_share(site, secret, boxes, make_private_key(os.urandom))
        assert (foreign.status, json.loads(foreign.body)["error"]) == (422, "wrong-share")
        half = give_share(site, secret, boxes[:2], private)
        assert (half.status, json.loads(half.body)["error"]) == (422, "wrong-boxes")
        answer = give_share(site, secret, boxes, private)
        assert answer.status == 200, answer.body
        tallied.append(json.loads(answer.body)["tallied"])
    assert tallied == [False, True]
    assert json.loads(site.get(f"/api/elections/{uuid}").body)["state"] == "tallied"


@pytest.mark.parametrize("path", ["/api/trustee/key", "/api/trustee/share"])
@pytest.mark.parametrize(
    "line", ["X-Nothing: here", "Authorization: Bearer zz", "stranger", "member"]
)
def test_nobody_else_may(steady_site: Site, path: str, line: str) -> None:
    if line == "stranger":
        line = bearer(make_credential(os.urandom))
    if line == "member":
        line = bearer(steady_site.coop.credential("supported", 0))
    for answer in (
        steady_site.get("/api/trustee", line),
        steady_site.post(path, b"{}", JSON, line),
    ):
        assert (answer.status, json.loads(answer.body)["error"]) == (403, "unknown-code")
