"""The roll in words: what is wrong with a file, and what it would change.

Each sentence names the fault and what mends it; codes stay inside the program.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voting.charter.charter import Charter
from voting.members import Member
from voting.roll import RollProblem
from voting.roll_csv import MAX_CSV, MAX_LINE, MAX_MEMBERS
from web.pages.officer.texts import _
from web.pages.officer.words import college_name, format_word, language_word

# Of these the value is a count or a byte, nothing that somebody typed.
_COUNTED = frozenset(
    {"not-utf-8", "too-few-fields", "too-many-fields"}
    | {"too-large", "too-many-members", "line-too-long"}
)


@dataclass(frozen=True, slots=True)
class SaidProblem:
    """One fault of a file; `value` is what stands there, "" when that says nothing."""

    line: int
    column: str
    sentence: str
    value: str


@dataclass(frozen=True, slots=True)
class SaidMember:
    """One member of a difference, with what is to be known of her."""

    name: str
    facts: tuple[str, ...]


def say_problems(problems: Iterable[RollProblem], charter: Charter) -> list[SaidProblem]:
    """All faults of a file, in its order."""
    return [
        SaidProblem(
            problem.line,
            problem.column,
            _sentence(problem, charter),
            "" if problem.problem in _COUNTED else problem.value,
        )
        for problem in problems
    ]


def _sentence(problem: RollProblem, charter: Charter) -> str:
    words: Mapping[str, str] = {
        **_words_of_files(),
        **_words_of_fields(problem, charter),
    }
    return words.get(problem.problem) or _("This is not as it must be. Compare it with the table.")


def _words_of_files() -> dict[str, str]:
    return {
        "no-header": _("The file is empty. The first line must name the columns."),
        "too-large": _(
            "The file is too large. It may have %(most)d megabytes.", most=MAX_CSV // 1024**2
        ),
        "not-utf-8": _("This line has letters that cannot be read. Save the file as CSV UTF-8."),
        "wrong-separator": _("The columns must be divided by commas. Save the file as CSV again."),
        "bad-quotes": _("A quotation mark is opened and not closed, or stands in a wrong place."),
        "missing-column": _("This column is missing. Add it to the first line."),
        "unknown-column": _("There is no column of this name. Take it out, or mend its name."),
        "duplicate-column": _("This column stands twice. Take one of them out."),
        "too-few-fields": _("This line has fewer fields than there are columns."),
        "too-many-fields": _(
            "This line has more fields than there are columns. Put text with a comma in quotes."
        ),
        "line-too-long": _(
            "This line has more than %(most)d letters and signs. Make it shorter.", most=MAX_LINE
        ),
        "no-members": _("There is no member in the file."),
        "too-many-members": _(
            "There are too many members. A roll may have %(most)d.", most=MAX_MEMBERS
        ),
    }


def _words_of_fields(problem: RollProblem, charter: Charter) -> dict[str, str]:
    colleges = ", ".join([*(college.id for college in charter.colleges), "associate"])
    return {
        "missing-name": _("The name is missing."),
        "missing-email": _("The e-mail address is missing."),
        "missing-college": _("The college is missing. It can be: %(colleges)s.", colleges=colleges),
        "missing-language": _("The language is missing. Write en or cy."),
        "missing-format": _("The format is missing. Write standard or easy-read."),
        "unknown-college": _(
            "There is no college of this name. It can be: %(colleges)s.", colleges=colleges
        ),
        "unknown-language": _("The language must be en or cy."),
        "unknown-format": _("The format must be standard or easy-read."),
        "bad-email": _("This is not an e-mail address, like name@society.example."),
        "bad-number": _(
            "A member's number has letters, digits, spaces and . _ / - only, and begins with a "
            "letter or digit."
        ),
        "bad-character": _("There is a sign here that cannot be shown. Type the text again."),
        "too-long": _("This is too long."),
        "formula": _("This begins with =, +, - or @. A spreadsheet would run it as a formula."),
        "duplicate-number": _(
            "This number stands on line %(line)d already.", line=problem.other_line
        ),
        "duplicate-email": _(
            "This address stands on line %(line)d already.", line=problem.other_line
        ),
    }


def say_member(member: Member, charter: Charter) -> SaidMember:
    """A member who is added or removed."""
    return SaidMember(
        member.name, tuple(f"{label}: {value}" for label, value in _facts(member, charter) if value)
    )


def say_change(old: Member, new: Member, charter: Charter) -> SaidMember:
    """A member who changes: only what does, before and after."""
    pairs = [
        (_("Name"), old.name, new.name),
        *(
            (label, before, after)
            for (label, before), (_label, after) in zip(
                _facts(old, charter), _facts(new, charter), strict=True
            )
        ),
    ]
    return SaidMember(
        old.name,
        tuple(
            _(
                "%(what)s: %(before)s becomes %(after)s",
                what=label,
                before=before or _("nothing"),
                after=after or _("nothing"),
            )
            for label, before, after in pairs
            if before != after
        ),
    )


def _facts(member: Member, charter: Charter) -> list[tuple[str, str]]:
    return [
        (_("Number"), member.number),
        (_("E-mail address"), member.email),
        (_("College"), college_name(charter, member.college)),
        (_("Language"), language_word(member.language)),
        (_("Format"), format_word(member.text_format)),
    ]
