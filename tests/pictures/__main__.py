"""Take a picture of every page.

Starts a demonstration of its own on a free port in a temporary folder, walks every journey in a
real browser (members on a narrow telephone and at a desk, the returning officer, trustees, an
observer), and saves what each of them sees. A person then looks at the pictures: no program can
tell what is ugly or confusing. With --readme it makes only docs/pictures/voting.png.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import launch
from tests.demonstration import Demo, running_demo
from tests.pictures.camera import Camera
from tests.pictures.members import walk_members
from tests.pictures.observers import take_public, take_result
from tests.pictures.officers import walk_officer, walk_tally
from tests.pictures.readme import make_readme_picture


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where to put the pictures")
    parser.add_argument("--readme", action="store_true", help="only docs/pictures/voting.png")
    chosen = parser.parse_args()
    if not (chosen.folder or chosen.readme):
        parser.error("name a folder, or ask for --readme")
    with (
        # 01632 is kept free for made-up numbers.
        running_demo(TEG_HELP_PHONE="01632 960 001", TEG_WORKERS="1") as demo,
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as scratch,
    ):
        browser = launch(playwright.chromium)
        if chosen.readme:
            make_readme_picture(browser, demo)
        else:
            take_everything(browser, demo, chosen.folder, Path(scratch))
        browser.close()


def take_everything(browser: Browser, demo: Demo, folder: Path, scratch: Path) -> None:
    """Every journey, in the order in which an election happens."""
    camera = Camera(folder)
    late, tracker = walk_members(camera, browser, demo)
    observer = take_public(camera, browser, demo, tracker)
    officer = walk_officer(camera, browser, demo, scratch)
    walk_tally(camera, browser, demo, officer, late)
    take_result(camera, observer, demo)


if __name__ == "__main__":
    main()
