"""`teg charter`: ready-made charters, and what a charter in a file guarantees."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner, Result

from audit.charter_cli import PresetName
from audit.charter_file import lay_out
from audit.cli import app
from tests.voting.examples import make_charter
from voting.charter.charter_format import (
    charter_digest,
    charter_object,
    format_charter,
    parse_written_charter,
)
from voting.charter.presets import PRESETS, PresetId


def teg(*arguments: str | Path) -> Result:
    # A terminal's width, so that no sentence or number is broken.
    given = ["charter", *map(str, arguments)]
    return CliRunner().invoke(app, given, env={"COLUMNS": "200"})


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "charter.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def make(preset: PresetId) -> str:
    result = teg("make", preset, "--name-en", "Example Bakery", "--name-cy", "Becws Enghreifftiol")
    assert result.exit_code == 0, result.output
    return result.stdout


def check(folder: Path, preset: PresetId, *members: str) -> str:
    given = [part for each in members for part in ("--members", each)]
    result = teg("check", write(folder, make(preset)), *given)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_preset_has_its_name_in_the_help() -> None:
    assert get_args(PresetName) == get_args(PresetId)


def test_presets_are_listed_with_their_sources() -> None:
    shown = teg("presets").stdout
    told: Any = json.loads(teg("presets", "--json").stdout)
    assert [each["id"] for each in told] == list(PRESETS)
    assert all(preset in shown for preset in PRESETS)
    assert told[4]["source"].startswith("Loi n° 47-1775")


def test_presets_are_whole_in_a_narrow_window() -> None:
    narrow = CliRunner().invoke(app, ["charter", "presets"], env={"COLUMNS": "40"}).stdout
    assert max(map(len, narrow.splitlines())) <= 40
    words = " ".join(narrow.split())
    for preset in PRESETS.values():
        assert f"{preset.id}: {preset.names['en']}" in words
        assert preset.source in words


@pytest.mark.parametrize("preset", get_args(PresetId))
def test_a_preset_is_written_readably_checked_and_read_again(
    tmp_path: Path, preset: PresetId
) -> None:
    text = make(preset)
    names: Any = {"en": "Example Bakery", "cy": "Becws Enghreifftiol"}
    assert parse_written_charter(text.encode()) == PRESETS[preset].make(names)
    assert len(text.splitlines()) > 40
    assert "It is a charter" in check(tmp_path, preset)
    path = tmp_path / "charter.json"
    told: Any = json.loads(teg("check", path, "--json").stdout)
    assert told["charter"] == charter_digest(PRESETS[preset].make(names))
    assert told["holds"] is True
    assert {each["contest"] for each in told["motions"]} >= {"ordinary", "special"}


def test_a_name_that_is_none_is_refused() -> None:
    result = teg("make", "scic", "--name-en", "Example", "--name-cy", " ")
    assert result.exit_code == 1
    assert "scic is no charter" in result.stderr


def test_what_users_at_51_in_100_are_promised_and_what_not(tmp_path: Path) -> None:
    members = ("supported=600", "employees=1000", "community=400")
    shown = check(tmp_path, "user-led-51", *members)
    assert "more than 50/51" in shown
    assert "cannot pass a motion alone: special, amalgamation, transfer, conversion." in shown
    assert "at least 3/4 of heads, with at least 1/2 of the roll" in shown
    assert "Whom supported elects need not be one of its own members" in shown
    assert shown.count("refused") == 7
    assert "made up" not in shown


def test_what_is_shown_of_the_others(tmp_path: Path) -> None:
    council = check(tmp_path, "council-reserved")
    assert "reserved seats" in council
    assert "need not be one of its own members" not in council
    assert "Cannot" not in check(tmp_path, "user-led-75")
    capped = check(tmp_path, "capped-investors")
    assert "one vote at most 1 times a protected one" in capped
    assert "at most 1/10 of the weight" in capped
    consents = check(tmp_path, "class-consents")
    assert "Each of these can stop a motion alone: founders, labour, users, investors." in consents
    assert "it protects no college" in consents
    assert "law of the French SCIC" in check(tmp_path, "scic")
    assert "The members are made up" in consents


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"scheme": "bloc"}, "supported decides alone", id="bloc"),
        pytest.param({"scheme": "bloc"}, "for certain, if one option leads in it", id="level"),
        pytest.param(
            {"caps": [{"college": "employees", "ballots": None, "part": "1/5"}]},
            "at most 1/5 of the weight",
            id="a part",
        ),
        pytest.param(
            {"caps": [{"college": "employees", "ballots": "3/2", "part": None}]},
            "one vote at most 3/2 times a protected one",
            id="ballots",
        ),
        pytest.param(
            {"scheme": "roll", "protected": None}, "more than 49/51 times", id="by the roll"
        ),
    ],
)
def test_other_ways_of_weighing(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    result = teg("check", write(tmp_path, bend(lambda charter: charter.update(changes))))
    assert result.exit_code == 0, result.output
    assert words in result.stdout
    assert ("by exact STV" in result.stdout) is (changes.get("scheme") not in {"bloc", "roll"})


def test_a_roll_with_which_nothing_can_be_held_says_so(tmp_path: Path) -> None:
    shown = check(tmp_path, "user-led-51", "supported=0", "employees=9", "community=9")
    assert "supported has nobody on the roll." in shown
    assert "With this roll nothing can be put to the vote." in shown
    assert "employees has 9 members, below 20" in shown


def test_json_says_the_council_and_each_number_of_seats(tmp_path: Path) -> None:
    path = write(tmp_path, make("council-reserved"))
    told: Any = json.loads(teg("check", path, "--json").stdout)
    assert told["council"] == {
        "seats": 15,
        "reserved": [["supported", 8], ["employees", 5], ["community", 2]],
        "protected_seats": 8,
        "majority_needed": 8,
        "seats_needed": 8,
    }
    assert told["councils"][1] == {
        "seats": 2,
        "seats_guaranteed": 1,
        "majority_needed": 2,
        "least_share": "2/3",
        "allowed": False,
    }
    alone: Any = json.loads(teg("check", write(tmp_path, make("scic")), "--json").stdout)
    assert alone["council"] is None


TEXT = lay_out(make_charter())


def bend(change: Callable[[dict[str, Any]], object]) -> str:
    value: Any = charter_object(make_charter())
    change(value)
    return json.dumps(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("[", "it is not JSON", id="no JSON"),
        pytest.param(b"\xff", "it is not UTF-8 text", id="no text"),
        pytest.param(TEXT.replace('"v": 1', '"v": 1.5'), "not whole", id="a float"),
        pytest.param(
            TEXT.replace('"v": 1', '"v": 1, "v": 1'), "a field stands in it twice", id="v"
        ),
        pytest.param("[" * 40 + "]" * 40, "nested too deep", id="deep"),
        pytest.param("[" * 9999, "nested too deep", id="deeper"),
        pytest.param(" " * 65_537, "more than 65536 bytes", id="long"),
        pytest.param(
            bend(lambda c: c.update(floors=[["supported", 1], ["supported", 1]])),
            "stands in it twice",
            id="a floor twice",
        ),
        pytest.param(
            TEXT.replace("17/50", "34/100"),
            "charter.colleges.share is missing, out of its order, or not written as it should "
            "be; a fraction stands in lowest terms",
            id="not in lowest terms",
        ),
        pytest.param(
            bend(lambda c: c.update(scheme="heads")),
            "charter.scheme is missing, out of its order, or not written as it should be\n",
            id="no such scheme",
        ),
        pytest.param(
            TEXT.replace("51/100", "1/2"),
            "1/2, 17/50, 3/20 (together 99/100)",
            id="what shares add up to",
        ),
        pytest.param(
            TEXT.replace("51/100", "1/2").replace("17/50", "7/20"),
            "its share is not more than half: supported, 1/2",
            id="a rule and its number",
        ),
    ],
)
def test_what_is_no_charter_is_refused_by_its_rule(
    tmp_path: Path, text: str | bytes, words: str
) -> None:
    result = teg("check", write(tmp_path, text))
    assert result.exit_code == 1
    assert words in result.stderr


def test_any_layout_is_read_and_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    assert teg("check", write(tmp_path, format_charter(make_charter()))).exit_code == 0
    result = teg("check", tmp_path / "nowhere.json")
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


@pytest.mark.parametrize(
    ("members", "words"),
    [
        pytest.param(["supported"], "supported is not COLLEGE=NUMBER", id="no number"),
        pytest.param(["supported=-1"], "supported=-1 is not", id="below nothing"),
        pytest.param(["supported=²"], "is not COLLEGE=NUMBER", id="no plain digit"),
        pytest.param(["supported=1", "supported=2"], "supported is there twice", id="twice"),
        pytest.param(["board=1"], "no college board", id="a stranger"),
        pytest.param(["supported=1", "employees=2"], "community is missing", id="one too few"),
    ],
)
def test_members_that_are_not_those_of_the_colleges(
    tmp_path: Path, members: list[str], words: str
) -> None:
    given = [part for each in members for part in ("--members", each)]
    result = teg("check", write(tmp_path, TEXT), *given)
    assert result.exit_code == 2
    assert words in result.stderr
