"""Charters of every scheme, with caps, agreements and head counts, and elections under them."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st

from tests.voting.examples import charters, make_motion, make_roll_summary, thresholds
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.motion_rules import HeadCount, MotionRule
from voting.charter.schemes import Scheme
from voting.counting.motion import CollegeTally, count_motion
from voting.guarantee import GuaranteeStatement, state_guarantee
from voting.members import CollegeId
from voting.roll import RollSummary

Votes = list[tuple[int, int]]
"""For and Against of each college, in the charter's order."""

Announced = tuple[Charter, RollSummary, GuaranteeStatement]

MOTION = make_motion()

MEMBERS = 9
ALL_FOR = [(MEMBERS, 0)] * 2
ALL_AGAINST = [(0, MEMBERS)] * 2
NUMBERS = st.tuples(st.integers(0, MEMBERS), st.integers(0, MEMBERS))
OTHERS = st.lists(NUMBERS, min_size=2, max_size=2)
PARTS = st.fractions(Fraction(1, 30), Fraction(1, 2), max_denominator=30)
TIMES = st.fractions(Fraction(1, 4), Fraction(4), max_denominator=4)


@st.composite
def capped_charters(draw: st.DrawFn) -> Charter:
    """With the scheme turnout, a protected college, and caps on some others."""
    charter = draw(charters(floors=4))
    caps: list[Cap] = []
    for college in charter.colleges[1:]:
        ballots = draw(st.none() | TIMES)
        limited = any(cap.part is not None for cap in caps)
        part = None if limited else draw(st.none() | PARTS)
        if ballots is not None or part is not None:
            caps.append(Cap(college.id, ballots, part))
    return replace(charter, caps=tuple(caps))


@st.composite
def protecting_charters(draw: st.DrawFn) -> Charter:
    """With a protected college: capped or whole colleges, others that must agree, heads."""
    scheme: Scheme = draw(st.sampled_from(["turnout", "turnout", "bloc"]))
    charter = draw(capped_charters())
    if scheme == "bloc":
        charter = replace(charter, scheme=scheme, caps=())
    agreeing = draw(st.sets(st.sampled_from([college.id for college in charter.colleges])))
    rule = MotionRule(
        charter.ordinary.threshold,
        agree={c.id: draw(thresholds()) for c in charter.colleges if c.id in agreeing},
        heads=draw(st.none() | st.builds(HeadCount, thresholds())),
    )
    simple = draw(st.booleans())
    return charter if simple else replace(charter, ordinary=rule, special=rule)


@st.composite
def rolls(draw: st.DrawFn, charter: Charter) -> RollSummary:
    """Up to 9 members in each college, of the protected one enough for its floor."""
    return make_roll_summary(
        *(
            draw(st.integers(charter.floor(c.id) if c.id == charter.protected else 0, MEMBERS))
            for c in charter.colleges
        )
    )


def make_votes(roll: RollSummary, first: tuple[int, int], others: Votes) -> list[CollegeTally]:
    """The tallies; those of the others are cut to their rolls."""
    (college, size), *rest = roll.members
    tallies = [_tally(college, max(size, sum(first)), *first)]
    for (each, members), (for_, against) in zip(rest, others, strict=False):
        most = min(for_, members)
        tallies.append(_tally(each, members, most, min(against, members - most)))
    return tallies


def _tally(college: CollegeId, roll: int, for_: int, against: int) -> CollegeTally:
    return CollegeTally(college, roll, for_ + against, 0, for_, against)


def poll(charter: Charter, roll: RollSummary, first: tuple[int, int], others: Votes) -> str:
    return count_motion(charter, MOTION, make_votes(roll, first, others)).outcome


@st.composite
def announcements(draw: st.DrawFn) -> Announced:
    """Every kind of motion that may be announced."""
    charter = draw(protecting_charters())
    roll = draw(rolls(charter))
    statement = state_guarantee(charter, roll, MOTION)
    assume(statement.holds)
    return charter, roll, statement
