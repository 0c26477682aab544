"""The people of the end-to-end tests, each with her own browser; how pages are looked at."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, expect

from tests.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    assert_usable_by_keyboard,
)


def new_person(browser: Browser, locale: str = "en-GB") -> Page:
    """A page in a browser context of its own: no cookie or memory is shared."""
    context = browser.new_context(viewport=DESK, locale=locale, accept_downloads=True)
    context.set_default_timeout(20_000)
    return context.new_page()


@dataclass
class Faults:
    """What was wrong with the pages of one story, told together at its end."""

    found: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def is_new(self, page: Page, check: str) -> bool:
        """Whether no page of the same parts and words was checked like this before.

        Names of people, numbers and links do not make another page.
        """
        shape = (check, str(page.evaluate(SHAPE)))
        is_new = shape not in self.seen
        self.seen.add(shape)
        return is_new

    def note(self, check: Callable[[Page], None], page: Page) -> None:
        """Make a check and remember what it says."""
        try:
            check(page)
        except AssertionError as fault:
            if str(fault) not in self.found:
                self.found.append(str(fault))


FAULTS = Faults()

# The visible elements of a page, their classes and their words, without digits and trackers.
SHAPE = """() => [document.documentElement.lang, document.title.replace(/\\d+/g, ""),
  ...[...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility())
    .map((one) => one.tagName + "." + one.className + (one.children.length ? "" :
      one.textContent.trim().replace(/[^\\s]*\\d[^\\s]*/g, "").slice(0, 40)))].join("\\n")"""


def look(page: Page) -> None:
    """What must hold after every step: axe, the keyboard, a narrow phone, forced colours."""
    expect(page.locator("h1")).to_have_count(1)
    assert page.title().strip()
    lang = page.locator("html").get_attribute("lang")
    assert f"/{lang}" in page.url, (lang, page.url)
    if not FAULTS.is_new(page, "looked"):
        return
    FAULTS.note(assert_accessible, page)
    FAULTS.note(assert_usable_by_keyboard, page)
    page.set_viewport_size(PHONE)
    FAULTS.note(assert_no_sideways_scroll, page)
    page.emulate_media(forced_colors="active")
    FAULTS.note(assert_accessible, page)
    page.emulate_media(forced_colors="none")
    page.set_viewport_size(DESK)


def look_in_both_languages(page: Page) -> None:
    """Look here, cross to the same page in the other language, look there, come back."""
    look(page)
    if not FAULTS.is_new(page, "crossed"):
        return
    here = page.locator("html").get_attribute("lang")
    for there in ("cy" if here == "en" else "en", here):
        page.locator(f"a[hreflang='{there}']").click()
        expect(page.locator("html")).to_have_attribute("lang", str(there))
        if there != here:
            look(page)


def start(page: Page, link: str, button: str = "Start") -> None:
    """Open a personal link and press the button; opening alone begins nothing."""
    page.goto(link)
    expect(page).not_to_have_url(re.compile("#"))  # the secret leaves the address at once
    look(page)
    page.get_by_role("button", name=button).click()
    page.wait_for_url(lambda url: not url.endswith("/start"))
    look(page)


def press(page: Page, button: str) -> None:
    """Press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    look(page)


def follow(page: Page, link: str) -> None:
    """Follow a link by its words."""
    with page.expect_navigation():
        page.locator("main a", has_text=link).first.click()
    look(page)


def fill_moment(page: Page, name: str, moment: Sequence[str]) -> None:
    """Fill a date and time in its four fields."""
    for part, value in zip(("day", "month", "year", "time"), moment, strict=True):
        page.fill(f"#{name}-{part}", value)


def go_to_contest(page: Page, words: tuple[str, ...]) -> None:
    """From the member's list of votes to the page with the choices, by the buttons' words."""
    for word in words:
        with page.expect_navigation():
            page.locator("main a", has_text=word).first.click()
        look_in_both_languages(page)
