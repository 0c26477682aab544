"""Weighing: every scheme and cap by hand, what cannot be, and laws."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.voting.counting.schemes import (
    cap_ballots,
    cap_part,
    make_capped,
    make_equal,
    scheme_polls,
    tally,
)
from tests.voting.examples import COMMUNITY, EMPLOYEES, SUPPORTED, make_charter
from voting.charter.charter import Charter
from voting.charter.errors import (
    CapError,
    CollegeSharesError,
    DuplicateCollegeError,
    EqualSharesError,
    ProtectedSchemeError,
    ProtectedShareError,
    UnknownCollegeError,
)
from voting.charter.schemes import SCHEMES, Scheme
from voting.counting.motion import CollegeTally, Row
from voting.counting.weighing import (
    Weighing,
    Weighting,
    divide_bloc,
    require_weighting,
    weigh_colleges,
)
from voting.errors import VotingError

Poll = tuple[Charter, list[CollegeTally]]


def weigh(charter: Charter, *tallies: CollegeTally) -> Weighing:
    rows = [Row(t, charter.college(t.college).share, charter.floor(t.college)) for t in tallies]
    weighting = Weighting(charter.scheme, charter.protected, charter.caps)
    require_weighting(weighting, rows)
    return weigh_colleges(weighting, rows)


def boxes(supported: int, employees: int, community: int) -> list[CollegeTally]:
    """So many ballots of each, from rolls of 10, 50 and 5."""
    return [
        tally(SUPPORTED, supported, 0, 10),
        tally(EMPLOYEES, employees, 0, 50),
        tally(COMMUNITY, community, 0, 5),
    ]


@pytest.mark.parametrize(
    ("scheme", "weights", "parts"),
    [
        # 51/100 of 4, 34/100 of 20, 15/100 of 1
        pytest.param(
            "turnout", ["51/400", "34/2000", "15/100"], ["51/100", "34/100", "15/100"], id="turnout"
        ),
        # 51/100 of 10, 34/100 of 50, 15/100 of 5: what stayed away is lost
        pytest.param(
            "roll", ["51/1000", "34/5000", "3/100"], ["204/1000", "136/1000", "3/100"], id="roll"
        ),
        pytest.param("bloc", [None, None, None], ["51/100", "34/100", "15/100"], id="bloc"),
    ],
)
def test_each_scheme(scheme: Scheme, weights: list[str | None], parts: list[str]) -> None:
    weighing = weigh(make_charter(protected=None, scheme=scheme), *boxes(4, 20, 1))
    found = [weighed.weight for weighed in weighing.colleges]
    assert found == [None if weight is None else Fraction(weight) for weight in weights]
    assert [weighed.part for weighed in weighing.colleges] == [*map(Fraction, parts)]
    assert weighing.total == sum(map(Fraction, parts))
    assert (weighing.reasons, weighing.lapsed) == ((), ())
    for weighed, part in zip(weighing.colleges, parts, strict=True):
        assert weighed.effective_share == Fraction(part) / weighing.total
        assert weighed.capped is False


def test_one_member_one_vote() -> None:
    weighing = weigh(make_equal("none"), *boxes(4, 20, 1))
    assert [weighed.weight for weighed in weighing.colleges] == [1, 1, 1]
    assert weighing.total == 25
    assert weighing.colleges[1].effective_share == Fraction(20, 25)


def test_reserved_seats_weigh_one_each() -> None:
    row = Row(tally(EMPLOYEES, 7, 2), Fraction(17, 50), 3)
    weighing = weigh_colleges(Weighting("seats", SUPPORTED), [row])
    (weighed,) = weighing.colleges
    assert weighed.weight == weighed.effective_share == 1
    assert weighing.total == 9
    below = weigh_colleges(Weighting("seats", SUPPORTED), [replace(row, floor=10)])
    assert below.reasons == ("nothing-counted",)
    own = replace(row, tally=tally(SUPPORTED, 0, 0))
    assert weigh_colleges(Weighting("seats", SUPPORTED), [own]).reasons == (
        "protected-college-inquorate",
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_college_below_its_floor_lapses_under_every_scheme(scheme: Scheme) -> None:
    charter = replace(make_equal(scheme), floors={EMPLOYEES: 21})
    for employees in (0, 20):
        weighing = weigh(charter, *boxes(4, employees, 1))
        weighed = weighing.colleges[1]
        assert weighing.lapsed == (EMPLOYEES,)
        assert weighed.weight is None
        assert weighed.part == weighed.effective_share == 0
        assert weighing.colleges[0].effective_share > 0
    assert weigh(charter, *boxes(0, 20, 0)).reasons == ("nothing-counted",)


# --- caps ---------------------------------------------------------------------------------


def test_a_ballot_weighs_at_most_so_many_of_the_protected_college() -> None:
    # One of P weighs 51/1000. One of the community would weigh 15/100; twice P's is 102/1000.
    weighing = weigh(make_capped(cap_ballots(COMMUNITY, "2")), *boxes(10, 20, 1))
    supported, employees, community = weighing.colleges
    assert (community.weight, community.capped) == (Fraction(102, 1000), True)
    assert (supported.capped, employees.capped) == (False, False)
    # What is above lapses: it goes to nobody, and Ω is less.
    assert weighing.total == Fraction(51 + 34, 100) + Fraction(102, 1000)
    assert supported.part == Fraction(51, 100)
    assert supported.effective_share > Fraction(51, 100)
    # With five ballots of the community each weighs 3/100: the cap takes nothing.
    assert weigh(make_capped(cap_ballots(COMMUNITY, "2")), *boxes(10, 20, 5)).total == 1


def test_a_college_weighs_at_most_a_part_of_all_that_counts() -> None:
    # One tenth of the votes cast: a ninth of the other 85/100.
    weighing = weigh(make_capped(cap_part(COMMUNITY, "1/10")), *boxes(4, 20, 2))
    community = weighing.colleges[2]
    assert (community.part, community.capped) == (Fraction(85, 900), True)
    assert community.effective_share == Fraction(1, 10)
    assert community.weight == Fraction(85, 1800)
    # The employees lapse: the part is of what is left.
    smaller = weigh(make_capped(cap_part(COMMUNITY, "1/10")), *boxes(4, 0, 2))
    assert smaller.colleges[2].part == Fraction(51, 900)
    assert smaller.total == Fraction(51, 90)


def test_both_caps_of_one_college_and_of_two() -> None:
    both = replace(cap_ballots(COMMUNITY, "1/2"), part=Fraction(1, 10))
    weighing = weigh(make_capped(both), *boxes(10, 20, 1))
    # Half of 51/1000 is less than a tenth of all.
    assert weighing.colleges[2].weight == Fraction(51, 2000)
    # Ballots first, and then the part of what those leave.
    two = make_capped(cap_ballots(EMPLOYEES, "1/10"), cap_part(COMMUNITY, "1/10"))
    weighing = weigh(two, *boxes(10, 20, 1))
    employees, community = weighing.colleges[1:]
    assert employees.part == 20 * Fraction(51, 10_000)
    assert community.part == (Fraction(51, 100) + employees.part) / 9
    assert (employees.capped, community.capped) == (True, True)


def test_a_cap_under_other_schemes() -> None:
    none = weigh(make_equal("none", caps=(cap_part(EMPLOYEES, "1/3"),)), *boxes(4, 20, 2))
    # Six others: three at most.
    assert none.colleges[1].part == 3
    assert none.colleges[1].weight == Fraction(3, 20)
    roll = weigh(make_equal("roll", caps=(cap_part(EMPLOYEES, "1/2"),)), *boxes(1, 50, 1))
    assert roll.colleges[1].part == Fraction(1, 30) + Fraction(1, 15)


def test_nobody_but_a_capped_college_came() -> None:
    """A part of all that counts cannot be all of it, so nothing counts."""
    charter = make_equal("turnout", caps=(cap_part(COMMUNITY, "1/10"),))
    weighing = weigh(charter, *boxes(0, 0, 3))
    assert (weighing.reasons, weighing.lapsed) == (("nothing-counted",), ())
    assert weighing.total == 0
    assert {weighed.weight for weighed in weighing.colleges} == {None}


def test_a_void_contest_weighs_nothing() -> None:
    weighing = weigh(make_capped(cap_ballots(COMMUNITY, "2")), *boxes(0, 20, 1))
    assert weighing.reasons == ("protected-college-inquorate",)
    assert {weighed.part for weighed in weighing.colleges} == {0}
    assert weighing.total == 0
    assert weighing.lapsed == ()


def test_a_bloc_is_divided_among_those_that_are_level() -> None:
    assert divide_bloc(Fraction(1, 2), [1, 3, 2]) == [0, Fraction(1, 2), 0]
    assert divide_bloc(Fraction(1, 2), [3, 0, 3]) == [Fraction(1, 4), 0, Fraction(1, 4)]


# --- what no charter can have -------------------------------------------------------------

THREE = [(SUPPORTED, "1/2"), (EMPLOYEES, "3/10"), (COMMUNITY, "1/5")]
MORE = [(SUPPORTED, "3/5"), (EMPLOYEES, "1/5"), (COMMUNITY, "1/5")]


@pytest.mark.parametrize(
    ("weighting", "shares", "error"),
    [
        pytest.param(
            Weighting("turnout", None, (cap_part(COMMUNITY, "1/9"),)),
            THREE[:2],
            CollegeSharesError,
            id="shares",
        ),
        pytest.param(
            Weighting("turnout", None, (cap_part(COMMUNITY, "1/9"),)),
            [(SUPPORTED, "1")],
            UnknownCollegeError,
            id="the cap of a stranger",
        ),
        pytest.param(
            Weighting("roll", None, (cap_part(COMMUNITY, "1/9"),) * 2),
            THREE,
            DuplicateCollegeError,
            id="two caps",
        ),
        pytest.param(
            Weighting("roll", None, (cap_ballots(COMMUNITY, "2"),)), THREE, CapError, id="ballots"
        ),
        pytest.param(
            Weighting("bloc", None, (cap_part(COMMUNITY, "1/9"),)), THREE, CapError, id="bloc"
        ),
        pytest.param(
            Weighting("seats", None, (cap_part(COMMUNITY, "1/9"),)), THREE, CapError, id="seats"
        ),
        pytest.param(Weighting("none", None), THREE, EqualSharesError, id="unequal"),
        pytest.param(Weighting("roll", SUPPORTED), MORE, ProtectedSchemeError, id="protected"),
        pytest.param(Weighting("turnout", SUPPORTED), THREE, ProtectedShareError, id="half"),
        pytest.param(
            Weighting(
                "turnout", SUPPORTED, (cap_part(COMMUNITY, "1/9"), cap_ballots(EMPLOYEES, "1"))
            ),
            MORE,
            CapError,
            id="caps out of order",
        ),
    ],
)
def test_what_no_charter_can_have(
    weighting: Weighting, shares: list[Any], error: type[VotingError]
) -> None:
    rows = [Row(tally(college, 1, 0), Fraction(share), 1) for college, share in shares]
    with pytest.raises(error):
        require_weighting(weighting, rows)


def test_alone_a_protected_college_can_count_one_each() -> None:
    row = Row(tally(SUPPORTED, 1, 0), Fraction(1), 1)
    require_weighting(Weighting("none", SUPPORTED), [row])


# --- laws ---------------------------------------------------------------------------------


@settings(max_examples=80)
@given(scheme_polls(("turnout",)))
def test_t1_with_any_caps_and_lapses(poll: Poll) -> None:
    charter, tallies = poll
    weighing = weigh(charter, *tallies)
    assume(charter.protected is not None and not weighing.reasons)
    supported = weighing.colleges[0]
    assert supported.part == charter.colleges[0].share
    assert supported.effective_share >= charter.colleges[0].share > Fraction(1, 2)


@settings(max_examples=80)
@given(scheme_polls())
def test_t11_caps_are_never_exceeded_and_lower_nobody_else(poll: Poll) -> None:
    charter, tallies = poll
    weighing = weigh(charter, *tallies)
    assume(not weighing.reasons)
    free = weigh(replace(charter, caps=()), *tallies)
    for college, capped, full in zip(
        charter.colleges, weighing.colleges, free.colleges, strict=True
    ):
        cap = charter.cap(college.id)
        assert capped.capped is (capped.part < full.part)
        if cap is None:
            assert capped.part == full.part
            assert capped.effective_share >= full.effective_share
            continue
        if cap.part is not None:
            assert capped.effective_share <= cap.part
        if cap.ballots is not None and capped.weight is not None:
            assert weighing.colleges[0].weight is not None
            assert capped.weight <= cap.ballots * weighing.colleges[0].weight


@settings(max_examples=80)
@given(scheme_polls())
def test_conservation(poll: Poll) -> None:
    charter, tallies = poll
    weighing = weigh(charter, *tallies)
    assert sum(weighed.part for weighed in weighing.colleges) == weighing.total
    effective = sum(weighed.effective_share for weighed in weighing.colleges)
    assert effective == (0 if weighing.reasons else 1)
    for weighed, given_ in zip(weighing.colleges, tallies, strict=True):
        if weighed.weight is not None:
            assert weighed.weight * given_.counted == weighed.part
    if charter.scheme != "none":
        assert weighing.total <= 1


@settings(max_examples=60)
@given(scheme_polls(("turnout", "bloc")), st.integers(2, 5), st.integers(0, 2))
def test_the_turnout_of_a_college_is_irrelevant(poll: Poll, times: int, place: int) -> None:
    charter, tallies = poll
    charter = replace(charter, caps=tuple(c for c in charter.caps if c.ballots is None))
    one = tallies[place]
    assume(one.counted >= charter.floor(one.college))
    larger = tally(one.college, one.for_ * times, one.against * times)
    before = weigh(charter, *tallies)
    after = weigh(charter, *[larger if t is one else t for t in tallies])
    assert [each.part for each in before.colleges] == [each.part for each in after.colleges]


@settings(max_examples=60)
@given(scheme_polls(("turnout",)))
def test_turnout_is_one_member_one_vote_where_turnouts_are_as_the_shares(poll: Poll) -> None:
    """A college's share divided among its ballots: proportional bloc, whoever came."""
    charter, _ = poll
    scale = max(college.share.denominator for college in charter.colleges)
    tallies = [tally(c.id, int(c.share * scale), 0) for c in charter.colleges]
    assume(all(t.counted >= charter.floor(t.college) for t in tallies))
    assume(sum(t.counted for t in tallies) == scale)
    weighing = weigh(replace(charter, caps=()), *tallies)
    assert {weighed.weight for weighed in weighing.colleges} == {Fraction(1, scale)}


