"""The pages of the returning officer's acts after voting: start the tally, certify."""

from flask import flash
from flask.typing import ResponseReturnValue

from web.access import declare
from web.actions.certify_election import certify_election
from web.actions.start_tally import start_tally
from web.errors import NoCheckpointError, SmallBoxError, WrongPassphraseError
from web.pages.officer.act import METHODS, Act, ActRefusedError, Shown, carry_out, for_good
from web.pages.officer.desk import (
    blueprint,
    current_charter,
    current_officer,
    find_election,
    go_to,
    the_service,
)
from web.pages.officer.forms import Form
from web.pages.officer.result_words import say_results
from web.pages.officer.texts import _
from web.pages.officer.words import college_name
from web.views import ElectionView


@blueprint.route("/elections/<uuid>/tally", methods=METHODS)
@declare("officer")
def tally(uuid: str) -> ResponseReturnValue:
    """Start the tally."""
    view = find_election(uuid)
    if view.tally_started:
        # The state is still "closed", but this was done: nothing is asked a second time.
        flash(_("The tally was started already."))
        return go_to("officer.election", uuid=uuid)
    act = Act(
        heading=_("Start the tally"),
        states=("closed",),
        consequences=_what_trustees_do(view),
        button=_("Start the tally"),
        confirm=for_good(),
        done=_("The tally is started. The trustees are asked by e-mail to do their part."),
        asks_reason=False,
    )

    def do(_form: Form, _reason: str) -> None:
        try:
            start_tally(the_service(), uuid, officer_id=current_officer())
        except SmallBoxError as error:
            raise ActRefusedError("confirm", _small_box_words(view, error)) from None

    return carry_out(uuid, act, do)


def _what_trustees_do(view: ElectionView) -> tuple[str, ...]:
    count, needed = len(view.trustees), view.trustees_needed
    sentences = [_("The votes of each college are added up while they are still closed.")]
    if view.shuffled:
        sentences += [
            _(
                "Votes that rank, score or grade cannot be added up. The trustees shuffle them in "
                "turn, so that nobody can tell whose vote is whose: %(needed)d of %(count)d "
                "trustees must do it.",
                needed=needed,
                count=count,
            ),
            _("Then the trustees open the totals and the shuffled votes together."),
        ]
    else:
        sentences.append(_("The trustees are asked by e-mail to open these totals together."))
    return (
        *sentences,
        _(
            "As soon as %(needed)d of %(count)d trustees have given their share, the result is "
            "worked out.",
            needed=needed,
            count=count,
        ),
        _("It is written into the public log."),
    )


def _small_box_words(view: ElectionView, error: SmallBoxError) -> str:
    charter = current_charter(view)
    known = [college.id for college in charter.colleges] if charter else []
    names = ", ".join(college_name(charter, each) for each in known if each in error.colleges)
    return _(
        "Fewer than %(least)d people voted in: %(colleges)s. This election's rules keep such "
        "totals closed, so there can be no result. End the election and call the vote again.",
        least=error.least,
        colleges=names,
    )


@blueprint.route("/elections/<uuid>/certify", methods=METHODS)
@declare("officer")
def certify(uuid: str) -> ResponseReturnValue:
    """Certify the result with the passphrase of the certifying key."""
    view = find_election(uuid)
    act = Act(
        heading=_("Certify the result"),
        states=("tallied",),
        consequences=(
            _("You sign the result, the ballot boxes and the public log with your key."),
            _("Everybody can check your signature."),
            _("After this the election cannot be made void."),
        ),
        button=_("Certify this result"),
        confirm=_("I have checked the result. I understand that this cannot be undone."),
        done=_("The result is certified."),
        asks_passphrase=True,
    )

    def do(form: Form, reason: str) -> None:
        try:
            certify_election(
                the_service(),
                uuid,
                form.value("passphrase"),
                reason,
                officer_id=current_officer(),
            )
        except WrongPassphraseError:
            raise ActRefusedError(
                "passphrase", _("This is not your passphrase. Nothing was certified.")
            ) from None
        except NoCheckpointError:
            raise ActRefusedError(
                "reason", _("The public log is not signed up to here yet. Try again in a minute.")
            ) from None

    results = tuple(say_results(view, current_charter(view)))
    return carry_out(uuid, act, do, Shown(results=results))
