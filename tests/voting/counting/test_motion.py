"""Counting a motion: worked examples, the edges, and the laws."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_motion,
    make_tallies,
    make_tally,
    polls,
)
from voting.charter import Charter, charter_digest
from voting.counting.motion import (
    CollegeResult,
    CollegeTally,
    GuaranteeCheck,
    MotionResult,
    Question,
    Row,
    count_motion,
)
from voting.errors import (
    CollegeSharesError,
    DuplicateCollegeError,
    FloorError,
    IdentifierError,
    MissingCollegeError,
    TallySumError,
    UnknownCollegeError,
)
from voting.members import CollegeId
from voting.thresholds import MORE_THAN_HALF

MOTION = make_motion()
Poll = tuple[Charter, list[CollegeTally]]


def count(charter: Charter, *counts: tuple[int, int] | tuple[int, int, int]) -> MotionResult:
    return count_motion(charter, MOTION, make_tallies(*counts))


def test_an_example_worked_by_hand() -> None:
    # Supported 9 For, 1 Against, 2 blank; employees 20 and 30; community 3 and 2.
    result = count(make_charter(), (9, 1, 2), (20, 30), (3, 2))
    # 51% * 9/10 + 34% * 2/5 + 15% * 3/5 = 45.9% + 13.6% + 9% = 68.5%
    assert result == MotionResult(
        contest="1",
        charter=charter_digest(make_charter()),
        rule="ordinary",
        threshold=MORE_THAN_HALF,
        colleges=(
            CollegeResult(
                id=SUPPORTED,
                roll=13,
                cast=12,
                counted=10,
                blank=2,
                invalid=0,
                for_=9,
                against=1,
                share=Fraction(51, 100),
                floor=1,
                weight=Fraction(51, 1000),
                effective_share=Fraction(51, 100),
            ),
            CollegeResult(
                id=EMPLOYEES,
                roll=51,
                cast=50,
                counted=50,
                blank=0,
                invalid=0,
                for_=20,
                against=30,
                share=Fraction(34, 100),
                floor=1,
                weight=Fraction(34, 5000),
                effective_share=Fraction(34, 100),
            ),
            CollegeResult(
                id=COMMUNITY,
                roll=6,
                cast=5,
                counted=5,
                blank=0,
                invalid=0,
                for_=3,
                against=2,
                share=Fraction(15, 100),
                floor=1,
                weight=Fraction(3, 100),
                effective_share=Fraction(15, 100),
            ),
        ),
        total_for=Fraction(685, 1000),
        total_against=Fraction(315, 1000),
        counted_share=Fraction(1),
        outcome="passed",
        lapsed=(),
        reasons=(),
        head_count=None,
        guarantee=GuaranteeCheck(
            protected=SUPPORTED,
            share=Fraction(51, 100),
            effective_share=Fraction(51, 100),
            control=True,
            cohesion_needed=Fraction(50, 51),
            holds=True,
            reasons=(),
        ),
    )


def test_a_special_motion_needs_three_quarters() -> None:
    charter = make_charter("3/5", "2/5")
    special = make_motion("special")
    for against, outcome in ((5, "passed"), (6, "lost")):
        tallies = make_tallies((8, 0), (8 - against, against))
        result = count_motion(charter, special, tallies)
        assert result.total_for == Fraction(3, 5) + Fraction(2, 5) * Fraction(8 - against, 8)
        assert result.outcome == outcome
    assert result.rule == "special"


# Design 4, section 3: every line of the table of edges that a motion has.
@pytest.mark.parametrize(
    ("floors", "counts", "outcome", "whole", "lapsed"),
    [
        pytest.param({SUPPORTED: 1}, ((0, 0), (9, 0), (9, 0)), "void", "0", (), id="T_P is 0"),
        pytest.param(
            {SUPPORTED: 1}, ((0, 0, 7), (9, 0), (9, 0)), "void", "0", (), id="P only blank"
        ),
        pytest.param(
            {SUPPORTED: 5}, ((4, 0), (9, 0), (9, 0)), "void", "0", (), id="T_P below the floor"
        ),
        pytest.param(
            {SUPPORTED: 5}, ((5, 0), (0, 9), (0, 9)), "passed", "1", (), id="T_P at the floor"
        ),
        pytest.param(
            {SUPPORTED: 1},
            ((2, 1), (0, 9), (0, 0)),
            "lost",
            "85/100",
            (COMMUNITY,),
            id="an empty college lapses, 34 of 85",
        ),
        pytest.param(
            {SUPPORTED: 1},
            ((2, 1), (0, 0), (0, 9)),
            "passed",
            "66/100",
            (EMPLOYEES,),
            id="an empty college lapses, 34 of 66",
        ),
        pytest.param(
            {SUPPORTED: 1},
            ((2, 1), (0, 0, 5), (0, 0)),
            "passed",
            "51/100",
            (EMPLOYEES, COMMUNITY),
            id="only P is counted",
        ),
        pytest.param(
            {SUPPORTED: 1, EMPLOYEES: 10},
            ((2, 1), (0, 9), (9, 0)),
            "passed",
            "66/100",
            (EMPLOYEES,),
            id="below another's floor",
        ),
        pytest.param(
            {SUPPORTED: 1, EMPLOYEES: 10},
            ((2, 1), (0, 10), (0, 9)),
            "lost",
            "1",
            (),
            id="at another's floor",
        ),
        pytest.param({SUPPORTED: 1}, ((3, 3), (2, 2), (1, 1)), "tied", "1", (), id="tie"),
        pytest.param(
            {SUPPORTED: 1}, ((50, 1), (0, 9), (0, 9)), "tied", "1", (), id="tie of weights"
        ),
    ],
)
def test_edges(
    floors: dict[CollegeId, int],
    counts: tuple[tuple[int, int], ...],
    outcome: str,
    whole: str,
    lapsed: tuple[CollegeId, ...],
) -> None:
    result = count(make_charter(floors=floors), *counts)
    assert (result.outcome, result.counted_share) == (outcome, Fraction(whole))
    assert result.lapsed == lapsed


def test_a_void_contest_has_no_weights_at_all() -> None:
    result = count(make_charter(), (0, 0, 4), (9, 0), (9, 0))
    assert result.reasons == ("protected-college-inquorate",)
    assert result.total_for == result.total_against == 0
    assert {college.weight for college in result.colleges} == {None}
    assert {college.effective_share for college in result.colleges} == {0}
    assert [college.for_ for college in result.colleges] == [0, 9, 9]
    assert result.guarantee == GuaranteeCheck(
        protected=SUPPORTED,
        share=Fraction(51, 100),
        effective_share=Fraction(0),
        control=False,
        cohesion_needed=None,
        holds=False,
        reasons=("protected-college-inquorate",),
    )


def test_nothing_counted_anywhere_is_void_and_never_passed() -> None:
    charter = make_charter("1/3", "1/3", "1/3", protected=None, floors={})
    for motion in (make_motion(), make_motion("special")):
        result = count_motion(charter, motion, make_tallies((0, 0, 3), (0, 0), (0, 0)))
        assert (result.outcome, result.reasons) == ("void", ("nothing-counted",))
        assert result.guarantee.holds is True  # nothing was promised


def test_the_guarantee_is_checked_on_what_was_counted() -> None:
    # Without the community, 51 of 85: cohesion 5/6 is enough instead of 50/51.
    check = count(make_charter(), (5, 1), (0, 9), (0, 0)).guarantee
    assert check.effective_share == Fraction(51, 85)
    assert check.cohesion_needed == Fraction(5, 6)
    assert check.control is True
    special = count_motion(
        make_charter(), make_motion("special"), make_tallies((5, 0), (0, 9), (0, 9))
    )
    assert (special.guarantee.control, special.guarantee.cohesion_needed) == (False, None)
    assert special.guarantee.holds is True


def test_floors_make_one_more_for_able_to_lose_a_motion() -> None:
    """Why `floor-can-turn` is a warning: the fifth employee is For, and it is lost."""
    charter = make_charter(floors={SUPPORTED: 1, EMPLOYEES: 5})
    assert count(charter, (2, 1), (0, 4), (0, 0)).outcome == "passed"
    assert count(charter, (2, 1), (1, 4), (0, 0)).outcome == "lost"


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param((10, 5, 1, 2, 3), id="cast is too few"),
        pytest.param((10, 7, 1, 2, 3), id="cast is too many"),
        pytest.param((10, 4, -1, 2, 3), id="blank below 0"),
        pytest.param((10, 2, 1, -2, 3), id="For below 0"),
        pytest.param((10, 0, 1, 2, -3), id="Against below 0"),
        pytest.param((5, 6, 1, 2, 3), id="more than the roll"),
        pytest.param((1_000_000_001, 6, 1, 2, 3), id="more than can be"),
    ],
)
def test_refused_tallies(numbers: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(TallySumError) as error:
        CollegeTally(SUPPORTED, *numbers)
    assert error.value.college == SUPPORTED


def test_each_college_has_one_tally() -> None:
    charter, tallies = make_charter(), make_tallies((1, 0), (1, 0), (1, 0))
    with pytest.raises(MissingCollegeError) as missing:
        count_motion(charter, MOTION, tallies[:2])
    assert missing.value.college == COMMUNITY
    with pytest.raises(DuplicateCollegeError):
        count_motion(charter, MOTION, [*tallies, tallies[0]])
    with pytest.raises(UnknownCollegeError):
        count_motion(charter, MOTION, [*tallies, make_tally(CollegeId("board"), 1, 0)])


def test_what_enters_a_count_is_checked() -> None:
    tally = make_tally(SUPPORTED, 1, 0)
    for share in (Fraction(0), Fraction(101, 100)):
        with pytest.raises(CollegeSharesError):
            Row(tally, share, 1)
    with pytest.raises(FloorError):
        Row(tally, Fraction(1), 0)
    with pytest.raises(IdentifierError):
        Row(make_tally(CollegeId("Board"), 1, 0), Fraction(1), 1)
    with pytest.raises(IdentifierError):
        Question("", "ab" * 32, "ordinary", MORE_THAN_HALF, None)
    with pytest.raises(IdentifierError):
        Question("1", "", "ordinary", MORE_THAN_HALF, None)


# --- laws ---


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
