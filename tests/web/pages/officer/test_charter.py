"""The charter's pages: what is in force, another looked at, written, uploaded and adopted."""

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from tests.voting.examples import make_choice
from tests.web.cooperative import CHARTER
from tests.web.pages.desk import Desk, Page, sit_down, upload
from voting.charter.charter import Charter
from voting.charter.charter_format import charter_object
from voting.charter.presets import PRESETS, PresetId
from web.actions.write_contests import write_contest
from web.pages.officer.charter.carry import MOST_PACKED, pack
from web.views import organisation

WRITE = "/officer/charter/write"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = sit_down(tmp_path)
    yield desk
    desk.coop.service.close()


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = sit_down(tmp_path_factory.mktemp("charter"))
    yield desk
    desk.coop.service.close()


@pytest.fixture
def reading(founded: Desk) -> Desk:
    """An officer who adopts nothing: what she is refused changes nothing for the next test."""
    founded.language = "en"
    return founded


def in_force(desk: Desk) -> Charter:
    charter = organisation(desk.coop.service).charter
    assert charter is not None
    return charter


def typed(page: Page) -> dict[str, str]:
    """What the browser would send of a page's form."""
    names = {entry["name"] for entry in page.fields if "name" in entry}
    fields = {name: page.value(name) for name in names}
    for entry in page.fields:
        if entry["tag"] == "select":
            fields[entry["name"]] = selected(page, entry["name"])
    return fields


def selected(page: Page, name: str) -> str:
    """The chosen value of a list to choose from."""
    options = page.html.split(f'name="{name}"')[1].split("</select>")[0].split("<option ")[1:]
    chosen = [each for each in options if " selected" in each.split(">")[0]] or options[:1]
    return chosen[0].split('value="')[1].split('"')[0]


def form_of(desk: Desk, changes: dict[str, str] | None = None) -> dict[str, str]:
    """The form of the charter in force, with some fields typed over."""
    return {**typed(desk.get(WRITE)), "do": "look", **(changes or {})}


def test_the_charter_in_force_is_one_press_from_the_first_page(reading: Desk) -> None:
    assert "/en/officer/charter" in reading.get("/officer").links
    page = reading.get("/officer/charter")
    for words in ("People we support", "51%", "“People we support” is protected.", "98.04%"):
        assert words in page.words
    assert "2 seats: 1 guaranteed. Refused." in page.words
    assert "5 seats: 3 guaranteed" in page.words
    reading.language = "cy"
    welsh = reading.get("/officer/charter").words
    assert "Mae “Pobl a gefnogwn” wedi'i warchod." in welsh
    assert "2 sedd: gwarentir 1. Gwrthodir." in welsh


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_shown_with_its_outlook(
    reading: Desk, preset: PresetId, language: str
) -> None:
    reading.language = language
    assert (
        f"/{language}/officer/charter/look?preset={preset}"
        in reading.get("/officer/charter/choose").links
    )
    page = reading.get(f"/officer/charter/look?preset={preset}")
    assert "%(" not in page.words
    reading.get(f"{WRITE}?preset={preset}")
    reading.get(f"/officer/charter/adopt?preset={preset}")


def test_the_outlook_says_who_has_a_veto_and_that_heads_are_counted(reading: Desk) -> None:
    page = reading.get("/officer/charter/look?preset=class-consents")
    assert "“Founder members” must agree as well, in a count of its own." in page.words
    page = reading.get("/officer/charter/look?preset=council-reserved")
    assert "is sure of 8 of 15 seats" in page.words
    assert "Heads are counted as well" in page.words
    assert "It needs at least 2/3 of the votes" in page.words
    assert "about 66.67% of the votes" not in page.words
    assert "where so many seats are refused" in page.words
    page = reading.get("/officer/charter/look?preset=capped-investors")
    assert "Refused" not in page.words
    assert "refused" not in page.words
    assert "If no vote of this college is counted, there is no result." in page.words


