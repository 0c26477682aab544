"""A trustee's first page: what she has to do, and when."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from web.access import declare
from web.pages.officer.texts import _
from web.pages.trustee.place import blueprint, current_trustee
from web.pages.words import local
from web.views import TrusteePageView

# Until the tally is open her key is what the result hangs on.
_KEY_STATES = ("draft", "announced", "open", "closed")


@dataclass(frozen=True, slots=True)
class TrusteeTask:
    """One of her tasks; without an endpoint it cannot be done now, or is done."""

    name: str
    hint: str
    status: str
    endpoint: str = ""


@blueprint.get("")
@declare("trustee")
def overview() -> ResponseReturnValue:
    """What is to do."""
    view = current_trustee()
    return render_template(
        "trustee/overview.html",
        title=local(view.title),
        keeps_key=view.public_key is not None and view.state in _KEY_STATES,
        now=_now(view),
        tasks=[_key_task(view), _tally_task(view)],
    )


def _now(view: TrusteePageView) -> str:
    if view.state in ("void", "tallied", "certified", "archived"):
        return _ended(view)
    if view.public_key is None:
        return _("Please make your key now. The vote cannot begin without it.")
    if view.has_shared:
        return _("You have given your share. The tally opens when every trustee has given hers.")
    if view.boxes:
        return _("Please open the tally now. There is no result without your share.")
    return _("There is nothing to do now. You get an e-mail when voting is over.")


def _ended(view: TrusteePageView) -> str:
    if view.state == "void":
        return _("This vote ended without a result. You can destroy your key.")
    return _("The tally is open and your work is done. Thank you.")


def _key_task(view: TrusteePageView) -> TrusteeTask:
    name, hint = _("Make your key"), _("Before the vote. It takes about five minutes.")
    if view.public_key is not None:
        return TrusteeTask(name, hint, _("Done"))
    if view.state != "draft":
        return TrusteeTask(name, hint, _("No longer possible"))
    return TrusteeTask(name, hint, _("To do now"), "trustee.key")


def _tally_task(view: TrusteePageView) -> TrusteeTask:
    name = _("Open the tally")
    hint = _("After the vote. You need the file with your key.")
    if view.has_shared:
        return TrusteeTask(name, hint, _("Done"))
    if view.boxes and view.state == "closed":
        return TrusteeTask(name, hint, _("To do now"), "trustee.open_")
    if view.state == "void":
        return TrusteeTask(name, hint, _("Not needed"))
    return TrusteeTask(name, hint, _("Cannot start yet"))
