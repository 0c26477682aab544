"""The trustees' page: who they are, and later how far they are."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.members import find_email_problem, find_name_problem
from voting.texts import MAX_LINE
from web.access import declare
from web.actions.appoint_trustees import LEAST_TRUSTEES, appoint_trustees
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

MOST_TRUSTEES = 9


@blueprint.route("/elections/<uuid>/trustees", methods=["GET", "POST"])
@declare("officer")
def trustees(uuid: str) -> ResponseReturnValue:
    """Name the trustees; later, see how far they are."""
    view, form = find_election(uuid), sent_form()
    if request.method == "POST" and view.state != "draft":
        return tell_true_state(uuid)
    typed = form.value("rows")
    # Read by its first digits: a number of thousands of them is not worth reading.
    rows = min(int(typed[:3]), MOST_TRUSTEES) if typed.isascii() and typed.isdigit() else 0
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