def test_a_charter_is_adopted_with_a_reason_and_once(desk: Desk) -> None:
    look = desk.get(f"/officer/charter/look?c={pack(seats_charter())}")
    assert "“People we support” has 3 of the 5 seats." in look.words
    address = f"/officer/charter/adopt?c={pack(seats_charter())}"
    page = desk.get(address)
    fields = {"seen": page.value("seen"), "reason": "The meeting of March.", "confirm": "yes"}
    for missing in ("reason", "confirm"):
        refused = desk.refuse(address, {**fields, missing: ""})
        assert f'id="{missing}-error"' in refused.html
        assert refused.value("reason") == ("" if missing == "reason" else fields["reason"])
    assert in_force(desk) == CHARTER
    assert "The charter is adopted." in desk.send(address, fields).words
    assert in_force(desk) == seats_charter()
    assert desk.post(address, fields).location.endswith("/officer/charter")
    assert "Nothing would change" in desk.get(look_of(seats_charter())).words


def seats_charter() -> Charter:
    seats = {college.id: n for college, n in zip(CHARTER.colleges, (3, 1, 1), strict=True)}
    return Charter(CHARTER.name, CHARTER.colleges, CHARTER.protected, CHARTER.floors, council=seats)


def look_of(charter: Charter) -> str:
    return f"/officer/charter/look?c={pack(charter)}"


def test_a_charter_without_the_college_of_members_is_not_adopted(desk: Desk) -> None:
    preset = "/officer/charter/look?preset=user-led-75"
    desk.coop.write_draft()
    # The preset's short names are "employees" and "community", the roll's "employee".
    page = desk.get(preset)
    assert "2 members are in “Employees”, which this charter does not have." in page.words
    assert "Go on to adopt it" not in page.words
    address = "/officer/charter/adopt?preset=user-led-75"
    seen = desk.post(address, {"seen": "", "reason": "So it is.", "confirm": "yes"})
    assert "/charter/look?c=" in seen.location
    assert in_force(desk) == CHARTER


def test_a_draft_that_asks_too_much_is_named(desk: Desk) -> None:
    desk.coop.write_draft()
    write_contest(desk.coop.service, desk.coop.election, make_choice("approval", id="plan"))
    changed = form_of(desk, {"scheme": "bloc"})
    page = desk.get(desk.post(WRITE, changed).location)
    assert "The election “The garden” asks what this charter does not allow" in page.words


def test_another_charter_adopted_meanwhile_is_not_replaced_unseen(desk: Desk) -> None:
    address = f"/officer/charter/adopt?c={pack(seats_charter())}"
    fields = {"seen": "0" * 64, "reason": "The meeting of March.", "confirm": "yes"}
    assert "Look again" in desk.send(address, fields).words
    assert in_force(desk) == CHARTER


def test_the_form_gives_back_the_charter_that_filled_it(reading: Desk) -> None:
    for preset in PRESETS.values():
        charter = preset.make(CHARTER.name)
        page = reading.get(f"{WRITE}?c={pack(charter)}")
        seen = reading.post(WRITE, {**typed(page), "do": "look"})
        assert seen.location == f"/en/officer/charter/look?c={pack(charter)}", preset.id


