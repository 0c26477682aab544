"""The trustees' page: who they are, how many are needed, and later how far they are."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.elections import MAX_TRUSTEES
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
from web.pages.officer.trustee_words import say_trustees
from web.views import ElectionView

# Three of whom two are enough: one lost key stops nothing, and one person opens nothing.
USUAL_TRUSTEES = 3
USUAL_NEEDED = 2


@blueprint.route("/elections/<uuid>/trustees", methods=["GET", "POST"])
@declare("officer")
def trustees(uuid: str) -> ResponseReturnValue:
    """Name the trustees; later, see how far they are."""
    view, form = find_election(uuid), sent_form()
    if request.method == "POST" and view.state != "draft":
        return tell_true_state(uuid)
    if request.method == "GET":
        form = Form(_fill(view))
    rows = _count_rows(form)

    def show() -> str:
        return render_template(
            "officer/trustees.html",
            form=form,
            uuid=uuid,
            rows=rows,
            most=MAX_TRUSTEES,
            trustees=say_trustees(view),
            count=len(view.trustees),
            needed=view.trustees_needed,
            needed_label=_needed_label(),
            may_change=view.state == "draft",
        )

    if request.method == "GET":
        return show()
    if form.value("do") == "more":
        rows = min(rows + 1, MAX_TRUSTEES)
        return show()
    people = _read_trustees(form, rows)
    needed = _read_needed(form, len(people))
    return save(uuid, form, show, lambda: appoint_trustees(the_service(), uuid, people, needed))


def _needed_label() -> str:
    return _("How many of them are needed to open the tally?")


def _fill(view: ElectionView) -> dict[str, str]:
    if not view.trustees:
        return {"rows": str(USUAL_TRUSTEES), "needed": str(USUAL_NEEDED)}
    names = {f"name-{trustee.number}": trustee.name for trustee in view.trustees}
    return {**names, "rows": str(len(view.trustees)), "needed": str(view.trustees_needed)}


def _count_rows(form: Form) -> int:
    typed = form.value("rows")
    # Read by its first digits: a number of thousands of them is not worth reading.
    rows = int(typed[:3]) if typed.isascii() and typed.isdigit() else LEAST_TRUSTEES
    return max(LEAST_TRUSTEES, min(rows, MAX_TRUSTEES))


def _read_needed(form: Form, count: int) -> int:
    needed = form.number("needed", LEAST_TRUSTEES, MAX_TRUSTEES, asked=_needed_label())
    if needed > count >= LEAST_TRUSTEES:
        form.fail(
            "needed",
            _(
                "You named %(count)d trustees, so at most %(count)d can be needed.",
                count=count,
            ),
        )
    return needed


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
