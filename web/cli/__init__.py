"""The commands of the service, added to `teg` when the server extra is installed.

What they need is imported here, at the top: where the extra is not installed the program
sees at once that this part is not there, and goes on without it.
"""

import typer

from web.cli import election, roll
from web.cli.charter import adopt
from web.cli.contests import CONTESTS
from web.cli.demo import demo
from web.cli.election_acts import ACTS
from web.cli.installation import init, officer_link, serve
from web.cli.make_key import make_key
from web.cli.record import export
from web.cli.simulate import simulate
from web.cli.trustee import give


def add_commands(app: typer.Typer) -> None:
    """Add them to the one program, which `audit.cli` owns."""
    for command in (init, serve, officer_link, demo, simulate, export):
        app.command()(command)
    app.add_typer(roll.app, name="roll")
    for name, act in (*CONTESTS.items(), *ACTS.items()):
        election.app.command(name)(act)
    app.add_typer(election.app, name="election")
    trustee = _group(app, "trustee", "What a trustee does.")
    for step in (make_key, give):
        trustee.command()(step)
    _group(app, "charter", "Charters: a co-operative's voting rules.").command()(adopt)


def _group(app: typer.Typer, name: str, about: str) -> typer.Typer:
    """A group that the program may have already, such as that of `teg trustee decrypt`."""
    for group in app.registered_groups:
        if group.name == name and group.typer_instance is not None:
            return group.typer_instance
    own = typer.Typer(no_args_is_help=True, help=about)
    app.add_typer(own, name=name)
    return own
