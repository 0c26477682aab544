"""Option contests: a choice among options, or the election of people, by one of our methods.

The method decides the form of the ballot: what a member does on it. Two ways of opening
follow. Marks are added up sealed and only the sums are opened; ranks, scores and grades
are shuffled and opened one by one, as numbers:

    one, several, approval   a flag for each option, 1 where it is marked; the blank flag first
    ranked                   its rank from 1 for each option that is ranked, else 0
    scored                   its score + 1, from 1 (a score of 0) to `top` + 1
    graded                   its grade, from 1 (the best) to the number of grades

A shuffled ballot of zeros only is blank. Ranks with a gap or a repeat, a number out of
range, and a 0 in a scored or graded ballot that is not blank make it invalid.

Source: design 4, section 4; docs/rules/contests.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from voting.charter.charter import MAX_COUNCIL, Charter
from voting.contest_texts import Texts, Worded, read_texts, require_texts, texts_object
from voting.errors import (
    BlocMethodError,
    DuplicateOptionError,
    LimitError,
    MalformedError,
    MethodFieldError,
    ReservedSeatsError,
    SeatsError,
    WeightedMethodError,
)
from voting.members import CollegeId, Language
from voting.reading import read_choice, read_integer, read_list, read_object, read_text
from voting.texts import (
    LANGUAGES,
    read_names,
    require_college_id,
    require_contest_id,
    require_languages,
)

Method = Literal[
    "plurality",
    "block",
    "approval",
    "score",
    "majority-judgment",
    "irv",
    "stv-exact",
    "stv-meek",
    "stv-scottish",
    "schulze",
    "ranked-pairs",
]
Form = Literal["one", "several", "approval", "ranked", "scored", "graded"]

FORMS: Final[Mapping[Method, Form]] = {
    "plurality": "one",
    "block": "several",
    "approval": "approval",
    "score": "scored",
    "majority-judgment": "graded",
    "irv": "ranked",
    "stv-exact": "ranked",
    "stv-meek": "ranked",
    "stv-scottish": "ranked",
    "schulze": "ranked",
    "ranked-pairs": "ranked",
}
METHODS: Final[tuple[Method, ...]] = tuple(FORMS)
ONE_SEAT: Final[frozenset[Method]] = frozenset({"plurality", "irv", "schulze", "ranked-pairs"})
SHUFFLED: Final[frozenset[Form]] = frozenset({"ranked", "scored", "graded"})

MIN_OPTIONS = 2
MAX_OPTIONS = 50
# A shuffled ballot is sealed as one number: what it holds must fit into it.
MAX_SHUFFLED_OPTIONS = 30
MAX_TOP = 100
MIN_GRADES = 2
MAX_GRADES = 10

_FIELDS: Final = (
    *("id", "kind", "method", "college", "seats", "options", "most", "top", "grades"),
    *("blank", "texts"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen: a candidate, a plan, a name for the newsletter.

    Attributes:
        names: one tidy line in every language; a person's name is the same in both.

    Raises:
        MissingLanguageError, TextError: a name is not there, or not fit to stand.
    """

    names: Mapping[Language, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", require_languages("option", self.names))


@dataclass(frozen=True, slots=True)
class OptionContest(Worded):
    """A choice among options. A blank ballot is always possible.

    Attributes:
        id: 1 to 32 of a-z, 0-9 and "-".
        method: how it is counted; it decides the form of the ballot.
        seats: how many options are elected: from 1 to fewer than there are options;
            1 for plurality, irv, schulze and ranked-pairs. Reserved seats may be as many as
            the options, or more: then some stay vacant.
        options: 2 to 50 (2 to 30 where ballots are shuffled), in the order of the ballot,
            all names of one language different. For reserved seats 1 is enough.
        texts: for each language its standard text and, best, its Easy Read twin.
        most: most options a member may mark, 1 to all; for "several" only, else None.
        top: the highest score, 1 to 100 (the lowest is 0); for "scored" only, else None.
        grades: their words in every language, best first, 2 to 10; for "graded" only.
        college: whose reserved seats these are: only its members are asked, and only their
            ballots count. None where all members are asked.

    Raises:
        VotingError: one of its leaves, for each rule above.
    """

    id: str
    method: Method
    seats: int
    options: tuple[Option, ...]
    texts: Texts
    most: int | None = None
    top: int | None = None
    grades: tuple[Mapping[Language, str], ...] = ()
    college: CollegeId | None = None

    def __post_init__(self) -> None:
        require_contest_id(self.id)
        if self.college is not None:
            require_college_id(self.college)
        object.__setattr__(self, "texts", require_texts(self.id, self.texts))
        most = MAX_SHUFFLED_OPTIONS if self.is_shuffled else MAX_OPTIONS
        least = 1 if self.is_reserved else MIN_OPTIONS
        if not least <= len(self.options) <= most:
            raise LimitError("contest.options", len(self.options))
        _require_different([option.names for option in self.options])
        require_seats(self.method, self.seats, len(self.options), reserved=self.is_reserved)
        self._require_most()
        self._require_top()
        self._require_grades()

    @property
    def form(self) -> Form:
        """What a member does on her ballot."""
        return FORMS[self.method]

    @property
    def is_shuffled(self) -> bool:
        """Whether its ballots are shuffled and opened one by one, not added up sealed."""
        return self.form in SHUFFLED

    @property
    def is_reserved(self) -> bool:
        """Whether these are the reserved seats of one college."""
        return self.college is not None

    @property
    def vacant(self) -> int:
        """Seats for which there is no option: they stay empty and pass to nobody."""
        return max(0, self.seats - len(self.options))

    def _require_most(self) -> None:
        if (self.most is None) is (self.form == "several"):
            raise MethodFieldError(self.method, "most")
        if self.most is not None and not 1 <= self.most <= len(self.options):
            raise LimitError("contest.most", self.most)

    def _require_top(self) -> None:
        if (self.top is None) is (self.form == "scored"):
            raise MethodFieldError(self.method, "top")
        if self.top is not None and not 1 <= self.top <= MAX_TOP:
            raise LimitError("contest.top", self.top)

    def _require_grades(self) -> None:
        if bool(self.grades) is not (self.form == "graded"):
            raise MethodFieldError(self.method, "grades")
        if self.grades and not MIN_GRADES <= len(self.grades) <= MAX_GRADES:
            raise LimitError("contest.grades", len(self.grades))
        grades = tuple(require_languages("contest.grades", names) for names in self.grades)
        _require_different(grades)
        object.__setattr__(self, "grades", grades)


def require_seats(method: Method, seats: int, options: int, *, reserved: bool) -> None:
    """Refuse seats that the method cannot fill, or that leave nothing to choose.

    Raises:
        SeatsError: they do.
    """
    most = MAX_COUNCIL if reserved else options - 1
    if not 1 <= seats <= most or (seats > 1 and method in ONE_SEAT):
        raise SeatsError(method, seats)


def _require_different(names: Sequence[Mapping[Language, str]]) -> None:
    # Two that read alike could be chosen in each other's place.
    for language in LANGUAGES:
        seen: set[str] = set()
        for name in (each[language] for each in names):
            if name.casefold() in seen:
                raise DuplicateOptionError(name)
            seen.add(name.casefold())


def require_method(charter: Charter, contest: OptionContest) -> None:
    """Refuse a contest that the charter's way of weighing cannot count.

    Scottish STV works with whole ballots, a whole quota and five decimals; with weights,
    half of the votes could get fewer than half of the seats (design 4, T10).

    Raises:
        WeightedMethodError: it counts whole ballots, and those of several colleges weigh
            differently.
        BlocMethodError: whole colleges are weighed, and it is not a plurality.
        UnknownCollegeError: it is reserved to a college that there is not.
        ReservedSeatsError: the college has fewer reserved seats.
    """
    if contest.college is not None:
        reserved = charter.council.get(charter.college(contest.college).id, 0)
        if contest.seats > reserved:
            raise ReservedSeatsError(contest.college, contest.seats, reserved)
        return
    require_weighing(charter, contest.method)


def require_weighing(charter: Charter, method: Method) -> None:
    """Refuse a method that cannot weigh the ballots of all members as the charter does.

    Raises:
        WeightedMethodError, BlocMethodError: as `require_method` does.
    """
    weighs = charter.scheme != "none" and len(charter.colleges) > 1
    if method == "stv-scottish" and (weighs or charter.caps):
        raise WeightedMethodError(method, len(charter.colleges))
    if charter.scheme == "bloc" and method != "plurality":
        raise BlocMethodError(method)


def option_contest_object(contest: OptionContest) -> dict[str, object]:
    """The contest as it stands in the manifest."""
    return {
        "id": contest.id,
        "kind": "options",
        "method": contest.method,
        "college": contest.college,
        "seats": contest.seats,
        "options": [dict(option.names) for option in contest.options],
        "most": contest.most,
        "top": contest.top,
        "grades": [dict(names) for names in contest.grades],
        "blank": True,
        "texts": texts_object(contest.texts),
    }


def read_option_contest(value: object) -> OptionContest:
    """Read an option contest that stands in the manifest.

    Raises:
        VotingError: it is not one.
    """
    fields = dict(zip(_FIELDS, read_object("contest", value, *_FIELDS), strict=True))
    if fields["kind"] != "options" or fields["blank"] is not True:
        raise MalformedError("contest.kind")
    options = read_list("contest.options", fields["options"])
    grades = read_list("contest.grades", fields["grades"])
    return OptionContest(
        id=read_text("contest.id", fields["id"]),
        method=read_choice("contest.method", fields["method"], METHODS),
        college=_read_college(fields["college"]),
        seats=read_integer("contest.seats", fields["seats"]),
        options=tuple(Option(read_names("contest.options", names)) for names in options),
        texts=read_texts(fields["texts"]),
        most=_read_optional("contest.most", fields["most"]),
        top=_read_optional("contest.top", fields["top"]),
        grades=tuple(read_names("contest.grades", names) for names in grades),
    )


def _read_college(value: object) -> CollegeId | None:
    return None if value is None else CollegeId(read_text("contest.college", value))


def _read_optional(where: str, value: object) -> int | None:
    return None if value is None else read_integer(where, value)
