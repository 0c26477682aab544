"""The design's counterexamples by hand: why some ways of counting promise a majority nothing.

T10, the whole quota that loses a majority its seats, is in test_stv_exact.py and
test_stv_scottish.py.

Source: design 4, section 2; docs/rules/guarantee.md.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from tests.voting.counting.profiles import names, rank, ranked, totals
from voting.charter.charter import count_majority_seats
from voting.counting.approval import count_approval
from voting.counting.block import count_block
from voting.counting.irv import count_irv
from voting.counting.majority_judgment import count_majority_judgment
from voting.counting.method import MethodCount
from voting.counting.plurality import count_plurality
from voting.counting.profile import Marks, Numbers, Pile, Profile, add_marks, make_profile
from voting.counting.ranked_pairs import count_ranked_pairs
from voting.counting.schulze import count_schulze
from voting.counting.score import count_score
from voting.counting.stv_exact import count_stv_exact
from voting.option_guarantee import count_guaranteed

MAJORITY, REST = Fraction(51, 100), Fraction(49, 100)


def weighed(*lines: tuple[int, Numbers]) -> Profile:
    """Ballots by their numbers, each with a weight in hundredths."""
    return make_profile(
        len(lines[0][1]), [Pile(numbers, Fraction(weight, 100)) for weight, numbers in lines]
    )


# --- T3: a majority that agrees on two options but divides between them ---------------------


@pytest.mark.parametrize("count", [count_plurality, count_approval, count_block])
def test_t3_by_marks_a_divided_majority_loses(count: Callable[[Marks, int], MethodCount]) -> None:
    """26 for A, 25 for B, 49 for C: whoever may mark more need not."""
    found = count(add_marks(weighed((26, (1, 0, 0)), (25, (0, 1, 0)), (49, (0, 0, 1)))), 1)
    assert totals(found.stages[0]) == [Fraction(26, 100), Fraction(25, 100), REST]
    assert names(found.elected) == "C"


def test_t3_by_scores_a_divided_majority_loses() -> None:
    """Of 10: all of P score both of its options above C, one at 10 and the other at 1."""
    count = count_score(weighed((26, (11, 2, 1)), (25, (2, 11, 1)), (49, (1, 1, 11))))
    assert totals(count.stages[0]) == [
        Fraction(26 * 10 + 25, 100),
        Fraction(26 + 25 * 10, 100),
        Fraction(49 * 10, 100),
    ]
    assert names(count.elected) == "C"


def test_t3_by_grades_a_divided_majority_loses() -> None:
    """Best, good, poor, worst: all of P grade both of its options above C.

    Two in a hundred find C poor and not worst. So all three are poor in the middle, with 51 who
    say poor or better; but of C 49 say best, of A 26 and of B 25.
    """
    divided = ((25, (1, 3, 4)), (24, (3, 1, 4)), (49, (4, 4, 1)))
    count = count_majority_judgment(weighed(*divided, (1, (1, 2, 3)), (1, (2, 1, 3))), 4, seats=3)
    assert count.grades is not None
    assert [sum(row[:3], Fraction()) for row in count.grades] == [MAJORITY, MAJORITY, MAJORITY]
    assert [100 * row[0] for row in count.grades] == [26, 25, 49]
    assert names(count.elected) == "CAB"


def test_t3_by_ranks_a_divided_majority_elects_one_of_its_own() -> None:
    profile = ranked(3, "49 C", protected=["26 AB", "25 BA"])
    for count in (count_irv, count_schulze, count_ranked_pairs):
        assert names(count(profile).elected) == "A"


# --- T7: one more ballot of P for z makes y win ---------------------------------------------


def of_colleges(*colleges: tuple[Fraction, Sequence[tuple[int, str]]]) -> Profile:
    """Each college's share, divided by its ballots, and how many ballots mark which option."""
    piles: list[Pile] = []
    for share, ballots in colleges:
        weight = share / sum(number for number, _ in ballots)
        piles += [Pile(rank(option, 3), number * weight) for number, option in ballots]
    return make_profile(3, piles)


