"""Results of shuffled ballots: what follows from stages, pairs and grades is decided again."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.voting.counting.boxes import make_rankings
from tests.voting.examples import SUPPORTED, make_charter, make_choice
from voting.canonical import format_canonical
from voting.charter.charter import Charter
from voting.counting.count import count_contest
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots
from voting.counting.result import format_result, parse_result
from voting.counting.ties import draw_lot, lot_seed
from voting.errors import ResultMismatchError
from voting.option_contests import ONE_SEAT, Method

UUID = "ExampLeuuid123"
Change = Callable[[Any], object]
ONE = replace(make_charter("1", protected=None), floors={})
OURS = make_charter("1")


def count(
    method: Method, *lines: str, seats: int = 1, options: int = 4, charter: Charter = ONE
) -> OptionResult:
    """One college, its ballots as in "4 AB"."""
    contest = make_choice(method, seats=1 if method in ONE_SEAT else seats, options=options)
    result = count_contest(charter, contest, [make_rankings(SUPPORTED, *lines, options=options)])
    assert isinstance(result, OptionResult)
    return result


def judge(method: Method, *ballots: tuple[int, ...], charter: Charter = ONE) -> OptionResult:
    contest = make_choice(method, seats=2, options=len(ballots[0]))
    number = len(ballots)
    result = count_contest(charter, contest, [CollegeBallots(SUPPORTED, number, number, ballots)])
    assert isinstance(result, OptionResult)
    return result


# C and D are level; A and B have the same surplus; a ring of three.
LEVEL = ("4 AB", "3 BA", "1 C", "1 D")
TWICE = ("5 AC", "5 BD", "1 C", "1 D")
RING = ("1 ABC", "1 BCA", "1 CAB")
RESULTS: dict[str, OptionResult] = {
    "irv": count("irv", *LEVEL),
    "irv of P": count("irv", *LEVEL, charter=OURS),
    "irv of nobody": count("irv", "1 A", "1 B", options=2),
    "exact": count("stv-exact", *TWICE, seats=3),
    "exact of P": count("stv-exact", *TWICE, seats=3, charter=OURS),
    "exact, excluding": count("stv-exact", *LEVEL, seats=2),
    "scottish": count("stv-scottish", *TWICE, seats=3),
    "meek": count("stv-meek", "7 AB", "3 B", "2 C", "1 D", seats=2),
    "meek, a tie": count("stv-meek", "4 A", "1 B", "1 C", "1 D", seats=2),
    "meek, last": count("stv-meek", "3 A", "1 B", "1 C", seats=2, options=3),
    "schulze": count("schulze", *RING, options=3),
    "schulze, clear": count("schulze", "2 AB", "1 B", options=3),
    "ranked pairs": count("ranked-pairs", *RING, options=3),
    "ranked pairs of P": count("ranked-pairs", *RING, options=3, charter=OURS),
    "ranked pairs, clear": count("ranked-pairs", "2 AB", "1 B", options=3),
    "score": judge("score", (5, 1, 1), (5, 3, 3)),
    "grades": judge("majority-judgment", (1, 2, 2), (1, 3, 3)),
}


@pytest.mark.parametrize("name", RESULTS)
def test_what_was_counted_is_read(name: str) -> None:
    raw = format_result(UUID, [RESULTS[name]])
    assert parse_result(raw).contests == (RESULTS[name],)


def test_the_ties_of_these_are_real() -> None:
    tied = {name for name, result in RESULTS.items() if result.ties}
    assert tied >= {"irv", "irv of P", "exact", "exact of P", "scottish", "schulze", "score"}
    assert {"ranked pairs", "ranked pairs of P", "grades", "meek, a tie"} <= tied
    assert RESULTS["exact"].ties[0].kind == "surplus"


def tie(**fields: object) -> Change:
    def change(contest: Any) -> None:
        contest["ties"][0].update(fields)
        contest["ties"][0]["resolved_by"] = contest["ties"][0]["tried"][-1]

    return change


def resolved_by_lot(contest: Any) -> None:
    first = contest["ties"][0]
    first["resolved_by"] = "earlier-stage" if first["resolved_by"] == "lot" else "lot"


def stage(place: int, /, **fields: object) -> Change:
    return lambda contest: contest["stages"][place - 1].update(fields)


def elected(place: int, /, **fields: object) -> Change:
    return lambda contest: contest["elected"][place - 1].update(fields)


def both(*changes: Change) -> Change:
    return lambda contest: [change(contest) for change in changes]


def other(of: list[int], than: list[int]) -> list[int]:
    return [next(each for each in of if [each] != than)]


def turn_tie(contest: Any) -> None:
    first = contest["ties"][0]
    first["chosen"] = other(first["options"], first["chosen"])


def no_ties(contest: Any) -> None:
    contest["ties"] = []


def swap_elected(contest: Any) -> None:
    first, second = contest["elected"][:2]
    first["option"], second["option"] = second["option"], first["option"]


def elect_instead(option: int) -> Change:
    return elected(1, option=option)


def elect_excluded(contest: Any) -> None:
    """At the last stage of Meek's: the one excluded before in the place of the one elected."""
    last, before = contest["stages"][-1], contest["stages"][-2]
    back = before["status"].index("excluded")
    now = contest["elected"][-1]["option"] - 1
    last["status"][back], last["status"][now] = "elected", "continuing"
    contest["elected"][-1]["option"] = back + 1


