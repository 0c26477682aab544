"""The officer's first page: each election, and what to do next in it."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from voting.charter.charter import Charter
from web.access import declare
from web.pages.officer.desk import blueprint, the_service
from web.pages.officer.steps import Step, next_step
from web.pages.officer.words import state_word
from web.pages.words import capital, local, percent
from web.views import OrganisationView, list_elections, organisation


@dataclass(frozen=True, slots=True)
class CollegeRow:
    """One college of the roll, in words."""

    id: str
    name: str
    members: int
    share: str


@dataclass(frozen=True, slots=True)
class ElectionRow:
    """One election on the first page."""

    uuid: str
    title: str
    state: str
    step: Step


def college_rows(view: OrganisationView, charter: Charter) -> list[CollegeRow]:
    """The colleges with their members of now."""
    counts = dict(view.roll_counts)
    return [
        CollegeRow(
            college.id,
            capital(local(college.names)),
            counts.get(college.id, 0),
            percent(college.share),
        )
        for college in charter.colleges
    ]


@blueprint.get("")
@declare("officer")
def dashboard() -> ResponseReturnValue:
    """What to do next."""
    service = the_service()
    view = organisation(service)
    rows = [
        ElectionRow(
            election.uuid,
            local(election.title),
            state_word(election.state),
            next_step(election, service.clock()),
        )
        for election in list_elections(service)
    ]
    members = college_rows(view, view.charter) if view.charter and view.roll_version else []
    return render_template(
        "officer/dashboard.html", associates=view.associates, elections=rows, members=members
    )
