"""Ranked pairs (Tideman): majorities are locked from the largest down, unless that closes a ring.

A majority is as large as the difference between the weights that prefer one and the other
("margins"). Each is locked in turn, but for those whose loser is already above their winner.
Elected is the option that no locked majority is against. Two options that are level have
no majority; if several options end up with nothing against them, they are tied.

Majorities of the same size are locked together where no ring can come of it. Where one can,
they are tied, and which is locked first is decided as for every tie: the one that is larger
among the ballots of the protected college, then by lot.

Source: T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice
and Welfare 4 (1987); T. M. Zavist and T. N. Tideman, ibid. 6 (1989), for ties; design 4,
section 4; docs/rules/counting.md, "Ranked pairs".
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby, permutations, product

from voting.counting.method import Matrix, MethodCount, list_elected
from voting.counting.pairs import compare_pairs, rule_of_protected
from voting.counting.profile import Profile
from voting.counting.ties import Rule, TieLog

Pair = tuple[int, int]


def count_ranked_pairs(profile: Profile) -> MethodCount:
    """Count ranked ballots by ranked pairs.

    Args:
        profile: ranks from 1, 0 for an option that is not ranked.
    """
    pairwise, protected = compare_pairs(profile)
    log = TieLog(profile.seed)
    winner = choose_ranked(pairwise, protected, log)
    return MethodCount(
        elected=list_elected([(winner, 1, "locked")]), ties=tuple(log.ties), pairwise=pairwise
    )


def choose_ranked(pairwise: Matrix, protected: Matrix, log: TieLog) -> int:
    """The winner, counted from 0, by the matrix of all ballots and the protected college's."""
    above = _lock_all(pairwise, protected, log)
    size = range(len(pairwise))
    winners = [one for one in size if not any(_is_above(above, other, one) for other in size)]
    if len(winners) == 1:
        return winners[0]
    rules = [rule_of_protected(protected, winners)]
    return log.choose(winners, stage=1, kind="elect", rules=rules)


def _margin(matrix: Matrix, pair: Pair) -> Fraction:
    winner, loser = pair
    return matrix[winner][loser] - matrix[loser][winner]


def _lock_all(pairwise: Matrix, protected: Matrix, log: TieLog) -> list[int]:
    """For each option a number with a bit for each option it stands above, when all is locked."""
    size = range(len(pairwise))
    above = [0] * len(pairwise)
    majorities = [pair for pair in permutations(size, 2) if _margin(pairwise, pair) > 0]
    majorities.sort(key=lambda pair: -_margin(pairwise, pair))
    for _, group in groupby(majorities, key=lambda pair: _margin(pairwise, pair)):
        waiting = list(group)
        while waiting := _open(waiting, above):
            # What is in no ring is locked in any order; only rings need one.
            rings = _find_rings(waiting, above)
            for pair in waiting:
                if pair not in rings:
                    _lock(pair, above)
            if rings:
                margins = [_margin(protected, pair) for pair in rings]
                rules: list[Rule] = [("protected-college", [margins])]
                places = range(len(rings))
                place = log.choose(places, stage=1, kind="lock", rules=rules, pairs=rings)
                _lock(rings[place], above)
    return above


def _is_above(above: Sequence[int], one: int, other: int) -> bool:
    return bool(above[one] >> other & 1)


def _open(pairs: Iterable[Pair], above: Sequence[int]) -> list[Pair]:
    """Those that still say something: neither known already nor against what is known."""
    return [(a, b) for a, b in pairs if not _is_above(above, a, b) and not _is_above(above, b, a)]


def _find_rings(pairs: Sequence[Pair], above: Sequence[int]) -> list[Pair]:
    """Those that could not all be locked, because they close rings with one another."""
    reached = list(above)
    for winner, loser in pairs:
        reached[winner] |= 1 << loser
    # Warshall's way: whom each option reaches through any others.
    size = range(len(reached))
    for middle, one in product(size, size):
        if _is_above(reached, one, middle):
            reached[one] |= reached[middle]
    return [(winner, loser) for winner, loser in pairs if _is_above(reached, loser, winner)]


def _lock(pair: Pair, above: list[int]) -> None:
    """Put the winner, and all above it, above the loser and all below that."""
    winner, loser = pair
    if _is_above(above, winner, loser):
        return
    lower = above[loser] | 1 << loser
    for one in range(len(above)):
        if one == winner or _is_above(above, one, winner):
            above[one] |= lower
