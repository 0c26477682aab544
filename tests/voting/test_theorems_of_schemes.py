"""T4, T5 and T6 of docs/rules/guarantee.md, tried by the counting itself.

They are on weights by the roll, whole colleges, and others who must agree as well.
"""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.voting.any_charters import (
    MEMBERS,
    MOTION,
    NUMBERS,
    OTHERS,
    Announced,
    Votes,
    announcements,
    poll,
    protecting_charters,
    rolls,
)
from tests.voting.examples import (
    EMPLOYEES,
    IDS,
    SUPPORTED,
    charters,
    make_charter,
    make_motion,
    make_roll_summary,
    make_tally,
)
from voting.charter.charter import Charter
from voting.charter.motion_rules import HeadCount, MotionRule
from voting.charter.thresholds import MORE_THAN_HALF, Threshold
from voting.counting.motion import CollegeTally, count_motion
from voting.guarantee import state_guarantee
from voting.members import CollegeId

# --- T4: weights by the roll ---


@given(charters(protected=False), st.data())
def test_t4_by_the_roll_a_majority_needs_the_turnout(charter: Charter, data: st.DataObject) -> None:
    charter = replace(charter, scheme="roll", ordinary=MotionRule(MORE_THAN_HALF))
    sizes = [data.draw(st.integers(0, MEMBERS)) for _ in charter.colleges]
    came = [data.draw(st.integers(0, size)) for size in sizes]
    statement = state_guarantee(charter, make_roll_summary(*sizes), MOTION)
    assert (statement.protected, statement.control, statement.veto) == (None, False, False)
    warned = [w.split(":") for w in statement.warnings if w.startswith("roll-turnout:")]
    for _, college, ratio in warned:
        place = IDS.index(CollegeId(college))
        result = count_motion(
            charter,
            MOTION,
            [
                CollegeTally(each.id, size, n, 0, *((n, 0) if each.id == college else (0, n)))
                for each, size, n in zip(charter.colleges, sizes, came, strict=True)
            ],
        )
        # The turnout of all others is that of each by its share; nobody cannot come.
        rest = [n for n, size in enumerate(sizes) if size and n != place]
        shares = [each.share for each in charter.colleges]
        others = sum(shares[n] * Fraction(came[n], sizes[n]) for n in rest)
        turnout = Fraction(came[place], sizes[place])
        enough = turnout > Fraction(ratio) * others / sum(shares[n] for n in rest)
        assert (result.colleges[place].effective_share > Fraction(1, 2)) is enough
        assert (result.outcome == "passed") is enough


def test_t4_the_ratio_of_51_and_what_comes_of_40_against_60() -> None:
    charter = make_charter("51/100", "49/100", protected=None, floors={}, scheme="roll")
    roll = make_roll_summary(100, 100)
    assert "roll-turnout:supported:49/51" in state_guarantee(charter, roll, MOTION).warnings
    tallies = [
        replace(make_tally(SUPPORTED, 40, 0), roll=100),
        replace(make_tally(EMPLOYEES, 0, 60), roll=100),
    ]
    result = count_motion(charter, MOTION, tallies)
    assert result.colleges[0].effective_share == Fraction(204, 498)
    assert result.outcome == "lost"


# --- T5: whole colleges ---


@given(charters(floors=3) | charters(floors=3, protected=False), st.data())
def test_t5_a_dictator_decides_and_nobody_else(charter: Charter, data: st.DataObject) -> None:
    charter = replace(charter, scheme="bloc")
    roll = data.draw(rolls(charter))
    votes = [data.draw(NUMBERS) for _ in charter.colleges]
    sizes = [size for _, size in roll.members]
    tallies = [
        make_tally(c.id, min(f, size), min(a, size - min(f, size)))
        for c, (f, a), size in zip(charter.colleges, votes, sizes, strict=True)
    ]
    warnings = state_guarantee(charter, roll, MOTION).warnings
    result = count_motion(charter, MOTION, tallies)
    for tally in tallies:
        if f"bloc-dictator:{tally.college}" in warnings:
            assume(tally.counted >= charter.floor(tally.college) and result.outcome != "void")
            assert (result.outcome == "passed") is (tally.for_ > tally.against)


# --- T6: agreements and head counts ---


@given(protecting_charters(), st.data(), NUMBERS, OTHERS)
def test_t6_conditions_only_take_away(
    charter: Charter, data: st.DataObject, first: tuple[int, int], others: Votes
) -> None:
    roll = data.draw(rolls(charter))
    free = MotionRule(charter.ordinary.threshold)
    without = replace(charter, ordinary=free, special=free)
    if poll(charter, roll, first, others) == "passed":
        assert poll(without, roll, first, others) == "passed"


@given(announcements(), OTHERS, NUMBERS)
def test_t6_who_must_agree_has_a_veto_and_leaves_no_control(
    announced: Announced, others: Votes, first: tuple[int, int]
) -> None:
    charter, roll, statement = announced
    for place, college in enumerate(charter.colleges[1:]):
        if college.id in charter.ordinary.agree and dict(roll.members)[college.id]:
            refusing = [*others]
            refusing[place] = (0, MEMBERS)
            assert poll(charter, roll, first, refusing) != "passed"
            assert f"concurrent-veto:{college.id}" in statement.warnings
            assert statement.control is False
            assert statement.veto is True


def test_t6_heads_can_stop_what_the_shares_would_pass() -> None:
    heads = MotionRule(MORE_THAN_HALF, heads=HeadCount(Threshold(Fraction(2, 3), strict=False)))
    charter = replace(make_charter("51/100", "49/100"), statutory={"amalgamation": heads})
    roll, motion = make_roll_summary(30, 60), make_motion("amalgamation")
    statement = state_guarantee(charter, roll, motion)
    assert (statement.control, statement.cohesion_needed, statement.veto) == (False, None, True)
    assert "head-count:amalgamation" in statement.warnings
    tallies = [make_tally(SUPPORTED, 10, 0), make_tally(EMPLOYEES, 0, 10)]
    result = count_motion(charter, motion, tallies)
    assert result.total_for == Fraction(51, 100)
    assert result.outcome == "lost"
