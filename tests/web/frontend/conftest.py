"""Fixtures of the page scripts' tests."""

from collections.abc import Iterator

import pytest

from tests.web.frontend.site import Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with every hook, for one test."""
    with running() as site:
        yield site
