"""`make bench`: a whole election at full size, and the same box through Teg and the peer.

Everything is measured in one run on one machine, so that the figures can be compared:
casting over HTTP, verifying the whole record, verifying the largest box alone with Teg
(one process, and all cores) and with `belenios-tool`, and the voting page in a real browser.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ballots.archive import read_archive
from ballots.verification import verify_archive
from tests.bench.voting_page import measure_voting_page

ROOT = Path(__file__).resolve().parents[2]
TEG = (sys.executable, "-c", "from audit.cli import main; main()")
GET_PEER = ROOT.parent / "shared" / "tools" / "get-peer"


def measure(work: Callable[[], object], times: int) -> float:
    """Median seconds of so many runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def run(*command: str, cwd: Path | None = None) -> str:
    """Run a program that must succeed; what it printed."""
    environment = {**os.environ, "LWT_ASYNC_METHOD": "none"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def fetch_peer() -> Path | None:
    """The independent tool, where shared/ stands beside the project."""
    if not GET_PEER.exists():
        return None
    prefix = ROOT / ".peers" / "forky"
    run("bash", str(GET_PEER), "belenios-tool", str(prefix), "forky")
    return prefix / "belenios-tool"


def largest_box(record: Path) -> Path:
    """The box with the most bytes."""
    return max((record / "boxes").glob("*.bel"), key=lambda box: box.stat().st_size)


def bench(members: int, times: int, folder: Path) -> list[tuple[str, str]]:
    """Hold the election and measure; rows of what and how much."""
    record = folder / "record"
    report = json.loads(
        run(*TEG, "simulate", "--members", str(members), "--out", str(record), "--json")
    )
    raw = largest_box(record).read_bytes()
    ballots = len(read_archive(raw).ballots)
    rows = [
        ("members, ballots", f"{members:,}, {report['ballots']:,}"),
        ("ballots sealed per second (Python, all cores)", f"{report['sealed_per_second']:.0f}"),
        ("ballots accepted per second", f"{report['accepted_per_second']:.0f}"),
        (
            "casting, p50 and p95",
            f"{report['cast_p50_ms']:.0f} ms, {report['cast_p95_ms']:.0f} ms",
        ),
    ]
    whole = measure(lambda: run(*TEG, "verify", str(record)), times)
    rows.append(("teg verify, the whole record", f"{whole:.2f} s"))
    rows.append(("largest box", f"{ballots:,} ballots, {len(raw):,} bytes"))
    one = measure(lambda: verify_archive(read_archive(raw)), times)
    rows.append(("  Teg, one process", f"{one:.2f} s, {ballots / one:.0f} ballots/s"))
    with ProcessPoolExecutor() as pool:
        many = measure(lambda: verify_archive(read_archive(raw), executor=pool), times)
    rows.append(("  Teg, all cores", f"{many:.2f} s, {ballots / many:.0f} ballots/s"))
    tool = fetch_peer()
    if tool is None:
        rows.append(("  belenios-tool", "left out: shared/ does not stand beside the project"))
        return rows
    uuid = re.search(rb'"uuid":"([1-9A-HJ-NP-Za-km-z]+)"', raw)
    assert uuid
    place = folder / "tool"
    place.mkdir()
    (place / f"{uuid[1].decode()}.bel").write_bytes(raw)
    peer = measure(lambda: run(str(tool), "election", "verify", cwd=place), times)
    rows.append(("  belenios-tool 3.3.0", f"{peer:.2f} s, {ballots / peer:.0f} ballots/s"))
    rows.append(("  throughput, Teg on all cores to the tool", f"{peer / many:.2f}"))
    rows.append(("  throughput, Teg on one core to the tool", f"{peer / one:.2f}"))
    return rows


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        rows = bench(options.members, options.times, folder) + measure_voting_page()
    finally:
        shutil.rmtree(folder)
    cores = os.cpu_count()
    table = Table("what", "how much", title=f"Python {platform.python_version()}, {cores} cores")
    for what, much in rows:
        table.add_row(what, much)
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
