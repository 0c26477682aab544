"""One question with options: how it is counted, what can be chosen, in its four texts."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from voting.contests import Contest, Motion
from voting.option_contests import MAX_TOP, METHODS, Method, OptionContest
from web.access import declare
from web.pages.officer.asked import Whom, has_reserved_seats, read_whom
from web.pages.officer.desk import (
    blueprint,
    current_charter,
    find_election,
    go_to,
    sent_form,
    tell_true_state,
)
from web.pages.officer.forms import Form
from web.pages.officer.method_words import MethodWords, can_weigh, say_method
from web.pages.officer.option_form import (
    GRADE_ROWS,
    Asked,
    fill_options,
    option_labels,
    read_options,
)
from web.pages.officer.questions import find_question, save_question, wrong_kind
from web.pages.officer.texts import _
from web.pages.officer.twins import missing_easy_read_words, question_twins
from web.views import ElectionView


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
    whom = read_whom(view, known)
    if whom is None:
        return go_to("officer.asked", uuid=uuid, contest=contest)
    offered = offered_methods(view, whom)
    if request.method == "POST":
        allowed = tuple(each.method for each in offered)
        chosen = form.choice("method", allowed, missing=_("Choose one of the ways."))
        if chosen:
            return go_to(
                "officer.options", uuid=uuid, contest=contest, method=chosen, **whom.in_address
            )
    elif known is not None:
        form = Form({"method": known.method})
    page = render_template(
        "officer/method.html",
        form=form,
        uuid=uuid,
        back=_back_of_method(view, known, contest),
        whom=whom,
        methods=offered,
    )
    return page, 422 if form.errors else 200


def _back_of_method(view: ElectionView, known: Contest | None, contest: str) -> str:
    if known is not None:
        return url_for("officer.options", uuid=view.uuid, contest=known.id)
    if has_reserved_seats(view):
        return url_for("officer.asked", uuid=view.uuid, contest=contest)
    return url_for("officer.questions", uuid=view.uuid)


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
    whom = read_whom(view, before)
    chosen = _read_method(view, before, whom) if whom else None
    if whom is None or chosen is None:
        # The first page at which something is missing asks for it.
        address = whom.in_address if whom else {"college": ""}
        return go_to("officer.method", uuid=uuid, contest=contest, **address)
    asked, twins = Asked.of(chosen, whom), question_twins()

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
            labels=option_labels(whom),
            whom=whom,
            can_change_whom=has_reserved_seats(view),
            method=say_method(chosen),
            new_field=new_field,
            texts=twins,
            missing_easy_read=missing_easy_read_words(
                before.missing_easy_read if before and request.method == "GET" else ()
            ),
        )

    if request.method == "GET":
        form = Form(fill_options(before, asked))
        return show()
    if asked.options.press(form) or (asked.grades and GRADE_ROWS.press(form)):
        return show()
    written = read_options(form, contest, chosen, whom, twins)
    return (show(), 422) if written is None else save_question(view, form, written)


def _read_method(view: ElectionView, known: OptionContest | None, whom: Whom) -> Method | None:
    """The method that the address names, else the one that was saved; None if it must be chosen."""
    asked = request.args.get("method", known.method if known else "")
    return next((each.method for each in offered_methods(view, whom) if each.method == asked), None)


def offered_methods(view: ElectionView, whom: Whom) -> list[MethodWords]:
    """The ways of counting that the charter can weigh, those for simple questions first."""
    charter = current_charter(view)
    return [
        say_method(method)
        for method in METHODS
        if whom.college is not None or charter is None or can_weigh(charter, method)
    ]
