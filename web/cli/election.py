"""`teg election …`, the first half: preparing an election and looking at it."""

from typing import Annotated

import typer

from web.actions.appoint_trustees import appoint_trustees
from web.actions.write_election import create_election, set_calendar, set_rules
from web.api.shapes import election_shape, guarantee_shape
from web.cli.common import (
    DEFAULT_DATA,
    WRONG_USE,
    DataOption,
    JsonOption,
    fail,
    opened,
    print_json,
)
from web.cli.tables import print_guarantee, print_status
from web.local_time import ZONE, LocalTimeError, TypedTime, read_local
from web.views import election_view, list_elections

app = typer.Typer(no_args_is_help=True, help="Elections: everything a returning officer does.")

ElectionArgument = Annotated[str, typer.Argument(metavar="ELECTION", help="Its uuid.")]


@app.command("list")
def list_(data: DataOption = DEFAULT_DATA, as_json: JsonOption = False) -> None:
    """List every election."""
    with opened(data) as service:
        views = list_elections(service)
    if as_json:
        print_json([election_shape(view) for view in views])
        return
    for view in views:
        typer.echo(f"{view.uuid}  {view.state:<10} {view.title['en']}")


@app.command()
def new(
    title_en: Annotated[str, typer.Option(help="Short title in English.")],
    title_cy: Annotated[str, typer.Option(help="Short title in Welsh.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Begin a draft; prints its uuid."""
    with opened(data) as service:
        typer.echo(create_election(service, {"en": title_en, "cy": title_cy}))


@app.command()
def calendar(
    election: ElectionArgument,
    *,
    opens: Annotated[str, typer.Option(help='Local time, as "2027-03-01 09:00".')],
    closes: Annotated[str, typer.Option(help='Local time, as "2027-03-15 18:00".')],
    zone: Annotated[str, typer.Option(help="Time zone of both.")] = ZONE,
    open_small_boxes: Annotated[
        bool | None,
        typer.Option(help="Whether the box of fewer than five voters may be opened."),
    ] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Set when the election opens and closes, and its rule for small boxes."""
    with opened(data) as service:
        set_calendar(service, election, _moment(opens, zone), _moment(closes, zone), zone)
        if open_small_boxes is not None:
            set_rules(service, election, open_small_boxes=open_small_boxes)


@app.command()
def trustees(
    election: ElectionArgument,
    trustee: Annotated[
        list[str], typer.Option(help='"Name <address>", once for each; two at least.')
    ],
    needed: Annotated[
        int | None,
        typer.Option(help="How many of them open the tally; more than half by default."),
    ] = None,
    show_links: Annotated[
        bool, typer.Option(help="Print their personal links, to hand over by other means.")
    ] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Appoint the trustees; each is sent a personal link."""
    people = [_read_person(each) for each in trustee]
    with opened(data) as service:
        appointed = appoint_trustees(service, election, people, needed)
        base = service.settings.base_url
    for each, (name, _) in zip(appointed, people, strict=True):
        link = f"  {base}/en/start#{each.link_secret}" if show_links else ""
        typer.echo(f"{each.number}  {name}{link}")


@app.command()
def guarantee(
    election: ElectionArgument, data: DataOption = DEFAULT_DATA, as_json: JsonOption = False
) -> None:
    """Show what the protected college is guaranteed; exit code 1 where it does not hold."""
    with opened(data) as service:
        statements = election_view(service, election).guarantee
    if as_json:
        print_json([guarantee_shape(statement) for statement in statements])
    else:
        for statement in statements:
            print_guarantee(statement)
    if not all(statement.holds for statement in statements):
        raise typer.Exit(1)


@app.command()
def status(
    election: ElectionArgument, data: DataOption = DEFAULT_DATA, as_json: JsonOption = False
) -> None:
    """Show an election: its stage, turnout by college, and what is still to do."""
    with opened(data) as service:
        view = election_view(service, election)
    if as_json:
        print_json({**election_shape(view), "missing": list(view.missing)})
    else:
        print_status(view)


def _read_person(text: str) -> tuple[str, str]:
    name, opening, rest = text.rpartition("<")
    if not opening or not rest.rstrip().endswith(">") or not name.strip():
        fail(f'"{text}" is not of the form "Name <address>".', WRONG_USE)
    return name.strip(), rest.rstrip()[:-1].strip()


def _moment(text: str, zone: str) -> int:
    date, _, time = text.strip().replace("T", " ").partition(" ")
    year, month, day = (*date.split("-"), "", "")[:3]
    try:
        return read_local(TypedTime(day, month, year, time), zone)
    except LocalTimeError as error:
        reason = (type(error).__doc__ or "").splitlines()[0]
        fail(f'"{text}" is not a time in {zone}: {reason}', WRONG_USE)
    except (OSError, ValueError, KeyError):
        fail(f'"{zone}" is not a time zone.', WRONG_USE)
