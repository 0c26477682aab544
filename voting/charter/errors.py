"""What no charter may say: each leaf names the rule, and carries the number that breaks it.

Source: design 4, sections 1 and 2; docs/rules/charters.md.
"""

from fractions import Fraction

from voting.errors import VotingError


class CollegeSharesError(VotingError):
    """The shares of the colleges are not all above 0 with a sum of exactly 1."""

    def __init__(self, shares: tuple[Fraction, ...]) -> None:
        super().__init__(*shares)
        self.shares = shares

    def __str__(self) -> str:
        return f"{super().__str__()} (together {sum(self.shares)})"


class EqualSharesError(VotingError):
    """Where every ballot weighs the same, shares decide nothing and must all be equal."""

    def __init__(self, shares: tuple[Fraction, ...]) -> None:
        super().__init__(*shares)
        self.shares = shares


class UnknownCollegeError(VotingError):
    """The charter has no such college."""

    def __init__(self, college: str) -> None:
        super().__init__(college)
        self.college = college


class DuplicateCollegeError(VotingError):
    """A college is given twice."""

    def __init__(self, college: str) -> None:
        super().__init__(college)
        self.college = college


class MissingCollegeError(VotingError):
    """A college of the charter is left out, or not in its place."""

    def __init__(self, college: str) -> None:
        super().__init__(college)
        self.college = college


class ProtectedShareError(VotingError):
    """A college is called protected, but its share is not more than half."""

    def __init__(self, college: str, share: Fraction) -> None:
        super().__init__(college, share)
        self.college = college
        self.share = share


class ProtectedSchemeError(VotingError):
    """A college is called protected, but with this weighting its majority depends on turnout."""

    def __init__(self, college: str, scheme: str) -> None:
        super().__init__(college, scheme)
        self.college = college
        self.scheme = scheme


class MissingFloorError(VotingError):
    """The protected college has no floor, so a count without it could stand."""

    def __init__(self, college: str) -> None:
        super().__init__(college)
        self.college = college


class FloorError(VotingError):
    """A floor is not a number of ballots from 1 up."""

    def __init__(self, college: str, floor: int) -> None:
        super().__init__(college, floor)
        self.college = college
        self.floor = floor


class CapError(VotingError):
    """A cap is out of range, or on a college or under a weighting where it means nothing."""

    def __init__(self, college: str, problem: str) -> None:
        super().__init__(college, problem)
        self.college = college
        self.problem = problem


class CouncilSeatsError(VotingError):
    """The protected college has too few of the council's seats."""

    def __init__(self, college: str, seats: int, council: int, needed: int) -> None:
        super().__init__(college, seats, council, needed)
        self.college = college
        self.seats = seats
        self.council = council
        self.needed = needed


class ScicCollegesError(VotingError):
    """A SCIC has three colleges at least."""

    def __init__(self, colleges: int) -> None:
        super().__init__(colleges)
        self.colleges = colleges


class ScicShareError(VotingError):
    """A college of a SCIC holds from one tenth to one half of the votes."""

    def __init__(self, college: str, share: Fraction) -> None:
        super().__init__(college, share)
        self.college = college
        self.share = share


class ThresholdError(VotingError):
    """A threshold would let a tie pass, or could never be met."""

    def __init__(self, share: Fraction, strict: bool) -> None:  # noqa: FBT001
        super().__init__(share, strict)
        self.share = share
        self.strict = strict


class HeadCountError(VotingError):
    """A head count asks for a part of the roll that is not from 0 to 1."""

    def __init__(self, turnout: Fraction) -> None:
        super().__init__(turnout)
        self.turnout = turnout


class StatutoryHeadCountError(VotingError):
    """A statutory resolution does not count heads, or asks for less than the law does."""

    def __init__(self, rule: str, share: Fraction, turnout: Fraction) -> None:
        super().__init__(rule, share, turnout)
        self.rule = rule
        self.share = share
        self.turnout = turnout


class UnknownRuleError(VotingError):
    """The charter has no such rule for motions."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class EasySpecialError(VotingError):
    """A special motion would be easier to pass than an ordinary one."""
