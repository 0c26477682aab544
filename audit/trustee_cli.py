"""`teg trustee …`: what a trustee does on her own machine, with no server installed.

The service adds commands that talk to it (`give`, `make-key`). Each command loads what it uses
when it is called: whoever runs `teg verify` uses none of it.

Source: design 3, section 0; docs/trustees.md, "Without the page".
"""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from audit.cli_parts import reporting
from audit.executors import open_executor
from audit.files import read_file, write_new
from audit.record_errors import FileExistsAlreadyError

trustee_app = typer.Typer(help="What a trustee does without the service's pages.")

RecordArgument = Annotated[str, typer.Argument(metavar="URL|DIR", help="The public record.")]
ElectionOption = Annotated[str, typer.Option("--election", metavar="UUID", help="The election.")]
SealedOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your sealed share of a key that was made together."),
]
LogKeyOption = Annotated[
    str | None, typer.Option(metavar="VKEY", help="The log's key, from elsewhere.")
]


@trustee_app.command("key")
def make(
    out: Annotated[Path, typer.Option(metavar="FILE", help="A new file for the private key.")],
    name: Annotated[str | None, typer.Option(help="Your name beside the public key.")] = None,
) -> None:
    """Make the key of a trustee of whom all are needed, its public half beside it.

    Where fewer than all are enough, a key is made together: see `teg trustee make-key`.
    """
    from audit.trustee_files import make_key

    beside = out.with_suffix(".pubkey")
    with reporting():
        if beside.exists() or beside == out:
            raise FileExistsAlreadyError(beside)
        public = make_key(out, name, os.urandom)
        write_new(beside, public)
    typer.echo(public.decode())
    typer.echo(f"Keep {out} to yourself; give {beside} to the service.", err=True)


@trustee_app.command()
def check(
    record: RecordArgument,
    election: ElectionOption,
    key: Annotated[Path, typer.Option(metavar="FILE", help="Your private key.")],
    *,
    decryption_key: SealedOption = None,
    log_key: LogKeyOption = None,
) -> None:
    """Verify that an announced election's key was made with yours."""
    from audit.log_key import parse_key
    from audit.objects import LIST_LIMIT
    from audit.progress import ShownProgress
    from audit.record import open_record
    from audit.trustee_files import read_secret
    from audit.trustee_place import find_place

    console = Console(stderr=True, highlight=False)
    kept = key.with_suffix(".round")
    with reporting():
        private = read_secret(key, decryption_key)
        first_round = read_file(kept, LIST_LIMIT) if kept.exists() else None
        with ShownProgress(console) as progress:
            number = find_place(
                open_record(record),
                election,
                private,
                os.urandom,
                first_round=first_round,
                key=parse_key(log_key),
                progress=progress,
            )
    typer.echo(f"The election's key was made with yours: you are trustee {number}.")
    if first_round is not None:
        typer.echo(f"All certificates are those that you were shown ({kept}).")


@trustee_app.command()
def shuffle(
    record: RecordArgument,
    election: ElectionOption,
    out: Annotated[Path, typer.Option(metavar="FILE", help="A new file for your shuffle.")],
    *,
    use: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Shuffles that belenios-tool made, as BOX-UUID.json each; they are verified.",
        ),
    ] = None,
    log_key: LogKeyOption = None,
) -> None:
    """Verify the boxes of a closed election, then shuffle its ballots."""
    from audit.log_key import parse_key
    from audit.progress import ShownProgress
    from audit.record import open_record
    from audit.trustee import format_shuffles, shuffle_record

    console = Console(stderr=True, highlight=False)
    with reporting(), open_executor() as executor:
        with ShownProgress(console) as progress:
            shuffles = shuffle_record(
                open_record(record),
                election,
                os.urandom,
                use=use,
                key=parse_key(log_key),
                executor=executor,
                progress=progress,
            )
        write_new(out, format_shuffles(shuffles))
    typer.echo(f"Your shuffle is in {out}.", err=True)


@trustee_app.command()
def decrypt(
    record: RecordArgument,
    election: ElectionOption,
    key: Annotated[Path, typer.Option(metavar="FILE", help="Your private key.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="A new file for your share.")],
    *,
    decryption_key: SealedOption = None,
    use: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Partial decryptions that belenios-tool made, as BOX-UUID.json each; "
            "only the second proofs are made.",
        ),
    ] = None,
    log_key: LogKeyOption = None,
) -> None:
    """Verify the boxes of a closed election, then make your share of its tally."""
    from audit.log_key import parse_key
    from audit.progress import ShownProgress
    from audit.record import open_record
    from audit.trustee import decrypt_record, format_shares
    from audit.trustee_files import read_secret

    console = Console(stderr=True, highlight=False)
    with reporting(), open_executor() as executor:
        private = read_secret(key, decryption_key)
        with ShownProgress(console) as progress:
            shares = decrypt_record(
                open_record(record),
                election,
                private,
                os.urandom,
                use=use,
                key=parse_key(log_key),
                executor=executor,
                progress=progress,
            )
        write_new(out, format_shares(shares))
    typer.echo(f"Your share is in {out}.", err=True)
