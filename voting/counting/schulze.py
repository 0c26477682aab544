"""Schulze: the option whose path of majorities to every other is the stronger one.

An option beats another if more weight prefers it. A majority is as strong as the weight that
prefers its winner ("winning votes"), or as the difference ("margins"); a path of majorities
is as strong as its weakest one. Elected is an option whose strongest path to each other
option is at least as strong as the one back. Where several are, they are tied.

Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011),
sections 2.1 and 2.2; design 4, section 4; docs/rules/counting.md, "Schulze".
"""

from fractions import Fraction
from itertools import permutations, product
from typing import Literal

from voting.counting.method import Matrix, MethodCount, list_elected
from voting.counting.pairs import compare_pairs, rule_of_protected
from voting.counting.profile import Profile
from voting.counting.ties import TieLog

Strength = Literal["winning-votes", "margins"]


def count_schulze(profile: Profile, strength: Strength = "winning-votes") -> MethodCount:
    """Count ranked ballots by Schulze's method.

    Args:
        profile: ranks from 1, 0 for an option that is not ranked.
        strength: how strong a majority is; elections use winning votes.
    """
    pairwise, protected = compare_pairs(profile)
    log = TieLog(profile.seed)
    winner = choose_schulze(pairwise, protected, log, strength)
    return MethodCount(
        elected=list_elected([(winner, 1, "strongest-paths")]),
        ties=tuple(log.ties),
        pairwise=pairwise,
    )


def choose_schulze(
    pairwise: Matrix, protected: Matrix, log: TieLog, strength: Strength = "winning-votes"
) -> int:
    """The winner, counted from 0, by the matrix of all ballots and the protected college's."""
    winners = find_winners(pairwise, strength)
    if len(winners) == 1:
        return winners[0]
    rules = [rule_of_protected(protected, winners)]
    return log.choose(winners, stage=1, kind="elect", rules=rules)


def find_winners(pairwise: Matrix, strength: Strength) -> list[int]:
    """The options that no other has a stronger path to than they have to it."""
    size = range(len(pairwise))
    paths = _find_paths(pairwise, strength)
    return [one for one in size if all(paths[one][other] >= paths[other][one] for other in size)]


def _find_paths(pairwise: Matrix, strength: Strength) -> list[list[Fraction]]:
    size = range(len(pairwise))
    paths = [[Fraction()] * len(pairwise) for _ in size]
    for one, other in product(size, size):
        if pairwise[one][other] > pairwise[other][one]:
            less = pairwise[other][one] if strength == "margins" else 0
            paths[one][other] = pairwise[one][other] - less
    # Floyd and Warshall's way, with the weakest part of a path for its length.
    for middle, one, other in permutations(size, 3):
        through = min(paths[one][middle], paths[middle][other])
        paths[one][other] = max(paths[one][other], through)
    return paths
