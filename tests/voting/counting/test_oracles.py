"""Random elections that other programs counted; `make_oracles` asked them, and kept what they said.

pref_voting counts Schulze and ranked pairs with the colleges' exact weights, votekit exact STV
with a whole quota and ballots that weigh the same, abcvoting approval.
"""

import json
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest

from voting.counting.election_file import ElectionFile, parse_election
from voting.counting.file_count import FileMethod, count_file
from voting.counting.method import MethodCount
from voting.counting.option_result import Stage
from voting.counting.profile import Box, rank_options, weigh_boxes
from voting.counting.stv import Variant, run_stages

FILE = Path(__file__).parents[2] / "vectors" / "oracles.json"
KEPT: list[Any] = json.loads(FILE.read_text(encoding="utf-8"))

# What votekit calls STV: the quota of Scottish STV, and none of its rounding.
VOTEKIT = Variant(
    quota=lambda weight, seats: Fraction(floor(weight / (seats + 1)) + 1),
    is_reached=lambda total, quota: total >= quota,
    reweigh=lambda value, surplus, total: value * surplus / total,
    protects=False,
)


def read(kept: Any) -> ElectionFile:
    return parse_election(json.dumps(kept["election"]).encode())


def winners(kept: Any, method: FileMethod) -> tuple[list[int], bool]:
    count = count_file(read(kept), method).count
    return sorted(each.option - 1 for each in count.elected), bool(count.ties)


@pytest.mark.parametrize("method", ["schulze", "ranked-pairs"])
def test_pairs_elect_as_in_pref_voting(method: FileMethod) -> None:
    decided = 0
    for kept in KEPT:
        said = kept["said"]["pref_voting"][method.replace("-", "_")]
        found, is_tied = winners(kept, method)
        if is_tied:
            assert found[0] in said
        else:
            assert found == said
            decided += 1
    assert decided > 100


def test_approval_elects_as_in_abcvoting() -> None:
    for kept in KEPT:
        committees = kept["said"]["abcvoting"]["approval"]
        found, is_tied = winners(kept, "approval")
        assert found in committees
        assert is_tied or committees == [found]


def test_stv_gives_every_total_of_votekit() -> None:
    compared = 0
    for kept in KEPT:
        said, election = kept["said"]["votekit"], read(kept)
        count = count_as_votekit(election)
        if said is None or count.ties or not goes_alike(count):
            continue
        names = [election.candidates[each.option - 1] for each in count.elected]
        assert [[name] for name in names] == said["elected"]
        rounds = [list_continuing(election, count, stage) for stage in count.stages]
        assert rounds == said["rounds"][: len(rounds)]
        compared += 1
    assert compared > 40


def goes_alike(count: MethodCount) -> bool:
    """Whether at most one is elected at a stage, with a surplus.

    votekit elects one a round, lets whoever waits receive votes, and gives a surplus of
    nothing a round of its own; ties it resolves in its own way.
    """
    stages = [each.stage for each in count.elected if each.on == "quota"]
    held = [
        count.stages[each.stage - 1].totals[each.option - 1]
        for each in count.elected
        if each.on == "quota"
    ]
    return len(set(stages)) == len(stages) and count.quota not in held


def count_as_votekit(election: ElectionFile) -> MethodCount:
    size = len(election.candidates)
    boxes = [
        Box({rank_options(o, size): n for o, n in college.ballots.items()}, Fraction(1), False)
        for college in election.colleges
    ]
    return run_stages(weigh_boxes(size, boxes, "00" * 32), election.seats, VOTEKIT)


def list_continuing(election: ElectionFile, count: MethodCount, stage: Stage) -> dict[str, str]:
    """Totals of those who were not elected before, nor excluded."""
    before = count.stages[stage.number - 2].status if stage.number > 1 else None
    return {
        name: str(stage.totals[place])
        for place, name in enumerate(election.candidates)
        if (before is None or before[place] == "continuing") and stage.option != place + 1
    }