REFUSED = {
    "sum": ({"college-share-1": "60%"}, "college-share-1", "add up to 109% (109/100)"),
    "no share": ({"college-share-2": "a lot"}, "college-share-2", "a fraction such as 51/100"),
    "bare number": ({"college-share-2": "34"}, "college-share-2", "a percentage such as 51%"),
    "divided by nought": ({"college-share-2": "1/0"}, "college-share-2", "a fraction such as"),
    "nought": ({"college-share-2": "0%"}, "college-share-2", "above 0 and at most 100%"),
    "endless": ({"college-share-2": "9" * 5000}, "college-share-2", "a fraction such as"),
    "half": (
        {"college-share-1": "50%", "college-share-2": "35%"},
        "protected",
        "more than 50% of the votes. “People we support” has 50%.",
    ),
    "no floor": ({"college-floor-1": ""}, "college-floor-1", "fewest counted votes, at least 1"),
    "roll": ({"scheme": "roll"}, "protected", "depends on who votes"),
    "unequal": ({"scheme": "none", "protected": "none"}, "college-share-1", "Write 1/3 for each"),
    "scic share": (
        {"statute": "yes", "protected": "none"},
        "college-share-1",
        "at most 50% of the votes. “People we support” has 51%.",
    ),
    "scic colleges": (
        {"statute": "yes", "protected": "none", "colleges": "2"}
        | {"college-share-1": "50%", "college-share-2": "50%"},
        "statute",
        "A SCIC has at least 3 colleges. Here there are 2.",
    ),
    "no heads": (
        {"conversion-held": "yes", "conversion-heads": "none"},
        "conversion-heads",
        "at least 3/4 of the members who vote. At least 1/2 of all members must vote.",
    ),
    "few heads": (
        {"transfer-held": "yes", "transfer-heads": "more", "transfer-heads-share": "1/2"},
        "transfer-heads",
        "at least 2/3 of the members who vote.",
    ),
    "seats": (
        {"college-seats-1": "2", "college-seats-2": "1", "college-seats-3": "1"},
        "college-seats-1",
        "at least 3 of the council's 4 reserved seats. It has 2.",
    ),
    "many seats": (
        {"college-seats-1": "100", "college-seats-2": "9"},
        "college-seats-1",
        "Here there are 109",
    ),
    "tie": ({"ordinary": "least", "ordinary-share": "50%"}, "ordinary-share", "a tie could be"),
    "over": ({"special": "more", "special-share": "1"}, "special-share", "more than all"),
    "beyond": ({"special": "least", "special-share": "3/2"}, "special-share", "the most is all"),
    "easy": (
        {"ordinary": "least", "ordinary-share": "80%"},
        "special-share",
        "must not need less than an ordinary motion",
    ),
    "strictness": ({"special": "loud"}, "special", "choose “more than” or “at least”"),
    "turnout": (
        {"special-heads": "least", "special-heads-share": "2/3", "special-turnout": "3/2"},
        "special-turnout",
        "at most 100%",
    ),
    "capped protected": ({"college-part-1": "10%"}, "college-ballots-1", "cannot be capped"),
    "large cap": ({"college-part-2": "60%"}, "college-part-2", "above 0 and at most 50%"),
    "no cap": ({"college-ballots-2": "some"}, "college-ballots-2", "such as 2 or 1.5"),
    "two parts": (
        {"college-part-2": "10%", "college-part-3": "10%"},
        "college-part-3",
        "Only one college",
    ),
    "cap without": (
        {"college-ballots-2": "1", "protected": "none"},
        "college-ballots-2",
        "compares with a vote of the protected college",
    ),
    "same name": ({"college-id-2": "supported"}, "college-id-2", "“supported” stands here twice"),
    "short name": ({"college-id-2": "Our Team"}, "college-id-2", "small letters a to z"),
    "no Welsh": ({"college-cy-2": ""}, "college-cy-2", "college 2 in Welsh"),
    "floor": ({"college-floor-2": "-1"}, "college-floor-2", "a number from 1 to"),
    "nobody protected": ({"protected": ""}, "protected", "or “No college”"),
    "empty row protected": ({"protected": "9"}, "protected", "or “No college”"),
    "scheme": ({"scheme": "loud"}, "scheme", "how the votes are weighed"),
}


