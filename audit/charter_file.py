"""A charter in a file: read, written in a readable layout, and looked at with a roll.

Source: docs/formats/charter.md; docs/running/command-line.md.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import typer
from rich.console import Console

from audit.charter_tables import show_outlook
from audit.record_errors import RefusedCharterError, UnknownMembersError, UnreadableFileError
from voting.charter.charter import Charter
from voting.charter.charter_format import (
    MAX_CHARTER,
    charter_digest,
    charter_object,
    parse_written_charter,
)
from voting.charter.presets import PRESETS, PresetId
from voting.errors import CanonicalError, MalformedError, VotingError
from voting.guarantee import statement_object
from voting.members import CollegeId
from voting.outlook import Outlook, foresee
from voting.roll import RollSummary

ASSUMED: Final = 1_000
"""Members of each college where nobody says how many: more than any that we call small."""

_NOT_COMMITTED = "0" * 64
_NO_JSON: Final[Mapping[str, str]] = {
    "too-large": f"it has more than {MAX_CHARTER} bytes",
    "not-utf-8": "it is not UTF-8 text",
    "not-json": "it is not JSON",
    "duplicate-key": "a field stands in it twice",
    "not-integer": "a number in it is not whole; shares are written as fractions, in quotes",
    "too-deep": "it is nested too deep",
    "not-canonical": "something stands in it twice, or not in its order",
}


def make_preset(preset: PresetId, english: str, welsh: str) -> Charter:
    """A ready-made charter of a co-operative of this name.

    Raises:
        RefusedCharterError: it cannot be called so.
    """
    try:
        return PRESETS[preset].make({"en": english, "cy": welsh})
    except VotingError as error:
        raise RefusedCharterError(preset, error) from None


def lay_out(charter: Charter) -> str:
    """The charter as people read it; `parse_written_charter` reads it again."""
    return json.dumps(charter_object(charter), ensure_ascii=False, indent=2) + "\n"


_FRACTIONS: Final = ("share", "ballots", "part", "threshold", "agree", "heads")


def read_charter_file(file: Path) -> Charter:
    """Read a charter, in any layout.

    Raises:
        UnreadableFileError: the file cannot be reached.
        RefusedCharterError: it is no charter; the rule is named, with the number.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_CHARTER + 1)
    except OSError as error:
        raise UnreadableFileError(file, error.strerror) from None
    try:
        return parse_written_charter(raw)
    except CanonicalError as error:
        raise RefusedCharterError(file, _NO_JSON[error.problem]) from None
    except MalformedError as error:
        why = f"{error.where} is missing, out of its order, or not written as it should be"
        if error.where.endswith(_FRACTIONS):
            why += '; a fraction stands in lowest terms, "17/50" and not "34/100" or "0.34"'
        raise RefusedCharterError(file, why) from None
    except VotingError as error:
        raise RefusedCharterError(file, error) from None


def check_charter(console: Console, file: Path, members: Sequence[str], *, as_json: bool) -> None:
    """Show what a charter guarantees and what not.

    Raises:
        UnreadableFileError: the file cannot be reached.
        RefusedCharterError: it is no charter.
        UnknownMembersError: the members are not those of its colleges.
    """
    charter = read_charter_file(file)
    counts = read_members(charter, members)
    outlook = foresee(charter, RollSummary(_NOT_COMMITTED, tuple(counts.items())))
    if as_json:
        typer.echo(json.dumps(_check_object(charter, counts, outlook), indent=2))
    else:
        show_outlook(console, charter, counts, outlook, is_assumed=not members)


def read_members(charter: Charter, given: Sequence[str]) -> dict[CollegeId, int]:
    """Members of each college, from "college=number"; with none given, enough in each.

    Raises:
        UnknownMembersError: a college is missing, unknown or there twice, or a number is none.
    """
    if not given:
        return {each.id: max(ASSUMED, charter.floor(each.id)) for each in charter.colleges}
    numbers: dict[str, int] = {}
    for one in given:
        college, _, number = one.partition("=")
        # Not every digit that Python reads as a number is one that people type.
        if not (number.isascii() and number.isdigit() and len(number) <= 9):
            raise UnknownMembersError(f"{one} is not COLLEGE=NUMBER")
        if college in numbers:
            raise UnknownMembersError(f"{college} is there twice")
        numbers[college] = int(number)
    ids = [each.id for each in charter.colleges]
    for college in numbers:
        if college not in ids:
            raise UnknownMembersError(f"the charter has no college {college}")
    for college in ids:
        if college not in numbers:
            raise UnknownMembersError(f"{college} is missing")
    return {college: numbers[college] for college in ids}


def _check_object(
    charter: Charter, members: Mapping[CollegeId, int], outlook: Outlook
) -> dict[str, object]:
    council = outlook.council
    return {
        "charter": charter_digest(charter),
        "members": [list(pair) for pair in members.items()],
        "protected": outlook.protected,
        "share": str(outlook.share),
        "scheme": outlook.scheme,
        "possible_share": str(outlook.possible_share),
        "floor": outlook.floor,
        "holds": outlook.holds,
        "reasons": list(outlook.reasons),
        "motions": [statement_object(each) for each in outlook.motions],
        "one_winner": [statement_object(each) for each in outlook.one_winner],
        "councils": [
            {
                "seats": each.seats,
                "seats_guaranteed": each.seats_guaranteed,
                "majority_needed": each.majority_needed,
                "least_share": str(each.least_share),
                "allowed": each.allowed,
            }
            for each in outlook.councils
        ],
        "council": council
        and {
            "seats": council.seats,
            "reserved": [list(pair) for pair in council.reserved],
            "protected_seats": council.protected_seats,
            "majority_needed": council.majority_needed,
            "seats_needed": council.seats_needed,
        },
        "not_guaranteed": list(outlook.not_guaranteed),
        "warnings": list(outlook.warnings),
    }
