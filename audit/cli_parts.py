"""What the program's commands share: one sentence for each failure, the log's key."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from audit.errors import AuditError
from audit.note import VerifierKey
from audit.record_errors import IncompleteError, UsageError
from audit.report import VerificationError, show_plainly
from ballots.errors import BallotError


@contextmanager
def reporting() -> Generator[None]:
    """Say what went wrong in one sentence, and end with its exit code."""
    try:
        yield
    except UsageError as error:
        _fail(error, 2)
    except VerificationError as error:
        _fail(error, 3 if error.is_incomplete else 1)
    except IncompleteError as error:
        _fail(error, 3)
    except (AuditError, BallotError) as error:
        _fail(error, 1)
    except KeyboardInterrupt:
        _fail("interrupted", 3)


def _fail(reason: object, code: int) -> NoReturn:
    Console(stderr=True, highlight=False).print(
        f"teg: {escape(show_plainly(str(reason)))}", soft_wrap=True
    )
    raise typer.Exit(code)


def parse_key(text: str | None) -> VerifierKey | None:
    """The log's key as an option gives it."""
    try:
        return None if text is None else VerifierKey.parse(text.strip())
    except AuditError as error:
        _fail(error, 2)
