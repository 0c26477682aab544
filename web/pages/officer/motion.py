"""One motion of an election, in its four texts."""

from typing import cast

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.contests import Motion, Rule
from web.access import declare
from web.pages.officer.charter.names import rule_name
from web.pages.officer.charter.words import rules_of, say_needs
from web.pages.officer.desk import (
    blueprint,
    current_charter,
    find_election,
    sent_form,
    tell_true_state,
)
from web.pages.officer.forms import Form
from web.pages.officer.questions import find_question, save_question, wrong_kind
from web.pages.officer.texts import _
from web.pages.officer.twins import fill_twins, missing_easy_read_words, motion_twins, read_twins
from web.views import ElectionView


@blueprint.route("/elections/<uuid>/questions/<contest>/motion", methods=["GET", "POST"])
@declare("officer")
def motion(uuid: str, contest: str) -> ResponseReturnValue:
    """Write a motion."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)
    known, twins = find_question(view, contest), motion_twins()
    if request.method == "GET" and known is not None:
        if not isinstance(known, Motion):
            return wrong_kind(uuid, contest)
        form = Form({"rule": known.rule, **fill_twins(known)})

    def show() -> str:
        return render_template(
            "officer/motion.html",
            form=form,
            uuid=uuid,
            is_new=known is None,
            rules=_rules(view),
            texts=twins,
            missing_easy_read=missing_easy_read_words(
                known.missing_easy_read if known and request.method == "GET" else ()
            ),
        )

    if request.method == "GET":
        return show()
    allowed = tuple(value for value, _name, _needs in _rules(view))
    rule = form.choice("rule", allowed, missing=_("Choose how large a majority the motion needs."))
    texts = read_twins(form, twins)
    if form.errors:
        return show(), 422
    return save_question(view, form, Motion(contest, cast("Rule", rule), texts))


def _rules(view: ElectionView) -> list[tuple[str, str, str]]:
    charter = current_charter(view)
    if charter is None:
        return []
    return [
        (rule, rule_name(rule), " ".join(say_needs(charter, rule))) for rule in rules_of(charter)
    ]
