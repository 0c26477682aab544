"""What the returning officer does at her pages: the roll, the election, and its acts."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSPHRASE
from tests.e2e.people import fill_moment, follow, look, look_in_both_languages, press

COLLEGES = {"supported": 4, "employee": 3, "community": 2}
CANDIDATES = tuple((f"Example Candidate {n}", f"Ymgeisydd Enghreifftiol {n}") for n in range(1, 5))
PLANS = (("A pond", "Pwll"), ("A shed", "Sied"), ("A path", "Llwybr"))
HEADER = "number,name,email,college,language,format"


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
        officer.fill("[name=seats]", "3" if method == "stv-exact" else "1")
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
