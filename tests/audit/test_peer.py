"""The archives that `teg verify` accepts are accepted by the independent program too."""

from pathlib import Path

import pytest

from tests.assembly import BOXES, ELECTION, bending, hold_election
from tests.conftest import Tool


@pytest.mark.peer
def test_every_box_of_the_assembly_is_verified_by_the_independent_tool(
    tmp_path: Path, belenios_tool: Tool
) -> None:
    made = hold_election()
    for college, box in BOXES.items():
        folder = tmp_path / college
        folder.mkdir()
        raw = made.files[f"elections/{ELECTION}/boxes/{college}.bel"]
        (folder / f"{box}.bel").write_bytes(raw)
        result = belenios_tool("election", "verify", cwd=folder)
        assert result.returncode == 0, result.stderr


@pytest.mark.peer
def test_the_tool_looks(tmp_path: Path, belenios_tool: Tool) -> None:
    wrong = bending("box-result:community", lambda _: b'{"result":[[0,1,0]]}')
    made = hold_election(wrong)
    raw = made.files[f"elections/{ELECTION}/boxes/community.bel"]
    (tmp_path / f"{BOXES['community']}.bel").write_bytes(raw)
    assert belenios_tool("election", "verify", cwd=tmp_path).returncode != 0
