"""Majority judgement: the best weighted lower median grade; ties by the grades around it.

An option's **majority grade** is its weighted lower median: the best grade such that more
than half of the weight gives it that grade or a better one. Where two options have the same, the
same weight is taken away from the middle of both, and the grades that then meet there are
compared: on each side of the middle, outwards, first the worse side and then the better one.
With ballots that weigh the same this is the majority value of Balinski and Laraki, in which
the median is taken away again and again; here it does not depend on the size of a ballot.

Options that have the same weight at every grade are tied.

Source: M. Balinski and R. Laraki, Majority Judgment (MIT Press, 2010), chapters 1 and 13;
design 4, section 4; docs/rules/counting.md, "Majority judgement".
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from voting.counting.method import Matrix, MethodCount, choose_largest, list_elected
from voting.counting.option_result import On
from voting.counting.profile import Profile
from voting.counting.ties import Rule, TieLog

Value = tuple[tuple[int, int], ...]


def count_majority_judgment(profile: Profile, grades: int, seats: int = 1) -> MethodCount:
    """Count ballots that grade each option.

    Args:
        profile: a grade for each option, from 1, the best.
        grades: how many grades there are.
        seats: how many to elect.
    """
    weights = _add_up(profile, grades, profile.units)
    protected = _add_up(profile, grades, profile.protected_units)
    log = TieLog(profile.seed)
    rules: list[Rule] = [("protected-college", [rank_grades(protected)])]
    chosen = choose_largest(rank_grades(weights), seats, log, rules)
    on: On = "best-grades"
    return MethodCount(
        elected=list_elected([(option, 1, on) for option in chosen]),
        ties=tuple(log.ties),
        grades=weights,
    )


def find_majority_grade(weights: Sequence[Fraction]) -> int:
    """The weighted lower median: of these weights, best grade first, its number from 1."""
    whole = sum(weights)
    sums = accumulate(weights)
    return next(grade for grade, up_to in enumerate(sums, start=1) if 2 * up_to > whole)


def compare_grades(weights: Matrix) -> list[Value]:
    """For each option a value that is smaller the better it is judged.

    Args:
        weights: of each option the weight of each grade, best first; the same sum for all.
    """
    sums = [list(accumulate(row)) for row in weights]
    whole = sums[0][-1]
    # Nothing changes between two distances from the middle at which some option's grade does.
    steps = sorted({abs(2 * up_to - whole) for row in sums for up_to in row} | {Fraction()})
    return [
        tuple((_at(row, whole + step, above=True), _at(row, whole - step)) for step in steps[:-1])
        for row in sums
    ]


def _at(sums: Sequence[Fraction], twice: Fraction, *, above: bool = False) -> int:
    """The grade just before this weight (doubled) from the best; just after it with `above`."""
    reached = (2 * up_to > twice if above else 2 * up_to >= twice for up_to in sums)
    return next(grade for grade, is_there in enumerate(reached, start=1) if is_there)


def _add_up(profile: Profile, grades: int, units: Sequence[int]) -> Matrix:
    sums = [[0] * grades for _ in range(profile.options)]
    for numbers, weight in zip(profile.numbers, units, strict=True):
        for option, grade in enumerate(numbers):
            sums[option][grade - 1] += weight
    return tuple(tuple(Fraction(each, profile.scale) for each in row) for row in sums)


def rank_grades(weights: Matrix) -> list[Fraction]:
    """For each option a number that is larger the better it is judged."""
    values = compare_grades(weights)
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return [Fraction(-places[value]) for value in values]
