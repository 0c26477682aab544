"""The pages of the returning officer's acts around voting: announce, open, close, void."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from voting.errors import GuaranteeDoesNotHoldError
from web.access import declare
from web.actions.announce_election import announce_election, preview_draft
from web.actions.close_election import close_election
from web.actions.open_election import open_election
from web.actions.void_election import void_election
from web.errors import ClosingTimePassedError, NotReadyError, StalePreviewError
from web.pages.officer.act import METHODS, Act, ActRefusedError, Shown, carry_out, for_good
from web.pages.officer.desk import (
    blueprint,
    current_officer,
    find_election,
    go_to,
    the_service,
)
from web.pages.officer.forms import Form
from web.pages.officer.prepare import say_all
from web.pages.officer.steps import missing_kinds, say_missing
from web.pages.officer.texts import _, ngettext
from web.pages.words import local, when
from web.views import ElectionView


@blueprint.route("/elections/<uuid>/announce", methods=METHODS)
@declare("officer")
def announce(uuid: str) -> ResponseReturnValue:
    """Announce: roll, questions, calendar, rules and trustees are fixed."""
    find_election(uuid)
    # Before anything is read for the page: what changes after this was not seen.
    seen = preview_draft(the_service(), uuid)
    view = find_election(uuid)
    if view.state == "draft" and missing_kinds(view) - {"guarantee"}:
        return _tell_missing(view)
    members = sum(box.members for box in view.boxes)
    act = Act(
        heading=_("Announce this election"),
        states=("draft",),
        consequences=(
            ngettext(
                "The roll is fixed: %(num)d member may vote. A new roll does not change it.",
                "The roll is fixed: %(num)d members may vote. A new roll does not change it.",
                members,
            ),
            _("The title, questions, calendar, rules and trustees are fixed."),
            _(
                "The service makes a secret for each member, for her personal link. It is trusted "
                "to give each secret to its member only, and to vote for nobody."
            ),
            _("Everybody can see the election. Nobody can vote before you open it."),
            _("It is written into the public log. A mistake can only be ended, not mended."),
        ),
        button=_("Announce this election"),
        confirm=for_good(),
        done=_("The election is announced."),
    )
    said = say_all(view)
    refused = said is not None and not said.holds

    def do(form: Form, reason: str) -> None:
        announce_election(
            the_service(), uuid, reason, seen=form.value("seen"), officer_id=current_officer()
        )

    try:
        return carry_out(uuid, act, do, Shown(guarantees=said, seen=seen, refused=refused))
    except NotReadyError:
        return _tell_missing(find_election(uuid))
    except StalePreviewError:
        flash(_("The election has changed since you looked. Nothing was announced. Look again."))
        return go_to("officer.announce", uuid=uuid)
    except GuaranteeDoesNotHoldError:
        # The roll was changed between the page and the click: the page is computed anew.
        return go_to("officer.announce", uuid=uuid)


def _tell_missing(view: ElectionView) -> ResponseReturnValue:
    page = render_template(
        "officer/missing.html", uuid=view.uuid, title=local(view.title), steps=say_missing(view)
    )
    return page, 409 if request.method == "POST" else 200


@blueprint.route("/elections/<uuid>/open", methods=METHODS)
@declare("officer")
def open_(uuid: str) -> ResponseReturnValue:
    """Open the vote."""
    view = find_election(uuid)
    act = Act(
        heading=_("Open the vote"),
        states=("announced",),
        consequences=(
            _("Each member is sent an e-mail with her personal link."),
            _(
                "Members can vote from now on. Voting closes by itself: %(time)s.",
                time=_closing(view),
            ),
            _("It is written into the public log."),
        ),
        warnings=_early_opening(view),
        button=_("Open the vote"),
        confirm=for_good(),
        done=_("The vote is open. The e-mails are being sent."),
    )

    def do(_form: Form, reason: str) -> None:
        try:
            open_election(the_service(), uuid, reason, officer_id=current_officer())
        except ClosingTimePassedError:
            raise ActRefusedError(
                "reason",
                _("The closing time has passed, so the vote cannot open. Void this election."),
            ) from None

    return carry_out(uuid, act, do)


def _closing(view: ElectionView) -> str:
    return when(view.calendar.closes, view.calendar.zone) if view.calendar else ""


def _early_opening(view: ElectionView) -> tuple[str, ...]:
    if view.calendar is None or the_service().clock() >= view.calendar.opens:
        return ()
    time = when(view.calendar.opens, view.calendar.zone)
    return (_("You promised to open later: %(time)s. Say in your reason why.", time=time),)


@blueprint.route("/elections/<uuid>/close", methods=METHODS)
@declare("officer")
def close(uuid: str) -> ResponseReturnValue:
    """Close the vote before its time."""
    view = find_election(uuid)
    act = Act(
        heading=_("Close the vote early"),
        states=("open",),
        consequences=(
            _("No more votes are taken. A vote that is not here yet does not count."),
            _("Votes that are in the boxes count."),
            _("It is written into the public log, with your reason."),
        ),
        warnings=(_("Members were told that they can vote until: %(time)s.", time=_closing(view)),),
        button=_("Close the vote now"),
        confirm=for_good(),
        done=_("The vote is closed."),
        grave=True,
    )

    def do(_form: Form, reason: str) -> None:
        close_election(the_service(), uuid, reason, officer_id=current_officer())

    return carry_out(uuid, act, do)


@blueprint.route("/elections/<uuid>/void", methods=METHODS)
@declare("officer")
def void(uuid: str) -> ResponseReturnValue:
    """End the election without a result."""
    act = Act(
        heading=_("End this election without a result"),
        states=("draft", "announced", "open", "closed", "tallied"),
        consequences=(
            _("The election is void. It can never be opened or counted again."),
            _("Votes that were cast do not count. Nobody opens them."),
            _("The public log keeps all that was done, with your reason."),
            _("You can make a new election afterwards."),
        ),
        button=_("End this election"),
        confirm=for_good(),
        done=_("The election is void."),
        grave=True,
    )

    def do(_form: Form, reason: str) -> None:
        void_election(the_service(), uuid, reason, officer_id=current_officer())

    return carry_out(uuid, act, do)
