"""The roll's pages: all faults at once, the difference first, then all of it or nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.cooperative import CHARTER, COLLEGES, CSV_HEADER, make_csv
from tests.web.pages.desk import Desk, Page, csv_file, packed, sit_down, upload
from voting.roll import RollProblem, read_roll
from voting.roll_csv import COLUMNS
from web.actions.import_roll import import_roll, preview_roll
from web.pages.officer import roll_words
from web.pages.officer.roll import MOST_FILE
from web.views import organisation

ROLL = "/officer/roll"
FORMAT = Path(__file__).parents[3] / "docs" / "formats" / "roll.md"
CONFIRM = "/officer/roll/confirm"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = sit_down(tmp_path)
    yield desk
    desk.coop.service.close()


def version(desk: Desk) -> int:
    return organisation(desk.coop.service).roll_version


def check(desk: Desk, raw: bytes, status: int = 200) -> Page:
    seen = desk.post(ROLL, {"csv": upload(raw)})
    assert seen.status == status, seen.page.words
    return seen.page


def test_every_fault_is_listed_with_its_line_and_nothing_is_imported(desk: Desk) -> None:
    before = version(desk)
    rows = (
        "1,Example Member 1,nobody,garden,en,standard\n2,,m@people.example,employee,fr,standard\n"
    )
    page = desk.refuse(ROLL, {"csv": upload((CSV_HEADER + rows).encode())})
    for line, words in (
        (2, "This is not an e-mail address"),
        (2, "There is no college of this name"),
        (3, "The name is missing"),
        (3, "The language must be en or cy"),
    ):
        assert words in page.words
        assert f"Line {line}" in page.words
    assert "There are 4 problems" in page.words
    assert "“garden”" in page.html or "garden" in page.words
    assert version(desk) == before


def test_what_was_typed_into_a_file_is_never_markup(desk: Desk) -> None:
    raw = (CSV_HEADER + "1,A,<script>x</script>@a.example,employee,en,standard\n").encode()
    page = desk.refuse(ROLL, {"csv": upload(raw)})
    assert "<script>x" not in page.html
    assert "&lt;script&gt;x" in page.html


def test_the_difference_is_shown_first_and_then_imported(desk: Desk) -> None:
    before = version(desk)
    raw = make_csv([*COLLEGES[:4], "community", "community", "associate"])
    page = check(desk, raw)
    assert "Added: 1 member" in page.words
    assert "Changed: 1 member" in page.words
    assert "College: Employees becomes Community" in page.words
    assert page.value("file") == packed(raw)
    assert version(desk) == before
    after = desk.send(CONFIRM, {"file": page.value("file"), "digest": page.value("digest")})
    assert "2 members added, removed or changed" in after.words
    assert "Associate, without a vote" in desk.get("/officer").words
    assert version(desk) == before + 1


def test_a_file_that_changes_nothing_offers_nothing_to_confirm(desk: Desk) -> None:
    page = check(desk, make_csv(COLLEGES))
    assert "There is nothing to change" in page.words
    assert not page.value("digest")


def test_members_who_are_removed_are_named(desk: Desk) -> None:
    page = check(desk, make_csv(COLLEGES[:-1]))
    assert "Removed: 1 member" in page.words
    assert "member6@people.example" in page.words


def test_a_confirmation_clicked_twice_imports_once(desk: Desk) -> None:
    page = check(desk, make_csv(COLLEGES[:-1]))
    fields = {"file": page.value("file"), "digest": page.value("digest")}
    desk.send(CONFIRM, fields)
    once = version(desk)
    again = desk.post(CONFIRM, fields)
    assert again.status == 200
    assert "There is nothing to change" in again.page.words
    assert version(desk) == once


def test_a_roll_that_moved_meanwhile_is_looked_at_again(desk: Desk) -> None:
    raw = make_csv(COLLEGES[:-1])
    page = check(desk, raw)
    other = make_csv([*COLLEGES, "employee"])
    import_roll(desk.coop.service, other, preview_roll(desk.coop.service, other).digest)
    before = version(desk)
    stale = desk.post(CONFIRM, {"file": page.value("file"), "digest": page.value("digest")})
    assert stale.status == 200
    assert "Nothing was imported" in stale.page.words
    assert "Removed: 2 members" in stale.page.words
    assert version(desk) == before


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({}, 303, id="nothing"),
        pytest.param({"file": "%%%", "digest": "x"}, 303, id="not base 64"),
        pytest.param({"file": packed(b"no roll"), "digest": "x"}, 422, id="no roll"),
        pytest.param({"file": packed(make_csv(COLLEGES[:-1])), "digest": "x"}, 200, id="digest"),
        pytest.param({"file": packed(b"\xff\xfe"), "digest": "\x00"}, 422, id="bytes"),
    ],
)
def test_a_forged_confirmation_changes_nothing(
    desk: Desk, fields: dict[str, str], status: int
) -> None:
    before = version(desk)
    assert desk.post(CONFIRM, fields).status == status
    assert version(desk) == before


@pytest.mark.parametrize(
    "fields", [pytest.param({}, id="none"), pytest.param({"csv": upload(b"")}, id="empty")]
)
def test_no_file_is_said_at_the_field(desk: Desk, fields: dict[str, object]) -> None:
    page = desk.refuse(ROLL, fields)
    assert "Choose a file" in page.words
    assert 'href="#csv"' in page.html


def test_a_file_that_is_too_large_is_said_so(desk: Desk) -> None:
    seen = desk.post_raw(ROLL, "csv", b"x" * (MOST_FILE + 1))
    assert seen.status == 422
    assert "too large" in seen.page.words


def test_a_large_roll_survives_its_confirmation(desk: Desk) -> None:
    raw = make_csv(["community"] * 3000)
    page = check(desk, raw)
    desk.send(CONFIRM, {"file": page.value("file"), "digest": page.value("digest")})
    assert dict(organisation(desk.coop.service).roll_counts)[CHARTER.colleges[2].id] == 3000


def test_the_example_file_can_be_imported(desk: Desk) -> None:
    answer = desk.client.get("/en/officer/roll/example.csv")
    assert answer.mimetype == "text/csv"
    roll = read_roll(answer.data, CHARTER)
    assert {member.college for member in roll.members} == {
        *(college.id for college in CHARTER.colleges),
        None,
    }


def test_every_fault_that_the_reader_names_has_its_own_sentence(desk: Desk) -> None:
    rows = re.findall(r"^\| (`.+?`) \|", FORMAT.read_text("utf-8"), re.MULTILINE)
    codes = {code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row)} - set(COLUMNS)
    assert len(codes) > 25
    with desk.app.test_request_context("/en/officer/roll"):
        desk.app.preprocess_request()
        said = {
            code: roll_words.say_problems([RollProblem(2, "name", code, "x")], CHARTER)[0].sentence
            for code in codes
        }
        other = roll_words.say_problems([RollProblem(2, "", "something-new", "x")], CHARTER)[0]
    assert len(set(said.values())) == len(codes)
    assert other.sentence not in said.values()


def test_the_upload_works_in_welsh(desk: Desk) -> None:
    desk.language = "cy"
    page = desk.refuse(ROLL, {"csv": upload(b"name\n")})
    assert "Mae'r golofn hon ar goll" in page.words
    assert check(desk, csv_file(["employee"])[0].read()).title.startswith("Beth fyddai")


def test_a_reload_or_the_other_language_of_a_confirmation_leads_to_the_roll(desk: Desk) -> None:
    answer = desk.client.get("/cy/officer/roll/confirm")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cy/officer/roll")
