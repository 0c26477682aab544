"""`teg demo`: a furnished, made-up co-op with an open election, and links for everybody in it.

Started again on the same folder it goes on where it was, with the same links.
"""

import shlex
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from web.cli.common import WRONG_USE, fail, plain_refusals
from web.demo.content import NEEDED
from web.demo.furnish import MESSAGES, Demo, DemoLink, furnish, read_demo
from web.demo.trustees import do_step
from web.errors import ServiceError
from web.server import serve
from web.service import Service
from web.settings import Settings

_LOOK_EVERY = 1.0  # seconds
_NAMES = {"en": "English", "cy": "Welsh"}


def demo(
    data: Annotated[Path, typer.Option(help="Folder; made on the first start.")] = Path(
        "demo-data"
    ),
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="8080 by default.")] = None,
    play_trustees: Annotated[
        bool,
        typer.Option("--play-trustees", help="Let two trustees shuffle and open by themselves."),
    ] = False,
    base_url: Annotated[str | None, typer.Option(help="Address at which others reach it.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen at.")] = None,
) -> None:
    """Start the service with a furnished, made-up co-op and an open election."""
    with plain_refusals():
        made = read_demo(data) or _make(data, port, base_url)
        _require_same_place(made, port, base_url)
        settings = Settings.load(data, host=host, mail_folder=data / MESSAGES)
        serve(
            settings,
            on_ready=lambda: _print(made, data, played=play_trustees),
            beside=(lambda service: _play_trustees(service, made, data)) if play_trustees else None,
        )


def _make(data: Path, port: int | None, base_url: str | None) -> Demo:
    if data.exists() and any(data.iterdir()):
        fail(f"{data} holds something else. Choose another folder with --data.", WRONG_USE)
    chosen = port or 8080
    address = base_url or f"http://localhost:{chosen}"
    return furnish(data, address, chosen, lambda step: typer.echo(f"... {step}"))


def _require_same_place(made: Demo, port: int | None, base_url: str | None) -> None:
    # The log's key is named by its address: under another one no observer would accept it.
    if port not in (None, made.port) or base_url not in (None, made.base_url):
        fail(
            f"This demonstration was made for {made.base_url} (port {made.port}). "
            "Choose another folder with --data for another address.",
            WRONG_USE,
        )


def _print(made: Demo, data: Path, *, played: bool) -> None:
    say = typer.echo
    say(f"\nTeg runs at {made.base_url}/  (stop it with Ctrl+C)")
    say("Gofal Enghraifft and everybody in it are made up. Its election is open.\n")
    say("Members: open each link in a private window of its own")
    for link in made.members:
        _print_link(made, link, f"{link.who} ({_NAMES[link.language]})")
    say("\nReturning officer: turnout, closing, tally, certificate")
    _print_link(made, made.officer, made.officer.who)
    say(f"    passphrase for certifying: {made.passphrase}")
    say(
        f"\nTrustees: after closing {NEEDED} of {len(made.trustees)} shuffle the votes, "
        "and open them with their key files"
    )
    for link in made.trustees:
        _print_link(made, link, link.who)
        say(f"    key file: {data / link.key_file}")
    if played:
        say("    (the first two do it by themselves once the tally is started)")
    say("\nObserver: anybody")
    say(f"    {made.base_url}/en/elections/{made.election}")
    say(f"    {_program()} verify {made.base_url} --key {shlex.quote(made.vkey)}")
    say(f"\nThe messages with everybody's links: {data / MESSAGES}\n")


def _print_link(made: Demo, link: DemoLink, words: str) -> None:
    typer.echo(f"  {words}")
    typer.echo(f"    {made.base_url}/{link.language}/start#{link.secret}")


def _program() -> str:
    return "teg" if shutil.which("teg") else shlex.quote(sys.argv[0])


def _play_trustees(service: Service, made: Demo, data: Path) -> None:
    """Let as many trustees as are needed shuffle and open, when it is time; one has lost hers."""
    played = {link.trustee_id: data / link.key_file for link in made.trustees[:NEEDED]}
    steps: set[str] = set()
    while steps != {"done"}:
        # Somebody may be at the same work on a trustee's page: then look again.
        with suppress(ServiceError):
            steps = {do_step(service, own, key) for own, key in played.items()}
        time.sleep(_LOOK_EVERY)
