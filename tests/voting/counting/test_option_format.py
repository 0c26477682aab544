"""The result of a choice among options: one byte form, strictly read."""

import json
from typing import Any

from hypothesis import given, settings

from tests.voting.counting.boxes import Vote, make_marks, make_rankings, votes
from tests.voting.counting.option_bending import (
    UUID,
    make_result,
)
from tests.voting.counting.profiles import names
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
    make_motion,
    make_tallies,
)
from voting.counting.count import ContestResult, count_contest
from voting.counting.option_result import OptionResult
from voting.counting.parts import Part
from voting.counting.result import Result, format_result, parse_result


def test_the_byte_form() -> None:
    value = json.loads(format_result(UUID, [make_result("irv")]))["contests"][0]
    assert list(value) == [
        *("contest", "method", "arithmetic", "scheme", "college", "charter", "seats", "options"),
        *("caps", "colleges", "total_weight", "quota", "stages", "pairwise", "grades"),
        *("elected", "vacant", "ties", "outcome", "reasons", "lapsed", "guarantee", "seed"),
        "digest",
    ]
    assert (value["method"], value["arithmetic"]) == ("irv/v1", "fraction")
    assert value["colleges"][0] == {
        "id": "supported",
        "roll": 13,
        "cast": 12,
        "counted": 10,
        "blank": 1,
        "invalid": 1,
        "marks": None,
        "share": "51/100",
        "floor": 1,
        "weight": "51/1000",
        "capped": False,
        "effective_share": "51/100",
    }
    assert value["stages"][1] == {
        "number": 2,
        "action": "exclusion",
        "option": 5,
        "quota": None,
        "totals": ["2/5", "3/10", "1/5", "1/10", "0"],
        "transfers": ["0", "0", "0", "0", "0"],
        "non_transferable": "0",
        "lost": "0",
        "status": ["continuing", "continuing", "continuing", "continuing", "excluded"],
    }
    assert value["elected"] == [{"option": 1, "order": 1, "stage": 4, "on": "majority"}]
    assert value["guarantee"] == {
        "protected": "supported",
        "share": "51/100",
        "effective_share": "51/100",
        "seats": 1,
        "seats_guaranteed": 1,
        "majority_needed": 1,
        "least_share": "1/2",
        "controls": True,
        "holds": True,
        "reasons": [],
    }


def test_no_ballot_and_no_college_s_ranking_is_in_it() -> None:
    raw = format_result(UUID, [make_result("schulze")])
    college = json.loads(raw)["contests"][0]["colleges"][0]
    assert college["marks"] is None
    assert b"ballots" not in raw


def test_a_tie_is_written_with_what_resolved_it() -> None:
    charter = make_charter("3/5", "1/5", "1/5")
    parts: list[Part] = [
        make_marks(SUPPORTED, 6, 4, 0, cast=10),
        make_marks(EMPLOYEES, 2, 14, 4, cast=20),
        make_marks(COMMUNITY, 0, 0, 5, cast=6, blank=1),
    ]
    result = count_contest(charter, make_choice("plurality", options=3), parts)
    assert isinstance(result, OptionResult)
    assert names(result.elected) == "A"
    assert json.loads(format_result(UUID, [result]))["contests"][0]["ties"] == [
        {
            "stage": 1,
            "kind": "elect",
            "options": [1, 2],
            "tried": ["protected-college"],
            "resolved_by": "protected-college",
            "chosen": [1],
        }
    ]


@settings(max_examples=80)
@given(votes(), votes())
def test_every_result_is_read_as_it_was_written(first: Vote, second: Vote) -> None:
    one, other = count_contest(*first), count_contest(second[0], _renamed(second), second[2])
    motion = count_contest(make_charter(), make_motion(), make_tallies((1, 0), (2, 1), (0, 0)))
    results: tuple[ContestResult, ...] = (motion, one, other)
    assert parse_result(format_result(UUID, results)) == Result(UUID, results)


def test_where_nobody_is_protected_nothing_is_promised() -> None:
    charter = make_charter("1/2", "1/2", protected=None, floors={})
    parts: list[Part] = [make_rankings(c.id, "2 AB", "1 B") for c in charter.colleges]
    result = count_contest(charter, make_choice("stv-exact"), parts)
    assert isinstance(result, OptionResult)
    check = result.guarantee
    assert (check.protected, check.holds, check.seats_guaranteed) == (None, True, 0)
    assert parse_result(format_result(UUID, [result])).contests == (result,)


def _renamed(vote: Vote) -> Any:
    _, contest, _ = vote
    return make_choice(contest.method, id="3", options=len(contest.options), seats=contest.seats)
