"""T1, T2 and T11 of docs/rules/guarantee.md, tried by the counting itself.

T4 to T6 are in test_theorems_of_schemes.py, those on councils and choices among options in
test_theorems_of_options.py; the examples against what is not guaranteed are in
counting/test_counterexamples.py.
"""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.voting.any_charters import (
    ALL_AGAINST,
    ALL_FOR,
    MEMBERS,
    MOTION,
    NUMBERS,
    OTHERS,
    TIMES,
    Announced,
    Votes,
    announcements,
    capped_charters,
    make_votes,
    poll,
    rolls,
)
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    IDS,
    SUPPORTED,
    charters,
    make_charter,
    make_motion,
    make_roll_summary,
    make_tally,
    thresholds,
)
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.schemes import Scheme
from voting.charter.thresholds import Threshold
from voting.counting.motion import MotionResult, count_motion
from voting.guarantee import state_guarantee

CAPPED: tuple[Scheme, ...] = ("turnout", "roll", "none")


def reaches(part: Fraction, needed: Fraction, *, strict: bool) -> bool:
    return part > needed if strict else part >= needed


def is_exact(charter: Charter, chosen: int, floor: int) -> bool:
    """A cap on ballots leaves the others most where the fewest of P choose: then only."""
    return chosen == floor or all(cap.ballots is None for cap in charter.caps)


# --- T1, T11: what P's part is ---


@given(capped_charters(), st.data(), OTHERS, OTHERS)
def test_t1_the_part_does_not_depend_on_turnout(
    charter: Charter, data: st.DataObject, one: Votes, other: Votes
) -> None:
    charter = replace(charter, caps=())
    roll = data.draw(rolls(charter))
    least = charter.floor(SUPPORTED)
    chosen = st.integers(least, MEMBERS).flatmap(
        lambda n: st.integers(0, n).map(lambda for_: (for_, n - for_))
    )
    results = [
        count_motion(charter, MOTION, make_votes(roll, data.draw(chosen), votes))
        for votes in (one, other)
    ]
    assume(results[0].lapsed == results[1].lapsed)
    parts = [weigh_again(result) for result in results]
    assert parts[0] == parts[1] >= charter.colleges[0].share > Fraction(1, 2)


def weigh_again(result: MotionResult) -> Fraction:
    """The part of P: its ballots, one by one, among all that weigh anything."""
    weights = [(c.weight or Fraction()) * c.counted for c in result.colleges]
    return weights[0] / sum(weights, Fraction())


@given(capped_charters(), st.data(), NUMBERS, OTHERS)
def test_t11_caps_and_lapses_never_lower_the_part(
    charter: Charter, data: st.DataObject, first: tuple[int, int], others: Votes
) -> None:
    roll = data.draw(rolls(charter))
    assume(sum(first) >= charter.floor(SUPPORTED))
    tallies = make_votes(roll, first, others)
    plain = replace(charter, caps=(), floors={SUPPORTED: charter.floor(SUPPORTED)})
    before, after = (count_motion(each, MOTION, tallies) for each in (plain, charter))
    assert weigh_again(after) >= weigh_again(before) >= charter.colleges[0].share
    assert after.counted_share <= state_guarantee(charter, roll, MOTION).possible_share
    for cap in charter.caps:
        capped = next(c for c in after.colleges if c.id == cap.college)
        if capped.weight is not None and cap.ballots is not None:
            assert capped.weight <= cap.ballots * (after.colleges[0].weight or 0)


@given(
    charters(floors=3, protected=False),
    st.lists(NUMBERS, min_size=3, max_size=3),
    st.fractions(Fraction(1, 30), Fraction(1, 2), max_denominator=30),
    st.sampled_from(CAPPED),
    st.integers(0, 2),
)
def test_t11_a_cap_on_a_part_is_never_exceeded(
    charter: Charter, votes: Votes, part: Fraction, scheme: Scheme, place: int
) -> None:
    number = len(charter.colleges)
    assume(1 < number > place)
    shares = [str(Fraction(1, number))] * number
    even = make_charter(*shares, protected=None, floors=dict(charter.floors))
    capped = charter.colleges[place].id
    charter = replace(
        even if scheme == "none" else charter, scheme=scheme, caps=(Cap(capped, part=part),)
    )
    tallies = [make_tally(c, *each) for c, each in zip(IDS[:number], votes, strict=False)]
    result = count_motion(charter, MOTION, tallies)
    assert result.colleges[place].effective_share <= part


