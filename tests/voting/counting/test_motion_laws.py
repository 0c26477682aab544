"""Counting a motion: laws that hold for every charter and every vote."""

from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.voting.examples import (
    SUPPORTED,
    Poll,
    count,
    make_charter,
    make_motion,
    make_tally,
    polls,
)
from voting.counting.motion import count_motion

MOTION = make_motion()


@given(polls(floors=3))
def test_t1_the_protected_share_never_shrinks(poll: Poll) -> None:
    charter, tallies = poll
    result = count_motion(charter, MOTION, tallies)
    assume(result.outcome != "void")
    supported = result.colleges[0]
    assert supported.weight is not None
    # All its counted ballots together, of all counted weight.
    part = supported.weight * supported.counted / (result.total_for + result.total_against)
    assert part == supported.effective_share == supported.share / result.counted_share
    assert part >= supported.share > Fraction(1, 2)
    assert result.guarantee.holds is True


@given(polls(floors=3))
def test_t1_only_a_missing_protected_college_breaks_it(poll: Poll) -> None:
    charter, tallies = poll
    result = count_motion(charter, MOTION, tallies)
    assert (result.outcome == "void") is (tallies[0].counted < charter.floor(SUPPORTED))
    assert result.guarantee.holds is (result.outcome != "void")


@given(
    st.integers(1, 30),
    st.integers(1, 30),
    st.integers(1, 9),
    st.integers(1, 9),
)
def test_t2_united_passes_alone_exactly_above_one_half(
    part: int, rest: int, supported: int, others: int
) -> None:
    share = Fraction(part, part + rest)
    charter = make_charter(str(share), str(1 - share), protected=None, floors={})
    result = count(charter, (supported, 0), (0, others))
    assert (result.outcome == "passed") is (share > Fraction(1, 2))
    assert (result.outcome == "tied") is (share == Fraction(1, 2))


@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 60), st.integers(0, 60))
def test_t2_the_cohesion_bound_is_tight(rest: int, more: int, for_: int, against: int) -> None:
    assume(for_ + against)
    share = Fraction(rest + more, 2 * rest + more)
    charter = make_charter(str(share), str(1 - share))
    result = count(charter, (for_, against), (0, 1))
    needed = 1 / (2 * share)
    assert (result.outcome == "passed") is (Fraction(for_, for_ + against) > needed)


@given(polls(floors=3, protected=False))
def test_conservation(poll: Poll) -> None:
    charter, tallies = poll
    result = count_motion(charter, MOTION, tallies)
    assert result.total_for + result.total_against == result.counted_share
    assert min(result.total_for, result.total_against) >= 0
    effective = sum(college.effective_share for college in result.colleges)
    assert effective == (0 if result.outcome == "void" else 1)
    shares = {college.id: college.share for college in result.colleges}
    if result.outcome != "void":
        assert result.counted_share + sum(shares[c] for c in result.lapsed) == 1
    for college in result.colleges:
        assert (college.weight is None) is (college.effective_share == 0)
        if college.weight is not None:
            assert college.weight * college.counted == college.share


@given(polls(floors=3), st.randoms(use_true_random=False))
def test_the_order_of_the_tallies_is_irrelevant(poll: Poll, random: Random) -> None:
    charter, tallies = poll
    shuffled = list(tallies)
    random.shuffle(shuffled)
    assert count_motion(charter, MOTION, shuffled) == count_motion(charter, MOTION, tallies)


@given(polls(), st.integers(2, 9), st.integers(0, 2))
def test_the_size_of_a_college_is_irrelevant(poll: Poll, times: int, place: int) -> None:
    charter, tallies = poll
    assume(place < len(tallies))
    tally = tallies[place]
    tallies[place] = make_tally(tally.college, tally.for_ * times, tally.against * times)
    before, after = (
        count_motion(charter, MOTION, [*tallies[:place], each, *tallies[place + 1 :]])
        for each in (tally, tallies[place])
    )
    assert (before.total_for, before.outcome) == (after.total_for, after.outcome)


@given(polls(), st.integers(0, 9))
def test_blank_ballots_decide_nothing(poll: Poll, blank: int) -> None:
    charter, tallies = poll
    others = [make_tally(t.college, t.for_, t.against, blank) for t in tallies]
    before = count_motion(charter, MOTION, tallies)
    after = count_motion(charter, MOTION, others)
    assert (before.total_for, before.outcome) == (after.total_for, after.outcome)


RANK = {"void": 0, "lost": 0, "tied": 0, "passed": 1}


@given(polls(protected=False) | polls(), st.integers(0, 2))
def test_one_more_for_never_loses_a_motion(poll: Poll, place: int) -> None:
    charter, tallies = poll
    assume(place < len(tallies))
    before = count_motion(charter, MOTION, tallies)
    tally = tallies[place]
    tallies[place] = make_tally(tally.college, tally.for_ + 1, tally.against, tally.blank)
    after = count_motion(charter, MOTION, tallies)
    assert RANK[after.outcome] >= RANK[before.outcome]


@given(polls(floors=4), st.integers(0, 2))
def test_a_change_of_mind_to_for_never_loses_a_motion(poll: Poll, place: int) -> None:
    charter, tallies = poll
    assume(place < len(tallies) and tallies[place].against > 0)
    before = count_motion(charter, MOTION, tallies)
    tally = tallies[place]
    tallies[place] = make_tally(tally.college, tally.for_ + 1, tally.against - 1, tally.blank)
    after = count_motion(charter, MOTION, tallies)
    assert RANK[after.outcome] >= RANK[before.outcome]
    assert after.total_for >= before.total_for


@given(polls(protected=False))
def test_for_and_against_are_treated_alike_but_for_the_threshold(poll: Poll) -> None:
    charter, tallies = poll
    turned = [make_tally(t.college, t.against, t.for_) for t in tallies]
    before = count_motion(charter, MOTION, tallies)
    after = count_motion(charter, MOTION, turned)
    assert (before.total_for, before.total_against) == (after.total_against, after.total_for)
    assert (before.outcome == "tied") is (after.outcome == "tied")
    assert not (before.outcome == after.outcome == "passed")


@given(polls(floors=3, protected=False))
def test_turnout_is_proportional_bloc(poll: Poll) -> None:
    """Each college's share, divided as its own ballots divide."""
    charter, tallies = poll
    result = count_motion(charter, MOTION, tallies)
    assume(result.outcome != "void")
    expected = sum(
        charter.college(t.college).share * Fraction(t.for_, t.counted)
        for t in tallies
        if t.counted >= charter.floor(t.college)
    )
    assert result.total_for == expected
