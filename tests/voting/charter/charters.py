"""Charters of every kind, with every field: a strategy."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from voting.charter.caps import Cap
from voting.charter.charter import MAX_COUNCIL, Charter, Statute, count_majority_seats
from voting.charter.colleges import College
from voting.charter.motion_rules import STATUTORY, HeadCount, MotionRule, Rule
from voting.charter.schemes import SCHEMES, Scheme
from voting.charter.thresholds import Threshold
from voting.members import CollegeId, Language

LINES = st.from_regex(r"[A-Za-zŵŷâô](['A-Za-zŵŷâô -]{0,20}[a-zŵŷ])?", fullmatch=True)
NAMES: st.SearchStrategy[dict[Language, str]] = st.fixed_dictionaries({"en": LINES, "cy": LINES})
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,7}", fullmatch=True)  # too short for "associate"
PARTS = st.integers(1, 60)


@st.composite
def any_thresholds(draw: st.DrawFn, least: Threshold | None = None) -> Threshold:
    """One that is no easier than the least."""
    least = least or Threshold(Fraction(1, 2), strict=True)
    share = draw(st.fractions(least.share, 1, max_denominator=1000))
    if share == least.share:
        return least
    return Threshold(share, strict=share != 1 and draw(st.booleans()))


@st.composite
def any_heads(draw: st.DrawFn, least: HeadCount | None = None) -> HeadCount:
    turnout = draw(st.fractions(least.turnout if least else 0, 1, max_denominator=1000))
    return HeadCount(draw(any_thresholds(least.threshold if least else None)), turnout)


@st.composite
def any_rules(
    draw: st.DrawFn, ids: Sequence[CollegeId], least: Threshold | None, heads: HeadCount | None
) -> MotionRule:
    agreeing = draw(st.lists(st.sampled_from(ids), unique=True))
    counted = draw(any_heads(heads) if heads else st.none() | any_heads())
    return MotionRule(
        draw(any_thresholds(least)),
        {college: draw(any_thresholds()) for college in agreeing},
        counted,
    )


@st.composite
def any_charters(draw: st.DrawFn) -> Charter:
    """A charter, each of whose fields may say whatever it may."""
    scheme = draw(st.sampled_from(SCHEMES))
    statute: Statute | None = draw(st.sampled_from((None, None, "scic")))
    ids = [CollegeId(one) for one in draw(_any_ids(statute))]
    shares = draw(_any_shares(len(ids), scheme, statute))
    colleges = tuple(
        College(college, draw(NAMES), share) for college, share in zip(ids, shares, strict=True)
    )
    largest = max(colleges, key=lambda college: college.share)
    protects = scheme in {"turnout", "bloc"} and largest.share > Fraction(1, 2)
    protected = largest.id if protects and draw(st.booleans()) else None
    floored = draw(st.lists(st.sampled_from(ids), unique=True))
    floors = {college: draw(st.integers(1, 1_000_000)) for college in floored}
    if protected is not None:
        floors.setdefault(protected, draw(st.integers(1, 99)))
    ordinary = draw(any_rules(ids, None, None))
    held: list[Rule] = draw(st.lists(st.sampled_from(list(STATUTORY)), unique=True))
    return Charter(
        name=draw(NAMES),
        colleges=colleges,
        protected=protected,
        floors=floors,
        scheme=scheme,
        ordinary=ordinary,
        special=draw(any_rules(ids, ordinary.threshold, None)),
        statutory={rule: draw(any_rules(ids, None, STATUTORY[rule])) for rule in held},
        caps=draw(_any_caps(ids, scheme, protected)),
        council=draw(_any_councils(ids, protected)),
        statute=statute,
    )


def _any_ids(statute: Statute | None) -> st.SearchStrategy[list[str]]:
    return st.lists(IDS, min_size=3 if statute else 1, max_size=5, unique=True)


@st.composite
def _any_shares(
    draw: st.DrawFn, number: int, scheme: Scheme, statute: Statute | None
) -> list[Fraction]:
    if scheme == "none":
        return [Fraction(1, number)] * number
    if statute:
        # Of parts from 6 to 9 none is below a tenth of five, nor above a half of three.
        parts = draw(st.lists(st.integers(6, 9), min_size=number, max_size=number))
    else:
        parts = draw(st.lists(PARTS, min_size=number, max_size=number))
    return [Fraction(part, sum(parts)) for part in parts]


@st.composite
def _any_caps(
    draw: st.DrawFn, ids: Sequence[CollegeId], scheme: Scheme, protected: CollegeId | None
) -> tuple[Cap, ...]:
    others = [college for college in ids if college != protected]
    if scheme == "bloc" or not others or len(ids) == 1:
        return ()
    limited = draw(st.none() | st.sampled_from(others))
    weighed: list[CollegeId] = []
    if protected is not None:
        weighed = draw(st.lists(st.sampled_from(others), unique=True))
    caps: list[Cap] = []
    for college in others:
        found: dict[str, Any] = {}
        if college == limited:
            found["part"] = draw(
                st.fractions(Fraction(1, 100), Fraction(1, 2), max_denominator=100)
            )
        if college in weighed:
            found["ballots"] = draw(st.fractions(Fraction(1, 100), 1000, max_denominator=100))
        if found:
            caps.append(Cap(college, **found))
    return tuple(draw(st.permutations(caps)))


@st.composite
def _any_councils(
    draw: st.DrawFn, ids: Sequence[CollegeId], protected: CollegeId | None
) -> dict[CollegeId, int]:
    chosen = draw(st.lists(st.sampled_from(ids), unique=True))
    council = {college: draw(st.integers(1, 9)) for college in chosen}
    if council and protected is not None:
        others = sum(seats for college, seats in council.items() if college != protected)
        least = next(own for own in range(MAX_COUNCIL) if own >= count_majority_seats(own + others))
        council[protected] = max(least, council.get(protected, 1))
    return council
