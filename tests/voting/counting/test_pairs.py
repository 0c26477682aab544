"""Schulze and ranked pairs: by hand, and their laws; see test_published_pairs.py."""

from fractions import Fraction
from itertools import permutations
from random import Random

from hypothesis import assume, given, settings

from tests.voting.counting.profiles import names, profiles, rank, ranked, solid_profiles
from voting.counting.pairs import compare_pairs
from voting.counting.profile import Pile, Profile, make_profile
from voting.counting.ranked_pairs import count_ranked_pairs
from voting.counting.schulze import count_schulze, find_winners

RING = ("4 ABC", "3 BCA", "2 CAB")


def test_a_ballot_prefers_what_it_ranks_to_what_it_does_not() -> None:
    matrix, protected = compare_pairs(ranked(4, "2 AB", protected=["1/2 C"]))
    row = [Fraction(1, 2), Fraction(1, 2), 0, Fraction(1, 2)]
    assert [list(each) for each in matrix] == [[0, 2, 2, 2], [0, 0, 2, 2], row, [0, 0, 0, 0]]
    assert list(protected[2]) == row


def test_a_ring_is_broken_at_its_weakest_majority() -> None:
    # A beats B 6 to 3, B beats C 7 to 2, C beats A 5 to 4: that one gives way.
    for count in (count_schulze, count_ranked_pairs):
        assert names(count(ranked(3, *RING)).elected) == "A"


def test_winning_votes_and_margins_may_differ() -> None:
    # B beats A 6 to 3, A beats C 5 to 4, C beats B 4 to 2. The weakest is C's over B by winning
    # votes, but A's over C by margins.
    profile = ranked(3, "2 BA", "3 A", "4 CB")
    assert names(count_schulze(profile).elected) == "B"
    assert names(count_schulze(profile, "margins").elected) == "C"
    assert names(count_ranked_pairs(profile).elected) == "C"


def test_t3_a_solid_majority_elects_one_of_its_set() -> None:
    profile = ranked(4, "49 CD", protected=["26 AB", "25 BA"])
    for count in (count_schulze, count_ranked_pairs):
        assert names(count(profile).elected) in "AB"


def test_a_tie_is_decided_by_whom_more_of_the_protected_college_prefer() -> None:
    profile = ranked(3, "2 AB", protected=["2 BA"])
    for count in (count_schulze, count_ranked_pairs):
        (tie,) = count(profile).ties
        assert (tie.kind, tie.options, tie.tried) == ("elect", (1, 2), ("protected-college",))
        assert tie.chosen == (2,)


def test_a_tie_of_all_is_decided_by_lot() -> None:
    for count in (count_schulze, count_ranked_pairs):
        (tie,) = count(ranked(3, "1 ABC", "1 BCA", "1 CAB", "1 CBA", "1 ACB", "1 BAC")).ties
        assert (tie.options, tie.resolved_by) == ((1, 2, 3), "lot")


def test_level_majorities_in_a_ring_are_a_tie_between_pairs() -> None:
    count = count_ranked_pairs(ranked(3, "1 ABC", "1 BCA", protected=["1 CAB"]))
    # P prefers C to A and A to B, but C to B as well: C-A and A-B are level there too.
    first = count.ties[0]
    assert (first.kind, first.options, first.stage) == ("lock", (1, 2, 3), 1)
    assert first.tried == ("protected-college", "lot")
    assert first.chosen in {(3, 1), (1, 2)}
    assert names(count.elected) == "C"


def test_the_protected_college_decides_which_majority_is_locked_first() -> None:
    # All three majorities are 2 to 1; of P 3/2 prefer B to C, and nobody C to B.
    profile = ranked(3, "1/2 ABC", "1 CAB", protected=["1 BCA", "1/2 ABC"])
    count = count_ranked_pairs(profile)
    first = count.ties[0]
    assert (first.kind, first.tried, first.chosen) == ("lock", ("protected-college",), (2, 3))


def test_level_majorities_without_a_ring_are_no_tie() -> None:
    count = count_ranked_pairs(ranked(4, "3 ABCD", "1 DCBA"))
    assert (names(count.elected), count.ties) == ("A", ())


def test_what_is_in_no_ring_is_locked_first() -> None:
    # D loses to all three of the ring by the same margin, and never hinders it.
    profile = ranked(4, "1 ABCD", "1 BCAD", "1 CABD")
    count = count_ranked_pairs(profile)
    assert names(count.elected) in "ABC"
    assert count.ties[0].options == (1, 2, 3)


@settings(max_examples=100)
@given(profiles())
def test_who_beats_all_others_is_elected(profile: Profile) -> None:
    matrix, _ = compare_pairs(profile)
    size = range(profile.options)
    best = [
        one
        for one in size
        if all(matrix[one][other] > matrix[other][one] for other in size if other != one)
    ]
    for count in (count_schulze, count_ranked_pairs):
        elected = [each.option - 1 for each in count(profile).elected]
        assert len(elected) == 1
        assert not best or elected == best


@settings(max_examples=100)
@given(profiles(options=4))
def test_somebody_is_always_a_winner_by_either_strength(profile: Profile) -> None:
    matrix, _ = compare_pairs(profile)
    winners, margins = (find_winners(matrix, kind) for kind in ("winning-votes", "margins"))
    assert winners
    assert margins
    if len(winners) == 1:
        assert count_schulze(profile).ties == ()


@settings(max_examples=100)
@given(solid_profiles())
def test_t3_a_solid_majority_always_elects_one_of_its_set(
    case: tuple[Profile, set[int], Fraction],
) -> None:
    profile, chosen, part = case
    assume(part > Fraction(1, 2))
    for count in (count_schulze, count_ranked_pairs):
        (elected,) = count(profile).elected
        assert elected.option - 1 in chosen


@settings(max_examples=60)
@given(profiles())
def test_no_pair_outweighs_the_ballots(profile: Profile) -> None:
    matrix, protected = compare_pairs(profile)
    for one in range(profile.options):
        assert matrix[one][one] == 0
        for other in range(profile.options):
            assert matrix[one][other] + matrix[other][one] <= profile.weight
            assert 0 <= protected[one][other] <= matrix[one][other]


def test_very_many_weights_are_compared_as_exactly() -> None:
    """Some are counted by the powers of 2 in them; here one by one."""
    chance = Random(4)
    piles = [
        Pile(
            rank(chance.sample(range(6), chance.randint(1, 6)), 6),
            Fraction(chance.randint(1, 10**9), 7),
            Fraction(chance.randint(0, 1), 7),
        )
        for _ in range(700)
    ]
    profile = make_profile(6, piles)
    assert len(set(profile.units)) > 256
    whole, protected = compare_pairs(profile)
    for one, other in permutations(range(6), 2):
        preferring = [
            pile
            for pile in profile.piles
            if pile.numbers[one] and not 0 < pile.numbers[other] < pile.numbers[one]
        ]
        assert whole[one][other] == sum(pile.weight for pile in preferring)
        assert protected[one][other] == sum(pile.protected for pile in preferring)
