"""The returning officer: prepares an election up to its opening, and ends another."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from tests.demonstration import Demo
from tests.pictures.camera import DESK, NARROW, Camera, go, new_page, start
from tests.pictures.trustees import NEW_TRUSTEES, make_keys, open_tally, take_narrow_and_welsh

ROLL_HEADER: Final = "number,name,email,college,language,format"
SAVE: Final = "button.govuk-button[value=save]"
LOOK: Final = "button.govuk-button[value=look]"


def walk_officer(camera: Camera, browser: Browser, demo: Demo, folder: Path) -> Page:
    """The returning officer prepares a new election, up to its opening."""
    page = new_page(browser)
    start(page, demo.link(demo.officer))
    camera.take_in_every_look(page, "officer-dashboard")
    take_roll(camera, page, demo, folder)
    take_charter(camera, page, demo)
    page.goto(f"{demo.url}/en/officer/elections/new")
    camera.take(page, "officer-new-election")
    go(page, "main button[type=submit]")
    camera.take(page, "officer-new-election-error")
    page.fill("#title-en", "The garden")
    page.fill("#title-cy", "Yr ardd")
    go(page, "main button[type=submit]")
    camera.take_in_every_look(page, "officer-to-prepare")
    election = re.sub(r"(/elections/[^/?#]+).*", r"\1", page.url)
    write_motion(camera, page, election)
    write_council(camera, page, election)
    set_calendar(camera, page, election)
    page.goto(f"{election}/announce")
    camera.take(page, "officer-announce-missing")
    page.goto(f"{election}/rules")
    take_narrow_and_welsh(camera, page, "officer-rules")
    page.check("input[name=open_small_boxes][value=no]")
    go(page, "main button[type=submit]")
    name_trustees(camera, page, election)
    make_keys(camera, browser, demo, folder)
    page.goto(f"{election}/guarantee")
    camera.take_in_every_look(page, "officer-guarantee")
    page.goto(election.replace("/en/", "/cy/") + "/guarantee")
    camera.take(page, "officer-guarantee-welsh")
    act(camera, page, election, "announce", reason="The Council asked for this vote.")
    act(camera, page, election, "open", reason="As announced.")
    page.goto(f"{election}/void")
    camera.take(page, "officer-void")
    return page


def walk_tally(camera: Camera, browser: Browser, demo: Demo, officer: Page, late: Page) -> None:
    """Close, open the tally, certify; and what a member who comes late is told."""
    election = f"{demo.url}/en/officer/elections/{demo.election}"
    officer.goto(election)
    camera.take_in_every_look(officer, "officer-open")
    act(camera, officer, election, "close", reason="Everybody who wanted to vote has voted.")
    late.locator("[data-teg-send]").click()
    late.locator("[data-state=closed]").wait_for()
    camera.take(late, "member-too-late")
    late.goto(f"{demo.url}/en/vote/{demo.election}/contest/1")
    camera.take(late, "error-closed")
    late.goto(f"{demo.url}/en/vote")
    camera.take(late, "member-votes-closed")
    late.goto(f"{demo.url}/en/officer")
    camera.take(late, "error-not-yours")
    act(camera, officer, election, "tally")
    open_tally(camera, browser, demo)
    officer.goto(election)
    camera.take(officer, "officer-counted")
    said = "The roll and the boxes agree."
    act(camera, officer, election, "certify", reason=said, passphrase=demo.passphrase)
    camera.take_in_every_look(officer, "officer-certified")
    officer.goto(f"{demo.url}/cy/officer/elections/{demo.election}")
    camera.take(officer, "officer-certified-welsh")


def take_roll(camera: Camera, page: Page, demo: Demo, folder: Path) -> None:
    """The roll: as it is, a file with faults, a file that would change something."""
    page.goto(f"{demo.url}/en/officer/roll")
    camera.take(page, "officer-roll")
    faulty = folder / "faulty.csv"
    faulty.write_text(
        f"{ROLL_HEADER}\nX1,Example Member,not-an-address,kitchen,fr,loud\n"
        "X1,,x@gofal.example,supported,en,standard\n"
    )
    page.set_input_files("#csv", faulty)
    go(page, "main form[enctype] button")
    camera.take(page, "officer-roll-errors")
    page.set_viewport_size(NARROW)
    camera.take(page, "officer-roll-errors-320")
    page.set_viewport_size(DESK)
    right = folder / "right.csv"
    right.write_text(
        f"{ROLL_HEADER}\nGE001,Example Member One,member1@gofal.example,supported,en,easy-read\n"
        "GE900,Example Member 900,member900@gofal.example,employees,cy,standard\n"
    )
    page.set_input_files("#csv", right)
    go(page, "main form[enctype] button")
    camera.take(page, "officer-roll-difference")


def take_charter(camera: Camera, page: Page, demo: Demo) -> None:
    """The charter in force, a ready-made one, one of her own: refused, looked at, not adopted."""
    for name in ("charter", "charter/choose", "charter/write", "charter/upload"):
        page.goto(f"{demo.url}/en/officer/{name}")
        take_narrow_and_welsh(camera, page, f"officer-{name.replace('/', '-')}")
    page.goto(f"{demo.url}/en/officer/charter/look?preset=council-reserved")
    camera.take_in_every_look(page, "officer-charter-preset")
    page.goto(f"{demo.url}/en/officer/charter/write")
    page.fill("#college-share-1", "60%")
    go(page, LOOK)
    camera.take(page, "officer-charter-error")
    page.fill("#college-share-1", "51%")
    page.select_option("#special", "more")
    go(page, LOOK)
    take_narrow_and_welsh(camera, page, "officer-charter-look")
    go(page, "a[href*='charter/adopt']")
    take_narrow_and_welsh(camera, page, "officer-charter-adopt")


def write_motion(camera: Camera, page: Page, election: str) -> None:
    """First empty, which is refused; then three of the four texts."""
    page.goto(f"{election}/questions")
    camera.take(page, "officer-questions-empty")
    page.goto(f"{election}/questions/1/motion")
    go(page, "main button[type=submit]")
    camera.take(page, "officer-motion-error")
    page.check("input[name=rule][value=ordinary]")
    for box in page.locator("input[name$=-title]").all():
        name = str(box.get_attribute("name"))
        welsh = "cy" in name
        if welsh and "easy" in name:
            continue
        box.fill("A ddylem brynu'r ardd?" if welsh else "Shall we buy the garden?")
        words = "Mae'n costio £100." if welsh else "It costs £100.\n\nWe can grow leeks."
        page.fill(f"textarea[name={name.removesuffix('-title')}-body]", words)
    go(page, "main button[type=submit]")
    camera.take(page, "officer-motion-saved")
    page.goto(f"{election}/questions/1/motion")
    camera.take(page, "officer-motion")


def write_council(camera: Camera, page: Page, election: str) -> None:
    """A question with options: the way of counting first; empty, refused; a row more; saved."""
    page.goto(f"{election}/questions/2/method")
    take_narrow_and_welsh(camera, page, "officer-method")
    page.check("input[name=method][value=stv-exact]")
    go(page, "main form button[type=submit]")
    take_narrow_and_welsh(camera, page, "officer-options")
    go(page, SAVE)
    camera.take(page, "officer-options-error")
    go(page, "button[value=more-options]")
    for number in (1, 2, 3, 4):
        for language in ("en", "cy"):
            page.fill(f"#option-{language}-{number}", f"Example Person {number}")
    page.fill("#standard-en-title", "Who shall sit on the Council?")
    page.fill("#standard-cy-title", "Pwy gaiff eistedd ar y Cyngor?")
    page.fill("#seats", "3")
    go(page, SAVE)
    take_narrow_and_welsh(camera, page, "officer-questions")
    page.goto(f"{election}/questions/3/options?method=majority-judgment")
    camera.take(page, "officer-options-grades")
    page.goto(f"{election}/questions/2/remove")
    camera.take(page, "officer-remove-question")


def set_calendar(camera: Camera, page: Page, election: str) -> None:
    """First a day that does not exist; then a right one."""
    today = datetime.now(UTC)
    page.goto(f"{election}/calendar")

    def fill(name: str, day: datetime, clock: str) -> None:
        for part, value in zip(
            ("day", "month", "year"), (day.day, day.month, day.year), strict=True
        ):
            page.fill(f"#{name}-{part}", str(value))
        page.fill(f"#{name}-time", clock)

    fill("opens", today, "00:01")
    fill("closes", today + timedelta(days=3), "18:00")
    page.fill("#closes-day", "31")
    page.fill("#closes-month", "2")
    go(page, "main button[type=submit]")
    camera.take(page, "officer-calendar-error")
    page.set_viewport_size(NARROW)
    camera.take(page, "officer-calendar-error-320")
    page.set_viewport_size(DESK)
    fill("closes", today + timedelta(days=3), "6pm")
    go(page, "main button[type=submit]")


def name_trustees(camera: Camera, page: Page, election: str) -> None:
    """Three trustees are named, of whom two are needed; each is sent her link."""
    page.goto(f"{election}/trustees")
    camera.take(page, "officer-trustees")
    for number in NEW_TRUSTEES:
        page.fill(f"#name-{number}", f"Example Trustee {number}")
        page.fill(f"#email-{number}", f"new-trustee{number}@gofal.example")
    go(page, "main button[value=save]")
    page.goto(f"{election}/trustees")
    take_narrow_and_welsh(camera, page, "officer-trustees-named")


def act(
    camera: Camera, page: Page, election: str, what: str, *, reason: str = "", passphrase: str = ""
) -> None:
    """An act on its own page: as it is, refused for what is missing, done."""
    page.goto(f"{election}/{what}")
    camera.take(page, f"officer-{what}")
    go(page, "main form[method=post]:not([data-teg-leave]) button[type=submit]")
    camera.take(page, f"officer-{what}-error")
    if reason:
        page.fill("#reason", reason)
    if passphrase:
        page.fill("#passphrase", passphrase)
    page.check("#confirm")
    go(page, "main form[method=post]:not([data-teg-leave]) button[type=submit]")
    camera.take(page, f"officer-{what}-done")
