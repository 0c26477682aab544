"""The form of a question with options: what a way of counting asks for, read and filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voting.members import Language
from voting.option_contests import (
    FORMS,
    MAX_GRADES,
    MAX_OPTIONS,
    MAX_SHUFFLED_OPTIONS,
    MAX_TOP,
    MIN_GRADES,
    MIN_OPTIONS,
    ONE_SEAT,
    SHUFFLED,
    Method,
    Option,
    OptionContest,
)
from web.pages.officer.asked import EVERYBODY, Whom
from web.pages.officer.forms import Form
from web.pages.officer.option_rows import Rows
from web.pages.officer.texts import _
from web.pages.officer.twins import TextFields, fill_twins, read_twins

# What a page for grades begins with; the officer may write others.
GRADES: Final[tuple[Mapping[Language, str], ...]] = (
    {"en": "Excellent", "cy": "Ardderchog"},
    {"en": "Good", "cy": "Da"},
    {"en": "Acceptable", "cy": "Derbyniol"},
    {"en": "Poor", "cy": "Gwael"},
    {"en": "Reject", "cy": "Gwrthod"},
)
GRADE_ROWS = Rows("grade", MIN_GRADES, MAX_GRADES, start=len(GRADES))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which numbers a method asks for, and its rows."""

    seats: bool
    most: bool
    top: bool
    grades: bool
    options: Rows

    @classmethod
    def of(cls, method: Method, whom: Whom = EVERYBODY) -> "Asked":
        """What is asked for a way of counting, of these members."""
        form = FORMS[method]
        # A reserved seat with one candidate has no contest: she is elected.
        least = MIN_OPTIONS if whom.college is None else 1
        most_options = MAX_SHUFFLED_OPTIONS if form in SHUFFLED else MAX_OPTIONS
        return cls(
            seats=method not in ONE_SEAT,
            most=form == "several",
            top=form == "scored",
            grades=form == "graded",
            options=Rows("option", least, most_options, start=3),
        )


def fill_options(known: OptionContest | None, asked: Asked) -> dict[str, str]:
    """The fields of a question that was written before, or of a new one."""
    if known is None:
        return GRADE_ROWS.fill(GRADES) if asked.grades else {}
    fields = {
        **fill_twins(known),
        **asked.options.fill([option.names for option in known.options]),
        **GRADE_ROWS.fill(known.grades or GRADES),
        "seats": str(known.seats),
    }
    if known.most is not None:
        fields["most"] = str(known.most)
    if known.top is not None:
        fields["top"] = str(known.top)
    return fields


def read_options(
    form: Form, contest: str, method: Method, whom: Whom, twins: Sequence[TextFields]
) -> OptionContest | None:
    """The question as it was typed; None where something in it is wrong."""
    asked = Asked.of(method, whom)
    texts = read_twins(form, twins)
    names = asked.options.read(form)
    seats = _read_seats(form, len(names), whom) if asked.seats else 1
    most = _read_most(form, len(names)) if asked.most else None
    top = form.number("top", 1, MAX_TOP, asked=option_labels()["top"]) if asked.top else None
    grades = GRADE_ROWS.read(form) if asked.grades else []
    if form.errors:
        return None
    return OptionContest(
        id=contest,
        method=method,
        college=whom.college,
        seats=seats,
        options=tuple(Option(each) for each in names),
        texts=texts,
        most=most,
        top=top,
        grades=tuple(grades),
    )


def _read_seats(form: Form, options: int, whom: Whom) -> int:
    if whom.college is not None:
        return form.number("seats", 1, whom.seats, asked=option_labels(whom)["seats"])
    seats = form.number("seats", 1, MAX_OPTIONS - 1, asked=option_labels(whom)["seats"])
    if seats >= options >= MIN_OPTIONS:
        form.fail("seats", _("There must be more options than can win."))
    return seats


def _read_most(form: Form, options: int) -> int:
    return form.number("most", 1, max(options, 1), asked=option_labels()["most"])


def option_labels(whom: Whom = EVERYBODY) -> dict[str, str]:
    """The questions at the fields for numbers."""
    return {
        "seats": _("How many of the options win?")
        if whom.college is None
        else _("How many seats are filled now?"),
        "most": _("How many options may a member tick, at the most?"),
        "top": _("What is the highest number of points?"),
    }
