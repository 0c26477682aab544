"""Who is counted: floors, lapsed shares and void contests, the same for every contest.

    T_P below the floor of the protected college     void: never renormalised away
    T_c below the floor of another college (or 0)    its share lapses, and is listed
    nothing counted anywhere                         void

Source: design 4, sections 1 and 3; docs/rules/colleges.md.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol, TypeVar

from voting.charter.charter import MAX_COLLEGES, Charter
from voting.charter.errors import (
    CollegeSharesError,
    DuplicateCollegeError,
    MissingCollegeError,
    UnknownCollegeError,
)
from voting.errors import LimitError
from voting.members import CollegeId


class FromCollege(Protocol):
    """Anything that came from one college."""

    @property
    def college(self) -> CollegeId:
        """The college."""
        ...


class Entering(FromCollege, Protocol):
    """A college as it enters a count."""

    @property
    def share(self) -> Fraction:
        """Its share in the charter."""
        ...

    @property
    def roll(self) -> int:
        """Members who might have voted."""
        ...

    @property
    def counted(self) -> int:
        """T_c: its counted ballots."""
        ...

    @property
    def is_counted(self) -> bool:
        """Whether its counted ballots reach its floor."""
        ...


Given = TypeVar("Given", bound=FromCollege)


def match_colleges(
    charter: Charter, given: Sequence[Given], only: CollegeId | None = None
) -> Mapping[CollegeId, Given]:
    """What each college that was asked gave, in the charter's order.

    Args:
        charter: the rules.
        given: what they gave, in any order.
        only: the one college that was asked; None where all were.

    Raises:
        UnknownCollegeError, DuplicateCollegeError, MissingCollegeError: it is not one from each.
    """
    by_college: dict[CollegeId, Given] = {}
    for each in given:
        charter.college(each.college)
        if only is not None and each.college != only:
            raise UnknownCollegeError(each.college)
        if each.college in by_college:
            raise DuplicateCollegeError(each.college)
        by_college[each.college] = each
    asked = [college.id for college in charter.colleges if only in {None, college.id}]
    for college in asked:
        if college not in by_college:
            raise MissingCollegeError(college)
    return {college: by_college[college] for college in asked}


def find_void(protected: CollegeId | None, rows: Sequence[Entering]) -> tuple[str, ...]:
    """Why the contest is void; nothing where it is not."""
    for row in rows:
        # Its majority cannot pass to the others because it stayed away, or was kept away.
        if row.college == protected and not row.is_counted:
            return ("protected-college-inquorate",)
    return () if any(row.is_counted for row in rows) else ("nothing-counted",)


def require_colleges(protected: CollegeId | None, rows: Sequence[Entering]) -> None:
    """Refuse colleges that no charter can have.

    Raises:
        LimitError, DuplicateCollegeError, CollegeSharesError, UnknownCollegeError: they are
            too few or too many, one is there twice, their shares are not the whole, or the
            protected one is none of them.
    """
    ids = [row.college for row in rows]
    if not 1 <= len(ids) <= MAX_COLLEGES:
        raise LimitError("colleges", len(ids))
    for college in ids:
        if ids.count(college) > 1:
            raise DuplicateCollegeError(college)
    shares = tuple(row.share for row in rows)
    if sum(shares) != 1:
        raise CollegeSharesError(shares)
    if protected is not None and protected not in ids:
        raise UnknownCollegeError(protected)
