"""Views as JSON: what the machine interface says about the organisation and an election.

Fractions stand as "51/100", so that no program reads a rounded number.
"""

import json

from voting.charter.charter_format import charter_object
from voting.contests import contest_object
from voting.counting.result import format_result
from voting.guarantee import Statement, statement_object
from web.views import ElectionView, OrganisationView

Json = dict[str, object]


def organisation_shape(view: OrganisationView, *, returns_credentials: bool) -> Json:
    """What anybody may know of the co-operative, and of a service that is not for real votes."""
    return {
        "name": dict(view.name),
        "charter": None if view.charter is None else charter_object(view.charter),
        "fingerprint": view.fingerprint,
        "vkey": view.vkey,
        "certifier": view.certifier,
        "returns_credentials": returns_credentials,
    }


def election_shape(view: ElectionView) -> Json:
    """What anybody may know of an election."""
    return {
        "election": view.uuid,
        "state": view.state,
        "title": dict(view.title),
        "contests": [contest_object(contest) for contest in view.contests],
        "calendar": None
        if view.calendar is None
        else {
            "opens": view.calendar.opens,
            "closes": view.calendar.closes,
            "zone": view.calendar.zone,
        },
        "rules": {
            "revote": view.rules.revote,
            "open_small_boxes": view.rules.open_small_boxes,
            "server_sealing": view.rules.server_sealing,
            "credentials_by": view.rules.credentials_by,
        },
        "boxes": [
            {
                "college": box.college,
                "box": box.uuid,
                "election_object": box.election_object,
                "members": box.members,
                "voted": box.voted,
                "ballots": box.ballots,
                "contests": [
                    contest.id
                    for contest in view.contests
                    if contest.college in (None, box.college)
                ],
            }
            for box in view.boxes
        ],
        "trustees": [
            {
                "number": trustee.number,
                "name": trustee.name,
                "has_key": trustee.has_key,
                "rehearsed": trustee.rehearsed,
                "step": trustee.step,
                "has_shuffled": trustee.has_shuffled,
                "has_shared": trustee.has_shared,
            }
            for trustee in view.trustees
        ],
        "trustees_needed": view.trustees_needed,
        "shuffled": view.shuffled,
        "shuffles_given": view.shuffles_given,
        "guarantee": [guarantee_shape(statement) for statement in view.guarantee],
        "tally_started": view.tally_started,
        "opened_at": view.opened_at,
        "closed_at": view.closed_at,
        "certified_at": view.certified_at,
        "reasons": [
            {"act": each.act, "text": each.text, "time": each.time} for each in view.reasons
        ],
        "results": _results_shape(view),
    }


def guarantee_shape(statement: Statement) -> Json:
    """What the protected college is promised for one contest, as it stands in a manifest."""
    return statement_object(statement)


def _results_shape(view: ElectionView) -> object:
    # The very object of result.json, so that there is one way to read a result.
    if view.results is None:
        return None
    return json.loads(format_result(view.uuid, view.results))["contests"]
