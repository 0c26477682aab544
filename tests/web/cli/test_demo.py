"""`teg demo` as a process: what it prints, twice the same, and the trustees it plays."""

import re
import time
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.web.cli.program import Ran, running
from tests.web.serving import get

pytestmark = pytest.mark.usefixtures("built_assets")
LAST = "messages with everybody's links"


def test_a_second_start_prints_the_same_links(tmp_path: Path) -> None:
    port = free_port()
    said = []
    for _ in range(2):
        with running("demo", "--data", tmp_path / "demo", "--port", str(port)) as teg:
            said.append(teg.read_until(LAST))
            election = re.search(r"/en/elections/(\S+)", said[-1])
            assert election
            assert get(port, f"/cy/elections/{election[1]}").status == 200
            code, rest = teg.stop()
            assert (code, rest.strip()) == (0, "")
    links = [re.findall(r"\S+/start#\S+", text) for text in said]
    assert links[0] == links[1]
    assert len(set(links[0])) == 7  # three members, the officer, three trustees
    assert "passphrase" in said[1]
    assert re.search(rf"verify http://localhost:{port} --key localhost:{port}/log\+", said[1])


def test_another_port_is_another_demonstration(tmp_path: Path) -> None:
    first, second = free_port(), free_port()
    with running("demo", "--data", tmp_path / "demo", "--port", str(first)) as teg:
        teg.read_until(LAST)
        teg.stop()
    ran = Ran("demo", "--data", tmp_path / "demo", "--port", str(second))
    assert ran.code == 2
    assert f"http://localhost:{first}" in ran.err


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    ran = Ran("demo", "--data", tmp_path)
    assert ran.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_played_trustees_open_the_tally_by_themselves(tmp_path: Path) -> None:
    port, data = free_port(), tmp_path / "demo"
    with running("demo", "--data", data, "--port", str(port), "--play-trustees") as teg:
        found = re.search(r"/en/elections/(\S+)", teg.read_until(LAST))
        assert found
        beside = ("--data", data)
        for act in (
            ("close", found[1], "--reason", "The demonstration ends.", "--yes"),
            ("tally", found[1], "--yes"),
        ):
            ran = Ran("election", *act, *beside)
            assert ran.code == 0, ran.err
        deadline = time.monotonic() + 60
        while '"state":"tallied"' not in get(port, f"/api/elections/{found[1]}").body.decode():
            assert time.monotonic() < deadline, "no result came"
            time.sleep(0.3)
