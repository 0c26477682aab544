"""The published test data, and the pages that describe formats and rules."""

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.vectors.make_voting import FOLDER, make_all
from voting.charter.charter_format import parse_charter
from voting.counting.result import parse_result
from voting.errors import VotingError
from voting.manifest import parse_manifest
from voting.option_guarantee import count_guaranteed, find_least_share
from voting.roll import parse_roll, read_roll

DOCS = Path(__file__).resolve().parents[2] / "docs"
PARSERS: dict[str, Callable[[bytes], object]] = {
    "charter": parse_charter,
    "manifest": parse_manifest,
    "result": parse_result,
    "roll": parse_roll,
}


def load(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))["cases"]


CHARTERS = json.loads((FOLDER / "motions.json").read_text(encoding="utf-8"))["charters"]


@pytest.mark.parametrize(("name", "text"), make_all().items())
def test_the_files_are_what_the_script_writes(name: str, text: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("case", load("objects.json"), ids=lambda case: case["name"])
def test_objects(case: dict[str, str]) -> None:
    parse = PARSERS[case["kind"]]
    if case["expect"] == "read":
        parse(case["text"].encode())
        return
    with pytest.raises(VotingError):
        parse(case["text"].encode())


def weigh_one(charter: Any, tallies: list[Any]) -> dict[str, Fraction]:
    """What one ballot weighs, with the scheme and the caps, from docs/rules/colleges.md alone."""
    share = {college["id"]: Fraction(college["share"]) for college in charter["colleges"]}
    one: dict[str, Fraction] = {}
    for each in tallies:
        scheme, college = charter["scheme"], each["college"]
        whole = Fraction(each["chosen"]) if scheme == "none" else share[college]
        one[college] = whole / (each["roll"] if scheme == "roll" else each["chosen"])
    for cap in charter["caps"]:
        if cap["college"] in one and cap["ballots"] is not None:
            limit = Fraction(cap["ballots"]) * one[charter["protected"]]
            one[cap["college"]] = min(one[cap["college"]], limit)
    for cap in charter["caps"]:
        if cap["college"] in one and cap["part"] is not None:
            weight = {t["college"]: one[t["college"]] * t["chosen"] for t in tallies}
            own = weight.pop(cap["college"])
            # Of own / (own + others) at most the part.
            if own > Fraction(cap["part"]) * (own + sum(weight.values())):
                part = Fraction(cap["part"])
                one[cap["college"]] *= part * sum(weight.values()) / ((1 - part) * own)
    return one


def divide(charter: Any, tallies: list[Any]) -> tuple[Fraction, Fraction]:
    """The weights For and Against."""
    one, sides = weigh_one(charter, tallies), [Fraction(), Fraction()]
    for each in tallies:
        weight = one[each["college"]]
        if charter["scheme"] == "bloc":
            sides[each["for"] <= each["against"]] += weight * each["chosen"]
        else:
            sides[0] += weight * each["for"]
            sides[1] += weight * each["against"]
    return sides[0], sides[1]


def meets(threshold: Any, part: Fraction | int, whole: Fraction | int) -> bool:
    needed = Fraction(threshold["share"]) * whole
    return part > needed or (part == needed > 0 and not threshold["strict"])


@pytest.mark.parametrize("case", load("motions.json"), ids=lambda case: case["name"])
def test_a_second_count_agrees(case: Any) -> None:
    """A naive count, ballot by ballot, written from docs/rules/motions.md alone."""
    charter, expect = CHARTERS[case["charter"]], case["expect"]
    floor = dict(charter["floors"])
    tallies = [{**t, "chosen": t["for"] + t["against"]} for t in case["tallies"]]
    counted = [t for t in tallies if t["chosen"] >= floor.get(t["college"], 1)]
    names = {t["college"] for t in counted}
    for_, against = (Fraction(), Fraction())
    if charter["protected"] in {None, *names}:
        for_, against = divide(charter, counted)
    assert (for_, against) == (Fraction(expect["for"]), Fraction(expect["against"]))
    assert Fraction(expect["counted_share"]) == for_ + against
    rule = next(rule for rule in charter["motions"] if rule["rule"] == case["rule"])
    passed = meets(rule["threshold"], for_, for_ + against)
    for college, threshold in rule["agree"]:
        (its,) = (t for t in tallies if t["college"] == college)
        # Every college here has somebody on its roll.
        passed = passed and college in names and meets(threshold, its["for"], its["chosen"])
    if rule["heads"] is not None:
        said, chose, roll = (sum(int(t[of]) for t in tallies) for of in ("for", "chosen", "roll"))
        enough = chose >= Fraction(rule["heads"]["turnout"]) * roll
        passed = passed and enough and meets(rule["heads"]["threshold"], said, chose)
    outcome = "passed" if passed else "tied" if for_ == against else "lost"
    assert expect["outcome"] == (outcome if for_ + against else "void")
    if for_ + against:
        assert set(expect["lapsed"]) == {t["college"] for t in tallies} - names


def test_the_motions_reach_everything_a_charter_can_ask() -> None:
    results = [case["expect"] for case in load("motions.json")]
    schemes = {(result["scheme"], result["outcome"]) for result in results}
    assert {scheme for scheme, _ in schemes} == {"turnout", "roll", "bloc", "none"}
    for scheme in ("turnout", "roll", "bloc", "none"):
        assert {(scheme, "passed"), (scheme, "lost")} <= schemes
    capped = {(r["scheme"], c["capped"]) for r in results for c in r["colleges"]}
    assert {("turnout", True), ("none", True)} <= capped
    agreed = {each["agreed"] for result in results for each in result["agreements"]}
    assert agreed == {True, False}
    heads = [result["head_count"] for result in results if result["head_count"]]
    assert {each["reached"] for each in heads} == {True, False}
    met = [r for r in results if r["outcome"] == "lost" and _is_heavier(r)]
    assert any(r["head_count"] for r in met)
    assert any(r["agreements"] for r in met)


def _is_heavier(result: Any) -> bool:
    return Fraction(result["for"]) > Fraction(result["threshold"]["share"]) * Fraction(
        result["counted_share"]
    )


GUARANTEES = load("guarantees.json")
CHOICES = [case for case in GUARANTEES if "method" in case and "college" not in case]
RESERVED = [case for case in GUARANTEES if "college" in case]


def find_whole(charter: Any, members: dict[str, int]) -> Fraction:
    """The largest counted weight: of P its floor, of all others everybody."""
    floors = dict(charter["floors"])
    tallies: list[Any] = [
        {"college": c, "roll": n, "chosen": floors[c] if c == charter["protected"] else n}
        for c, n in members.items()
        if n >= floors.get(c, 1)
    ]
    one = weigh_one(charter, tallies)
    return sum((one[t["college"]] * t["chosen"] for t in tallies), Fraction())


def is_safe(charter: Any, members: dict[str, int]) -> bool:
    protected = charter["protected"]
    return protected is not None and members[protected] >= dict(charter["floors"])[protected]


@pytest.mark.parametrize("case", CHOICES, ids=lambda case: case["name"])
def test_a_second_statement_agrees(case: Any) -> None:
    """Quotas filled one by one, written from docs/rules/guarantee.md alone."""
    charter, expect, seats = CHARTERS[case["charter"]], case["expect"], case["seats"]
    members, protected = dict(case["members"]), charter["protected"]
    share = {college["id"]: Fraction(college["share"]) for college in charter["colleges"]}
    safe, guaranteed, tied = is_safe(charter, members), 0, False
    if safe:
        possible = find_whole(charter, members)
        assert Fraction(expect["possible_share"]) == possible
        solid = case["method"] in {"irv", "schulze", "ranked-pairs", "stv-exact"}
        if solid or charter["scheme"] == "bloc":
            while share[protected] * (seats + 1) > possible * (guaranteed + 1):
                guaranteed += 1
        # Half of a council is no majority of it.
        council = case["method"] in {"stv-exact", "stv-meek"}
        tied = council and share[protected] * (seats + 1) <= possible * (seats // 2 + 1)
    assert expect["seats_guaranteed"] == guaranteed
    assert expect["controls"] is (guaranteed > seats // 2)
    assert expect["holds"] is (protected is None or (safe and not tied))


@pytest.mark.parametrize("case", RESERVED, ids=lambda case: case["name"])
def test_a_second_statement_of_reserved_seats_agrees(case: Any) -> None:
    expect, own, seats = case["expect"], case["college"] == "supported", case["seats"]
    nobody = dict(case["members"])["supported"] == 0
    assert expect["seats_guaranteed"] == (seats if own and not nobody else 0)
    assert expect["holds"] is not (own and nobody)
    codes = {warning.split(":")[0]: warning for warning in expect["warnings"]}
    assert ("uncontested" in codes) is (seats >= case["options"])
    assert codes.get("vacant") == (
        f"vacant:{seats - case['options']}" if seats > case["options"] else None
    )


def decide(charter: Any, case: Any, votes: Any) -> bool:
    """Whether the motion passes, counted ballot by ballot; without any head count."""
    floors, members = dict(charter["floors"]), dict(case["members"])
    tallies: list[Any] = [
        {"college": c, "roll": members[c], "for": f, "against": a, "chosen": f + a}
        for c, (f, a) in votes.items()
    ]
    counted = [t for t in tallies if t["chosen"] >= floors.get(t["college"], 1)]
    for_, against = divide(charter, counted)
    rule = next(rule for rule in charter["motions"] if rule["rule"] == case["rule"])
    passed = meets(rule["threshold"], for_, for_ + against)
    for college, threshold in rule["agree"]:
        for its in (t for t in tallies if t["college"] == college and t["roll"]):
            passed = passed and its in counted and meets(threshold, its["for"], its["chosen"])
    return passed


MOTIONS = [case for case in GUARANTEES if "rule" in case]


@pytest.mark.parametrize("case", MOTIONS, ids=lambda case: case["name"])
def test_a_second_statement_of_a_motion_agrees(case: Any) -> None:
    """P alone against all others, who all come: the motion is counted, and the statement is so."""
    charter, expect, members = CHARTERS[case["charter"]], case["expect"], dict(case["members"])
    protected, floors = charter["protected"], dict(charter["floors"])
    rule = next(rule for rule in charter["motions"] if rule["rule"] == case["rule"])
    cannot = [c for c, _ in rule["agree"] if c != protected and 0 < members[c] < floors.get(c, 1)]
    safe = is_safe(charter, members) and not cannot
    assert expect["holds"] is (safe or (protected is None and not cannot))
    assert expect["veto"] is safe
    if not safe:
        assert (expect["control"], expect["cohesion_needed"]) == (False, None)
        return
    assert Fraction(expect["possible_share"]) == find_whole(charter, members)
    least = floors[protected]
    others = {c: number for c, number in members.items() if c != protected}
    against, for_ = ({c: (0, n) for c, n in others.items()}, {c: (n, 0) for c, n in others.items()})
    alone = decide(charter, case, {protected: (least, 0), **against})
    assert expect["control"] is (alone and rule["heads"] is None)
    assert not decide(charter, case, {protected: (0, least), **for_})
    if any(cap["ballots"] for cap in charter["caps"]):
        return
    # Exactly at the bounds, which as many ballots as their denominators reach.
    if expect["cohesion_needed"] is not None:
        bound = Fraction(expect["cohesion_needed"])
        votes = (bound.numerator * least, (bound.denominator - bound.numerator) * least)
        passed = decide(charter, case, {protected: votes, **against})
        assert passed is not expect["cohesion_strict"]
    bound = Fraction(expect["blocking_needed"])
    votes = ((bound.denominator - bound.numerator) * least, bound.numerator * least)
    passed = decide(charter, case, {protected: votes, **for_})
    assert passed is expect["blocking_strict"]


def test_the_cases_reach_every_number_of_seats() -> None:
    assert {case["expect"]["seats_guaranteed"] for case in CHOICES} == {*range(7)}


def test_the_cases_reach_every_outcome() -> None:
    outcomes = {case["expect"]["outcome"] for case in load("motions.json")}
    assert outcomes == {"passed", "lost", "tied", "void"}
    assert {case["expect"]["holds"] for case in load("guarantees.json")} == {True, False}


@pytest.mark.parametrize("kind", PARSERS)
def test_the_example_on_the_page_is_one(kind: str) -> None:
    page = (DOCS / "formats" / f"{kind}.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*)\n```", page)
    PARSERS[kind](example.encode())


def test_the_seats_in_the_table_of_the_guarantee() -> None:
    page = (DOCS / "rules" / "guarantee.md").read_text(encoding="utf-8")
    rows = re.findall(r"\n\| (\d+) \| (\d+/\d+) \| (\d+) of (\d+) \| (\d+) \| (\d+) \|", page)
    assert len(rows) == 10
    for row in rows:
        seats, least = int(row[0]), Fraction(row[1])
        assert (int(row[3]), find_least_share("stv-exact", seats)) == (seats, least)
        for share, said in zip(("51/100", "3/5", "2/3"), (row[2], *row[4:]), strict=True):
            assert count_guaranteed("stv-exact", seats, Fraction(share)) == int(said)


def test_the_roll_on_the_page_can_be_imported() -> None:
    page = (DOCS / "formats" / "roll.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    charter = parse_charter(load("objects.json")[0]["text"].encode())
    assert len(read_roll(example, charter).members) == 3


@pytest.mark.parametrize(
    ("source", "page", "pattern"),
    [
        ("voting/roll_csv.py", "formats/roll.md", r'RollProblem\([^"]*"[^"]*", "([a-z0-9-]+)"'),
        ("voting/roll_csv.py", "formats/roll.md", r'"(too-[a-z]+-fields)"'),
        ("voting/members.py", "formats/roll.md", r'return "((?:bad|too|formula)[a-z-]*)"'),
        ("voting/protection.py", "rules/guarantee.md", r'return \("([a-z-]+)",\)'),
        ("voting/protection.py", "rules/guarantee.md", r'yield f?"([a-z-]+)'),
        ("voting/motion_guarantee.py", "rules/guarantee.md", r'yield f?"([a-z-]+)'),
        ("voting/option_guarantee.py", "rules/guarantee.md", r'yield f?"([a-z-]+)'),
        ("voting/outlook.py", "rules/guarantee.md", r'yield f?"([a-z-]+)'),
        ("voting/option_contests.py", "rules/contests.md", r'\n    "([a-z-]+)": "[a-z]+",'),
        ("voting/counting/motion.py", "formats/result.md", r'\("([a-z-]+)",\)'),
    ],
)
def test_every_code_is_explained(source: str, page: str, pattern: str) -> None:
    codes = re.findall(pattern, (DOCS.parent / source).read_text(encoding="utf-8"))
    text = (DOCS / page).read_text(encoding="utf-8")
    assert codes
    assert [code for code in codes if f"`{code}" not in text] == []
