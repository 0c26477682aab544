"""What no count of options can have given is refused: one thing bent, one error."""

import json
from typing import Any

import pytest

from tests.voting.counting.option_bending import (
    UUID,
    Change,
    bend,
    college,
    make_result,
    put,
    stage,
)
from tests.voting.examples import (
    make_charter,
    make_choice,
)
from voting.canonical import format_canonical
from voting.charter.errors import (
    CapError,
    CollegeSharesError,
    EqualSharesError,
    FloorError,
    ProtectedSchemeError,
    ProtectedShareError,
    UnknownCollegeError,
)
from voting.counting.count import count_contest
from voting.counting.parts import CollegeBallots, Part
from voting.counting.result import format_result, parse_result
from voting.errors import (
    BlocMethodError,
    IdentifierError,
    LimitError,
    MalformedError,
    ResultMismatchError,
    SeatsError,
    TallySumError,
    VotingError,
    WeightedMethodError,
)
from voting.option_contests import Method

STAGE = {
    "number": 1,
    "action": "count",
    "option": None,
    "quota": None,
    "totals": ["1", "0", "0", "0", "0"],
    "transfers": ["1", "0", "0", "0", "0"],
    "non_transferable": "0",
    "lost": "0",
    "status": ["elected", *["continuing"] * 4],
}
CAP: dict[str, object] = {"college": "community", "ballots": None, "part": "1/10"}
MISMATCHES: list[tuple[str, Method, Change]] = [
    ("a mark moved", "block", college(marks=[1, 2, 1, 0, 0])),
    ("somebody else elected", "block", put("elected", 0, "option", 4)),
    ("another digest", "block", put("digest", "ab" * 32)),
    ("the weight", "irv", college(weight="1/10")),
    ("the effective share", "irv", college(effective_share="1")),
    ("marks of shuffled ballots", "irv", college(marks=[1, 0, 0, 0, 0])),
    ("total weight", "irv", put("total_weight", "2")),
    ("a cap that took nothing", "block", put("caps", [CAP])),
    ("arithmetic", "irv", put("arithmetic", "decimal-5")),
    ("scheme", "plurality", put("scheme", "bloc")),
    ("vacant", "irv", put("vacant", 1)),
    ("capped", "irv", college(capped=True)),
    ("outcome", "irv", put("outcome", "void")),
    ("reasons", "irv", put("reasons", ["nothing-counted"])),
    ("lapsed", "irv", put("lapsed", ["employees"])),
    ("quota", "stv-exact", put("quota", "1/2")),
    ("guaranteed", "irv", put("guarantee", "seats_guaranteed", 0)),
    ("controls", "irv", put("guarantee", "controls", False)),
    ("weight made at a stage", "irv", stage(2, totals=["1/2", "3/10", "1/5", "1/10", "0"])),
    ("weight lost at a stage", "irv", stage(2, lost="1/10")),
    ("weight not transferable", "irv", stage(1, non_transferable="1/10")),
    ("less than nothing", "irv", stage(1, lost="-1/10", non_transferable="1/10")),
    (
        "a total below nothing",
        "irv",
        stage(1, totals=["1/2", "3/10", "1/5", "1/10", "-1/10"]),
    ),
    ("transfers that do not add up", "irv", stage(1, transfers=["0"] * 5)),
    ("a total too few", "irv", stage(1, totals=["1"])),
    ("no totals", "irv", stage(1, totals=[], transfers=[], status=[])),
    ("a stage out of place", "irv", stage(2, number=3)),
    ("an option that is none", "irv", stage(2, option=6)),
    ("a quota where there is none", "irv", stage(1, quota="1/2")),
    ("another quota", "stv-exact", stage(2, quota="1/2")),
    ("another quota of Scotland", "stv-scottish", stage(1, quota="5")),
    ("another quota of Meek", "stv-meek", stage(1, quota="1/2")),
    ("elected too early", "irv", stage(1, status=["elected", *["continuing"] * 4])),
    ("elected and not said", "irv", stage(4, status=["continuing"] * 5)),
    ("elected at no stage", "irv", put("elected", 0, "stage", 9)),
    ("elected out of order", "irv", put("elected", 0, "order", 2)),
    ("elected twice", "score", put("elected", 1, "option", 1)),
    ("nobody elected", "schulze", put("elected", [])),
    ("elected is no option", "schulze", put("elected", 0, "option", 6)),
    ("stages of pairs", "schulze", put("stages", [STAGE])),
    ("no pairs", "schulze", put("pairwise", None)),
    ("no stages", "irv", put("stages", [])),
    ("pairs that weigh too much", "schulze", put("pairwise", 0, 1, "1")),
    ("a pair below nothing", "ranked-pairs", put("pairwise", 0, 1, "-1/10")),
    ("an option against itself", "schulze", put("pairwise", 0, 0, "1/10")),
    ("a row of pairs too few", "schulze", put("pairwise", [["0"]])),
    ("a row of pairs too short", "schulze", put("pairwise", 4, ["0"])),
    ("no grades", "majority-judgment", put("grades", None)),
    ("grades of too few", "majority-judgment", put("grades", [["1", "0", "0"]])),
    ("grades that weigh too little", "majority-judgment", put("grades", 0, ["0", "0", "1/2"])),
    ("a grade below nothing", "majority-judgment", put("grades", 0, ["2", "-1", "0"])),
    ("no grades at all", "majority-judgment", put("grades", 0, [])),
    ("a grade too many", "majority-judgment", put("grades", 0, ["1", "0", "0", "0"])),
]


