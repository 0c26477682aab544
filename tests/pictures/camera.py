"""Taking a picture of a page in a setting: a window, a look, a browser of somebody's own."""

import sys
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, ViewportSize

DESK: Final = ViewportSize(width=1280, height=900)
PHONE: Final = ViewportSize(width=375, height=740)
NARROW: Final = ViewportSize(width=320, height=640)


class Camera:
    """Saves pictures under numbered names, so that a folder reads in the order of a journey."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._taken = 0

    def take(self, page: Page, name: str, *, whole: bool = True) -> None:
        """Save what the page shows, from its top to its end."""
        self._taken += 1
        path = self._folder / f"{self._taken:03d}-{name}.png"
        page.screenshot(path=path, full_page=whole, animations="disabled")
        if whole:
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if wide > 0:
                say(f"{path.name}: {wide} px wider than its window")

    def take_in_every_look(self, page: Page, name: str) -> None:
        """At a desk, in the dark, in forced colours, in high contrast."""
        self.take(page, f"{name}-desk")
        page.emulate_media(color_scheme="dark")
        self.take(page, f"{name}-dark")
        page.emulate_media(color_scheme="light", forced_colors="active")
        self.take(page, f"{name}-forced-colours")
        page.emulate_media(color_scheme="light", forced_colors="none")


def new_page(browser: Browser, size: Any = DESK, **options: Any) -> Page:
    """A browser of somebody's own. Our policy for scripts and styles would keep test styles out."""
    context = browser.new_context(viewport=size, bypass_csp=True, **options)
    context.set_default_timeout(20_000)
    return context.new_page()


def go(page: Page, selector: str) -> None:
    """Press a link or a button and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def start(page: Page, link: str) -> None:
    """Open a personal link and press Start."""
    page.goto(link)
    page.locator("form[data-teg-start] button:enabled").wait_for()
    go(page, "form[data-teg-start] button")


def say(line: str) -> None:
    """Tell whoever runs this."""
    sys.stdout.write(line + "\n")
