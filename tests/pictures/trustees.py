"""Trustees: they make their keys before a vote, and open its tally afterwards."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.demonstration import Demo
from tests.pictures.camera import Camera, go, new_page, start


def make_keys(camera: Camera, browser: Browser, demo: Demo, folder: Path) -> None:
    """Each of the new election's trustees makes her key; the first is seen."""
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


def give_shares(camera: Camera, browser: Browser, demo: Demo) -> None:
    """Each trustee opens the tally with her key file; the first tries another's before."""
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
