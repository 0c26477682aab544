"""The charter by the operator's interface."""

import json
from typing import Any

import pytest

from tests.web.api.conftest import Opener, Site, error_of
from tests.web.api.test_operator import act, do, show
from tests.web.cooperative import CHARTER, import_csv, make_csv
from voting.charter.charter_format import charter_object, read_charter
from voting.charter.presets import PRESETS
from web.views import organisation

REASON = "The members decided so at the general meeting."


def changed(**fields: object) -> dict[str, Any]:
    return {**charter_object(CHARTER), **fields}


def in_force(site: Site) -> object:
    return json.loads(site.get("/api/organisation").body)["charter"]


def test_every_preset_comes_with_a_charter_that_can_be_read(site_of: Opener) -> None:
    told = show(site_of(), "charter/presets")["presets"]
    assert [each["id"] for each in told] == list(PRESETS)
    for each in told:
        assert each["names"].keys() == {"en", "cy"}
        assert each["source"]
        read_charter(each["charter"])


def test_a_charter_is_compared_and_adopted(site_of: Opener) -> None:
    site = site_of()
    floors = changed(floors=[["supported", 2]])
    compared = do(site, "PUT", "charter", {"charter": floors})
    assert compared["changes"] == ["floors"]
    assert compared["adopted"] is False
    assert in_force(site) == charter_object(CHARTER)
    body = {"charter": floors, "reason": REASON, "seen": compared["seen"]}
    assert do(site, "PUT", "charter", body)["adopted"] is True
    assert in_force(site) == floors
    assert error_of(act(site, "PUT", "charter", body)) == (409, "stale-preview")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(
            {"charter": changed(floors=[]), "reason": REASON}, (422, "missing-floor"), id="a rule"
        ),
        pytest.param(
            {"charter": changed(floors=[["supported", 1], ["supported", 1]]), "reason": REASON},
            (422, "against-the-rules"),
            id="a floor twice",
        ),
        pytest.param(
            {"charter": changed(scheme=1.5), "reason": REASON},
            (422, "against-the-rules"),
            id="number",
        ),
        pytest.param({"charter": {}, "reason": REASON}, (422, "against-the-rules"), id="nothing"),
        pytest.param({"charter": [], "reason": REASON}, (400, "malformed"), id="no object"),
        pytest.param(
            {"charter": changed(floors=[["supported", 2]]), "reason": ""},
            (422, "missing-reason"),
            id="no reason",
        ),
        pytest.param(
            {"charter": charter_object(CHARTER), "reason": REASON}, (409, "same-charter"), id="same"
        ),
    ],
)
def test_refused(site_of: Opener, body: object, error: tuple[int, str]) -> None:
    site = site_of()
    assert error_of(act(site, "PUT", "charter", body)) == error
    assert in_force(site) == charter_object(CHARTER)


def test_members_in_the_way_are_told_by_college_and_number(site_of: Opener) -> None:
    site = site_of()
    import_csv(site.coop.service, make_csv(["supported", "community", "community"]))
    two = changed(
        colleges=[
            {**charter_object(CHARTER)["colleges"][0], "share": "3/5"},  # type: ignore[index]
            {**charter_object(CHARTER)["colleges"][1], "share": "2/5"},  # type: ignore[index]
        ]
    )
    refused = act(site, "PUT", "charter", {"charter": two, "reason": REASON})
    assert error_of(refused) == (409, "colleges-in-use")
    assert json.loads(refused.body)["members"] == [["community", 2]]
    assert organisation(site.coop.service).charter == CHARTER


def test_the_charter_is_only_the_operators(site_of: Opener) -> None:
    site = site_of()
    assert site.get("/api/operator/charter/presets").status == 401
    assert site.send("PUT", "/api/operator/charter", b"{}").status == 401


def test_an_election_that_was_seen_under_another_charter_is_not_announced(
    site_of: Opener,
) -> None:
    site = site_of()
    site.coop.write_draft()
    site.coop.appoint()
    path = f"elections/{site.coop.election}"
    seen = show(site, path)["seen"]
    do(site, "PUT", "charter", {"charter": changed(floors=[["supported", 2]]), "reason": REASON})
    refused = act(site, "POST", f"{path}/announce", {"seen": seen})
    assert error_of(refused) == (409, "stale-preview")
    assert show(site, path)["state"] == "draft"
    do(site, "POST", f"{path}/announce", {"seen": show(site, path)["seen"]})
    assert show(site, path)["state"] == "announced"
