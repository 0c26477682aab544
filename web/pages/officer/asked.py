"""Who is asked a question with options: all members, or one college for its reserved seats.

Asked only where the charter reserves seats. The answer stands in the address of the pages
that follow, until the question is saved with it.

Source: design 4, section 2 ("seats", T12).
"""

from dataclasses import dataclass
from typing import Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.contests import Contest, Motion, OptionContest
from voting.members import CollegeId
from web.access import declare
from web.pages.officer.desk import (
    blueprint,
    current_charter,
    find_election,
    go_to,
    sent_form,
    tell_true_state,
)
from web.pages.officer.forms import Form
from web.pages.officer.questions import find_question, wrong_kind
from web.pages.officer.texts import _
from web.pages.officer.words import college_name
from web.views import ElectionView

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is asked.

    Attributes:
        college: whose reserved seats these are; None where all members are asked.
        seats: how many the charter reserves for it.
        name: of the college.
    """

    college: CollegeId | None = None
    seats: int = 0
    name: str = ""

    @property
    def in_address(self) -> dict[str, str]:
        """As it goes on into the address of the next page, and takes the place of who was saved."""
        if self.college is None and "college" not in request.args:
            return {}
        return {"college": self.college or ALL}


EVERYBODY: Final = Whom()


def list_whom(view: ElectionView) -> list[Whom]:
    """Everybody who may be asked under the charter."""
    charter = current_charter(view)
    reserved = charter.council.items() if charter else ()
    return [
        EVERYBODY,
        *(Whom(college, seats, college_name(charter, college)) for college, seats in reserved),
    ]


def has_reserved_seats(view: ElectionView) -> bool:
    """Whether there is anything to choose."""
    return len(list_whom(view)) > 1


def read_whom(view: ElectionView, known: Contest | None) -> Whom | None:
    """Who the address names, else who was saved; None if that is nobody whom the charter asks."""
    saved = known.college if isinstance(known, OptionContest) else None
    asked = request.args.get("college", saved or ALL)
    return next((each for each in list_whom(view) if (each.college or ALL) == asked), None)


@blueprint.route("/elections/<uuid>/questions/<contest>/asked", methods=["GET", "POST"])
@declare("officer")
def asked(uuid: str, contest: str) -> ResponseReturnValue:
    """Choose who is asked."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)
    known = find_question(view, contest)
    if isinstance(known, Motion):
        return wrong_kind(uuid, contest)
    offered = list_whom(view)
    if len(offered) == 1:
        return go_to("officer.method", uuid=uuid, contest=contest, college=ALL)
    if request.method == "POST":
        chosen = form.choice(
            "college",
            tuple(each.college or ALL for each in offered),
            missing=_("Choose who is asked."),
        )
        if chosen:
            return go_to("officer.method", uuid=uuid, contest=contest, college=chosen)
    elif known is not None:
        form = Form({"college": known.college or ALL})
    page = render_template(
        "officer/asked.html",
        form=form,
        uuid=uuid,
        offered=[_say(each) for each in offered],
    )
    return page, 422 if form.errors else 200


def _say(whom: Whom) -> tuple[str, str, str]:
    if whom.college is None:
        return (ALL, _("All members"), _("The votes are weighed as your charter says."))
    return (
        whom.college,
        _("Only “%(college)s”", college=whom.name),
        _(
            "The reserved seats of this college: %(num)d. Nobody else votes on them, and every "
            "vote weighs the same.",
            num=whom.seats,
        ),
    )
