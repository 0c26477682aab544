"""A ballot that the independent tool made: taken over HTTP, counted, and in its own verifier."""

import json
from pathlib import Path

import pytest

from audit.entries import SetupEntry, parse_entry
from audit.tiles import parse_bundle
from ballots.archive import ArchiveBuilder
from ballots.ballot import tracker
from tests.conftest import Tool
from tests.web.api.conftest import Site
from web.views import election_view

pytestmark = pytest.mark.peer

COLLEGE = "supported"


def published_box(site: Site) -> bytes:
    """The open box's archive, put together from what anyone can fetch."""
    site.coop.service.keeper.publish()
    size = int(site.get("/log/checkpoint").body.split(b"\n")[1])
    bundle = parse_bundle(site.get(f"/log/tile/entries/000.p/{size}").body, size)
    setup = next(entry for raw in bundle if isinstance(entry := parse_entry(raw), SetupEntry))
    box = next(box for box in setup.boxes if box.college == COLLEGE)
    builder = ArchiveBuilder(setup.time)
    builder.setup(
        *(
            site.get(f"/objects/{digest}").body
            for digest in (box.election, box.trustees, box.credentials)
        )
    )
    return builder.to_bytes()


@pytest.fixture(params=["3.3.0", "3.0"])
def tool(request: pytest.FixtureRequest) -> Tool:
    name = "belenios_tool" if request.param == "3.3.0" else "belenios_tool_3_0"
    found: Tool = request.getfixturevalue(name)
    return found


def test_a_ballot_of_the_tool_is_in_the_box_and_counts(
    site: Site, tool: Tool, tmp_path: Path
) -> None:
    (tmp_path / f"{site.coop.box(COLLEGE)}.bel").write_bytes(published_box(site))
    (tmp_path / "credential").write_text(site.coop.credential(COLLEGE, 0))
    (tmp_path / "choice").write_text("[[0,0,1]]")
    made = tool(
        "election", "generate-ballot", "--privcred", "credential", "--choice", "choice",
        cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    raw = made.stdout.encode().rstrip(b"\n")

    site.coop.vote(COLLEGE, 0, "for")  # replaced by the tool's ballot
    answer = site.cast(COLLEGE, raw)
    assert answer.status == 201, answer.body
    assert json.loads(answer.body)["tracker"] == tracker(raw)
    site.coop.vote(COLLEGE, 1, "against")

    site.coop.tally()
    results = election_view(site.coop.service, site.coop.election).results
    assert results is not None
    counted = next(college for college in results[0].colleges if college.id == COLLEGE)
    assert (counted.for_, counted.against, counted.blank) == (0, 2, 0)

    final = site.get(f"/elections/{site.coop.election}/boxes/{COLLEGE}.bel")
    assert final.status == 200
    (tmp_path / f"{site.coop.box(COLLEGE)}.bel").write_bytes(final.body)
    assert raw in final.body
    verified = tool("election", "verify", cwd=tmp_path)
    assert verified.returncode == 0, verified.stdout + verified.stderr
