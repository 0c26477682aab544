"""`teg count FILE`: a file read, counted and shown.

Source: docs/formats/counting.md.
"""

from pathlib import Path

import typer
from rich.console import Console

from audit.count_tables import show_count
from audit.record_errors import UncountableFileError, UnreadableFileError, WrongSeatsError
from voting.counting.blt import MAX_BLT, parse_blt
from voting.counting.election_file import ElectionFile, from_blt, parse_election
from voting.counting.file_count import FileMethod, count_file
from voting.counting.file_result import format_count
from voting.errors import SeatsError, VotingError


def count_shown_file(
    console: Console, file: Path, method: FileMethod, seats: int | None, *, as_json: bool
) -> None:
    """Count an election that stands in a file, and show the count.

    Raises:
        UnreadableFileError: it cannot be reached.
        UncountableFileError: it is no election, or not one for this method.
        WrongSeatsError: so many cannot be elected.
    """
    election = read_election(file)
    try:
        counted = count_file(election, method, seats)
    except SeatsError as error:
        raise WrongSeatsError(error.seats, error.method) from None
    except VotingError as error:
        raise UncountableFileError(file, error) from None
    if as_json:
        typer.echo(format_count(counted))
    else:
        show_count(console, counted)


def read_election(file: Path) -> ElectionFile:
    """Read a file; one that begins with a brace is JSON.

    Raises:
        UnreadableFileError: it cannot be reached.
        UncountableFileError: it is neither.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BLT + 1)
    except OSError as error:
        raise UnreadableFileError(file, error.strerror) from None
    try:
        if raw.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            return parse_election(raw)
        return from_blt(parse_blt(raw))
    except VotingError as error:
        raise UncountableFileError(file, error) from None
