"""A trustee gives her share of the tally: every box, with both proofs, from her own key file."""

import json
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ballots.errors import BallotError
from web.access import declare
from web.actions.give_share import give_share
from web.errors import LogFrozenError, ShareGivenError, TallyNotStartedError, WrongBoxesError
from web.pages.officer.desk import sent_form
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.public.blueprint import the_service
from web.pages.trustee.place import blueprint, current_trustee, go_to_overview, key_file
from web.views import TrusteePageView


class UnreadableSharesError(Exception):
    """What was sent is not a share for each box."""


@blueprint.route("/open", methods=["GET", "POST"])
@declare("trustee")
def open_() -> ResponseReturnValue:
    """Open the tally: give her share."""
    view, form = current_trustee(), sent_form()
    if view.has_shared:
        return go_to_overview(_("You have given your share already."))
    if not view.boxes or view.public_key is None or view.state != "closed":
        return go_to_overview(_("The tally is not waiting for your share now."))
    if request.method == "GET":
        return _show(view, form)
    try:
        shares = read_shares(form.value("shares"))
    except UnreadableSharesError:
        form.fail("shares", _("Choose the file with your key, then press “Give my share”."))
        return _show(view, form), 422
    return _give(view, form, shares)


def _give(
    view: TrusteePageView, form: Form, shares: dict[str, tuple[bytes, bytes]]
) -> ResponseReturnValue:
    try:
        taken = give_share(the_service(), view.id, shares)
    except ShareGivenError:
        return go_to_overview(_("You have given your share already."))
    except TallyNotStartedError:
        return go_to_overview(_("The tally is not waiting for your share now."))
    except LogFrozenError:
        form.fail(
            "shares",
            _("The public log has stopped, so nothing was done. Call whoever runs the service."),
        )
        return _show(view, form), 503
    except (BallotError, WrongBoxesError):
        form.fail(
            "shares",
            _("Your share is not right for this tally. Choose the file with your own key."),
        )
        return _show(view, form), 422
    if taken.tallied:
        return go_to_overview(_("Your share is given. It was the last one: the tally is open."))
    return go_to_overview(
        _(
            "Your share is given. %(given)d of %(needed)d trustees have given theirs.",
            given=taken.given,
            needed=taken.needed,
        )
    )


def read_shares(text: str) -> dict[str, tuple[bytes, bytes]]:
    """The shares that her page made: box to the raw bytes of share and proofs.

    Raises:
        UnreadableSharesError: they are not of that form.
    """
    try:
        given: Any = json.loads(text)
        shares = {
            str(box): (share["decryption"].encode(), share["proofs"].encode())
            for box, share in given.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UnreadableSharesError from None
    if not shares:
        raise UnreadableSharesError
    return shares


def _show(view: TrusteePageView, form: Form) -> str:
    return render_template(
        "trustee/open.html",
        form=form,
        file=key_file(view),
        election=view.election,
        base_url=the_service().settings.base_url,
        tally={
            "public_key": view.public_key,
            "boxes": [
                {
                    "box": box.box,
                    "election": box.election,
                    "encrypted_tally": box.encrypted_tally,
                }
                for box in view.boxes
            ],
        },
    )
