"""One question with options: how it is counted, what can be chosen, in its four texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from voting.contests import Contest, Motion
from voting.members import Language
from voting.option_contests import (
    FORMS,
    MAX_GRADES,
    MAX_OPTIONS,
    MAX_SHUFFLED_OPTIONS,
    MAX_TOP,
    METHODS,
    MIN_GRADES,
    MIN_OPTIONS,
    ONE_SEAT,
    SHUFFLED,
    Method,
    Option,
    OptionContest,
)
from web.access import declare
from web.pages.officer.desk import (
    blueprint,
    current_charter,
    find_election,
    go_to,
    sent_form,
    tell_true_state,
)
from web.pages.officer.forms import Form
from web.pages.officer.method_words import say_method, say_methods
from web.pages.officer.option_rows import Rows
from web.pages.officer.questions import find_question, save_question, wrong_kind
from web.pages.officer.texts import _
from web.pages.officer.twins import (
    TextFields,
    fill_twins,
    missing_easy_read_words,
    question_twins,
    read_twins,
)
from web.views import ElectionView

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
    def of(cls, method: Method) -> "Asked":
        """What is asked for a way of counting."""
        form = FORMS[method]
        most_options = MAX_SHUFFLED_OPTIONS if form in SHUFFLED else MAX_OPTIONS
        return cls(
            seats=method not in ONE_SEAT,
            most=form == "several",
            top=form == "scored",
            grades=form == "graded",
            options=Rows("option", MIN_OPTIONS, most_options, start=3),
        )


@blueprint.route("/elections/<uuid>/questions/<contest>/method", methods=["GET", "POST"])
@declare("officer")
def method(uuid: str, contest: str) -> ResponseReturnValue:
    """Choose how a question is answered and counted."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)
    known = find_question(view, contest)
    if isinstance(known, Motion):
        return wrong_kind(uuid, contest)
    offered = say_methods(several_colleges=_has_several_colleges(view))
    if request.method == "POST":
        allowed = tuple(each.method for each in offered)
        chosen = form.choice("method", allowed, missing=_("Choose one of the ways."))
        if chosen:
            return go_to("officer.options", uuid=uuid, contest=contest, method=chosen)
    elif known is not None:
        form = Form({"method": known.method})
    page = render_template(
        "officer/method.html",
        form=form,
        uuid=uuid,
        back=_back_of_method(uuid, known),
        methods=offered,
    )
    return page, 422 if form.errors else 200


def _back_of_method(uuid: str, known: Contest | None) -> str:
    if known is None:
        return url_for("officer.questions", uuid=uuid)
    return url_for("officer.options", uuid=uuid, contest=known.id)


def _has_several_colleges(view: ElectionView) -> bool:
    charter = current_charter(view)
    return charter is not None and len(charter.colleges) > 1


@blueprint.route("/elections/<uuid>/questions/<contest>/options", methods=["GET", "POST"])
@declare("officer")
def options(uuid: str, contest: str) -> ResponseReturnValue:
    """Write a question with options."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)
    known = find_question(view, contest)
    if isinstance(known, Motion) and request.method == "GET":
        return wrong_kind(uuid, contest)
    before = known if isinstance(known, OptionContest) else None
    chosen = _read_method(view, before)
    if chosen is None:
        return go_to("officer.method", uuid=uuid, contest=contest)
    asked, twins = Asked.of(chosen), question_twins()

    def show(new_field: str = "") -> str:
        return render_template(
            "officer/options.html",
            form=form,
            uuid=uuid,
            contest=contest,
            is_new=before is None,
            asked=asked,
            count={"option": asked.options.count(form), "grade": GRADE_ROWS.count(form)},
            most={"option": asked.options.most, "grade": GRADE_ROWS.most},
            most_top=MAX_TOP,
            labels=_labels(),
            method=say_method(chosen),
            new_field=new_field,
            texts=twins,
            missing_easy_read=missing_easy_read_words(
                before.missing_easy_read if before and request.method == "GET" else ()
            ),
        )

    if request.method == "GET":
        form = Form(_fill(before, asked))
        return show()
    if asked.options.press(form) or (asked.grades and GRADE_ROWS.press(form)):
        return show()
    written = _read(form, contest, chosen, twins)
    return (show(), 422) if written is None else save_question(view, form, written)


def _read_method(view: ElectionView, known: OptionContest | None) -> Method | None:
    """The method that the address names, else the one that was saved; None if it must be chosen."""
    asked = request.args.get("method", known.method if known else "")
    if asked == "stv-scottish" and _has_several_colleges(view):
        return None
    return next((each for each in METHODS if each == asked), None)


def _fill(known: OptionContest | None, asked: Asked) -> dict[str, str]:
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


def _read(
    form: Form, contest: str, method: Method, twins: Sequence[TextFields]
) -> OptionContest | None:
    """The question as it was typed; None where something in it is wrong."""
    asked = Asked.of(method)
    texts = read_twins(form, twins)
    names = asked.options.read(form)
    seats = _read_seats(form, len(names)) if asked.seats else 1
    most = _read_most(form, len(names)) if asked.most else None
    top = form.number("top", 1, MAX_TOP, asked=_labels()["top"]) if asked.top else None
    grades = GRADE_ROWS.read(form) if asked.grades else []
    if form.errors:
        return None
    return OptionContest(
        id=contest,
        method=method,
        seats=seats,
        options=tuple(Option(each) for each in names),
        texts=texts,
        most=most,
        top=top,
        grades=tuple(grades),
    )


def _read_seats(form: Form, options: int) -> int:
    seats = form.number("seats", 1, MAX_OPTIONS - 1, asked=_labels()["seats"])
    if seats >= options >= MIN_OPTIONS:
        form.fail("seats", _("There must be more options than can win."))
    return seats


def _read_most(form: Form, options: int) -> int:
    return form.number("most", 1, max(options, 1), asked=_labels()["most"])


def _labels() -> dict[str, str]:
    """The questions at the fields for numbers."""
    return {
        "seats": _("How many of the options win?"),
        "most": _("How many options may a member tick, at the most?"),
        "top": _("What is the highest number of points?"),
    }
