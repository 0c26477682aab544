"""`make bench`, sealed ballots: Teg and the independent tool on the same archives, in one run.

Throughput of verifying, shuffles, sealing, and the memory that a large box takes. Runs of the
two programs alternate, so that a busy moment of the machine strikes both.
"""

import argparse
import hashlib
import json
import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from ballots.archive import read_archive
from ballots.credentials import make_credential, public_credential
from ballots.election import AnyQuestion, Election, parse_election
from ballots.group import BASE, combine, format_point
from ballots.mixing import shuffle_tally, verify_shuffle
from ballots.sealing import seal_ballot
from ballots.tally import parse_encrypted_tally
from tests.bench.boxes import RANKED, SMALL, TEN, choose, make_box
from tests.bench.first_election import TEG, fetch_peer, measure, run
from tests.browser import launch
from tests.web.frontend.site import running

Rows = list[tuple[str, str]]
PEER = "belenios-tool 3.3.0"

# What the main process alone has at most; its workers have a few chunks each. The kernel's own
# figure, as `ru_maxrss` begins with what the process had that started it.
_MEMORY = """
import sys
from pathlib import Path
from audit.archive_file import verify_file
from audit.executors import open_executor
with open_executor(2) as executor:
    verify_file(Path(sys.argv[1]), executor=executor)
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(status["VmHWM"].split()[0])
"""

# Sealing alone, in a worker that is warm: milliseconds of each ballot.
_SEAL = """async ({ takes, times }) => {
  const worker = new Worker(document.querySelector('meta[name=teg-worker]').content,
    { type: 'module' });
  const election = new TextEncoder().encode(takes.election);
  const seal = (id) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if ('error' in data) reject(new Error(data.error));
      else if ('gives' in data) resolve();
    };
    worker.postMessage({ id, task: 'seal', takes: { ...takes, election } });
  });
  const taken = [];
  for (let id = 0; id < times; id += 1) {
    const began = performance.now();
    await seal(id);
    taken.push(performance.now() - began);
  }
  worker.terminate();
  return taken;
}"""


def place_box(
    folder: Path, question: AnyQuestion, voters: int, *, shuffles: int = 0, is_opened: bool = True
) -> Path:
    """A box's archive, in a folder of its own and under the name that the tool wants."""
    folder.mkdir()
    made = folder / "box"
    election = make_box(question, voters, made, shuffles=shuffles, is_opened=is_opened)
    return made.rename(folder / f"{election.uuid}.bel")


@dataclass(frozen=True, slots=True)
class Taken:
    """Median seconds: by the clock, and of all cores together."""

    clock: float
    cores: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.cores:.2f} s of a core)"


