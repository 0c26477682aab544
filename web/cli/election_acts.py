"""`teg election …`, the second half: the acts that cannot be undone, and the result."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from web.actions.announce_election import announce_election
from web.actions.certify_election import certify_election
from web.actions.close_election import close_election
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.actions.void_election import void_election
from web.api.shapes import election_shape
from web.cli.common import (
    DEFAULT_DATA,
    DataOption,
    JsonOption,
    fail,
    opened,
    print_json,
    read_secret,
)
from web.cli.election import ElectionArgument
from web.cli.tables import print_guarantee, print_result
from web.views import election_view

ReasonOption = Annotated[
    str, typer.Option(help="Why, for everyone to read; it stands in the public record.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


def announce(
    election: ElectionArgument,
    data: DataOption = DEFAULT_DATA,
    reason: ReasonOption = "",
    yes: YesOption = False,
) -> None:
    """Announce: the roll is fixed, credentials are made, the set-up goes into the log."""
    with opened(data) as service:
        for statement in election_view(service, election).guarantee:
            print_guarantee(statement)
        _confirm("After this the question, the rules and the roll cannot be changed.", yes=yes)
        announced = announce_election(service, election, reason)
    typer.echo(f"Announced. SHA-256 of the manifest: {announced.manifest}")


def open_(
    election: ElectionArgument,
    reason: ReasonOption,
    data: DataOption = DEFAULT_DATA,
    yes: YesOption = False,
) -> None:
    """Open: members get their links and may vote."""
    with opened(data) as service:
        _confirm("Members will be written to, and may vote from now on.", yes=yes)
        open_election(service, election, reason)
    typer.echo("The election is open.")


def close(
    election: ElectionArgument,
    data: DataOption = DEFAULT_DATA,
    reason: ReasonOption = "",
    yes: YesOption = False,
) -> None:
    """Close: no ballot is taken any more."""
    with opened(data) as service:
        _confirm("No vote will be taken after this.", yes=yes)
        close_election(service, election, reason)
    typer.echo("The election is closed.")


def tally(
    election: ElectionArgument, data: DataOption = DEFAULT_DATA, yes: YesOption = False
) -> None:
    """Start the tally: the trustees are asked to shuffle, where needed, and for their shares."""
    with opened(data) as service:
        _confirm("The sums of the boxes are published, and the trustees written to.", yes=yes)
        start_tally(service, election)
        shuffled = election_view(service, election).shuffled
    next_act = "shuffle the ballots" if shuffled else "give their shares"
    typer.echo(f"The tally has begun. The trustees can {next_act}.")


def result(
    election: ElectionArgument, data: DataOption = DEFAULT_DATA, as_json: JsonOption = False
) -> None:
    """Show the result, with its arithmetic."""
    with opened(data) as service:
        view = election_view(service, election)
    if view.results is None:
        fail(f"There is no result yet: the election is {view.state}.")
    if as_json:
        print_json(election_shape(view)["results"])
        return
    for contest, counted in zip(view.contests, view.results, strict=True):
        print_result(counted, contest)


def certify(
    election: ElectionArgument,
    reason: ReasonOption,
    data: DataOption = DEFAULT_DATA,
    passphrase_file: Annotated[
        Path | None, typer.Option(help="File with the passphrase, instead of typing it.")
    ] = None,
) -> None:
    """Certify the result with the returning officer's key."""
    with opened(data) as service:
        passphrase = (
            read_secret(passphrase_file)
            if passphrase_file
            else typer.prompt("Passphrase of the certifying key", hide_input=True)
        )
        certify_election(service, election, passphrase, reason)
    typer.echo("The result is certified.")


def void(
    election: ElectionArgument,
    reason: ReasonOption,
    data: DataOption = DEFAULT_DATA,
    yes: YesOption = False,
) -> None:
    """Void an election that is not certified yet."""
    with opened(data) as service:
        _confirm("The election ends here without a result.", yes=yes)
        void_election(service, election, reason)
    typer.echo("The election is void.")


ACTS: Final[Mapping[str, Callable[..., None]]] = {
    "announce": announce,
    "open": open_,
    "close": close,
    "tally": tally,
    "result": result,
    "certify": certify,
    "void": void,
}


def _confirm(consequence: str, *, yes: bool) -> None:
    if not yes and not typer.confirm(f"{consequence} Go on?"):
        fail("Nothing was changed.")
