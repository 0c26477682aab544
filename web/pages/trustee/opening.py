"""A trustee opens: first a practice tally, after the vote the real one, with both proofs."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ballots.errors import BallotError
from web.access import declare
from web.actions.give_share import give_share
from web.actions.rehearse_opening import rehearse_opening
from web.errors import (
    ElectionNotDraftError,
    LogFrozenError,
    RehearsalFailedError,
    ShareGivenError,
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
    key_file,
    log_stopped,
    not_now,
)
from web.pages.trustee.uploads import MOST_LARGE, read_part, require_kind
from web.trustee_parts import Shares, UnreadablePartsError, read_shares
from web.views import TallyBox, TrusteePageView


@blueprint.route("/rehearse", methods=METHODS)
@declare("trustee")
def rehearse() -> ResponseReturnValue:
    """Open the practice tally, with the second copy of her key."""
    view, form = current_trustee(), sent_form()
    if not view.can_rehearse or view.rehearsal is None:
        return not_now()
    if request.method == "GET":
        return _show(view, form, "trustee/rehearse.html", (view.rehearsal,))
    shares, field = _read(form)
    if shares is None:
        return _show(view, form, "trustee/rehearse.html", (view.rehearsal,)), 422
    return _rehearse(view, view.rehearsal, form, field, shares)


def _rehearse(
    view: TrusteePageView, practice: TallyBox, form: Form, field: str, shares: Shares
) -> ResponseReturnValue:
    status = 422
    if shares.keys() != {practice.box}:
        form.fail(field, _wrong_boxes())
        return _show(view, form, "trustee/rehearse.html", (practice,)), status
    try:
        rehearse_opening(the_service(), view.id, *shares[practice.box])
    except (WrongStepError, ElectionNotDraftError):
        return not_now()
    except RehearsalFailedError:
        form.fail(
            field,
            _(
                "The practice tally came out with wrong numbers. The key is not right. Tell the "
                "returning officer: all trustees must make a new key."
            ),
        )
        status = 409
    except BallotError:
        form.fail(field, _wrong_share())
    else:
        return go_to_overview(
            _("You have rehearsed: your key opens. Keep both copies until the result is certified.")
        )
    return _show(view, form, "trustee/rehearse.html", (practice,)), status


@blueprint.route("/open", methods=METHODS)
@declare("trustee")
def open_() -> ResponseReturnValue:
    """Open the tally: give her share."""
    view, form = current_trustee(), sent_form()
    if view.has_shared:
        return go_to_overview(_("You have given your share already."))
    if not view.boxes or view.state != "closed":
        return go_to_overview(_("The tally is not waiting for your share now."))
    if request.method == "GET":
        return _show(view, form, "trustee/open.html", view.boxes)
    shares, field = _read(form)
    if shares is None:
        return _show(view, form, "trustee/open.html", view.boxes), 422
    return _give(view, form, field, shares)


def _give(view: TrusteePageView, form: Form, field: str, shares: Shares) -> ResponseReturnValue:
    status = 422
    try:
        taken = give_share(the_service(), view.id, shares)
    except ShareGivenError:
        return go_to_overview(_("You have given your share already."))
    except (TallyNotStartedError, WrongStepError):
        return go_to_overview(_("The tally is not waiting for your share now."))
    except LogFrozenError:
        form.fail(field, log_stopped())
        status = 503
    except WrongBoxesError:
        form.fail(field, _wrong_boxes())
    except BallotError:
        form.fail(field, _wrong_share())
    else:
        if taken.tallied:
            return go_to_overview(_("Your share is given. It was the last one: the tally is open."))
        return go_to_overview(
            _(
                "Your share is given. Shares so far: %(given)d of %(needed)d.",
                given=taken.given,
                needed=taken.needed,
            )
        )
    return _show(view, form, "trustee/open.html", view.boxes), status


def _wrong_boxes() -> str:
    return _("This share belongs to another vote, or some boxes are missing. Nothing was kept.")


def _wrong_share() -> str:
    return _("Your share is not right for this tally. Choose the file with your own key.")


def _read(form: Form) -> tuple[Shares | None, str]:
    """The shares that were sent, and the field where a fault is said; None where they are none."""
    raw, field = read_part(form, "shares", most=MOST_LARGE)
    field = "file" if field == "file" else "shares"
    if form.errors or (field == "file" and not require_kind(form, raw, field, "share")):
        return None, field
    try:
        return read_shares(raw), field
    except UnreadablePartsError:
        form.fail(field, _("Choose the file with your key, then press the button."))
        return None, field


def _show(view: TrusteePageView, form: Form, template: str, boxes: Sequence[TallyBox]) -> str:
    return render_template(
        template,
        form=form,
        view=view,
        file=key_file(view),
        base_url=the_service().settings.base_url,
        tally={
            "public_key": view.public_key,
            "sealed_key": view.sealed_key or None,
            "boxes": [
                {
                    "box": box.box,
                    "election": box.election,
                    "encrypted_tally": box.encrypted_tally,
                }
                for box in boxes
            ],
        },
    )
