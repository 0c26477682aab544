"""`teg roll …`: the faults first, then the difference, then all of it or nothing."""

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from voting.roll import Roll, RollChanges, RollError, read_roll
from web.actions.import_roll import import_roll, preview_roll
from web.cli.common import DEFAULT_DATA, REFUSED, DataOption, fail, opened, read_file
from web.cli.installation import read_charter_file
from web.views import organisation

app = typer.Typer(no_args_is_help=True, help="The roll: who may vote.")

FileArgument = Annotated[Path, typer.Argument(help="The roll as CSV.")]


@app.command()
def check(
    file: FileArgument,
    charter: Annotated[
        Path | None, typer.Option(help="Charter file, where there is no installation yet.")
    ] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Read a roll and list every fault in it; nothing is changed."""
    raw = read_file(file)
    if charter is not None:
        rules = read_charter_file(charter)
    else:
        with opened(data) as service:
            found = organisation(service).charter
        if found is None:
            fail("Give a charter with --charter, or run `teg init` first.", 2)
        rules = found
    try:
        roll = read_roll(raw, rules)
    except RollError as error:
        _list_faults(error)
    _say_counts(roll)


@app.command("import")
def import_(
    file: FileArgument,
    data: DataOption = DEFAULT_DATA,
    yes: Annotated[bool, typer.Option("--yes", help="Import without asking.")] = False,
) -> None:
    """Show what a roll would change, ask, and import it."""
    raw = read_file(file)
    with opened(data) as service:
        try:
            preview = preview_roll(service, raw)
        except RollError as error:
            _list_faults(error)
        _say_counts(preview.roll)
        _say_changes(preview.changes)
        if not yes and not typer.confirm("Import this roll?"):
            fail("Nothing was imported.")
        import_roll(service, raw, preview.digest)
    typer.echo("The roll was imported.")


def _list_faults(error: RollError) -> None:
    for fault in error.problems:
        column = f", {fault.column}" if fault.column else ""
        value = f" ({fault.value})" if fault.value else ""
        typer.echo(f"line {fault.line}{column}: {fault.problem}{value}", err=True)
    number = len(error.problems)
    fail(f"{number} {'fault' if number == 1 else 'faults'}; nothing was imported.", REFUSED)


def _say_counts(roll: Roll) -> None:
    typer.echo(f"{len(roll.members)} members")
    groups = roll.by_college
    for college, members in groups.items():
        typer.echo(f"  {college}: {len(members)}")
    without = len(roll.members) - sum(map(len, groups.values()))
    if without:
        typer.echo(f"  without a vote: {without}")


def _say_changes(changes: RollChanges) -> None:
    typer.echo(
        f"{len(changes.added)} added, {len(changes.removed)} removed, "
        f"{len(changes.changed)} changed"
    )
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    for member in changes.removed:
        lines.writerow(["-", member.number, member.name, member.email, member.college or ""])
    for before, after in changes.changed:
        lines.writerow(["<", before.number, before.name, before.email, before.college or ""])
        lines.writerow([">", after.number, after.name, after.email, after.college or ""])
    typer.echo(out.getvalue(), nl=False)