@settings(max_examples=60)
@given(scheme_polls(), st.integers(2, 6))
def test_scale_is_irrelevant(poll: Poll, times: int) -> None:
    """As many times of everybody, on the rolls and in the boxes, weigh the same parts."""
    charter, tallies = poll
    charter = replace(charter, floors=dict.fromkeys(charter.floors, 1))
    larger = [tally(t.college, t.for_ * times, t.against * times, t.roll * times) for t in tallies]
    before, after = weigh(charter, *tallies), weigh(charter, *larger)
    assert before.lapsed == after.lapsed
    assert before.reasons == after.reasons
    assert [each.effective_share for each in before.colleges] == [
        each.effective_share for each in after.colleges
    ]


@settings(max_examples=60)
@given(scheme_polls(), st.integers(0, 2))
def test_a_college_where_nobody_chose_lapses_or_voids(poll: Poll, place: int) -> None:
    charter, tallies = poll
    charter = replace(charter, caps=())
    empty = replace(tallies[place], for_=0, against=0, cast=tallies[place].blank)
    before = weigh(charter, *tallies)
    after = weigh(charter, *[*tallies[:place], empty, *tallies[place + 1 :]])
    if empty.college == charter.protected:
        assert after.reasons == ("protected-college-inquorate",)
        return
    assert after.colleges[place].part == 0
    assert after.reasons or empty.college in after.lapsed
    if not before.reasons and not after.reasons:
        others = [each for each in range(3) if each != place]
        assert [before.colleges[each].part for each in others] == [
            after.colleges[each].part for each in others
        ]
