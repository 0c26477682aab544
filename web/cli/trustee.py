"""`teg trustee give`: hand in what `teg trustee key` or `teg trustee decrypt` made.

The program shows the service the sign-in code of the trustee's personal link; the file
holds her public key, or her share. Her private key is in neither.
"""

import json
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from ballots.credentials import sign_in_code
from web.cli.common import REFUSED, UNREACHABLE, WRONG_USE, fail, read_file
from web.client import Client, RefusedError, UnreachableError


def give(
    file: Annotated[Path, typer.Argument(help="The public key, or the share, to hand in.")],
    link_file: Annotated[
        Path | None,
        typer.Option(help="File with the personal link, instead of typing it."),
    ] = None,
) -> None:
    """Hand in a trustee's public key or her share, with her personal link."""
    raw = read_file(file)
    # Not an argument: other users of the machine can read those.
    link = (
        read_file(link_file).decode("utf-8", "replace").strip()
        if link_file
        else typer.prompt("Your personal link", hide_input=True).strip()
    )
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https") or not parts.fragment:
        fail("A personal link begins with http and has a # in it.", WRONG_USE)
    base_url = f"{parts.scheme}://{parts.netloc}"
    path, body = _recognise(raw)
    with Client(base_url, sign_in_code(parts.fragment)) as client:
        try:
            answer = client.post(path, body)
        except RefusedError as error:
            fail(error.sentence or str(error), REFUSED)
        except UnreachableError as error:
            fail(str(error), UNREACHABLE)
    if "given" in answer:
        typer.echo(f"The share was taken: {answer['given']} of {answer['needed']} are there.")
    else:
        typer.echo("The key was taken.")


def _recognise(raw: bytes) -> tuple[str, object]:
    try:
        text = raw.decode().strip()
        value = json.loads(text)
    except ValueError:
        value = None
    if isinstance(value, dict) and "pok" in value:
        return "/api/trustee/key", {"public_key": text}
    if isinstance(value, dict) and all(
        isinstance(share, dict) and share.keys() == {"decryption", "proofs"}
        for share in value.values()
    ):
        return "/api/trustee/share", {"shares": value}
    return fail("This file holds neither a public key nor a share.", WRONG_USE)
