"""An act of the returning officer: its words, its form, and how it is carried out.

An act that cannot be taken back says first what follows from it, asks for a public
reason, and is done once: a second click or a stale page shows the true state.

Source: design 8, section 0, decision 7.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from voting.elections import State
from voting.errors import WrongStateError
from web.actions.steps import REASON_LIMIT
from web.errors import LogFrozenError, MissingReasonError, ReasonTooLongError, TallyStartedError
from web.pages.officer.desk import find_election, go_to, sent_form, tell_true_state
from web.pages.officer.forms import Form
from web.pages.officer.guarantee_words import SaidGuarantees
from web.pages.officer.result_words import SaidResult
from web.pages.officer.texts import _
from web.pages.words import local
from web.views import ElectionView

METHODS = ["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Act:
    """One act as its page shows it.

    Attributes:
        states: in which it may be done.
        confirm: what she ticks before an act that cannot be taken back.
        grave: the button is marked as a warning.
        done: what she is told afterwards.
    """

    heading: str
    states: tuple[State, ...]
    consequences: tuple[str, ...]
    button: str
    confirm: str
    done: str
    warnings: tuple[str, ...] = ()
    asks_reason: bool = True
    asks_passphrase: bool = False
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on an act's page beside the act.

    Attributes:
        seen: of what the page shows; it comes back with the form.
        refused: the act cannot be done; only what the page says against it is shown.
    """

    guarantees: SaidGuarantees | None = None
    results: tuple[SaidResult, ...] = ()
    seen: str = ""
    refused: bool = False


def for_good() -> str:
    """What is ticked before an act that cannot be taken back."""
    return _("I understand that this cannot be undone.")


class ActRefusedError(Exception):
    """The act was refused for something that the form can say.

    Attributes:
        field: where the sentence stands.
        status: the HTTP status that is true of it.
    """

    def __init__(self, field: str, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence
        self.status = status


def carry_out(
    uuid: str, act: Act, do: Callable[[Form, str], object], shown: Shown | None = None
) -> ResponseReturnValue:
    """Show an act's page, or do the act when its form was sent.

    Args:
        uuid: the election.
        act: its words.
        do: does it, given the form and the public reason.
        shown: what else stands on the page.
    """
    view, form, shown = find_election(uuid), sent_form(), shown or Shown()
    if view.state not in act.states:
        return tell_true_state(uuid)
    sent = request.method == "POST" and not shown.refused
    reason = _read(form, act) if sent else ""
    if request.method == "GET" or shown.refused or form.errors:
        status = 200 if request.method == "GET" else 409 if shown.refused else 422
        return _show(view, act, form, shown), status
    try:
        _do(act, lambda: do(form, reason))
    except (WrongStateError, TallyStartedError):
        return tell_true_state(uuid)
    except ActRefusedError as refusal:
        form.fail(refusal.field, refusal.sentence)
        return _show(view, act, form, shown), refusal.status
    flash(act.done)
    return go_to("officer.election", uuid=uuid)


def _show(view: ElectionView, act: Act, form: Form, shown: Shown) -> str:
    return render_template(
        "officer/act.html",
        act=act,
        form=form,
        refused=shown.refused,
        results=shown.results,
        said=shown.guarantees,
        seen=shown.seen,
        title=local(view.title),
        uuid=view.uuid,
    )


def _do(act: Act, do: Callable[[], object]) -> None:
    """Do it; refusals that every act may meet get their sentence here."""
    try:
        do()
    except MissingReasonError:
        raise ActRefusedError("reason", _("Write your reason."), 422) from None
    except ReasonTooLongError as error:
        sentence = _(
            "This text has %(length)d letters and signs. It may have %(most)d.",
            length=error.length,
            most=error.limit,
        )
        raise ActRefusedError("reason", sentence, 422) from None
    except LogFrozenError:
        sentence = _(
            "The public log has stopped, so nothing was done. Call whoever runs the service."
        )
        raise ActRefusedError("reason" if act.asks_reason else "confirm", sentence, 503) from None


def _read(form: Form, act: Act) -> str:
    reason = ""
    if act.asks_reason:
        reason = form.paragraphs("reason", most=REASON_LIMIT, missing=_("Write your reason."))
    if act.asks_passphrase and not form.value("passphrase"):
        form.fail("passphrase", _("Write your passphrase."))
    if act.confirm and form.value("confirm") != "yes":
        form.fail("confirm", _("Tick the box to say that you want this."))
    return reason
