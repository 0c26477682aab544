"""A part of a key, given at a page: taken, or what is wrong with it said where it was given."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from ballots.errors import BallotError, CertificateContextError, RevealedError
from web.errors import (
    ElectionNotDraftError,
    LogFrozenError,
    TrusteeKeyGivenError,
    TrusteeKeySeenError,
    WrongStepError,
)
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.trustee.place import go_to_overview, log_stopped, not_now


def give_part(
    form: Form,
    field: str,
    give: Callable[[], ResponseReturnValue],
    show: Callable[[], str] | None,
    *,
    held: str,
    wrong: str,
) -> ResponseReturnValue:
    """Take a part.

    Args:
        form: of the page.
        field: where a fault is said.
        give: hands the part to the action.
        show: shows the page again; None where it is not the page's turn.
        held: what is said where another was given before, which holds.
        wrong: what is said of a part that is not right.
    """
    status = 422
    try:
        return give()
    except TrusteeKeyGivenError:
        return go_to_overview(held)
    except ElectionNotDraftError:
        return go_to_overview(_("No key can be given any more: the election was announced."))
    except WrongStepError:
        return not_now()
    except LogFrozenError:
        form.fail(field, log_stopped())
        status = 503
    except (TrusteeKeySeenError, BallotError) as error:
        form.fail(field, _describe(error) or wrong)
    return (show(), status) if show else not_now()


def _describe(error: Exception) -> str:
    """What is wrong, where more can be said than that it is."""
    match error:
        case TrusteeKeySeenError():
            return _("This key was used before. Make a new one.")
        case CertificateContextError():
            return _(
                "This certificate is for another place, or for another number of trustees. Make "
                "one with the numbers on this page."
            )
        case RevealedError():
            return _("This is not what you gave the digest of. Choose the file that you made then.")
        case _:
            return ""
