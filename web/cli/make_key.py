"""`teg trustee make-key`: a trustee's part of making the tally's key, step by step.

Each run does what comes next for her and says what it was: her key, or her certificate, her
polynomial and her verification key, and the rehearsal. Her key file is written before anything
is sent, is never overwritten, and never leaves the machine.

Source: issue 3, "Trustees"; docs/formats/trustees.md.
"""

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from audit.cli_parts import reporting
from audit.files import read_file, write_new
from ballots.errors import (
    BallotError,
    NotASeatError,
    NotPracticeError,
    PrivateKeyFormError,
    RevealedError,
    SecretShareError,
    SeedFormError,
)
from ballots.keys import format_private_key, parse_private_key
from ballots.rounds import parse_verification_key
from ballots.seeds import Seed
from web.cli.common import REFUSED, WRONG_USE, fail
from web.cli.trustee import LinkOption, connected
from web.client import Client, RefusedError
from web.trustee_program import (
    KEY_STEPS,
    Made,
    NotHerKeyError,
    OtherSeatError,
    Secret,
    TrusteeProgramError,
    draw_secret,
    make_step,
    read_page,
)
from web.trustee_values import TrusteePageView, TrusteeStep

_LARGEST: Final = 4096
_FIRST: Final[frozenset[TrusteeStep]] = frozenset({"key", "certificate"})
_AFTER_FIRST: Final[frozenset[TrusteeStep]] = frozenset({"polynomial", "verification-key"})
_LARGEST_ROUND: Final = 1024 * 1024
_DONE: Final[dict[TrusteeStep, str]] = {
    "key": "Your public key was taken; keep {key} to yourself, in two places.",
    "certificate": "Your certificate and what you commit to were taken; keep {key} to yourself, "
    "in two places.",
    "commitment": "What you commit to was taken.",
    "polynomial": "Your polynomial was taken, with a sealed secret for each trustee.",
    "verification-key": "Your part of the key was taken; your sealed share is in {sealed}.",
    "rehearse": "You opened the practice tally: {key} can be used.",
}


_ALARMS: Final[dict[type[BallotError], str]] = {
    RevealedError: "A polynomial is not what was committed to before.",
    NotPracticeError: "What the service shows is no practice tally: it may be somebody's ballot. "
    "Tell the other trustees.",
}


def make_key(
    key: Annotated[Path, typer.Option(metavar="FILE", help="Your key file; new at first.")],
    link_file: LinkOption = None,
) -> None:
    """Do what comes next in making the tally's key, and say what follows."""
    with reporting(), connected(link_file) as client:
        page = _look(client)
        before: TrusteeStep | None = None
        while page.step in KEY_STEPS and page.step != before:
            _do_step(client, page, key)
            before, page = page.step, _look(client)
    typer.echo(_say_next(client, page, key))


def _look(client: Client) -> TrusteePageView:
    try:
        return read_page(client.get("/api/trustee"))
    except TrusteeProgramError:
        fail("What answered does not show a trustee's page.", REFUSED)


def _do_step(client: Client, page: TrusteePageView, key: Path) -> None:
    secret = _find_secret(page, key)
    try:
        made = make_step(page, secret, os.urandom)
        if page.step in _AFTER_FIRST:
            _require_same_round(page, key)
        if page.step == "rehearse":
            _keep_sealed(key, page.sealed_key)
        client.post(made.path, made.body)
    except (TrusteeProgramError, BallotError) as error:
        fail(_say_error(error, page, key), REFUSED)
    except RefusedError as error:
        if error.code == "key-seen":
            fail(
                f"{key} holds a key that was given before, in this election or another. "
                "Name a new file.",
                REFUSED,
            )
        raise
    if made.step == "verification-key":
        _keep_sealed(key, _sealed_in(made))
    typer.echo(_DONE[made.step].format(key=key, sealed=_beside(key)))


# --- files ------------------------------------------------------------------------------


