"""The ballots of an election for other programs: they elect the same, and show no small college."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import require_shared
from tests.voting.counting.boxes import make_box, make_marks, make_rankings
from tests.voting.counting.profiles import rankings
from tests.voting.examples import COMMUNITY, EMPLOYEES, IDS, SUPPORTED, make_charter, make_choice
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.counting.ballots_blt import find_offer, make_blt, multiply_weights
from voting.counting.blt import format_blt, parse_blt
from voting.counting.count import count_contest
from voting.counting.election_file import from_blt
from voting.counting.file_count import count_file
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots
from voting.option_contests import Method, Option, OptionContest

RANKED: tuple[Method, ...] = ("irv", "stv-exact", "schulze", "ranked-pairs")


def tally(charter: Charter, contest: OptionContest, parts: list[CollegeBallots]) -> OptionResult:
    result = count_contest(charter, contest, parts)
    assert isinstance(result, OptionResult)
    return result


def of(lines: int, blank: int = 0) -> list[CollegeBallots]:
    """Boxes of three colleges, with so many ballots in the last."""
    return [
        make_rankings(SUPPORTED, "60 ABC", options=3),
        make_rankings(EMPLOYEES, "50 BAC", options=3),
        make_rankings(COMMUNITY, f"{lines} CBA", f"{blank} -", options=3),
    ]


def test_ballots_stand_as_often_as_they_weigh() -> None:
    contest = make_choice("stv-exact", options=3)
    parts = [
        make_rankings(SUPPORTED, "50 ABC", "1 BA", "1 -", "1 ?", options=3),
        make_rankings(EMPLOYEES, "34 BA", "17 C", options=3),
        make_rankings(COMMUNITY, "50 C", options=3),
    ]
    result = tally(make_charter(), contest, parts)
    # By hand: 1/100, 2/300 and 3/1000 are as 30, 20 and 9.
    assert multiply_weights(result) == {SUPPORTED: 30, EMPLOYEES: 20, COMMUNITY: 9}
    blt = make_blt(contest, result, parts, "cy")
    assert blt.ballots == {(1, 2, 3): 1500, (2, 1): 710, (3,): 790}
    assert blt.seats == 2
    assert blt.candidates == ("Dewis 1", "Dewis 2", "Dewis 3")
    assert blt.title == "Pwy fydd ar y cyngor?"


@pytest.mark.parametrize("name", ["v00", "v03", "v07", "v12", "v17", "v20"])
def test_the_multiples_are_those_of_another_program(name: str) -> None:
    given_ = json.loads(
        (require_shared("vectors", "counts") / "colleges" / f"{name}.json").read_text("utf-8")
    )
    contest = make_choice(
        "stv-exact", options=len(given_["candidates"]), seats=min(2, len(given_["candidates"]) - 1)
    )
    charter = make_charter(*[each["share"] for each in given_["colleges"]])
    parts = [
        make_box(
            college,
            *[
                tuple(order.index(n) + 1 if n in order else 0 for n in range(len(contest.options)))
                for number, order in each["ballots"]
                for _ in range(number)
            ],
        )
        for college, each in zip(IDS, given_["colleges"], strict=True)
    ]
    result = tally(charter, contest, parts)
    assert list(multiply_weights(result).values()) == given_["integer_weights"]


# --- the same elected ---------------------------------------------------------------------


# Colleges of every scheme that weighs single ballots, and with caps.
CHARTERS = (
    make_charter(),
    make_charter("2/3", "1/6", "1/6"),
    make_charter(protected=None, floors={}, scheme="roll"),
    make_charter("1/3", "1/3", "1/3", protected=None, floors={}, scheme="none"),
    replace(
        make_charter(),
        caps=(Cap(EMPLOYEES, ballots=Fraction(2, 3)), Cap(COMMUNITY, part=Fraction(1, 10))),
    ),
)


@st.composite
def elections(draw: st.DrawFn) -> tuple[Charter, OptionContest, list[CollegeBallots]]:
    size = draw(st.integers(3, 4))
    contest = make_choice(draw(st.sampled_from(RANKED)), options=size)
    ballot = rankings(size) | st.sampled_from([None, (0,) * size])
    parts = [make_box(college, *draw(st.lists(ballot, min_size=1, max_size=7))) for college in IDS]
    return draw(st.sampled_from(CHARTERS)), contest, parts


@settings(max_examples=60)
@given(elections())
def test_the_file_elects_whom_the_contest_elected(
    election: tuple[Charter, OptionContest, list[CollegeBallots]],
) -> None:
    charter, contest, parts = election
    result = tally(charter, contest, parts)
    # A tie that the protected college or a lot decided, the file cannot decide.
    if result.outcome == "void" or any(tie.resolved_by != "earlier-stage" for tie in result.ties):
        return
    counted = [row.id for row in result.colleges if row.weight is not None]
    there = [part for part in parts if part.college in counted]
    raw = format_blt(make_blt(contest, result, there, "en"))
    found = count_file(from_blt(parse_blt(raw)), contest.method)
    assert [each.option for each in found.count.elected] == [each.option for each in result.elected]
    total = found.total_weight
    for mine, theirs in zip(result.stages, found.count.stages, strict=True):
        scaled = tuple(each * result.total_weight / total for each in theirs.totals)
        assert scaled == mine.totals


def test_reserved_seats_are_counted_from_a_file_too() -> None:
    contest = make_choice("stv-exact", options=3, college=EMPLOYEES)
    charter = replace(make_charter(), council={SUPPORTED: 6, EMPLOYEES: 2, COMMUNITY: 1})
    parts = [make_rankings(EMPLOYEES, "30 ABC", "25 CB", options=3)]
    result = tally(charter, contest, parts)
    assert find_offer(contest, result) == "file"
    blt = make_blt(contest, result, parts, "en")
    assert blt.ballots == {(1, 2, 3): 30, (3, 2): 25}
    found = count_file(from_blt(blt), contest.method)
    assert [each.option for each in found.count.elected] == [1, 3]


def test_more_reserved_seats_than_options_are_as_many_as_there_are_options() -> None:
    contest = replace(make_choice("stv-exact", options=3, college=EMPLOYEES), seats=5)
    charter = replace(make_charter(), council={SUPPORTED: 6, EMPLOYEES: 5})
    parts = [make_rankings(EMPLOYEES, "60 ABC", options=3)]
    assert make_blt(contest, tally(charter, contest, parts), parts, "en").seats == 3


# --- when there is a file -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("ballots", "blank", "offer"),
    [
        pytest.param(50, 0, "file", id="as many as must be"),
        pytest.param(49, 1, "file", id="blank ballots hide the others, too"),
        pytest.param(49, 0, "small-college", id="one too few"),
        pytest.param(1, 0, "small-college", id="one voter"),
        pytest.param(0, 3, "file", id="a college that is not counted is not in it"),
    ],
)
def test_a_small_college_keeps_the_file_back(ballots: int, blank: int, offer: str) -> None:
    contest = make_choice("stv-exact", options=3)
    assert find_offer(contest, tally(make_charter(), contest, of(ballots, blank))) == offer


@pytest.mark.parametrize(("voters", "offer"), [(50, "file"), (49, "small-college")])
def test_one_small_college_alone_has_no_file_either(voters: int, offer: str) -> None:
    contest = make_choice("stv-scottish", options=3)
    parts = [make_rankings(SUPPORTED, f"{voters} AB", options=3)]
    assert find_offer(contest, tally(make_charter("1"), contest, parts)) == offer


def test_where_nothing_was_counted_there_is_nothing_to_pass_on() -> None:
    contest = make_choice("irv", options=3)
    parts = [make_rankings(college, "60 -", options=3) for college in IDS]
    assert find_offer(contest, tally(make_charter(), contest, parts)) == "none"


@pytest.mark.parametrize("method", ["plurality", "block", "approval"])
def test_marks_are_no_rankings(method: Method) -> None:
    contest = make_choice(method, options=3)
    parts = [make_marks(college, 60, 0, 0, cast=60) for college in IDS]
    result = count_contest(make_charter(), contest, parts)
    assert isinstance(result, OptionResult)
    assert find_offer(contest, result) == "none"


def test_numbers_that_are_too_long_for_other_programs() -> None:
    contest = make_choice("irv", options=3)
    result = tally(make_charter(), contest, of(60))
    primes = (999_983, 1_000_003, 999_979)
    longer = replace(
        result,
        colleges=tuple(
            replace(row, roll=prime, cast=prime, counted=prime, weight=Fraction(row.share) / prime)
            for row, prime in zip(result.colleges, primes, strict=True)
        ),
    )
    assert find_offer(contest, longer) == "long-numbers"


def test_names_that_cannot_be_written_are_numbers() -> None:
    contest = make_choice("irv", options=3)
    names = ('Ann "the cat" #1', "Ben", "Cai")
    contest = replace(contest, options=tuple(Option({"en": n, "cy": n}) for n in names))
    parts = of(60)
    blt = make_blt(contest, tally(make_charter(), contest, parts), parts, "en")
    assert blt.candidates == ("1", "2", "3")
    assert parse_blt(format_blt(blt)) == blt
