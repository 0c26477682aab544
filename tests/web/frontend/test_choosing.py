"""Choosing in every form of ballot, in a real browser: what is kept is what is sealed."""

import json

import pytest
from playwright.sync_api import Page, expect

from ballots.ballot import parse_ballot, verify_ballot
from ballots.decryption import decrypt_share, open_tally
from ballots.tally import tally_box
from tests.browser import assert_accessible, assert_no_sideways_scroll, assert_usable_by_keyboard
from tests.web.frontend.elections import CREDENTIAL
from tests.web.frontend.node import stream
from tests.web.frontend.site import Site
from tests.web.frontend.site_pages import EVERY, FORMS

pytestmark = pytest.mark.browser


def stored(page: Page, form: str) -> object:
    key = f"teg.choice.election-1.{FORMS.index(form) + 1}"
    value = page.evaluate("key => sessionStorage.getItem(key)", key)
    return value if value is None or form == "motion" else json.loads(value)


def visit(page: Page, site: Site, form: str) -> None:
    page.goto(f"{site.root}/choose-{form}")


def press(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_label(name, exact=True).check()


def rank(page: Page, **numbers: str) -> None:
    for name, number in numbers.items():
        page.get_by_label(f"{name} Example", exact=True).fill(number)


def ranks(page: Page) -> list[str]:
    fields = page.locator("input[name^=rank-]")
    return [str(value) for value in fields.evaluate_all("all => all.map(one => one.value)")]


def said(page: Page) -> list[str]:
    """The sentences that are shown now, at the top, at the question, and below it."""
    shown = page.locator("[data-teg-choose] :is(li, span, b):visible")
    wanted = ("li ", "span ", "b ")
    return [text for text in shown.all_text_contents() if text.startswith(wanted)]


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


# --- from the page to the box -----------------------------------------------------------


def choose_in_every_form(page: Page, site: Site) -> None:
    visit(page, site, "motion")
    press(page, "Against")
    visit(page, site, "one")
    press(page, "Bob Example")
    visit(page, site, "several")
    press(page, "Ann Example", "Dee Example")
    visit(page, site, "approval")
    press(page, "Ann Example", "Bob Example", "Cai Example")
    visit(page, site, "ranked")
    rank(page, Dee="1", Bob="2", Ann="3")
    visit(page, site, "scored")
    press(page, "Ann Example: 0", "Bob Example: 3", "Cai Example: 1")
    visit(page, site, "graded")
    press(page, "Ann Example: Good", "Bob Example: Poor", "Cai Example: Fair")


EXPECTED = {
    "motion": "against",
    "one": [0, 0, 1, 0, 0],
    "several": [0, 1, 0, 0, 1],
    "approval": [0, 1, 1, 1, 0],
    "ranked": [3, 2, 0, 1],
    "scored": [1, 4, 2, 1],
    "graded": [1, 3, 2, 3],
}
BLANK = {
    "motion": "blank",
    **{form: [1, 0, 0, 0, 0] for form in ("one", "several", "approval")},
    **{form: [0, 0, 0, 0] for form in ("ranked", "scored", "graded")},
}


def opened(raw: bytes) -> list[object]:
    """What a ballot holds, opened with the trustees' keys."""
    ballot = parse_ballot(EVERY, raw)
    verify_ballot(EVERY, ballot)
    encrypted = tally_box(EVERY, [ballot]).encrypted
    shares = [
        decrypt_share(EVERY, encrypted, private, stream("shares")).decryption
        for private in (12345, 67890)
    ]
    rows = json.loads(open_tally(EVERY, encrypted, shares, 1))["result"]
    return [row[0] if isinstance(row[0], list) else row for row in rows]


def send(page: Page, site: Site) -> list[object]:
    page.evaluate("secret => sessionStorage.setItem('teg.secret', secret)", CREDENTIAL)
    page.goto(f"{site.root}/check-every")
    page.get_by_role("button", name="Send my vote").click()
    page.wait_for_url("**/done")
    # Alike whatever is chosen: nothing else is asked for, and no form is posted.
    assert [url.removeprefix(site.root) for url in site.asked[-2:]] == ["/check-every", "/done"]
    assert site.forms == []
    (raw,) = site.ballots
    return opened(raw)


def test_what_is_pressed_is_kept_shown_and_sealed(page: Page, site: Site) -> None:
    choose_in_every_form(page, site)
    assert {form: stored(page, form) for form in FORMS} == EXPECTED
    page.goto(f"{site.root}/check-every")
    shown = page.locator(".teg-answer").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('li, span')]"
        ".filter(part => part.checkVisibility()).map(part => part.innerText.trim()))"
    )
    assert shown == [
        ["you said against"],
        ["Bob Example"],
        ["Ann Example", "Dee Example"],
        ["Ann Example", "Bob Example", "Cai Example"],
        ["Dee Example 1", "Bob Example 2", "Ann Example 3"],
        ["Ann Example 0", "Bob Example 3", "Cai Example 1", "Dee Example 0"],
        ["Ann Example Good", "Bob Example Poor", "Cai Example Fair", "Dee Example Poor"],
    ]
    assert_accessible(page)
    expected = [[0, 0, 1], *list(EXPECTED.values())[1:]]
    assert send(page, site) == expected
    assert (
        page.evaluate("Object.keys(sessionStorage).filter(key => /choice|draft/.test(key))") == []
    )


