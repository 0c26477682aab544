"""`python -m tests.corpus TOOL`: record anew what the tool says (some minutes)."""

import json
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tests.corpus.tool import RECORD, record


def main(program: str) -> None:
    """Ask the program about every mutant and write the record."""
    path = str(Path(program).resolve())
    # With its default setting the tool may call an archive good before it looked at a ballot.
    environment = {**os.environ, "LWT_ASYNC_METHOD": "none"}

    def run(*arguments: str, cwd: Path, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [path, *arguments],
            cwd=cwd,
            input=stdin,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=240,
            check=False,
        )

    console = Console()
    with Progress(console=console) as shown:
        task = shown.add_task("mutants")
        kept = record(run, lambda done, of: shown.update(task, completed=done, total=of))
    RECORD.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    for kind, said in kept.items():
        console.print(f"{kind}: {len(said['accepted'])} of {said['mutants']} accepted by the tool")


if __name__ == "__main__":
    main(sys.argv[1])
