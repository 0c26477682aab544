"""Reading a roll from CSV as spreadsheets write it: strictly, and with every problem named.

One line is one member. Fields are divided by commas and may stand in double quotes, in
which a quote is written twice (RFC 4180); a line break inside quotes is not taken, so one
forgotten quote spoils its own line and no other.

Source: issue of the first election, "Bad input"; docs/formats/roll.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from voting.errors import VotingError
from voting.members import (
    CollegeId,
    Member,
    find_email_problem,
    find_name_problem,
    find_number_problem,
)
from voting.texts import LANGUAGES, TEXT_FORMATS, tidy_line

MAX_CSV = 16 * 1024 * 1024
MAX_MEMBERS = 100_000
MAX_LINE = 4_000
MAX_SHOWN = 100

REQUIRED: Final = ("name", "email", "college", "language", "format")
COLUMNS: Final = ("number", *REQUIRED)
ASSOCIATE: Final = "associate"

# Possessive repeats: a hostile line cannot make the match go back and try again.
_FIELD = re.compile(r'(?:"([^"]*+(?:""[^"]*+)*+)"|([^",]*+))(,|\Z)')


@dataclass(frozen=True, slots=True)
class RollProblem:
    """One thing that is wrong with a file.

    Attributes:
        line: counted from 1, the line of column names; 0 for the file as a whole.
        column: the name of the column, or "".
        problem: a code; docs/formats/roll.md has them all.
        value: what stands there, cut to 100 characters.
        other_line: for a duplicate, the line that has the value first; else 0.
    """

    line: int
    column: str
    problem: str
    value: str
    other_line: int = 0


class RollError(VotingError):
    """The roll has problems, and nothing of it was read."""

    def __init__(self, problems: tuple[RollProblem, ...]) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        lines = [
            f"line {each.line}: {each.column} {each.problem} {each.value!r}"
            for each in self.problems
        ]
        return "\n".join(lines)


def read_rows(text: str | bytes, colleges: frozenset[CollegeId]) -> tuple[Member, ...]:
    """Every member of the file, in its order.

    Raises:
        RollError: with every problem, by line.
    """
    lines = _split_lines(_decode(text))
    if not lines:
        raise RollError((RollProblem(0, "", "no-header", ""),))
    reader = _RowReader(_read_header(*lines[0]), colleges)
    for number, line in lines[1:]:
        reader.read(number, line)
    reader.finish()
    return tuple(reader.members)


def _decode(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_CSV:
        raise RollError((RollProblem(0, "", "too-large", str(len(raw))),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", raw[: error.start])) + 1
        byte = raw[error.start : error.start + 1].hex()
        raise RollError((RollProblem(line, "", "not-utf-8", byte),)) from None


def _split_lines(text: str) -> list[tuple[int, str]]:
    """The lines that hold something, with their numbers; spreadsheets add lines of commas."""
    lines = [
        (number, line)
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1)
        if line.replace(",", "").strip()
    ]
    # A file of one endless line must not become millions of fields.
    long = tuple(
        RollProblem(number, "", "line-too-long", str(len(line)))
        for number, line in lines
        if len(line) > MAX_LINE
    )
    if long:
        raise RollError(long)
    return lines


def split_fields(line: str) -> list[str] | None:
    """The fields of one line, tidied; None when its quotes are wrong."""
    fields: list[str] = []
    start = 0
    while match := _FIELD.match(line, start):
        quoted, plain, end = match.groups()
        fields.append(tidy_line(plain if quoted is None else quoted.replace('""', '"')))
        if not end:
            return fields
        start = match.end()
    return None


def _read_header(number: int, line: str) -> Mapping[str, int]:
    """Where each column stands.

    Raises:
        RollError: a column is missing, unknown or there twice.
    """
    if "," not in line and re.search(r"[;\t]", line):
        raise RollError((RollProblem(number, "", "wrong-separator", line[:MAX_SHOWN]),))
    names = [name.lower() for name in split_fields(line) or ()]
    if not names:
        raise RollError((RollProblem(number, "", "bad-quotes", line[:MAX_SHOWN]),))
    problems = [
        RollProblem(number, name, "missing-column", "") for name in REQUIRED if name not in names
    ]
    for place, name in enumerate(names):
        if name not in COLUMNS:
            problems.append(
                RollProblem(number, name[:MAX_SHOWN], "unknown-column", name[:MAX_SHOWN])
            )
        elif name in names[:place]:
            problems.append(RollProblem(number, name, "duplicate-column", name))
    if problems:
        raise RollError(tuple(problems))
    return {name: place for place, name in enumerate(names)}


@dataclass(slots=True)
class _RowReader:
    """Reads line after line, gathering members and problems."""

    header: Mapping[str, int]
    colleges: frozenset[CollegeId]
    members: list[Member] = field(default_factory=list[Member])
    problems: list[RollProblem] = field(default_factory=list[RollProblem])
    rows: int = 0
    first_lines: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def read(self, line: int, text: str) -> None:
        """Take one member, or note what is wrong with the line."""
        self.rows += 1
        fields = split_fields(text)
        if fields is None:
            self.problems.append(RollProblem(line, "", "bad-quotes", text[:MAX_SHOWN]))
        elif len(fields) != len(self.header):
            problem = "too-few-fields" if len(fields) < len(self.header) else "too-many-fields"
            self.problems.append(RollProblem(line, "", problem, str(len(fields))))
        else:
            row = {name: fields[place] for name, place in self.header.items()}
            found = [*self._judge(line, {"number": "", **row})]
            self.problems.extend(found)
            if not found:
                self.members.append(_make_member({"number": "", **row}))

    def finish(self) -> None:
        """Refuse the file when anything was found."""
        if self.rows == 0:
            self.problems.append(RollProblem(0, "", "no-members", ""))
        if self.rows > MAX_MEMBERS:
            self.problems.append(RollProblem(0, "", "too-many-members", str(self.rows)))
        if self.problems:
            raise RollError(tuple(self.problems))

    def _judge(self, line: int, row: Mapping[str, str]) -> Iterator[RollProblem]:
        problems = {
            "number": find_number_problem(row["number"]),
            "name": find_name_problem(row["name"]),
            "email": find_email_problem(row["email"]),
            "college": _find_word_problem("college", row["college"], (*self.colleges, ASSOCIATE)),
            "language": _find_word_problem("language", row["language"], LANGUAGES),
            "format": _find_word_problem("format", row["format"], TEXT_FORMATS),
        }
        for column, problem in problems.items():
            value = row[column]
            if problem:
                code = f"missing-{column}" if problem == "missing" else problem
                yield RollProblem(line, column, code, value[:MAX_SHOWN])
            elif column in ("number", "email") and value:
                first = self.first_lines.setdefault((column, value.lower()), line)
                if first != line:
                    yield RollProblem(line, column, f"duplicate-{column}", value, first)


def _find_word_problem(column: str, value: str, words: tuple[str, ...]) -> str | None:
    if not value:
        return "missing"
    return None if value in words else f"unknown-{column}"


def _make_member(row: Mapping[str, str]) -> Member:
    return Member(
        number=row["number"],
        name=row["name"],
        email=row["email"],
        college=None if row["college"] == ASSOCIATE else CollegeId(row["college"]),
        language=LANGUAGES[LANGUAGES.index(row["language"])],
        text_format=TEXT_FORMATS[TEXT_FORMATS.index(row["format"])],
    )
