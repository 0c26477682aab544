"""Published examples with one winner, and of marks: typed in from their source, counted again.

Each test names who published the example. What was published beside the winner (the rounds,
the matrix, the medians) is asserted too. See test_published_pairs.py and test_published_stv.py.
"""

from fractions import Fraction

from tests.voting.counting.profiles import first_choices, names, numbered, ranked, totals, whole
from voting.counting.approval import count_approval
from voting.counting.block import count_block
from voting.counting.irv import count_irv
from voting.counting.majority_judgment import count_majority_judgment, find_majority_grade
from voting.counting.plurality import count_plurality
from voting.counting.profile import Marks, Pile, add_marks, make_profile
from voting.counting.ranked_pairs import count_ranked_pairs
from voting.counting.schulze import count_schulze
from voting.counting.score import count_score

# --- Burlington, Vermont, the mayor in 2009 -----------------------------------------------------

# The city's official rounds. A is the Republican, B the Progressive, C the Democrat; all others
# were excluded at once after the first round: here they are D. Which single ballots passed on
# is not in the rounds; these give them.
ROUNDS = (
    *("2951 A", "2585 B", "1332 CB", "731 CA"),
    *("343 DA", "396 DB", "36 DCA", "455 DC", "147 D"),
)
# First, second and third among the three: A. Gierzynski, W. Hamilton and W. D. Smith,
# "Burlington Vermont 2009 IRV mayoral election" (RangeVoting.org, 2009), from all ballots.
THREE = (
    *("1332 CBA", "767 CAB", "455 C"),
    *("2043 BCA", "371 BAC", "568 B"),
    *("1513 ACB", "495 ABC", "1289 A"),
)


def test_burlington_2009_round_by_round() -> None:
    """B wins in the third round with 4,313 to 4,061."""
    count = count_irv(ranked(4, *ROUNDS))
    assert [totals(stage) for stage in count.stages] == [
        [2951, 2585, 2063, 1377],
        [3294, 2981, 2554, 0],
        [4061, 4313, 0, 0],
    ]
    # 606 exhausted ballots were published, four blank ones among them.
    assert [stage.non_transferable for stage in count.stages] == [0, 147, 602]
    assert (names(count.elected), count.elected[0].on) == ("B", "majority")


def test_burlington_2009_pairs_and_three_different_winners() -> None:
    """C would have beaten either rival, by 4,067 to 3,477 and 4,597 to 3,668."""
    profile = ranked(3, *THREE)
    pairwise = [[0, 4064, 3668], [4314, 0, 3477], [4597, 4067, 0]]
    for count in (count_schulze(profile), count_ranked_pairs(profile)):
        assert count.pairwise is not None
        assert (whole(count.pairwise), names(count.elected)) == (pairwise, "C")
    assert names(count_irv(profile).elected) == "B"
    assert names(count_plurality(first_choices(profile)).elected) == "A"


# --- the capital of Tennessee -------------------------------------------------------------------

# Folklore of Wikipedia's and Electowiki's articles on ways of voting, since 2002: A is Memphis,
# B Nashville, C Chattanooga, D Knoxville, and each city wants a capital near by.
TENNESSEE = ("42 ABCD", "26 BCDA", "15 CDBA", "17 DCBA")


def test_tennessee_by_first_choices_and_by_instant_run_off() -> None:
    profile = ranked(4, *TENNESSEE)
    plurality = count_plurality(first_choices(profile))
    assert totals(plurality.stages[0]) == [42, 26, 15, 17]
    assert names(plurality.elected) == "A"
    count = count_irv(profile)
    assert [totals(stage) for stage in count.stages] == [
        [42, 26, 15, 17],
        [42, 26, 0, 32],
        [42, 0, 0, 58],
    ]
    assert names(count.elected) == "D"


def test_tennessee_by_pairs() -> None:
    profile = ranked(4, *TENNESSEE)
    for count in (count_ranked_pairs(profile), count_schulze(profile)):
        assert count.pairwise is not None
        assert whole(count.pairwise) == [
            [0, 42, 42, 42],
            [58, 0, 68, 68],
            [58, 32, 0, 83],
            [58, 32, 17, 0],
        ]
        assert (names(count.elected), count.ties) == ("B", ())