def add_stage(contest: Any) -> None:
    last = contest["stages"][-1]
    more = {**last, "number": last["number"] + 1, "transfers": ["0"] * contest["options"]}
    contest["stages"].append(more)


def other_lots(contest: Any) -> None:
    """The first seed by which the lot falls on the other one."""
    first = contest["ties"][0]
    options = [option - 1 for option in first["options"]]
    for seed in (f"{number:064x}" for number in range(100)):
        if draw_lot(lot_seed(contest["digest"], seed), 1, options) + 1 != first["chosen"][0]:
            contest["seed"] = seed
            return


def one_grade(contest: Any) -> None:
    contest["grades"] = [["1"]] * contest["options"]


BENT: list[tuple[str, str, Change]] = [
    ("a lot that fell on another", "irv", turn_tie),
    ("a lot that fell on another, P's", "irv of P", turn_tie),
    ("no tie", "irv", no_ties),
    ("no tie, P's", "irv of P", no_ties),
    ("a tie at another stage", "irv of P", tie(stage=3)),
    ("a tie of another kind", "irv of P", tie(kind="elect")),
    ("resolved by what was not tried", "irv of P", resolved_by_lot),
    ("a tie of one", "irv of P", tie(options=[3])),
    ("a tie out of order", "irv of P", tie(options=[4, 3])),
    ("a tie of no option", "irv of P", tie(options=[3, 6])),
    ("a tie that fell on none of them", "irv of P", tie(chosen=[1])),
    ("a tie that fell on two", "irv of P", tie(chosen=[3, 4])),
    ("a tie that fell on nobody", "irv of P", tie(chosen=[])),
    ("a tie too many", "irv of P", lambda contest: contest["ties"].append(contest["ties"][0])),
    ("a tie of others", "irv of P", tie(options=[1, 3])),
    ("rules in another order", "irv of P", tie(tried=["lot", "protected-college"])),
    ("a rule left out", "irv of P", tie(tried=["earlier-stage"])),
    ("a pair that was not tied", "ranked pairs of P", tie(chosen=[1, 3])),
    ("a lot of surpluses", "exact", turn_tie),
    ("a lot of surpluses in Scotland", "scottish", turn_tie),
    ("P's part of surpluses", "exact of P", turn_tie),
    ("a lot of Meek's", "meek, a tie", turn_tie),
    ("a lot of a ring", "ranked pairs", turn_tie),
    ("a lot of winners", "schulze", turn_tie),
    ("a lot of scores", "score", turn_tie),
    ("a lot of grades", "grades", turn_tie),
    ("a seed of other lots", "irv", other_lots),
    ("a loser", "schulze, clear", elect_instead(2)),
    ("a loser of pairs", "ranked pairs, clear", elect_instead(2)),
    ("in another order", "score", swap_elected),
    ("in another order of grades", "grades", swap_elected),
    ("in another order at one stage", "exact", swap_elected),
    ("for another reason", "schulze, clear", elected(1, on="locked")),
    ("for another reason by scores", "score", elected(1, on="quota")),
    ("for another reason in stages", "exact", elected(1, on="majority")),
    ("for another reason by Meek", "meek", elected(1, on="most")),
    ("one grade only", "grades", one_grade),
    ("scores in two stages", "score", add_stage),
    ("scores above all", "score", stage(1, totals=["101", "0", "0"], transfers=["101", "0", "0"])),
    ("scores that pass on", "score", stage(1, action="surplus")),
    ("scores of one", "score", stage(1, option=1)),
    ("scores that exclude", "score", stage(1, status=["elected", "elected", "excluded"])),
    ("scores lost", "score", stage(1, lost="1")),
    ("scores not transferable", "score", stage(1, non_transferable="1")),
    ("a stage after the end", "irv", add_stage),
    ("another action", "irv", stage(2, action="surplus")),
    ("an action at first", "irv", stage(1, action="exclusion")),
    ("an option at first", "irv", stage(1, option=1)),
    ("no option", "irv", stage(2, option=None)),
    ("another is excluded", "irv", stage(2, option=1)),
    ("excluded and not said", "irv", stage(2, status=["continuing"] * 4)),
    (
        "weight of one that stays",
        "irv",
        stage(3, totals=["5/9", "2/9", "0", "0"], transfers=["1/9", "-1/9", "-1/9", "0"]),
    ),
    ("weight lost where nothing is rounded", "irv", stage(3, non_transferable="1/9", lost="1/9")),
    ("elected after it was excluded", "meek, a tie", elect_excluded),
    ("Meek's surpluses of one", "meek", stage(2, option=1)),
]


@pytest.mark.parametrize(("name", "change"), [pytest.param(*case[1:], id=case[0]) for case in BENT])
def test_what_does_not_follow_is_refused(name: str, change: Change) -> None:
    raw = format_result(UUID, [RESULTS[name]])
    value = json.loads(raw)
    change(value["contests"][0])
    bent = format_canonical(value)
    assert bent != raw
    with pytest.raises(ResultMismatchError):
        parse_result(bent)
