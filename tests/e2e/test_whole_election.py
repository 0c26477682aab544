"""One election from the roll to the verified result, by everybody in it, in a real browser.

The returning officer, three trustees of whom two are enough, members and an observer each have
a browser of their own; letters come through a real mail server; the members answer a motion,
rank candidates and grade plans; at the end the observer's program and the independent
`belenios-tool` verify what the service publishes.
"""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Tool
from tests.e2e.conftest import Installation
from tests.e2e.members import (
    TO_THE_CONTEST,
    TO_THE_CONTEST_IN_WELSH,
    answer,
    choose_and_check,
    send,
    vote_by_keyboard,
)
from tests.e2e.officer import COLLEGES, act, import_the_roll, write_the_election
from tests.e2e.people import (
    FAULTS,
    follow,
    go_to_contest,
    look,
    look_in_both_languages,
    new_person,
    press,
    start,
)
from tests.e2e.trustees import make_key_together, shuffle, use_key

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]


def find_vote(page: Page, url: str, uuid: str, tracker: str, words: str) -> None:
    page.goto(f"{url}/en/elections/{uuid}/box")
    look_in_both_languages(page)
    page.fill("#tracker", tracker)
    press(page, "Find my vote")
    expect(page.locator("main")).to_contain_text(words)


def test_a_whole_election(
    browser: Browser,
    installation: Installation,
    tmp_path: Path,
    belenios_tool: Tool,
    belenios_tool_3_0: Tool,
) -> None:
    url, post = installation.url, installation.post

    # The returning officer prepares.
    officer = new_person(browser)
    start(officer, installation.officer_link)
    import_the_roll(officer, tmp_path)
    uuid = write_the_election(officer, tmp_path, url)
    election = f"{url}/en/officer/elections/{uuid}"

    # The trustees make their key together, each in her own browser, and rehearse.
    trustees = [new_person(browser) for _ in range(3)]
    for number, trustee in enumerate(trustees, 1):
        start(trustee, post.link_of(f"trustee{number}@care.example"))
    keys = make_key_together(trustees, tmp_path)

    # Announce, open; the members get their letters.
    officer.goto(f"{url}/en/officer/elections/{uuid}/guarantee")
    look_in_both_languages(officer)
    expect(officer.locator("main")).to_contain_text("51")
    act(officer, election, "announce", "Announce this election", "The Council asked for this vote.")
    act(officer, election, "open", "Open the vote", "As announced.")

    # A link that is opened but not begun changes nothing: it works a second time.
    first = new_person(browser)
    link = post.link_of("supported1@care.example")
    first.goto(link)
    start(first, link)
    go_to_contest(first, TO_THE_CONTEST)
    choose_and_check(first, "for", "For", "Continue")
    replaced = send(first)
    # She changes her mind; the last vote counts.
    follow(first, "Vote again")
    follow(first, "Continue")
    follow(first, "Continue")
    answer(first, "against")
    counted = send(first)
    assert replaced != counted
    first.reload()
    look(first)

    # Another member votes in Welsh on a tablet that is somebody's, from the Welsh letter.
    second = new_person(browser, "cy-GB")
    start(second, post.link_of("supported2@care.example"), "Dechrau")
    go_to_contest(second, TO_THE_CONTEST_IN_WELSH)
    choose_and_check(second, "for", "O blaid", "Ymlaen")
    send(second, "Anfon fy mhleidlais")

    # By keyboard alone; and a blank vote, as easy as the others.
    third = new_person(browser)
    start(third, post.link_of("employee1@care.example"))
    vote_by_keyboard(third)
    fourth = new_person(browser)
    start(fourth, post.link_of("community1@care.example"))
    go_to_contest(fourth, TO_THE_CONTEST)
    choose_and_check(fourth, "blank", "I do not want to choose", "Continue")
    send(fourth)

    # Two tabs of one member: each page tells the truth, and one vote counts.
    fifth = new_person(browser)
    start(fifth, post.link_of("employee3@care.example"))
    go_to_contest(fifth, TO_THE_CONTEST)
    choose_and_check(fifth, "for", "For", "Continue")
    other = fifth.context.new_page()
    other.goto(fifth.url)
    expect(other.locator("[data-state=wrong-device]")).to_be_visible()
    send(fifth)

    # Everyone can look.
    observer = new_person(browser)
    observer.goto(f"{url}/en/")
    look_in_both_languages(observer)
    observer.goto(f"{url}/en/elections/{uuid}")
    look_in_both_languages(observer)
    find_vote(observer, url, uuid, counted, "It counts")
    find_vote(observer, url, uuid, replaced, "replaced")
    find_vote(observer, url, uuid, "A" * 43, "no vote with this tracker")
    for page in ("verify", "", "box"):
        observer.goto(f"{url}/en/elections/{uuid}/{page}".rstrip("/"))
        look_in_both_languages(observer)
    for page in ("help", "privacy", "accessibility"):
        observer.goto(f"{url}/en/{page}")
        look_in_both_languages(observer)

    # Without scripts there is no ballot to lose: the page names the other ways.
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(link)
    # Chromium parses this page as if scripts could run, so the words stand in it unrendered.
    without = plain.locator("main noscript").first.text_content() or ""
    assert "You cannot vote in this browser" in without
    expect(plain.get_by_role("button", name="Start")).to_be_disabled()

    # A member who is still choosing when the vote closes is told the truth.
    late = new_person(browser)
    start(late, post.link_of("supported3@care.example"))
    go_to_contest(late, TO_THE_CONTEST)
    choose_and_check(late, "for", "For", "Continue")
    open_verify = installation.teg("verify", url)
    assert open_verify.returncode == 0, open_verify.stdout + open_verify.stderr
    act(officer, election, "close", "Close the vote now", "Everybody who wanted to vote has voted.")
    late.locator("[data-teg-send]").click()
    expect(late.locator("[data-state=closed]")).to_be_visible()
    look(late)

    # Shuffled and opened by two of the three: the second has lost her key, and stops nothing.
    act(officer, election, "tally", "Start the tally")
    able = (0, 2)
    for place in able:
        trustees[place].goto(f"{url}/en/trustee")
        look_in_both_languages(trustees[place])
        shuffle(trustees[place])
    for place in able:
        use_key(trustees[place], "Open the tally", keys[place], keys[place - 1])

    # The result, certified: For has 51/100·1/2 + 34/100·1/2 of 85/100, a tie, which is lost.
    officer.goto(f"{url}/en/officer/elections/{uuid}")
    look_in_both_languages(officer)
    act(
        officer,
        election,
        "certify",
        "Certify this result",
        "I have compared the roll with the boxes.",
    )
    observer.goto(f"{url}/en/elections/{uuid}")
    look_in_both_languages(observer)
    observer.screenshot(path=tmp_path / "result.png", full_page=True)
    result = httpx.get(f"{url}/elections/{uuid}/result.json").json()
    contest = result["contests"][0]
    assert contest["outcome"] == "tied"
    assert {c["id"]: (c["for"], c["against"], c["blank"]) for c in contest["colleges"]} == {
        "supported": (1, 1, 0),
        "employee": (1, 1, 0),
        "community": (0, 0, 1),
    }

    # The observer's program, over the network and offline; then the independent tool.
    verified = installation.teg("verify", url)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    folder = tmp_path / "record"
    exported = installation.teg("export", "--data", str(installation.data), str(folder))
    assert exported.returncode == 0, exported.stdout + exported.stderr
    offline = installation.teg("verify", str(folder))
    assert offline.returncode == 0, offline.stdout + offline.stderr
    for college in COLLEGES:
        with observer.expect_download() as download:
            observer.locator(f"a[href$='/boxes/{college}.bel']").click()
        box = tmp_path / college
        box.mkdir()
        raw = Path(download.value.path()).read_bytes()
        assert raw == (folder / "boxes" / f"{college}.bel").read_bytes()
        name = re.search(rb'"uuid":"([^"]+)"', raw)
        assert name
        (box / f"{name[1].decode()}.bel").write_bytes(raw)
        for tool in (belenios_tool, belenios_tool_3_0):
            checked = tool("election", "verify", cwd=box)
            assert checked.returncode == 0, checked.stdout + checked.stderr

    assert not FAULTS.found, "\n\n".join(FAULTS.found)
