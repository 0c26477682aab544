"""Writes motions.json, guarantees.json and objects.json: python -m tests.vectors.make_voting.

Each case says what goes in and what must come out, in values any language can read; the
tests run it again and compare, so these files and the program cannot drift apart.
"""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
    make_motion,
    make_roll_summary,
    make_tallies,
)
from tests.voting.test_manifest import make_council_manifest, make_manifest
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.charter_format import format_charter
from voting.charter.motion_rules import STATUTORY, HeadCount, MotionRule, Rule
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, TWO_THIRDS, Threshold
from voting.contests import Contest
from voting.counting.motion import count_motion
from voting.counting.result import format_result
from voting.guarantee import state_guarantee, statement_object
from voting.manifest import format_manifest
from voting.option_contests import METHODS, ONE_SEAT, Method

FOLDER = Path(__file__).parent

RULES: tuple[Rule, ...] = ("ordinary", "special")

AT_LEAST_51 = Threshold(Fraction(51, 100), strict=False)
CHARTERS = {
    "user-led 51": make_charter(),
    "at least 51": make_charter(ordinary=AT_LEAST_51),
    "two thirds": make_charter("2/3", "1/6", "1/6"),
    "three quarters": make_charter("3/4", "1/8", "1/8"),
    "floors": make_charter(floors={SUPPORTED: 5, EMPLOYEES: 10, COMMUNITY: 2}),
    "nobody protected": make_charter("1/3", "1/3", "1/3", protected=None, floors={}),
}
TWO_OF_THREE = dict.fromkeys((EMPLOYEES, COMMUNITY), MORE_THAN_HALF)
ALL_THREE = dict.fromkeys((SUPPORTED, EMPLOYEES, COMMUNITY), TWO_THIRDS)
MOTION_CHARTERS = {
    **CHARTERS,
    "by the roll": make_charter(protected=None, floors={COMMUNITY: 2}, scheme="roll"),
    "whole colleges": make_charter(scheme="bloc"),
    "whole colleges, nobody protected": make_charter(
        "1/2", "3/10", "1/5", protected=None, floors={}, scheme="bloc"
    ),
    "one member, one vote": make_charter(
        "1/3", "1/3", "1/3", protected=None, floors={EMPLOYEES: 9}, scheme="none"
    ),
    "capped ballots": replace(
        make_charter(),
        caps=(Cap(EMPLOYEES, ballots=Fraction(1, 2)), Cap(COMMUNITY, ballots=Fraction(2))),
    ),
    "a capped part": replace(make_charter(), caps=(Cap(COMMUNITY, part=Fraction(1, 10)),)),
    "both caps": replace(
        make_charter(),
        caps=(
            Cap(EMPLOYEES, Fraction(1), Fraction(1, 4)),
            Cap(COMMUNITY, ballots=Fraction(1, 3)),
        ),
    ),
    "a capped part of the heads": replace(
        make_charter("1/3", "1/3", "1/3", protected=None, floors={}, scheme="none"),
        caps=(Cap(EMPLOYEES, part=Fraction(1, 3)),),
    ),
    "others agree": replace(
        make_charter(floors={SUPPORTED: 1, COMMUNITY: 3}),
        ordinary=MotionRule(MORE_THAN_HALF, TWO_OF_THREE),
        special=MotionRule(THREE_QUARTERS, ALL_THREE),
    ),
    "heads counted beside": replace(
        make_charter(floors={SUPPORTED: 1, EMPLOYEES: 10}),
        ordinary=MotionRule(MORE_THAN_HALF, heads=HeadCount(MORE_THAN_HALF)),
        statutory={
            "amalgamation": MotionRule(TWO_THIRDS, heads=STATUTORY["amalgamation"]),
            "conversion": MotionRule(
                THREE_QUARTERS, {SUPPORTED: MORE_THAN_HALF}, STATUTORY["conversion"]
            ),
        },
    ),
}
# For choices beside: the schemes, the caps, and reserved seats.
CHOICE_CHARTERS = {
    name: MOTION_CHARTERS[name]
    for name in ("by the roll", "one member, one vote", "a capped part", "both caps")
}
COUNCIL = replace(make_charter(), council={SUPPORTED: 3, EMPLOYEES: 2})
RESERVED = [(SUPPORTED, 2, 4), (SUPPORTED, 3, 3), (EMPLOYEES, 2, 5), (EMPLOYEES, 2, 1)]
WHOLE = ("whole colleges", "whole colleges, nobody protected")
Count = tuple[int, int] | tuple[int, int, int]
POLLS: list[tuple[Count, Count, Count]] = [
    ((9, 1, 2), (20, 30), (3, 2)),
    ((5, 0), (0, 20), (0, 5)),
    ((50, 1), (0, 20), (0, 5)),
    ((49, 1), (0, 20), (0, 5)),
    ((3, 3), (4, 4), (5, 5)),
    ((4, 0), (9, 0), (1, 0)),
    ((0, 0, 4), (9, 0), (1, 1)),
    ((0, 0), (0, 0, 2), (0, 0)),
    ((6, 2), (1, 9), (0, 0)),
    ((0, 9), (10, 0), (2, 0)),
    ((1000, 300, 50), (1, 0), (700, 1)),
]
# For the schemes: turnouts that differ, colleges that are level or barely came.
MORE_POLLS: list[tuple[Count, Count, Count]] = [
    ((17, 0, 1), (3, 0, 7), (0, 1, 30)),
    ((5, 1, 40), (3, 0, 30), (1, 0)),
    ((3, 2), (9, 9), (0, 2)),
    ((0, 0), (0, 0), (3, 1)),
]
CHOICES: list[tuple[Method, int]] = [
    *((method, 1) for method in METHODS if method in ONE_SEAT),
    *(("stv-exact", seats) for seats in range(1, 7)),
    *(("stv-meek", 3), ("block", 3), ("approval", 2), ("score", 1), ("majority-judgment", 1)),
]
ROLLS = [(30, 60, 25), (12, 20, 8), (30, 9, 0), (4, 60, 25), (0, 60, 25), (30, 0, 0)]
CHOICE_ROLLS = [ROLLS[0], ROLLS[2], ROLLS[4], ROLLS[5]]


