"""Fixtures of the audit's tests."""

import pytest

from tests.assembly import (
    Assembly,
    hold_election,
)


@pytest.fixture(scope="module")
def record() -> Assembly:
    return hold_election()
