"""Who is signed in as a trustee, and how far she and her election are."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from web.errors import UnknownTrusteeError
from web.pages.officer.texts import _
from web.pages.problems import Problem
from web.pages.public.blueprint import the_service
from web.pages.sessions import current_person
from web.views import ElectionView, TrusteePageView, election_view, trustee_view

METHODS = ["GET", "POST"]

blueprint = Blueprint("trustee", __name__, url_prefix="/trustee")


def current_trustee() -> TrusteePageView:
    """The place of whoever is signed in.

    Raises:
        Problem: the officer named other trustees since.
    """
    person = current_person()
    assert person is not None  # the page declared its role
    try:
        return trustee_view(the_service(), person.id)
    except UnknownTrusteeError:
        raise Problem("no-election", 404) from None


def her_election(view: TrusteePageView) -> ElectionView:
    """What everybody may know of her election."""
    return election_view(the_service(), view.election)


def key_file(view: TrusteePageView) -> str:
    """The name under which her key is saved: one election's key never hides another's."""
    ending = "key" if view.is_threshold else "privkey"
    return f"teg-key-{view.election}-{view.number}.{ending}"


def go_to_overview(sentence: str) -> ResponseReturnValue:
    """Say what is true now on her first page; a reload of it sends nothing again."""
    flash(sentence)
    return redirect(url_for("trustee.overview"), 303)


def not_now() -> ResponseReturnValue:
    """A page out of its turn: her first page says what her turn is."""
    return go_to_overview(_("This is not to do now. Below you see what comes next."))


def log_stopped() -> str:
    """The one thing that nobody at a page can mend."""
    return _("The public log has stopped, so nothing was done. Call whoever runs the service.")
