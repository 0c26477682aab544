"""What the commands of the service share: the data folder, plain refusals, exit codes.

Exit codes: 0 done, 1 refused (the sentence says why), 2 wrong use, 3 something could not
be reached.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Never

import typer

from audit.errors import AuditError
from ballots.errors import BallotError
from voting.errors import VotingError
from web.assets import AssetsMissingError
from web.error_messages import OUR_FAULT, details_of, message_for
from web.errors import DatabaseError, KeyFileError, NotSetUpError, ServiceError, SettingsError
from web.server import PortTakenError
from web.service import Service, open_service
from web.settings import Settings

REFUSED, WRONG_USE, UNREACHABLE = 1, 2, 3

DataOption = Annotated[
    Path,
    typer.Option("--data", envvar="TEG_DATA", help="Folder of the database and the keys."),
]
DEFAULT_DATA = Path("data")
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

# These carry a sentence for the person at the machine.
_SAYS_ITSELF = (AssetsMissingError, DatabaseError, KeyFileError, PortTakenError, SettingsError)


def fail(sentence: str, code: int = REFUSED) -> Never:
    """End with a sentence on the error stream."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Turn what our packages refuse into a sentence and an exit code; no trace is shown."""
    try:
        yield
    except NotSetUpError:
        fail("There is no organisation here yet. Run `teg init` first.", WRONG_USE)
    except _SAYS_ITSELF as error:
        fail(str(error), WRONG_USE)
    except (ServiceError, VotingError, BallotError, AuditError) as error:
        row = message_for(error)
        # The operator of the machine is told what nobody else is.
        sentence = f"{error}" if row == OUR_FAULT else row.en
        details = details_of(error)
        more = " " + json.dumps(details, ensure_ascii=False) if details else ""
        fail(sentence + more)


@contextmanager
def opened(data: Path) -> Iterator[Service]:
    """The service of a data folder, without its calendar and messages, for one act.

    It may be used while `teg serve` runs on the same folder.
    """
    with plain_refusals():
        if not data.is_dir():
            raise NotSetUpError
        # One act checks no ballots, so that no processes are started for that.
        settings = Settings.load(data, workers=0)
        service = open_service(settings, background=False)
        try:
            yield service
        finally:
            service.close()


def print_json(value: object) -> None:
    """Print what `--json` asks for."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def read_secret(path: Path) -> str:
    """A passphrase in a file of its own; the end of its line is no part of it."""
    try:
        return read_file(path).decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        fail(f"{path} is not UTF-8 text.", WRONG_USE)


def read_file(path: Path) -> bytes:
    """A file that somebody named on the command line."""
    try:
        return path.read_bytes()
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.", WRONG_USE)
