"""One election from the roll to the verified result, by everybody in it, in a real browser.

The returning officer, three trustees of whom two are enough, members and an observer each have
a browser of their own; letters come through a real mail server; the members answer a motion,
rank candidates and grade plans; at the end the observer's program and the independent
`belenios-tool` verify what the service publishes.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Tool
from tests.e2e.conftest import PASSPHRASE, Installation
from tests.e2e.people import (
    FAULTS,
    fill_moment,
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

COLLEGES = {"supported": 4, "employee": 3, "community": 2}
CANDIDATES = tuple((f"Example Candidate {n}", f"Ymgeisydd Enghreifftiol {n}") for n in range(1, 5))
PLANS = (("A pond", "Pwll"), ("A shed", "Sied"), ("A path", "Llwybr"))
HEADER = "number,name,email,college,language,format"
TO_THE_CONTEST = ("Go to the vote", "Continue", "Continue")
TO_THE_CONTEST_IN_WELSH = ("Mynd i'r bleidlais", "Ymlaen", "Ymlaen")


def roll_rows() -> list[str]:
    """A line for every member; the second of each college reads Welsh."""
    rows = []
    for college, number in COLLEGES.items():
        for place in range(1, number + 1):
            language = "cy" if place == 2 else "en"
            form = "easy-read" if college == "supported" else "standard"
            mail = f"{college}{place}@care.example"
            rows.append(
                f"{college[0].upper()}{place},Example {college} {place},"
                f"{mail},{college},{language},{form}"
            )
    return rows


def import_the_roll(officer: Page, folder: Path) -> None:
    """First a file with faults, of which nothing is taken; then the right one."""
    follow(officer, "roll")
    faulty = folder / "faulty.csv"
    faulty.write_text(
        "\n".join([HEADER, *roll_rows()[:2], "X9,Nobody,not-an-address,kitchen,fr,loud"])
    )
    officer.set_input_files("#csv", faulty)
    press(officer, "Check this file")
    expect(officer.locator("main")).to_contain_text("4")  # the line
    for wrong in ("not-an-address", "kitchen", "fr", "loud"):
        expect(officer.locator("main")).to_contain_text(wrong)
    right = folder / "roll.csv"
    right.write_text("\n".join([HEADER, *roll_rows()]), encoding="utf-8")
    officer.set_input_files("#csv", right)
    press(officer, "Check this file")
    expect(officer.locator("main")).to_contain_text("9 members")
    press(officer, "Import this roll")


def write_the_election(officer: Page, folder: Path, url: str) -> str:
    """Title, motion, calendar, rule for small groups, trustees; returns the uuid."""
    officer.goto(f"{url}/en/officer/elections/new")
    look_in_both_languages(officer)
    officer.fill("#title-en", "The garden")
    officer.fill("#title-cy", "Yr ardd")
    press(officer, "Make this election")
    found = re.search(r"/elections/([1-9A-HJ-NP-Za-km-z]{14,})", officer.url)
    assert found
    uuid = found[1]
    import_the_roll_again(officer, folder, url)

    write_the_questions(officer, f"{url}/en/officer/elections/{uuid}/questions")

    now = datetime.now(UTC).astimezone(ZoneInfo("Europe/London"))
    day = [(now + timedelta(days=n)).strftime("%d %m %Y").split() for n in (0, 3)]
    officer.goto(f"{url}/en/officer/elections/{uuid}/calendar")
    look(officer)
    fill_moment(officer, "opens", (*day[0], "00:01"))
    fill_moment(officer, "closes", ("31", "2", day[1][2], "18:00"))
    officer.get_by_role("button", name="Save the calendar").click()
    expect(officer).to_have_title(re.compile("^Error:"))
    look(officer)
    fill_moment(officer, "closes", (*day[1], "6pm"))
    officer.get_by_role("button", name="Save the calendar").click()
    expect(officer).not_to_have_title(re.compile("^Error:"))

    officer.goto(f"{url}/en/officer/elections/{uuid}/rules")
    look(officer)
    officer.check("input[name=open_small_boxes][value=yes]")
    press(officer, "Save this rule")

    officer.goto(f"{url}/en/officer/elections/{uuid}/trustees")
    look_in_both_languages(officer)
    expect(officer.locator("#needed")).to_have_value("2")
    for number in (1, 2, 3):
        officer.fill(f"#name-{number}", f"Example Trustee {number}")
        officer.fill(f"#email-{number}", f"trustee{number}@care.example")
    press(officer, "Save the trustees")
    return uuid


def write_the_questions(officer: Page, questions: str) -> None:
    """A motion, an election by ranks, and plans to be graded."""
    officer.goto(questions)
    look_in_both_languages(officer)
    follow(officer, "Add a motion")
    look_in_both_languages(officer)
    officer.check("input[name=rule][value=ordinary]")
    fill_texts(officer, "Shall we buy the garden?", "A ddylem brynu'r ardd?")
    press(officer, "Save the motion")
    for method, options, title in (
        ("stv-exact", CANDIDATES, ("Who sits on the Council?", "Pwy sydd ar y Cyngor?")),
        ("majority-judgment", PLANS, ("How good are these plans?", "Pa mor dda yw'r cynlluniau?")),
    ):
        officer.goto(questions)
        follow(officer, "Add a question with options")
        look_in_both_languages(officer)
        officer.check(f"input[name=method][value={method}]")
        press(officer, "Continue")
        fill_texts(officer, *title)
        for number, (english, welsh) in enumerate(options, 1):
            if not officer.locator(f"[name=option-en-{number}]").count():
                press(officer, "Add another option")
            officer.fill(f"[name=option-en-{number}]", english)
            officer.fill(f"[name=option-cy-{number}]", welsh)
        if method == "stv-exact":
            officer.locator("button[value=save]").last.click()  # no number of seats yet
            expect(officer).to_have_title(re.compile("^Error:"))
            look(officer)
        officer.fill("[name=seats]", "2" if method == "stv-exact" else "1")
        press(officer, "Save the question")
        expect(officer).not_to_have_title(re.compile("^Error:"))
    expect(officer.locator("main section")).to_have_count(3)
    look_in_both_languages(officer)


def fill_texts(officer: Page, english: str, welsh: str) -> None:
    """The texts in both languages, but for Welsh Easy Read."""
    for field in officer.locator("input[name$=-title]").all():
        name = str(field.get_attribute("name"))
        if "easy" in name and "cy" in name:
            continue  # left out: the service warns and goes on
        field.fill(welsh if "cy" in name else english)
        body = "Mae'n costio £100." if "cy" in name else "It costs £100.\n\nWe can grow leeks."
        officer.fill(f"textarea[name={name.removesuffix('-title')}-body]", body)


def import_the_roll_again(officer: Page, folder: Path, url: str) -> None:
    """A second import shows the difference first; here there is none."""
    officer.goto(f"{url}/en/officer/roll")
    officer.set_input_files("#csv", folder / "roll.csv")
    press(officer, "Check this file")
    expect(officer.locator("main")).to_contain_text("nothing to change")


def act(officer: Page, election: str, page: str, button: str, reason: str = "") -> None:
    """Carry out an act on its own page; first without what it asks, which is refused."""
    officer.goto(f"{election}/{page}")
    look_in_both_languages(officer)
    officer.get_by_role("button", name=button, exact=True).click()
    expect(officer).to_have_title(re.compile("^Error:"))
    look(officer)
    if reason:
        officer.fill("textarea[name=reason]", reason)
    if page == "certify":
        officer.fill("#passphrase", PASSPHRASE)
    officer.check("#confirm")
    press(officer, button)
    expect(officer).not_to_have_title(re.compile("^Error:"))


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
