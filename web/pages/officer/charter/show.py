"""The charter in force, and any other before it is adopted: what it says and what follows."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.charter.charter import Charter
from web.access import declare
from web.actions.adopt_charter import CharterPreview, preview_charter
from web.pages.officer.charter.carry import charter_in_force, find_candidate, pack
from web.pages.officer.charter.foresight import foresee_now
from web.pages.officer.charter.words import say_changes, say_charter
from web.pages.officer.desk import blueprint, the_service
from web.pages.officer.texts import _, ngettext
from web.pages.officer.words import college_name
from web.pages.words import local


@blueprint.get("/charter")
@declare("officer")
def charter() -> ResponseReturnValue:
    """The charter in force."""
    known = charter_in_force()
    return render_template(
        "officer/charter/show.html", said=say_charter(known), foreseen=foresee_now(known)
    )


@blueprint.get("/charter/look")
@declare("officer")
def charter_look() -> ResponseReturnValue:
    """A charter that is not adopted: what it would change, and what it guarantees."""
    candidate = find_candidate()
    preview = preview_charter(the_service(), candidate)
    return render_template(
        "officer/charter/look.html",
        said=say_charter(candidate),
        foreseen=foresee_now(candidate),
        changes=say_changes(preview.current, candidate),
        obstacles=say_obstacles(preview),
        packed=pack(candidate),
        preset=request.args.get("preset", ""),
    )


def say_obstacles(preview: CharterPreview) -> list[str]:
    """Why this charter cannot be adopted now; empty where it can."""
    current: Charter = preview.current
    found = [] if preview.changes else [_("This is the charter in force. Nothing would change.")]
    found += [
        ngettext(
            "%(num)d member is in “%(college)s”, which this charter does not have. Give this "
            "college the same short name, or change the roll first.",
            "%(num)d members are in “%(college)s”, which this charter does not have. Give this "
            "college the same short name, or change the roll first.",
            number,
            college=college_name(current, college),
        )
        for college, number in preview.left_out
    ]
    found += [
        _(
            "The election “%(title)s” asks what this charter does not allow: “%(question)s”. "
            "Change or remove that question first.",
            title=local(each.title),
            question=local(each.contest.texts)["standard"].title,
        )
        for each in preview.unfit
    ]
    return found
