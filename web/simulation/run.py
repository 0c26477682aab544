"""One simulated election from the roll to the verified result, and what it measured."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from audit.mirror import mirror_record
from audit.progress import ShownProgress
from audit.record import FolderRecord, UrlRecord
from audit.verifier import verify_record
from voting.charter.charter_format import read_charter
from voting.counting.count import ContestResult
from voting.counting.result import format_result
from web.client import Client
from web.simulation.casting import cast_all
from web.simulation.contests import Kind, make_contests
from web.simulation.office import Box, Office
from web.simulation.own_service import Place
from web.simulation.plan import Voter, expect, plan_roll, plan_voters
from web.simulation.sealing import Sealed, Sealing, seal_all, sealers
from web.workers import start_workers


class ResultDiffersError(Exception):
    """The service's result is not what was cast: contest, where, expected, published."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be simulated."""

    members: int
    seed: int
    workers: int
    connections: int
    contests: tuple[Kind, ...] = ("motion",)
    trustees: int = 3
    needed: int = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out.

    Attributes:
        outcomes: of each contest.
        latencies: of each cast, in microseconds, sorted.
        seconds: of each part of the run.
    """

    election: str
    outcomes: Mapping[str, str]
    members: int
    ballots: int
    latencies: tuple[int, ...]
    seconds: Mapping[str, float]


def simulate_election(order: Order, place: Place, out: Path, console: Console) -> Measured:
    """Run the election.

    Args:
        order: what to simulate.
        place: the service.
        out: folder for the public record.
        console: where progress is shown.

    Raises:
        NoCouncilError: a council is to be elected, of which the charter knows nothing.
        RefusedError, UnreachableError: the service did not do what was asked.
        ResultDiffersError: it did, and the result is wrong.
        VerificationError: the record does not verify.
    """
    office = Office(Client(place.base_url, place.token))
    seconds: dict[str, float] = {}
    with _connected(office), _shown(console) as show:
        with _timed(seconds, "prepare"), show.step("preparing"):
            charter = read_charter(office.client.get("/api/organisation")["charter"])
            contests = make_contests(order.contests, charter)
            roll = plan_roll([college.id for college in charter.colleges], order.members)
            voters = plan_voters(roll, contests, order.seed)
            office.import_roll(roll)
            office.write_election(contests)
        with _timed(seconds, "key"), show.step("making a key"):
            office.make_key(order.trustees, order.needed)
        with _timed(seconds, "announce"), show.step("announcing"):
            boxes = office.announce()
        rounds = _make_rounds(voters, boxes)
        number = sum(map(len, rounds))
        elections = {box.uuid: box.election for box in boxes}
        ballots = [each for one in rounds for each in one]
        with (
            sealers(elections, order.workers) as pool,
            _timed(seconds, "seal"),
            show.step("sealing", number) as tell,
        ):
            sealed = seal_all(pool, ballots, tell)
        with _timed(seconds, "cast"), show.step("casting", number) as tell:
            latencies: list[int] = []
            for part in _split(sealed, [len(one) for one in rounds]):
                latencies += cast_all(place.base_url, part, order.connections, tell)
        with _timed(seconds, "tally"), show.step("tallying"):
            office.close()
            office.shuffle_and_open()
        with _timed(seconds, "certify"), show.step("certifying"):
            view = office.certify(place.passphrase)
        compare(view, expect(charter, contests, voters, find_seed(view)))
        with _timed(seconds, "download"), show.step("downloading", 1) as tell:
            record = UrlRecord(place.base_url)
            key = mirror_record(record, out, show.whole, election=office.uuid)
            record.close()
    pool = start_workers(order.workers)
    try:
        with _timed(seconds, "verify"), ShownProgress(console) as progress:
            verify_record(FolderRecord(out), key=key, executor=pool, progress=progress)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return Measured(
        election=office.uuid,
        outcomes={each["contest"]: each["outcome"] for each in view["results"]},
        members=order.members,
        ballots=number,
        latencies=tuple(sorted(latencies)),
        seconds=seconds,
    )


def find_seed(view: Mapping[str, Any]) -> str | None:
    """The lot seed that a result says it was counted with; the verifier knows if it is right."""
    seeds: list[str] = [each["seed"] for each in view["results"] if each.get("seed") is not None]
    return seeds[0] if seeds else None


def compare(view: Mapping[str, Any], expected: Sequence[ContestResult]) -> None:
    """Hold the published results against what was cast.

    Raises:
        ResultDiffersError: they differ.
    """
    counted = json.loads(format_result(view["election"], expected))["contests"]
    published = view["results"]
    if len(published) != len(counted):
        raise ResultDiffersError("", "contests", len(counted), len(published))
    for own, other in zip(counted, published, strict=True):
        for name in own.keys() | other.keys():
            if own.get(name) != other.get(name):
                raise ResultDiffersError(own["contest"], name, own.get(name), other.get(name))


def _make_rounds(voters: Sequence[Voter], boxes: Sequence[Box]) -> list[list[Sealing]]:
    """Everybody's first ballot, then the second ones: each member's stay in their order."""
    waiting = {box.college: iter(box.credentials) for box in boxes}
    uuids = {box.college: box.uuid for box in boxes}
    rounds: list[list[Sealing]] = [[], []]
    for voter in voters:
        credential = next(waiting[voter.college])
        for number, ballot in enumerate(voter.ballots):
            rounds[number].append(Sealing(uuids[voter.college], credential, ballot))
    return rounds


def _split(sealed: Sequence[Sealed], lengths: Sequence[int]) -> Iterator[Sequence[Sealed]]:
    begin = 0
    for length in lengths:
        yield sealed[begin : begin + length]
        begin += length


@contextmanager
def _connected(office: Office) -> Iterator[None]:
    try:
        yield
    finally:
        office.close_connections()


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - started


class _Shown:
    """Progress bars: one for each part of the run."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task = TaskID(0)

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator["_Tell"]:
        self._task = self._bars.add_task(name, total=total)
        yield _Tell(self._bars, self._task)
        # A part without parts of its own is done in one.
        finished = self._bars.tasks[-1].total or 1
        self._bars.update(self._task, total=finished, completed=finished)

    def whole(self, done: int, number: int) -> None:
        self._bars.update(self._task, completed=done, total=number)


class _Tell:
    def __init__(self, bars: Progress, task: TaskID) -> None:
        self._bars = bars
        self._task = task

    def __call__(self, more: int) -> None:
        self._bars.advance(self._task, more)


@contextmanager
def _shown(console: Console) -> Iterator[_Shown]:
    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=console.quiet) as bars:
        yield _Shown(bars)
