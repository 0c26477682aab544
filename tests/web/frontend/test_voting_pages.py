"""The member's way through a real browser: start, choose, check, send, done."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from ballots.ballot import parse_ballot, tracker, verify_ballot
from ballots.credentials import make_credential, sign_in_code
from ballots.encoding import hex_digest
from tests.browser import assert_accessible, assert_no_sideways_scroll
from tests.web.frontend.elections import CREDENTIAL, PUBLIC
from tests.web.frontend.node import stream
from tests.web.frontend.site import ELECTION, Site, accept, refuse

pytestmark = pytest.mark.browser

OTHER = make_credential(stream("credential of Example Member 8"))


def remember(page: Page, site: Site, choice: str | None = "for", secret: str = CREDENTIAL) -> None:
    """Put a secret and a choice where earlier pages would have put them."""
    page.goto(f"{site.root}/other")
    page.evaluate(
        """([secret, choice]) => {
            sessionStorage.setItem("teg.secret", secret);
            if (choice) sessionStorage.setItem("teg.choice.election-1.1", choice);
        }""",
        [secret, choice],
    )
    page.goto(f"{site.root}/check")


def stored(page: Page, key: str) -> str | None:
    value = page.evaluate("key => sessionStorage.getItem(key)", key)
    return None if value is None else str(value)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my vote").click()


def state(page: Page, name: str) -> None:
    """Require that just this sentence of the status is shown."""
    expect(page.locator("[data-state]:visible")).to_have_text(f"state {name}")


# --- start ------------------------------------------------------------------------------


def test_starting_posts_a_code_and_never_the_secret(page: Page, site: Site) -> None:
    page.goto(f"{site.root}/start#{CREDENTIAL}")
    start = page.get_by_role("button", name="Start")
    expect(start).to_be_enabled()
    assert page.url == f"{site.root}/start"
    assert stored(page, "teg.secret") == CREDENTIAL
    expect(page.get_by_text("This browser cannot")).to_be_hidden()
    assert_accessible(page)
    start.click()
    expect(page.get_by_text("begun").last).to_be_visible()
    assert site.forms == [("begun", {"code": sign_in_code(CREDENTIAL)})]
    assert not [url for url in site.asked if CREDENTIAL in url]


def test_a_reload_and_the_other_language_keep_the_link(page: Page, site: Site) -> None:
    page.goto(f"{site.root}/start#{CREDENTIAL}")
    expect(page.get_by_role("button", name="Start")).to_be_enabled()
    page.reload()
    expect(page.get_by_role("button", name="Start")).to_be_enabled()
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_role("button", name="Start")).to_be_enabled()


@pytest.mark.parametrize("fragment", ["", "#short", "#main-content-of-page", "#" + "x" * 300])
def test_without_a_secret_the_page_says_so(page: Page, site: Site, fragment: str) -> None:
    page.goto(f"{site.root}/start{fragment}")
    expect(page.get_by_text("No link")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_hidden()
    assert stored(page, "teg.secret") is None


def test_another_person_s_link_in_the_same_tab_forgets_the_first(page: Page, site: Site) -> None:
    remember(page, site)
    page.goto(f"{site.root}/start#{OTHER}")
    expect(page.get_by_role("button", name="Start")).to_be_enabled()
    assert stored(page, "teg.choice.election-1.1") is None
    # Only the fragment changes here: the browser does not load the page anew.
    page.goto(f"{site.root}/start#{CREDENTIAL}")
    expect(page.locator("input[name=code]")).to_have_value(sign_in_code(CREDENTIAL))


def test_a_browser_that_cannot_seal_says_so_at_the_start(page: Page, site: Site) -> None:
    page.route(re.compile("/assets/worker-"), lambda route: route.abort())
    page.goto(f"{site.root}/start#{CREDENTIAL}")
    expect(page.get_by_text("This browser cannot")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_disabled()


# --- choose -----------------------------------------------------------------------------


def test_choosing_nothing_is_told_where_it_can_be_mended(page: Page, site: Site) -> None:
    page.goto(f"{site.root}/choose")
    page.get_by_role("button", name="Continue").press("Enter")
    summary = page.locator("[data-teg-error]")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: choose")
    assert_accessible(page)
    summary.get_by_role("link").press("Enter")
    expect(page.get_by_label("For", exact=True)).to_be_focused()


def test_a_choice_is_kept_in_the_tab_and_nowhere_else(page: Page, site: Site) -> None:
    page.goto(f"{site.root}/choose")
    page.get_by_label("Against").check()
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_label("Against")).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("you said against")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Against")).to_be_checked()
    assert site.forms == []
    assert not [url for url in site.asked if "against" in url]
    assert page.context.cookies() == []


def test_choices_and_buttons_are_44_pixels_high(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site.root}/choose")
    assert_no_sideways_scroll(page)
    targets = page.locator(".teg-choice__label, .govuk-button, .teg-header a")
    heights = targets.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert len(heights) == 7
    assert min(heights) >= 44


# --- check and send ---------------------------------------------------------------------


@pytest.mark.parametrize("choice", ["for", "against", "blank"])
def test_a_sealed_ballot_is_sent_once(page: Page, site: Site, choice: str) -> None:
    remember(page, site, choice)
    expect(page.locator("[data-choice]:visible")).to_have_text(f"you said {choice}")
    assert_accessible(page)
    send(page)
    page.wait_for_url("**/done")
    (raw,) = site.ballots
    ballot = parse_ballot(ELECTION, raw)
    verify_ballot(ELECTION, ballot)
    assert ballot.credential == PUBLIC
    assert stored(page, "teg.choice.election-1.1") is None
    assert stored(page, "teg.secret") == CREDENTIAL
    expect(page.get_by_text("This is not the ballot you sent")).to_be_hidden()
    page.go_back()
    page.wait_for_url("**/other")


def test_when_sealing_is_done_does_not_tell_what_is_chosen(page: Page, site: Site) -> None:
    # It begins with the page and is over when she presses: only then is anything sent.
    with page.expect_request("**/objects/*"):
        remember(page, site)
    assert site.ballots == []
    page.wait_for_timeout(500)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    send(page)
    page.wait_for_url("**/done")
    assert asked[0] == f"{site.root}/api/box"


def test_pressing_twice_sends_one_ballot(page: Page, site: Site) -> None:
    remember(page, site)
    page.get_by_role("button", name="Send my vote").dblclick()
    page.wait_for_url("**/done")
    assert len(site.ballots) == 1


def test_a_lost_answer_is_asked_for_with_the_same_bytes(page: Page, site: Site) -> None:
    site.answers = [refuse(503, "busy"), refuse(429, "too-many"), accept]
    remember(page, site)
    send(page)
    state(page, "retry")
    send(page)
    page.wait_for_url("**/done")
    assert len(site.ballots) == 3
    assert len(set(site.ballots)) == 1


def test_a_broken_connection_is_no_answer(page: Page, site: Site) -> None:
    broken = iter([True])
    page.route(
        "**/api/box",
        lambda route: route.abort() if next(broken, False) else route.continue_(),
    )
    remember(page, site)
    send(page)
    state(page, "retry")
    page.wait_for_url("**/done")
    assert len(site.ballots) == 1


def test_only_an_answer_that_names_the_ballot_counts(page: Page, site: Site) -> None:
    # For example the page of a hotel's network, or a service that lost the ballot.
    site.answers = [lambda _raw: accept(b"another ballot")]
    remember(page, site)
    send(page)
    state(page, "retry")
    assert stored(page, "teg.choice.election-1.1") == "for"


@pytest.mark.parametrize(
    ("status", "code", "shown"),
    [
        (409, "not-open", "closed"),
        (409, "replayed", "refused"),
        (400, "malformed", "refused"),
        (403, "unknown-credential", "refused"),
        (422, "wrong-proof", "refused"),
    ],
)
def test_a_refusal_is_told_and_not_repeated(
    page: Page, site: Site, status: int, code: str, shown: str
) -> None:
    site.answers = [refuse(status, code)]
    remember(page, site)
    send(page)
    state(page, shown)
    assert_accessible(page)
    assert len(site.ballots) == 1
    assert stored(page, "teg.choice.election-1.1") == "for"


@pytest.mark.parametrize("secret", ["", OTHER, "not-a-credential"])
def test_a_tab_without_the_member_s_own_link_cannot_send(
    page: Page, site: Site, secret: str
) -> None:
    remember(page, site, "for", secret)
    state(page, "wrong-device")
    expect(page.get_by_role("button", name="Send my vote")).to_be_hidden()
    assert site.ballots == []


def test_without_a_choice_nothing_is_sent(page: Page, site: Site) -> None:
    remember(page, site, None)
    send(page)
    expect(page.get_by_text("you said none")).to_be_focused()
    assert site.ballots == []


def test_an_election_record_that_was_swapped_is_refused(page: Page, site: Site) -> None:
    digest = hex_digest(ELECTION.raw)
    other = json.loads(ELECTION.raw)
    other["questions"][0]["answers"].reverse()
    site.objects[digest] = json.dumps(other, separators=(",", ":")).encode()
    remember(page, site)
    send(page)
    state(page, "refused")
    assert site.ballots == []


def test_a_source_of_randomness_that_stands_still_sends_nothing(page: Page, site: Site) -> None:
    def poison(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        still = "crypto.getRandomValues = (bytes) => bytes.fill(7);"
        route.fulfill(response=answer, body=still + answer.text())  # type: ignore[attr-defined]

    page.route(re.compile("/assets/worker-"), poison)
    remember(page, site)
    send(page)
    state(page, "refused")
    assert site.ballots == []


def test_a_page_that_shows_another_tracker_is_found_out(page: Page, site: Site) -> None:
    remember(page, site)
    send(page)
    page.wait_for_url("**/done")
    site.ballots.append(b"another ballot")
    assert tracker(site.ballots[0]) != tracker(site.ballots[1])
    page.reload()
    expect(page.get_by_text("This is not the ballot you sent")).to_be_visible()


# --- forms of every page ----------------------------------------------------------------


def test_an_error_summary_takes_the_focus_and_leads_to_its_field(page: Page, site: Site) -> None:
    page.goto(f"{site.root}/form")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Type a name").press("Enter")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert_accessible(page)


def test_a_double_press_sends_a_form_once(page: Page, site: Site) -> None:
    page.goto(f"{site.root}/form")
    page.get_by_role("button", name="Save").dblclick()
    page.wait_for_url("**/given")
    assert len(site.forms) == 1


def test_leaving_forgets_the_link_and_the_choices(page: Page, site: Site) -> None:
    remember(page, site)
    page.goto(f"{site.root}/form")
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url("**/given")
    assert page.evaluate("Object.keys(sessionStorage)") == []


@pytest.mark.parametrize("media", ["light", "dark", "forced", "contrast", "dark contrast"])
def test_every_part_is_readable_in_every_setting(page: Page, site: Site, media: str) -> None:
    page.emulate_media(
        color_scheme="dark" if "dark" in media else "light",
        forced_colors="active" if media == "forced" else "none",
        contrast="more" if "contrast" in media else "no-preference",
    )
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("start", "choose", "check", "key", "form", "parts"):
        page.goto(f"{site.root}/{name}#{CREDENTIAL}")
        assert_no_sideways_scroll(page)
        assert_accessible(page)
