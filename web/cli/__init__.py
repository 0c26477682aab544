"""The commands of the service, added to `teg` when the server extra is installed."""

import typer


def add_commands(app: typer.Typer) -> None:
    """Add them to the one program, which `audit.cli` owns."""
    # Imported only when the program runs: reading a record alone needs none of it.
    from web.cli import election, roll  # noqa: PLC0415
    from web.cli.demo import demo  # noqa: PLC0415
    from web.cli.election_acts import ACTS  # noqa: PLC0415
    from web.cli.installation import init, serve  # noqa: PLC0415
    from web.cli.record import export  # noqa: PLC0415
    from web.cli.simulate import simulate  # noqa: PLC0415
    from web.cli.trustee import give  # noqa: PLC0415

    for command in (init, serve, demo, simulate, export):
        app.command()(command)
    app.add_typer(roll.app, name="roll")
    for name, act in ACTS.items():
        election.app.command(name)(act)
    app.add_typer(election.app, name="election")
    _trustee_group(app).command()(give)


def _trustee_group(app: typer.Typer) -> typer.Typer:
    """The group that already has `teg trustee key` and `decrypt`."""
    for group in app.registered_groups:
        if group.name == "trustee" and group.typer_instance is not None:
            return group.typer_instance
    group_app = typer.Typer(no_args_is_help=True, help="What a trustee does.")
    app.add_typer(group_app, name="trustee")
    return group_app