def make_charters() -> dict[str, object]:
    """The charters that the cases name."""
    charters = {**MOTION_CHARTERS, "reserved seats": COUNCIL}
    return {name: json.loads(format_charter(charter)) for name, charter in charters.items()}


def list_motions() -> Iterator[tuple[str, Rule, tuple[Count, Count, Count]]]:
    """A charter's name, a rule of it, and a poll."""
    for (name, charter), poll in itertools.product(MOTION_CHARTERS.items(), (*POLLS, *MORE_POLLS)):
        if name not in CHARTERS or poll in POLLS:
            for rule in (*RULES, *charter.statutory):
                yield name, rule, poll


def make_motions() -> list[dict[str, object]]:
    cases: list[dict[str, object]] = []
    for name, rule, poll in list_motions():
        tallies = make_tallies(*poll)
        result = count_motion(MOTION_CHARTERS[name], make_motion(rule), tallies)
        cases.append(
            {
                "name": f"{name}, {rule}, {poll}",
                "charter": name,
                "rule": rule,
                "tallies": [
                    {
                        "college": tally.college,
                        "roll": tally.roll,
                        "cast": tally.cast,
                        "blank": tally.blank,
                        "for": tally.for_,
                        "against": tally.against,
                    }
                    for tally in tallies
                ],
                "expect": json.loads(format_result("ExampLeuuid123", [result]))["contests"][0],
            }
        )
    return cases


def make_guarantees() -> list[dict[str, object]]:
    return [*make_motion_guarantees(), *make_option_guarantees()]


def make_motion_guarantees() -> list[dict[str, object]]:
    return [
        _state(name, charter, roll, make_motion(rule), rule=rule)
        for (name, charter), roll in itertools.product(MOTION_CHARTERS.items(), ROLLS)
        for rule in (*RULES, *charter.statutory)
    ]


def make_option_guarantees() -> list[dict[str, object]]:
    charters = {**CHARTERS, **CHOICE_CHARTERS}
    asked: list[tuple[str, Method, int]] = [
        *((name, method, seats) for name in charters for method, seats in CHOICES),
        *((name, METHODS[0], 1) for name in WHOLE),
    ]
    return [
        *(
            _state(
                name,
                MOTION_CHARTERS[name],
                roll,
                make_choice(method, seats=seats, options=9),
                method=method,
                seats=seats,
            )
            for (name, method, seats), roll in itertools.product(asked, CHOICE_ROLLS)
        ),
        *(
            _state(
                "reserved seats",
                COUNCIL,
                roll,
                make_choice("stv-exact", seats=seats, options=options, college=college),
                method="stv-exact",
                seats=seats,
                options=options,
                college=college,
            )
            for (college, seats, options), roll in itertools.product(RESERVED, CHOICE_ROLLS)
        ),
    ]


