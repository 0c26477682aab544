"""A trustee makes her key: in her browser, saved by her, proved readable, then announced."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ballots.errors import BallotError
from web.access import declare
from web.actions.appoint_trustees import give_trustee_key
from web.errors import ElectionNotDraftError, TrusteeKeyGivenError, TrusteeKeySeenError
from web.pages.officer.desk import sent_form
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.public.blueprint import the_service
from web.pages.trustee.place import blueprint, current_trustee, go_to_overview, key_file
from web.views import TrusteePageView

MOST_KEY = 10_000


@blueprint.route("/key", methods=["GET", "POST"])
@declare("trustee")
def key() -> ResponseReturnValue:
    """Make a key and give its public half."""
    view, form = current_trustee(), sent_form()
    raw = form.value("public_key").encode()
    # The same key sent twice is a double click: the action takes it again and changes nothing.
    if view.public_key is not None and not raw:
        return go_to_overview(_("Your key is made already."))
    if view.state != "draft" and view.public_key is None:
        return go_to_overview(_("No key can be given any more: the election was announced."))
    if request.method == "GET":
        return _show(view, form)
    if not raw or len(raw) > MOST_KEY:
        form.fail("make", _("Make your key first. Press “Make my key”."))
        return _show(view, form), 422
    return _give(view, form, raw)


def _give(view: TrusteePageView, form: Form, raw: bytes) -> ResponseReturnValue:
    try:
        give_trustee_key(the_service(), view.id, raw)
    except TrusteeKeyGivenError:
        return go_to_overview(
            _("You gave another key before. That one holds; destroy the file you just saved.")
        )
    except ElectionNotDraftError:
        return go_to_overview(_("No key can be given any more: the election was announced."))
    except TrusteeKeySeenError:
        form.fail("make", _("This key was used before. Make a new one."))
    except BallotError:
        form.fail("make", _("The key did not arrive whole. Nothing was kept. Make a new one."))
    else:
        return go_to_overview(_("Your key is made. Keep the file safe: it opens the tally."))
    return _show(view, form), 422


def _show(view: TrusteePageView, form: Form) -> str:
    file = key_file(view)
    return render_template(
        "trustee/key.html",
        form=form,
        name=view.name,
        file=file,
        # As `teg trustee key` names it beside the private half.
        public_file=file.removesuffix(".privkey") + ".pubkey",
    )
