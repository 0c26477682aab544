"""The program `teg`: what an observer or a trustee needs, with no server installed.

The service adds its own commands through the entry points `teg.commands`.

Exit codes of `teg verify`: 0 right, 1 a check failed, 2 wrong use, 3 incomplete.

Source: design 2, "Command line"; docs/observers.md.
"""

import multiprocessing
import os
from collections.abc import Generator, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from audit.archive_file import FileVerificationError, format_file_report, verify_file
from audit.errors import AuditError
from audit.mirror import mirror_record
from audit.note import NOTE_LIMIT, VerifierKey
from audit.progress import ShownProgress, show_file_report, show_report, shown_bar
from audit.record import open_record
from audit.record_errors import (
    IncompleteError,
    UnreadableFileError,
    UsageError,
    WrongOptionError,
)
from audit.report import Report, VerificationError, format_report, show_plainly
from audit.trustee import decrypt_record, format_shares, make_key, read_key, write_new
from audit.verifier import verify_record
from ballots.errors import BallotError

OURS = frozenset({"web", "audit", "ballots", "voting"})

app = typer.Typer(
    name="teg",
    help="Online voting for co-operatives, and its verification by anyone.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
trustee_app = typer.Typer(help="What a trustee does without the service's pages.")
app.add_typer(trustee_app, name="trustee")

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
) -> None:
    """Verify a whole public record, or one archive that Teg never saw, step by step.

    Exit code 0: everything there is right. 1: a check failed. 2: wrong use.
    3: something could not be fetched.
    """
    console = Console(quiet=as_json, highlight=False)
    if "://" not in record and Path(record).is_file():
        with _reporting():
            if key is not None or keep_checkpoint is not None or election is not None:
                raise WrongOptionError("--key, --keep-checkpoint and --election", "a record")
            _verify_file(console, Path(record), strict=strict, proofs=proofs, as_json=as_json)
        return
    error: VerificationError | None = None
    with _reporting(), _pool() as executor:
        if strict or proofs is not None:
            raise WrongOptionError("--strict and --proofs", "one archive; a record is strict")
        earlier = None if keep_checkpoint is None else _read_kept(keep_checkpoint)
        with ShownProgress(console) as progress:
            try:
                report = verify_record(
                    open_record(record),
                    key=_parse_key(key),
                    earlier=earlier,
                    election=election,
                    executor=executor,
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
    console: Console, path: Path, *, strict: bool, proofs: Path | None, as_json: bool
) -> None:
    error: FileVerificationError | None = None
    with _pool() as executor, ShownProgress(console) as progress:
        try:
            report = verify_file(
                path, strict=strict, proofs=proofs, executor=executor, progress=progress
            )
        except FileVerificationError as failure:
            error, report = failure, failure.file
    if as_json:
        typer.echo(format_file_report(report, error).decode())
    else:
        show_file_report(console, report, error)
    if error is not None:
        raise typer.Exit(1)


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
    with _reporting(), shown_bar(console, "objects") as tell:
        mirror_record(open_record(record), folder, tell, election=election)
    typer.echo(f"The record is in {folder}.")


@trustee_app.command("key")
def trustee_key(
    out: Annotated[Path, typer.Option(metavar="FILE", help="A new file for the private key.")],
    name: Annotated[str | None, typer.Option(help="Your name beside the public key.")] = None,
) -> None:
    """Make a trustee's key: the private half into FILE, the public half beside it."""
    beside = out.with_suffix(".pubkey")
    with _reporting():
        if beside.exists() or beside == out:
            _fail(UsageError(f"{beside} would be overwritten"), 2)
        public = make_key(out, name, os.urandom)
        write_new(beside, public)
    typer.echo(public.decode())
    typer.echo(f"Keep {out} to yourself; give {beside} to the service.", err=True)


@trustee_app.command("decrypt")
def trustee_decrypt(
    record: Annotated[str, typer.Argument(metavar="URL|DIR", help="The public record.")],
    election: Annotated[str, typer.Argument(metavar="ELECTION", help="Its uuid.")],
    key: Annotated[Path, typer.Option(metavar="FILE", help="Your private key.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="A new file for your share.")],
    log_key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The log's key, from elsewhere.")
    ] = None,
) -> None:
    """Verify the boxes of a closed election, then make your share of its tally."""
    console = Console(stderr=True, highlight=False)
    with _reporting(), _pool() as executor:
        private = read_key(key)
        with ShownProgress(console) as progress:
            shares = decrypt_record(
                open_record(record),
                election,
                private,
                os.urandom,
                key=_parse_key(log_key),
                executor=executor,
                progress=progress,
            )
        write_new(out, format_shares(shares))
    typer.echo(f"Your share is in {out}.", err=True)


def main() -> None:
    """Run the program with every command that is installed."""
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


@contextmanager
def _reporting() -> Generator[None]:
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


@contextmanager
def _pool() -> Generator[Executor]:
    """All cores; no process starts before there is work for it."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(mp_context=context)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _parse_key(text: str | None) -> VerifierKey | None:
    try:
        return None if text is None else VerifierKey.parse(text.strip())
    except AuditError as error:
        _fail(error, 2)


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
