"""The charter's pages in a real browser: past axe, by keyboard, narrow, in forced colours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_for_everybody
from tests.web.frontend.node import built
from tests.web.pages.desk import Desk, sit_down
from tests.web.serving import serving
from web.app import build_app
from web.views import organisation

pytestmark = pytest.mark.browser

LOOK = "button.govuk-button[value=look]"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str]]:
    built("page.js")
    desk = sit_down(tmp_path_factory.mktemp("charter"))
    with serving(build_app(desk.coop.service)) as port:
        yield desk, f"http://127.0.0.1:{port}"
    desk.coop.service.close()


@pytest.fixture
def officer(place: tuple[Desk, str], page: Page) -> Page:
    desk, root = place
    page.goto(f"{root}/en/start#{desk.coop.set_up.officer_link_secret}")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/officer")
    return page


@pytest.mark.parametrize(
    "path",
    [
        "cy/officer/charter",
        "en/officer/charter/choose",
        "cy/officer/charter/upload",
        "cy/officer/charter/look?preset=council-reserved",
        "en/officer/charter/look?preset=class-consents",
    ],
)
def test_each_page_is_for_everybody(officer: Page, place: tuple[Desk, str], path: str) -> None:
    officer.goto(f"{place[1]}/{path}")
    assert_for_everybody(officer)


def test_a_charter_is_changed_refused_looked_at_and_adopted(
    officer: Page, place: tuple[Desk, str]
) -> None:
    page = officer
    page.get_by_role("link", name="See your charter and what it guarantees").click()
    page.get_by_role("link", name="Change something in this charter").click()
    assert_for_everybody(page)
    page.fill("#college-share-1", "60%")
    page.locator(LOOK).click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator("#college-share-1-error")).to_contain_text("add up to 109%")
    assert_for_everybody(page)
    page.get_by_role("link", name="add up to 109%").click()
    expect(page.locator("#college-share-1")).to_be_focused()
    page.fill("#college-share-2", "25%")
    page.get_by_role("button", name="Add a row").click()
    expect(page.locator("#college-4")).to_be_in_viewport()
    assert_for_everybody(page)
    # Enter in a field goes on; it takes no row out.
    page.locator("#college-share-2").press("Enter")
    page.wait_for_url("**/charter/look?c=*")
    expect(page.get_by_text("becomes 60%. It was 51%.")).to_be_visible()
    assert_for_everybody(page)
    page.locator("a[hreflang=cy]").click()
    expect(page.get_by_text("Mae cyfran “Pobl a gefnogwn” yn dod yn 60%.")).to_be_visible()
    page.locator("a[hreflang=en]").click()
    page.get_by_role("button", name="Go on to adopt it").click()
    assert_for_everybody(page)
    page.get_by_role("button", name="Adopt this charter").click()
    expect(page.locator("#reason-error")).to_be_visible()
    assert_for_everybody(page)
    page.fill("#reason", "The members' meeting decided it.")
    page.locator("label[for=confirm]").click()
    page.get_by_role("button", name="Adopt this charter").click()
    expect(page.get_by_text("The charter is adopted.")).to_be_visible()
    charter = organisation(place[0].coop.service).charter
    assert charter is not None
    assert [str(college.share) for college in charter.colleges] == ["3/5", "1/4", "3/20"]
