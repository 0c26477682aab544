from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.cli.desk import DeskMaker, served
from tests.web.cooperative import Cooperative, found


@pytest.fixture
def coop(tmp_path: Path) -> Iterator[Cooperative]:
    """A co-operative with a roll, beside whose service the commands work."""
    cooperative = found(tmp_path / "data")
    yield cooperative
    cooperative.service.close()


@pytest.fixture
def make_desk(coop: Cooperative, tmp_path: Path) -> Iterator[DeskMaker]:
    """Makes drafts with trustees, at a service that runs."""
    with served(coop, tmp_path) as make:
        yield make
