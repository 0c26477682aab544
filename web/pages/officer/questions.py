"""The questions of a draft: what stands on the ballot, one line for each.

A question is added at the first free number. The number stands in the address of its
page, so that a second click writes the same question again and not a twin of it.
"""

from dataclasses import dataclass, replace

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from voting.charter.charter import Charter
from voting.contests import Contest, Motion
from voting.errors import LimitError, VotingError
from voting.manifest import MAX_CONTESTS
from voting.texts import require_contest_id
from web.access import declare
from web.actions.write_contests import remove_contest, write_contest
from web.error_messages import message_for
from web.errors import ElectionNotDraftError, UnknownContestError
from web.pages.officer.charter.names import rule_name
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
from web.pages.officer.method_words import say_method
from web.pages.officer.texts import _, ngettext
from web.pages.officer.twins import missing_easy_read_words
from web.pages.officer.words import college_name
from web.pages.problems import Problem
from web.pages.translations import current_language
from web.pages.words import local
from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question in the list."""

    id: str
    title: str
    kind: str
    facts: tuple[str, ...]
    endpoint: str


@blueprint.get("/elections/<uuid>/questions")
@declare("officer")
def questions(uuid: str) -> ResponseReturnValue:
    """What members are asked."""
    view = find_election(uuid)
    if view.state != "draft":
        return tell_true_state(uuid)
    charter = current_charter(view)
    return render_template(
        "officer/questions.html",
        uuid=uuid,
        questions=[_line(contest, charter) for contest in view.contests],
        has_council=bool(charter and charter.council),
        most=MAX_CONTESTS,
        free=free_number(view) if len(view.contests) < MAX_CONTESTS else "",
    )


@blueprint.route("/elections/<uuid>/questions/<contest>/remove", methods=["GET", "POST"])
@declare("officer")
def remove_question(uuid: str, contest: str) -> ResponseReturnValue:
    """Take a question out, with all its texts."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)
    known = find_question(view, contest)
    if known is None:
        # A second click, or an old page: there is nothing left to remove.
        return go_to("officer.questions", uuid=uuid)
    if request.method == "GET":
        return render_template(
            "officer/remove_question.html",
            form=form,
            uuid=uuid,
            question=_line(known, current_charter(view)),
        )
    try:
        remove_contest(the_service(), uuid, contest)
    except UnknownContestError:
        pass  # the other half of a double click was quicker
    except ElectionNotDraftError:
        return tell_true_state(uuid)
    flash(_("The question is removed."))
    return go_to("officer.questions", uuid=uuid)


def find_question(view: ElectionView, contest: str) -> Contest | None:
    """The question of this number; None where one may be written.

    Raises:
        Problem: there can be none of this number.
    """
    for known in view.contests:
        if known.id == contest:
            return known
    try:
        require_contest_id(contest)
    except VotingError:
        raise Problem("not-found", 404) from None
    return None


def free_number(view: ElectionView) -> str:
    """The first number that no question has."""
    taken = {contest.id for contest in view.contests}
    return next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)


def wrong_kind(uuid: str, contest: str) -> ResponseReturnValue:
    """A motion was asked for where there is a question with options, or the other way."""
    view = find_election(uuid)
    known = find_question(view, contest)
    endpoint = "officer.motion" if isinstance(known, Motion) else "officer.options"
    return go_to(endpoint, uuid=uuid, contest=contest)


def save_question(view: ElectionView, form: Form, contest: Contest) -> ResponseReturnValue:
    """Write a question, and go back to the list.

    Args:
        view: the election as this request found it.
        form: says whether its page was that of a new question.
        contest: the question.
    """
    known = find_question(view, contest.id)
    if form.value("new") == "yes" and known is not None and known != contest:
        # Another page took this number meanwhile: nobody's question is written over.
        contest = replace(contest, id=free_number(view))
    try:
        write_contest(the_service(), view.uuid, contest)
    except ElectionNotDraftError:
        return tell_true_state(view.uuid)
    except LimitError:
        flash(_("There are too many questions. This one was not saved."))
        return go_to("officer.questions", uuid=view.uuid)
    except VotingError as error:
        # Another charter was adopted while this page was open.
        row = message_for(error)
        flash(row.cy if current_language() == "cy" else row.en)
        return go_to("officer.questions", uuid=view.uuid)
    flash(_("Saved."))
    return go_to("officer.questions", uuid=view.uuid)


def _line(contest: Contest, charter: Charter | None) -> QuestionLine:
    title = local(contest.texts)["standard"].title
    missing = missing_easy_read_words(contest.missing_easy_read)
    if isinstance(contest, Motion):
        kind = rule_name(contest.rule)
        return QuestionLine(
            contest.id, title, kind, (missing,) if missing else (), "officer.motion"
        )
    facts = [
        ngettext("%(num)d option", "%(num)d options", len(contest.options)),
        ngettext("%(num)d wins", "%(num)d win", contest.seats),
    ]
    if contest.college is not None:
        name = college_name(charter, contest.college)
        facts.append(_("Only “%(college)s” is asked", college=name))
    if missing:
        facts.append(missing)
    return QuestionLine(
        contest.id, title, say_method(contest.method).name, tuple(facts), "officer.options"
    )
