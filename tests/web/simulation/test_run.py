import json
from dataclasses import replace
from typing import Any

import pytest

from tests.voting.examples import make_charter
from voting.contests import Contest
from voting.counting.result import format_result
from web.cli.simulate import percentile, summarise
from web.simulation.contests import KINDS, make_contests
from web.simulation.plan import Voter, expect, plan_roll, plan_voters
from web.simulation.run import Measured, ResultDiffersError, compare, find_seed

FULL = make_charter()
CHARTER = replace(
    FULL, council={college.id: n for college, n in zip(FULL.colleges, (4, 1, 2), strict=True)}
)
CONTESTS = make_contests(KINDS, CHARTER)
VOTERS = plan_voters(plan_roll([college.id for college in CHARTER.colleges], 12), CONTESTS, 1)
SEED = "5e" * 32
EXPECTED = expect(CHARTER, CONTESTS, VOTERS, SEED)
UUID = "ExampLeELection"


def published() -> dict[str, Any]:
    """What the service says of an election in which everybody's ballot was counted."""
    contests = json.loads(format_result(UUID, EXPECTED))["contests"]
    return {"election": UUID, "results": contests}


def test_a_result_that_is_what_was_cast_passes() -> None:
    compare(published(), EXPECTED)


def test_ballots_may_be_opened_in_any_order() -> None:
    compare(published(), expect(CHARTER, CONTESTS, VOTERS[::-1], find_seed(published())))


@pytest.mark.parametrize("contest", CONTESTS, ids=lambda contest: contest.id)
def test_one_ballot_that_is_lost_or_altered_is_found_in_its_contest(contest: Contest) -> None:
    """A member's ballot on one contest is taken for blank."""
    changed, place = next(
        (at, place)
        for at, voter in enumerate(VOTERS)
        if (place := find_place(contest, voter)) is not None
        and any(voter.ballots[-1][place][not contest.is_shuffled :])
    )
    ballot = list(VOTERS[changed].ballots[-1])
    blank = 0 if contest.is_shuffled else 1
    ballot[place] = (blank, *(0 for _ in ballot[place][1:]))
    altered = Voter(VOTERS[changed].college, (tuple(ballot),))
    voters = (*VOTERS[:changed], altered, *VOTERS[changed + 1 :])
    with pytest.raises(ResultDiffersError) as caught:
        compare(published(), expect(CHARTER, CONTESTS, voters, SEED))
    assert caught.value.args[0] == contest.id


def find_place(contest: Contest, voter: Voter) -> int | None:
    asked = [each for each in CONTESTS if each.college in (None, voter.college)]
    return asked.index(contest) if contest in asked else None


def test_lots_are_drawn_from_the_seed_that_was_shown() -> None:
    assert find_seed(published()) == SEED
    assert find_seed({"results": [{"contest": "motion"}]}) is None
    with pytest.raises(ResultDiffersError):
        compare(published(), expect(CHARTER, CONTESTS, VOTERS, "00" * 32))


def test_a_contest_that_is_missing_is_found() -> None:
    view = published()
    del view["results"][2]
    with pytest.raises(ResultDiffersError):
        compare(view, EXPECTED)


def test_a_field_too_many_is_found() -> None:
    view = published()
    view["results"][0]["more"] = 1
    with pytest.raises(ResultDiffersError):
        compare(view, EXPECTED)


@pytest.mark.parametrize(("part", "value"), [(50, 3), (95, 5), (1, 1), (100, 5)])
def test_a_percentile_is_one_of_the_values(part: int, value: int) -> None:
    assert percentile((1, 2, 3, 4, 5), part) == value


def test_rates_are_of_the_part_that_they_are_about() -> None:
    seconds = {"seal": 2.0, "cast": 4.0, "verify": 1.0}
    measured = Measured("x", {"motion": "passed"}, 10, 12, (1000, 2000, 9000), seconds)
    told = summarise(measured)
    assert told["sealed_per_second"] == 6.0
    assert told["accepted_per_second"] == 3.0
    assert (told["cast_p50_ms"], told["cast_p95_ms"]) == (2.0, 9.0)
