"""Writing a charter of one's own: begun from the one in force, from another, or from nothing."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.charter.charter import MAX_COLLEGES
from voting.charter.motion_rules import RULES, STATUTORY
from voting.charter.schemes import SCHEMES
from web.access import declare
from web.pages.officer.charter import rows
from web.pages.officer.charter.carry import MOST_PACKED, charter_in_force, find_candidate, pack
from web.pages.officer.charter.choose import too_long
from web.pages.officer.charter.forms import fill_form, read_charter_form, start_form
from web.pages.officer.charter.names import rule_name, scheme_name
from web.pages.officer.desk import blueprint, go_to, sent_form
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.officer.words import scheme_words


@blueprint.route("/charter/write", methods=["GET", "POST"])
@declare("officer")
def charter_write() -> ResponseReturnValue:
    """The form; every refusal stands at its field, and nothing that was typed is lost."""
    if request.method == "GET":
        return _show(_begin())
    form = sent_form()
    if rows.press(form):
        return _show(form)
    charter = read_charter_form(form, charter_in_force().name)
    packed = "" if charter is None else pack(charter)
    if len(packed) > MOST_PACKED:
        form.fail("college-en-1", too_long())
    if form.errors:
        return _show(form), 422
    return go_to("officer.charter_look", c=packed)


def _begin() -> Form:
    if "c" in request.args or "preset" in request.args:
        return fill_form(find_candidate())
    return start_form() if "new" in request.args else fill_form(charter_in_force())


def _show(form: Form) -> str:
    count = rows.count_rows(form)
    names = {number: rows.name_row(form, number) for number in range(1, count + 1)}
    return render_template(
        "officer/charter/write.html",
        form=form,
        count=count,
        most=MAX_COLLEGES,
        labels=rows.labels(),
        row_names=names,
        protected=[
            ("none", _("No college"), ""),
            *((str(number), name, "") for number, name in names.items()),
        ],
        schemes=[(each, scheme_name(each), scheme_words(each)) for each in SCHEMES],
        rules=[(rule, rule_name(rule), rule in STATUTORY) for rule in RULES],
    )
