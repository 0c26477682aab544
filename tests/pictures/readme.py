"""The picture in README.md: the voting page as a member sees it."""

import base64
from typing import Final

from playwright.sync_api import Browser, ViewportSize

from tests.demonstration import ROOT, Demo
from tests.pictures.camera import new_page, say, start

README_PICTURE: Final = ROOT / "docs" / "pictures" / "voting.png"


def make_readme_picture(browser: Browser, demo: Demo) -> None:
    """The voting page on two telephones side by side: in Welsh and in English."""
    size = ViewportSize(width=375, height=770)
    phone = new_page(browser, size)
    start(phone, demo.link(demo.members[2]))
    shots: list[str] = []
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
