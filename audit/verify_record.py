"""`teg verify URL|DIR`: a record verified before a person's eyes, its checkpoint kept.

Source: docs/observers.md.
"""

from pathlib import Path

import typer
from rich.console import Console

from audit.cli_parts import Workers
from audit.log_key import parse_key
from audit.note import NOTE_LIMIT
from audit.progress import ShownProgress, show_report
from audit.record import open_record
from audit.record_errors import UnreadableFileError
from audit.report import Report, VerificationError, format_report
from audit.verifier import verify_record
from audit.verify_file import open_state


def verify_shown_record(
    console: Console,
    address: str,
    workers: Workers,
    *,
    key: str | None,
    keep_checkpoint: Path | None,
    election: str | None,
    resume: Path | None,
    as_json: bool,
) -> None:
    """Verify a record, show what was found, and end with its exit code.

    Raises:
        UsageError: a file or an option cannot be used.
    """
    error: VerificationError | None = None
    kept = open_state(resume)
    earlier = None if keep_checkpoint is None else _read_kept(keep_checkpoint)
    with workers() as executor, ShownProgress(console) as progress:
        try:
            report = verify_record(
                open_record(address),
                key=parse_key(key),
                earlier=earlier,
                election=election,
                executor=executor,
                kept=kept,
                progress=progress,
            )
        except VerificationError as failure:
            error, report = failure, failure.report
    if keep_checkpoint is not None:
        _keep(keep_checkpoint, report, error)
    if as_json:
        typer.echo(format_report(report, error).decode())
    else:
        show_report(console, report, error)
    if error is not None:
        raise typer.Exit(3 if error.is_incomplete else 1)


def _read_kept(path: Path) -> bytes | None:
    """The checkpoint of an earlier visit, if there was one."""
    try:
        with path.open("rb") as file:
            return file.read(NOTE_LIMIT + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableFileError(path, error.strerror) from None


def _keep(path: Path, report: Report, error: VerificationError | None) -> None:
    """Keep the new checkpoint once all is right; two that contradict are kept side by side."""
    if error is None:
        beside = path.with_name(path.name + ".new")
        beside.write_bytes(report.checkpoint)
        beside.replace(path)
    elif error.step.check == "growth":
        path.with_name(path.name + ".contradiction").write_bytes(report.checkpoint)
