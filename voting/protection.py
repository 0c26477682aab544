"""Protection: what is the same for every contest of an election under one charter and roll.

The share of the protected college P, the largest Ω that can be counted, why nothing can be
promised where that is so, and what the officer is warned of. In the contest of one college's
reserved seats that college has all of the vote, and no other any.

Source: design 4, sections 2 and 3; docs/rules/guarantee.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.caps import Cap
from voting.charter.charter import Charter
from voting.charter.colleges import College
from voting.charter.errors import MissingCollegeError
from voting.charter.thresholds import Threshold
from voting.contests import Contest
from voting.members import CollegeId
from voting.roll import RollSummary

SMALL_COLLEGE = 20


@dataclass(frozen=True, slots=True)
class Protection:
    """What charter and roll say of the protected college.

    Attributes:
        protected: None where the charter protects no college.
        share: s_P, its share in the charter (0 without one, and in the contest of the
            reserved seats of another college).
        possible_share: the largest Ω: the shares, as far as caps leave them, of all colleges
            whose roll reaches their floor. Below 1 only when a college is too empty ever to
            be counted, or capped, and in the contest of a college's reserved seats. 1 where
            every ballot weighs the same.
        floor: fewest counted ballots of P (0 without one).
        members: how many are on the roll of each college.
        reasons: codes of why nothing is promised.
        warnings: codes of what the officer is told of the colleges.
    """

    protected: CollegeId | None
    share: Fraction
    possible_share: Fraction
    floor: int
    members: Mapping[CollegeId, int]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_promised(self) -> bool:
        """Whether there is a college to promise anything to, and nothing against it."""
        return self.protected is not None and not self.reasons

    @property
    def least_part(self) -> Fraction:
        """The part of the counted weight that P holds for certain: s_P / Ω at its largest."""
        return self.share / self.possible_share if self.is_promised else Fraction()


def find_protection(charter: Charter, roll: RollSummary) -> Protection:
    """What holds for every contest of all members under this charter with this roll.

    Raises:
        MissingCollegeError, UnknownCollegeError: the roll's colleges are not the charter's.
    """
    members = _match_colleges(charter, roll)
    share, floor = Fraction(), 0
    reasons: tuple[str, ...] = ()
    if charter.protected is not None:
        share = charter.college(charter.protected).share
        floor = charter.floor(charter.protected)
        reasons = _find_reasons(members[charter.protected], floor)
    return Protection(
        protected=charter.protected,
        share=share,
        possible_share=_find_whole(charter, members),
        floor=floor,
        members=members,
        reasons=reasons,
        warnings=tuple(_find_warnings(charter, members)),
    )


def find_reserved(charter: Charter, roll: RollSummary, college: CollegeId) -> Protection:
    """What holds for the contest of a college's reserved seats: its members alone are asked.

    Raises:
        MissingCollegeError, UnknownCollegeError: the roll's colleges are not the charter's.
    """
    members = _match_colleges(charter, roll)
    own, share = college == charter.protected, charter.college(college).share
    floor = charter.floor(college) if own else 0
    return Protection(
        protected=charter.protected,
        share=share if own else Fraction(),
        possible_share=share,
        floor=floor,
        members=members,
        reasons=_find_reasons(members[college], floor) if own else (),
        warnings=tuple(_warn_of_roll(charter, college, members[college])),
    )


def can_be_counted(charter: Charter, members: Mapping[CollegeId, int], college: CollegeId) -> bool:
    """Whether so many are on its roll that it can reach its floor."""
    return members[college] >= charter.floor(college)


def warn_of_dictator(
    charter: Charter,
    protection: Protection,
    threshold: Threshold,
    others: tuple[CollegeId, ...] = (),
) -> Iterator[str]:
    """T5: where whole colleges are weighed, one that is enough alone leaves the rest no say."""
    for college in charter.colleges:
        alone = threshold.is_met(college.share, protection.possible_share)
        counted = can_be_counted(charter, protection.members, college.id)
        if alone and counted and {*others} <= {college.id}:
            yield f"bloc-dictator:{college.id}"


def warn_of_texts(contest: Contest) -> Iterator[str]:
    """A warning where members who read Easy Read would be given the standard text."""
    if contest.missing_easy_read:
        yield f"no-easy-read:{contest.id}"


def format_optional(fraction: Fraction | None) -> str | None:
    """A fraction as our formats write it, or None."""
    return None if fraction is None else str(fraction)


def _match_colleges(charter: Charter, roll: RollSummary) -> dict[CollegeId, int]:
    members = dict(roll.members)
    for college in charter.colleges:
        if college.id not in members:
            raise MissingCollegeError(college.id)
    for college_id in members:
        charter.college(college_id)
    return members


def _find_whole(charter: Charter, members: Mapping[CollegeId, int]) -> Fraction:
    """The largest Ω: every college that can be counted is, and each cap leaves the most."""
    if charter.scheme == "none":
        return Fraction(1)
    weights: dict[CollegeId, Fraction] = {}
    for college in charter.colleges:
        if can_be_counted(charter, members, college.id):
            weights[college.id] = _weigh_most(charter, members, college)
    whole = sum(weights.values(), Fraction())
    for cap in charter.caps:
        if cap.part is not None and cap.college in weights:
            others = whole - weights[cap.college]
            whole = others + min(weights[cap.college], others * cap.part / (1 - cap.part))
    return whole


def _weigh_most(charter: Charter, members: Mapping[CollegeId, int], college: College) -> Fraction:
    """The most that a college can weigh: when all of it choose, and of P as few as may."""
    cap, protected = charter.cap(college.id), charter.protected
    if cap is None or cap.ballots is None or protected is None:
        return college.share
    ballot = charter.college(protected).share / charter.floor(protected)
    return min(college.share, cap.ballots * members[college.id] * ballot)


def _find_reasons(members: int, floor: int) -> tuple[str, ...]:
    # With nobody, or too few, to reach the floor the contest could only end void.
    if members == 0:
        return ("protected-college-empty",)
    if members < floor:
        return ("floor-above-roll",)
    return ()


def _find_warnings(charter: Charter, members: Mapping[CollegeId, int]) -> Iterator[str]:
    for college in charter.colleges:
        number, floor = members[college.id], charter.floor(college.id)
        yield from _warn_of_roll(charter, college.id, number)
        if college.id != charter.protected and floor > 1:
            # One more ballot can bring a college that votes otherwise above its floor.
            yield f"floor-can-turn:{college.id}:{floor}"
        cap = charter.cap(college.id)
        if cap is not None and number and _can_bind(charter, members, cap):
            # One more ballot elsewhere changes how much of this college's weight is counted.
            yield f"cap-can-turn:{college.id}"
    if charter.scheme == "roll":
        yield from _warn_of_turnout(charter, members)


def _warn_of_roll(charter: Charter, college: CollegeId, number: int) -> Iterator[str]:
    floor = charter.floor(college)
    if number == 0:
        yield f"empty-college:{college}"
    elif number < SMALL_COLLEGE:
        # Its published totals show how everybody voted whenever all vote alike.
        yield f"small-college:{college}:{number}"
    if college != charter.protected and 0 < number < floor:
        yield f"floor-above-roll:{college}:{floor}"


def _warn_of_turnout(charter: Charter, members: Mapping[CollegeId, int]) -> Iterator[str]:
    """T4: with weights by the roll, a majority of the shares is one only if enough come."""
    counted = [c for c in charter.colleges if can_be_counted(charter, members, c.id)]
    whole = sum((college.share for college in counted), Fraction())
    for college in counted:
        others = whole - college.share
        if 0 < others < college.share:
            yield f"roll-turnout:{college.id}:{others / college.share}"


def _can_bind(charter: Charter, members: Mapping[CollegeId, int], cap: Cap) -> bool:
    share, protected = charter.college(cap.college).share, charter.protected
    if protected is None:
        return True  # the others, whom its part is measured by, may be as few as can be
    own = charter.college(protected).share
    if cap.ballots is not None:
        # Against the least that a ballot of P can weigh, the most that one of it can.
        least = cap.ballots * own / max(1, members[protected])
        if share / charter.floor(cap.college) > least:
            return True
    return cap.part is not None and share * (1 - cap.part) > cap.part * own