@pytest.mark.parametrize(("changes", "field", "words"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_stands_at_its_field_with_the_number_and_nothing_is_lost(
    reading: Desk, changes: dict[str, str], field: str, words: str
) -> None:
    sent = form_of(reading, changes)
    page = reading.refuse(WRITE, sent)
    assert words in page.words
    assert f'id="{field}-error"' in page.html
    assert f'href="#{field}"' in page.html
    shown = typed(page)
    kept = {name for name in sent if name.startswith("college-") and name in shown}
    assert {name: shown[name] for name in kept} == {name: sent[name] for name in kept}
    reading.language = "cy"
    welsh = reading.refuse(WRITE, sent)
    assert words not in welsh.words
    assert f'id="{field}-error"' in welsh.html
    assert in_force(reading) == CHARTER


def test_an_empty_page_is_refused_in_words(reading: Desk) -> None:
    page = reading.get(f"{WRITE}?new=yes")
    assert page.value("colleges") == "6"
    refused = reading.refuse(WRITE, {**typed(page), "do": "look"})
    assert "Write at least one college." in refused.words


def test_rows_are_added_and_taken_out_without_a_script(reading: Desk) -> None:
    sent = form_of(reading, {"special-agree-3": "more", "special-agree-share-3": "1/2"})
    more = reading.post(WRITE, {**sent, "do": "more-colleges"}).page
    assert more.value("colleges") == "4"
    less = reading.post(WRITE, {**sent, "do": "remove-college-2"}).page
    assert less.value("colleges") == "2"
    assert less.value("college-id-2") == "community"
    assert less.value("protected") == "1"
    assert selected(less, "special-agree-2") == "more", "what is asked of a college goes with it"
    gone = reading.post(WRITE, {**sent, "do": "remove-college-1"}).page
    assert gone.value("protected") == ""
    last = reading.post(WRITE, {**sent, "protected": "3", "do": "remove-college-1"}).page
    assert last.value("protected") == "2"
    for number in ("9" * 5000, "99", "-1", "x", "٣"):
        page = reading.post(WRITE, {"colleges": number, "do": "more-colleges"}).page
        assert 1 <= int(page.value("colleges")) <= 16


def test_a_charter_of_long_names_is_too_long_for_an_address(reading: Desk) -> None:
    letters = random.Random(4)
    fields = form_of(reading)
    names = {
        f"college-{language}-{n}": "".join(
            chr(letters.randrange(0x4E00, 0x9F00)) for _ in range(200)
        )
        for n in range(1, 17)
        for language in ("en", "cy")
    }
    shares = {f"college-share-{n}": "1/16" for n in range(1, 17)}
    ids = {f"college-id-{n}": f"college-{n}" for n in range(1, 17)}
    sent = {**fields, **names, **shares, **ids, "colleges": "16", "protected": "none"}
    page = reading.refuse(WRITE, sent)
    assert "too long for this page" in page.words
    assert page.value("college-en-16") == names["college-en-16"]


@pytest.mark.parametrize("packed", ["", "x", "====", "eJw", "9" * (MOST_PACKED + 1), "é"])
def test_an_address_without_a_charter_leads_to_no_page(reading: Desk, packed: str) -> None:
    for page in ("look", "adopt"):
        reading.get(f"/officer/charter/{page}?c={packed}", status=404)
    reading.get("/officer/charter/look?preset=ours", status=404)


def test_a_file_in_any_layout_is_taken_and_the_name_stays(reading: Desk) -> None:
    value = charter_object(seats_charter())
    value["name"] = {"en": "Another Co-op", "cy": "Cwmni Arall"}
    raw = json.dumps(value, indent=4, ensure_ascii=True).encode("utf-8-sig")
    page = reading.send("/officer/charter/upload", {"charter": upload(raw, "charter.json")})
    assert "The name of your co-op stays as it is." in page.words
    assert f"/en{WRITE}?c={pack(seats_charter())}" in page.links


def bend(**changes: object) -> bytes:
    return json.dumps({**charter_object(CHARTER), **changes}).encode()


FILES = {
    "nothing": (b"", "not empty"),
    "no JSON": (b"{", "This file is refused."),
    "a float": (bend(v=1.5), "This file is refused."),
    "not text": (b"\xff\xfe", "This file is refused."),
    "deep": (b"[" * 100_000, "This file is refused."),
    "twice": (b'{"v":1,"v":1}', "This file is refused."),
    "large": (b" " * 70_000, "This file is refused."),
    "nobody": (bend(colleges=[]), "This file is refused. Write at least one college."),
    "unprotected share": (
        bend(
            colleges=[
                {"id": "supported", "names": {"en": "A", "cy": "A"}, "share": "1/2"},
                {"id": "others", "names": {"en": "B", "cy": "B"}, "share": "1/2"},
            ]
        ),
        "needs more than 50% of the votes",
    ),
}


@pytest.mark.parametrize(("raw", "words"), FILES.values(), ids=FILES)
def test_a_file_that_holds_no_charter_is_refused_in_words(
    reading: Desk, raw: bytes, words: str
) -> None:
    page = reading.refuse("/officer/charter/upload", {"charter": upload(raw, "charter.json")})
    assert words in page.words
    reading.language = "cy"
    welsh = reading.refuse("/officer/charter/upload", {"charter": upload(raw, "charter.json")})
    assert "This file" not in welsh.words


def test_shares_are_shown_as_they_are_written(reading: Desk) -> None:
    thirds = {f"college-share-{n}": "1/3" for n in (1, 2, 3)}
    sent = form_of(reading, {**thirds, "protected": "none", "college-floor-1": ""})
    look = reading.get(reading.post(WRITE, sent).location)
    assert "about 33.33% (1/3)" in look.words
    again = reading.get(next(link for link in look.links if "/charter/write" in link))
    assert again.value("college-share-1") == "1/3"
    assert Fraction(again.value("college-share-2")) == Fraction(1, 3)
