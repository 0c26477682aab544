"""What the program's commands share: one sentence for each failure, the log's key as an option."""

from collections.abc import Callable, Generator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from audit.errors import AuditError
from audit.record_errors import IncompleteError, UsageError
from audit.report import VerificationError, show_plainly
from ballots.errors import BallotError

Workers = Callable[[], AbstractContextManager[Executor | None]]
KeyOption = Annotated[
    str | None, typer.Option("--key", metavar="VKEY", help="The log's key, from an e-mail or page.")
]


@contextmanager
def reporting() -> Generator[None]:
    """Say what went wrong in one sentence, and end with its exit code."""
    try:
        yield
    except UsageError as error:
        fail(error, 2)
    except VerificationError as error:
        fail(error, 3 if error.is_incomplete else 1)
    except IncompleteError as error:
        fail(error, 3)
    except (AuditError, BallotError) as error:
        fail(error, 1)
    except KeyboardInterrupt:
        fail("interrupted", 3)


def fail(reason: object, code: int) -> NoReturn:
    """Say a reason in one sentence, and end with this exit code."""
    Console(stderr=True, highlight=False).print(
        f"teg: {escape(show_plainly(str(reason)))}", soft_wrap=True
    )
    raise typer.Exit(code)
