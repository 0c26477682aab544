"""What can be wrong with the rules, the roll, an election or a count.

One base, `VotingError`; each leaf is named for the fact and carries the values at fault.
The first line of a leaf's docstring is its message; words for people live in templates.

Source: design 9, "A module".
"""


class VotingError(Exception):
    """A rule of voting is broken."""

    def __str__(self) -> str:
        sentence = (type(self).__doc__ or "").splitlines()[0].removesuffix(".")
        values = ", ".join(str(value) for value in self.args)
        return f"{sentence}: {values}" if values else sentence


class CanonicalError(VotingError):
    """These bytes are not the one canonical form of a value."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class MalformedError(VotingError):
    """A field is missing, unexpected, or not of the kind its format says."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class TextError(VotingError):
    """A text is empty, too long, or holds characters that do not belong there."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, problem)
        self.where = where
        self.problem = problem


class MissingLanguageError(VotingError):
    """A text that members read is not there in every language."""

    def __init__(self, where: str, language: str) -> None:
        super().__init__(where, language)
        self.where = where
        self.language = language


class IdentifierError(VotingError):
    """An identifier is not of the form its kind has."""

    def __init__(self, where: str, value: str) -> None:
        super().__init__(where, value)
        self.where = where
        self.value = value


class LimitError(VotingError):
    """There are too few or too many of something."""

    def __init__(self, where: str, number: int) -> None:
        super().__init__(where, number)
        self.where = where
        self.number = number


class BlocMethodError(VotingError):
    """Where whole colleges are weighed, options can be counted by plurality alone."""

    def __init__(self, method: str) -> None:
        super().__init__(method)
        self.method = method


class ReservedSeatsError(VotingError):
    """A contest would fill more reserved seats than the charter gives the college."""

    def __init__(self, college: str, seats: int, reserved: int) -> None:
        super().__init__(college, seats, reserved)
        self.college = college
        self.seats = seats
        self.reserved = reserved


class NothingAskedError(VotingError):
    """A college is asked nothing, so its members would have no ballot."""

    def __init__(self, college: str) -> None:
        super().__init__(college)
        self.college = college


class SeatsError(VotingError):
    """A contest does not leave its method seats to fill and options to choose from."""

    def __init__(self, method: str, seats: int) -> None:
        super().__init__(method, seats)
        self.method = method
        self.seats = seats


class MethodFieldError(VotingError):
    """A contest lacks what its method needs, or sets what it has no use for."""

    def __init__(self, method: str, field: str) -> None:
        super().__init__(method, field)
        self.method = method
        self.field = field


class DuplicateOptionError(VotingError):
    """Two options or grades of one contest read alike."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class WeightedMethodError(VotingError):
    """A method that counts whole ballots cannot weigh them by college."""

    def __init__(self, method: str, colleges: int) -> None:
        super().__init__(method, colleges)
        self.method = method
        self.colleges = colleges


class MemberError(VotingError):
    """A field of a member on the roll is wrong."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem


class DuplicateMemberError(VotingError):
    """Two members of one roll share a number or an e-mail address."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


class SaltLengthError(VotingError):
    """The salt of a roll's commitment is not 32 bytes."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


class CalendarError(VotingError):
    """An election's times are out of range, or it would close before it opens."""

    def __init__(self, opens: int, closes: int) -> None:
        super().__init__(opens, closes)
        self.opens = opens
        self.closes = closes


class TrusteesNeededError(VotingError):
    """So many of so many trustees cannot open a tally."""

    def __init__(self, count: int, needed: int) -> None:
        super().__init__(count, needed)
        self.count = count
        self.needed = needed


class WrongStateError(VotingError):
    """An election cannot make this move from the state it is in."""

    def __init__(self, state: str, to: str) -> None:
        super().__init__(state, to)
        self.state = state
        self.to = to


class GuaranteeDoesNotHoldError(VotingError):
    """The majority of the protected college is not guaranteed."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class GuaranteeMismatchError(VotingError):
    """A guarantee statement is not what follows from charter, roll and contest."""

    def __init__(self, contest: str) -> None:
        super().__init__(contest)
        self.contest = contest


class DuplicateContestError(VotingError):
    """Two contests of one election have the same id."""

    def __init__(self, contest: str) -> None:
        super().__init__(contest)
        self.contest = contest


class BoxesError(VotingError):
    """The ballot boxes are not one for each college, each with its own uuid."""

    def __init__(self, *boxes: str) -> None:
        super().__init__(*boxes)
        self.boxes = boxes


class TallySumError(VotingError):
    """The numbers of a college do not add up."""

    def __init__(self, college: str) -> None:
        super().__init__(college)
        self.college = college


class ResultMismatchError(VotingError):
    """A result is not what counting its own numbers gives."""


class BltError(VotingError):
    """A BLT file cannot be read; where the line is 0, the fault is in no single one."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


class ElectionFileError(VotingError):
    """A file of colleges and ballots cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class FileMethodError(VotingError):
    """The ballots of a file cannot be counted by a method."""

    def __init__(self, method: str, reason: str) -> None:
        super().__init__(method, reason)
        self.method = method
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.method} cannot count this file: {self.reason}"
