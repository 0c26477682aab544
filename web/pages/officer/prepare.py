"""Preparing an election while it is a draft: its title, its rules, what it guarantees.

A page that was left open while somebody else announced changes nothing: it shows the
election as it is.
"""

import threading
from collections.abc import Callable

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from voting.elections import SMALL_BOX, SMALL_SHUFFLED_BOX
from voting.texts import MAX_LINE
from web.access import declare
from web.actions.write_election import create_election, set_rules, write_title
from web.errors import ElectionNotDraftError
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
from web.pages.officer.guarantee_words import SaidGuarantees, say_guarantees
from web.pages.officer.texts import _
from web.pages.words import local
from web.views import ElectionView, list_elections

# Both halves of a double click ask for a twin before either has made one.
_making = threading.Lock()


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
    with _making:
        uuid = _find_empty_twin(title) or create_election(the_service(), title)
    return go_to("officer.election", uuid=uuid)


def _find_empty_twin(title: dict[str, str]) -> str | None:
    """A draft of this title with nothing in it: what a second click would make again."""
    for view in list_elections(the_service()):
        is_empty = not (view.contests or view.calendar or view.trustees)
        if view.state == "draft" and is_empty and dict(view.title) == title:
            return view.uuid
    return None


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


@blueprint.route("/elections/<uuid>/rules", methods=["GET", "POST"])
@declare("officer")
def rules(uuid: str) -> ResponseReturnValue:
    """Say whether very small boxes may be opened."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)

    def show() -> str:
        return render_template(
            "officer/rules.html",
            form=form,
            uuid=uuid,
            shuffled=view.shuffled,
            small=SMALL_BOX,
            small_shuffled=SMALL_SHUFFLED_BOX,
        )

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


@blueprint.get("/elections/<uuid>/guarantee")
@declare("officer")
def guarantee(uuid: str) -> ResponseReturnValue:
    """What this election guarantees, in words and pictures."""
    view = find_election(uuid)
    return render_template(
        "officer/guarantee.html", uuid=uuid, title=local(view.title), said=say_all(view)
    )


def say_all(view: ElectionView) -> SaidGuarantees | None:
    """The guarantees of all questions in words; None while there is nothing to compute from."""
    charter = current_charter(view)
    if charter is None or not view.guarantee:
        return None
    members = {box.college: box.members for box in view.boxes}
    return say_guarantees(view.contests, view.guarantee, charter, members)
