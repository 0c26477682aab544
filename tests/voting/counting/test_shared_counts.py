"""Counts that others made: real Scottish wards, weighted colleges, and belenios-tool's methods."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.shared import SHARED, require_shared
from tests.voting.counting.profiles import rank
from tests.voting.examples import make_choice
from voting.counting.majority_judgment import count_majority_judgment
from voting.counting.pairs import compare_pairs
from voting.counting.plurality import count_plurality
from voting.counting.profile import Marks, Pile, Profile, make_profile
from voting.counting.ranked_pairs import count_ranked_pairs
from voting.counting.schulze import count_schulze, find_winners
from voting.counting.stv_exact import count_stv_exact
from voting.counting.stv_meek import count_stv_meek
from voting.counting.stv_scottish import count_stv_scottish
from voting.counting.validity import judge_ballot

WARDS = (
    "aberdeen_2017_ward1",
    "aberdeen_2017_ward9",
    "clackmannanshire_2017_ward1",
    "east_renfrewshire_2017_ward2",
    "eilean_siar_2017_ward4",
    "fife_2017_ward9",
    "renfrewshire_2017_ward11",
    "renfrewshire_2017_ward3",
)
COLLEGES = ("v00", "v03", "v07", "v12", "v17", "v20")
INPUTS = (
    "ed25519-mixed-12/method-q1",
    "ed25519-mixed-12/method-q3",
    "ed25519-mixed-12/method-q4",
    "ed25519-nh-20/method-q0",
)


def test_no_vector_is_left_out() -> None:
    counts = require_shared("vectors", "counts")
    assert {path.stem for path in (counts / "scottish").glob("*.blt")} == set(WARDS)
    assert {path.stem for path in (counts / "colleges").glob("*.json")} == set(COLLEGES)
    ballots = (SHARED / "vectors" / "ballots").glob("*/method-*-input.json")
    found = {f"{path.parent.name}/{path.name.removesuffix('-input.json')}" for path in ballots}
    assert found == set(INPUTS)


# --- Scotland -----------------------------------------------------------------------------


def read_blt(path: Path) -> tuple[Profile, int]:
    lines = iter(path.read_text(encoding="utf-8").splitlines())
    options, seats = (int(word) for word in next(lines).split())
    return make_profile(options, _read_ballots(lines, options)), seats


def _read_ballots(lines: Iterator[str], options: int) -> Iterator[Pile]:
    for line in lines:
        number, *order = (int(word) for word in line.split())
        if number == 0:
            return
        yield Pile(rank([option - 1 for option in order[:-1]], options), Fraction(number))


@pytest.mark.parametrize("ward", WARDS)
def test_scottish_stv_gives_every_cell_of_the_official_table(ward: str) -> None:
    folder = require_shared("vectors", "counts", "scottish")
    official: Any = json.loads((folder / f"{ward}.official.json").read_text(encoding="utf-8"))
    profile, seats = read_blt(folder / f"{ward}.blt")
    count = count_stv_scottish(profile, seats)
    assert seats == official["seats"]
    assert (count.quota, profile.weight) == (official["quota"], official["valid_poll"])
    table = [[Fraction(cell) for cell in stage["totals"]] for stage in official["stages"]]
    assert [list(stage.totals) for stage in count.stages] == table
    assert [(each.option - 1, each.stage) for each in count.elected] == [
        (each["candidate"], each["stage"]) for each in official["elected"]
    ]
    # An option is excluded at the stage at which its votes pass on; some councils publish it
    # with that stage, some with the one before.
    excluded = {stage.option for stage in count.stages if stage.action == "exclusion"}
    assert excluded == {each["candidate"] + 1 for each in official["excluded"]}
    for stage in count.stages:
        assert sum(stage.totals) + stage.non_transferable + stage.lost == profile.weight


def test_a_real_tie_of_surpluses_is_resolved_by_the_stage_before() -> None:
    path = require_shared("vectors", "counts", "scottish", "renfrewshire_2017_ward3.blt")
    (tie,) = count_stv_scottish(*read_blt(path)).ties
    assert (tie.stage, tie.kind, tie.options) == (7, "surplus", (6, 8))
    assert (tie.tried, tie.resolved_by, tie.chosen) == (("earlier-stage",), "earlier-stage", (8,))


# --- colleges -----------------------------------------------------------------------------


def read_colleges(name: str) -> tuple[Any, Profile]:
    path = require_shared("vectors", "counts", "colleges", f"{name}.json")
    vector: Any = json.loads(path.read_text(encoding="utf-8"))
    options = len(vector["candidates"])
    piles: list[Pile] = []
    for college in vector["colleges"]:
        one = Fraction(college["share"]) / college["valid_ballots"]
        for number, order in college["ballots"]:
            own = number * one if college["name"] == "supported" else Fraction()
            piles.append(Pile(rank(order, options), number * one, own))
    return vector, make_profile(options, piles)


@pytest.mark.parametrize("name", COLLEGES)
def test_exact_stv_among_colleges(name: str) -> None:
    vector, profile = read_colleges(name)
    expected = vector["stv_wigm_exact"]
    count = count_stv_exact(profile, vector["seats"])
    assert count.quota == Fraction(expected["quota"])
    assert [each.option - 1 for each in count.elected] == expected["elected_in_order"]
    assert [list(stage.totals) for stage in count.stages] == [
        [Fraction(stage[name]) for name in vector["candidates"]] for stage in expected["stages"]
    ]
    assert {stage.lost for stage in count.stages} == {0}
    solid = vector["supported_solid_for"]
    if solid is not None:
        elected = {each.option - 1 for each in count.elected}
        assert len(elected & set(solid)) >= vector["guaranteed_seats_for_solid_set"]


@pytest.mark.parametrize("name", COLLEGES)
def test_meek_elects_the_same_among_colleges(name: str) -> None:
    vector, profile = read_colleges(name)
    count = count_stv_meek(profile, vector["seats"])
    elected = sorted(each.option - 1 for each in count.elected)
    assert elected == sorted(vector["stv_meek_guarded_p18_g9_omega9"]["elected"])


@pytest.mark.parametrize("name", COLLEGES)
def test_pairs_among_colleges(name: str) -> None:
    vector, profile = read_colleges(name)
    matrix, _ = compare_pairs(profile)
    assert [[str(weight) for weight in row] for row in matrix] == vector["pairwise"]
    assert find_winners(matrix, "margins") == vector["schulze_margins"]
    assert find_winners(matrix, "winning-votes") == vector["schulze_winning_votes"]
    (schulze,) = count_schulze(profile).elected
    assert [schulze.option - 1] == vector["schulze_winning_votes"]
    (first,) = count_ranked_pairs(profile).elected
    assert [first.option - 1] == vector["ranked_pairs_margins"]


@pytest.mark.parametrize("name", COLLEGES)
def test_plurality_of_first_preferences_among_colleges(name: str) -> None:
    vector, profile = read_colleges(name)
    totals = [Fraction()] * profile.options
    for pile in profile.piles:
        totals[pile.numbers.index(1)] += pile.weight
    assert totals == [Fraction(total) for total in vector["plurality"].values()]
    marks = Marks(profile.weight, tuple(totals), (Fraction(),) * profile.options, profile.seed)
    (elected,) = count_plurality(marks).elected
    assert totals[elected.option - 1] == max(totals)


# --- belenios-tool ------------------------------------------------------------------------


def read_belenios(name: str, what: str) -> Any:
    path = require_shared("vectors", "ballots", f"{name}-{what}.json")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", INPUTS)
def test_majority_judgement_ranks_as_the_tool_does(name: str) -> None:
    given, expected = read_belenios(name, "input"), read_belenios(name, "mj")
    ballots = [tuple(ballot) for ballot in given]
    contest = make_choice("majority-judgment", options=5)
    blank = [ballot for ballot in ballots if judge_ballot(contest, ballot) == "blank"]
    # The tool's ballots use five grades where ours of the example have three.
    counted = [ballot for ballot in ballots if all(ballot)]
    assert (len(blank), len(counted)) == (expected["blank"], expected["valid"])
    assert len(ballots) - len(blank) - len(counted) == len(expected["invalid"])
    profile = make_profile(5, [Pile(ballot, Fraction(1)) for ballot in counted])
    count = count_majority_judgment(profile, 5, seats=5)
    assert [list(row) for row in count.grades or ()] == expected["raw"]
    winners = iter(each.option - 1 for each in count.elected)
    for level in expected["winners"]:
        assert {next(winners) for _ in level} == set(level)


@pytest.mark.parametrize("name", INPUTS)
def test_schulze_elects_as_the_tool_does(name: str) -> None:
    given, expected = read_belenios(name, "input"), read_belenios(name, "schulze")
    ballots = [tuple(ballot) for ballot in given if any(ballot)]
    assert (len(ballots), len(given) - len(ballots)) == (expected["valid"], expected["blank"])
    # The tool counts equal ranks, which our ballots may not have, as no preference; so do pairs.
    profile = make_profile(5, [Pile(ballot, Fraction(1)) for ballot in ballots])
    matrix, _ = compare_pairs(profile)
    assert [list(row) for row in matrix] == expected["raw"]
    assert find_winners(matrix, "winning-votes") == expected["winners"][0]


@pytest.mark.parametrize("name", INPUTS)
def test_the_same_rankings_are_blank_as_the_tool_says(name: str) -> None:
    """The tool lets a ranking skip a rank; we do not, and neither lets one repeat."""
    given, expected = read_belenios(name, "input"), read_belenios(name, "stv2")
    contest = make_choice("stv-exact", options=5)
    verdicts = [judge_ballot(contest, tuple(ballot)) for ballot in given]
    invalid = {tuple(ballot) for ballot in expected["invalid"]}
    assert verdicts.count("blank") == sum(not ballot for ballot in expected["ballots"])
    refused = {tuple(b) for b, verdict in zip(given, verdicts, strict=True) if verdict == "invalid"}
    assert invalid <= refused
    for ballot in refused - invalid:
        assert any(gap not in ballot for gap in range(1, max(ballot)))
