"""`teg trustee give`: hand in what a trustee made with this program or the independent one.

The program shows the service the sign-in code of the trustee's personal link. What a file
is, is seen from its form. A private key is in none of them, and is never sent.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer

from ballots.credentials import sign_in_code
from ballots.encoding import format_json
from ballots.seeds import commit_to
from web.cli.common import REFUSED, UNREACHABLE, WRONG_USE, fail, read_file
from web.client import Client, RefusedError, UnreachableError
from web.trustee_parts import Kind, name_kind

LinkOption = Annotated[
    Path | None,
    typer.Option(help="File with the personal link, instead of typing it."),
]


@dataclass(frozen=True, slots=True)
class Given:
    """What a file holds.

    Attributes:
        name: what it is, as the last part of its path in the machine interface.
        body: as the machine interface takes it.
    """

    name: str
    body: Mapping[str, object] = field(repr=False)


_WORDS: Final = {
    "key": "The key was taken.",
    "certificate": "The certificate was taken.",
    "commitment": "What you commit to was taken. When all trustees have committed, "
    "give the same file again.",
    "polynomial": "The polynomial was taken.",
    "verification-key": "The verification key was taken.",
}


def give(
    file: Annotated[Path, typer.Argument(help="What you made: a part of the key, a share, …")],
    link_file: LinkOption = None,
) -> None:
    """Hand in a public key, certificate, polynomial, verification key, shuffle or share."""
    given = _recognise(read_file(file))
    with connected(link_file) as client:
        if given.name == "polynomial" and client.get("/api/trustee").get("step") == "commitment":
            given = _commit(given)
        answer = client.post(f"/api/trustee/{given.name}", given.body)
    if given.name in _WORDS:
        typer.echo(_WORDS[given.name])
    else:
        typer.echo(
            f"The {given.name} was taken: {answer['given']} of {answer['needed']} are there."
        )


@contextmanager
def connected(link_file: Path | None) -> Iterator[Client]:
    """A trustee's connection to her service, with her link; refusals end the program."""
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
    with Client(base_url, sign_in_code(parts.fragment)) as client:
        try:
            yield client
        except RefusedError as error:
            fail(error.sentence or str(error), REFUSED)
        except UnreachableError as error:
            fail(str(error), UNREACHABLE)


# Where each kind goes: the last part of its path, and the field of the body.
_PLACES: Final[dict[Kind, tuple[str, str]]] = {
    "public-key": ("key", "public_key"),
    "certificate": ("certificate", "certificate"),
    "polynomial": ("polynomial", "polynomial"),
    "verification-key": ("verification-key", "key"),
    "share": ("share", "shares"),
    "shuffle": ("shuffle", "shuffles"),
}


def _recognise(raw: bytes) -> Given:
    raw = raw.strip()
    kind = name_kind(raw)
    if kind not in _PLACES:
        fail(
            "This file holds nothing that a trustee gives: no public key, certificate, "
            "polynomial, verification key, shuffle or share.",
            WRONG_USE,
        )
    name, place = _PLACES[kind]
    text = raw.decode()
    # Shares and shuffles have a text for each box; a part of the key is one, and sent as it is.
    return Given(name, {place: json.loads(text) if kind in ("share", "shuffle") else text})


def _commit(polynomial: Given) -> Given:
    """The digest of what a polynomial will show, for a trustee whose program drew it by lot."""
    shown = json.loads(str(polynomial.body["polynomial"]))["coefexps"]
    return Given("commitment", {"commitment": commit_to(format_json(shown))})
