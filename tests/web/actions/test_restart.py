"""Killed in the middle of anything, the service comes back with all it has acknowledged."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import func, select

from audit.record import FolderRecord
from audit.verifier import verify_record
from tests.web.cooperative import Cooperative
from web.actions.find_ballot import find_ballot
from web.record import export_record
from web.store.rows import BallotRow, BoxRow
from web.views import election_view, log_view

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("acknowledged", [1, 7])
def test_every_acknowledged_ballot_survives_a_kill(
    open_coop: Cooperative, tmp_path: Path, acknowledged: int
) -> None:
    coop, ballots = open_coop, tmp_path / "ballots"
    ballots.mkdir()
    voters = [("supported", 0), ("supported", 1), ("employee", 0), ("community", 0)]
    for number in range(24):
        college, place = voters[number % len(voters)]
        raw = coop.seal(college, place, "for")
        (ballots / f"{coop.box(college)}.{number:02}").write_bytes(raw)
    coop.service.close()

    with subprocess.Popen(
        [sys.executable, "-m", "tests.web.dying_service", str(coop.folder), str(ballots)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().strip() for _ in range(acknowledged)]
        child.send_signal(signal.SIGKILL)
        told += [line.strip() for line in child.stdout if line.endswith("\n")]

    coop.reopen()
    assert coop.service.keeper.problem == ""
    assert len(told) >= acknowledged
    for tracker in told:
        assert find_ballot(coop.service, tracker) is not None
    with coop.service.store.read() as session:
        stored = session.exec(select(func.count()).select_from(BallotRow)).one()
        counted = session.exec(select(func.sum(BoxRow.ballots))).one()
    assert stored == counted

    # And it goes on: later ballots are taken, the election ends, an observer finds it right.
    coop.vote("employee", 1, "for")
    coop.tally()
    export_record(coop.service, tmp_path / "record")
    verify_record(FolderRecord(tmp_path / "record"))


def test_an_election_survives_a_restart_between_any_two_acts(coop: Cooperative) -> None:
    coop.write_draft()
    coop.reopen()
    coop.appoint()
    coop.reopen()
    coop.announce()
    coop.reopen()
    assert election_view(coop.service, coop.election).state == "announced"
    size = log_view(coop.service).size
    coop.reopen()
    assert log_view(coop.service).size == size
