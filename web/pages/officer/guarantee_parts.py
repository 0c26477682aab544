"""Small values that the words of every guarantee statement are made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from voting.members import CollegeId


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture, with its words."""

    name: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Facts:
    """The protected college as sentences name it: "" and 0 where the charter has none.

    Attributes:
        names: of every college of the charter.
    """

    name: str
    members: int
    names: Mapping[CollegeId, str] = field(default_factory=dict[CollegeId, str])

    def call(self, college: str) -> str:
        """What a college is called."""
        return self.names.get(CollegeId(college), college)


def split_codes(codes: tuple[str, ...], kind: str) -> Iterator[tuple[str, ...]]:
    """What stands behind the colon in each of these codes that is of one kind."""
    for code in codes:
        first, *rest = code.split(":")
        if first == kind:
            yield tuple(rest)
