"""`teg export`: the whole public record into a folder, as an observer would download it."""

from pathlib import Path
from typing import Annotated

import typer

from web.cli.common import DEFAULT_DATA, WRONG_USE, DataOption, fail, opened
from web.record import export_record


def export(
    folder: Annotated[Path, typer.Argument(help="Made when missing.")],
    election: Annotated[
        str | None, typer.Option(help="Also put this election's files at the top.")
    ] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Write the public record into a folder; `teg verify FOLDER` checks it offline."""
    with opened(data) as service:
        try:
            number = export_record(service, folder, election=election)
        except OSError as error:
            fail(f"{folder} cannot be written: {error.strerror}.", WRONG_USE)
    typer.echo(f"{number} files in {folder}")
