"""A trustee in a real browser: her key is made, saved, read back, and opens totals."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ballots.ballot import parse_ballot
from ballots.decryption import verify_decryption, verify_second_proof
from ballots.sealing import seal_ballot
from ballots.tally import tally_box
from ballots.trustees import (
    format_private_key,
    make_public_key,
    parse_private_key,
    verify_public_key,
)
from tests.browser import assert_accessible
from tests.web.frontend.elections import CREDENTIAL, UUID
from tests.web.frontend.node import stream
from tests.web.frontend.site import ELECTION, Site

pytestmark = pytest.mark.browser

PRIVATE = 12345
PUBLIC = verify_public_key(make_public_key(PRIVATE, stream("any"))).public_key


def make_and_save(page: Page, site: Site, folder: Path) -> Path:
    page.goto(f"{site.root}/key")
    page.get_by_role("button", name="Make my key").click()
    expect(page.get_by_text("made", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    with page.expect_download() as started:
        page.get_by_role("button", name="Save", exact=True).click()
    assert started.value.suggested_filename == "teg-key-example-1.privkey"
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_a_key_is_made_saved_and_only_its_public_half_given(
    page: Page, site: Site, tmp_path: Path
) -> None:
    saved = make_and_save(page, site, tmp_path)
    submit = page.get_by_role("button", name="Send the public half")
    expect(submit).to_be_disabled()
    assert_accessible(page)
    page.get_by_label("The saved file").set_input_files(saved)
    expect(page.get_by_text("proved")).to_be_visible()
    submit.click()
    page.wait_for_url("**/given")
    ((_, form),) = site.forms
    private = parse_private_key(saved.read_bytes())
    given = verify_public_key(form["public_key"].encode())
    assert list(form) == ["public_key"]
    assert given.name == "Example Trustee 1"
    assert given.public_key == verify_public_key(make_public_key(private, stream("x"))).public_key


@pytest.mark.parametrize("content", [format_private_key(67890), b"", b"x" * 5000])
def test_another_file_does_not_prove_that_the_key_is_saved(
    page: Page, site: Site, tmp_path: Path, content: bytes
) -> None:
    make_and_save(page, site, tmp_path)
    wrong = tmp_path / "holiday.privkey"
    wrong.write_bytes(content)
    page.get_by_label("The saved file").set_input_files(wrong)
    expect(page.get_by_text("wrong file")).to_be_visible()
    expect(page.get_by_role("button", name="Send the public half")).to_be_disabled()


def give(page: Page, site: Site, key: Path) -> None:
    raw = seal_ballot(ELECTION, CREDENTIAL, [[0, 1, 0]], stream("one ballot"))
    tally = tally_box(ELECTION, [parse_ballot(ELECTION, raw)]).encrypted.decode()
    box = {"box": UUID, "election": ELECTION.raw.decode(), "encrypted_tally": tally}
    site.tally = {"public_key": PUBLIC, "boxes": [box]}
    page.goto(f"{site.root}/open")
    page.get_by_label("Your key").set_input_files(key)
    page.get_by_role("button", name="Give my share").click()


def test_a_share_with_both_proofs_is_given_and_the_key_is_not(
    page: Page, site: Site, tmp_path: Path
) -> None:
    key = tmp_path / "teg-key.privkey"
    key.write_bytes(format_private_key(PRIVATE))
    give(page, site, key)
    page.wait_for_url("**/given")
    ((_, form),) = site.forms
    assert list(form) == ["shares"]
    share = json.loads(form["shares"])[UUID]
    encrypted = site.tally["boxes"][0]["encrypted_tally"].encode()  # type: ignore[index]
    decryption, proofs = share["decryption"].encode(), share["proofs"].encode()
    verify_decryption(ELECTION, encrypted, PUBLIC, decryption)
    verify_second_proof(ELECTION, encrypted, PUBLIC, decryption, proofs)


@pytest.mark.parametrize("content", [format_private_key(67890), b"a letter", b"x" * 5000])
def test_a_wrong_key_file_is_said_and_nothing_sent(
    page: Page, site: Site, tmp_path: Path, content: bytes
) -> None:
    wrong = tmp_path / "wrong.privkey"
    wrong.write_bytes(content)
    give(page, site, wrong)
    expect(page.get_by_text("wrong", exact=True)).to_be_visible()
    assert site.forms == []
