"""The colleges of a form: a row for each, added and taken out by buttons that send the form.

What was typed about a college moves with its row, wherever on the page it stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from voting.charter.caps import Cap
from voting.charter.charter import MAX_COLLEGES, MAX_COUNCIL, MAX_FLOOR, Charter
from voting.charter.colleges import College
from voting.charter.errors import CapError
from voting.charter.motion_rules import RULES
from voting.errors import VotingError
from voting.members import CollegeId, Language
from voting.texts import LANGUAGES, MAX_LINE, require_college_id
from web.pages.officer.charter.numbers import parse_times, read_part, write_part
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.translations import current_language

# Empty rows of a new page: with as many as most need, no button is needed.
START: Final = 6
_FIELDS: Final = ("id", "en", "cy", "share", "floor", "seats", "ballots", "part")


@dataclass(frozen=True, slots=True)
class CollegeRow:
    """What was typed about one college.

    Attributes:
        number: of its row, from 1.
        floor, seats: 0 where nothing was typed.
    """

    number: int
    college: College
    floor: int
    seats: int
    cap: Cap | None


def count_rows(form: Form) -> int:
    """How many rows the page has."""
    typed = form.value("colleges")
    # Read by its first digits: a number of thousands of them is not worth reading.
    number = int(typed[:3]) if typed.isascii() and typed.isdigit() else START
    return max(1, min(number, MAX_COLLEGES))


def press(form: Form) -> bool:
    """Do what a button for rows asks; whether it was one."""
    pressed = form.value("do")
    if pressed == "more-colleges":
        _set(form, {"colleges": str(min(count_rows(form) + 1, MAX_COLLEGES))})
        return True
    number = pressed.removeprefix("remove-college-")
    if number != pressed and number in map(str, range(1, count_rows(form) + 1)):
        _remove(form, int(number))
        return True
    return False


def is_used(form: Form, number: int) -> bool:
    """Whether anything was typed into a row."""
    return any(form.value(f"college-{name}-{number}").strip() for name in _FIELDS)


def name_row(form: Form, number: int) -> str:
    """The college of a row, as other parts of the page call it."""
    typed = form.value(f"college-{current_language()}-{number}").strip()
    if typed:
        return _("College %(number)d: %(name)s", number=number, name=typed)
    return _("College %(number)d", number=number)


def read_rows(form: Form) -> list[CollegeRow]:
    """Every row that is not left empty; what is wrong stands at its field."""
    return [
        row
        for number in range(1, count_rows(form) + 1)
        if is_used(form, number) and (row := _read_row(form, number)) is not None
    ]


def fill_rows(charter: Charter) -> dict[str, str]:
    """The fields of colleges that were written before."""
    fields = {"colleges": str(len(charter.colleges)), "protected": "none"}
    for number, college in enumerate(charter.colleges, 1):
        cap = charter.cap(college.id)
        values = {
            "id": college.id,
            "en": college.names["en"],
            "cy": college.names["cy"],
            "share": write_part(college.share),
            "floor": str(charter.floors.get(college.id, "")),
            "seats": str(charter.council.get(college.id, "")),
            "ballots": "" if cap is None or cap.ballots is None else str(cap.ballots),
            "part": "" if cap is None or cap.part is None else write_part(cap.part),
        }
        fields |= {f"college-{name}-{number}": value for name, value in values.items()}
        if college.id == charter.protected:
            fields["protected"] = str(number)
    return fields


def labels() -> Mapping[str, str]:
    """The label of each field of a row."""
    return {
        "id": _("Short name"),
        "en": _("Name in English"),
        "cy": _("Name in Welsh"),
        "share": _("Share of the votes"),
        "floor": _("Fewest counted votes"),
        "seats": _("Reserved seats on the council"),
        "ballots": _("One vote weighs at most so many times a protected one"),
        "part": _("All its votes weigh at most this part"),
    }


def _read_row(form: Form, number: int) -> CollegeRow | None:
    before = len(form.errors)
    college = _read_college(form, number)
    floor = _read_number(form, number, "floor", MAX_FLOOR)
    seats = _read_number(form, number, "seats", MAX_COUNCIL)
    if college is None or len(form.errors) > before:
        return None
    cap = _read_cap(form, number, college.id)
    if len(form.errors) > before:
        return None
    return CollegeRow(number, college, floor, seats, cap)


def _read_college(form: Form, number: int) -> College | None:
    before = len(form.errors)
    college_id = form.value(f"college-id-{number}").strip()
    try:
        require_college_id(CollegeId(college_id))
    except VotingError:
        form.fail(
            f"college-id-{number}",
            _(
                "College %(number)d needs a short name of small letters a to z, for example "
                "employees. It may hold digits and hyphens after the first letter.",
                number=number,
            ),
        )
    names: dict[Language, str] = {
        language: form.line(
            f"college-{language}-{number}", most=MAX_LINE, missing=_missing_name(language, number)
        )
        for language in LANGUAGES
    }
    asked = _("College %(number)d, share of the votes", number=number)
    share = read_part(form, f"college-share-{number}", asked)
    if len(form.errors) == before and not 0 < share <= 1:
        form.fail(
            f"college-share-{number}",
            _("The share of college %(number)d must be above 0 and at most 100%%.", number=number),
        )
    return College(CollegeId(college_id), names, share) if len(form.errors) == before else None


def _read_number(form: Form, number: int, name: str, most: int) -> int:
    field = f"college-{name}-{number}"
    if not form.value(field).strip():
        return 0
    asked = _("College %(number)d: %(name)s.", number=number, name=labels()[name])
    return form.number(field, 1, most, asked=asked)


def _read_cap(form: Form, number: int, college: CollegeId) -> Cap | None:
    ballots, part = f"college-ballots-{number}", f"college-part-{number}"
    most = parse_times(form.value(ballots)) if form.value(ballots).strip() else None
    if form.value(ballots).strip() and not (most and 0 < most <= 1000):
        form.fail(
            ballots,
            _("College %(number)d: write a number such as 2 or 1.5, at most 1,000.", number=number),
        )
    asked = _("College %(number)d, all its votes together", number=number)
    whole = read_part(form, part, asked) if form.value(part).strip() else None
    if most is None and whole is None:
        return None
    try:
        return Cap(college, most, whole)
    except CapError:
        form.fail(
            part,
            _("College %(number)d: write a part above 0 and at most 50%%.", number=number),
        )
        return None


def _missing_name(language: Language, number: int) -> str:
    if language == "cy":
        return _("Write the name of college %(number)d in Welsh, too.", number=number)
    return _("Write the name of college %(number)d in English, too.", number=number)


def _of_row(number: int) -> Iterator[str]:
    """Every field that is about the college of a row."""
    for name in _FIELDS:
        yield f"college-{name}-{number}"
    for rule in RULES:
        yield f"{rule}-agree-{number}"
        yield f"{rule}-agree-share-{number}"


def _remove(form: Form, number: int) -> None:
    count = count_rows(form)
    moved = {
        field: form.value(source)
        for at in range(number, count)
        for field, source in zip(_of_row(at), _of_row(at + 1), strict=True)
    }
    emptied = dict.fromkeys(_of_row(count), "")
    chosen = form.value("protected")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 3:
        place = int(chosen)
        moved["protected"] = "" if place == number else str(place - (place > number))
    _set(form, {**moved, **emptied, "colleges": str(max(count - 1, 1))})


def _set(form: Form, changes: Mapping[str, str]) -> None:
    form.typed = {**form.typed, **changes}
