"""A trustee in a real browser: her key is made, saved twice and read back, shuffles and opens."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ballots.decryption import verify_decryption, verify_second_proof
from ballots.mixing import verify_shuffle
from ballots.pedersen import Context
from ballots.rounds import parse_polynomial, parse_verification_key
from ballots.seeds import Seed, find_seat, make_certificate, make_commitment, parse_certificates
from ballots.trustees import (
    format_private_key,
    make_public_key,
    parse_private_key,
    verify_public_key,
)
from tests.browser import assert_accessible
from tests.web.frontend import test_shared_key as shared
from tests.web.frontend import test_shuffling as shuffling
from tests.web.frontend.elections import UUID
from tests.web.frontend.node import stream
from tests.web.frontend.site import Site
from tests.web.frontend.test_trustee_work import ELECTION, PRIVATE, PUBLIC, encrypted_tally

pytestmark = pytest.mark.browser


def state(page: Page, name: str) -> None:
    """Require that just this sentence of the status is shown."""
    expect(page.locator("[data-state]:visible")).to_have_text(f"state {name}")


# --- making a key -----------------------------------------------------------------------


def make_and_save(page: Page, site: Site, folder: Path, name: str = "key") -> list[Path]:
    site.trustee = {"context": {"group": "Ed25519", "size": 3, "threshold": 2, "index": 1}}
    page.goto(f"{site.root}/{name}")
    page.get_by_role("button", name="Make my key").click()
    state(page, "made")
    expect(page.get_by_role("button", name="Save copy 1")).to_be_focused()
    saved = []
    for copy in (1, 2):
        with page.expect_download() as started:
            page.get_by_role("button", name=f"Save copy {copy}").click()
        (folder / str(copy)).mkdir()
        saved.append(folder / str(copy) / started.value.suggested_filename)
        started.value.save_as(saved[-1])
    return saved


def prove_and_give(page: Page, saved: list[Path]) -> None:
    submit = page.get_by_role("button", name="Send the public half")
    page.get_by_label("The saved copy 1").set_input_files(saved[0])
    state(page, "proved-one")
    expect(submit).to_be_disabled()
    page.get_by_label("The saved copy 2").set_input_files(saved[1])
    state(page, "proved")
    submit.click()
    page.wait_for_url("**/given")


def test_a_key_is_made_saved_twice_and_only_its_public_half_given(
    page: Page, site: Site, tmp_path: Path
) -> None:
    saved = make_and_save(page, site, tmp_path)
    assert [path.name for path in saved] == ["teg-key-example-1.privkey"] * 2
    assert_accessible(page)
    prove_and_give(page, saved)
    ((_, form),) = site.forms
    private = parse_private_key(saved[0].read_bytes())
    given = verify_public_key(form["public_key"].encode())
    assert list(form) == ["public_key"]
    assert given.name == "Example Trustee 1"
    assert given.public_key == verify_public_key(make_public_key(private, stream("x"))).public_key


def test_a_threshold_trustee_saves_her_seed_and_gives_certificate_and_commitment(
    page: Page, site: Site, tmp_path: Path
) -> None:
    saved = make_and_save(page, site, tmp_path, "certificate")
    assert saved[1].name == "teg-key-example-1.key"
    prove_and_give(page, saved)
    ((_, form),) = site.forms
    assert list(form) == ["certificate", "commitment"]
    seed = Seed(saved[1].read_text())
    others = [
        make_certificate(shared.SEEDS[n - 1], Context(3, 2, n), stream("other")) for n in (2, 3)
    ]
    certificates = parse_certificates(2, [form["certificate"].encode(), *others])
    assert find_seat(seed, certificates) == 1
    assert form["commitment"] == make_commitment(seed, 2, UUID)
    assert seed.text not in json.dumps(form)


@pytest.mark.parametrize(
    ("copy", "content"), [(1, format_private_key(67890)), (2, b""), (2, b"x" * 5000)]
)
def test_another_file_does_not_prove_that_the_key_is_saved(
    page: Page, site: Site, tmp_path: Path, copy: int, content: bytes
) -> None:
    saved = make_and_save(page, site, tmp_path)
    wrong = tmp_path / "holiday.privkey"
    wrong.write_bytes(content)
    page.get_by_label(f"The saved copy {3 - copy}").set_input_files(saved[0])
    page.get_by_label(f"The saved copy {copy}").set_input_files(wrong)
    state(page, "wrong-file")
    expect(page.get_by_role("button", name="Send the public half")).to_be_disabled()


# --- the second and the third visit -----------------------------------------------------


def act(page: Page, site: Site, name: str, given: dict[str, Any], key: Path | None) -> None:
    site.trustee = given
    page.goto(f"{site.root}/{name}")
    if key is not None:
        page.get_by_label("Your key").set_input_files(key)
    page.get_by_role("button", name="Give").click()


def seed_file(folder: Path, number: int) -> Path:
    path = folder / f"teg-key-example-{number}.key"
    path.write_text(shared.SEEDS[number - 1].text)
    return path


def test_a_polynomial_is_made_in_the_second_visit(page: Page, site: Site, tmp_path: Path) -> None:
    act(page, site, "polynomial", shared.ceremony(2), seed_file(tmp_path, 2))
    page.wait_for_url("**/given")
    ((_, form),) = site.forms
    assert list(form) == ["polynomial"]
    committed = shared.ceremony(2)["commitments"][1]
    parse_polynomial(shared.parsed(), 2, form["polynomial"].encode(), committed)


def test_a_verification_key_is_made_in_the_third_visit(
    page: Page, site: Site, tmp_path: Path
) -> None:
    given = shared.ceremony(3) | {"gathered": shared.gathered(3).decode()}
    act(page, site, "verification-key", given, seed_file(tmp_path, 3))
    page.wait_for_url("**/given")
    ((_, form),) = site.forms
    assert list(form) == ["key"]
    expected = parse_verification_key(shared.kept_key(3)).public.public_key
    assert parse_verification_key(form["key"].encode()).public.public_key == expected


@pytest.mark.parametrize("name", ["polynomial", "verification-key"])
def test_another_trustee_s_seed_is_named_as_the_wrong_file(
    page: Page, site: Site, tmp_path: Path, name: str
) -> None:
    given = shared.ceremony(3) | {"gathered": shared.gathered(3).decode()}
    if name == "polynomial":
        given = shared.ceremony(3)
    act(page, site, name, given, seed_file(tmp_path, 1))
    state(page, "wrong-file")
    assert site.forms == []


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ("not on the polynomial", "bad-secret"),
        ("for another", "bad-secret"),
        ("identity", "bad-secret"),
        ("another polynomial", "not-committed"),
    ],
)
def test_a_trustee_who_sent_something_bad_is_named(
    page: Page, site: Site, tmp_path: Path, change: str, shown: str
) -> None:
    given = shared.ceremony(3) | {"gathered": shared.bend_gathered(change)}
    act(page, site, "verification-key", given, seed_file(tmp_path, 3))
    state(page, shown)
    expect(page.locator("[data-teg-sender]")).to_have_text("2")
    assert_accessible(page)
    assert site.forms == []


def test_a_page_of_another_set_up_makes_nothing(page: Page, site: Site, tmp_path: Path) -> None:
    act(page, site, "polynomial", shared.bend_ceremony("another threshold"), seed_file(tmp_path, 2))
    state(page, "failed")
    assert site.forms == []


# --- after the vote ---------------------------------------------------------------------


def test_a_shuffle_is_made_and_given(page: Page, site: Site) -> None:
    encrypted = shuffling.tally(7)
    act(page, site, "shuffle", shuffling.takes(encrypted), None)
    page.wait_for_url("**/given")
    ((_, form),) = site.forms
    assert list(form) == ["shuffles"]
    made = json.loads(form["shuffles"])
    assert list(made) == [shuffling.ELECTION.uuid]
    verify_shuffle(shuffling.ELECTION, encrypted, made[shuffling.ELECTION.uuid].encode())


def test_progress_of_a_shuffle_is_shown(page: Page, site: Site) -> None:
    page.add_init_script("HTMLFormElement.prototype.submit = () => undefined;")
    act(page, site, "shuffle", shuffling.takes(shuffling.tally(3)), None)
    expect(page.locator("input[name=shuffles]")).not_to_have_value("")
    bar = page.locator("progress")
    assert bar.evaluate("one => one.value === one.max && one.max > 1")


def to_open(**changes: Any) -> dict[str, Any]:
    encrypted = encrypted_tally().decode()
    box = {"box": UUID, "election": ELECTION.raw.decode(), "encrypted_tally": encrypted}
    return {"public_key": PUBLIC, "sealed_key": None, "boxes": [box]} | changes


def verify_given(site: Site, public: str) -> None:
    ((_, form),) = site.forms
    assert list(form) == ["shares"]
    share = json.loads(form["shares"])[UUID]
    decryption, proofs = share["decryption"].encode(), share["proofs"].encode()
    verify_decryption(ELECTION, encrypted_tally(), public, decryption)
    verify_second_proof(ELECTION, encrypted_tally(), public, decryption, proofs)


def test_a_share_with_both_proofs_is_given_and_the_key_is_not(
    page: Page, site: Site, tmp_path: Path
) -> None:
    key = tmp_path / "teg-key.privkey"
    key.write_bytes(format_private_key(PRIVATE))
    act(page, site, "open", to_open(), key)
    page.wait_for_url("**/given")
    verify_given(site, PUBLIC)


def test_a_threshold_trustee_opens_with_her_seed(page: Page, site: Site, tmp_path: Path) -> None:
    kept = parse_verification_key(shared.kept_key(1))
    given = to_open(public_key=kept.public.public_key, sealed_key=kept.sealed)
    act(page, site, "open", given, seed_file(tmp_path, 1))
    page.wait_for_url("**/given")
    verify_given(site, kept.public.public_key)


@pytest.mark.parametrize("content", [format_private_key(67890), b"a letter", b"x" * 5000])
def test_a_wrong_key_file_is_said_and_nothing_sent(
    page: Page, site: Site, tmp_path: Path, content: bytes
) -> None:
    wrong = tmp_path / "wrong.privkey"
    wrong.write_bytes(content)
    act(page, site, "open", to_open(), wrong)
    state(page, "wrong-file")
    assert site.forms == []


def test_no_file_at_all_is_said(page: Page, site: Site) -> None:
    act(page, site, "open", to_open(), None)
    state(page, "wrong-file")
    expect(page.get_by_label("Your key")).to_be_focused()
