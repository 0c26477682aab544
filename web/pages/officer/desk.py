"""What every officer's page needs: the service, the election at hand, the way back."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from voting.charter.charter import Charter
from web.errors import UnknownElectionError
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.officer.words import state_word
from web.pages.problems import Problem
from web.pages.public.blueprint import the_service
from web.pages.sessions import current_person
from web.views import ElectionView, election_view, organisation

__all__ = [
    "blueprint",
    "current_charter",
    "current_officer",
    "find_election",
    "go_to",
    "sent_form",
    "tell_true_state",
    "the_service",
]

blueprint = Blueprint("officer", __name__, url_prefix="/officer")


def current_officer() -> int:
    """The id of the officer who is signed in."""
    person = current_person()
    assert person is not None  # the page declared its role
    return person.id


def sent_form() -> Form:
    """What was sent with this request."""
    return Form(request.form.to_dict())


def find_election(uuid: str) -> ElectionView:
    """The election that the address names, or the page that says there is none."""
    try:
        return election_view(the_service(), uuid)
    except UnknownElectionError:
        raise Problem("no-election", 404) from None


def current_charter(view: ElectionView | None = None) -> Charter | None:
    """The charter an election is held under; the co-op's own while it is a draft."""
    if view is not None and view.manifest is not None:
        return view.manifest.charter
    return organisation(the_service()).charter


def go_to(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Answer a form by another page, so that a reload sends nothing again."""
    return redirect(url_for(endpoint, **values), 303)


def tell_true_state(uuid: str) -> ResponseReturnValue:
    """A stale page or a second click: nothing is done, and the election's state is shown."""
    state = state_word(find_election(uuid).state)
    flash(_("Nothing was changed by this. The election is now: %(state)s.", state=state))
    return go_to("officer.election", uuid=uuid)
