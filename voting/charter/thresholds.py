"""Thresholds: how much of the counted weight a motion needs.

"More than half" and "at least 51 in 100" are different rules: a threshold is a fraction
and whether reaching it exactly is enough.

Source: design 4, section 1; docs/rules/motions.md.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from voting.charter.errors import ThresholdError
from voting.reading import MAX_DENOMINATOR, read_fraction, read_object, read_truth


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much of the counted weight must be For.

    A threshold at which For and Against could both reach it would let a tie pass; ties
    are lost (design 4, section 3), so the least is "more than half".

    Attributes:
        share: from 1/2 to 1, denominator up to a million.
        strict: True for "more than" share, False for "at least".

    Raises:
        ThresholdError: a tie would pass, or nothing ever could.
    """

    share: Fraction
    strict: bool

    def __post_init__(self) -> None:
        least = Fraction(1, 2)
        too_low = self.share < least or (self.share == least and not self.strict)
        too_high = self.share > 1 or (self.share == 1 and self.strict)
        if too_low or too_high or self.share.denominator > MAX_DENOMINATOR:
            raise ThresholdError(self.share, self.strict)

    def is_met(self, part: Fraction, whole: Fraction) -> bool:
        """Whether part of whole is enough; nothing of nothing never is."""
        if whole == 0:
            return False
        return part > self.share * whole if self.strict else part >= self.share * whole

    def is_easier_than(self, other: "Threshold") -> bool:
        """Whether something could meet this one that does not meet the other."""
        return (self.share, self.strict) < (other.share, other.strict)

    def format(self) -> dict[str, object]:
        """The threshold as it stands in our formats."""
        return {"share": str(self.share), "strict": self.strict}


MORE_THAN_HALF: Final = Threshold(Fraction(1, 2), strict=True)
TWO_THIRDS: Final = Threshold(Fraction(2, 3), strict=False)
THREE_QUARTERS: Final = Threshold(Fraction(3, 4), strict=False)


def read_threshold(where: str, value: object) -> Threshold:
    """A threshold, as `Threshold.format` gives it."""
    share, strict = read_object(where, value, "share", "strict")
    return Threshold(read_fraction(where, share), strict=read_truth(where, strict))
