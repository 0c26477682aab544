"""Charters of every scheme with floors and caps, made up and drawn."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from tests.voting.counting.boxes import Vote, parts
from tests.voting.examples import (
    COMMUNITY,
    EMPLOYEES,
    SUPPORTED,
    make_charter,
    make_choice,
    thresholds,
)
from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.motion_rules import HeadCount, MotionRule
from voting.charter.schemes import SCHEMES, Scheme
from voting.charter.thresholds import MORE_THAN_HALF, Threshold
from voting.counting.motion import CollegeTally
from voting.members import CollegeId
from voting.option_contests import METHODS, Method

EQUAL = ("1/3", "1/3", "1/3")


def make_equal(scheme: Scheme, *, caps: tuple[Cap, ...] = ()) -> Charter:
    """Three colleges of one third each; nobody is protected."""
    charter = make_charter(*EQUAL, protected=None, floors={}, scheme=scheme)
    return replace(charter, caps=caps)


def make_capped(*caps: Cap) -> Charter:
    """The charter of the examples, with these caps."""
    return replace(make_charter(), caps=caps)


def cap_part(college: CollegeId, part: str) -> Cap:
    return Cap(college, part=Fraction(part))


def cap_ballots(college: CollegeId, times: str) -> Cap:
    return Cap(college, ballots=Fraction(times))


def make_rule(
    threshold: Threshold = MORE_THAN_HALF,
    *agree: CollegeId,
    heads: HeadCount | None = None,
) -> MotionRule:
    """A rule for which these colleges must agree by more than half of their own."""
    return MotionRule(threshold, dict.fromkeys(agree, MORE_THAN_HALF), heads)


def tally(college: CollegeId, for_: int, against: int, roll: int | None = None) -> CollegeTally:
    cast = for_ + against
    return CollegeTally(college, cast if roll is None else roll, cast, 0, for_, against)


@st.composite
def caps(draw: st.DrawFn, scheme: Scheme, *, protected: bool) -> tuple[Cap, ...]:
    """Caps that such a charter can have on employees and community."""
    if scheme == "bloc":
        return ()
    number = st.fractions(Fraction(1, 20), Fraction(3), max_denominator=20)
    part = st.fractions(Fraction(1, 20), Fraction(1, 2), max_denominator=20)
    limited = draw(st.sampled_from([None, EMPLOYEES, COMMUNITY]))
    drawn: list[Cap] = []
    for college in (EMPLOYEES, COMMUNITY):
        ballots = draw(st.none() | number) if protected and scheme == "turnout" else None
        whole = draw(part) if college == limited else None
        if ballots is not None or whole is not None:
            drawn.append(Cap(college, ballots, whole))
    return tuple(drawn)


@st.composite
def scheme_charters(draw: st.DrawFn, schemes: tuple[Scheme, ...] = SCHEMES) -> Charter:
    """Three colleges, of any scheme, with floors, caps and any rule for ordinary motions."""
    scheme = draw(st.sampled_from(schemes))
    protected = scheme in {"turnout", "bloc"} and draw(st.booleans())
    if scheme == "none":
        shares = [Fraction(1, 3)] * 3
    else:
        parts = [draw(st.integers(1, 20)) for _ in range(3)]
        parts[0] += sum(parts) if protected else 0
        shares = [Fraction(part, sum(parts)) for part in parts]
    charter = make_charter(
        *map(str, shares),
        protected=SUPPORTED if protected else None,
        floors={SUPPORTED: draw(st.integers(1, 3)), EMPLOYEES: draw(st.integers(1, 3))},
        scheme=scheme,
    )
    rule = MotionRule(
        draw(thresholds()),
        draw(st.dictionaries(st.sampled_from([SUPPORTED, COMMUNITY]), thresholds())),
        draw(st.none() | st.builds(HeadCount, thresholds(), st.just(Fraction(1, 3)))),
    )
    return replace(
        charter,
        caps=draw(caps(scheme, protected=protected)),
        ordinary=rule,
        special=MotionRule(Threshold(Fraction(1), strict=False)),
    )


@st.composite
def scheme_polls(
    draw: st.DrawFn, schemes: tuple[Scheme, ...] = SCHEMES
) -> tuple[Charter, list[CollegeTally]]:
    """Such a charter, and what its members voted."""
    charter = draw(scheme_charters(schemes))
    number = st.integers(0, 9)
    tallies: list[CollegeTally] = []
    for college in charter.colleges:
        for_, against, blank = draw(number), draw(number), draw(number)
        cast = for_ + against + blank
        roll = cast + draw(number)
        tallies.append(CollegeTally(college.id, roll, cast, blank, for_, against))
    return charter, tallies


@st.composite
def scheme_votes(draw: st.DrawFn) -> Vote:
    """A charter of any scheme, a contest that it can count, and what every box gave."""
    charter = draw(scheme_charters())
    methods: list[Method] = [
        method
        for method in METHODS
        if (charter.scheme != "bloc" and method != "stv-scottish")
        or method == "plurality"
        or (charter.scheme == "none" and not charter.caps)
    ]
    method: Method = draw(st.sampled_from(methods))
    contest = make_choice(method, options=draw(st.integers(3, 5)))
    return charter, contest, [draw(parts(contest, college.id)) for college in charter.colleges]
