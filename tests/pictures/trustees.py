"""Trustees: they make a key together before a vote; after it they shuffle and open the tally."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.demonstration import Demo
from tests.pictures.camera import DESK, NARROW, Camera, go, new_page, start

NEW_TRUSTEES = (1, 2, 3)


def make_keys(camera: Camera, browser: Browser, demo: Demo, folder: Path) -> None:
    """The new election's trustees make their key in three visits and rehearse; one is seen."""
    trustees: dict[int, Page] = {}
    for number in NEW_TRUSTEES:
        trustees[number] = new_page(browser, accept_downloads=True)
        start(trustees[number], demo.newest_link_to(f"new-trustee{number}@gofal.example"))
    seen = trustees[1]
    camera.take_in_every_look(seen, "trustee-overview")
    take_narrow_and_welsh(camera, seen, "trustee-overview")
    wrong = folder / "wrong.key"
    wrong.write_text("1" * 22)
    for number, trustee in trustees.items():
        begin_key(camera if number == 1 else None, trustee, folder, number, wrong)
    for page in ("polynomial", "verification-key", "rehearse"):
        for number, trustee in trustees.items():
            trustee.goto(f"{demo.url}/en/trustee")
            if number == 1:
                camera.take(trustee, f"trustee-before-{page}")
            go(trustee, f"main a[href$='/{page}']")
            if number == 1:
                take_narrow_and_welsh(camera, trustee, f"trustee-{page}")
                refuse(camera, trustee, wrong, f"trustee-{page}-wrong-file")
            trustee.set_input_files("[data-teg-key-file]", folder / f"new-{number}-2.key")
            go(trustee, "[data-teg-give]")
            if number == 1:
                camera.take(trustee, f"trustee-{page}-done")


def begin_key(camera: Camera | None, trustee: Page, folder: Path, number: int, wrong: Path) -> None:
    """A first visit: the key is made, saved twice, and both copies are proved readable."""
    go(trustee, "main a[href$='/certificate']")
    if camera:
        take_narrow_and_welsh(camera, trustee, "trustee-certificate")
    trustee.locator("[data-teg-make]").click()
    for copy in ("1", "2"):
        link = trustee.locator(f"[data-teg-download='{copy}']")
        link.wait_for()
        with trustee.expect_download() as download:
            link.click()
        download.value.save_as(folder / f"new-{number}-{copy}.key")
    if camera:
        camera.take(trustee, "trustee-certificate-made")
        trustee.set_input_files("[data-teg-proof-file='1']", wrong)
        trustee.locator("[data-state=wrong-file]").wait_for()
        camera.take(trustee, "trustee-certificate-wrong-file")
    for copy in ("1", "2"):
        file = folder / f"new-{number}-{copy}.key"
        trustee.set_input_files(f"[data-teg-proof-file='{copy}']", file)
    trustee.locator("[data-state=proved]").wait_for()
    if camera:
        camera.take(trustee, "trustee-certificate-proved")
    go(trustee, "[data-teg-submit]")
    if camera:
        camera.take(trustee, "trustee-certificate-done")


def open_tally(camera: Camera, browser: Browser, demo: Demo) -> None:
    """As many trustees as are needed shuffle, then open; the first tries another's file before."""
    pages = [new_page(browser) for _who in demo.trustees]
    for page, who in zip(pages, demo.trustees, strict=True):
        start(page, demo.link(who))
    camera.take(pages[0], "trustee-overview-after-voting")
    for number, page in enumerate(pages):
        shuffles = page.locator("main a[href$='/shuffle']")
        page.reload()
        if not shuffles.count():
            continue
        go(page, "main a[href$='/shuffle']")
        if not number:
            take_narrow_and_welsh(camera, page, "trustee-shuffle")
        go(page, "[data-teg-give]")
        camera.take(page, f"trustee-shuffle-done-{number + 1}")
    for number, (page, who) in enumerate(zip(pages, demo.trustees, strict=True)):
        page.goto(f"{demo.url}/en/trustee")
        if not page.locator("main a[href$='/open']").count():
            camera.take(page, "trustee-not-needed")
            continue
        go(page, "main a[href$='/open']")
        if not number:
            camera.take_in_every_look(page, "trustee-open")
            take_narrow_and_welsh(camera, page, "trustee-open")
            other = demo.data / demo.trustees[1]["key_file"]
            refuse(camera, page, other, "trustee-open-wrong-file")
        page.set_input_files("[data-teg-key-file]", demo.data / who["key_file"])
        go(page, "[data-teg-give]")
        camera.take(page, f"trustee-open-done-{number + 1}")


def refuse(camera: Camera, page: Page, file: Path, name: str) -> None:
    """A wrong file, which is named as wrong."""
    page.set_input_files("[data-teg-key-file]", file)
    page.locator("[data-teg-give]").click()
    page.locator("[data-state=wrong-file]").wait_for()
    camera.take(page, name)


def take_narrow_and_welsh(camera: Camera, page: Page, name: str) -> None:
    """The same page on a narrow telephone, and its Welsh twin; then back."""
    here = page.url
    camera.take(page, name)
    for address, suffix in ((here, "-320"), (here.replace("/en/", "/cy/"), "-welsh-320")):
        page.goto(address)
        page.set_viewport_size(NARROW)
        camera.take(page, name + suffix)
        page.set_viewport_size(DESK)
    page.goto(here)
