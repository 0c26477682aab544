"""The published counts, and naive second counts of them written from docs/rules/counting.md."""

import json
from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest

from tests.vectors.make_counts import FILE, make_counts
from voting.canonical import format_canonical
from voting.counting.result import parse_result

CASES = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
Ballot = tuple[Fraction, list[int]]


def cases(*methods: str) -> list[Any]:
    return [
        pytest.param(case, id=case["name"])
        for case in CASES
        if case["contest"]["method"] in methods
    ]


def test_the_file_is_what_the_script_writes() -> None:
    assert FILE.read_text(encoding="utf-8") == make_counts()


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_every_result_can_be_read(case: Any) -> None:
    raw = format_canonical({"v": 1, "election": "ExampLeuuid123", "contests": [case["expect"]]})
    assert parse_result(raw).contests[0].contest == case["contest"]["id"]


def test_the_cases_reach_every_outcome_and_every_way_out_of_a_tie() -> None:
    results = [case["expect"] for case in CASES]
    assert {result["outcome"] for result in results} == {"elected", "void"}
    ties = [tie for result in results for tie in result["ties"]]
    assert {tie["resolved_by"] for tie in ties} == {"protected-college", "earlier-stage", "lot"}
    assert any(result["lapsed"] for result in results if result["outcome"] == "elected")
    assert any(college["invalid"] for result in results for college in result["colleges"])


def test_the_cases_reach_every_scheme() -> None:
    results = [case["expect"] for case in CASES]
    assert {result["scheme"] for result in results} == {"turnout", "roll", "bloc", "none", "seats"}
    assert any(college["capped"] for result in results for college in result["colleges"])
    assert {bool(result["vacant"]) for result in results} == {True, False}
    seeded = [result for result in results if result["seed"]]
    assert all(result["ties"][0]["resolved_by"] == "lot" for result in seeded)
    assert len({result["elected"][0]["option"] for result in seeded}) > 1


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_the_counted_weight(case: Any) -> None:
    weighed, expect = weigh(case), case["expect"]
    parts = [
        one * (box["cast"] - box["counts"][0] if box["counts"] else len(read_valid(case, box)))
        for box, one in weighed
    ]
    assert Fraction(expect["total_weight"]) == sum(parts)
    effective = [Fraction(c["effective_share"]) for c in expect["colleges"]]
    assert [part / sum(parts) for part in parts] == [part for part in effective if part]


def draw(digest: str, seed: str | None, place: int, options: Sequence[int]) -> int:
    """The lot, from docs/rules/counting.md alone."""
    if seed:
        digest = sha256(f"teg/lot-seed/v1|{seed}|{digest}".encode()).hexdigest()
    drawn = {o: sha256(f"teg/lot/v1|{digest}|{place}|{o}".encode()).hexdigest() for o in options}
    return min(options, key=drawn.__getitem__)


@pytest.mark.parametrize("case", cases("plurality", "block", "approval"))
def test_lots(case: Any) -> None:
    expect = case["expect"]
    assert expect["seed"] == case["seed"]
    for place, tie in enumerate(expect["ties"], start=1):
        if tie["resolved_by"] == "lot":
            # Marks that are level here are so in the protected college too.
            fallen = draw(expect["digest"], case["seed"], place, tie["options"])
            assert tie["chosen"] == [fallen]


def weigh(case: Any) -> list[tuple[Any, Fraction]]:
    """The boxes that count, with the weight of one ballot, from docs/rules/colleges.md alone."""
    charter = case["charter"]
    share = {college["id"]: Fraction(college["share"]) for college in charter["colleges"]}
    floor = dict(charter["floors"])
    is_one = (
        case["contest"]["college"] is not None
        or charter["scheme"] == "none"
        or case["contest"]["method"] == "stv-scottish"
    )
    number: dict[str, int] = {}
    one: dict[str, Fraction] = {}
    for box in case["boxes"]:
        counts, college = box["counts"], box["college"]
        chose = box["cast"] - counts[0] if counts else len(read_valid(case, box))
        if chose >= floor.get(college, 1):
            number[college] = chose
            divisor = box["roll"] if charter["scheme"] == "roll" else chose
            one[college] = Fraction(1) if is_one else share[college] / divisor
    if charter["protected"] in {box["college"] for box in case["boxes"]} - {*number}:
        return []
    if case["contest"]["college"] is None:
        cap_all(charter, number, one)
    return [(box, one[box["college"]]) for box in case["boxes"] if box["college"] in number]


def cap_all(charter: Any, number: dict[str, int], one: dict[str, Fraction]) -> None:
    caps = [cap for cap in charter["caps"] if cap["college"] in number]
    for cap in caps:
        if cap["ballots"]:
            limit = Fraction(cap["ballots"]) * one[charter["protected"]]
            one[cap["college"]] = min(one[cap["college"]], limit)
    for cap in caps:
        if cap["part"]:
            others = sum(one[c] * number[c] for c in one if c != cap["college"])
            own, part = one[cap["college"]] * number[cap["college"]], Fraction(cap["part"])
            if own / (own + others) > part:
                one[cap["college"]] *= part * others / (own * (1 - part))


