"""Adopting a charter: what follows, a public reason, then into the public log."""

from typing import Final

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from web.access import declare
from web.actions.adopt_charter import adopt_charter, preview_charter
from web.actions.steps import REASON_LIMIT
from web.errors import (
    CollegesInUseError,
    DraftsInTheWayError,
    LogFrozenError,
    SameCharterError,
    StalePreviewError,
)
from web.pages.officer.act import for_good
from web.pages.officer.charter.carry import find_candidate, pack
from web.pages.officer.charter.show import say_obstacles
from web.pages.officer.charter.words import say_changes
from web.pages.officer.desk import blueprint, current_officer, go_to, sent_form, the_service
from web.pages.officer.forms import Form
from web.pages.officer.texts import _

# The charter, the roll or a draft was changed between the page and the click.
_STALE: Final = (StalePreviewError, CollegesInUseError, DraftsInTheWayError, SameCharterError)


@blueprint.route("/charter/adopt", methods=["GET", "POST"])
@declare("officer")
def charter_adopt() -> ResponseReturnValue:
    """Make this charter the one in force."""
    candidate, form = find_candidate(), sent_form()
    preview = preview_charter(the_service(), candidate)

    def show() -> str:
        return render_template(
            "officer/charter/adopt.html",
            form=form,
            changes=say_changes(preview.current, candidate),
            obstacles=say_obstacles(preview),
            packed=pack(candidate),
            seen=preview.seen,
            confirm=for_good(),
        )

    if request.method == "GET":
        return show()
    if not preview.changes:  # a second click, or the other half of a double one
        return go_to("officer.charter")
    reason = _read(form)
    if form.errors:
        return show(), 422
    try:
        adopt_charter(
            the_service(),
            candidate,
            reason,
            seen=form.value("seen"),
            officer_id=current_officer(),
        )
    except _STALE:
        flash(_("Something has changed since you looked. Nothing was changed now. Look again."))
        return go_to("officer.charter_look", c=pack(candidate))
    except LogFrozenError:
        sentence = _(
            "The public log has stopped, so nothing was done. Call whoever runs the service."
        )
        form.fail("reason", sentence)
        return show(), 503
    flash(_("The charter is adopted."))
    return go_to("officer.charter")


def _read(form: Form) -> str:
    reason = form.paragraphs("reason", most=REASON_LIMIT, missing=_("Write your reason."))
    if form.value("confirm") != "yes":
        form.fail("confirm", _("Tick the box to say that you want this."))
    return reason
