"""`teg verify`: a whole public record, or one archive, with no server installed.

Exit codes: 0 right, 1 a check failed, 2 wrong use, 3 incomplete.

Source: design 2, "Command line"; docs/observers.md.
"""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from audit.cli_parts import KeyOption, reporting
from audit.executors import open_executor
from audit.record_errors import WrongOptionError


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
    workers = partial(open_executor, cores, dask)
    with reporting():
        if cores is not None and dask is not None:
            raise WrongOptionError("--cores and --dask", "one of two ways to share the work")
        # Each way loads its own part of the program, of which an archive needs little.
        if "://" not in record and Path(record).is_file():
            if key is not None or keep_checkpoint is not None or election is not None:
                raise WrongOptionError("--key, --keep-checkpoint and --election", "a record")
            from audit.verify_file import verify_shown_file

            verify_shown_file(
                console,
                Path(record),
                workers,
                strict=strict,
                proofs=proofs,
                resume=resume,
                as_json=as_json,
            )
        else:
            if strict or proofs is not None:
                raise WrongOptionError("--strict and --proofs", "one archive; a record is strict")
            from audit.verify_record import verify_shown_record

            verify_shown_record(
                console,
                record,
                workers,
                key=key,
                keep_checkpoint=keep_checkpoint,
                election=election,
                resume=resume,
                as_json=as_json,
            )
