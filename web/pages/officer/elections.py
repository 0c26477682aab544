"""One election as its officer sees it: state, next step, tasks, turnout, trustees, result."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from flask import render_template
from flask.typing import ResponseReturnValue

from web.access import declare
from web.local_time import ZONE
from web.pages import htmx
from web.pages.officer.desk import blueprint, current_charter, find_election, the_service
from web.pages.officer.result_words import say_results
from web.pages.officer.steps import next_step
from web.pages.officer.tasks import list_tasks
from web.pages.officer.texts import _
from web.pages.officer.trustee_words import say_trustees
from web.pages.officer.words import act_word, college_name, state_word
from web.pages.words import local, percent, when
from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class TurnoutRow:
    """One college's turnout in words."""

    name: str
    voted: str


@dataclass(frozen=True, slots=True)
class Turnout:
    """Turnout by college, and when it was counted."""

    rows: tuple[TurnoutRow, ...]
    time: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page about the same election."""

    endpoint: str
    name: str


@blueprint.get("/elections/<uuid>")
@declare("officer")
def election(uuid: str) -> ResponseReturnValue:
    """The election and what to do next."""
    view = find_election(uuid)
    return render_template(
        "officer/election.html",
        uuid=uuid,
        title=local(view.title),
        state=state_word(view.state),
        step=next_step(view, the_service().clock()),
        tasks=list_tasks(view) if view.state == "draft" else [],
        results=say_results(view, current_charter(view)),
        turnout=_turnout(view) if view.opened_at is not None else None,
        still_open=view.state == "open",
        trustees=say_trustees(view) if view.tally_started else None,
        calendar=_calendar_words(view),
        reasons=_reasons(view),
        messages=view.messages_waiting,
        messages_problem=view.messages_problem,
        links=_links(view),
    )


@blueprint.get("/elections/<uuid>/turnout")
@declare("officer")
def turnout(uuid: str) -> ResponseReturnValue:
    """Turnout by college: a page of its own, or the table alone when htmx asks for it."""
    view = find_election(uuid)
    facts = {"uuid": uuid, "title": local(view.title), "turnout": _turnout(view)}
    if htmx.wants_part():
        return htmx.answer_part(render_template("officer/turnout.html", **facts))
    return render_template("officer/turnout_page.html", **facts)


def _turnout(view: ElectionView) -> Turnout:
    charter = current_charter(view)
    now = datetime.fromtimestamp(the_service().clock(), ZoneInfo(ZONE))
    return Turnout(
        tuple(
            TurnoutRow(
                college_name(charter, box.college),
                _(
                    "%(voted)d of %(members)d (%(percent)s)",
                    voted=box.voted,
                    members=box.members,
                    percent=percent(Fraction(box.voted, box.members or 1), places=0),
                ),
            )
            for box in view.boxes
        ),
        f"{now:%H:%M:%S}",
    )


def _calendar_words(view: ElectionView) -> dict[str, str] | None:
    if view.calendar is None:
        return None
    zone = view.calendar.zone
    return {
        "opens": when(view.calendar.opens, zone),
        "closes": when(view.calendar.closes, zone),
    }


def _reasons(view: ElectionView) -> list[dict[str, str]]:
    zone = view.calendar.zone if view.calendar else ZONE
    return [
        {"act": act_word(reason.act), "text": reason.text, "time": when(reason.time, zone)}
        for reason in view.reasons
    ]


def _links(view: ElectionView) -> list[Link]:
    """The acts that its state allows, and the pages to read."""
    links: list[Link] = []
    if view.state == "announced":
        links.append(Link("officer.open_", _("Open the vote")))
    if view.state == "open":
        links.append(Link("officer.close", _("Close the vote early")))
    if view.state != "draft":
        links.append(Link("officer.guarantee", _("What this election guarantees")))
        links.append(Link("officer.trustees", _("The trustees")))
    if view.manifest is not None:
        links.append(Link("public.election", _("The election's public page")))
    if view.state in ("draft", "announced", "open", "closed", "tallied"):
        links.append(Link("officer.void", _("End this election without a result")))
    return links
