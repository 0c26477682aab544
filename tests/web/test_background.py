"""What the service does by itself, with its threads running."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.web.cooperative import CLOSES, found, make_settings
from web.background import _repeat
from web.service import open_service
from web.views import election_view


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_it_closes_by_the_calendar_and_sends_messages(tmp_path: Path) -> None:
    coop = found(tmp_path / "data")
    coop.open()
    coop.service.close()
    mail = tmp_path / "mail"
    settings = make_settings(coop.folder, mail_folder=str(mail))
    service = open_service(settings, clock=coop.clock)
    # To the officer, to two trustees, to the one whom the other's key waits for, to six members.
    wait_for(lambda: mail.exists() and len(list(mail.iterdir())) == 10)
    assert election_view(service, coop.election).state == "open"
    coop.clock.now = CLOSES
    wait_for(lambda: election_view(service, coop.election).state == "closed")
    service.close()


def test_a_failure_does_not_end_the_work() -> None:
    stop, tries = threading.Event(), list[int]()

    def fail() -> None:
        tries.append(1)
        raise OSError

    thread = _repeat("sample", 0.01, stop, fail)
    wait_for(lambda: len(tries) > 2)
    stop.set()
    thread.join()