def read_valid(case: Any, box: Any) -> list[list[int]]:
    top, grades = case["contest"]["top"], case["contest"]["grades"]
    valid: list[list[int]] = []
    for ballot in box["opened"]:
        given = sorted(number for number in ballot or [] if number)
        if not given:
            continue
        if top is None and not grades:
            is_right = given == [place + 1 for place in range(len(given))]
        else:
            is_right = len(given) == len(ballot) and given[-1] <= (len(grades) or top + 1)
        if is_right:
            valid.append(ballot)
    return valid


def ballots_of(case: Any) -> list[Ballot]:
    return [(one, ballot) for box, one in weigh(case) for ballot in read_valid(case, box)]


def require_largest(expect: Any, totals: Sequence[Fraction]) -> None:
    elected = {each["option"] - 1 for each in expect["elected"]}
    least = min(totals[option] for option in elected)
    assert all(totals[option] <= least for option in range(len(totals)) if option not in elected)


@pytest.mark.parametrize("case", cases("plurality", "block", "approval", "score"))
def test_sums_and_means(case: Any) -> None:
    totals = [Fraction()] * len(case["contest"]["options"])
    for box, one in weigh(case):
        marks = box["counts"][1:]
        for option, number in enumerate(marks):
            if case["charter"]["scheme"] == "bloc":
                # The share of the whole college, to its first ones alike.
                share = one * (box["cast"] - box["counts"][0])
                totals[option] += share / marks.count(max(marks)) * (number == max(marks))
            else:
                totals[option] += one * number
    ballots = ballots_of(case)
    for one, ballot in ballots:
        for option, number in enumerate(ballot):
            totals[option] += one * (number - 1) / sum(weight for weight, _ in ballots)
    if case["expect"]["outcome"] == "void":
        assert not weigh(case)
        return
    (stage,) = case["expect"]["stages"]
    assert [Fraction(total) for total in stage["totals"]] == totals
    require_largest(case["expect"], totals)


@pytest.mark.parametrize("case", cases("schulze", "ranked-pairs"))
def test_pairs(case: Any) -> None:
    ballots, expect = ballots_of(case), case["expect"]
    if not ballots:
        assert expect["outcome"] == "void"
        return
    for one in range(4):
        for other in range(4):
            # A ranking holds no rank twice: to be before is to be ranked and not after.
            prefer = [w for w, b in ballots if b[one] and not 0 < b[other] <= b[one]]
            assert Fraction(expect["pairwise"][one][other]) == sum(prefer)


@pytest.mark.parametrize("case", cases("irv", "stv-exact", "stv-scottish"))
def test_stages_ballot_by_ballot(case: Any) -> None:
    """Every ballot on its own, moved as the stages of the result say, to the totals they say."""
    expect = case["expect"]
    ballots: list[Any] = [[one, ballot, None] for one, ballot in ballots_of(case)]
    gone: set[int] = set()
    kept = [Fraction()] * 4
    for stage in expect["stages"]:
        mover = None if stage["option"] is None else stage["option"] - 1
        total = sum((b[0] for b in ballots if b[2] == mover), Fraction())
        for ballot in ballots:
            if stage["action"] != "count" and ballot[2] != mover:
                continue
            if stage["action"] == "surplus":
                surplus = total - Fraction(stage["quota"])
                ballot[0] = ballot[0] * surplus / total
                if case["contest"]["method"] == "stv-scottish":
                    ballot[0] = Fraction(int(ballot[0] * 100_000), 100_000)
            # Whoever was elected or excluded before this stage receives nothing more.
            open_to = [o for o in range(4) if ballot[1][o] and o not in gone and o != mover]
            ballot[2] = min(open_to, key=ballot[1].__getitem__) if open_to else "nobody"
        if stage["action"] == "surplus" and mover is not None:
            kept[mover] = Fraction(stage["quota"])
        totals = [kept[o] + sum((b[0] for b in ballots if b[2] == o), Fraction()) for o in range(4)]
        assert [Fraction(each) for each in stage["totals"]] == totals
        gone = {o for o, status in enumerate(stage["status"]) if status != "continuing"}
    assert bool(expect["stages"]) is bool(ballots)


@pytest.mark.parametrize("case", cases("majority-judgment"))
def test_grades(case: Any) -> None:
    ballots = ballots_of(case)
    for option, row in enumerate(case["expect"]["grades"]):
        for grade, weight in enumerate(row, start=1):
            assert Fraction(weight) == sum(w for w, b in ballots if b[option] == grade)
