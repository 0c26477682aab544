"""The second and third visit of making a key together, and the digest for other programs.

On the second visit a trustee makes a secret part for each other one, sealed to her; on the
third she puts her own share together from what the others made for her.

Source: design 3, sections 4 and 13; docs/formats/trustees.md.
"""

from collections.abc import Callable

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ballots.errors import BallotError, RevealedError
from web.access import declare
from web.actions.make_shared_key import give_commitment, give_polynomial, give_verification_key
from web.errors import ElectionNotDraftError, LogFrozenError, TrusteeKeyGivenError, WrongStepError
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
from web.pages.trustee.uploads import read_part, require_kind
from web.views import TrusteePageView


@blueprint.route("/commitment", methods=METHODS)
@declare("trustee")
def commitment() -> ResponseReturnValue:
    """Only with another program: the digest of the polynomial, before anyone shows hers."""
    view, form = current_trustee(), sent_form()
    digest = form.value("commitment").strip().lower()
    due = view.step == "commitment"
    if not view.is_threshold or not (due or digest):
        return not_now()

    def show() -> str:
        return render_template("trustee/commitment.html", form=form, file=key_file(view))

    def give() -> ResponseReturnValue:
        give_commitment(the_service(), view.id, digest)
        return go_to_overview(_("Your digest is kept. You get an e-mail when you can go on."))

    if request.method == "GET":
        return show()
    if not digest:
        form.fail("commitment", _("Write the digest that the command printed."))
        return show(), 422
    wrong = _("This is not a digest: it has 64 signs, each 0 to 9 or a to f.")
    return _give(form, "commitment", give, show if due else None, wrong)


@blueprint.route("/polynomial", methods=METHODS)
@declare("trustee")
def polynomial() -> ResponseReturnValue:
    """The second visit: a sealed secret part for each trustee."""
    view, form = current_trustee(), sent_form()
    raw, field = read_part(form, "polynomial")
    due = view.step == "polynomial"
    if not view.is_threshold or not (due or raw):
        return not_now()

    def show() -> str:
        return _show_round(view, form, "trustee/polynomial.html")

    def give() -> ResponseReturnValue:
        give_polynomial(the_service(), view.id, raw)
        return go_to_overview(
            _("Thank you: the second visit is done. You get an e-mail before the third one.")
        )

    if request.method == "GET":
        return show()
    if not raw:
        form.fail(field, _("Choose the file with your key, then press the button."))
    if form.errors or not require_kind(form, raw, field, "polynomial"):
        return (show(), 422) if due else not_now()
    wrong = _("This was not made with your key for this vote. Nothing was kept.")
    return _give(form, field, give, show if due else None, wrong)


@blueprint.route("/verification-key", methods=METHODS)
@declare("trustee")
def verification_key() -> ResponseReturnValue:
    """The third visit: her own share of the key, put together."""
    view, form = current_trustee(), sent_form()
    raw, field = read_part(form, "key")
    due = view.step == "verification-key"
    if not view.is_threshold or not (due or raw):
        return not_now()

    def show() -> str:
        return _show_round(view, form, "trustee/verification_key.html", gathered=view.gathered)

    def give() -> ResponseReturnValue:
        give_verification_key(the_service(), view.id, raw)
        return go_to_overview(_("Your key is made. Keep the file safe: it opens the tally."))

    if request.method == "GET":
        return show()
    if not raw:
        form.fail(field, _("Choose the file with your key, then press the button."))
    if form.errors or not require_kind(form, raw, field, "verification-key"):
        return (show(), 422) if due else not_now()
    wrong = _(
        "This does not fit what the trustees of this vote made for you. Is it a file of another "
        "vote? Nothing was kept."
    )
    return _give(form, field, give, show if due else None, wrong)


def _give(
    form: Form,
    field: str,
    give: Callable[[], ResponseReturnValue],
    show: Callable[[], str] | None,
    wrong: str,
) -> ResponseReturnValue:
    """Take a part.

    Args:
        form: of the page.
        field: where a fault is said.
        give: hands the part to the action.
        show: shows the page again; None where it is not the page's turn.
        wrong: what is said of a part that is not right.
    """
    status = 422
    try:
        return give()
    except TrusteeKeyGivenError:
        return go_to_overview(_("You gave this part before. What you gave then holds."))
    except ElectionNotDraftError:
        return go_to_overview(_("No key can be given any more: the election was announced."))
    except WrongStepError:
        return not_now()
    except RevealedError:
        form.fail(
            field,
            _("This is not what you gave the digest of. Choose the file that you made then."),
        )
    except LogFrozenError:
        form.fail(field, log_stopped())
        status = 503
    except BallotError:
        form.fail(field, wrong)
    return (show(), status) if show else not_now()


def _show_round(view: TrusteePageView, form: Form, template: str, **more: str) -> str:
    ceremony = {
        "election": view.election,
        "index": view.number,
        "threshold": view.needed,
        "certificates": view.certificates,
        "commitments": view.commitments,
        **more,
    }
    return render_template(template, form=form, file=key_file(view), view=view, ceremony=ceremony)