def test_not_choosing_is_kept_shown_and_sealed(page: Page, site: Site) -> None:
    for form in FORMS:
        visit(page, site, form)
        press(page, "I do not choose")
        go_on(page)
        page.wait_for_url("**/check-every")
    assert {form: stored(page, form) for form in FORMS} == BLANK
    assert page.locator("[data-choice]:visible").all_text_contents() == ["you said blank"] * 7
    expect(page.locator("li[data-option]:visible")).to_have_count(0)
    assert send(page, site) == [[1, 0, 0], *list(BLANK.values())[1:]]


# --- every form -------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_choosing_nothing_at_all_is_told(page: Page, site: Site, form: str) -> None:
    visit(page, site, form)
    assert said(page) == []
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.locator("[data-teg-error]")).to_be_focused()
    assert said(page) == ["li none", "span none"]
    expect(page).to_have_title("Error: choose")
    if form in ("several", "ranked"):
        assert_accessible(page)
    assert stored(page, form) is None
    page.locator("input[type=radio], input[type=checkbox]").first.check()
    expect(page.locator("[data-teg-error]")).to_be_hidden()
    assert said(page) in ([], ["b left out"])


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_used_by_keyboard_on_a_small_screen(
    page: Page, site: Site, form: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    visit(page, site, form)
    assert_no_sideways_scroll(page)
    assert_usable_by_keyboard(page)


def test_what_was_pressed_comes_back(page: Page, site: Site) -> None:
    visit(page, site, "graded")
    press(page, "Cai Example: Fair")
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_label("Cai Example: Fair")).to_be_checked()
    # Left out, not pressed for her: she can still give it another grade.
    expect(page.locator("input[type=radio]:checked")).to_have_count(1)
    assert stored(page, "graded") == [3, 3, 2, 3]
    visit(page, site, "ranked")
    rank(page, Dee="1", Bob="3")
    page.get_by_role("link", name="Cymraeg").click()
    page.wait_for_load_state()
    # Also what does not fit yet.
    assert ranks(page) == ["", "3", "", "1"]
    assert stored(page, "ranked") is None


def test_how_many_are_chosen_is_said(page: Page, site: Site) -> None:
    visit(page, site, "approval")
    status = page.locator("[data-teg-count]")
    expect(status).to_have_text("You chose 0.")
    press(page, "Ann Example", "Bob Example")
    expect(status).to_have_text("You chose 2.")
    page.get_by_label("Ann Example").uncheck()
    expect(status).to_have_text("You chose 1.")


# --- several ----------------------------------------------------------------------------


def test_too_many_is_said_at_once_and_nothing_is_taken_away(page: Page, site: Site) -> None:
    visit(page, site, "several")
    press(page, "Ann Example", "Bob Example")
    assert said(page) == []
    press(page, "Cai Example")
    assert said(page) == ["b too many"]
    expect(page.locator("input:checked")).to_have_count(3)
    # Not even for the check page is there a choice that breaks the rules.
    assert stored(page, "several") is None
    go_on(page)
    expect(page.locator("[data-teg-error]")).to_be_focused()
    assert said(page) == ["li too many", "span too many", "b too many"]
    assert_accessible(page)
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("input:checked")).to_have_count(3)
    page.get_by_label("Ann Example").uncheck()
    assert said(page) == []
    go_on(page)
    page.wait_for_url("**/check-every")
    assert stored(page, "several") == [0, 0, 1, 1, 0]


