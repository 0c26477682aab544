"""The second and third visit of making a key together, and the digest for other programs.

On the second visit a trustee makes a secret part for each other one, sealed to her; on the
third she puts her own share together from what the others made for her.

Source: design 3, sections 4 and 13; docs/formats/trustees.md.
"""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.access import declare
from web.actions.make_shared_key import give_commitment, give_polynomial, give_verification_key
from web.pages.officer.desk import sent_form
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.public.blueprint import the_service
from web.pages.trustee.giving import give_part
from web.pages.trustee.place import (
    METHODS,
    blueprint,
    current_trustee,
    go_to_overview,
    key_file,
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
    return give_part(form, "commitment", give, show if due else None, held=_held(), wrong=wrong)


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
    return give_part(form, field, give, show if due else None, held=_held(), wrong=wrong)


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
    return give_part(form, field, give, show if due else None, held=_held(), wrong=wrong)


def _held() -> str:
    return _("You gave this part before. What you gave then holds.")


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
