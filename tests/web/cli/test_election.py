"""A returning officer who uses the command line alone."""

import json
import time
from pathlib import Path

import pytest

from tests.web.cli.program import Ran
from tests.web.contests import BLANKS, CHOICES, EVERY_KIND, RANKED, choose
from tests.web.cooperative import PASSPHRASE, Cooperative
from voting.contests import contest_object
from web.views import election_view

TEXTS = {
    "en": "Buy the garden\n\nShall we buy the garden?\n\nIt has apple trees.\n",
    "cy": "Prynu'r ardd\n\nA ddylem brynu'r ardd?\n",
    "easy": "Shall we buy the garden?\nWe could grow apples.\n",
}


@pytest.fixture
def texts(tmp_path: Path) -> dict[str, Path]:
    paths = {name: tmp_path / f"{name}.txt" for name in TEXTS}
    for name, text in TEXTS.items():
        paths[name].write_text(text, encoding="utf-8")
    return paths


def run(coop: Cooperative, *arguments: str | Path, code: int = 0, typed: str = "") -> Ran:
    ran = Ran("election", *arguments, "--data", coop.folder, typed=typed)
    assert ran.code == code, ran.out + ran.err
    return ran


def draft(coop: Cooperative, texts: dict[str, Path]) -> str:
    title = ("--title-en", "The garden", "--title-cy", "Yr ardd")
    uuid = run(coop, "new", *title).out.strip()
    coop.election = uuid
    four = ("--en", texts["en"], "--cy", texts["cy"], "--easy-en", texts["easy"])
    run(coop, "motion", uuid, *four)
    times = ("--opens", "2027-03-01 09:00", "--closes", "2027-03-15 18:00")
    run(coop, "calendar", uuid, *times, "--open-small-boxes")
    return uuid


def test_a_draft_is_written_and_shown(coop: Cooperative, texts: dict[str, Path]) -> None:
    uuid = draft(coop, texts)
    view = election_view(coop.service, uuid)
    assert view.contests[0].texts["en"]["standard"].paragraphs == (
        "Shall we buy the garden?",
        "It has apple trees.",
    )
    assert view.contests[0].missing_easy_read == ("cy",)
    assert view.calendar is not None
    assert view.calendar.opens == 1803891600  # 1 March 2027, 09:00 in London is 09:00 UTC
    status = run(coop, "status", uuid).out
    assert "still missing: no-trustees" in status
    assert "supported" in status
    assert uuid in run(coop, "list").out
    assert json.loads(run(coop, "list", "--json").out)[0]["election"] == uuid


def test_the_guarantee_is_shown_before_anything_is_fixed(
    coop: Cooperative, texts: dict[str, Path]
) -> None:
    uuid = draft(coop, texts)
    assert "guarantee for supported holds" in run(coop, "guarantee", uuid).out
    told = json.loads(run(coop, "guarantee", uuid, "--json").out)
    assert told[0]["share"] == "51/100"


def test_an_election_from_the_draft_to_the_certificate(
    coop: Cooperative, texts: dict[str, Path]
) -> None:
    uuid = draft(coop, texts)
    # The service under the commands runs by the real clock.
    now = int(time.time())
    coop.clock.now = now
    two = [f"Example Trustee {n} <trustee{n}@people.example>" for n in (1, 2)]
    shown = run(coop, "trustees", uuid, "--trustee", two[0], "--trustee", two[1], "--show-links")
    assert shown.out.count("/en/start#") == 2
    coop.appoint()

    asked = run(coop, "announce", uuid, code=1, typed="n\n")
    assert "Nothing was changed" in asked.err
    run(coop, "announce", uuid, "--yes")
    run(coop, "open", uuid, "--reason", "It is time.", typed="y\n")
    run(coop, "result", uuid, code=1)
    assert "reason" in run(coop, "close", uuid, "--yes", code=1).err
    run(coop, "close", uuid, "--reason", "Nobody came.", "--yes")
    run(coop, "tally", uuid, "--yes")
    for place in (0, 1):
        coop.give(place)
    result = run(coop, "result", uuid).out
    assert "The count is void." in result
    wrong = run(coop, "certify", uuid, "--reason", "x", typed="no\n", code=1)
    assert "passphrase" in wrong.err
    coop.service.keeper.publish()
    run(coop, "certify", uuid, "--reason", "All was checked.", typed=PASSPHRASE + "\n")
    assert election_view(coop.service, uuid).state == "certified"
    assert "certified" in run(coop, "status", uuid).out
    again = run(coop, "void", uuid, "--reason", "x", "--yes", code=1)
    assert "stage" in again.err


