# ruff: noqa: INP001 - a script, not a package
"""Take a picture of every page: python scripts/take_pictures.py FOLDER [--readme].

Starts a demonstration of its own on a free port in a temporary folder, walks every journey in a
real browser (members on a narrow telephone and at a desk, the returning officer, trustees, an
observer), and saves what each of them sees. A person then looks at the pictures: no program can
tell what is ugly or confusing. With --readme it makes only docs/pictures/voting.png.
"""

import argparse
import base64
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import launch  # noqa: E402 (the repository's root is found first)

README_PICTURE: Final = ROOT / "docs" / "pictures" / "voting.png"
TEG: Final = (sys.executable, "-c", "from audit.cli import main; main()")
DESK: Final = ViewportSize(width=1280, height=900)
PHONE: Final = ViewportSize(width=375, height=740)
NARROW: Final = ViewportSize(width=320, height=640)
# WCAG 2.2, 1.4.12: what a reader may set without losing any words.
SPACING: Final = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
ROLL_HEADER: Final = "number,name,email,college,language,format"


@dataclass(frozen=True)
class Demo:
    """A running demonstration and everybody's links in it."""

    url: str
    data: Path
    members: list[dict[str, str]]
    officer: dict[str, str]
    trustees: list[dict[str, str]]
    election: str
    passphrase: str

    def link(self, who: dict[str, str]) -> str:
        """Somebody's personal link."""
        return f"{self.url}/{who['language']}/start#{who['secret']}"

    def newest_link_to(self, address: str) -> str:
        """The link in the newest message to an address, once it has come."""
        for _ in range(100):
            letters = sorted(
                (self.data / "messages").glob("*.eml"), key=lambda file: file.stat().st_mtime
            )
            for path in reversed(letters):
                letter = message_from_bytes(path.read_bytes(), policy=default)
                body = letter.get_body(("plain",))
                found = re.search(r"\S+/start#\S+", body.get_content() if body else "")
                if found and address in str(letter["To"]):
                    return found[0]
            time.sleep(0.1)
        raise SystemExit(f"no message came for {address}")


@contextlib.contextmanager
def running_demo() -> Iterator[Demo]:
    """Start a demonstration, and end it and its data afterwards."""
    with tempfile.TemporaryDirectory(prefix="teg-pictures-") as folder:
        data = Path(folder) / "demo"
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        url = f"http://localhost:{port}"
        serving = subprocess.Popen(
            [*TEG, "demo", "--data", str(data), "--port", str(port)],
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            # 01632 is kept free for made-up numbers.
            env={**os.environ, "TEG_HELP_PHONE": "01632 960 001", "TEG_WORKERS": "1"},
        )
        try:
            _wait_for(url, serving)
            made = json.loads((data / "demo.json").read_text("utf-8"))
            yield Demo(
                url=url,
                data=data,
                **{
                    name: made[name]
                    for name in ("members", "officer", "trustees", "election", "passphrase")
                },
            )
        finally:
            serving.terminate()
            serving.wait(15)


