"""What a trustee does on her pages, with the wrong file first."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.people import follow, look, look_in_both_languages, press


def begin_key(page: Page, folder: Path) -> Path:
    """Her first visit: she makes her key, saves it twice, and proves that both can be read."""
    follow(page, "Make your key: first visit")
    look_in_both_languages(page)
    page.get_by_role("button", name="Make my key").click()
    copies = []
    for number in ("1", "2"):
        link = page.locator(f"[data-teg-download='{number}']")
        expect(link).to_be_visible()
        with page.expect_download() as download:
            link.click()
        folder.joinpath(number).mkdir()
        copies.append(folder / number / download.value.suggested_filename)
        download.value.save_as(copies[-1])
    look(page)
    wrong = folder / "wrong.key"
    wrong.write_text("1" * 22)
    page.set_input_files("[data-teg-proof-file='1']", copies[0])
    expect(page.locator("[data-state=proved-one]")).to_be_visible()
    page.set_input_files("[data-teg-proof-file='2']", wrong)
    expect(page.locator("[data-state=wrong-file]")).to_be_visible()
    expect(page.locator("[data-teg-submit]")).to_be_disabled()
    page.set_input_files("[data-teg-proof-file='2']", copies[1])
    expect(page.locator("[data-state=proved]")).to_be_visible()
    press(page, "Send the public part")
    return copies[0]


def use_key(page: Page, task: str, key: Path, wrong: Path) -> None:
    """A visit for which she chooses her key file: first the wrong one, which is named as such."""
    page.reload()
    follow(page, task)
    look_in_both_languages(page)
    page.set_input_files("[data-teg-key-file]", wrong)
    page.locator("[data-teg-give]").click()
    expect(page.locator("[data-state=wrong-file]")).to_be_visible()
    look(page)
    page.set_input_files("[data-teg-key-file]", key)
    with page.expect_navigation():
        page.locator("[data-teg-give]").click()
    look(page)


def shuffle(page: Page) -> None:
    """She shuffles every box; no file is needed."""
    page.reload()
    follow(page, "Shuffle the votes")
    look_in_both_languages(page)
    with page.expect_navigation():
        page.locator("[data-teg-give]").click()
    look(page)


def make_key_together(trustees: list[Page], folder: Path) -> list[Path]:
    """All visits of all trustees, and the rehearsals; returns each one's key file."""
    keys = []
    for number, trustee in enumerate(trustees, 1):
        own = folder / f"trustee{number}"
        own.mkdir()
        keys.append(begin_key(trustee, own))
    for task in ("Make your key: second visit", "Make your key: third visit", "Rehearse"):
        for number, trustee in enumerate(trustees):
            use_key(trustee, task, keys[number], keys[number - 1])
    return keys
