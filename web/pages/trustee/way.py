"""A trustee's whole way in steps, how far she is on it, and the one thing to do now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from web.pages.officer.texts import _
from web.trustee_values import TrusteeStep
from web.views import TrusteePageView

ENDED = ("tallied", "certified", "archived")


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of her way; without an endpoint it cannot be done now, or is done."""

    name: str
    hint: str
    status: str
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Now:
    """The one thing to do now; without an endpoint there is nothing to do but wait."""

    sentence: str
    endpoint: str = ""
    link: str = ""


def find_now(view: TrusteePageView) -> Now:
    """What she does next, in plain words."""
    if view.state == "void":
        return Now(_("This vote ended without a result. You can destroy your key."))
    if view.state in ENDED:
        return Now(_("The tally is open and your work is done. Thank you."))
    if view.step in ("wait", "done"):
        return Now(_waiting(view))
    sentence = _asked(view)[view.step]
    return Now(sentence, _ENDPOINTS[view.step], _names()[view.step])


_ENDPOINTS: Mapping[TrusteeStep, str] = {
    "key": "trustee.key",
    "certificate": "trustee.certificate",
    "commitment": "trustee.commitment",
    "polynomial": "trustee.polynomial",
    "verification-key": "trustee.verification_key",
    "rehearse": "trustee.rehearse",
    "shuffle": "trustee.shuffle",
    "open": "trustee.open_",
}


def _names() -> Mapping[TrusteeStep, str]:
    return {
        "key": _("Make your key"),
        "certificate": _("Make your key: first visit"),
        "commitment": _("Give the digest of your polynomial"),
        "polynomial": _("Make your key: second visit"),
        "verification-key": _("Make your key: third visit"),
        "rehearse": _("Rehearse the opening"),
        "shuffle": _("Shuffle the votes"),
        "open": _("Open the tally"),
    }


def _hints() -> Mapping[TrusteeStep, str]:
    return {
        "key": _("Before the vote. It takes about five minutes."),
        "certificate": _("Before the vote. It takes about five minutes."),
        "commitment": _("Only if you use another program."),
        "polynomial": _("When all trustees have begun. It takes one minute."),
        "verification-key": _("When all have been here twice. It takes one minute."),
        "rehearse": _("When the key is made. You need the second copy of your file."),
        "shuffle": _("After the vote. You need no file."),
        "open": _("After the vote. You need the file with your key."),
    }


def _asked(view: TrusteePageView) -> Mapping[TrusteeStep, str]:
    return {
        "key": _("Please make your key now. The vote cannot begin without it."),
        "certificate": _(
            "Please make your key now. The vote cannot begin without it. This is the first of "
            "three short visits."
        ),
        "commitment": _("Please give the digest of your polynomial now. The others wait for it."),
        "polynomial": _(
            "All trustees have begun. Please come to your second visit now. The others wait for it."
        ),
        "verification-key": _("Please come to your third visit now. After it your key is made."),
        "rehearse": _("The key is made. Please rehearse the opening now, as if voting were over."),
        "shuffle": _(
            "Voting is over. Please shuffle the votes now. Shuffles so far: %(given)d of "
            "%(needed)d.",
            given=view.shuffles_given,
            needed=view.needed,
        ),
        "open": _("Please open the tally now. The result waits for it."),
    }


def _waiting(view: TrusteePageView) -> str:
    if view.has_shared:
        return _(
            "You have given your share. The tally opens when %(needed)d trustees have given "
            "theirs.",
            needed=view.needed,
        )
    if view.has_shuffled:
        return _("You have shuffled the votes. You get an e-mail when the tally can be opened.")
    if view.state == "draft" and not view.rehearsed:
        return _("You wait for the other trustees now. You get an e-mail when it is your turn.")
    if view.state == "closed":
        return _("Voting is over. You get an e-mail when it is your turn.")
    return _("There is nothing to do now. You get an e-mail when voting is over.")


def list_way(view: TrusteePageView, *, shuffled: bool) -> list[WayStep]:
    """Her whole way, in order.

    Args:
        view: her place.
        shuffled: whether votes are shuffled in this election.
    """
    names, hints = _names(), _hints()
    return [
        WayStep(names[step], hints[step], *_status(view, step))
        for step in _steps(view, shuffled=shuffled)
    ]


def _steps(view: TrusteePageView, *, shuffled: bool) -> Iterator[TrusteeStep]:
    if view.is_threshold:
        yield "certificate"
        if view.step == "commitment":
            yield "commitment"
        yield "polynomial"
        yield "verification-key"
    else:
        yield "key"
    yield "rehearse"
    if shuffled:
        yield "shuffle"
    yield "open"


def _status(view: TrusteePageView, step: TrusteeStep) -> tuple[str, str]:
    """Her state at a step in a word, and its page where it is to do now."""
    if step == view.step:
        return _("To do now"), _ENDPOINTS[step]
    if _is_done(view, step):
        return _("Done"), ""
    if view.state in (*ENDED, "void"):
        return _("Not needed"), ""
    if step == "shuffle" and view.shuffles_given >= view.needed:
        return _("Not needed"), ""
    return _("Cannot start yet"), ""


def _is_done(view: TrusteePageView, step: TrusteeStep) -> bool:
    has_key = view.public_key is not None
    # What waits for the others is told by what the service holds of all of them.
    waits = view.state == "draft" and view.step == "wait"
    done: Mapping[TrusteeStep, bool] = {
        "key": has_key,
        "certificate": has_key or view.step not in ("certificate", "done"),
        "commitment": True,
        "polynomial": has_key
        or view.step == "verification-key"
        or (waits and bool(view.commitments)),
        "verification-key": has_key,
        "rehearse": view.rehearsed,
        "shuffle": view.has_shuffled,
        "open": view.has_shared,
    }
    return done[step]
