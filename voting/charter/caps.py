"""Caps: how much the ballots of a college may weigh at most; the excess lapses.

Source: design 4, section 1; docs/rules/charters.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.errors import CapError, DuplicateCollegeError, UnknownCollegeError
from voting.charter.schemes import CAPPED
from voting.members import CollegeId
from voting.reading import MAX_DENOMINATOR, read_fraction, read_object, read_text


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that a college, or one of its ballots, may weigh.

    Attributes:
        college: whose.
        ballots: λ: one of its ballots weighs at most λ times one of the protected college;
            above 0, at most 1,000. None where that is not limited.
        part: κ: its ballots weigh at most this part of the counted weight, above 0 and at
            most 1/2. None where that is not limited.

    Raises:
        CapError: it limits nothing, or by a number out of range.
    """

    college: CollegeId
    ballots: Fraction | None = None
    part: Fraction | None = None

    def __post_init__(self) -> None:
        if self.ballots is None and self.part is None:
            raise CapError(self.college, "nothing")
        if self.ballots is not None and not _fits(self.ballots, Fraction(1000)):
            raise CapError(self.college, "ballots")
        if self.part is not None and not _fits(self.part, Fraction(1, 2)):
            raise CapError(self.college, "part")


def require_caps(
    caps: Sequence[Cap], *, colleges: Sequence[CollegeId], protected: CollegeId | None, scheme: str
) -> None:
    """Refuse caps that mean nothing among these colleges, weighed so.

    Raises:
        UnknownCollegeError, DuplicateCollegeError: a cap is of no college, or its second.
        CapError: it is of the protected college, or this weighting cannot heed it.
    """
    capped = [cap.college for cap in caps]
    for cap in caps:
        if cap.college not in colleges:
            raise UnknownCollegeError(cap.college)
        if capped.count(cap.college) > 1:
            raise DuplicateCollegeError(cap.college)
        if cap.college == protected:
            raise CapError(cap.college, "protected")
        if scheme not in CAPPED:
            raise CapError(cap.college, "scheme")
        if cap.ballots is not None and (protected is None or scheme != "turnout"):
            raise CapError(cap.college, "no-protected")
    # The parts of two would each depend on the other's.
    limited = [cap.college for cap in caps if cap.part is not None]
    if len(limited) > 1:
        raise CapError(limited[1], "second-part")
    if limited and len(colleges) == 1:
        raise CapError(limited[0], "alone")


def cap_object(cap: Cap) -> dict[str, object]:
    """The cap as it stands in the charter."""
    ballots = None if cap.ballots is None else str(cap.ballots)
    return {
        "college": cap.college,
        "ballots": ballots,
        "part": None if cap.part is None else str(cap.part),
    }


def read_cap(value: object) -> Cap:
    """Read a cap that stands in a charter."""
    college, ballots, part = read_object("charter.caps", value, "college", "ballots", "part")
    return Cap(
        college=CollegeId(read_text("charter.caps", college)),
        ballots=None if ballots is None else read_fraction("charter.caps.ballots", ballots),
        part=None if part is None else read_fraction("charter.caps.part", part),
    )


def _fits(number: Fraction, most: Fraction) -> bool:
    return 0 < number <= most and number.denominator <= MAX_DENOMINATOR
