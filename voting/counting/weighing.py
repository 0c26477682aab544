"""Weighing: what the ballots of each college weigh, under every scheme and with its caps.

    turnout   a counted ballot weighs s_c / T_c: a college its share, whoever came
    roll      s_c / N_c, for N_c members on the roll: what stays away is lost
    none      1: one member, one vote
    seats     1, and only the ballots of one college are there: its reserved seats
    bloc      the whole s_c goes where most of the college goes; one ballot has no weight

Then the caps. A ballot weighs at most λ times one of the protected college; then a college
at most κ of the counted weight, that is κ/(1 - κ) of all others together. What is above a
cap lapses: it is given to nobody, so the part of everybody else only grows (T11).

Ω is what is left, the counted weight. What is not counted has no part of it.

Source: design 4, sections 1 to 3; docs/rules/colleges.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.caps import Cap, require_caps
from voting.charter.errors import (
    CapError,
    EqualSharesError,
    ProtectedSchemeError,
    ProtectedShareError,
)
from voting.charter.schemes import PROTECTING, CountScheme
from voting.counting.quorum import Entering, find_void, require_colleges
from voting.members import CollegeId

Parts = dict[CollegeId, Fraction]


@dataclass(frozen=True, slots=True)
class Weighting:
    """How ballots are weighed, apart from the ballots.

    Attributes:
        scheme: of the charter, or "seats" for the reserved seats of one college.
        protected: the protected college, if any.
        caps: at most one for each college.
    """

    scheme: CountScheme
    protected: CollegeId | None
    caps: tuple[Cap, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the ballots of one college weigh.

    Attributes:
        weight: of one counted ballot; None where the college is not counted, and with the
            scheme "bloc", which weighs no ballot by itself.
        part: of all its counted ballots together; 0 where it is not counted.
        effective_share: its part of the counted weight, from 0 to 1.
        capped: whether some of its weight lapsed by a cap.
    """

    weight: Fraction | None
    part: Fraction
    effective_share: Fraction
    capped: bool


@dataclass(frozen=True, slots=True)
class Weighing:
    """Who is counted, at what weight.

    Attributes:
        reasons: why the contest is void, if it is.
        colleges: in the order of the rows.
        total: Ω, the counted weight; 0 where the contest is void.
        lapsed: colleges that are not counted; none where the contest is void.
    """

    reasons: tuple[str, ...]
    colleges: tuple[Weighed, ...]
    total: Fraction
    lapsed: tuple[CollegeId, ...]


def weigh_colleges(weighting: Weighting, rows: Sequence[Entering]) -> Weighing:
    """Weigh the ballots of each college.

    Args:
        weighting: how.
        rows: the colleges whose ballots are counted, each once.
    """
    reasons = find_void(weighting.protected, rows)
    counted = [] if reasons else [row for row in rows if row.is_counted]
    full = {row.college: _find_part(weighting.scheme, row) for row in counted}
    parts = _cap_parts(weighting.caps, _cap_ballots(weighting, counted, full))
    total = sum(parts.values(), Fraction())
    if counted and not total:
        # Nobody came but a college that may not be more than a part of those who came.
        reasons, counted = ("nothing-counted",), []
    return Weighing(
        reasons=reasons,
        colleges=tuple(
            _describe(weighting.scheme, row, parts[row.college], full[row.college], total)
            if row in counted
            else Weighed(None, Fraction(), Fraction(), capped=False)
            for row in rows
        ),
        total=total,
        lapsed=tuple(row.college for row in rows if not reasons and row not in counted),
    )


def require_weighting(weighting: Weighting, rows: Sequence[Entering]) -> None:
    """Refuse colleges, and a weighting of them, that no charter can have.

    Raises:
        LimitError, DuplicateCollegeError, CollegeSharesError, UnknownCollegeError: they are
            too few or too many, one is there twice, their shares are not the whole, or one
            that is named is none of them.
        ProtectedShareError: the protected college has one half or less.
        EqualSharesError, ProtectedSchemeError, CapError: the scheme does not go with the
            shares, the protected college or the caps; or these are out of their order.
    """
    require_colleges(weighting.protected, rows)
    for row in rows:
        if row.college == weighting.protected and row.share <= Fraction(1, 2):
            raise ProtectedShareError(row.college, row.share)
    colleges = [row.college for row in rows]
    require_caps(
        weighting.caps,
        colleges=colleges,
        protected=weighting.protected,
        scheme=weighting.scheme,
    )
    places = [colleges.index(cap.college) for cap in weighting.caps]
    if places != sorted(places):
        raise CapError(weighting.caps[0].college, "order")
    shares = tuple(row.share for row in rows)
    if weighting.scheme == "none" and len(set(shares)) > 1:
        raise EqualSharesError(shares)
    # Where it is alone nobody can outvote it, and Scottish STV counts its ballots.
    if weighting.protected and weighting.scheme not in PROTECTING and len(rows) > 1:
        raise ProtectedSchemeError(weighting.protected, weighting.scheme)


def divide_bloc(part: Fraction, numbers: Sequence[int]) -> list[Fraction]:
    """What each option gets of the whole part of a college.

    Args:
        part: of the college.
        numbers: how many of its ballots are for each option, at least one of them for one.
    """
    most = max(numbers)
    # Level inside a college: none of them has more of it, so none gets more of its weight.
    return [part * (number == most) / numbers.count(most) for number in numbers]


def _find_part(scheme: CountScheme, row: Entering) -> Fraction:
    if scheme == "roll":
        return row.share * row.counted / row.roll
    if scheme in {"none", "seats"}:
        return Fraction(row.counted)
    return row.share


def _cap_ballots(
    weighting: Weighting, counted: Sequence[Entering], parts: Mapping[CollegeId, Fraction]
) -> Parts:
    capped = dict(parts)
    measure = next((row for row in counted if row.college == weighting.protected), None)
    most = {cap.college: cap.ballots for cap in weighting.caps if cap.ballots is not None}
    for row in counted:
        if measure is not None and row.college in most:
            one = parts[measure.college] / measure.counted
            capped[row.college] = min(parts[row.college], most[row.college] * one * row.counted)
    return capped


def _cap_parts(caps: Sequence[Cap], parts: Mapping[CollegeId, Fraction]) -> Parts:
    capped = dict(parts)
    for cap in caps:
        if cap.part is not None and cap.college in capped:
            others = sum(capped.values()) - capped[cap.college]
            most = cap.part / (1 - cap.part) * others
            capped[cap.college] = min(capped[cap.college], most)
    return capped


def _describe(
    scheme: CountScheme, row: Entering, part: Fraction, full: Fraction, total: Fraction
) -> Weighed:
    return Weighed(
        weight=None if scheme == "bloc" else part / row.counted,
        part=part,
        effective_share=part / total,
        capped=part < full,
    )