def test_t11_a_cap_can_turn_a_motion() -> None:
    """One more of P For, and it is lost: the example of docs/rules/guarantee.md."""
    charter = replace(
        make_charter("51/100", "20/100", "29/100"), caps=(Cap(COMMUNITY, ballots=Fraction(1)),)
    )
    special = make_motion("special")
    for of_p, outcome in ((5, "passed"), (6, "lost")):
        tallies = [
            make_tally(SUPPORTED, of_p, 0),
            make_tally(EMPLOYEES, 0, 4),
            make_tally(COMMUNITY, 1, 0),
        ]
        assert count_motion(charter, special, tallies).outcome == outcome
    roll = make_roll_summary(30, 40, 20)
    assert "cap-can-turn:community" in state_guarantee(charter, roll, special).warnings


# --- T2: what P can bring about or stop, alone ---


@given(announcements(), OTHERS, st.data())
def test_t2_control_is_kept_however_the_others_vote(
    announced: Announced, others: Votes, data: st.DataObject
) -> None:
    charter, roll, statement = announced
    assume(statement.control)
    united = data.draw(st.integers(statement.floor, roll.members[0][1]))
    assert poll(charter, roll, (united, 0), others) == "passed"


@given(announcements())
def test_t2_without_control_all_others_can_stop_it(announced: Announced) -> None:
    charter, roll, statement = announced
    # Of heads nothing is claimed: P's may be so many that they are enough.
    assume(not statement.control and charter.ordinary.heads is None)
    assert poll(charter, roll, (statement.floor, 0), ALL_AGAINST) != "passed"


@given(
    st.fractions(Fraction(51, 100), Fraction(80, 100), max_denominator=100),
    thresholds(),
    TIMES,
    st.integers(4, MEMBERS),
    st.integers(0, MEMBERS),
)
def test_t2_control_where_capped_ballots_cannot_be_many(
    share: Fraction, threshold: Threshold, times: Fraction, floor: int, others: int
) -> None:
    charter = make_charter(
        *(str(share), str(1 - share)),
        floors={SUPPORTED: floor},
        ordinary=threshold,
        special=threshold,
    )
    charter = replace(charter, caps=(Cap(EMPLOYEES, ballots=times),))
    roll = make_roll_summary(MEMBERS, others)
    # The fewest of P against all others: nobody can make it harder.
    passed = poll(charter, roll, (floor, 0), ALL_AGAINST) == "passed"
    assert state_guarantee(charter, roll, MOTION).control is passed


@given(announcements(), OTHERS, st.data())
def test_t2_a_veto_is_kept_however_the_others_vote(
    announced: Announced, others: Votes, data: st.DataObject
) -> None:
    charter, roll, statement = announced
    united = data.draw(st.integers(0, roll.members[0][1]))
    assert statement.veto  # a majority always has one
    assert poll(charter, roll, (0, united), others) != "passed"


@given(announcements(), OTHERS, NUMBERS)
def test_t2_the_cohesion_needed_is_exactly_needed(
    announced: Announced, others: Votes, first: tuple[int, int]
) -> None:
    charter, roll, statement = announced
    assume(statement.cohesion_needed is not None and sum(first) >= statement.floor)
    assert statement.cohesion_needed is not None
    part = Fraction(first[0], sum(first))
    enough = reaches(part, statement.cohesion_needed, strict=statement.cohesion_strict)
    if enough:
        assert poll(charter, roll, first, others) == "passed"
    elif is_exact(charter, sum(first), statement.floor):
        assert poll(charter, roll, first, ALL_AGAINST) != "passed"


@given(announcements(), OTHERS, NUMBERS)
def test_t2_the_part_that_blocks_is_exactly_needed(
    announced: Announced, others: Votes, first: tuple[int, int]
) -> None:
    charter, roll, statement = announced
    assume(sum(first) >= statement.floor)
    assert statement.blocking_needed is not None
    part = Fraction(first[1], sum(first))
    enough = reaches(part, statement.blocking_needed, strict=statement.blocking_strict)
    if enough:
        assert poll(charter, roll, first, others) != "passed"
    elif is_exact(charter, sum(first), statement.floor) and charter.ordinary.heads is None:
        assert poll(charter, roll, first, ALL_FOR) == "passed"


@given(announcements(), st.integers(1, 40))
def test_t2_on_the_very_edge_of_both_bounds(announced: Announced, times: int) -> None:
    """Exactly at the bound: enough where it need not be more, else not."""
    charter, roll, statement = announced
    assume(all(cap.ballots is None for cap in charter.caps) and charter.ordinary.heads is None)
    for needed, strict, others in (
        (statement.cohesion_needed, statement.cohesion_strict, ALL_AGAINST),
        (statement.blocking_needed, statement.blocking_strict, ALL_FOR),
    ):
        if needed is None or needed.denominator * times < statement.floor:
            continue
        some = needed.numerator * times
        rest = (needed.denominator - needed.numerator) * times
        votes = (some, rest) if others is ALL_AGAINST else (rest, some)
        passed = poll(charter, roll, votes, others) == "passed"
        assert passed is (strict is (others is ALL_FOR))
