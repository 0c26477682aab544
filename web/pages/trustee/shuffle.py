"""A trustee shuffles the votes that cannot be added up, so that none can be told from another."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ballots.errors import BallotError
from web.access import declare
from web.actions.give_shuffle import give_shuffle
from web.errors import (
    LogFrozenError,
    ShuffleGivenError,
    StaleShuffleError,
    TallyNotStartedError,
    WrongBoxesError,
    WrongStepError,
)
from web.pages.officer.desk import sent_form
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.public.blueprint import the_service
from web.pages.trustee.place import (
    METHODS,
    blueprint,
    current_trustee,
    go_to_overview,
    log_stopped,
    not_now,
)
from web.pages.trustee.uploads import MOST_LARGE, read_part, require_kind
from web.trustee_parts import UnreadablePartsError, read_shuffles
from web.views import TrusteePageView


@blueprint.route("/shuffle", methods=METHODS)
@declare("trustee")
def shuffle() -> ResponseReturnValue:
    """Shuffle every box."""
    view, form = current_trustee(), sent_form()
    if view.has_shuffled:
        return go_to_overview(_("You have shuffled the votes already."))
    if not view.to_shuffle:
        return not_now()
    if request.method == "GET":
        return _show(view, form)
    raw, field = read_part(form, "shuffles", most=MOST_LARGE)
    field = "file" if field == "file" else "shuffles"
    if form.errors or (field == "file" and not require_kind(form, raw, field, "shuffle")):
        return _show(view, form), 422
    try:
        shuffles = read_shuffles(raw)
    except UnreadablePartsError:
        form.fail(field, _("Press “Shuffle the votes” and wait until it is done."))
        return _show(view, form), 422
    return _give(view, form, field, shuffles)


def _give(
    view: TrusteePageView, form: Form, field: str, shuffles: dict[str, bytes]
) -> ResponseReturnValue:
    status = 422
    try:
        taken = give_shuffle(the_service(), view.id, shuffles)
    except ShuffleGivenError:
        return go_to_overview(_("You have shuffled the votes already."))
    except (TallyNotStartedError, WrongStepError):
        return not_now()
    except StaleShuffleError:
        view = current_trustee()
        if not view.to_shuffle:
            return not_now()
        form.fail(
            field,
            _("Another trustee has shuffled meanwhile. Nothing is lost: please shuffle once more."),
        )
        status = 409
    except LogFrozenError:
        form.fail(field, log_stopped())
        status = 503
    except WrongBoxesError:
        form.fail(field, _("This shuffle belongs to another vote, or some boxes are missing."))
    except BallotError:
        form.fail(field, _("This shuffle is not right for these votes. Nothing was kept."))
    else:
        if taken.given >= taken.needed:
            return go_to_overview(
                _("The votes are shuffled: yours was the last shuffle needed. Now open the tally.")
            )
        return go_to_overview(
            _(
                "Your shuffle is given. Shuffles so far: %(given)d of %(needed)d.",
                given=taken.given,
                needed=taken.needed,
            )
        )
    return _show(view, form), status


def _show(view: TrusteePageView, form: Form) -> str:
    return render_template(
        "trustee/shuffle.html",
        form=form,
        view=view,
        base_url=the_service().settings.base_url,
        tally={
            "boxes": [
                {
                    "box": box.box,
                    "election": box.election,
                    "encrypted_tally": box.encrypted_tally,
                }
                for box in view.to_shuffle
            ],
        },
    )
