"""Contests: what members are asked, a motion or a choice among options.

A motion is answered For or Against, or left blank. What an election among options asks
is in `voting.option_contests`. Every contest has an official text in four twins.

Source: design 4, section 4, and 6, section 0; docs/rules/contests.md, docs/rules/motions.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voting.charter.charter import Charter
from voting.charter.motion_rules import RULES, Rule
from voting.contest_texts import (
    MAX_BODY,
    Text,
    Texts,
    Worded,
    read_texts,
    require_texts,
    texts_object,
)
from voting.errors import MalformedError, ReservedSeatsError
from voting.members import CollegeId
from voting.option_contests import (
    OptionContest,
    option_contest_object,
    read_option_contest,
    require_method,
)
from voting.reading import read_choice, read_mapping, read_object, read_text
from voting.texts import require_contest_id

__all__ = [
    "MAX_BODY",
    "RULES",
    "Contest",
    "Motion",
    "OptionContest",
    "Rule",
    "Text",
    "contest_object",
    "read_contest",
    "require_fit",
    "require_reserved",
]

ANSWERS: Final = ("for", "against")


@dataclass(frozen=True, slots=True)
class Motion(Worded):
    """A proposal that is passed or lost. Blank is always offered beside For and Against.

    Attributes:
        id: 1 to 32 of a-z, 0-9 and "-".
        rule: which rule of the charter it needs to meet.
        texts: for each language its standard text and, best, its Easy Read twin.

    Raises:
        IdentifierError: the id is not one.
        MissingLanguageError: the standard text lacks a language.
    """

    id: str
    rule: Rule
    texts: Texts

    def __post_init__(self) -> None:
        require_contest_id(self.id)
        object.__setattr__(self, "texts", require_texts(self.id, self.texts))

    @property
    def college(self) -> CollegeId | None:
        """Whom it asks: all members, always."""
        return None

    @property
    def is_shuffled(self) -> bool:
        """Its ballots are added up sealed: only the sums are ever opened."""
        return False


Contest = Motion | OptionContest


def require_fit(charter: Charter, contest: Contest) -> None:
    """Refuse a contest that the charter does not allow.

    Raises:
        UnknownRuleError: it holds no motions under this rule.
        VotingError: it cannot hold such an election, see `require_method`.
    """
    if isinstance(contest, OptionContest):
        require_method(charter, contest)
    else:
        charter.rule(contest.rule)


def require_reserved(charter: Charter, contests: Sequence[Contest]) -> None:
    """Refuse contests of one election that together fill more seats than are reserved.

    Each by itself may be within its college's number; two of them could still outnumber the
    protected college in the council (T12).

    Raises:
        ReservedSeatsError: with the seats of all contests of the college.
    """
    for college, reserved in charter.council.items():
        seats = sum(
            contest.seats
            for contest in contests
            if isinstance(contest, OptionContest) and contest.college == college
        )
        if seats > reserved:
            raise ReservedSeatsError(college, seats, reserved)


def contest_object(contest: Contest) -> dict[str, object]:
    """The contest as it stands in the manifest."""
    if isinstance(contest, OptionContest):
        return option_contest_object(contest)
    return {
        "id": contest.id,
        "kind": "motion",
        "rule": contest.rule,
        "options": list(ANSWERS),
        "blank": True,
        "texts": texts_object(contest.texts),
    }


def read_contest(value: object) -> Contest:
    """Read a contest that stands in the manifest.

    Raises:
        VotingError: it is not one.
    """
    if read_mapping("contest", value).get("kind") == "options":
        return read_option_contest(value)
    contest, kind, rule, answers, blank, texts = read_object(
        "contest", value, "id", "kind", "rule", "options", "blank", "texts"
    )
    if kind != "motion" or answers != list(ANSWERS) or blank is not True:
        raise MalformedError("contest.kind")
    return Motion(
        id=read_text("contest.id", contest),
        rule=read_choice("contest.rule", rule, RULES),
        texts=read_texts(texts),
    )
