"""`teg count`: counts an election that stands in a file, with no server installed.

Source: issue 4; docs/formats/counting.md, docs/running/command-line.md.
"""

from pathlib import Path
from typing import Annotated, Literal, get_args

import typer
from rich.console import Console

from audit.cli_parts import reporting

# `FileMethod`, written again: loading it with all methods is for who counts, and this stands in
# the help of a program that mostly verifies.
MethodName = Literal[
    "motion",
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


def count(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A BLT file, or JSON of colleges and ballots.")
    ],
    *,
    method: Annotated[
        MethodName, typer.Option(metavar="NAME", help=", ".join(get_args(MethodName)))
    ],
    seats: Annotated[
        int | None, typer.Option(metavar="M", min=1, help="Seats, if not those of the file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write canonical JSON.")] = False,
) -> None:
    """Count an election that stands in a file, by any method."""
    from audit.count_file import count_shown_file

    with reporting():
        count_shown_file(Console(highlight=False), file, method, seats, as_json=as_json)
