"""Preparing an election while it is a draft: title, motion, calendar, rules, trustees.

A page that was left open while somebody else announced changes nothing: it shows the
election as it is.
"""

from collections.abc import Callable

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from voting.errors import CalendarError
from voting.members import find_email_problem, find_name_problem
from voting.texts import MAX_LINE
from web.access import declare
from web.actions.appoint_trustees import appoint_trustees
from web.actions.write_election import create_election, set_calendar, set_rules, write_title
from web.errors import ElectionNotDraftError
from web.pages.officer.clock import (
    LocalTimeError,
    NoDateError,
    NoTimeError,
    TimeComesTwiceError,
    TimeNeverComesError,
    TypedTime,
    read_local,
    write_local,
)
from web.pages.officer.desk import (
    blueprint,
    current_charter,
    find_election,
    go_to,
    sent_form,
    tell_true_state,
    the_service,
)
from web.pages.officer.forms import Form
from web.pages.officer.guarantee_words import SaidGuarantee, say_guarantee
from web.pages.officer.texts import _
from web.pages.words import local
from web.views import ElectionView

LEAST_TRUSTEES = 2
MOST_TRUSTEES = 9


def save(
    uuid: str, form: Form, show: Callable[[], str], write: Callable[[], object]
) -> ResponseReturnValue:
    """Write what was typed, unless something in it is wrong or the draft is none any more."""
    if form.errors:
        return show(), 422
    try:
        write()
    except ElectionNotDraftError:
        return tell_true_state(uuid)
    flash(_("Saved."))
    return go_to("officer.election", uuid=uuid)


@blueprint.route("/elections/new", methods=["GET", "POST"])
@declare("officer")
def new_election() -> ResponseReturnValue:
    """Begin an election with its title."""
    form = sent_form()
    if request.method == "GET":
        return render_template("officer/new_election.html", form=Form(), uuid="")
    title = _read_title(form)
    if form.errors:
        return render_template("officer/new_election.html", form=form, uuid=""), 422
    return go_to("officer.election", uuid=create_election(the_service(), title))


@blueprint.route("/elections/<uuid>/title", methods=["GET", "POST"])
@declare("officer")
def title(uuid: str) -> ResponseReturnValue:
    """Change the title."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)

    def show() -> str:
        return render_template("officer/new_election.html", form=form, uuid=uuid)

    if request.method == "GET":
        form = Form({f"title-{language}": text for language, text in view.title.items()})
        return show()
    texts = _read_title(form)
    return save(uuid, form, show, lambda: write_title(the_service(), uuid, texts))


def _read_title(form: Form) -> dict[str, str]:
    return {
        "en": form.line("title-en", most=MAX_LINE, missing=_("Write the title in English.")),
        "cy": form.line("title-cy", most=MAX_LINE, missing=_("Write the title in Welsh.")),
    }


@blueprint.route("/elections/<uuid>/calendar", methods=["GET", "POST"])
@declare("officer")
def calendar(uuid: str) -> ResponseReturnValue:
    """Set when voting opens and closes, in local time."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)

    def show() -> str:
        return render_template("officer/calendar.html", form=form, uuid=uuid)

    if request.method == "GET":
        form = Form(_calendar_fields(view))
        return show()
    opens = _read_moment(form, "opens")
    closes = _read_moment(form, "closes")
    if closes is not None and closes <= the_service().clock():
        form.fail("closes-day", _("This time has passed. Voting must close in the future."))
    if opens is not None and closes is not None and closes <= opens:
        form.fail("closes-day", _("Voting must close later than it opens."))

    def write() -> None:
        assert opens is not None
        assert closes is not None
        set_calendar(the_service(), uuid, opens, closes)

    try:
        return save(uuid, form, show, write)
    except CalendarError:
        form.fail("closes-day", _("Voting must close later than it opens."))
        return show(), 422


def _calendar_fields(view: ElectionView) -> dict[str, str]:
    if view.calendar is None:
        return {}
    fields = {}
    for name, moment in (("opens", view.calendar.opens), ("closes", view.calendar.closes)):
        typed = write_local(moment, view.calendar.zone)
        for part in ("day", "month", "year", "time"):
            fields[f"{name}-{part}"] = getattr(typed, part)
    return fields


def _read_moment(form: Form, name: str) -> int | None:
    typed = TypedTime(*(form.value(f"{name}-{part}") for part in ("day", "month", "year", "time")))
    try:
        return read_local(typed)
    except LocalTimeError as error:
        form.fail(f"{name}-{error.part}", _time_words(error, name))
        return None


