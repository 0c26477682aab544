"""The process: a log that is frozen is no reason to show nothing."""

import socket
from pathlib import Path

import pytest

from tests.web.cli.program import running
from tests.web.cooperative import found
from tests.web.serving import get, post
from web.assets import DIST


@pytest.mark.skipif(not DIST.exists(), reason="the page scripts are not built: make setup")
def test_over_a_frozen_log_the_record_is_served_and_no_ballot_is_taken(tmp_path: Path) -> None:
    """Also when other scripts are served than the last that were logged."""
    coop = found(tmp_path / "data")
    coop.open()
    box, raw, election = coop.box("supported"), coop.seal("supported", 0, "for"), coop.election
    coop.service.keeper.publish()
    coop.service.close()
    (tmp_path / "data" / "keys" / "log.guard").unlink()

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # The made-up clock stands before the closing time, and the program's own does not.
    with running("serve", "--data", tmp_path / "data", "--port", str(port)) as process:
        process.read_until("serves")
        assert get(port, f"/elections/{election}/manifest.json").status == 200
        assert get(port, f"/en/elections/{election}").status == 200
        answer = post(port, f"/api/boxes/{box}/ballots", raw, "Content-Type: application/json")
        assert answer.status in (409, 503)
        assert process.stop()[0] == 0