@pytest.mark.parametrize("form", ["several", "approval", "ranked", "scored", "graded"])
def test_blank_beside_a_choice_is_said_at_once(page: Page, site: Site, form: str) -> None:
    visit(page, site, form)
    press(page, "I do not choose")
    if form == "ranked":
        rank(page, Ann="1")
    else:
        page.locator("input[type=radio], input[type=checkbox]").first.check()
    assert said(page) == ["b blank too"]
    expect(page.get_by_label("I do not choose")).to_be_checked()
    assert stored(page, form) is None
    go_on(page)
    expect(page.locator("[data-teg-error]")).to_be_focused()
    page.get_by_label("I do not choose").uncheck()
    go_on(page)
    page.wait_for_url("**/check-every")


# --- ranked -----------------------------------------------------------------------------


FAULTS: list[tuple[dict[str, str], str]] = [
    ({"Ann": "2"}, "gap"),
    ({"Ann": "1", "Bob": "3"}, "gap"),
    ({"Ann": "1", "Bob": "1"}, "repeat"),
    ({"Ann": "1", "Bob": "2", "Cai": "2"}, "repeat"),
    ({"Ann": "first"}, "no number"),
    ({"Ann": "0"}, "no number"),
    ({"Ann": "01"}, "no number"),
    ({"Ann": "1.5"}, "no number"),
    ({"Ann": "-1"}, "no number"),
]


def test_numbers_that_do_not_fit_are_told_and_left(page: Page, site: Site) -> None:
    visit(page, site, "ranked")
    for numbers, fault in FAULTS:
        rank(page, **{"Ann": "", "Bob": "", "Cai": ""} | numbers)
        typed = ranks(page)
        assert stored(page, "ranked") is None
        go_on(page)
        assert said(page) == [f"li {fault}", f"span {fault}"], numbers
        assert ranks(page) == typed


def test_an_error_goes_when_it_is_mended(page: Page, site: Site) -> None:
    visit(page, site, "ranked")
    rank(page, Ann="1", Bob="1")
    go_on(page)
    expect(page).to_have_title("Error: choose")
    rank(page, Bob="2 ")
    expect(page.locator("[data-teg-error]")).to_be_hidden()
    expect(page).to_have_title("choose-ranked")
    assert stored(page, "ranked") == [1, 2, 0, 0]


def test_buttons_change_numbers_and_nothing_moves(page: Page, site: Site) -> None:
    visit(page, site, "ranked")
    order = page.locator(".teg-option label").all_text_contents()

    def move(button: str, name: str) -> list[str]:
        page.get_by_role("button", name=f"{button}: {name} Example").press("Enter")
        return ranks(page)

    assert move("Higher", "Cai") == ["", "", "1", ""]
    assert move("Higher", "Ann") == ["2", "", "1", ""]
    assert move("Higher", "Ann") == ["1", "", "2", ""]
    assert move("Higher", "Ann") == ["1", "", "2", ""]
    assert move("Higher", "Dee") == ["1", "", "2", "3"]
    assert move("Lower", "Ann") == ["2", "", "1", "3"]
    assert stored(page, "ranked") == [2, 0, 1, 3]
    moved = page.locator("[data-teg-moved]")
    expect(moved).to_have_text("Ann Example: 2")
    assert move("Lower", "Dee") == ["2", "", "1", ""]
    expect(moved).to_have_text("Dee Example: no number")
    assert move("Lower", "Bob") == ["2", "", "1", ""]
    expect(page.get_by_role("button", name="Lower: Bob Example")).to_be_focused()
    assert page.locator(".teg-option label").all_text_contents() == order
    expect(page.locator("[data-teg-count]")).to_have_text("You chose 2.")


# --- scored and graded ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "mark", "kept"), [("scored", "2", [1, 3, 1, 1]), ("graded", "Good", [3, 1, 3, 3])]
)
def test_what_is_left_out_gets_the_lowest_and_that_is_said(
    page: Page, site: Site, form: str, mark: str, kept: list[int]
) -> None:
    visit(page, site, form)
    assert said(page) == []
    press(page, f"Bob Example: {mark}")
    assert said(page) == ["b left out"]
    go_on(page)
    page.wait_for_url("**/check-every")
    assert stored(page, form) == kept
    visit(page, site, form)
    assert said(page) == ["b left out"]
    for name in ("Ann", "Cai", "Dee"):
        press(page, f"{name} Example: {mark}")
    assert said(page) == []


def test_marks_can_be_taken_back(page: Page, site: Site) -> None:
    visit(page, site, "graded")
    press(page, "Bob Example: Fair")
    page.get_by_role("button", name="Begin again").click()
    expect(page.locator("input:checked")).to_have_count(0)
    assert stored(page, "graded") is None
    assert said(page) == []
