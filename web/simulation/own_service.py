"""A service of the simulation's own: an empty database in a folder, on a free port."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from web.actions.set_up import set_up_installation
from web.client import Client, RefusedError, UnreachableError
from web.demo.content import COMMUNITY, EMPLOYEES, OFFICER, SUPPORTED, demo_charter
from web.service import open_service
from web.settings import Settings
from web.settings_file import write_settings

_START_WITHIN: Final = 60  # seconds
_STOP_WITHIN: Final = 10
_ENDLESS: Final = "1000000000"
_COUNCIL: Final = {SUPPORTED: 4, EMPLOYEES: 1, COMMUNITY: 2}


class ServiceDiedError(Exception):
    """The service that was started for the simulation ended by itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service is, and what the operator needs.

    Attributes:
        base_url: its address.
        token: the operator's.
        passphrase: of the certifying key.
    """

    base_url: str
    token: str = field(repr=False)
    passphrase: str = field(repr=False)


@contextmanager
def own_service(data: Path, *, council: bool = False) -> Iterator[Place]:
    """Set an installation up in an empty folder and serve it from another process.

    Args:
        data: the folder.
        council: whether its charter reserves seats on a council.

    Raises:
        ServiceDiedError: it does not start.
    """
    port = _free_port()
    place = Place(f"http://127.0.0.1:{port}", secrets.token_hex(16), secrets.token_hex(16))
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_settings(data, base_url=place.base_url, port=port)
    service = open_service(Settings.load(data, workers=0), background=False)
    try:
        charter = replace(demo_charter(), council=_COUNCIL if council else {})
        set_up_installation(service, charter, *OFFICER, place.passphrase)
    finally:
        service.close()
    environment = {
        **os.environ,
        "TEG_OPERATOR_TOKEN": place.token,
        "TEG_RETURN_CREDENTIALS": "true",
        # Everybody votes from one address here.
        **{f"TEG_{rate}": _ENDLESS for rate in ("CASTING_BURST", "CASTS_PER_MINUTE")},
        **{f"TEG_{rate}": _ENDLESS for rate in ("SIGN_IN_BURST", "SIGN_INS_PER_MINUTE")},
    }
    program = "from audit.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--data", str(data)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_until_ready(place, process)
        yield place
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(place: Place, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_WITHIN
    with Client(place.base_url) as client:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            try:
                client.get("/api/organisation")
            except (UnreachableError, RefusedError):
                threading.Event().wait(0.1)
            else:
                return
    raise ServiceDiedError


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
