import json
from typing import Any

import pytest

from tests.web.api.conftest import Opener, Site


def read(site: Site, path: str) -> Any:
    answer = site.get(path)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def test_the_organisation_says_its_rules_and_its_keys(steady_site: Site) -> None:
    told = read(steady_site, "/api/organisation")
    assert told["charter"]["protected"] == "supported"
    assert told["vkey"] == steady_site.coop.set_up.vkey
    assert told["certifier"] == steady_site.coop.set_up.certifier


@pytest.mark.parametrize("returns", [True, False])
def test_a_service_that_hands_credentials_out_says_so_to_everybody(
    site_of: Opener, *, returns: bool
) -> None:
    site = site_of(return_credentials=returns)
    assert read(site, "/api/organisation")["returns_credentials"] is returns


def test_an_open_election_says_its_turnout_by_college(steady_site: Site) -> None:
    told = read(steady_site, f"/api/elections/{steady_site.coop.election}")
    assert told["state"] == "open"
    assert [(box["college"], box["members"], box["voted"]) for box in told["boxes"]] == [
        ("supported", 3, 1),
        ("employee", 2, 0),
        ("community", 1, 0),
    ]
    assert [box["contests"] for box in told["boxes"]] == [["1"]] * 3
    assert told["guarantee"][0]["holds"] is True
    assert told["results"] is None


def test_no_name_address_or_credential_of_a_member_is_told(steady_site: Site) -> None:
    coop = steady_site.coop
    body = steady_site.get(f"/api/elections/{coop.election}").body.decode()
    assert "Example Member" not in body
    assert "people.example" not in body
    assert coop.public("supported", 0) not in body


def test_a_finished_election_says_its_result_in_exact_fractions(site: Site) -> None:
    site.coop.vote("supported", 0, "for")
    site.coop.vote("employee", 0, "against")
    site.coop.tally()
    (contest,) = read(site, f"/api/elections/{site.coop.election}")["results"]
    assert contest["outcome"] == "passed"
    assert contest["for"] == "51/100"
    assert contest["against"] == "17/50"


def test_a_draft_is_nobodys_business(site_of: Opener) -> None:
    site = site_of()
    uuid = site.coop.write_draft()
    answer = site.get(f"/api/elections/{uuid}")
    assert answer.status == 404
    assert json.loads(answer.body)["error"] == "unknown-election"
    assert read(site, "/api/elections") == {"elections": []}


def test_an_unknown_election_is_said_to_be_unknown(steady_site: Site) -> None:
    assert steady_site.get("/api/elections/nowhere").status == 404
