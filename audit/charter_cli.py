"""`teg charter presets`, `make` and `check`: charters, with no server installed.

The service adds `teg charter adopt`. Source: issue 4; docs/running/command-line.md.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from audit.cli_parts import reporting

# `PresetId`, written again: it stands in the help of a program that mostly verifies, and loading
# it with all the rules takes time.
PresetName = Literal[
    "user-led-51",
    "user-led-75",
    "council-reserved",
    "classes",
    "scic",
    "capped-investors",
    "class-consents",
    "one-member-one-vote",
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON.")]

charter_app = typer.Typer(no_args_is_help=True, help="Charters: a co-operative's voting rules.")


@charter_app.command()
def presets(*, as_json: JsonOption = False) -> None:
    """List the ready-made charters."""
    from audit.charter_tables import show_presets

    with reporting():
        show_presets(Console(highlight=False), as_json=as_json)


@charter_app.command()
def make(
    preset: Annotated[
        PresetName, typer.Argument(metavar="PRESET", help="See `teg charter presets`.")
    ],
    name_en: Annotated[str, typer.Option(help="The co-operative's name in English.")],
    name_cy: Annotated[str, typer.Option(help="The same in Welsh.")],
) -> None:
    """Write a ready-made charter to standard output, to be changed and checked."""
    from audit.charter_file import lay_out, make_preset

    with reporting():
        typer.echo(lay_out(make_preset(preset, name_en, name_cy)), nl=False)


@charter_app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A charter, as JSON.")],
    *,
    members: Annotated[
        list[str] | None,
        typer.Option(metavar="COLLEGE=N", help="How many are on the roll; once for each college."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a charter guarantees and what not, or by which rule it is refused."""
    from audit.charter_file import check_charter

    with reporting():
        check_charter(Console(highlight=False), file, members or [], as_json=as_json)
