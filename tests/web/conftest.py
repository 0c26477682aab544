"""What the tests of the service share."""

import pytest

from tests.web.frontend.node import built


@pytest.fixture(scope="session")
def built_assets() -> None:
    """The page scripts and styles, built where they are missing or old."""
    built("page.js")
