"""Members of two colleges vote in a real browser: each seals what her own box asks."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import assert_accessible, assert_no_sideways_scroll
from tests.web.frontend.node import built
from tests.web.pages.reader import Reader
from tests.web.pages.test_member_reserved import CONTESTS, open_vote
from tests.web.serving import serving
from voting.counting.motion import MotionResult
from voting.counting.option_result import OptionResult
from web.app import build_app
from web.views import election_view

pytestmark = pytest.mark.browser


def go_on(page: Page, where: str) -> None:
    page.locator("[data-teg-continue]").click()
    page.wait_for_url(where)
    page.set_viewport_size({"width": 320, "height": 640})
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def begin(page: Page, reader: Reader, root: str, college: str, first: str) -> None:
    page.goto(f"{root}/en/start#{reader.coop.credential(college, 0)}")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/vote")
    page.goto(f"{root}/en{reader.vote}/contest/{first}")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my vote").click()
    page.wait_for_url("**/done")


def test_each_member_seals_what_her_own_box_asks(tmp_path: Path, page: Page) -> None:
    built("page.js")
    reader = open_vote(tmp_path, *CONTESTS)
    coop = reader.coop
    with serving(build_app(coop.service)) as port:
        root = f"http://127.0.0.1:{port}"
        begin(page, reader, root, "community", "1")
        page.get_by_text("For", exact=True).click()
        go_on(page, "**/contest/friends*")
        page.get_by_text("Option 1", exact=True).click()
        go_on(page, "**/check*")
        send(page)
        begin(page, reader, root, "supported", "ours")
        for rank, option in enumerate((6, 2), 1):
            page.locator(".teg-number").nth(option - 1).fill(str(rank))
        go_on(page, "**/contest/1*")
        page.get_by_text("Against", exact=True).click()
        go_on(page, "**/check*")
        send(page)
    coop.tally()
    results = election_view(coop.service, coop.election).results or ()
    ours, _, motion, friends = results
    assert isinstance(ours, OptionResult)
    assert isinstance(friends, OptionResult)
    assert isinstance(motion, MotionResult)
    assert {2, 6} <= {each.option for each in ours.elected}
    assert ([each.option for each in friends.elected], friends.vacant) == ([1], 1)
    assert [(c.cast, c.for_, c.against) for c in motion.colleges] == [
        (1, 0, 1),
        (0, 0, 0),
        (1, 1, 0),
    ]
    coop.service.close()