def alternate(works: dict[str, Callable[[], object]], times: int) -> dict[str, Taken]:
    """What each takes, in turns."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            began, used = time.perf_counter(), sum(os.times()[:4])
            work()
            taken[name].append((time.perf_counter() - began, sum(os.times()[:4]) - used))
    return {
        name: Taken(*[statistics.median(column) for column in zip(*each, strict=True)])
        for name, each in taken.items()
    }


def programs(box: Path, tool: Path | None) -> dict[str, Callable[[], object]]:
    """Verifying one archive with each program, as a person would start it."""
    works: dict[str, Callable[[], object]] = {
        "Teg, 2 cores": lambda: run(*TEG, "verify", str(box), "--cores", "2"),
        "Teg, 1 core": lambda: run(*TEG, "verify", str(box), "--cores", "1"),
    }
    if tool is not None:
        works[PEER] = lambda: run(str(tool), "election", "verify", cwd=box.parent)
    return works


def bench_verifying(folder: Path, tool: Path | None, times: int) -> Rows:
    """Boxes of one question with ten options."""
    rows: Rows = []
    for voters in (200, 1000):
        box = place_box(folder / f"ten-{voters}", TEN, voters)
        rows.append((f"verifying {voters:,} ballots of ten options", f"{box.stat().st_size:,} B"))
        medians = alternate(programs(box, tool), times)
        peer = medians.get(PEER)
        for name, taken in medians.items():
            ratio = f", {peer.clock / taken.clock:.2f} times the tool" if peer else ""
            rows.append((f"  {name}", f"{taken}, {voters / taken.clock:.0f}/s{ratio}"))
    return rows


def bench_shuffling(folder: Path, tool: Path | None, times: int, voters: int) -> Rows:
    """A ranked box: shuffling it, verifying a shuffle, verifying all of it."""
    closed = place_box(folder / "ranked-closed", RANKED, voters, is_opened=False)
    whole = place_box(folder / "ranked", RANKED, voters, shuffles=1)
    archive = read_archive(closed.read_bytes())
    made = read_archive(whole.read_bytes()).shuffles[0][1]
    tally = archive.encrypted_tally or b""
    election = parse_election(archive.election)
    counts = parse_encrypted_tally(election, tally)
    works: dict[str, Callable[[], object]] = {
        "shuffle, Teg": lambda: shuffle_tally(election, tally, os.urandom),
        "verify the shuffle, Teg": lambda: verify_shuffle(election, counts, made),
    }
    if tool is not None:
        works["shuffle, belenios-tool"] = lambda: run(
            str(tool), "election", "shuffle", "--trustee-id", "1", cwd=closed.parent
        )
    works |= {f"verify the archive, {name}": do for name, do in programs(whole, tool).items()}
    medians = alternate(works, times)
    rows = [(f"{voters} ranked ballots of ten options, one shuffle", f"{whole.stat().st_size:,} B")]
    return rows + [(f"  {name}", str(taken)) for name, taken in medians.items()]


def bench_sealing(times: int = 20) -> Rows:
    """One ballot at a time, in Python and in Chromium, by the same elections."""
    key = format_point(combine([[(BASE, 1234567)]])[0])
    draw = random.Random(1).randbytes
    rows: Rows = []
    asked: list[tuple[str, dict[str, object]]] = []
    for name, question in (("of ten options", TEN), ("that ranks ten", RANKED)):
        election = Election("BenchBenchBench", "Bench", "Made up", key, (question,))
        secret, choices = make_credential(draw), choose(question, 3)
        seconds = measure(partial(seal_ballot, election, secret, [choices], draw), times)
        rows.append((f"sealing a ballot {name}, Python", f"{1000 * seconds:.1f} ms"))
        takes: dict[str, object] = {
            "box": election.uuid,
            "election": election.raw.decode(),
            "sha256": hashlib.sha256(election.raw).hexdigest(),
            "credential": secret,
            "publicCredential": public_credential(election.uuid, secret),
            "choices": [choices],
        }
        asked.append((name, takes))
    with running() as site, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        page = browser.new_page()
        page.goto(f"{site.root}/start")
        for name, takes in asked:
            taken = page.evaluate(_SEAL, {"takes": takes, "times": times})
            first, later = taken[0], statistics.median(taken[1:])
            said = f"{later:.0f} ms (the first {first:.0f} ms)"
            rows.append((f"sealing a ballot {name}, Chromium", said))
        browser.close()
    return rows


def bench_memory(folder: Path, sizes: tuple[int, int]) -> Rows:
    """Peak memory of the process that verifies a box, its workers apart."""
    rows: Rows = []
    peaks: list[int] = []
    for voters in sizes:
        box = place_box(folder / f"small-{voters}", SMALL, voters)
        began = time.perf_counter()
        peaks.append(int(run(sys.executable, "-c", _MEMORY, str(box))))
        seconds = time.perf_counter() - began
        what = f"peak memory, {voters:,} ballots ({box.stat().st_size:,} B, {seconds:.0f} s)"
        rows.append((what, f"{peaks[-1] / 1024:.1f} MiB"))
    return [*rows, ("  ratio, at most 1.5", f"{peaks[1] / peaks[0]:.2f}")]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="smaller boxes for memory")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    sizes = (200, 2000) if options.quick else (2000, 20_000)
    folder = Path(tempfile.mkdtemp())
    tool = fetch_peer()
    try:
        rows = [
            *bench_verifying(folder, tool, options.times),
            *bench_shuffling(folder, tool, options.times, 500),
            *bench_sealing(),
            *bench_memory(folder, sizes),
        ]
    finally:
        shutil.rmtree(folder)
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
        return
    title = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    table = Table("what", "how much", title=title)
    for what, much in rows:
        table.add_row(what, much)
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
