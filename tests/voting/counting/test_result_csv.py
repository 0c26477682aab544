"""A result as a table: every exact number is in it, in sections that have titles."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from tests.voting.counting.boxes import Vote, make_marks, make_rankings, votes
from tests.voting.counting.test_csv_cells import read_table, take_off
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    IDS,
    SUPPORTED,
    count,
    make_charter,
    make_choice,
    make_motion,
    make_tallies,
)
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.motion_rules import HeadCount, MotionRule
from voting.charter.thresholds import MORE_THAN_HALF, Threshold
from voting.contests import OptionContest
from voting.counting.count import ContestResult, count_contest
from voting.counting.csv_table import ANSWERS, TITLES, CsvNames
from voting.counting.motion import CollegeTally, count_motion
from voting.counting.option_result import OptionResult
from voting.counting.result_csv import format_result_csv

WORDS = {code: f"<{code}>" for code in (*TITLES, *ANSWERS)}
COLLEGES = {SUPPORTED: "People we support", EMPLOYEES: "Employees", COMMUNITY: "=Community"}
MOTION = CsvNames("The garden", "Buy the garden", COLLEGES)


def name(contest: OptionContest, *options: str) -> CsvNames:
    return CsvNames(
        vote="The council",
        question=contest.text("en").title,
        colleges=COLLEGES,
        options=options or [option.names["en"] for option in contest.options],
        grades=[grade["en"] for grade in contest.grades],
    )


def read(names: CsvNames, result: ContestResult) -> list[list[str]]:
    return read_table(format_result_csv(names, result, WORDS))


def section(rows: list[list[str]], title: str) -> list[list[str]]:
    """The rows below a title, up to the next empty one."""
    start = next(at for at, row in enumerate(rows) if row[0] == f"<{title}>" and not any(row[1:]))
    body = rows[start + 1 :]
    end = next((at for at, row in enumerate(body) if not any(row)), len(body))
    return body[:end]


def records(rows: list[list[str]], title: str) -> list[dict[str, str]]:
    """The rows of a section by the titles of its columns."""
    head, *rest = section(rows, title)
    return [dict(zip(head, row, strict=True)) for row in rest]


def facts(rows: list[list[str]], title: str) -> dict[str, list[str]]:
    """The rows of a section of headings."""
    return {row[0].strip("<>"): row[1:] for row in section(rows, title)}


def test_a_motion_worked_by_hand() -> None:
    # 51/100 of 9 to 1, 34/100 of 20 to 30; nobody of the third, whose share lapses.
    rows = read(MOTION, count(make_charter(), (9, 1, 2), (20, 30), (0, 0)))
    result = facts(rows, "result")
    assert result["vote"][0] == "The garden"
    assert result["question"][0] == "Buy the garden"
    assert result["outcome"][0] == "<outcome-passed>"
    assert result["for-weight"][:2] == ["'119/200", "0.595"]
    assert result["against-weight"][:2] == ["'51/200", "0.255"]
    assert result["total"][:2] == ["'17/20", "0.85"]
    assert result["threshold"][:3] == ["'1/2", "0.5", "<more-than>"]
    first, second, third = records(rows, "colleges")
    assert first["<college-id>"] == "supported"
    assert first["<college>"] == "People we support"
    assert [first[f"<{code}>"] for code in ("roll", "cast", "counted", "blank", "invalid")] == [
        *("13", "12", "10", "2", "0")
    ]
    assert (first["<weight>"], first["<weight> (<decimal>)"]) == ("'51/1000", "0.051")
    assert (first["<part>"], first["<part> (<decimal>)"]) == ("'3/5", "0.6")
    assert (second["<for>"], second["<against>"]) == ("20", "30")
    assert (third["<weight>"], third["<weight> (<decimal>)"], third["<part>"]) == ("", "", "0")
    guarantee = facts(rows, "guarantee")
    assert guarantee["protected"][0] == "People we support"
    assert guarantee["holds"][0] == "<yes>"
    assert guarantee["control"][0] == "<yes>"
    assert guarantee["cohesion"][:2] == ["'5/6", "0.833333333333"]


@pytest.mark.parametrize(
    ("votes_", "outcome", "reasons"),
    [
        ([(0, 0), (1, 0), (1, 0)], "void", "protected-college-inquorate"),
        ([(1, 1), (1, 1), (0, 0)], "tied", ""),
    ],
)
def test_a_motion_that_is_not_passed(
    votes_: list[tuple[int, int]], outcome: str, reasons: str
) -> None:
    found = facts(read(MOTION, count(make_charter(), *votes_)), "result")
    assert found["outcome"][0] == f"<outcome-{outcome}>"
    assert found["reasons"][0] == reasons


def test_at_least_is_not_more_than() -> None:
    charter = make_charter(protected=None, floors={})
    at_least = make_charter(protected=None, floors={}, ordinary=charter.threshold("special"))
    rows = read(MOTION, count(at_least, (9, 1), (9, 1), (9, 1)))
    assert facts(rows, "result")["threshold"][:3] == ["'3/4", "0.75", "<at-least>"]
    assert facts(rows, "guarantee")["protected"][0] == ""


def test_a_count_by_stages() -> None:
    contest = make_choice("stv-exact", options=3)
    parts = [
        make_rankings(SUPPORTED, "3 ABC", "1 -", "1 ?", options=3),
        make_rankings(EMPLOYEES, "1 BC", "1 CB", options=3),
        make_rankings(COMMUNITY, "1 CA", options=3),
    ]
    result = count_contest(make_charter(), contest, parts)
    assert isinstance(result, OptionResult)
    rows = read(name(contest, "=1+1", "B;C", 'D "E", F'), result)
    stages = records(rows, "stages")
    assert [row["<stage>"] for row in stages[:6]] == ["1"] * 6
    first = stages[0]
    assert (first["<number>"], first["<option>"]) == ("1", "'=1+1")
    assert (first["<held>"], first["<held> (<decimal>)"]) == ("'51/100", "0.51")
    assert first["<status>"] == "<status-elected>"
    assert stages[5]["<option>"] == "<quota>"
    assert stages[5]["<held>"] == "'1/3"
    assert {row["<mover>"] for row in stages} >= {"", "'=1+1"}
    elected = records(rows, "elected")
    assert [row["<option>"] for row in elected] == ["'=1+1", "B;C"]
    assert elected[0]["<on>"] == "<on-quota>"
    assert facts(rows, "result")["quota"][:2] == ["'1/3", "0.333333333333"]
    assert [row["<invalid>"] for row in records(rows, "colleges")] == ["1", "0", "0"]
    assert not any(row[0] in ("<marks>", "<pairs>", "<grades>", "<ties>") for row in rows)


def test_marks_and_a_tie() -> None:
    contest = make_choice("plurality", options=3)
    parts = [
        make_marks(SUPPORTED, 6, 4, 0, cast=10),
        make_marks(EMPLOYEES, 2, 14, 4, cast=20),
        make_marks(COMMUNITY, 0, 0, 5, cast=6, blank=1),
    ]
    rows = read(name(contest), count_contest(make_charter("3/5", "1/5", "1/5"), contest, parts))
    marks = records(rows, "marks")
    assert [row["<marks>"] for row in marks] == ["6", "4", "0", "2", "14", "4", "0", "0", "5"]
    assert marks[8] == {
        **marks[8],
        "<college-id>": "community",
        "<college>": "'=Community",
        "<number>": "3",
        "<option>": "Option 3",
    }
    (tie,) = records(rows, "ties")
    assert tie["<kind>"] == "<kind-elect>"
    assert tie["<tied>"] == "Option 1; Option 2"
    assert tie["<tried>"] == "<tie-protected-college>"
    assert tie["<chosen>"] == "Option 1"


def test_pairs_and_grades() -> None:
    contest = make_choice("schulze", options=3)
    parts = [make_rankings(college, "2 ABC", options=3) for college in IDS]
    pairs = records(read(name(contest), count_contest(make_charter(), contest, parts)), "pairs")
    assert len(pairs) == 6  # nobody is compared with herself
    assert (pairs[0]["<option>"], pairs[0]["<before>"]) == ("Option 1", "Option 2")
    assert [row["<held>"] for row in pairs] == ["1", "1", "0", "1", "0", "0"]


# --- what only some charters have -----------------------------------------------------------

TWO_THIRDS = Threshold(Fraction(2, 3), strict=False)


def test_who_must_agree_and_the_count_of_heads() -> None:
    rule = MotionRule(
        MORE_THAN_HALF,
        agree={SUPPORTED: TWO_THIRDS, EMPLOYEES: MORE_THAN_HALF, COMMUNITY: MORE_THAN_HALF},
        heads=HeadCount(TWO_THIRDS, Fraction(1, 4)),
    )
    charter = replace(make_charter(), ordinary=rule)
    tallies = [*make_tallies((9, 1), (20, 30)), CollegeTally(COMMUNITY, 0, 0, 0, 0, 0)]
    rows = read(MOTION, count_motion(charter, make_motion(), tallies))
    head, *agreements = section(rows, "agreements")
    assert head[:6] == [
        *("<college-id>", "<college>", "<threshold>", "<threshold> (<decimal>)", "", "<agreed>")
    ]
    assert [row[:6] for row in agreements] == [
        ["supported", "People we support", "'2/3", "0.666666666666", "<at-least>", "<yes>"],
        ["employees", "Employees", "'1/2", "0.5", "<more-than>", "<no>"],
        ["community", "'=Community", "'1/2", "0.5", "<more-than>", ""],
    ]
    heads = facts(rows, "heads")
    assert [heads[code][0] for code in ("for", "against", "roll")] == ["29", "31", "62"]
    assert heads["threshold"][:3] == ["'2/3", "0.666666666666", "<at-least>"]
    assert heads["turnout"][:2] == ["'1/4", "0.25"]
    assert heads["reached"][0] == "<no>"


def test_caps_and_whom_they_cut() -> None:
    caps = (Cap(EMPLOYEES, ballots=Fraction(1, 2)), Cap(COMMUNITY, part=Fraction(1, 10)))
    rows = read(MOTION, count(replace(make_charter(), caps=caps), (9, 1), (1, 1), (2, 2)))
    assert section(rows, "caps")[1:] == [
        ["employees", "Employees", "'1/2", "0.5", *[""] * (len(rows[0]) - 4)],
        ["community", "'=Community", "", "", "'1/10", "0.1", *[""] * (len(rows[0]) - 6)],
    ]
    assert [row["<capped>"] for row in records(rows, "colleges")] == ["<no>", "<yes>", "<yes>"]


def test_reserved_seats_that_stay_empty_and_the_seed() -> None:
    contest = make_choice("plurality", options=1, college=EMPLOYEES)
    contest = replace(contest, method="block", seats=3, most=1)
    charter = replace(make_charter(), council={SUPPORTED: 6, EMPLOYEES: 3, COMMUNITY: 1})
    parts = [make_marks(EMPLOYEES, 2, cast=2)]
    result = facts(read(name(contest), count_contest(charter, contest, parts, "ab" * 32)), "result")
    assert result["scheme"][0] == "seats"
    assert result["reserved"][0] == "Employees"
    assert (result["seats"][0], result["vacant"][0]) == ("3", "2")
    assert result["seed"][0] == "ab" * 32
    nobody = count_contest(charter, contest, [make_marks(EMPLOYEES, 0, cast=0)])
    result = facts(read(name(contest), nobody), "result")
    assert (result["outcome"][0], result["vacant"][0]) == ("<outcome-void>", "")


# --- nothing is missing -------------------------------------------------------------------


def numbers_of(result: ContestResult) -> Iterator[Fraction]:
    """Every exact number of a result, but the diagonal of pairs."""
    for row in result.colleges:
        yield from (row.share, row.effective_share)
        yield from () if row.weight is None else (row.weight,)
    if not isinstance(result, OptionResult):
        yield from (result.total_for, result.total_against, result.counted_share)
        return
    yield result.total_weight
    for stage in result.stages:
        yield from (*stage.totals, *stage.transfers, stage.non_transferable, stage.lost)
        yield from () if stage.quota is None else (stage.quota,)
    for weights in (*(result.grades or ()), *(result.pairwise or ())):
        yield from weights
    least = result.guarantee.least_share
    yield from () if least is None else (least,)


@settings(max_examples=40)
@given(votes())
def test_every_exact_number_and_every_count_is_in_the_table(vote: Vote) -> None:
    charter, contest, parts = vote
    result = count_contest(charter, contest, parts)
    assert isinstance(result, OptionResult)
    rows = read(name(contest), result)
    cells = {take_off(cell) for row in rows for cell in row}
    assert {str(number) for number in numbers_of(result)} <= cells
    for row, found in zip(result.colleges, records(rows, "colleges"), strict=True):
        assert found["<college-id>"] == row.id
        assert [int(found[f"<{code}>"]) for code in ("roll", "cast", "counted", "blank")] == [
            *(row.roll, row.cast, row.counted, row.blank)
        ]
    assert result.digest in cells
    assert result.charter in cells


def make_named(charter: Charter) -> ContestResult:
    return count(charter, (9, 1), (1, 1), (1, 2))


def test_a_word_that_begins_like_a_formula_is_text() -> None:
    words = WORDS | {"result": "=result"}
    rows = read_table(format_result_csv(MOTION, make_named(make_charter()), words))
    assert rows[0][0] == "'=result"


def test_no_name_of_anything_begins_a_formula() -> None:
    names = CsvNames("=a", "+b", dict.fromkeys(COLLEGES, "-c"))
    rows = read(names, make_named(make_charter()))
    formulas = [cell for row in rows for cell in row if cell[:1] in tuple("=+-@")]
    assert formulas == []
