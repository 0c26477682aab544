"""Published examples of STV: typed in from their source, counted again stage by stage.

Real Scottish wards are in test_shared_counts.py.
"""

from fractions import Fraction
from math import ceil

from tests.voting.counting.profiles import names, ranked, totals
from voting.counting.stv_exact import count_stv_exact
from voting.counting.stv_meek import count_stv_meek
from voting.counting.stv_scottish import count_stv_scottish

# Meek's iteration ends when all surpluses together are below 10^-9.
TINY = Fraction(2, 10**9)


# --- Scottish: a whole quota, and all ballots of an option pass on ---------------------------


def test_what_to_eat_at_a_party() -> None:
    """Wikipedia, "Single transferable vote", the example of earlier years: 20 guests, 3 dishes.

    A is oranges, B pears, C chocolate, D strawberries, E sweets. Chocolate has twice the quota of
    6; half of each of its ballots goes on. Oranges reach the quota with the pears' ballots.
    """
    count = count_stv_scottish(ranked(5, "4 A", "2 BA", "8 CD", "4 CE", "1 D", "1 E"), 3)
    assert count.quota == 6
    assert [totals(stage) for stage in count.stages] == [
        [4, 2, 12, 1, 1],
        [4, 2, 6, 5, 3],
        [6, 0, 6, 5, 3],
        [6, 0, 6, 5, 0],
    ]
    assert [stage.option for stage in count.stages] == [None, 3, 2, 5]
    assert [(each.option, each.stage) for each in count.elected] == [(3, 1), (1, 3), (4, 4)]


def test_two_seats_of_57_votes() -> None:
    """Wikipedia, "Counting single transferable votes": A Andrea, B Brad, C Carter, D Delilah.

    Andrea has 40 and the quota is 20: of her surplus 8 go to Brad and 12 to Carter. Brad is
    excluded, and Carter has the quota.
    """
    count = count_stv_scottish(ranked(4, "16 ABCD", "24 ACBD", "17 DABC"), 2)
    assert count.quota == 20
    assert [totals(stage) for stage in count.stages] == [
        [40, 0, 0, 17],
        [20, 8, 12, 17],
        [20, 0, 20, 17],
    ]
    assert names(count.elected) == "AC"


def test_dogs_cats_and_a_fish() -> None:
    """Lee Yingtong Li, "A conceptual primer on the single transferable vote", parts 4 to 6 (2022).

    A and B have dogs, C and D cats, E a fish; 100 votes, 3 seats, a quota of 26. Published is how
    they stand when E is excluded: 35, 19, 26 and 20. A's surplus of 9 then passes on with all
    35 ballots, also with those that came from E.
    """
    count = count_stv_scottish(
        ranked(
            5,
            *("21 ABECD", "19 BAECD", "40 CDEAB", "6 DCEAB"),
            *("7 EABCD", "6 EACDB", "1 EA"),
        ),
        3,
    )
    assert count.quota == 26
    first, second, third, fourth = count.stages
    assert totals(first) == [21, 19, 40, 6, 14]
    assert totals(second) == [21, 19, 26, 20, 14]
    assert totals(third) == [35, 19, 26, 20, 0]
    # By hand: 9/35 to five decimals; 28 ballots go to B, 6 pass C by to D, 1 names nobody else.
    each = Fraction(25_714, 100_000)
    assert totals(fourth) == [26, 19 + 28 * each, 26, 20 + 6 * each, 0]
    assert (fourth.non_transferable, fourth.lost) == (each, 9 - 35 * each)
    assert [(one.option, one.stage) for one in count.elected] == [(3, 1), (1, 3), (2, 4)]


# --- exact ----------------------------------------------------------------------------------


def test_a_quota_that_is_not_whole() -> None:
    """Wikipedia, "Hagenbach-Bischoff quota": 100 votes, 2 seats, a quota of 33 1/3.

    A is Andrea, B Brad, C Carter. 11 2/3 of Andrea's 45 go to Carter, who has 36 2/3 then.
    """
    count = count_stv_exact(ranked(3, "45 AC", "25 C", "30 B"), 2)
    assert count.quota == Fraction(100, 3)
    assert [totals(stage) for stage in count.stages] == [
        [45, 30, 25],
        [Fraction(100, 3), 30, Fraction(110, 3)],
    ]
    assert list(count.stages[1].transfers) == [Fraction(-35, 3), 0, Fraction(35, 3)]
    assert [(each.option, each.on) for each in count.elected] == [(1, "quota"), (3, "quota")]


# --- Meek -----------------------------------------------------------------------------------


def test_meek_explained() -> None:
    """OpaVote, "Meek STV explained" (April 2017): 60 votes, 3 seats; A, B and C are elected.

    A whole quota of 16 is published there; ours is 60/4. Ballots of A's and B's surpluses meet
    the other of the two first, who passes a part of them on again.
    """
    count = count_stv_meek(ranked(5, "28 ABC", "26 BAC", "3 C", "2 D", "1 E"), 3)
    assert count.quota == 15
    assert totals(count.stages[0]) == [28, 26, 3, 2, 1]
    assert names(count.elected) == "ABC"
    assert [each.on for each in count.elected] == ["quota", "quota", "quota"]


def test_meek_the_quota_and_what_is_kept_go_down_together() -> None:
    """Election-methods mailing list, 12 September 2004: 61 A, 60 AB, 30 CD, 29 DC; 2 seats.

    Published are the parts that A keeps, rounded up to three decimals, the quotas that follow, and
    that both go to a limit. That is where 121k = (180 - 61(1 - k))/3: k = 119/302.
    """
    quota, kept, quotas = Fraction(60), [Fraction(1)], [Fraction(60)]
    for _ in range(3):
        kept.append(Fraction(ceil(1000 * quota / 121), 1000))
        quota = (180 - 61 * (1 - kept[-1])) / 3
        quotas.append(quota)
    assert kept == [Fraction(part) for part in ("1", "0.496", "0.412", "0.398")]
    assert quotas[:3] == [Fraction(each) for each in ("60", "49.752", "48.044")]

    count = count_stv_meek(ranked(4, "61 A", "60 AB", "30 CD", "29 DC"), 2)
    first, second, third = count.stages
    assert first.quota == 60
    assert totals(first) == [121, 0, 30, 29]
    limit = 121 * Fraction(119, 302)
    assert second.quota is not None
    assert abs(second.quota - limit) < TINY
    assert abs(second.totals[0] - limit) < TINY
    assert abs(second.totals[1] - 60 * Fraction(183, 302)) < TINY
    # D has fewest; with its ballots C has more than the quota.
    assert (third.action, third.option) == ("exclusion", 4)
    assert third.totals[2] == 59
    assert names(count.elected) == "AC"


def test_meek_where_a_fixed_quota_elects_another() -> None:
    """Election-methods mailing list, 19 April 2007: 40,000 votes, 3 seats, about 10,000 each.

    A, then B, and C and D of one party. With a fixed quota B has 9,000 and D 8,500, and B wins the
    last seat; by Meek's method, in which the quota goes down with A's exhausted ballots, D does.
    """
    profile = ranked(4, "12500 A", "9000 BCDA", "12000 CD", "6500 DC")
    fixed = count_stv_scottish(profile, 3)
    assert fixed.quota == 10_001
    assert totals(fixed.stages[0]) == [12_500, 9_000, 12_000, 6_500]
    assert round(fixed.stages[2].totals[3]) == 8_499
    assert sorted(names(fixed.elected)) == ["A", "B", "C"]
    assert sorted(names(count_stv_meek(profile, 3).elected)) == ["A", "C", "D"]
