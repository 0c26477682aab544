"""Writes counts.json: python -m tests.vectors.make_counts.

Choices among options, each with the charter, what the colleges' boxes held, and the result
that must come out; the tests count them again and compare.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from tests.voting.counting.boxes import charter_for
from tests.voting.counting.profiles import rank
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    GRADES,
    SUPPORTED,
    make_charter,
    make_choice,
)
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.charter_format import charter_object
from voting.counting.count import count_contest
from voting.counting.option_format import option_result_object
from voting.counting.option_result import OptionResult
from voting.counting.parts import college_part
from voting.counting.profile import Numbers
from voting.option_contests import METHODS, Method, OptionContest, option_contest_object

FILE = Path(__file__).parent / "counts.json"
OPTIONS = 4

SCHEMES: Mapping[str, Charter] = {
    "by the roll": make_charter(protected=None, floors={COMMUNITY: 2}, scheme="roll"),
    "one each": make_charter("1/3", "1/3", "1/3", protected=None, floors={}, scheme="none"),
    "capped": replace(
        make_charter(),
        caps=(
            Cap(EMPLOYEES, ballots=Fraction(2, 3)),
            Cap(COMMUNITY, ballots=Fraction(1), part=Fraction(1, 10)),
        ),
    ),
}

Box = tuple[Numbers, tuple[Numbers | None, ...]]

MARKS: Sequence[tuple[int, ...]] = ((1, 4, 3, 2, 1), (2, 1, 5, 1, 1), (0, 0, 0, 1, 1))
LEVEL: Sequence[tuple[int, ...]] = ((0, 3, 3, 0, 0), (0, 2, 2, 0, 0), (0, 1, 1, 0, 0))
RANKINGS = (("3 ABC", "2 BA", "1 -", "4 CD"), ("5 DCA", "3 B", "1 ?"), ("2 DB", "1 AD"))
LEVEL_RANKINGS = (("2 AB", "2 BA"), ("3 CD", "3 DC"), ("1 ABCD",))
RING = (("2 ABC", "2 BCA", "2 CAB"), ("1 D",), ("1 D",))
PROTECTED: Sequence[tuple[int, ...]] = ((0, 6, 4, 0, 0), (0, 2, 14, 4, 0), (1, 0, 0, 5, 0))
EARLIER = ("6 A", "3 B", "2 CB", "1 DC")
HALF_LEVEL: Sequence[tuple[int, ...]] = ((0, 3, 3, 0, 0), (0, 0, 0, 2, 0), (1, 0, 0, 4, 4))
NOBODY = (("2 -",), ("3 AB",), ("1 B",))


def _rank_all(lines: Sequence[str]) -> tuple[Numbers | None, ...]:
    opened: list[Numbers | None] = []
    for line in lines:
        number, order = line.split()
        ballot = None if order == "?" else rank("" if order == "-" else order, OPTIONS)
        opened += [ballot] * int(number)
    return tuple(opened)


def _grade_all(highest: int, ballots: int) -> tuple[Numbers | None, ...]:
    graded = [
        tuple((option * option + 3 * ballot) % highest + 1 for option in range(OPTIONS))
        for ballot in range(ballots)
    ]
    return (*graded, (0,) * OPTIONS, (highest + 1,) * OPTIONS, (1, 0, 1, 1))


def make_cases() -> list[dict[str, object]]:
    """Every case, in order."""
    cases: list[dict[str, object]] = []
    for method in METHODS:
        contest, charter = make_choice(method, options=OPTIONS), charter_for(method)
        if contest.form == "ranked":
            ranked: dict[str, Sequence[Sequence[str]]] = {
                "a count": RANKINGS,
                "level": LEVEL_RANKINGS,
                "a ring": RING,
                "void": NOBODY,
            }
            for name, boxes in ranked.items():
                held: list[Box] = [((), _rank_all(lines)) for lines in boxes]
                cases.append(_make_case(f"{method}: {name}", charter, contest, held))
        elif contest.is_shuffled:
            highest = len(contest.grades) if contest.top is None else contest.top + 1
            held = [((), _grade_all(highest, ballots)) for ballots in (5, 4, 1)]
            cases.append(_make_case(f"{method}: a count", charter, contest, held))
        else:
            for name, marks in (("a count", MARKS), ("level", LEVEL)):
                held = [(tuple(row), ()) for row in marks]
                cases.append(_make_case(f"{method}: {name}", charter, contest, held))
    lapse = make_charter(floors={SUPPORTED: 2, EMPLOYEES: 9})
    contest = make_choice("stv-exact", options=OPTIONS)
    held = [((), _rank_all(lines)) for lines in RANKINGS]
    cases.append(_make_case("stv-exact: a share lapses", lapse, contest, held))
    contest = make_choice("plurality", options=OPTIONS)
    held = [(row, ()) for row in PROTECTED]
    user_led = make_charter("3/5", "1/5", "1/5")
    cases.append(_make_case("plurality: the protected college decides", user_led, contest, held))
    contest = make_choice("stv-exact", options=OPTIONS, seats=1)
    held = [((), _rank_all(EARLIER))]
    cases.append(_make_case("stv-exact: a stage before", make_charter("1"), contest, held))
    return [*cases, *_make_schemes(), *_make_reserved(), *_make_lots()]


def _make_schemes() -> list[dict[str, object]]:
    """Every scheme and cap, over ballots of every kind."""
    ranked: list[Box] = [((), _rank_all(lines)) for lines in RANKINGS]
    marked: list[Box] = [(tuple(row), ()) for row in MARKS]
    graded: list[Box] = [((), _grade_all(len(GRADES), ballots)) for ballots in (5, 4, 1)]
    held: dict[Method, list[Box]] = {
        "plurality": marked,
        "irv": ranked,
        "schulze": ranked,
        "stv-exact": ranked,
        "majority-judgment": graded,
    }
    cases = [
        _make_case(f"{method}: {name}", charter, make_choice(method, options=OPTIONS), boxes)
        for name, charter in SCHEMES.items()
        for method, boxes in held.items()
    ]
    scottish = make_choice("stv-scottish", options=OPTIONS)
    cases.append(_make_case("stv-scottish: one each", SCHEMES["one each"], scottish, ranked))
    bloc, one = make_charter(scheme="bloc"), make_choice("plurality", options=OPTIONS)
    for name, rows in (("a count", MARKS), ("level", LEVEL), ("half level", HALF_LEVEL)):
        boxes: list[Box] = [(tuple(row), ()) for row in rows]
        cases.append(_make_case(f"plurality: whole colleges, {name}", bloc, one, boxes))
    return cases


def _make_reserved() -> list[dict[str, object]]:
    """Reserved seats: as many as options, more, fewer; and nobody who voted."""
    council = replace(make_charter(), council={SUPPORTED: 5, EMPLOYEES: 3, COMMUNITY: 1})
    ranked: Box = ((), _rank_all(RANKINGS[0]))
    given: list[tuple[str, Method, int, int, Box]] = [
        ("two of four", "stv-scottish", 4, 2, ranked),
        ("two of four", "stv-exact", 4, 2, ranked),
        ("as many as options", "block", 3, 3, ((0, 2, 1, 0), ())),
        ("some stay vacant", "approval", 1, 3, ((1, 4), ())),
        ("nobody chose", "approval", 2, 2, ((2, 0, 0), ())),
    ]
    return [
        _make_case(
            f"{method}: reserved seats, {name}",
            council,
            make_choice(method, options=options, seats=seats, college=EMPLOYEES),
            [box],
        )
        for name, method, options, seats, box in given
    ]


def _make_lots() -> list[dict[str, object]]:
    """Lots that are drawn with the election's seed."""
    held: list[tuple[Method, list[Box]]] = [
        ("plurality", [(tuple(row), ()) for row in LEVEL]),
        ("irv", [((), _rank_all(lines)) for lines in LEVEL_RANKINGS]),
    ]
    return [
        _make_case(
            f"{method}: a lot with seed {seed[:2]}",
            make_charter(),
            make_choice(method, options=OPTIONS),
            boxes,
            seed,
        )
        for method, boxes in held
        for seed in ("00" * 32, "01" * 32)
    ]