def test_t7_who_stays_at_home_helps_more_than_who_votes() -> None:
    """P has 51 in 100 and eleven or twelve ballots; the others have 50 ballots.

    Of P ten mark A and one C, of the others 46 mark B and 4 C. A has 10/11 of 51 in 100, which is
    46.4, and B 46/50 of 49, which is 45.1. One more member of P would rather have C, and A rather
    than B, and marks C: A has 10/12 of 51, which is 42.5, and B wins.
    """
    others = (REST, [(46, "B"), (4, "C")])
    before = count_plurality(add_marks(of_colleges((MAJORITY, [(10, "A"), (1, "C")]), others)))
    after = count_plurality(add_marks(of_colleges((MAJORITY, [(10, "A"), (2, "C")]), others)))
    assert totals(before.stages[0])[:2] == [MAJORITY * 10 / 11, REST * 46 / 50]
    assert totals(after.stages[0])[:2] == [MAJORITY * 10 / 12, REST * 46 / 50]
    assert (names(before.elected), names(after.elected)) == ("A", "B")


# --- weights by the roll --------------------------------------------------------------------


def test_by_the_roll_a_majority_that_stays_at_home_has_none() -> None:
    """Two of five of P vote, three of five of the others: P has 41.0 % of the counted weight."""
    weight, rest = MAJORITY * Fraction(2, 5), REST * Fraction(3, 5)
    assert round(weight / (weight + rest), 3) == Fraction(410, 1000)
    assert (
        names(count_irv(make_profile(2, [Pile((1, 2), weight), Pile((2, 1), rest)])).elected) == "B"
    )


# --- T8: an even council --------------------------------------------------------------------


@pytest.mark.parametrize("seats", [2, 4, 6, 8])
def test_t8_at_51_in_100_an_even_council_is_a_tie(seats: int) -> None:
    """Each side ranks its own first, and has enough of its own for every seat."""
    ours = list(range(seats))
    theirs = list(range(seats, 2 * seats))
    piles = [
        Pile(rank(ours, 2 * seats), MAJORITY, MAJORITY),
        Pile(rank(theirs, 2 * seats), REST),
    ]
    elected = [
        each.option - 1 for each in count_stv_exact(make_profile(2 * seats, piles), seats).elected
    ]
    assert len(set(elected) & set(ours)) == seats // 2


def test_t8_only_a_council_of_50_is_large_enough_for_51_in_100() -> None:
    even = [
        seats
        for seats in range(2, 52, 2)
        if count_guaranteed("stv-exact", seats, MAJORITY) * 2 > seats
    ]
    assert even == [50]


# --- T13: seats apportioned by shares -------------------------------------------------------

SHARES = [Fraction(51, 100), Fraction(34, 100), Fraction(15, 100)]


def test_t13_hamilton_gives_a_majority_two_of_five() -> None:
    """2.55, 1.70 and 0.75: whole parts 2, 1, 0; the two seats left go to 0.75 and 0.70."""
    parts = [5 * share for share in SHARES]
    seats = [int(part) for part in parts]
    rests = [part - whole for part, whole in zip(parts, seats, strict=True)]
    assert (seats, rests) == ([2, 1, 0], [Fraction(each, 100) for each in (55, 70, 75)])
    for college in sorted(range(3), key=lambda college: -rests[college])[: 5 - sum(seats)]:
        seats[college] += 1
    assert seats == [2, 2, 1]
    assert seats[0] < count_majority_seats(5) == 3


def test_t13_sainte_lague_gives_a_majority_two_of_five() -> None:
    """51, 34, 17, 15 and 11.33 are the five largest of the shares divided by 1, 3, 5 and so on."""
    quotients = [
        (share / divisor, college) for college, share in enumerate(SHARES) for divisor in (1, 3, 5)
    ]
    largest = sorted(quotients, reverse=True)[:5]
    assert [100 * quotient for quotient, _ in largest] == [51, 34, 17, 15, Fraction(34, 3)]
    seats = [sum(college == each for _, each in largest) for college in range(3)]
    assert seats == [2, 2, 1]
    assert seats[0] < count_majority_seats(5) == 3
