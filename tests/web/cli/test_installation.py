"""An installation is set up, served and stopped by the program itself."""

import signal
import socket
import stat
import time
import tomllib
from pathlib import Path

import pytest

from ballots.credentials import sign_in_code
from tests.ports import free_port
from tests.web.cli.program import Ran, running
from tests.web.cooperative import CHARTER, PASSPHRASE
from tests.web.serving import connect, get
from voting.charter.charter_format import format_charter
from web.actions.sign_in import sign_in
from web.errors import UnknownCodeError
from web.service import open_service
from web.settings import Settings


def init(tmp_path: Path, port: int, typed: str = f"{PASSPHRASE}\n{PASSPHRASE}\n") -> Ran:
    charter = tmp_path / "charter.json"
    charter.write_bytes(format_charter(CHARTER))
    return Ran(
        *("init", "--data", tmp_path / "data", "--charter", charter),
        *("--officer-name", "Example Officer", "--officer-email", "officer@people.example"),
        *("--base-url", f"http://localhost:{port}", "--port", str(port)),
        typed=typed,
    )


def test_an_installation_is_set_up_once(tmp_path: Path) -> None:
    port = free_port()
    made = init(tmp_path, port)
    assert made.code == 0, made.err
    assert f"http://localhost:{port}/en/start#" in made.out
    assert f"localhost:{port}/log+" in made.out
    assert PASSPHRASE not in made.out
    settings = tmp_path / "data" / "teg.toml"
    assert tomllib.loads(settings.read_text()) == {
        "base_url": f"http://localhost:{port}",
        "port": port,
    }
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    again = init(tmp_path, port)
    assert again.code == 1
    assert "set up already" in again.err


@pytest.mark.parametrize("charter", ["{", "[]", '{"v":1}'])
def test_a_charter_that_is_none_is_refused_before_anything_is_made(
    tmp_path: Path, charter: str
) -> None:
    path = tmp_path / "charter.json"
    path.write_text(charter)
    ran = Ran(
        *("init", "--data", tmp_path / "data", "--charter", path),
        *("--officer-name", "Example Officer", "--officer-email", "officer@people.example"),
        typed=f"{PASSPHRASE}\n{PASSPHRASE}\n",
    )
    assert ran.code in (1, 2)
    assert not (tmp_path / "data").exists()


def test_a_folder_without_an_organisation_is_not_served(tmp_path: Path) -> None:
    ran = Ran("serve", "--data", tmp_path / "data")
    assert ran.code == 2
    assert "teg init" in ran.err
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("built_assets")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_the_service_starts_with_one_line_and_stops_when_told(
    tmp_path: Path, number: signal.Signals
) -> None:
    port = free_port()
    assert init(tmp_path, port).code == 0
    with running("serve", "--data", tmp_path / "data") as teg:
        said = teg.read_until(f"http://localhost:{port}")
        assert said.count("\n") == 1
        assert get(port, "/en/").status == 200
        assert get(port, "/log/checkpoint").status == 200
        # Somebody who never finishes her request does not keep it from stopping.
        with connect(port) as wire:
            wire.sendall(b"POST /en/start HTTP/1.1\r\nHost: t\r\nContent-Length: 99\r\n\r\nx")
            time.sleep(0.2)
            started = time.monotonic()
            code, rest = teg.stop(number)
        assert time.monotonic() - started < 10  # under 5 s where nobody else uses the machine
        assert (code, rest) == (0, "")


@pytest.mark.usefixtures("built_assets")
def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert init(tmp_path, port).code == 0
        with running("serve", "--data", tmp_path / "data") as teg:
            assert "choose another port" in teg.read_until("choose another port")
            assert teg.process.wait(30) == 2


def test_a_new_officers_link_ends_the_old_one(tmp_path: Path) -> None:
    made = init(tmp_path, free_port())
    old = made.out.split("/start#")[1].strip()
    ran = Ran("officer-link", "--data", tmp_path / "data")
    assert ran.code == 0, ran.err
    new = ran.out.split("/start#")[1].strip()
    assert new != old
    service = open_service(Settings.load(tmp_path / "data", workers=0), background=False)
    try:
        assert sign_in(service, sign_in_code(new)).role == "officer"
        with pytest.raises(UnknownCodeError):
            sign_in(service, sign_in_code(old))
    finally:
        service.close()
    nobody = Ran("officer-link", "--data", tmp_path / "data", "--officer", "9")
    assert (nobody.code, nobody.out) == (1, "")


def test_a_passphrase_file_that_is_no_text_is_refused_before_anything_is_made(
    tmp_path: Path,
) -> None:
    (tmp_path / "charter.json").write_bytes(format_charter(CHARTER))
    (tmp_path / "passphrase").write_bytes(b"\xff\xfe a passphrase of another alphabet")
    ran = Ran(
        *("init", "--data", tmp_path / "data", "--charter", tmp_path / "charter.json"),
        *("--officer-name", "Example Officer", "--officer-email", "officer@people.example"),
        *("--passphrase-file", tmp_path / "passphrase"),
    )
    assert ran.code == 2
    assert "is not UTF-8 text" in ran.err
    assert not (tmp_path / "data").exists()
