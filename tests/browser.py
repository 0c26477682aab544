"""Finding a browser for the tests, and what a page must pass in it.

Order: the path in TEG_BROWSER, playwright's own Chromium, an installed Chrome or Edge, a
Chromium on the PATH. Without any, tests of pages are skipped with one line, or fail where
TEG_REQUIRE_BROWSER=1, as in CI. Source: design 6, section 0.1.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Error, Page, ViewportSize

DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=640)
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "no browser was found: set TEG_BROWSER to a Chromium or Chrome, or install one "
    "(on Debian: apt install chromium; anywhere: python -m playwright install chromium)"
)


def launch(chromium: BrowserType) -> Browser:
    """Start the first browser there is, or skip (fail) the test that asked for it."""
    chosen = os.environ.get("TEG_BROWSER")
    if chosen:
        return chromium.launch(executable_path=chosen, args=_arguments())
    for place in _places(chromium):
        try:
            return chromium.launch(**place, args=_arguments())
        except Error:
            continue
    if os.environ.get("TEG_REQUIRE_BROWSER") == "1":
        pytest.fail(ADVICE)
    pytest.skip(ADVICE)


def _places(chromium: BrowserType) -> Iterator[dict[str, Any]]:
    if Path(chromium.executable_path).exists():
        yield {}
    for channel in ("chrome", "msedge"):
        yield {"channel": channel}
    for name in ON_PATH:
        if found := shutil.which(name):
            yield {"executable_path": found}


def _arguments() -> list[str]:
    # Chromium refuses its sandbox to root; tests open only pages that they serve themselves.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*ARGUMENTS, *(["--no-sandbox"] if is_root else [])]


def assert_accessible(page: Page) -> None:
    """Require that axe finds nothing, the size of targets included."""
    options = {"rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options).response["violations"]
    lines = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {node['html']}\n"
        f"    {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def assert_no_sideways_scroll(page: Page) -> None:
    """Require that the page is not wider than its window."""
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1], f"{page.url} is {widths[0]} wide in {widths[1]}"


# What a keyboard must come to: everything that a finger could press or type into.
_STOPS = """() => {
  const stops = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const seen = [...document.querySelectorAll(stops)].filter(
    (e) => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility());
  // A group of radio buttons is one stop; the arrows move inside it.
  const groups = new Set();
  const kept = seen.filter((e) => {
    if (e.type !== 'radio') return true;
    if (groups.has(e.name)) return false;
    groups.add(e.name);
    return true;
  });
  // Begin at the top, wherever a script has put the focus.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  window.__stops = kept;
  return kept.length;
}"""
_HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const at = window.__stops.findIndex(
    (s) => s === e || (s.type === 'radio' && e.type === 'radio' && s.name === e.name));
  const marked = [e, e.nextElementSibling, e.parentElement].filter(Boolean).some((n) =>
    [getComputedStyle(n), getComputedStyle(n, '::before')].some((s) =>
      s.outlineStyle !== 'none' || s.boxShadow !== 'none'));
  return [at, marked, e.outerHTML.slice(0, 120)];
}"""


def assert_usable_by_keyboard(page: Page) -> None:
    """Require that Tab comes to everything that can be pressed, visibly, and is never held."""
    count = page.evaluate(_STOPS)
    reached: set[int] = set()
    for _ in range(count + 3):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None:
            break
        at, marked, html = here
        assert marked, f"{page.url}: the focus cannot be seen on {html}"
        reached.add(at)
    missed = [
        page.evaluate("n => window.__stops[n].outerHTML.slice(0, 120)", number)
        for number in range(count)
        if number not in reached
    ]
    assert not missed, f"{page.url}: the keyboard never comes to\n" + "\n".join(missed)


def assert_for_everybody(page: Page) -> None:
    """Require what holds after every press: axe, the keyboard, a phone, forced colours."""
    page.set_viewport_size(DESK)
    assert_accessible(page)
    assert_usable_by_keyboard(page)
    page.set_viewport_size(PHONE)
    assert_no_sideways_scroll(page)
    page.emulate_media(forced_colors="active")
    assert_accessible(page)
    page.emulate_media(forced_colors="none")
    page.set_viewport_size(DESK)
