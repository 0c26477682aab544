"""Published examples of Schulze's method and ranked pairs: typed in from their source.

The matrix of pairs, and the strongest paths where they were published, are asserted too.
"""

from collections.abc import Sequence
from itertools import permutations

import pytest

from tests.voting.counting.profiles import first_choices, names, ranked, totals, whole
from voting.counting import schulze
from voting.counting.pairs import compare_pairs
from voting.counting.plurality import count_plurality
from voting.counting.ranked_pairs import count_ranked_pairs
from voting.counting.schulze import count_schulze, find_winners

# --- two centuries ago ----------------------------------------------------------------------


def test_borda_1784_the_most_votes_for_whom_most_reject() -> None:
    """J.-C. de Borda, "Mémoire sur les élections au scrutin" (1784).

    Of 21 electors 8 vote for A, 7 for B and 6 for C; 13 prefer either B or C to A, and 13 C to B.
    """
    profile = ranked(3, "1 ABC", "7 ACB", "7 BCA", "6 CBA")
    plurality = count_plurality(first_choices(profile))
    assert totals(plurality.stages[0]) == [8, 7, 6]
    assert names(plurality.elected) == "A"
    for count in (count_schulze(profile), count_ranked_pairs(profile)):
        assert count.pairwise is not None
        assert whole(count.pairwise) == [[0, 8, 8], [13, 0, 8], [13, 13, 0]]
        assert names(count.elected) == "C"


def test_condorcet_1785_the_smallest_majority_of_a_ring_gives_way() -> None:
    """Condorcet, "Essai sur l'application de l'analyse" (1785); H. P. Young, "Condorcet's
    Theory of Voting", American Political Science Review 82 (1988).

    60 votes: A beats B 33 to 27, B beats C 42 to 18, C beats A 35 to 25. Without the first,
    the smallest, the order is B, C, A.
    """
    profile = ranked(3, "23 ABC", "17 BCA", "2 BAC", "10 CAB", "8 CBA")
    for count in (count_ranked_pairs(profile), count_schulze(profile)):
        assert count.pairwise is not None
        assert whole(count.pairwise) == [[0, 33, 25], [27, 0, 42], [35, 18, 0]]
        assert (names(count.elected), count.ties) == ("B", ())


# --- Schulze --------------------------------------------------------------------------------

SCHULZE = [
    pytest.param(
        # M. Schulze, Social Choice and Welfare 36 (2011), section 3, example 1: 21 voters.
        ("8 ACDB", "2 BADC", "4 CDBA", "4 DBAC", "3 DCBA"),
        [[0, 8, 14, 10], [13, 0, 6, 2], [7, 15, 0, 12], [11, 19, 9, 0]],
        [[0, 14, 14, 12], [13, 0, 13, 12], [13, 15, 0, 12], [13, 19, 13, 0]],
        "D",
        id="21 voters",
    ),
    pytest.param(
        # M. Schulze's own list of examples, number 1: 45 voters.
        (
            *("5 ACBED", "5 ADECB", "8 BEDAC", "3 CABED"),
            *("7 CAEBD", "2 CBADE", "7 DCEBA", "8 EBADC"),
        ),
        [
            [0, 20, 26, 30, 22],
            [25, 0, 16, 33, 18],
            [19, 29, 0, 17, 24],
            [15, 12, 28, 0, 14],
            [23, 27, 21, 31, 0],
        ],
        [
            [0, 28, 28, 30, 24],
            [25, 0, 28, 33, 24],
            [25, 29, 0, 29, 24],
            [25, 28, 28, 0, 24],
            [25, 28, 28, 31, 0],
        ],
        "E",
        id="45 voters",
    ),
]


@pytest.mark.parametrize(("lines", "pairwise", "paths", "winner"), SCHULZE)
def test_schulze_matrix_and_strongest_paths(
    lines: Sequence[str], pairwise: list[list[int]], paths: list[list[int]], winner: str
) -> None:
    profile = ranked(len(pairwise), *lines)
    matrix, _ = compare_pairs(profile)
    assert whole(matrix) == pairwise
    found = whole(schulze._find_paths(matrix, "winning-votes"))
    for one, other in permutations(range(len(paths)), 2):
        assert found[one][other] == paths[one][other]
    count = count_schulze(profile)
    assert (names(count.elected), count.ties) == (winner, ())
    # Where every ballot ranks all, a majority is larger by votes just when it is by margin.
    assert find_winners(matrix, "margins") == find_winners(matrix, "winning-votes")
