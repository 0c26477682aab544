"""What a member does at the voting page: choose, check, send; also by keyboard alone."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import look, look_in_both_languages

TO_THE_CONTEST = ("Go to the vote", "Continue", "Continue")
TO_THE_CONTEST_IN_WELSH = ("Mynd i'r bleidlais", "Ymlaen", "Ymlaen")


def answer(member: Page, choice: str, button: str = "Continue") -> None:
    """Answer all three questions; the candidates by their numbers, one plan with the best grade."""
    member.check(f"#choice-{choice}")
    go_on(member, button)
    if choice == "blank":
        member.check("#choice-blank")
    else:
        member.fill("#rank-2", "1")
        member.fill("#rank-1", "3")  # a gap
        member.get_by_role("button", name=button, exact=True).click()
        expect(member.locator("[data-teg-error]")).to_be_focused()
        look(member)
        member.locator("[data-teg-higher='1']").click()
        expect(member.locator("#rank-1")).to_have_value("2")
    look_in_both_languages(member)
    go_on(member, button)
    if choice == "blank":
        member.check("#choice-blank")
    else:
        member.check("#mark-1-1")
    look_in_both_languages(member)
    go_on(member, button)


def go_on(member: Page, button: str) -> None:
    """To the next page by the button."""
    with member.expect_navigation():
        member.get_by_role("button", name=button, exact=True).click()


def choose_and_check(member: Page, choice: str, words: str, button: str) -> None:
    """Choose on the contests' pages and go on to the check; nothing is sent by it."""
    requests: list[str] = []
    member.on("request", lambda request: requests.append(request.method))
    member.get_by_role("button", name=button, exact=True).click()  # nothing chosen yet
    expect(member.locator("[data-teg-error]")).to_be_focused()
    look(member)
    answer(member, choice, button)
    expect(member.locator(f"[data-teg-answer='1'] [data-choice={choice}]")).to_be_visible()
    expect(member.locator("[data-teg-answer='1']")).to_contain_text(words)
    if choice != "blank":
        ranked = member.locator("[data-teg-answer='2'] li:visible")
        expect(ranked).to_have_count(2)
        expect(ranked.first).to_contain_text("2")  # the candidate whose number is 1
    look_in_both_languages(member)
    assert "POST" not in requests


def send(member: Page, button: str = "Send my vote") -> str:
    """Send, twice as fast as a nervous finger can; returns the tracker."""
    sent: list[str] = []
    member.on(
        "request",
        lambda request: sent.append(request.post_data or "") if request.method == "POST" else None,
    )
    with member.expect_navigation(url=re.compile("/done")):
        member.evaluate(
            "() => { const b = document.querySelector('[data-teg-send]'); b.click(); b.click(); }"
        )
    assert len(sent) == 1, "one press, one ballot"
    ballot = json.loads(sent[0])
    assert set(ballot) == {"election_uuid", "election_hash", "credential", "answers", "signature"}
    look_in_both_languages(member)
    tracker = member.locator("[data-teg-tracker]").get_attribute("data-teg-tracker")
    assert tracker
    return tracker


def vote_by_keyboard(member: Page) -> None:
    """The whole journey with Tab, arrows, Space and Enter only, on a narrow phone."""
    member.set_viewport_size({"width": 320, "height": 640})

    def tab_to(selector: str) -> None:
        for _ in range(60):
            member.keyboard.press("Tab")
            if member.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"the keyboard never came to {selector} on {member.url}")

    for place in ("/about", "/weight", "/contest/1"):
        tab_to(f"main a[href*='{place}']")
        with member.expect_navigation():
            member.keyboard.press("Enter")
    tab_to("#choice-for")
    member.keyboard.press("Space")
    member.keyboard.press("ArrowDown")
    expect(member.locator("#choice-against")).to_be_checked()
    tab_to("[data-teg-continue]")
    with member.expect_navigation():
        member.keyboard.press("Enter")
    tab_to("#rank-4")
    member.keyboard.type("1")
    tab_to("[data-teg-higher='3']")
    member.keyboard.press("Enter")
    expect(member.locator("#rank-3")).to_have_value("2")
    tab_to("[data-teg-continue]")
    with member.expect_navigation():
        member.keyboard.press("Enter")
    tab_to("[name=mark-1]")
    member.keyboard.press("Space")
    tab_to("[data-teg-continue]")
    with member.expect_navigation():
        member.keyboard.press("Enter")
    tab_to("[data-teg-send]")
    with member.expect_navigation(url=re.compile("/done")):
        member.keyboard.press("Space")
