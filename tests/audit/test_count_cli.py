"""`teg count`: the shared counts through the command line, every method, and bad files."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner, Result

from audit.cli import app
from audit.count_cli import MethodName
from audit.count_tables import show_number
from tests.shared import require_shared
from tests.voting.counting.test_shared_counts import COLLEGES, WARDS
from voting.canonical import format_canonical, parse_canonical
from voting.counting.file_count import FILE_METHODS


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


def test_every_method_has_its_name_in_the_help() -> None:
    assert get_args(MethodName) == FILE_METHODS


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


# --- what a person sees -------------------------------------------------------------------

SMALL = """3 2
4 1 2 0
3 2 3 0
3 3 0
1 1 1 0
1 9 0
1 2 - 3 0
2 0
0
"A"
"B [red]"
C
"Small"
"""


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_a_count_is_shown(tmp_path: Path) -> None:
    shown = teg(write(tmp_path, SMALL), "stv-exact").stdout
    assert "Small" in shown
    assert "B [red]" in shown
    assert "│ all     │   15 │      10 │     2 │       3 │" in shown
    assert "3.33333…" in shown  # the quota
    assert "1. A" in shown
    assert "Tie at stage 1" not in shown


def test_many_stages_are_shown_in_parts(tmp_path: Path) -> None:
    lines = [f"{10 + place} {place} 0" for place in range(1, 9)]
    names = [f"Candidate {place}" for place in range(1, 9)]
    text = "\n".join(["8 1", *lines, "0", *names])
    shown = teg(write(tmp_path, text), "irv").stdout
    assert shown.count("Stages") > 1
    assert "7 exclusion" in shown
    assert "quota" not in shown


def test_pairs_ties_and_voids_are_shown(tmp_path: Path) -> None:
    text = "2 1\n2 1 0\n2 2 0\n0\nA\nB\n"
    shown = teg(write(tmp_path, text), "schulze").stdout
    assert "Pairs" in shown
    assert "Tie at stage 1 (elect) of A, B: lot →" in shown
    assert (
        "void: nothing-counted" in teg(write(tmp_path, "2 1\n0\nFor\nAgainst\n"), "motion").stdout
    )
    assert "passed" in teg(write(tmp_path, "2 1\n1 1 0\n0\nFor\nAgainst\n"), "motion").stdout


def test_colleges_grades_and_remarks_are_shown(tmp_path: Path) -> None:
    election = {
        "seats": 1,
        "candidates": ["A", "B"],
        "grades": ["good", "bad"],
        "colleges": [
            {"name": "p", "share": "2/3", "ballots": [[3, [0, 1]]], "valid_ballots": 4},
            {"name": "q", "share": "1/3", "ballots": []},
        ],
    }
    shown = teg(write(tmp_path, election), "majority-judgment").stdout
    assert "Grades, best first" in shown
    assert "not counted" in shown
    assert "! p: the file says 4 valid ballots, 3 are" in shown


def test_meek_shares_out_surpluses_of_nobody_in_particular(tmp_path: Path) -> None:
    text = "3 2\n9 1 2 0\n3 2 0\n2 3 0\n0\nA\nB\nC\n"
    shown = teg(write(tmp_path, text), "stv-meek").stdout
    assert "2 surplus" in shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0", "0"), ("-1/2", "-0.5"), ("1/3", "0.33333…"), ("7", "7"), ("1/1000000", "0…")],
)
def test_numbers_are_shown_as_decimals(number: str, shown: str) -> None:
    assert show_number(Fraction(number)) == shown


# --- what goes wrong ----------------------------------------------------------------------

FAULTS = {
    "a line": ("2 1\n1 x 0\n0\nA\nB\n", "irv", 1, "line 2: 'x' is no preference"),
    "a field": ({"seats": 1}, "irv", 1, "candidates: it is not a list"),
    "a form": ("1 1\n0\nA\n", "score", 1, "score cannot count this file: its ballots hold no"),
    "an escape": ("1 1\n1 \x1b[2J 0\n0\nA\n", "irv", 1, "is no preference"),
    "no method": ("1 1\n0\nA\n", "borda", 2, "Invalid value for '--method'"),
}


@pytest.mark.parametrize(("content", "method", "code", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_sentence(
    content: str | dict[str, Any], method: str, code: int, sentence: str, tmp_path: Path
) -> None:
    result = teg(write(tmp_path, content), method)
    assert result.exit_code == code
    assert isinstance(result.exception, SystemExit)
    assert sentence in " ".join(result.stderr.split())
    assert "\x1b" not in result.stderr
    assert result.stdout == ""


def test_seats_that_cannot_be_filled_are_wrong_use(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL)
    assert teg(path, "irv", "--seats", "2").exit_code == 2
    assert teg(path, "stv-exact", "--seats", "0").exit_code == 2
    assert count(path, "stv-exact", "--seats", "3")["elected"] == ["A", "B [red]", "C"]


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    result = teg(tmp_path / "missing.blt", "irv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be read" in result.stderr
    assert teg(tmp_path, "irv").exit_code == 2