def _time_words(error: LocalTimeError, name: str) -> str:
    opens = name == "opens"
    if isinstance(error, NoDateError):
        if opens:
            return _("Write the day on which voting opens as day, month and year: 27 3 2027.")
        return _("Write the day on which voting closes as day, month and year: 27 3 2027.")
    if isinstance(error, NoTimeError):
        if opens:
            return _("Write the time at which voting opens like 09:00 or 9am.")
        return _("Write the time at which voting closes like 18:00 or 6pm.")
    if isinstance(error, TimeComesTwiceError):
        return _("The clocks go back that night, so this time comes twice. Choose another time.")
    assert isinstance(error, TimeNeverComesError)
    return _("The clocks go forward that night, so this time never comes. Choose another time.")


@blueprint.route("/elections/<uuid>/rules", methods=["GET", "POST"])
@declare("officer")
def rules(uuid: str) -> ResponseReturnValue:
    """Say whether very small boxes may be opened."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)

    def show() -> str:
        return render_template("officer/rules.html", form=form, uuid=uuid)

    if request.method == "GET":
        form = Form({"open_small_boxes": "yes" if view.rules.open_small_boxes else "no"})
        return show()
    chosen = form.choice("open_small_boxes", ("no", "yes"), missing=_("Choose Yes or No."))
    return save(
        uuid,
        form,
        show,
        lambda: set_rules(the_service(), uuid, open_small_boxes=chosen == "yes"),
    )


@blueprint.route("/elections/<uuid>/trustees", methods=["GET", "POST"])
@declare("officer")
def trustees(uuid: str) -> ResponseReturnValue:
    """Name the trustees; later, see how far they are."""
    view, form = find_election(uuid), sent_form()
    if request.method == "POST" and view.state != "draft":
        return tell_true_state(uuid)
    typed = form.value("rows")
    rows = min(int(typed), MOST_TRUSTEES) if typed.isascii() and typed.isdigit() else 0
    rows = max(rows, LEAST_TRUSTEES, len(view.trustees) if request.method == "GET" else 0)

    def show() -> str:
        return render_template(
            "officer/trustees.html",
            form=form,
            uuid=uuid,
            rows=rows,
            most=MOST_TRUSTEES,
            trustees=view.trustees,
            may_change=view.state == "draft",
        )

    if request.method == "GET":
        form = Form({f"name-{trustee.number}": trustee.name for trustee in view.trustees})
        return show()
    if form.value("do") == "more":
        rows = min(rows + 1, MOST_TRUSTEES)
        return show()
    people = _read_trustees(form, rows)
    return save(uuid, form, show, lambda: appoint_trustees(the_service(), uuid, people))


def _read_trustees(form: Form, rows: int) -> list[tuple[str, str]]:
    people: list[tuple[str, str]] = []
    for row in range(1, rows + 1):
        name = form.line(f"name-{row}", most=MAX_LINE, missing="")
        email = form.value(f"email-{row}").strip()
        if not name and not email:
            continue
        if find_name_problem(name):
            form.fail(f"name-{row}", _("Write the name of trustee %(number)d.", number=row))
        if find_email_problem(email):
            form.fail(
                f"email-{row}",
                _(
                    "Write the e-mail address of trustee %(number)d, like name@society.example.",
                    number=row,
                ),
            )
        elif email.lower() in (known.lower() for _name, known in people):
            form.fail(
                f"email-{row}", _("This address stands here twice. Each trustee has her own.")
            )
        people.append((name, email))
    if len(people) < LEAST_TRUSTEES:
        first_empty = next(
            (row for row in range(1, rows + 1) if not form.value(f"name-{row}").strip()), 1
        )
        form.fail(f"name-{first_empty}", _("Name at least two trustees."))
    return people


@blueprint.get("/elections/<uuid>/guarantee")
@declare("officer")
def guarantee(uuid: str) -> ResponseReturnValue:
    """What this election guarantees, in words and pictures."""
    view = find_election(uuid)
    return render_template(
        "officer/guarantee.html", uuid=uuid, title=local(view.title), statements=say_all(view)
    )


def say_all(view: ElectionView) -> list[SaidGuarantee]:
    """The guarantee of each contest in words; empty while there is nothing to compute from."""
    charter = current_charter(view)
    if charter is None:
        return []
    members = {box.college: box.members for box in view.boxes}
    return [say_guarantee(statement, charter, members) for statement in view.guarantee]
