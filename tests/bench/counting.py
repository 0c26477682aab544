"""`make bench`: counting large elections, beside votekit and pref_voting in the same run.

Scottish STV, exact STV with the weights of three colleges, and Schulze; 10,000 and 1,000,000
ballots, 10 and 30 candidates. Ballots are drawn one by one (Plackett and Luce's way, of random
length), so that with 30 candidates nearly each is different. Compared is what each makes of the
same grouped ballots in memory: for the others, making their profile and counting it.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console

from tests.bench.first_election import ROOT, run
from voting.counting.blt import parse_blt
from voting.counting.election_file import ElectionFile, FileCollege, from_blt
from voting.counting.file_count import FileCount, FileMethod, count_file

PEERS = ROOT / ".peers" / "counting"
REQUIREMENTS = ROOT / "requirements" / "peers.txt"
SHARES = (Fraction(51, 100), Fraction(17, 50), Fraction(3, 20))
SEATS = 5
# What is compared with what; of exact STV only votekit has one, with ballots that weigh the same.
RIVALS: dict[FileMethod, tuple[str, ...]] = {
    "stv-scottish": ("votekit-stv",),
    "stv-exact": ("votekit-exact-stv",),
    "schulze": ("votekit-schulze", "pref_voting-schulze"),
}

Made = TypeVar("Made")


def write_election(path: Path, voters: int, candidates: int) -> None:
    """Draw ballots into a BLT file; the same for the same numbers."""
    chance = random.Random(7)
    liked = [(place + 1) ** -0.6 for place in range(candidates)]
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{candidates} {SEATS}\n")
        for _ in range(voters):
            drawn = [chance.random() / weight for weight in liked]
            order = sorted(range(candidates), key=drawn.__getitem__)
            ranked = order[: 1 + int(chance.random() * candidates)]
            file.write(f"1 {' '.join(str(each + 1) for each in ranked)} 0\n")
        file.write("0\n" + "".join(f"Candidate {place + 1}\n" for place in range(candidates)))


def divide(election: ElectionFile) -> ElectionFile:
    """The same ballots in three colleges."""
    ballots = list(election.colleges[0].ballots.items())
    colleges = tuple(
        FileCollege(f"college-{place + 1}", share, dict(ballots[place::3]), 0, 0)
        for place, share in enumerate(SHARES)
    )
    return replace(election, colleges=colleges, is_weighed=True)


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """Seconds of the processor, and what came of it: the machine may have other work too."""
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


def set_up_peers() -> Path | None:
    """A Python that has them; it takes some minutes once, and a gigabyte."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        run(sys.executable, "-m", "venv", str(PEERS))
        run(
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            str(REQUIREMENTS),
        )
    return python


def ask_peer(python: Path, file: Path, what: str, limit: float) -> dict[str, Any] | str:
    """What it took, or how it ended without counting."""
    script = str(Path(__file__).with_name("counting_peers.py"))
    try:
        done = subprocess.run(
            [str(python), "-W", "ignore", script, str(file), what],
            capture_output=True,
            text=True,
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return f"more than {limit:.0f} s"
    if done.returncode:
        return f"ended with {done.returncode}"
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def bench(
    folder: Path, voters: int, candidates: int, python: Path | None, limit: float
) -> Iterator[tuple[str, str]]:
    """Rows of what and how much."""
    file = folder / f"{voters}-{candidates}.blt"
    write_election(file, voters, candidates)
    reading, election = timed(lambda: from_blt(parse_blt(file.read_bytes())))
    different = len(election.colleges[0].ballots)
    yield f"{voters:,} ballots, {candidates} candidates", f"{different:,} different"
    yield "  reading BLT", f"{reading:.2f} s"
    weighed = divide(election)
    for method, peers in RIVALS.items():
        plain, counted = timed(lambda method=method: count_file(election, method))  # type: ignore[misc]
        yield f"  {method}", _say(plain, counted)
        if method == "stv-exact":
            seconds, among = timed(lambda: count_file(weighed, "stv-exact"))
            yield "  stv-exact, three colleges", _say(seconds, among)
            yield (
                "    largest denominator",
                f"{_longest(among)} digits, {_longest(counted)} without colleges",
            )
        for peer in peers if python is not None else ():
            found = ask_peer(python, file, peer, limit)  # type: ignore[arg-type]
            if isinstance(found, str):
                yield f"    {peer}", found
                continue
            taken = found["making"] + found["counting"]
            says = f"{taken:.2f} s ({found['counting']:.2f} s of it counting)"
            yield f"    {peer}", f"{says}: {taken / plain:.1f} times as long"


def _say(seconds: float, counted: FileCount) -> str:
    names = ", ".join(str(each.option) for each in counted.count.elected)
    return f"{seconds:.2f} s, {len(counted.count.stages)} stages; elected {names}"


def _longest(counted: FileCount) -> int:
    return max(len(str(t.denominator)) for s in counted.count.stages for t in s.totals)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 and 100,000 ballots")
    parser.add_argument("--alone", action="store_true", help="without the other libraries")
    parser.add_argument("--limit", type=float, default=300, help="seconds for each of theirs")
    options = parser.parse_args()
    python = None if options.alone else set_up_peers()
    folder = Path(tempfile.mkdtemp())
    console = Console(width=120, highlight=False)
    console.print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    try:
        for voters in (10_000, 100_000 if options.quick else 1_000_000):
            for candidates in (10, 30):
                # It takes long: each row as soon as it is known.
                for what, much in bench(folder, voters, candidates, python, options.limit):
                    console.print(f"{what:<34} {much}", soft_wrap=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