def test_what_is_bent_here_could_be_read_before() -> None:
    for method in {method for _, method, _ in MISMATCHES}:
        assert parse_result(bend(method, lambda _: None)).contests == (make_result(method),)


@pytest.mark.parametrize(
    ("method", "change"), [pytest.param(*case[1:], id=case[0]) for case in MISMATCHES]
)
def test_what_cannot_come_from_counting_is_refused(method: Method, change: Change) -> None:
    with pytest.raises(ResultMismatchError):
        parse_result(bend(method, change))


REFUSALS: list[tuple[str, Method, Change, type[VotingError]]] = [
    ("a field more", "irv", put("more", 1), MalformedError),
    ("another version", "irv", put("method", "irv/v2"), MalformedError),
    ("no method", "irv", put("method", None), MalformedError),
    ("a contest's id", "irv", put("contest", ""), IdentifierError),
    ("a charter", "irv", put("charter", "x"), IdentifierError),
    ("a digest", "irv", put("digest", "x"), IdentifierError),
    ("one option", "irv", put("options", 1), LimitError),
    ("no seats", "irv", put("seats", 0), SeatsError),
    ("two seats of a run-off", "irv", put("seats", 2), SeatsError),
    ("as many seats as options", "score", put("seats", 5), SeatsError),
    ("no colleges", "irv", put("colleges", []), LimitError),
    ("shares", "irv", college(share="1/2"), CollegeSharesError),
    ("no share", "irv", college(share="0"), CollegeSharesError),
    ("no floor", "irv", college(floor=0), FloorError),
    ("a floor above all", "irv", college(floor=1_000_001), FloorError),
    ("ballots", "irv", college(counted=11), TallySumError),
    ("ballots below nothing", "irv", college(blank=-1, invalid=3), TallySumError),
    ("more cast than members", "irv", college(roll=11), TallySumError),
    ("a college's id", "irv", college(id="Supported"), IdentifierError),
    ("the protected college", "irv", put("guarantee", "protected", "nobody"), UnknownCollegeError),
    ("no guarantee", "irv", put("guarantee", None), MalformedError),
    ("a scheme that is none", "irv", put("scheme", "other"), MalformedError),
    ("reserved seats of nobody", "irv", put("scheme", "seats"), MalformedError),
    ("seats of a college, weighed", "irv", put("college", "supported"), MalformedError),
    ("a college that is a number", "irv", put("college", 1), MalformedError),
    ("one member, unequal shares", "irv", put("scheme", "none"), EqualSharesError),
    ("protected by the roll", "irv", put("scheme", "roll"), ProtectedSchemeError),
    ("a bloc of rankings", "irv", put("scheme", "bloc"), BlocMethodError),
    ("caps", "irv", put("caps", None), MalformedError),
    ("a cap of nothing", "irv", put("caps", [CAP | {"part": None}]), CapError),
    ("a cap above a half", "irv", put("caps", [CAP | {"part": "2/3"}]), CapError),
    ("a cap of the protected", "irv", put("caps", [CAP | {"college": "supported"}]), CapError),
    ("a seed", "irv", put("seed", "x"), IdentifierError),
    ("a seed that is a number", "irv", put("seed", 1), MalformedError),
    ("a mark is a word", "block", college(marks=["1"]), MalformedError),
    ("no marks", "block", college(marks=None), MalformedError),
    ("a mark too few", "block", college(marks=[2, 1, 1, 0]), TallySumError),
    ("more marks than ballots", "block", college(marks=[5, 1, 1, 0, 0]), TallySumError),
    ("invalid marks", "block", college(counted=3, invalid=1), TallySumError),
    ("two marks of one", "plurality", college(marks=[4, 1, 0, 0, 0]), TallySumError),
    ("an action", "irv", stage(1, action="other"), MalformedError),
    ("a status", "irv", stage(1, status=["other"]), MalformedError),
    ("a total is a number", "irv", stage(1, totals=[1]), MalformedError),
    ("a total by zero", "irv", stage(1, totals=["1/0"]), MalformedError),
    ("a decimal", "irv", stage(1, totals=["0.5"]), MalformedError),
    ("a total too long", "irv", stage(1, totals=["1" * 4000]), MalformedError),
    ("why elected", "irv", put("elected", 0, "on", "luck"), MalformedError),
    ("a kind of tie", "irv", put("ties", 0, "kind", "other"), MalformedError),
    ("a rule of ties", "irv", put("ties", 0, "tried", ["age"]), MalformedError),
    ("a tie without a rule", "irv", put("ties", 0, "tried", []), MalformedError),
    ("pairs", "schulze", put("pairwise", 3), MalformedError),
]


