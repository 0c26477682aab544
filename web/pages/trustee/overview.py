"""A trustee's first page: the one thing to do now, and all her steps."""

from flask import render_template, url_for

from web.access import declare
from web.pages.trustee.place import blueprint, current_trustee, her_election
from web.pages.trustee.way import find_now, list_way
from web.pages.words import local
from web.views import ElectionView, TrusteePageView

# Until the tally is open her key is what the result hangs on.
_KEY_STATES = ("draft", "announced", "open", "closed")


@blueprint.get("")
@declare("trustee")
def overview() -> str:
    """What is to do."""
    view = current_trustee()
    election = her_election(view)
    return render_template(
        "trustee/overview.html",
        view=view,
        title=local(view.title),
        keeps_key=_keeps_key(view),
        now=find_now(view),
        way=list_way(view, shuffled=election.shuffled),
        shuffled=election.shuffled,
        public_page=_public_page(election),
    )


def _public_page(election: ElectionView) -> str | None:
    """Where the result is, or will be: there is no such page before the announcement."""
    if election.state == "draft":
        return None
    return url_for("public.election", uuid=election.uuid)


def _keeps_key(view: TrusteePageView) -> bool:
    has_begun = view.public_key is not None or view.step not in ("key", "certificate")
    return has_begun and view.state in _KEY_STATES
