"""`teg charter adopt`: another charter for this installation, with a public reason."""

from pathlib import Path
from typing import Annotated

import typer

from web.actions.adopt_charter import CharterPreview, adopt_charter, preview_charter
from web.cli.common import DEFAULT_DATA, DataOption, fail, opened
from web.cli.election_acts import ReasonOption, YesOption
from web.cli.installation import read_charter_file


def adopt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The charter, as JSON.")],
    reason: ReasonOption,
    data: DataOption = DEFAULT_DATA,
    yes: YesOption = False,
) -> None:
    """Adopt another charter; elections that are announced keep the one they have."""
    charter = read_charter_file(file)
    with opened(data) as service:
        preview = preview_charter(service, charter)
        _show(preview)
        # What cannot be done is refused without asking.
        if preview.is_possible and not yes and not typer.confirm("Adopt this charter?"):
            fail("Nothing was changed.")
        adopt_charter(service, charter, reason, seen=preview.seen)
    typer.echo("The charter is adopted. Elections in preparation go by it from now on.")


def _show(preview: CharterPreview) -> None:
    for part in preview.changes:
        typer.echo(f"changes: {part}")
    for college, number in preview.left_out:
        typer.echo(f"in the way: {number} members of {college}")
    for each in preview.unfit:
        typer.echo(
            f"in the way: question {each.contest.id} of {each.title['en']} "
            f"({each.election}): {each.problem}"
        )
