"""The program `teg`: what an observer or a trustee needs, with no server installed.

The service adds its own commands through the entry points `teg.commands`.

Exit codes of `teg verify`: 0 right, 1 a check failed, 2 wrong use, 3 incomplete.

Source: design 2, "Command line"; docs/observers.md.
"""

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from audit.archive_file import (
    FileReport,
    FileVerificationError,
    format_file_report,
    verify_file,
)
from audit.cli_parts import parse_key, reporting
from audit.count_cli import count
from audit.executors import open_executor
from audit.mirror import mirror_record
from audit.note import NOTE_LIMIT
from audit.progress import ShownProgress, show_file_report, show_report, shown_bar
from audit.record import open_record
from audit.record_errors import UnreadableFileError, WrongOptionError
from audit.report import Report, VerificationError, format_report
from audit.resume import KeptState
from audit.trustee_cli import trustee_app
from audit.verifier import verify_record

OURS = frozenset({"web", "audit", "ballots", "voting"})
OBSERVERS = (["verify"], ["mirror"], ["count"])
"""Commands to which an installed package adds nothing."""

app = typer.Typer(
    name="teg",
    help="Online voting for co-operatives, and its verification by anyone.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.add_typer(trustee_app, name="trustee")
app.command()(count)

KeyOption = Annotated[
    str | None, typer.Option("--key", metavar="VKEY", help="The log's key, from an e-mail or page.")
]


@app.callback()
def _begin() -> None:
    """Online voting for co-operatives, and its verification by anyone."""


@app.command()
def verify(
    record: Annotated[
        str, typer.Argument(metavar="URL|DIR|FILE", help="The public record, or one archive.")
    ],
    *,
    key: KeyOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the report as JSON.")] = False,
    keep_checkpoint: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Compare with the checkpoint kept here, then keep the new one.",
        ),
    ] = None,
    election: Annotated[
        str | None, typer.Option(metavar="UUID", help="Look at this election only.")
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="FILE must be what the service's own elections are."),
    ] = False,
    proofs: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The second proofs beside an archive: proofs.json."),
    ] = None,
    cores: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="How many cores to use; without it, all."),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Check ballots on the cluster of this scheduler."),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            metavar="STATE",
            help="Keep in this file how far the run came, and go on from what it holds.",
        ),
    ] = None,
) -> None:
    """Verify a whole public record, or one archive that Teg never saw, step by step.

    Exit code 0: everything there is right. 1: a check failed. 2: wrong use.
    3: something could not be fetched.
    """
    console = Console(quiet=as_json, highlight=False)
    if cores is not None and dask is not None:
        with reporting():
            raise WrongOptionError("--cores and --dask", "one of two ways to share the work")
    workers = partial(open_executor, cores, dask)
    if "://" not in record and Path(record).is_file():
        with reporting():
            if key is not None or keep_checkpoint is not None or election is not None:
                raise WrongOptionError("--key, --keep-checkpoint and --election", "a record")
            verify_one = partial(
                verify_file, strict=strict, proofs=proofs, kept=_open_state(resume)
            )
            _verify_file(console, Path(record), verify_one, workers, as_json=as_json)
        return
    error: VerificationError | None = None
    with reporting():
        if strict or proofs is not None:
            raise WrongOptionError("--strict and --proofs", "one archive; a record is strict")
        kept = _open_state(resume)
        earlier = None if keep_checkpoint is None else _read_kept(keep_checkpoint)
        with workers() as executor, ShownProgress(console) as progress:
            try:
                report = verify_record(
                    open_record(record),
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


def _verify_file(
    console: Console,
    path: Path,
    verify_one: Callable[..., FileReport],
    workers: Callable[[], AbstractContextManager[Executor | None]],
    *,
    as_json: bool,
) -> None:
    error: FileVerificationError | None = None
    with workers() as executor, ShownProgress(console) as progress:
        try:
            report = verify_one(path, executor=executor, progress=progress)
        except FileVerificationError as failure:
            error, report = failure, failure.file
    if as_json:
        typer.echo(format_file_report(report, error).decode())
    else:
        show_file_report(console, report, error)
    if error is not None:
        raise typer.Exit(1)


def _open_state(path: Path | None) -> KeptState | None:
    """The state in a file; the key that seals it stays with the user."""
    return None if path is None else KeptState(path, Path(typer.get_app_dir("teg"), "state.key"))


@app.command()
def mirror(
    record: Annotated[str, typer.Argument(metavar="URL|DIR", help="The public record.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made when missing.")],
    election: Annotated[
        str | None, typer.Option(metavar="UUID", help="Download this election only.")
    ] = None,
) -> None:
    """Download a public record into a folder; `teg verify FOLDER` checks it offline.

    Nothing is verified by this. Begun again, it fetches only what is missing.
    """
    console = Console(stderr=True, highlight=False)
    with reporting(), shown_bar(console, "objects") as tell:
        mirror_record(open_record(record), folder, tell, election=election)
    typer.echo(f"The record is in {folder}.")


def main() -> None:
    """Run the program with every command that is installed."""
    # The server's parts take a second to load, as long as verifying a hundred ballots.
    if sys.argv[1:2] not in OBSERVERS:
        add_installed(entry_points(group="teg.commands"))
    app()


def add_installed(points: Iterable[EntryPoint]) -> None:
    """Add the commands of other packages."""
    for point in points:
        try:
            add_commands = point.load()
        except ModuleNotFoundError as error:
            # The small core is installed without the server: its commands are not there.
            if (error.name or "").partition(".")[0] in OURS:
                raise
            continue
        add_commands(app)


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
