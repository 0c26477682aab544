"""`teg count`: the shared counts through the command line, every method, and bad files."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from audit.cli import app
from tests.shared import require_shared
from tests.voting.counting.test_shared_counts import COLLEGES, WARDS
from voting.canonical import format_canonical, parse_canonical


def teg(file: Path, method: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["count", str(file), "--method", method, *arguments])


def count(file: Path, method: str, *arguments: str) -> Any:
    result = teg(file, method, "--json", *arguments)
    assert result.exit_code == 0, result.output
    counted = parse_canonical(result.stdout.removesuffix("\n").encode(), limit=1 << 24)
    assert format_canonical(counted) + b"\n" == result.stdout.encode()
    return counted


def write(folder: Path, content: str | dict[str, Any]) -> Path:
    path = folder / "election"
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    path.write_text(text, encoding="utf-8")
    return path


# --- the shared counts --------------------------------------------------------------------


@pytest.mark.parametrize("ward", WARDS)
def test_scottish_wards_cell_by_cell(ward: str) -> None:
    folder = require_shared("vectors", "counts", "scottish")
    official: Any = json.loads((folder / f"{ward}.official.json").read_text(encoding="utf-8"))
    counted = count(folder / f"{ward}.blt", "stv-scottish")
    names = official["candidates"]
    assert (counted["candidates"], counted["seats"]) == (names, official["seats"])
    assert counted["quota"] == str(official["quota"])
    assert counted["total_weight"] == str(official["valid_poll"])
    assert [list(map(Fraction, stage["totals"])) for stage in counted["stages"]] == [
        list(map(Fraction, stage["totals"])) for stage in official["stages"]
    ]
    assert counted["elected"] == [names[each["candidate"]] for each in official["elected"]]
    assert [each["stage"] for each in counted["elections"]] == [
        each["stage"] for each in official["elected"]
    ]


@pytest.mark.parametrize("name", COLLEGES)
def test_colleges_all_equal(name: str) -> None:
    path = require_shared("vectors", "counts", "colleges", f"{name}.json")
    vector: Any = json.loads(path.read_text(encoding="utf-8"))
    names = vector["candidates"]

    def named(places: list[int]) -> list[str]:
        return [names[place] for place in places]

    exact, expected = count(path, "stv-exact"), vector["stv_wigm_exact"]
    assert [college["weight"] for college in exact["colleges"]] == vector["weight_per_ballot"]
    assert exact["quota"] == expected["quota"]
    assert exact["elected"] == named(expected["elected_in_order"])
    stages = [list(stage.values()) for stage in expected["stages"]]
    assert [stage["totals"] for stage in exact["stages"]] == stages
    meek = count(path, "stv-meek")
    elected = named(vector["stv_meek_guarded_p18_g9_omega9"]["elected"])
    assert sorted(meek["elected"]) == sorted(elected)
    schulze, pairs = count(path, "schulze"), count(path, "ranked-pairs")
    assert schulze["pairwise"] == pairs["pairwise"] == vector["pairwise"]
    assert schulze["elected"] == named(vector["schulze_winning_votes"])
    assert pairs["elected"] == named(vector["ranked_pairs_margins"])
    (first,) = count(path, "plurality")["stages"]
    assert first["totals"] == list(vector["plurality"].values())


@pytest.mark.parametrize("name", COLLEGES)
def test_weights_as_numbers_of_ballots_give_the_same(name: str) -> None:
    path = require_shared("vectors", "counts", "colleges", f"{name}.json")
    lcm = json.loads(path.read_text(encoding="utf-8"))["lcm"]
    for method in ("stv-exact", "schulze", "ranked-pairs", "irv", "block"):
        weighed, scaled = (
            count(each, method) for each in (path, path.with_name(f"{name}.scaled.blt"))
        )
        assert weighed["elected"] == scaled["elected"]
        for stage, other in zip(weighed["stages"], scaled["stages"], strict=True):
            totals = [str(Fraction(total) * lcm) for total in stage["totals"]]
            assert totals == other["totals"]
