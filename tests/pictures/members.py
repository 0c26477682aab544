"""Members vote: on a telephone, on a narrow one in Welsh, at a desk in every look."""

import re
from typing import Final

from playwright.sync_api import Browser, Page

from tests.demonstration import Demo
from tests.pictures.camera import DESK, NARROW, PHONE, Camera, go, new_page, start

# WCAG 2.2, 1.4.12: what a reader may set without losing any words.
SPACING: Final = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


def walk_members(camera: Camera, browser: Browser, demo: Demo) -> tuple[Page, str]:
    """Everybody's vote; returns the page of a member who is still choosing, and a tracker."""
    phone = new_page(browser, PHONE, has_touch=True, is_mobile=True)
    walk_vote(camera, phone, demo, 0, name="english-easy-read-375", choice="for")
    phone.goto(f"{demo.url}/en/vote/{demo.election}/done")
    phone.emulate_media(media="print")
    camera.take(phone, "english-done-printed")
    narrow = new_page(browser, NARROW, locale="cy-GB", has_touch=True, is_mobile=True)
    tracker = walk_vote(camera, narrow, demo, 2, name="welsh-320", choice="against")
    desk = new_page(browser, DESK)
    start(desk, demo.link(demo.members[1]))
    here = f"{demo.url}/en/vote/{demo.election}"
    for place in ("about", "weight", "contest/1"):
        desk.goto(f"{here}/{place}")
        camera.take_in_every_look(desk, f"member-{place.replace('/', '-')}")
    desk.goto(f"{here}/contest/1")
    desk.locator("[data-teg-continue]").click()
    camera.take_in_every_look(desk, "member-contest-error")
    desk.locator("#choice-blank").check()
    camera.take_in_every_look(desk, "member-contest-chosen")
    go(desk, "[data-teg-continue]")
    camera.take_in_every_look(desk, "member-check")
    with desk.expect_navigation(url=re.compile("/done")):
        desk.locator("[data-teg-send]").click()
    camera.take_in_every_look(desk, "member-done")
    desk.goto(f"{demo.url}/en/vote")
    camera.take_in_every_look(desk, "member-votes")
    take_zoomed(camera, desk, here)
    desk.goto(f"{here}/contest/1")
    desk.locator("#choice-for").check()
    go(desk, "[data-teg-continue]")
    desk.locator("[data-teg-send]").wait_for()
    return desk, tracker


def walk_vote(camera: Camera, page: Page, demo: Demo, who: int, *, name: str, choice: str) -> str:
    """A member's whole journey; returns her tracker."""
    member = demo.members[who]
    page.goto(demo.link(member))
    page.locator("form[data-teg-start] button:enabled").wait_for()
    camera.take(page, f"{name}-start")
    go(page, "form[data-teg-start] button")
    camera.take(page, f"{name}-votes")
    go(page, "main a[href*='/about']")
    camera.take(page, f"{name}-about")
    go(page, "main a[href*='/weight']")
    camera.take(page, f"{name}-weight")
    go(page, "main a[href*='/contest/1']")
    camera.take(page, f"{name}-contest")
    page.locator("[data-teg-continue]").click()
    camera.take(page, f"{name}-contest-error")
    page.locator(f"#choice-{choice}").check()
    camera.take(page, f"{name}-contest-chosen", whole=False)
    go(page, "[data-teg-continue]")
    page.locator(f"[data-choice={choice}]").wait_for()
    camera.take(page, f"{name}-check")
    with page.expect_navigation(url=re.compile("/done")):
        page.locator("[data-teg-send]").click()
    camera.take(page, f"{name}-done")
    tracker = page.locator("[data-teg-tracker]").get_attribute("data-teg-tracker") or ""
    page.goto(f"{demo.url}/{member['language']}/vote")
    camera.take(page, f"{name}-votes-after")
    return tracker


def take_zoomed(camera: Camera, page: Page, here: str) -> None:
    """At 400 %, with a reader's own text spacing, and where the keyboard is."""
    page.set_viewport_size({"width": 320, "height": 256})
    for place in ("weight", "contest/1", "done"):
        page.goto(f"{here}/{place}")
        page.add_style_tag(content=SPACING)
        camera.take(page, f"zoomed-spaced-{place.replace('/', '-')}")
    page.set_viewport_size(DESK)
    page.goto(f"{here}/contest/1")
    page.keyboard.press("Tab")
    camera.take(page, "focus-skip-link", whole=False)
    page.locator("#choice-against").focus()
    camera.take(page, "focus-choice", whole=False)
    page.locator("[data-teg-continue]").focus()
    camera.take(page, "focus-button", whole=False)
    page.locator("[data-teg-continue]").hover()
    camera.take(page, "focus-and-hover-button", whole=False)
    page.locator("summary").first.focus()
    camera.take(page, "focus-details", whole=False)
