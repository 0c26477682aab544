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
    for place in ("about", "weight"):
        desk.goto(f"{here}/{place}")
        camera.take_in_every_look(desk, f"member-{place}")
    desk.goto(f"{here}/weight")
    go(desk, "main a[href*='/contest/']")
    while desk.locator("[data-teg-choose]").count():
        form = form_of(desk)
        camera.take_in_every_look(desk, f"member-{form}")
        desk.locator("[data-teg-continue]").click()
        camera.take_in_every_look(desk, f"member-{form}-error")
        choose(desk, "blank")
        camera.take_in_every_look(desk, f"member-{form}-chosen")
        go(desk, "[data-teg-continue]")
    camera.take_in_every_look(desk, "member-check")
    send(desk)
    camera.take_in_every_look(desk, "member-done")
    desk.goto(f"{demo.url}/en/vote")
    camera.take_in_every_look(desk, "member-votes")
    take_zoomed(camera, desk, here)
    desk.goto(f"{here}/weight")
    go(desk, "main a[href*='/contest/']")
    answer_all(desk, "for")
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
    go(page, "main a[href*='/contest/']")
    while page.locator("[data-teg-choose]").count():
        form = form_of(page)
        camera.take(page, f"{name}-{form}")
        page.locator("[data-teg-continue]").click()
        camera.take(page, f"{name}-{form}-error")
        choose(page, choice)
        camera.take(page, f"{name}-{form}-chosen")
        take_wrong(camera, page, name)
        go(page, "[data-teg-continue]")
    page.locator(f"[data-choice={choice}]").wait_for()
    camera.take(page, f"{name}-check")
    send(page)
    camera.take(page, f"{name}-done")
    tracker = page.locator("[data-teg-tracker]").get_attribute("data-teg-tracker") or ""
    page.goto(f"{demo.url}/{member['language']}/vote")
    camera.take(page, f"{name}-votes-after")
    return tracker


def form_of(page: Page) -> str:
    """Which form of ballot this page is."""
    return page.locator("[data-teg-choose]").get_attribute("data-form") or ""


def choose(page: Page, choice: str) -> None:
    """Answer the question of this page: the motion with this choice, others in their own way."""
    form = form_of(page)
    if form == "motion" or choice == "blank":
        page.locator(f"label[for=choice-{choice}]").click()
    elif form == "ranked":
        page.fill("#rank-2", "1")
        for option in (1, 2):
            page.locator(f"[data-teg-higher='{option}']").click()
    elif form in ("scored", "graded"):
        page.locator("label[for=mark-1-1]").click()
    else:
        page.locator("label[for=choice-1]").click()


def take_wrong(camera: Camera, page: Page, name: str) -> None:
    """What is said of a number that is used twice; then it is mended."""
    if form_of(page) == "ranked":
        typed = page.input_value("#rank-2")
        page.fill("#rank-2", page.input_value("#rank-1"))
        page.locator("[data-teg-continue]").click()
        camera.take(page, f"{name}-ranked-repeat")
        page.fill("#rank-2", typed)


def answer_all(page: Page, choice: str) -> None:
    """From the first question to the page where answers are checked."""
    while page.locator("[data-teg-choose]").count():
        choose(page, choice)
        go(page, "[data-teg-continue]")


def send(page: Page) -> None:
    """Send, and wait until it is in the box."""
    with page.expect_navigation(url=re.compile("/done")):
        page.locator("[data-teg-send]").click()


def take_zoomed(camera: Camera, page: Page, here: str) -> None:
    """At 400 %, with a reader's own text spacing, and where the keyboard is."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{here}/check")
    questions = [
        each.evaluate("a => a.href") for each in page.locator("main a[href*='/contest/']").all()
    ]
    for name, address in (
        ("weight", f"{here}/weight"),
        *((f"question-{number}", each) for number, each in enumerate(questions, start=1)),
        ("done", f"{here}/done"),
    ):
        page.goto(address)
        page.add_style_tag(content=SPACING)
        camera.take(page, f"zoomed-spaced-{name}")
    page.set_viewport_size(DESK)
    page.goto(questions[0])
    page.keyboard.press("Tab")
    camera.take(page, "focus-skip-link", whole=False)
    page.locator("[data-teg-choose] input").nth(1).focus()
    camera.take(page, "focus-choice", whole=False)
    page.locator("[data-teg-continue]").focus()
    camera.take(page, "focus-button", whole=False)
    page.locator("[data-teg-continue]").hover()
    camera.take(page, "focus-and-hover-button", whole=False)
    page.locator("summary").first.focus()
    camera.take(page, "focus-details", whole=False)
