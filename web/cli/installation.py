"""`teg init`, `teg serve`, `teg officer-link`: an installation is set up once, then served."""

from pathlib import Path
from typing import Annotated

import typer

from audit.charter_cli import PresetName
from audit.charter_file import make_preset
from audit.charter_file import read_charter_file as read_any_charter_file
from audit.record_errors import RefusedCharterError, UnreadableFileError
from voting.charter.charter import Charter
from web.actions.set_up import renew_officer_link, set_up_installation
from web.cli.common import (
    DEFAULT_DATA,
    WRONG_USE,
    DataOption,
    fail,
    opened,
    plain_refusals,
    read_secret,
)
from web.errors import NotSetUpError
from web.server import serve as serve_until_stopped
from web.service import Service
from web.settings import Settings
from web.settings_file import write_settings
from web.views import organisation

BaseUrlOption = Annotated[
    str | None, typer.Option(help="Public address of the service, without a slash at the end.")
]
PortOption = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen at.")]


def init(
    *,
    charter: Annotated[Path | None, typer.Option(help="The charter, a JSON file.")] = None,
    preset: Annotated[
        PresetName | None,
        typer.Option(metavar="PRESET", help="A ready-made charter instead of a file."),
    ] = None,
    name_en: Annotated[str, typer.Option(help="With --preset: the co-operative's name.")] = "",
    name_cy: Annotated[str, typer.Option(help="With --preset: the same in Welsh.")] = "",
    officer_name: Annotated[str, typer.Option(help="The returning officer's name.")],
    officer_email: Annotated[str, typer.Option(help="The returning officer's e-mail address.")],
    data: DataOption = DEFAULT_DATA,
    base_url: BaseUrlOption = None,
    port: PortOption = None,
    passphrase_file: Annotated[
        Path | None,
        typer.Option(help="File with the certifying key's passphrase, instead of typing it."),
    ] = None,
) -> None:
    """Set an installation up: its keys, its log, its charter, its returning officer."""
    rules = _choose_charter(charter, preset, name_en, name_cy)
    passphrase = _ask_passphrase(passphrase_file)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_settings(data, base_url=base_url, port=port)
    with opened(data) as service:
        made = set_up_installation(service, rules, officer_name, officer_email, passphrase)
        typer.echo(f"Log key, for observers:  {made.vkey}")
        typer.echo(f"Certifying key:          {made.certifier}")
        _show_officer_link(service, made.officer_link_secret)


def officer_link(
    data: DataOption = DEFAULT_DATA,
    officer: Annotated[int, typer.Option(min=1, help="Her number; the first has 1.")] = 1,
) -> None:
    """Make the returning officer a new personal link; her earlier ones end at once."""
    with opened(data) as service:
        _show_officer_link(service, renew_officer_link(service, officer))


def _show_officer_link(service: Service, secret: str) -> None:
    link = f"{service.settings.base_url}/en/start#{secret}"
    typer.echo(f"Returning officer's link, shown only now:\n  {link}")


def serve(
    data: DataOption = DEFAULT_DATA,
    host: Annotated[str | None, typer.Option(help="Address to listen at.")] = None,
    port: PortOption = None,
    base_url: BaseUrlOption = None,
) -> None:
    """Serve an installation until it is stopped."""
    with plain_refusals():
        settings = Settings.load(data, host=host, port=port, base_url=base_url)
        require_set_up(data)
        if settings.return_credentials:
            typer.echo(_NOT_FOR_REAL, err=True)
        serve_until_stopped(
            settings,
            on_ready=lambda: typer.echo(
                f"Teg serves {settings.base_url} at {settings.host}:{settings.port}"
            ),
        )


_NOT_FOR_REAL = (
    "return_credentials is on: whoever holds the operator's token can vote for everybody. "
    "This is for simulations, never for real votes."
)


def require_set_up(data: Path) -> None:
    """End with a sentence where `teg init` has not been run."""
    with opened(data) as service:
        if organisation(service).charter is None:
            raise NotSetUpError


def read_charter_file(path: Path) -> Charter:
    """A charter from a JSON file, in any layout."""
    try:
        return read_any_charter_file(path)
    except UnreadableFileError as error:
        fail(f"{error}.", WRONG_USE)
    except RefusedCharterError as error:
        fail(f"{error}.")


def _choose_charter(
    file: Path | None, preset: PresetName | None, english: str, welsh: str
) -> Charter:
    if (file is None) is (preset is None):
        fail("Give either --charter or --preset.", WRONG_USE)
    if file is not None:
        return read_charter_file(file)
    assert preset is not None
    try:
        return make_preset(preset, english, welsh)
    except RefusedCharterError:
        fail("With --preset give --name-en and --name-cy.", WRONG_USE)


def _ask_passphrase(file: Path | None) -> str:
    if file is not None:
        return read_secret(file)
    answer: str = typer.prompt(
        "Passphrase of the certifying key", hide_input=True, confirmation_prompt=True
    )
    return answer