def _wait_for(url: str, serving: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if serving.poll() is not None:
            raise SystemExit("the demonstration ended at once")
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{url}/elections.json", timeout=5).close()
            return
        time.sleep(0.2)
    raise SystemExit("the demonstration did not start")


def say(line: str) -> None:
    """Tell whoever runs this."""
    sys.stdout.write(line + "\n")


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


def walk_officer(camera: Camera, browser: Browser, demo: Demo, folder: Path) -> Page:
    """The returning officer prepares a new election, up to its opening."""
    page = new_page(browser)
    start(page, demo.link(demo.officer))
    camera.take_in_every_look(page, "officer-dashboard")
    take_roll(camera, page, demo, folder)
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
    set_calendar(camera, page, election)
    page.goto(f"{election}/rules")
    camera.take(page, "officer-rules")
    page.check("input[name=open_small_boxes][value=no]")
    go(page, "main button[type=submit]")
    appoint(camera, browser, page, demo, election=election, folder=folder)
    page.goto(f"{election}/guarantee")
    camera.take_in_every_look(page, "officer-guarantee")
    page.goto(election.replace("/en/", "/cy/") + "/guarantee")
    camera.take(page, "officer-guarantee-welsh")
    act(camera, page, election, "announce", reason="The Council asked for this vote.")
    act(camera, page, election, "open", reason="As announced.")
    page.goto(f"{election}/void")
    camera.take(page, "officer-void")
    return page


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


def write_motion(camera: Camera, page: Page, election: str) -> None:
    """First empty, which is refused; then three of the four texts."""
    page.goto(f"{election}/motion")
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
    page.goto(f"{election}/motion")
    camera.take(page, "officer-motion")


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


def appoint(
    camera: Camera, browser: Browser, page: Page, demo: Demo, *, election: str, folder: Path
) -> None:
    """The trustees are named, and each makes her key."""
    page.goto(f"{election}/trustees")
    camera.take(page, "officer-trustees")
    for number in (1, 2):
        page.fill(f"#name-{number}", f"Example Trustee {number}")
        page.fill(f"#email-{number}", f"new-trustee{number}@gofal.example")
    go(page, "main button[value=save]")
    page.goto(f"{election}/trustees")
    camera.take(page, "officer-trustees-named")
    for number in (1, 2):
        trustee = new_page(browser, accept_downloads=True)
        start(trustee, demo.newest_link_to(f"new-trustee{number}@gofal.example"))
        seen = number == 1
        if seen:
            camera.take_in_every_look(trustee, "trustee-overview")
        go(trustee, "main a[href$='/key']")
        if seen:
            camera.take(trustee, "trustee-key")
        trustee.locator("[data-teg-make]").click()
        trustee.locator("[data-teg-download]").wait_for()
        with trustee.expect_download() as download:
            trustee.locator("[data-teg-download]").click()
        file = folder / f"new-{number}.privkey"
        download.value.save_as(file)
        if seen:
            camera.take(trustee, "trustee-key-made")
            wrong = folder / "wrong.privkey"
            wrong.write_text('"12345"')
            trustee.set_input_files("[data-teg-proof-file]", wrong)
            trustee.locator("[data-state=wrong-file]").wait_for()
            camera.take(trustee, "trustee-key-wrong-file")
        trustee.set_input_files("[data-teg-proof-file]", file)
        trustee.locator("[data-state=proved]").wait_for()
        if seen:
            camera.take(trustee, "trustee-key-proved")
        go(trustee, "[data-teg-submit]")
        if seen:
            camera.take(trustee, "trustee-key-done")


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
    for number, who in enumerate(demo.trustees):
        trustee = new_page(browser)
        start(trustee, demo.link(who))
        go(trustee, "main a[href$='/open']")
        if not number:
            camera.take_in_every_look(trustee, "trustee-open")
            other = demo.data / demo.trustees[1 - number]["key_file"]
            trustee.set_input_files("[data-teg-key-file]", other)
            trustee.locator("[data-teg-give]").click()
            trustee.locator("[data-state=wrong-file]").wait_for()
            camera.take(trustee, "trustee-open-wrong-file")
        trustee.set_input_files("[data-teg-key-file]", demo.data / who["key_file"])
        go(trustee, "[data-teg-give]")
        camera.take(trustee, f"trustee-open-done-{number + 1}")
    officer.goto(election)
    camera.take(officer, "officer-counted")
    said = "The roll and the boxes agree."
    act(camera, officer, election, "certify", reason=said, passphrase=demo.passphrase)
    camera.take_in_every_look(officer, "officer-certified")
    officer.goto(f"{demo.url}/cy/officer/elections/{demo.election}")
    camera.take(officer, "officer-certified-welsh")


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


def make_readme_picture(browser: Browser, demo: Demo) -> None:
    """The voting page on two telephones side by side: in Welsh and in English."""
    size = ViewportSize(width=375, height=770)
    phone = new_page(browser, size)
    start(phone, demo.link(demo.members[2]))
    shots = []
    for language in ("cy", "en"):
        phone.goto(f"{demo.url}/{language}/vote/{demo.election}/contest/1")
        phone.locator("#choice-for").check()
        phone.evaluate("document.activeElement.blur()")
        shots.append(base64.b64encode(phone.screenshot()).decode())
    desk = ViewportSize(width=900, height=850)
    both = new_page(browser, desk)
    pictures = "".join(f'<img width="375" src="data:image/png;base64,{shot}">' for shot in shots)
    both.set_content(
        "<style>body { margin: 0; padding: 12px; width: max-content; background: #fff;"
        "display: flex; gap: 32px }"
        "img { border: 8px solid #14212b; border-radius: 22px }</style>" + pictures
    )
    README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    both.locator("body").screenshot(path=README_PICTURE)
    say(f"{README_PICTURE.relative_to(ROOT)}: {README_PICTURE.stat().st_size // 1000} kB")


def take_everything(browser: Browser, demo: Demo, folder: Path, scratch: Path) -> None:
    """Every journey, in the order in which an election happens."""
    camera = Camera(folder)
    late, tracker = walk_members(camera, browser, demo)
    observer = take_public(camera, browser, demo, tracker)
    officer = walk_officer(camera, browser, demo, scratch)
    walk_tally(camera, browser, demo, officer, late)
    take_result(camera, observer, demo)


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where to put the pictures")
    parser.add_argument("--readme", action="store_true", help="only docs/pictures/voting.png")
    chosen = parser.parse_args()
    if not (chosen.folder or chosen.readme):
        parser.error("name a folder, or ask for --readme")
    with (
        running_demo() as demo,
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as scratch,
    ):
        browser = launch(playwright.chromium)
        if chosen.readme:
            make_readme_picture(browser, demo)
        else:
            take_everything(browser, demo, chosen.folder, Path(scratch))
        browser.close()


if __name__ == "__main__":
    main()
