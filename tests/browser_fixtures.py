"""The fixtures `browser` and `page`: a real Chromium, a fresh person in it for every test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser import launch

PATIENCE = 15_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser. One a module: while playwright is up, no test in its thread may use asyncio."""
    with sync_playwright() as playwright:
        started = launch(playwright.chromium)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a new person, without cookies or memory.

    The test fails where a script of the page failed, or where the page asked for something
    that the content security policy forbids.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def watch(opened: Page) -> None:
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", hear)

    context.on("page", watch)
    yield context.new_page()
    context.close()
    assert not faults, faults
