"""A trustee makes her key: in her browser, saved by her twice, proved readable, then announced.

Where every trustee is needed, each has a key of her own, and this is all. Where some are
enough, this is the first of three visits: she gives the certificate of her key, and with it
the digest of what she will show on her second visit.
"""

from collections.abc import Callable

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.access import declare
from web.actions.appoint_trustees import give_trustee_key
from web.actions.make_shared_key import give_certificate
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


@blueprint.route("/key", methods=METHODS)
@declare("trustee")
def key() -> ResponseReturnValue:
    """Make a key of her own and give its public half."""
    view, form = current_trustee(), sent_form()
    raw, field = read_part(form, "public_key")
    # The same key sent twice is a double click: the action takes it again and changes nothing.
    due = view.step == "key"
    if view.is_threshold or not (due or raw):
        return not_now()
    if request.method == "GET":
        return _show(view, form)
    if not raw:
        form.fail(field, _("Make your key first. Press “Make my key”."))
    if form.errors or not require_kind(form, raw, field, "public-key"):
        return (_show(view, form), 422) if due else not_now()

    def give() -> ResponseReturnValue:
        give_trustee_key(the_service(), view.id, raw)
        return go_to_overview(_("Your key is made. Keep the file safe: it opens the tally."))

    return _give(view, form, field, give)


@blueprint.route("/certificate", methods=METHODS)
@declare("trustee")
def certificate() -> ResponseReturnValue:
    """The first visit: make a key, and give its certificate."""
    view, form = current_trustee(), sent_form()
    raw, field = read_part(form, "certificate")
    due = view.step == "certificate"
    if not view.is_threshold or not (due or raw):
        return not_now()
    if request.method == "GET":
        return _show(view, form)
    if not raw:
        form.fail(field, _("Make your key first. Press “Make my key”."))
    if form.errors or not require_kind(form, raw, field, "certificate"):
        return (_show(view, form), 422) if due else not_now()
    commitment = form.value("commitment") or None

    def give() -> ResponseReturnValue:
        give_certificate(the_service(), view.id, raw, commitment)
        return go_to_overview(
            _(
                "Thank you: the first visit is done. Keep the file safe. You get an e-mail when "
                "all trustees have begun."
            )
        )

    return _give(view, form, field, give)


def _give(
    view: TrusteePageView, form: Form, field: str, give: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue:
    due = view.step in ("key", "certificate")
    return give_part(
        form,
        field,
        give,
        (lambda: _show(view, form)) if due else None,
        held=_("You gave another key before. That one holds; destroy the file you just saved."),
        wrong=_("The key did not arrive whole. Nothing was kept. Make a new one."),
    )


def _show(view: TrusteePageView, form: Form) -> str:
    file = key_file(view)
    return render_template(
        "trustee/key.html",
        form=form,
        view=view,
        file=file,
        context={
            "group": "Ed25519",
            "size": view.count,
            "threshold": view.needed,
            "index": view.number,
        },
    )
