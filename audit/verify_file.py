"""`teg verify FILE`: one archive verified before a person's eyes.

Source: docs/observers.md.
"""

from pathlib import Path

import typer
from rich.console import Console

from audit.archive_file import FileVerificationError, format_file_report, verify_file
from audit.cli_parts import Workers
from audit.progress import ShownProgress, show_file_report
from audit.resume import KeptState


def verify_shown_file(
    console: Console,
    path: Path,
    workers: Workers,
    *,
    strict: bool,
    proofs: Path | None,
    resume: Path | None,
    as_json: bool,
) -> None:
    """Verify an archive, show what was found, and end with its exit code.

    Raises:
        UsageError: a file cannot be read.
    """
    error: FileVerificationError | None = None
    kept = open_state(resume)
    with workers() as executor, ShownProgress(console) as progress:
        try:
            report = verify_file(
                path, strict=strict, proofs=proofs, executor=executor, kept=kept, progress=progress
            )
        except FileVerificationError as failure:
            error, report = failure, failure.file
    if as_json:
        typer.echo(format_file_report(report, error).decode())
    else:
        show_file_report(console, report, error)
    if error is not None:
        raise typer.Exit(1)


def open_state(path: Path | None) -> KeptState | None:
    """The state in a file; the key that seals it stays with the user."""
    return None if path is None else KeptState(path, Path(typer.get_app_dir("teg"), "state.key"))
