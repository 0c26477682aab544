"""Fixtures for the tests of actions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.cooperative import Cooperative, found


@pytest.fixture
def coop(tmp_path: Path) -> Iterator[Cooperative]:
    """A co-operative with a roll and nothing else."""
    cooperative = found(tmp_path / "data")
    yield cooperative
    cooperative.service.close()


@pytest.fixture
def open_coop(coop: Cooperative) -> Cooperative:
    """The same with an open election."""
    coop.open()
    return coop


@pytest.fixture(scope="module")
def steady_coop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    """One open election for all tests of a module that must change nothing."""
    cooperative = found(tmp_path_factory.mktemp("steady") / "data")
    cooperative.open()
    cooperative.vote("supported", 1, "for")
    yield cooperative
    cooperative.service.close()