def _state(
    name: str, charter: Charter, roll: tuple[int, ...], contest: Contest, **asked: object
) -> dict[str, object]:
    summary = make_roll_summary(*roll)
    return {
        "name": f"{name}, {', '.join(str(value) for value in asked.values())}, {roll}",
        "charter": name,
        **asked,
        "members": [list(pair) for pair in summary.members],
        "expect": statement_object(state_guarantee(charter, summary, contest)),
    }


def make_objects() -> list[dict[str, object]]:
    """Texts of objects that are read, and single changes for which each is refused."""
    charter, manifest = CHARTERS["user-led 51"], make_manifest()
    result = count_motion(charter, make_motion(), make_tallies(*POLLS[0]))
    good = {
        "charter": format_charter(charter).decode(),
        "manifest": format_manifest(manifest).decode(),
        "manifest of choices": format_manifest(make_council_manifest()).decode(),
        "result": format_result(manifest.election, [result]).decode(),
    }
    changes = {
        "charter": [
            ("share as a float", '"51/100"', "0.51"),
            ("shares above 1", '"51/100"', '"52/100"'),
            ("share not in lowest terms", '"17/50"', '"34/100"'),
            ("tie would pass", '"share":"1/2","strict":true', '"share":"1/2","strict":false'),
            ("protected without floor", '[["supported",1]]', "[]"),
            ("a minority protected", '"protected":"supported"', '"protected":"employees"'),
            ("a space", '"v":1,', '"v":1, '),
        ],
        "manifest": [
            ("cohesion understated", '"cohesion_needed":"50/51"', '"cohesion_needed":"1/2"'),
            ("control of a special motion", '"rule":"ordinary"', '"rule":"special"'),
            ("nobody to protect", '["supported",12]', '["supported",0]'),
            ("one uuid for two boxes", "BoxEmpLoyees11", "BoxSupported11"),
            ("needless escape", "Summer", "\\u0053ummer"),
            ("one trustee opens alone", '"needed":2', '"needed":1'),
            ("more trustees needed than there are", '"needed":2', '"needed":4'),
        ],
        "manifest of choices": [
            ("a seat more guaranteed", '"seats_guaranteed":2', '"seats_guaranteed":3'),
            ("more seats", '"seats":3,"options"', '"seats":4,"options"'),
            ("a seat for every option", '"seats":3,"options"', '"seats":5,"options"'),
            ("an option twice", '"en":"Option 5"', '"en":"option 4"'),
            ("an unknown method", '"method":"majority-judgment"', '"method":"borda"'),
            ("two grades that read alike", '"en":"Very good"', '"en":"GOOD"'),
            ("scores among ranks", '"top":null,"grades":[],', '"top":5,"grades":[],'),
            (
                "no blank",
                '"blank":true,"texts":{"en":{"standard":{"title":"Who',
                '"blank":false,"texts":{"en":{"standard":{"title":"Who',
            ),
        ],
        "result": [
            ("outcome", '"passed"', '"lost"'),
            ("weight For", '"for":"137/200"', '"for":"136/200"'),
            ("one ballot turned", '"for":9,"against":1', '"for":8,"against":2'),
            ("more cast than members", '"roll":13', '"roll":11'),
            ("half a ballot", '"for":9,', '"for":8.5,'),
            ("another scheme", '"scheme":"turnout"', '"scheme":"bloc"'),
            ("said to be capped", '"capped":false', '"capped":true'),
            ("an agreement that is none", '"agreements":[]', '"agreements":[true]'),
        ],
    }
    objects: list[dict[str, object]] = [
        {"name": kind, "kind": _kind(kind), "text": text, "expect": "read"}
        for kind, text in good.items()
    ]
    for kind, bends in changes.items():
        for name, old, new in bends:
            text = good[kind].replace(old, new)
            if text == good[kind]:
                raise RuntimeError(name)
            objects.append(
                {"name": f"{kind}: {name}", "kind": _kind(kind), "text": text, "expect": "refused"}
            )
    return objects


def _kind(name: str) -> str:
    """Which reader reads it: the first word."""
    return name.split(maxsplit=1)[0]


def make_all() -> dict[str, str]:
    """The files' names and texts."""
    charters = json.dumps(make_charters(), ensure_ascii=False)
    return {
        "motions.json": _format(charters, make_motions()),
        "guarantees.json": _format(charters, make_guarantees()),
        "objects.json": _format("{}", make_objects()),
    }


def _format(charters: str, cases: list[dict[str, object]]) -> str:
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    return f'{{"charters":{charters},\n"cases":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    for file, text in make_all().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
