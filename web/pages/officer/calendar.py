"""The calendar's page: when voting opens and closes, in local time."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.errors import CalendarError
from web.access import declare
from web.actions.write_election import set_calendar
from web.local_time import (
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
    find_election,
    sent_form,
    tell_true_state,
    the_service,
)
from web.pages.officer.forms import Form
from web.pages.officer.prepare import save
from web.pages.officer.texts import _
from web.views import ElectionView


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
        typed = write_local(moment)  # in the zone in which it will be read again
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
