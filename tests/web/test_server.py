"""The process: a log that is frozen is no reason to show nothing."""

import socket
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.web.cli.program import running
from tests.web.cooperative import found
from tests.web.serving import get, post
from web.server import listen
from web.settings import Settings


@pytest.mark.usefixtures("built_assets")
def test_over_a_frozen_log_the_record_is_served_and_no_ballot_is_taken(tmp_path: Path) -> None:
    """Also when other scripts are served than the last that were logged."""
    coop = found(tmp_path / "data")
    coop.open()
    box, raw, election = coop.box("supported"), coop.seal("supported", 0, "for"), coop.election
    coop.service.keeper.publish()
    coop.service.close()
    (tmp_path / "data" / "keys" / "log.guard").unlink()

    port = free_port()
    # The made-up clock stands before the closing time, and the program's own does not.
    with running("serve", "--data", tmp_path / "data", "--port", str(port)) as process:
        process.read_until("serves")
        assert get(port, f"/elections/{election}/manifest.json").status == 200
        assert get(port, f"/en/elections/{election}").status == 200
        answer = post(port, f"/api/boxes/{box}/ballots", raw, "Content-Type: application/json")
        assert answer.status in (409, 503)
        assert process.stop()[0] == 0


def test_an_answer_does_not_wait_for_an_acknowledgement(tmp_path: Path) -> None:
    """Of an accepted connection, that is: 40 ms for every file that an observer fetches."""
    settings = Settings.load(tmp_path, environment={}, port=free_port())
    with (
        listen(settings) as listener,
        socket.create_connection(listener.getsockname()),
    ):
        accepted, _address = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