def _with_tie(change: Change) -> Change:
    """An instant run-off may have no tie: put one there, and bend it."""

    def bent(contest: Any) -> None:
        if not contest["ties"]:
            contest["ties"].append(
                {
                    "stage": 2,
                    "kind": "exclude",
                    "options": [4, 5],
                    "tried": ["protected-college"],
                    "resolved_by": "protected-college",
                    "chosen": [5],
                }
            )
        change(contest)

    return bent


@pytest.mark.parametrize(
    ("method", "change", "error"), [pytest.param(*case[1:], id=case[0]) for case in REFUSALS]
)
def test_what_is_no_result_is_refused(
    method: Method, change: Change, error: type[VotingError]
) -> None:
    if method == "irv":
        change = _with_tie(change)
    with pytest.raises(error):
        parse_result(bend(method, change))


def divide(first: str, second: str) -> Change:
    """Two colleges in the place of one."""

    def change(contest: Any) -> None:
        (one,) = contest["colleges"]
        two = {**one, "id": "employees", "share": second}
        contest["colleges"] = [{**one, "share": first}, two]

    return change


def test_scottish_stv_of_unlike_colleges_is_refused() -> None:
    with pytest.raises(EqualSharesError):
        parse_result(bend("stv-scottish", divide("3/5", "2/5")))
    with pytest.raises(ProtectedShareError):
        parse_result(bend("stv-scottish", divide("1/2", "1/2")))
    with pytest.raises(WeightedMethodError):
        parse_result(bend("stv-scottish", put("scheme", "turnout")))
    with pytest.raises(WeightedMethodError):
        parse_result(bend("stv-scottish", put("caps", [CAP])))


@pytest.mark.parametrize("what", ["stages", "elected", "ties", "pairwise", "grades"])
def test_a_void_result_holds_no_count(what: str) -> None:
    raw = format_result(UUID, [make_result("majority-judgment")])
    other = json.loads(format_result(UUID, [make_result("schulze")]))["contests"][0]
    value = json.loads(raw)
    contest = value["contests"][0]
    parts: list[Part] = [CollegeBallots(c.id, 1, 0, ()) for c in make_charter().colleges]
    empty = count_contest(make_charter(), make_choice("irv"), parts)
    void = json.loads(format_result(UUID, [empty]))
    assert parse_result(format_canonical(void)).contests == (empty,)
    full = {
        "stages": json.loads(format_result(UUID, [make_result("irv")]))["contests"][0]["stages"],
        "elected": contest["elected"][:1],
        "ties": [
            {
                "stage": 1,
                "kind": "elect",
                "options": [1, 2],
                "tried": ["lot"],
                "resolved_by": "lot",
                "chosen": [1],
            }
        ],
        "pairwise": other["pairwise"],
        "grades": contest["grades"],
    }
    void["contests"][0][what] = full[what]
    with pytest.raises(ResultMismatchError):
        parse_result(format_canonical(void))
