"""Small values that the words of every guarantee statement are made from."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture, with its words."""

    name: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Facts:
    """The protected college as sentences name it: "" and 0 where the charter has none."""

    name: str
    members: int
