"""Who is signed in as a trustee, and how far she and her election are."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from web.errors import UnknownTrusteeError
from web.pages.problems import Problem
from web.pages.public.blueprint import the_service
from web.pages.sessions import current_person
from web.views import TrusteePageView, trustee_view

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


def key_file(view: TrusteePageView) -> str:
    """The name under which her key is saved: one election's key never hides another's."""
    return f"teg-key-{view.election}-{view.number}.privkey"


def go_to_overview(sentence: str) -> ResponseReturnValue:
    """Say what is true now on her first page; a reload of it sends nothing again."""
    flash(sentence)
    return redirect(url_for("trustee.overview"), 303)
