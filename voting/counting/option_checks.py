"""Checks of a count that is read: its numbers fit together, and no weight is made or unmade.

Then what they decide is decided again (`voting.counting.replay`).

Source: design 4, sections 4 and 5 (conservation); docs/formats/result.md, "Reading".
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import floor
from typing import Final

from voting.counting.method import Matrix
from voting.counting.option_result import OptionResult, Stage
from voting.counting.replay import replay_count
from voting.errors import ResultMismatchError
from voting.option_contests import Method

_PAIRS: Final[frozenset[Method]] = frozenset({"schulze", "ranked-pairs"})
_STAGES: Final[frozenset[Method]] = frozenset({"irv", "stv-exact", "stv-meek", "stv-scottish"})


def check_count(result: OptionResult) -> None:
    """Check what was read of a count whose ballots are not in the result.

    Raises:
        ResultMismatchError: something in it cannot come from counting.
    """
    if not all(_find_checks(result)):
        raise ResultMismatchError
    if result.outcome != "void":
        replay_count(result)


def _find_checks(result: OptionResult) -> Iterator[bool]:
    method = result.method
    if result.outcome == "void":
        yield not (result.stages or result.elected or result.ties)
        yield result.pairwise is None
        yield result.grades is None
        return
    yield bool(result.stages) == (method in _STAGES or method == "score")
    yield (result.pairwise is not None) == (method in _PAIRS)
    yield (result.grades is not None) == (method == "majority-judgment")
    yield from _check_elected(result)
    yield from _check_stages(result)
    if result.pairwise is not None:
        yield from _check_pairs(result.options, result.total_weight, result.pairwise)
    if result.grades is not None:
        yield len(result.grades) == result.options
        yield all(result.grades)
        # Every counted ballot gives each option one grade.
        yield all(sum(row) == result.total_weight and min(row) >= 0 for row in result.grades)
        yield len({len(row) for row in result.grades}) == 1


def _check_elected(result: OptionResult) -> Iterator[bool]:
    last = max(1, len(result.stages))
    filled = min(result.seats, result.options)
    yield [each.order for each in result.elected] == list(range(1, filled + 1))
    yield len({each.option for each in result.elected}) == filled
    yield all(1 <= each.option <= result.options for each in result.elected)
    yield all(1 <= each.stage <= last for each in result.elected)
    yield [each.stage for each in result.elected] == sorted(e.stage for e in result.elected)


def _check_stages(result: OptionResult) -> Iterator[bool]:
    before = (Fraction(),) * result.options
    for number, stage in enumerate(result.stages, start=1):
        yield stage.number == number
        yield len(stage.totals) == len(stage.transfers) == len(stage.status) == result.options
        yield stage.option is None or 1 <= stage.option <= result.options
        yield min(stage.totals, default=Fraction(-1)) >= 0
        yield min(stage.non_transferable, stage.lost) >= 0
        changes = zip(stage.totals, before, stage.transfers, strict=False)
        yield all(total - was == change for total, was, change in changes)
        before = stage.totals
        if result.method in _STAGES:
            # Nothing is made and nothing is unmade.
            held = sum(stage.totals) + stage.non_transferable + stage.lost
            yield held == result.total_weight
        yield stage.quota == _find_quota(result, stage)
        elected = {each.option for each in result.elected if each.stage <= number}
        yield elected == {o for o, status in enumerate(stage.status, 1) if status == "elected"}


def _find_quota(result: OptionResult, stage: Stage) -> Fraction | None:
    parts = min(result.seats, result.options) + 1
    match result.method:
        case "stv-exact":
            return result.total_weight / parts
        case "stv-scottish":
            return Fraction(floor(result.total_weight / parts) + 1)
        case "stv-meek":
            return Fraction(floor(sum(stage.totals) * 10**27 / parts), 10**27)
        case _:
            return None


def _check_pairs(options: int, weight: Fraction, pairwise: Matrix) -> Iterator[bool]:
    yield len(pairwise) == options
    yield all(len(row) == options for row in pairwise)
    size = range(options)
    yield all(_fits(pairwise, one, other, weight) for one, other in product(size, size))


def _fits(pairwise: Matrix, one: int, other: int, weight: Fraction) -> bool:
    for_, against = pairwise[one][other], pairwise[other][one]
    return min(for_, against) >= 0 and for_ + against <= (0 if one == other else weight)
