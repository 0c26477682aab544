"""A ballot that the independent `belenios-tool` made is taken at our door, and counted."""

from pathlib import Path

import pytest

from tests.conftest import Tool
from tests.web.api.conftest import Site
from voting.counting.motion import MotionResult
from web.views import election_view

pytestmark = pytest.mark.peer

# One choice among three, the blank vote first.
CHOICES = {"blank": "[[1,0,0]]", "for": "[[0,1,0]]", "against": "[[0,0,1]]"}


def make_ballot(tool: Tool, site: Site, folder: Path, place: int, choice: str) -> bytes:
    """What a member makes with that tool alone, from her box's public archive."""
    coop = site.coop
    coop.service.keeper.publish()
    archive = site.get(f"/elections/{coop.election}/boxes/supported.bel")
    assert archive.status == 200
    folder.mkdir()
    (folder / f"{coop.box('supported')}.bel").write_bytes(archive.body)
    (folder / "credential").write_text(coop.credential("supported", place))
    (folder / "choice").write_text(CHOICES[choice])
    done = tool(
        *("election", "generate-ballot", "--privcred", "credential", "--choice", "choice"),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.encode().rstrip(b"\n")


def test_ballots_of_the_independent_tool_are_taken_and_counted(
    site: Site, tmp_path: Path, tool: Tool
) -> None:
    for place, choice in enumerate(CHOICES):
        raw = make_ballot(tool, site, tmp_path / choice, place, choice)
        assert site.cast("supported", raw).status == 201
        assert site.cast("supported", raw).status == 200
    # One of them changes her mind with our own program: the last ballot counts.
    assert site.cast("supported", site.coop.seal("supported", 2, "for")).status == 201
    site.coop.tally()
    view = election_view(site.coop.service, site.coop.election)
    assert view.results is not None
    (contest,) = view.results
    assert isinstance(contest, MotionResult)
    (box,) = [college for college in contest.colleges if college.id == "supported"]
    assert (box.cast, box.blank, box.for_, box.against) == (3, 1, 2, 0)
    # What we publish at the end passes that program's own verification.
    coop = site.coop
    final = site.get(f"/elections/{coop.election}/boxes/supported.bel")
    (tmp_path / f"{coop.box('supported')}.bel").write_bytes(final.body)
    verified = tool("election", "verify", cwd=tmp_path)
    assert verified.returncode == 0, verified.stdout + verified.stderr
