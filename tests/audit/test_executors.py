"""Where ballots are checked: here, on cores, on a cluster; what can go wrong with each."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from audit import executors
from audit.executors import count_cores, open_executor, start_method
from audit.means_errors import MissingDaskError, SchedulerError, WorkersLostError
from ballots.archive import read_archive
from ballots.errors import BallotSignatureError
from ballots.verification import verify_archive
from tests.ballots.box import open_box, sign_again

OPENED = open_box()
RAW = OPENED.write()
WRONG = sign_again(OPENED.box, 1, OPENED.ballots[0], lambda _: None)
BENT = OPENED.write(ballots=[*OPENED.ballots, WRONG])


def test_one_core_needs_no_workers() -> None:
    with open_executor(1) as executor:
        assert executor is None


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_cores_give_the_same_summary_and_errors(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "start_method", lambda *_: method)
    with open_executor(2) as executor:
        assert isinstance(executor, ProcessPoolExecutor)
        archive = read_archive(RAW)
        assert verify_archive(archive, executor=executor) == verify_archive(archive)
        with pytest.raises(BallotSignatureError) as caught:
            verify_archive(read_archive(BENT), executor=executor)
    assert caught.value.ballot is not None


def test_without_a_number_all_cores_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= count_cores() <= (os.cpu_count() or 1)
    monkeypatch.setattr(executors, "count_cores", lambda: 1)
    with open_executor() as executor:
        assert executor is None


def test_only_where_no_other_thread_runs_is_a_process_copied() -> None:
    assert start_method("linux", 1) == "fork"
    assert start_method("linux", 2) == "spawn"
    assert start_method("darwin", 1) == "spawn"


@pytest.mark.parametrize("error", [BrokenExecutor("one died"), CancelledError()])
def test_lost_workers_are_no_fault_of_the_record(error: Exception) -> None:
    with pytest.raises(WorkersLostError), open_executor(1):
        raise error


# --- a cluster --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed: Any = import_module("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def test_a_cluster_gives_the_same_summary_and_errors(cluster: Any) -> None:
    with open_executor(scheduler=cluster.scheduler_address) as executor:
        archive = read_archive(RAW)
        assert verify_archive(archive, executor=executor) == verify_archive(archive)
        with pytest.raises(BallotSignatureError) as caught:
            verify_archive(read_archive(BENT), executor=executor)
    assert caught.value.ballot is not None


def test_a_cluster_that_kills_its_workers_is_no_fault_of_the_record(cluster: Any) -> None:
    distributed: Any = import_module("distributed")
    died = SimpleNamespace(address="tcp://worker.example")
    with (
        pytest.raises(WorkersLostError),
        open_executor(scheduler=cluster.scheduler_address),
    ):
        raise distributed.KilledWorker("check_votes", died, 3)


def test_workers_with_another_teg_are_not_used(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "version", lambda _: f"0.{os.getpid()}")
    with (
        pytest.raises(SchedulerError, match=r"have version 0\.\d+ of Teg"),
        open_executor(scheduler=cluster.scheduler_address),
    ):
        pass


def _fail(error: Exception, _package: str) -> NoReturn:
    raise error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(TimeoutError(), "no worker answers"), (ModuleNotFoundError("audit"), "lack Teg")],
)
def test_workers_that_cannot_check_are_not_used(
    error: Exception, sentence: str, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "version", partial(_fail, error))
    with (
        pytest.raises(SchedulerError, match=sentence),
        open_executor(scheduler=cluster.scheduler_address),
    ):
        pass


@pytest.mark.parametrize("address", ["no address", "tcp://127.0.0.1:1", "nonsense://x"])
def test_where_no_scheduler_answers_is_wrong_use(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "PATIENCE", 1)
    with pytest.raises(SchedulerError), open_executor(scheduler=address):
        pass


def test_without_dask_a_cluster_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingDaskError), open_executor(scheduler="tcp://127.0.0.1:1"):
        pass