def test_contests_of_every_kind_are_written_and_removed(
    coop: Cooperative, texts: dict[str, Path], tmp_path: Path
) -> None:
    uuid = draft(coop, texts)
    for each in EVERY_KIND:
        file = tmp_path / f"{each.id}.json"
        file.write_text(json.dumps(contest_object(each), indent=2))
        run(coop, "contest", uuid, file)
    assert election_view(coop.service, uuid).contests == EVERY_KIND
    four = ("--en", texts["en"], "--cy", texts["cy"], "--rule", "special", "--id", "second")
    assert "no Easy Read text in cy" in run(coop, "motion", uuid, *four).err
    run(coop, "contest", uuid, "--remove", "graded")
    contests = election_view(coop.service, uuid).contests
    assert [each.id for each in contests] == [
        *(each.id for each in EVERY_KIND if each.id != "graded"),
        "second",
    ]
    status = run(coop, "status", uuid).out
    assert "contest ranked (stv-exact): Who shall be on the council?" in status
    assert "contest second (special motion): Buy the garden" in status
    said = run(coop, "guarantee", uuid).out
    assert "counted by stv-exact: 1 to be elected" in said
    assert "warning: method-not-solid:approval" in said
    assert "no such question" in run(coop, "contest", uuid, "--remove", "x", code=1).err


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", 2),
        ("[" * 5000, 2),
        ("[]", 1),
        ('{"kind":"options"}', 1),
        (json.dumps(contest_object(RANKED) | {"method": "stv-scottish"}), 1),
    ],
    ids=["no JSON", "very deep", "a list", "fields missing", "a method that cannot be weighted"],
)
def test_what_is_no_contest_is_refused(
    coop: Cooperative, texts: dict[str, Path], tmp_path: Path, content: str, code: int
) -> None:
    uuid = draft(coop, texts)
    file = tmp_path / "contest.json"
    file.write_text(content)
    ran = run(coop, "contest", uuid, file, code=code)
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert len(election_view(coop.service, uuid).contests) == 1


def test_a_contest_is_given_or_removed_and_not_both(
    coop: Cooperative, texts: dict[str, Path]
) -> None:
    uuid = draft(coop, texts)
    run(coop, "contest", uuid, code=2)
    run(coop, "contest", uuid, texts["en"], "--remove", "1", code=2)


def test_so_many_of_the_trustees_are_needed(coop: Cooperative, texts: dict[str, Path]) -> None:
    uuid = draft(coop, texts)
    three = [
        part
        for n in (1, 2, 3)
        for part in ("--trustee", f"Example Trustee {n} <trustee{n}@people.example>")
    ]
    for needed, shown in ((), "2 of 3"), (("--needed", "3"), "3 of 3"), (("--needed", "2"), "2 of"):
        run(coop, "trustees", uuid, *three, *needed)
        assert f"{shown}" in run(coop, "status", uuid).out
    status = run(coop, "status", uuid).out
    assert "Example Trustee 1: no key yet, begins making the key next" in status
    assert "trustees" in run(coop, "trustees", uuid, *three, "--needed", "1", code=1).err


def test_the_result_of_every_kind_is_shown(coop: Cooperative) -> None:
    coop.open(*EVERY_KIND, together=True)
    for college in ("supported", "employee"):
        coop.vote(college, 0, choose(EVERY_KIND, CHOICES))
    coop.vote("community", 0, choose(EVERY_KIND, BLANKS))
    coop.tally(0, 2)
    assert "rehearsed, shuffled, gave a share" in run(coop, "status", coop.election).out
    said = run(coop, "result", coop.election).out
    assert "The motion is passed." in said
    assert "Counted by stv-exact: 1 to be elected, quota 17/40" in said
    assert "Elected: Option 2 (quota, stage 1)" in said
    assert "Counted by majority-judgment" in said
    told = json.loads(run(coop, "result", coop.election, "--json").out)
    assert [each["contest"] for each in told] == [each.id for each in EVERY_KIND]


def test_an_election_can_be_voided(coop: Cooperative, texts: dict[str, Path]) -> None:
    uuid = draft(coop, texts)
    run(coop, "void", uuid, "--reason", "The text was wrong.", "--yes")
    assert election_view(coop.service, uuid).state == "void"


@pytest.mark.parametrize(
    ("opens", "why"),
    [
        ("2027-03-28 01:30", "clocks go forward"),
        ("2027-10-31 01:30", "clocks go back"),
        ("2027-02-30 09:00", "not a date of the calendar"),
        ("2027-03-28", "not a time of day"),
    ],
)
def test_a_local_time_that_names_no_moment_is_refused(
    coop: Cooperative, texts: dict[str, Path], opens: str, why: str
) -> None:
    uuid = draft(coop, texts)
    before = election_view(coop.service, uuid).calendar
    times = ("--opens", opens, "--closes", "2028-03-15 18:00")
    assert why in run(coop, "calendar", uuid, *times, code=2).err
    assert election_view(coop.service, uuid).calendar == before


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../London", ""])
def test_what_is_no_time_zone_is_called_so(
    coop: Cooperative, texts: dict[str, Path], zone: str
) -> None:
    uuid = draft(coop, texts)
    before = election_view(coop.service, uuid).calendar
    times = ("--opens", "2028-03-01 09:00", "--closes", "2028-03-15 18:00", "--zone", zone)
    assert "is not a time zone" in run(coop, "calendar", uuid, *times, code=2).err
    assert election_view(coop.service, uuid).calendar == before


@pytest.mark.parametrize("person", ["Example Trustee", "Example <>", "<trustee@people.example>"])
def test_a_trustee_without_name_or_address_is_refused(
    coop: Cooperative, texts: dict[str, Path], person: str
) -> None:
    uuid = draft(coop, texts)
    good = "Example Trustee 2 <trustee2@people.example>"
    ran = Ran(
        *("election", "trustees", uuid, "--trustee", person, "--trustee", good),
        *("--data", str(coop.folder)),
    )
    assert ran.code in (1, 2)
    assert election_view(coop.service, uuid).trustees == ()


def test_an_unknown_election_is_named_in_a_sentence(coop: Cooperative) -> None:
    assert "no such election" in run(coop, "status", "nowhere", code=1).err
