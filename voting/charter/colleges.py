"""Colleges: groups of members whose votes are weighed together.

Inside a college every counted vote weighs the same; between colleges, votes weigh by the
share that the charter gives each. Shares are exact fractions, never floats: every
observer must reach the same digit.

Source: design 4, section 1; docs/rules/colleges.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.errors import CollegeSharesError
from voting.members import CollegeId, Language
from voting.reading import MAX_DENOMINATOR
from voting.texts import require_college_id, require_languages

__all__ = ["College", "CollegeId"]


@dataclass(frozen=True, slots=True)
class College:
    """One college of a charter.

    Attributes:
        id: a letter a-z, then up to 31 of a-z, 0-9 and "-"; not "associate".
        names: what members call it, in every language.
        share: its part of the vote, above 0 and at most 1, denominator up to a million.

    Raises:
        IdentifierError, MissingLanguageError, TextError, CollegeSharesError: a field is wrong.
    """

    id: CollegeId
    names: Mapping[Language, str]
    share: Fraction

    def __post_init__(self) -> None:
        require_college_id(self.id)
        object.__setattr__(self, "names", require_languages(f"{self.id}.names", self.names))
        if not 0 < self.share <= 1 or self.share.denominator > MAX_DENOMINATOR:
            raise CollegeSharesError((self.share,))