def _make_case(
    name: str,
    charter: Charter,
    contest: OptionContest,
    boxes: Sequence[Box],
    seed: str | None = None,
) -> dict[str, object]:
    asked = [college for college in charter.colleges if contest.college in {None, college.id}]
    held = list(zip(asked, boxes, strict=False))
    casts = [_count_cast(contest, box) for _, box in held]
    parts = [
        college_part(
            contest, college=college.id, roll=cast + 1, cast=cast, counts=box[0], opened=box[1]
        )
        for (college, box), cast in zip(held, casts, strict=True)
    ]
    result = count_contest(charter, contest, parts, seed)
    if not isinstance(result, OptionResult):
        raise TypeError(name)
    return {
        "name": name,
        "charter": charter_object(charter),
        "contest": option_contest_object(contest),
        "boxes": [
            {
                "college": college.id,
                "roll": cast + 1,
                "cast": cast,
                "counts": box[0],
                "opened": box[1],
            }
            for (college, box), cast in zip(held, casts, strict=True)
        ],
        "seed": seed,
        "expect": option_result_object(result),
    }


def _count_cast(contest: OptionContest, box: Box) -> int:
    counts, opened = box
    if contest.is_shuffled:
        return len(opened)
    # As few ballots as can hold these marks, or for approval as many.
    blank, *marks = counts
    return blank + max(*marks, -(-sum(marks) // (contest.most or 1)))


def make_counts() -> str:
    """The file's text."""
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in make_cases())
    return f'{{"cases":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(make_counts(), encoding="utf-8")
