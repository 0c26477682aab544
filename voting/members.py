"""Members: the people on the roll, each in exactly one college or an associate.

An associate has no vote. A member is known by the co-operative's own membership number,
or, where it keeps none, by the e-mail address.

Source: design 4, section 1 ("One member, one college"); docs/formats/roll.md.
"""

import re
from dataclasses import dataclass
from typing import NewType

from voting.errors import MemberError
from voting.texts import (
    LANGUAGES,
    TEXT_FORMATS,
    Language,
    TextFormat,
    find_line_problem,
    require_college_id,
    tidy_line,
)

__all__ = [
    "LANGUAGES",
    "TEXT_FORMATS",
    "CollegeId",
    "Language",
    "Member",
    "TextFormat",
    "find_email_problem",
    "find_name_problem",
    "find_number_problem",
]

CollegeId = NewType("CollegeId", str)

MAX_EMAIL = 254
MAX_NUMBER = 32

_NUMBER = re.compile(r"[^\W_][\w ./-]*")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")


@dataclass(frozen=True, slots=True)
class Member:
    """One person, or one organisation, on the roll.

    Attributes:
        number: the co-operative's own number, up to 32 characters; "" where it keeps none.
        name: as it is to be shown, in NFC.
        email: an ASCII address.
        college: None for an associate, who has no vote.
        language: in which she wants to read.
        text_format: standard texts, or Easy Read.

    Raises:
        MemberError: a field is not fit to stand.
        IdentifierError: the college's id is not one.
    """

    number: str
    name: str
    email: str
    college: CollegeId | None
    language: Language
    text_format: TextFormat

    def __post_init__(self) -> None:
        problems = {
            "number": find_number_problem(self.number),
            "name": find_name_problem(self.name),
            "email": find_email_problem(self.email),
        }
        for field, problem in problems.items():
            if problem:
                raise MemberError(field, problem)
        if self.college is not None:
            require_college_id(self.college)

    @property
    def key(self) -> str:
        """What tells this member from all others: number, else address, in small letters."""
        return (self.number or self.email).lower()


def find_name_problem(name: str) -> str | None:
    """What is wrong with a name: missing, too-long, bad-character, formula, or None."""
    return find_line_problem(name) or _find_formula(name)


def find_number_problem(number: str) -> str | None:
    """What is wrong with a membership number: too-long, bad-number, or None; "" is right."""
    if len(number) > MAX_NUMBER:
        return "too-long"
    # No @ may stand here, so that a number is never equal to another member's address.
    if number and (not _NUMBER.fullmatch(number) or number != tidy_line(number)):
        return "bad-number"
    return None


def find_email_problem(email: str) -> str | None:
    """What is wrong with an address: missing, too-long, formula, bad-email, or None."""
    if not email:
        return "missing"
    if len(email) > MAX_EMAIL:
        return "too-long"
    if not _EMAIL.fullmatch(email):
        return "bad-email"
    return _find_formula(email)


def _find_formula(value: str) -> str | None:
    # A spreadsheet runs a cell that begins so, in any list somebody may make from the roll.
    return "formula" if value[0] in "=+-@" else None
