"""Observers look on: all that anybody may see, while the vote is open and of its result."""

from playwright.sync_api import Browser, Page

from tests.demonstration import Demo
from tests.pictures.camera import DESK, NARROW, PHONE, Camera, go, new_page


def take_public(camera: Camera, browser: Browser, demo: Demo, tracker: str) -> Page:
    """What anybody may see while the vote is open."""
    page = new_page(browser)
    page.goto(f"{demo.url}/en/")
    camera.take_in_every_look(page, "home")
    election = f"{demo.url}/en/elections/{demo.election}"
    page.goto(election)
    camera.take_in_every_look(page, "observer-open")
    for name, place in {
        "find": "box",
        "find-nothing-typed": "box?tracker=",
        "find-found": f"box?tracker={tracker}",
        "find-not-found": f"box?tracker={'A' * 43}",
        "verify": "verify",
    }.items():
        page.goto(f"{election}/{place}")
        camera.take(page, f"observer-{name}")
    for place in ("help", "privacy", "accessibility", "start", "vote", "left", "nowhere"):
        for language in ("en", "cy"):
            page.goto(f"{demo.url}/{language}/{place}")
            camera.take(page, f"{place}-{language}")
    page.goto(f"{demo.url}/en/elections/nosuchelection")
    camera.take(page, "error-no-election")
    take_stale(camera, page, demo)
    take_without_scripts(camera, browser, demo)
    small = new_page(browser, NARROW, locale="cy-GB")
    for place in ("", "help", f"elections/{demo.election}", f"elections/{demo.election}/verify"):
        small.goto(f"{demo.url}/cy/{place}")
        camera.take(small, f"welsh-320-public-{place.rpartition('/')[2] or 'home'}")
    return page


def take_stale(camera: Camera, page: Page, demo: Demo) -> None:
    """A page whose form is too old."""
    page.goto(demo.link(demo.members[1]))
    page.locator("form[data-teg-start] button:enabled").wait_for()
    page.context.clear_cookies()
    go(page, "form[data-teg-start] button")
    camera.take(page, "error-stale")


def take_without_scripts(camera: Camera, browser: Browser, demo: Demo) -> None:
    """What is said where scripts are turned off. Chromium keeps <noscript> shut: it is opened."""
    page = new_page(browser, PHONE)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{demo.url}/en/start")
    page.evaluate(
        """document.querySelectorAll("noscript").forEach(
        (each) => { each.outerHTML = each.textContent; })"""
    )
    camera.take(page, "without-scripts-start")


def take_result(camera: Camera, page: Page, demo: Demo) -> None:
    """What everybody sees of the result."""
    page.goto(f"{demo.url}/en/elections/{demo.election}")
    camera.take_in_every_look(page, "observer-result")
    page.set_viewport_size(NARROW)
    page.goto(f"{demo.url}/cy/elections/{demo.election}")
    camera.take(page, "observer-result-welsh-320")
    page.emulate_media(media="print")
    page.set_viewport_size(DESK)
    camera.take(page, "observer-result-printed")
