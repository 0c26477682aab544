"""Fixtures for the tests of pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.web.pages.reader import Reader, sit
from web.pages.translations import CATALOGUES, PARTS


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogues() -> None:
    """Pages speak the Welsh that stands in the catalogues now, whenever the build last ran."""
    for part in PARTS:
        source = CATALOGUES / part / "cy" / "LC_MESSAGES" / "messages.po"
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale="cy")
        with target.open("wb") as stream:
            write_mo(stream, catalogue)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """Somebody who is not signed in, at the pages of a co-op with a prepared draft."""
    reader = sit(tmp_path)
    yield reader
    reader.coop.service.close()
