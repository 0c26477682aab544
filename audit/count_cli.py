"""`teg count`: counts an election that stands in a file, with no server installed.

Source: issue 4; docs/formats/counting.md, docs/running/command-line.md.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from audit.cli_parts import reporting
from audit.count_tables import show_count
from audit.record_errors import UncountableFileError, UnreadableFileError, WrongSeatsError
from voting.counting.blt import MAX_BLT, parse_blt
from voting.counting.election_file import ElectionFile, from_blt, parse_election
from voting.counting.file_count import FILE_METHODS, FileMethod, count_file
from voting.counting.file_result import format_count
from voting.errors import SeatsError, VotingError


def count(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A BLT file, or JSON of colleges and ballots.")
    ],
    *,
    method: Annotated[FileMethod, typer.Option(metavar="NAME", help=", ".join(FILE_METHODS))],
    seats: Annotated[
        int | None, typer.Option(metavar="M", min=1, help="Seats, if not those of the file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write canonical JSON.")] = False,
) -> None:
    """Count an election that stands in a file, by any method."""
    with reporting():
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
        show_count(Console(highlight=False), counted)


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
