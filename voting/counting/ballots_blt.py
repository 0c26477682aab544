"""The ballots of a ranked contest as a BLT file, for other programs to count.

There a ballot has no college and no weight: each stands so many times as its weight is of
the greatest common measure of all weights. So the file elects whom the contest elected.

In the record itself the ballots stand by college. A file that other people pass on should not
make it easier to look for somebody: how often a ballot stands tells its college, so that a
small one's ballots would hide in a small crowd. There is a file only where every college that
was counted has as many voters as a box must have to be opened, whatever the rules allowed.

Source: docs/formats/blt.md, "The ballots of an election"; docs/adr/0006.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Final, Literal

from voting.counting.blt import Blt, Preferences
from voting.counting.option_result import OptionResult
from voting.counting.parts import CollegeBallots
from voting.counting.profile import order_options
from voting.counting.validity import judge_ballot
from voting.elections import SMALL_SHUFFLED_BOX
from voting.errors import BltError
from voting.members import CollegeId, Language
from voting.option_contests import OptionContest

Offer = Literal["file", "small-college", "long-numbers", "none"]

MOST_BALLOTS: Final = 10**18
"""In one file: programs hold numbers up to 2⁶³."""


def find_offer(contest: OptionContest, result: OptionResult) -> Offer:
    """Whether there is a file of a contest's ballots, and if not, why.

    Returns:
        "file"; "small-college" or "long-numbers", which a reader should be told; or "none":
        nothing was counted, or the ballots are no rankings.
    """
    counted = [row for row in result.colleges if row.weight is not None]
    if contest.form != "ranked" or not counted:
        return "none"
    if any(row.cast < SMALL_SHUFFLED_BOX for row in counted):
        return "small-college"
    times = multiply_weights(result)
    total = sum(row.counted * times[row.id] for row in counted)
    return "file" if total <= MOST_BALLOTS else "long-numbers"


def multiply_weights(result: OptionResult) -> dict[CollegeId, int]:
    """How often a ballot of each counted college stands in the file.

    These are the smallest whole numbers that are to each other as the weights are.
    """
    weights = {row.id: row.weight for row in result.colleges if row.weight is not None}
    units = _measure(tuple(weights.values()))
    return {college: int(weight * units) for college, weight in weights.items()}


def _measure(weights: Sequence[Fraction]) -> Fraction:
    common = lcm(*(weight.denominator for weight in weights))
    return Fraction(common, gcd(*(int(weight * common) for weight in weights)) or 1)


def make_blt(
    contest: OptionContest,
    result: OptionResult,
    parts: Sequence[CollegeBallots],
    language: Language,
) -> Blt:
    """The ballots that were counted; blank and invalid ones are left out.

    Args:
        contest: a ranked one, for which there is a file.
        result: of it.
        parts: what each counted college's box gave.
        language: of the names.
    """
    times = multiply_weights(result)
    ballots: Counter[Preferences] = Counter()
    for part in parts:
        for numbers, number in Counter(part.opened).items():
            if numbers is not None and judge_ballot(contest, numbers) == "counted":
                order = tuple(option + 1 for option in order_options(bytes(numbers)))
                ballots[order] += number * times[part.college]
    seats = min(result.seats, len(contest.options))
    names = tuple(option.names[language] for option in contest.options)
    return _name(dict(sorted(ballots.items())), seats, names, contest.text(language).title)


def _name(
    ballots: Mapping[Preferences, int], seats: int, names: tuple[str, ...], title: str
) -> Blt:
    try:
        return Blt(names, seats, ballots, title=title)
    except BltError:
        # A quotation mark with "#" behind it cannot be written: all are numbered then.
        return Blt(tuple(str(place) for place in range(1, len(names) + 1)), seats, ballots)
