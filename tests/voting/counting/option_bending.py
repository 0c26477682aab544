"""A result of each method, and ways to bend its byte form."""

import json
from collections.abc import Callable
from typing import Any

from tests.voting.counting.boxes import make_marks, make_rankings
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
)
from voting.canonical import format_canonical
from voting.counting.count import count_contest
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots, Part
from voting.counting.result import format_result
from voting.option_contests import Method

UUID = "ExampLeuuid123"
Change = Callable[[Any], object]


def make_result(method: Method) -> OptionResult:
    contest, charter = make_choice(method), make_charter()
    parts: list[Part]
    if contest.form == "ranked":
        if method == "stv-scottish":
            charter = make_charter("1")
        lines = ("4 AB", "3 BC", "2 CA", "1 DE", "1 -", "1 ?")
        parts = [make_rankings(college.id, *lines) for college in charter.colleges]
    elif contest.is_shuffled:
        ballots = ((1, 2, 3, 3, 2), (2, 1, 1, 3, 3), (1, 1, 2, 3, 1))
        parts = [CollegeBallots(c.id, 4, 3, ballots) for c in charter.colleges]
    else:
        parts = [
            make_marks(SUPPORTED, 2, 1, 1, 0, 0, cast=5, blank=1),
            make_marks(EMPLOYEES, 1, 0, 0, 1, 0, cast=2),
            make_marks(COMMUNITY, 0, 1, 1, 0, 0, cast=2),
        ]
    result = count_contest(charter, contest, parts)
    assert isinstance(result, OptionResult)
    return result


def bend(method: Method, change: Change) -> bytes:
    value = json.loads(format_result(UUID, [make_result(method)]))
    change(value["contests"][0])
    return format_canonical(value)


def stage(place: int, /, **fields: object) -> Change:
    return lambda contest: contest["stages"][place - 1].update(fields)


def college(**fields: object) -> Change:
    return lambda contest: contest["colleges"][0].update(fields)


def put(*path: Any) -> Change:
    """Put the last of `path` in the place that the others lead to."""
    *way, last, value = path

    def change(contest: Any) -> None:
        for step in way:
            contest = contest[step]
        contest[last] = value

    return change