def test_tennessee_by_approval_of_the_two_nearest() -> None:
    profile = numbered(
        (42, (1, 1, 0, 0)), (26, (0, 1, 1, 0)), (15, (0, 0, 1, 1)), (17, (0, 0, 1, 1))
    )
    count = count_approval(add_marks(profile))
    assert totals(count.stages[0]) == [42, 68, 58, 32]
    assert names(count.elected) == "B"


def test_tennessee_by_scores() -> None:
    """Scores of 0 to 10; published are the sums, 420, 603, 457 and 312, of 100 voters."""
    scores = ((42, (10, 4, 2, 0)), (26, (0, 10, 4, 2)), (15, (0, 6, 10, 6)), (17, (0, 5, 7, 10)))
    rows = [(weight, tuple(score + 1 for score in row)) for weight, row in scores]
    count = count_score(numbered(*rows))
    assert [100 * mean for mean in totals(count.stages[0])] == [420, 603, 457, 312]
    assert names(count.elected) == "B"


def test_tennessee_by_majority_judgement() -> None:
    """Excellent, good, fair and poor, in each city's order of preference.

    Nashville and Chattanooga are both good in the middle; 26 find Nashville better than that and
    32 worse, of Chattanooga 15 and 42.
    """
    profile = numbered(
        (42, (1, 2, 3, 4)), (26, (4, 1, 2, 3)), (15, (4, 3, 1, 2)), (17, (4, 3, 2, 1))
    )
    count = count_majority_judgment(profile, 4, seats=4)
    assert count.grades is not None
    assert whole(count.grades) == [
        [42, 0, 0, 58],
        [26, 42, 32, 0],
        [15, 43, 42, 0],
        [17, 15, 26, 42],
    ]
    assert [find_majority_grade(row) for row in count.grades] == [4, 2, 2, 3]
    assert names(count.elected) == "BCDA"


# --- majority judgement ---------------------------------------------------------------------


def test_majority_judgement_orsay_2007() -> None:
    """M. Balinski and R. Laraki, "Election by Majority Judgement: Experimental Evidence"
    (École polytechnique, cahier 2007-28): three precincts of Orsay, in tenths of a percent.

    Of the first four of twelve candidates: excellent, very good, good, acceptable, poor; the rest
    rejected them or gave no grade, which counts as the same. Published, in this order: good, 44.3 %
    better and 30.6 % worse; good, 39.4 and 41.5; good, 38.9 and 46.9; acceptable, 29.8 and 46.6.
    """
    rows = (
        (136, 307, 251, 148, 84),
        (167, 227, 191, 168, 122),
        (191, 198, 143, 115, 71),
        (29, 93, 175, 237, 261),
    )
    published = [(3, 443, 306), (3, 394, 415), (3, 389, 469), (4, 298, 466)]
    # Only how many gave each grade is published; which of them stood on one ballot is no matter.
    columns = [
        [
            grade
            for grade, times in enumerate((*row, 1000 - sum(row)), start=1)
            for _ in range(times)
        ]
        for row in rows
    ]
    piles = [Pile(numbers, Fraction(1)) for numbers in zip(*columns, strict=True)]
    count = count_majority_judgment(make_profile(4, piles), 6, seats=4)
    assert count.grades is not None
    for weights, (grade, better, worse) in zip(count.grades, published, strict=True):
        assert find_majority_grade(weights) == grade
        # The shares were rounded one by one.
        assert abs(sum(weights[: grade - 1], Fraction()) - better) <= 1
        assert abs(sum(weights[grade:], Fraction()) - worse) <= 1
    assert (names(count.elected), count.ties) == ("ABCD", ())


# --- block vote -----------------------------------------------------------------------------


def test_block_vote_three_seats() -> None:
    """Wikipedia, "Block voting": 10,000 voters with three votes each; the four with the most.

    A party with just over a third of the voters wins every seat.
    """
    given = [Fraction(number) for number in (3555, 3700, 3600, 2600)]
    nobody = (Fraction(),) * 4
    count = count_block(Marks(Fraction(10_000), tuple(given), nobody, "0f" * 32), 3)
    assert [(each.option, each.order) for each in count.elected] == [(2, 1), (3, 2), (1, 3)]
    assert count.stages[0].status == ("elected", "elected", "elected", "continuing")