def _find_secret(page: TrusteePageView, key: Path) -> Secret:
    """What the key file holds; at the first step it is made."""
    if key.suffix in (".dkey", ".round"):
        fail(f"{key} is the name of what stands beside a key file.", WRONG_USE)
    if key.exists():
        # A run that was cut off goes on with the file it had written.
        if page.step in _FIRST and _beside(key).exists():
            fail(f"{key} is the key of another election: {_beside(key)} stands beside it.")
        return _read_secret(page, key)
    if page.step not in _FIRST:
        fail(f"There is no file {key}. You began with another one, which is needed.", WRONG_USE)
    secret = draw_secret(page, os.urandom)
    content = secret.text.encode() if isinstance(secret, Seed) else format_private_key(secret)
    write_new(key, content)
    if _read_secret(page, key) != secret:  # pragma: no cover  a disk that lies
        fail(f"{key} does not hold what was written into it.")
    return secret


def _read_secret(page: TrusteePageView, key: Path) -> Secret:
    raw = read_file(key, _LARGEST)
    try:
        if page.is_threshold:
            return Seed(raw.decode(errors="replace").removesuffix("\n"))
        return parse_private_key(raw)
    except (SeedFormError, PrivateKeyFormError):
        fail(f"{key} is no key file of such an election as this.", WRONG_USE)


def _beside(key: Path) -> Path:
    """Where a trustee's sealed share of the key is kept."""
    return key.with_suffix(".dkey")


def _sealed_in(made: Made) -> str:
    return parse_verification_key(str(made.body["key"]).encode()).sealed


def _keep_sealed(key: Path, sealed: str) -> None:
    """Keep the sealed share beside the key, unless it is there; the service keeps it as well."""
    path = _beside(key)
    if sealed and not path.exists():
        write_new(path, sealed.encode())


def _require_same_round(page: TrusteePageView, key: Path) -> None:
    """Keep what all gave in the first round beside the key, and go on with nothing else.

    A polynomial is the same whenever it is made. A service that had it sealed once to keys of
    its own, and then once more to the trustees', would know her secrets, and the record would
    show nothing of it.
    """
    path = key.with_suffix(".round")
    shown = "\n".join([*page.certificates, *page.commitments, ""]).encode()
    if not path.exists():
        write_new(path, shown)
    elif read_file(path, _LARGEST_ROUND) != shown:
        fail(
            "The service shows other certificates or digests of the trustees than before "
            f"(those are in {path}). Nothing was sent. Tell the other trustees.",
            REFUSED,
        )


# --- words ------------------------------------------------------------------------------


def _say_error(error: TrusteeProgramError | BallotError, page: TrusteePageView, key: Path) -> str:
    match error:
        case NotASeatError():
            return f"{key} is the key of another election: none of its trustees is in this one."
        case OtherSeatError():
            return f"{key} is the key of trustee {error.found}; you are trustee {error.own}."
        case NotHerKeyError():
            return f"{key} is not the key that trustee {page.number} gave to this election."
        case SecretShareError():
            sender = error.args[0]
            return f"Trustee {sender} sent you a secret that does not fit. Nothing was sent."
        case RevealedError() | NotPracticeError():
            return f"{_ALARMS[type(error)]} Nothing was sent."
        case _:
            return f"Nothing was sent: {error}"


def _say_next(client: Client, page: TrusteePageView, key: Path) -> str:
    record, sealed = client.base_url, _beside(key)
    decrypt = f"teg trustee decrypt {record} --election {page.election} --key {key}"
    match page.step:
        case "shuffle":
            shuffle = f"teg trustee shuffle {record} --election {page.election}"
            return f"Next: `{shuffle} --out FILE`, then `teg trustee give FILE`."
        case "open":
            more = f" --decryption-key {sealed}" if page.is_threshold else ""
            return f"Next: `{decrypt}{more} --out FILE`, then `teg trustee give FILE`."
        case "done":
            return "The election has ended: there is nothing more to do."
        case _ if page.state != "draft" or page.rehearsed:
            return "There is nothing more to do until voting is over; you will get a message."
        case _:
            return "Next: the other trustees. You will get a message; then run the same again."
