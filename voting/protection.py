"""Protection: what is the same for every contest of an election under one charter and roll.

The share of the protected college P, the largest Ω that can be counted, why nothing can be
promised where that is so, and what the officer is warned of.

Source: design 4, sections 2 and 3; docs/rules/guarantee.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.errors import MissingCollegeError
from voting.contests import Contest
from voting.members import CollegeId
from voting.roll import RollSummary

SMALL_COLLEGE = 20


@dataclass(frozen=True, slots=True)
class Protection:
    """What charter and roll say of the protected college.

    Attributes:
        protected: None where the charter protects no college.
        share: s_P, its share in the charter (0 without one).
        possible_share: the largest Ω: the shares of all colleges whose roll reaches their
            floor. Below 1 only when a college is too empty ever to be counted.
        floor: fewest counted ballots of P (0 without one).
        reasons: codes of why nothing is promised.
        warnings: codes of what the officer is told of the colleges.
    """

    protected: CollegeId | None
    share: Fraction
    possible_share: Fraction
    floor: int
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
    """What holds for every contest under this charter with this roll.

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
    possible = (c.share for c in charter.colleges if members[c.id] >= charter.floor(c.id))
    return Protection(
        protected=charter.protected,
        share=share,
        possible_share=sum(possible, Fraction()),
        floor=floor,
        reasons=reasons,
        warnings=tuple(_find_warnings(charter, members)),
    )


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
        if number == 0:
            yield f"empty-college:{college.id}"
        elif number < SMALL_COLLEGE:
            # Its published totals show how everybody voted whenever all vote alike.
            yield f"small-college:{college.id}:{number}"
        if college.id != charter.protected:
            if 0 < number < floor:
                yield f"floor-above-roll:{college.id}:{floor}"
            if floor > 1:
                # One more ballot can bring a college that votes otherwise above its floor.
                yield f"floor-can-turn:{college.id}:{floor}"
