"""The roll's pages: what it is now, a file checked, the difference first, then the import."""

import base64
import binascii

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue

from voting.charter.charter import Charter
from voting.roll import RollError
from voting.roll_csv import ASSOCIATE, COLUMNS
from web.access import declare
from web.actions.import_roll import RollPreview, import_roll, preview_roll
from web.errors import StalePreviewError
from web.pages.officer.dashboard import college_rows
from web.pages.officer.desk import blueprint, go_to, the_service
from web.pages.officer.forms import Form
from web.pages.officer.roll_words import say_change, say_member, say_problems
from web.pages.officer.texts import _, ngettext
from web.pages.problems import Problem
from web.views import organisation

# What a form field may carry once it is written in base 64 (a confirmation sends it back).
MOST_FILE = 2 * 1024 * 1024


@blueprint.get("/roll")
@declare("officer")
def roll() -> ResponseReturnValue:
    """The roll of now, and where to upload a new one."""
    return _show_roll(Form())


@blueprint.post("/roll")
@declare("officer")
def check_roll() -> ResponseReturnValue:
    """Read a file and show every fault in it, or what it would change."""
    form, file = Form(), request.files.get("csv")
    raw = file.stream.read(MOST_FILE + 1) if file else b""
    if not raw:
        form.fail("csv", _("Choose a file that is not empty."))
    elif len(raw) > MOST_FILE:
        form.fail("csv", _("This file is too large for this page. Ask whoever runs the service."))
    if form.errors:
        return _show_roll(form), 422
    return _show_changes(raw)


@blueprint.post("/roll/confirm")
@declare("officer")
def confirm_roll() -> ResponseReturnValue:
    """Import exactly what was shown, or show the difference again if it has moved."""
    try:
        raw = base64.b64decode(request.form.get("file", ""), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not raw:
        return go_to("officer.roll")
    try:
        changes = import_roll(the_service(), raw, request.form.get("digest", ""))
    except StalePreviewError:
        flash(_("The roll has changed since you looked. Nothing was imported. Look again."))
        return _show_changes(raw)
    except RollError as error:
        return _show_problems(error)
    number = len(changes.added) + len(changes.removed) + len(changes.changed)
    flash(
        ngettext(
            "The roll was imported: %(num)d member added, removed or changed.",
            "The roll was imported: %(num)d members added, removed or changed.",
            number,
        )
    )
    return go_to("officer.roll")


@blueprint.get("/roll/confirm")
@declare("officer")
def look_again() -> ResponseReturnValue:
    """The other language, or a reload, of a page that only a form leads to."""
    return go_to("officer.roll")


@blueprint.get("/roll/example.csv")
@declare("officer")
def example_roll() -> ResponseReturnValue:
    """A file with this co-op's own columns and colleges, and made-up people."""
    rows = [",".join(COLUMNS)]
    colleges = [*(college.id for college in _charter().colleges), ASSOCIATE]
    for place, college in enumerate(colleges, start=1):
        language = "cy" if place % 2 == 0 else "en"
        reading = "easy-read" if place == 1 else "standard"
        rows.append(
            f"{place},Example Member {place},member{place}@society.example,"
            f"{college},{language},{reading}"
        )
    return Response(
        "\r\n".join(rows) + "\r\n",
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="example-roll.csv"'},
    )


def _charter() -> Charter:
    charter = organisation(the_service()).charter
    if charter is None:
        raise Problem("not-found", 404)
    return charter


def _show_roll(form: Form) -> str:
    view, charter = organisation(the_service()), _charter()
    rows = college_rows(view, charter)
    return render_template(
        "officer/roll.html",
        form=form,
        associates=view.associates,
        members=rows if view.roll_version else [],
        colleges=rows,
    )


def _show_problems(error: RollError) -> ResponseReturnValue:
    form, charter = Form(), _charter()
    form.fail("problems", _("The file has problems. Nothing was imported."))
    page = render_template(
        "officer/roll_problems.html",
        form=form,
        problems=say_problems(error.problems, charter),
        colleges=college_rows(organisation(the_service()), charter),
    )
    return page, 422


def _show_changes(raw: bytes) -> ResponseReturnValue:
    try:
        preview = preview_roll(the_service(), raw)
    except RollError as error:
        return _show_problems(error)
    return _render_changes(preview, raw)


def _render_changes(preview: RollPreview, raw: bytes) -> str:
    charter, changes = _charter(), preview.changes
    return render_template(
        "officer/roll_changes.html",
        changes=bool(changes.added or changes.removed or changes.changed),
        total=len(preview.roll.members),
        added=[say_member(member, charter) for member in changes.added],
        removed=[say_member(member, charter) for member in changes.removed],
        changed=[say_change(old, new, charter) for old, new in changes.changed],
        packed=base64.b64encode(raw).decode("ascii"),
        digest=preview.digest,
    )
