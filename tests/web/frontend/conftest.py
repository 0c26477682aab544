"""Fixtures of the page scripts' tests."""

from collections.abc import Iterator

import pytest

from tests.web.frontend.site import Site, running


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """A site with every hook."""
    with running() as site:
        yield site


@pytest.fixture
def site(served: Site) -> Site:
    """The site, as if nobody had been there yet."""
    served.begin_anew()
    return served
