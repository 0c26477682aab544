"""The observer's pages: an election at a glance, finding a vote, checking everything.

Source: design 6, section 0.2 (Check, Observer).
"""

from typing import Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.elections import SMALL_SHUFFLED_BOX
from web.access import declare
from web.actions.find_ballot import FoundBallot, find_ballot
from web.errors import UnknownElectionError
from web.pages.problems import Problem
from web.pages.public.blueprint import blueprint, the_service
from web.pages.public.history import tell_history
from web.pages.result_steps import explain_any
from web.result_files import offer_ballots
from web.views import ElectionView, election_view, log_view

FINAL: Final = ("closed", "tallied", "certified", "archived")
MOST_TRACKER = 200


@blueprint.get("/elections/<uuid>")
@declare("public")
def election(uuid: str) -> ResponseReturnValue:
    """The election at a glance."""
    view = find_election(uuid)
    results = [
        explain_any(view.manifest.charter, contest, result)
        for contest, result in zip(view.contests, view.results or (), strict=False)
        if view.manifest
    ]
    return render_template(
        "public/election.html",
        view=view,
        results=results,
        offers=[
            offer_ballots(contest, result)
            for contest, result in zip(view.contests, view.results or (), strict=False)
        ],
        small=SMALL_SHUFFLED_BOX,
        history=tell_history(view),
        log=log_view(the_service()),
        final=view.state in FINAL,
    )


@blueprint.get("/elections/<uuid>/box")
@declare("public")
def box(uuid: str) -> ResponseReturnValue:
    """Find my vote: whether a tracker is in a box of this election. Never a choice."""
    view = find_election(uuid)
    asked = "tracker" in request.args
    tracker = "".join(request.args.get("tracker", "").split())
    found: FoundBallot | None = None
    if 0 < len(tracker) <= MOST_TRACKER:
        found = find_ballot(the_service(), tracker)
        if found is not None and found.election != uuid:
            found = None
    status = 200 if found or not asked else 404 if tracker else 400
    return render_template(
        "public/box.html", view=view, asked=asked, tracker=tracker, found=found
    ), status


@blueprint.get("/elections/<uuid>/verify")
@declare("public")
def verify(uuid: str) -> ResponseReturnValue:
    """Check it yourself: the exact command."""
    service = the_service()
    return render_template(
        "public/verify.html",
        view=find_election(uuid),
        base_url=service.settings.base_url,
        log=log_view(service),
    )


def find_election(uuid: str) -> ElectionView:
    """The election, once it is public.

    Raises:
        Problem: there is none that is announced.
    """
    try:
        view = election_view(the_service(), uuid)
    except UnknownElectionError:
        raise Problem("no-election", 404) from None
    if view.manifest is None:
        raise Problem("no-election", 404)
    return view
