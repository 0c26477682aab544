"""The program `teg`: what an observer or a trustee needs, with no server installed.

The service adds its own commands through the entry points `teg.commands`. Each command loads
what it uses when it is called: loading all that the program can do takes longer than many a
command has work.

Source: design 2, "Command line"; docs/observers.md.
"""

import sys
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from audit.charter_cli import charter_app
from audit.cli_parts import reporting
from audit.count_cli import count
from audit.trustee_cli import trustee_app
from audit.verify_cli import verify

OURS = frozenset({"web", "audit", "ballots", "voting"})
OBSERVERS = (["verify"], ["mirror"], ["count"])
"""Commands to which an installed package adds nothing."""

app = typer.Typer(
    name="teg",
    help="Online voting for co-operatives, and its verification by anyone.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.add_typer(charter_app, name="charter")
app.add_typer(trustee_app, name="trustee")
app.command()(count)
app.command()(verify)


@app.callback()
def _begin() -> None:
    """Online voting for co-operatives, and its verification by anyone."""


@app.command()
def mirror(
    record: Annotated[str, typer.Argument(metavar="URL|DIR", help="The public record.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made when missing.")],
    election: Annotated[
        str | None, typer.Option(metavar="UUID", help="Download this election only.")
    ] = None,
) -> None:
    """Download a public record into a folder; `teg verify FOLDER` checks it offline.

    Nothing is verified by this. Begun again, it fetches only what is missing.
    """
    from audit.mirror import mirror_record
    from audit.progress import shown_bar
    from audit.record import open_record

    console = Console(stderr=True, highlight=False)
    with reporting(), shown_bar(console, "objects") as tell:
        mirror_record(open_record(record), folder, tell, election=election)
    typer.echo(f"The record is in {folder}.")


def main() -> None:
    """Run the program with every command that is installed."""
    # The server's parts take a second to load, as long as verifying a hundred ballots.
    if sys.argv[1:2] not in OBSERVERS:
        add_installed(entry_points(group="teg.commands"))
    app()


def add_installed(points: Iterable[EntryPoint]) -> None:
    """Add the commands of other packages."""
    for point in points:
        try:
            add_commands = point.load()
        except ModuleNotFoundError as error:
            # The small core is installed without the server: its commands are not there.
            if (error.name or "").partition(".")[0] in OURS:
                raise
            continue
        add_commands(app)
