"""Counting files: how each method reads a ballot, what weighs what, and the canonical JSON."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.counting.test_election_file import college, make, parse
from voting.canonical import format_canonical, parse_canonical
from voting.counting.blt import parse_blt
from voting.counting.election_file import ElectionFile, from_blt
from voting.counting.file_count import FILE_METHODS, FileMethod, count_file
from voting.counting.file_result import count_object, format_count, list_elected_names
from voting.errors import FileMethodError, SeatsError

RANKED: tuple[FileMethod, ...] = tuple(
    method for method in FILE_METHODS if method not in ("motion", "score", "majority-judgment")
)


def blt(*lines: str, head: str = "3 2", names: str = "ABC") -> ElectionFile:
    return from_blt(parse_blt("\n".join([head, *lines, "0", *names]).encode()))


def totals(election: ElectionFile, method: FileMethod, seats: int | None = None) -> list[str]:
    (stage, *_) = count_file(election, method, seats).count.stages
    return [str(total) for total in stage.totals]


def elect(election: ElectionFile, method: FileMethod, seats: int | None = None) -> str:
    return "".join(list_elected_names(count_file(election, method, seats)))


def test_marks_are_the_first_ones_of_a_ranking() -> None:
    election = blt("4 1 2 3 0", "3 2 3 0", "2 3 0")
    assert totals(election, "plurality") == ["4", "3", "2"]
    assert totals(election, "block") == ["4", "7", "5"]
    assert totals(election, "block", 1) == ["4", "3", "2"]
    assert totals(election, "approval") == ["4", "7", "9"]
    assert [elect(election, method) for method in ("plurality", "block", "approval")] == [
        "A",
        "BC",
        "CB",
    ]


def test_each_ballot_weighs_one_with_the_scheme_none() -> None:
    colleges = [
        *college(name="one", share="2/3", ballots=[[3, [0]], [1, [1, 0]]]),
        *college(name="two", share="1/3", ballots=[[6, [1]]]),
    ]
    weighed, free = (
        parse(make(colleges=colleges, **scheme))
        for scheme in ({"scheme": "turnout"}, {"scheme": "none"})
    )
    assert weighed == parse(make(colleges=colleges))
    assert totals(weighed, "plurality") == ["1/2", "1/2", "0"]
    assert totals(free, "plurality") == ["3", "7", "0"]
    assert elect(free, "stv-scottish", 1) == "B"
    with pytest.raises(FileMethodError):
        count_file(weighed, "stv-scottish")
    assert [count_object(count_file(e, "irv"))["scheme"] for e in (weighed, free)] == [
        "turnout",
        "none",
    ]


def test_a_method_for_one_seat_elects_one_whatever_the_file_says() -> None:
    election = blt("4 1 2 3 0", "3 2 3 0", "2 3 2 0")
    for method in ("plurality", "irv", "schulze", "ranked-pairs"):
        assert len(count_file(election, method).count.elected) == 1
        with pytest.raises(SeatsError):
            count_file(election, method, 2)


@pytest.mark.parametrize("seats", [0, 4])
def test_seats_must_be_there_to_fill(seats: int) -> None:
    with pytest.raises(SeatsError):
        count_file(blt("1 1 0"), "stv-exact", seats)


def test_who_withdrew_can_leave_fewer_than_there_are_seats() -> None:
    election = blt("-1", "1 1 2 0", "3 3 0", head="3 3")
    assert elect(election, "stv-exact") == "CB"


@pytest.mark.parametrize("method", RANKED)
def test_every_method_counts_a_ranking(method: FileMethod) -> None:
    counted = count_file(blt("4 1 2 3 0", "3 2 3 0", "2 3 1 0", "1 1 1 0", "5 0"), method, 1)
    assert (counted.outcome, str(counted.total_weight)) == ("elected", "9")
    assert count_object(counted)["colleges"] == [
        {
            "id": "all",
            "cast": 15,
            "counted": 9,
            "blank": 5,
            "invalid": 1,
            "share": "1",
            "weight": "1",
            "effective_share": "1",
        }
    ]


def test_a_ballot_weighs_its_share_of_the_counted_ballots() -> None:
    counted = count_file(parse(make(protected="supported")), "stv-exact")
    assert counted.weights == (Fraction(51, 600), Fraction(49, 200))
    result = count_object(counted)
    assert result["elected"] == ["A"]
    assert result["remarks"] == ["others: the file says 3 valid ballots, 2 are"]
    assert result["guarantee"] == {
        "protected": "supported",
        "share": "51/100",
        "effective_share": "51/100",
        "seats": 1,
        "seats_guaranteed": 1,
        "majority_needed": 1,
        "least_share": "1/2",
        "controls": True,
        "holds": True,
    }


def test_a_share_without_ballots_lapses_unless_it_is_protected() -> None:
    colleges = college(name="p", share="3/5", ballots=[[1, []]]) + college(share="2/5")
    counted = count_file(parse(make(colleges=colleges)), "irv")
    assert count_object(counted)["lapsed"] == ["p"]
    assert (counted.outcome, counted.weights) == ("elected", (None, Fraction(2, 5)))
    void = count_file(parse(make(colleges=colleges, protected="p")), "irv")
    assert (void.outcome, void.reasons) == ("void", ("protected-college-inquorate",))
    result = count_object(void)
    assert (result["elected"], result["stages"], result["lapsed"]) == ([], [], [])
    nothing = count_file(parse(make(colleges=college(ballots=[]))), "irv")
    assert nothing.reasons == ("nothing-counted",)


def test_whole_ballots_are_counted_in_one_college_only() -> None:
    counted = count_file(parse(make(colleges=college(ballots=[[5, [0, 1]]]))), "stv-scottish")
    assert (counted.weights, str(counted.total_weight)) == ((Fraction(1),), "5")
    with pytest.raises(FileMethodError, match="it counts whole ballots"):
        count_file(parse(make()), "stv-scottish")


MOTIONS = {"passed": (3, 2, ["For"]), "lost": (2, 3, []), "tied": (2, 2, [])}


@pytest.mark.parametrize(("outcome", "numbers"), MOTIONS.items(), ids=MOTIONS)
def test_a_motion(outcome: str, numbers: tuple[int, int, list[str]]) -> None:
    total_for, against, elected = numbers
    text = f"2 1\n{total_for} 1 0\n{against} 2 1 0\n4 0\n0\nFor\nAgainst\n"
    result = count_object(count_file(from_blt(parse_blt(text.encode())), "motion"))
    assert (result["outcome"], result["elected"]) == (outcome, elected)
    assert result["total_weight"] == str(total_for + against)


def test_a_motion_has_for_and_then_against() -> None:
    with pytest.raises(FileMethodError, match="it has 3 candidates, not For and Against"):
        count_file(blt("1 1 0"), "motion")
    for names in ("Against\nFor", "x\nyes", "NO\nx"):
        with pytest.raises(FileMethodError, match="For comes first"):
            count_file(from_blt(parse_blt(f"2 1\n0\n{names}\n".encode())), "motion")
    with pytest.raises(SeatsError):
        count_file(from_blt(parse_blt(b"2 1\n0\nFor\nAgainst\n")), "motion", 2)


def test_scores_and_grades_need_files_that_hold_them() -> None:
    scored = parse(make(top=9, colleges=college(ballots=[[1, [9, 8, 0]], [1, [0, 8, 9]]])))
    graded = parse(make(grades=["+", "-"], colleges=college(ballots=[[2, [1, 0, 1]]])))
    assert (totals(scored, "score"), elect(scored, "score")) == (["9/2", "8", "9/2"], "B")
    assert elect(graded, "majority-judgment") == "B"
    refused: tuple[tuple[ElectionFile, FileMethod], ...] = (
        (scored, "irv"),
        (scored, "majority-judgment"),
        (graded, "score"),
        (parse(make()), "score"),
        (blt("1 1 0"), "majority-judgment"),
    )
    for election, method in refused:
        with pytest.raises(FileMethodError, match="its ballots hold"):
            count_file(election, method)


def test_the_json_is_canonical_and_names_everything() -> None:
    counted = count_file(TIED, "irv")
    raw = format_count(counted)
    result: Any = parse_canonical(raw, limit=1 << 20)
    assert format_canonical(result) == raw
    assert (result["method"], result["arithmetic"], result["scheme"]) == (
        "irv/v1",
        "fraction",
        "none",
    )
    assert result["candidates"] == ["A", "B"]
    assert result["elections"][0]["on"] == "majority"
    assert [tie["resolved_by"] for tie in result["ties"]] == ["lot"]
    assert len(result["digest"]) == 64


TIED = blt("2 1 2 0", "2 2 1 0", head="2 1", names="AB")


@given(st.permutations(["2 1 2 0", "1 2 3 0", "4 0", "3 3 1 0", "1 2 3 0", "1 1 1 0"]))
@settings(max_examples=20)
def test_the_order_of_the_lines_changes_nothing(lines: list[str]) -> None:
    first = blt("2 1 2 0", "2 2 3 0", "4 0", "3 3 1 0", "1 1 1 0")
    for method in ("stv-exact", "schulze"):
        assert format_count(count_file(blt(*lines), method)) == format_count(
            count_file(first, method)
        )
