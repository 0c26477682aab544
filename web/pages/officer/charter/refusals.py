"""Why a charter is refused: the rule and the number in plain words, and the field it is about.

Source: docs/rules/charters.md; voting/charter/errors.py names what can be wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voting.charter import errors
from voting.charter.motion_rules import RULES
from voting.errors import LimitError, VotingError
from voting.members import CollegeId
from web.error_messages import message_for
from web.pages.officer.charter.names import rule_name, scheme_name
from web.pages.officer.charter.rows import CollegeRow
from web.pages.officer.texts import _
from web.pages.translations import current_language
from web.pages.words import capital, local, percent


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason, and the field at which it stands."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The colleges of a form: where each stands, and what it is called."""

    rows: Sequence[CollegeRow]

    def field(self, name: str, college: str) -> str:
        """The field of this name in the row of a college; the last one where it stands twice."""
        numbers = [row.number for row in self.rows if row.college.id == college]
        return f"college-{name}-{numbers[-1] if numbers else 1}"

    def first(self, name: str) -> str:
        """The field of this name in the first row."""
        return f"college-{name}-{self.rows[0].number if self.rows else 1}"

    def name(self, college: str) -> str:
        """What the college is called."""
        for row in self.rows:
            if row.college.id == college:
                return capital(local(row.college.names))
        return college


def say_refusal(error: VotingError, rows: Sequence[CollegeRow] = ()) -> Refusal:
    """Why this charter is refused; for an error of no rule, its general words."""
    known = Rows(rows)
    for say in (_of_shares, _of_protection, _of_statutes, _of_council, _of_the_rest):
        refusal = say(error, known)
        if refusal is not None:
            return refusal
    row = message_for(error)
    return Refusal(known.first("id"), row.cy if current_language() == "cy" else row.en)


def _of_shares(error: VotingError, rows: Rows) -> Refusal | None:
    match error:
        case errors.CollegeSharesError():
            whole = sum(error.shares, Fraction())
            sentence = _(
                "The shares add up to %(whole)s (%(exact)s). They must add up to exactly 100%%.",
                whole=percent(whole),
                exact=whole,
            )
            return Refusal(rows.first("share"), sentence)
        case errors.EqualSharesError():
            sentence = _(
                "With one member, one vote, shares decide nothing, so they must all be equal. "
                "Write %(share)s for each college.",
                share=Fraction(1, len(error.shares)),
            )
            return Refusal(rows.first("share"), sentence)
        case errors.ScicShareError():
            sentence = _(
                "A SCIC: each college has at least 10%% and at most 50%% of the votes. "
                "“%(college)s” has %(share)s.",
                college=rows.name(error.college),
                share=percent(error.share),
            )
            return Refusal(rows.field("share", error.college), sentence)
        case _:
            return None


def _of_protection(error: VotingError, rows: Rows) -> Refusal | None:
    match error:
        case errors.ProtectedShareError():
            sentence = _(
                "The protected college needs more than 50%% of the votes. “%(college)s” has "
                "%(share)s.",
                college=rows.name(error.college),
                share=percent(error.share),
            )
            return Refusal("protected", sentence)
        case errors.ProtectedSchemeError():
            sentence = _(
                "With “%(scheme)s”, the majority of “%(college)s” depends on who votes. So no "
                "college can be protected. Choose “No college”, or another way of weighing.",
                scheme=_scheme(error.scheme),
                college=rows.name(error.college),
            )
            return Refusal("protected", sentence)
        case errors.MissingFloorError():
            sentence = _(
                "“%(college)s” is protected, so it needs a number of fewest counted votes, at "
                "least 1. Below it the vote is void, so that no result stands without it.",
                college=rows.name(error.college),
            )
            return Refusal(rows.field("floor", error.college), sentence)
        case errors.CapError():
            field = "part" if error.problem in ("second-part", "alone") else "ballots"
            return Refusal(rows.field(field, error.college), _cap(error.problem))
        case _:
            return None


def _scheme(scheme: str) -> str:
    return scheme_name("roll") if scheme == "roll" else scheme_name("none")


def _cap(problem: str) -> str:
    words: Mapping[str, str] = {
        "protected": _("The protected college cannot be capped."),
        "scheme": _("Where each college votes as one, nothing can be capped."),
        "no-protected": _(
            "This cap compares with a vote of the protected college. So it needs a protected "
            "college, and each college keeping its share."
        ),
        "second-part": _(
            "Only one college can be held to a part of all votes. Another one has such a cap."
        ),
        "alone": _("With only one college there is nothing to cap it against."),
    }
    return words.get(problem, _("This cap is out of its range."))


def _of_statutes(error: VotingError, _rows: Rows) -> Refusal | None:
    match error:
        case errors.ScicCollegesError():
            sentence = _(
                "A SCIC has at least 3 colleges. Here there are %(num)d.", num=error.colleges
            )
            return Refusal("statute", sentence)
        case errors.StatutoryHeadCountError():
            return Refusal(f"{error.rule}-heads", _heads(error))
        case errors.EasySpecialError():
            sentence = _("A special motion must not need less than an ordinary motion.")
            return Refusal("special-share", sentence)
        case _:
            return None


def _heads(error: errors.StatutoryHeadCountError) -> str:
    name = next(rule_name(rule) for rule in RULES if rule == error.rule)
    sentence = _(
        "%(rule)s: the law counts heads. The charter must ask for a head count with at least "
        "%(share)s of the members who vote.",
        rule=name,
        share=error.share,
    )
    if not error.turnout:
        return sentence
    rest = _("At least %(part)s of all members must vote.", part=error.turnout)
    return f"{sentence} {rest}"


def _of_council(error: VotingError, rows: Rows) -> Refusal | None:
    match error:
        case errors.CouncilSeatsError():
            sentence = _(
                "“%(college)s” is protected, so it needs at least %(needed)d of the council's "
                "%(council)d reserved seats. It has %(seats)d.",
                college=rows.name(error.college),
                needed=error.needed,
                council=error.council,
                seats=error.seats,
            )
            return Refusal(rows.field("seats", error.college), sentence)
        case LimitError() if error.where == "charter.council":
            sentence = _(
                "A council has at most 100 reserved seats. Here there are %(num)d.",
                num=error.number,
            )
            return Refusal(rows.first("seats"), sentence)
        case _:
            return None


def _of_the_rest(error: VotingError, rows: Rows) -> Refusal | None:
    match error:
        case errors.DuplicateCollegeError():
            sentence = _("The short name “%(college)s” stands here twice.", college=error.college)
            return Refusal(rows.field("id", error.college), sentence)
        case LimitError() if error.where == "colleges":
            return Refusal(rows.first("id"), _("Write at least one college."))
        case _:
            return None


def college_of(rows: Sequence[CollegeRow], number: str) -> CollegeId | None:
    """The college of the row of this number."""
    return next((row.college.id for row in rows if str(row.number) == number), None)
