"""What an election waits for: one next step, and what is missing before it is announced."""

from dataclasses import dataclass

from web.pages.officer.texts import _
from web.pages.words import when
from web.views import ElectionView

# Which page mends what `ElectionView.missing` names.
_MENDS = {
    "no-roll": "officer.roll",
    "no-contests": "officer.questions",
    "nothing-asked": "officer.questions",
    "no-calendar": "officer.calendar",
    "calendar-past": "officer.calendar",
    "no-trustees": "officer.trustees",
    "trustee-key": "officer.trustees",
    "trustee-rehearsal": "officer.trustees",
    "guarantee": "officer.guarantee",
}


# What only the trustees themselves can do.
OF_TRUSTEES = {"trustee-key", "trustee-rehearsal"}


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to do; without an endpoint there is nothing to do but wait."""

    sentence: str
    endpoint: str = ""
    link: str = ""


def missing_kinds(view: ElectionView) -> set[str]:
    """What is missing, without the names and numbers after the colon."""
    return {_kind(code) for code in view.missing}


def _kind(code: str) -> str:
    return code.partition(":")[0]


def say_missing(view: ElectionView) -> list[Step]:
    """What is still to do before announcing, each with the page where it is done."""
    names = {trustee.number: trustee.name for trustee in view.trustees}
    said: dict[str, Step] = {}
    for code in view.missing:
        kind, _colon, fact = code.partition(":")
        name = names.get(int(fact), fact) if fact.isascii() and fact.isdigit() else ""
        sentence = _missing_words(kind, name)
        said.setdefault(sentence, Step(sentence, _MENDS.get(kind, "officer.election")))
    return list(said.values())


def _missing_words(kind: str, name: str) -> str:
    words = {
        "no-roll": _("The roll is not uploaded."),
        "no-contests": _("There is no question."),
        "nothing-asked": _("A college is asked nothing, so its members would have no vote."),
        "no-calendar": _("The calendar is not set."),
        "calendar-past": _("The closing time has passed."),
        "no-trustees": _("The trustees are not named."),
        "trustee-key": _("%(name)s has not made her key.", name=name),
        "trustee-rehearsal": _("%(name)s has not rehearsed the opening.", name=name),
        "guarantee": _("The guarantee does not hold."),
    }
    return words.get(kind, kind)


def _wait_for_trustees(kinds: set[str]) -> str:
    if "trustee-key" in kinds:
        return _("Waiting for the trustees: each must make her key before you can announce.")
    return _("Waiting for the trustees: each must rehearse the opening before you can announce.")


def next_step(view: ElectionView, now: int) -> Step:
    """What the officer does next in this election."""
    if view.state == "draft":
        return _next_of_draft(view)
    if view.state == "announced":
        return _next_of_announced(view, now)
    if view.state == "closed":
        return _next_of_closed(view)
    return _next_of_rest(view)


def _next_of_rest(view: ElectionView) -> Step:
    if view.state == "open":
        assert view.calendar is not None
        time = when(view.calendar.closes, view.calendar.zone)
        return Step(_("Members can vote now. Voting closes by itself: %(time)s.", time=time))
    if view.state == "tallied":
        return Step(
            _("The votes are counted. Check the result, then certify it."),
            "officer.certify",
            _("Check and certify the result"),
        )
    if view.state == "void":
        return Step(_("This election ended without a result. There is nothing to do."))
    return Step(_("The result is certified. There is nothing more to do."))


def _next_of_draft(view: ElectionView) -> Step:
    if not view.missing:
        return Step(
            _("Everything is prepared. You can announce the election."),
            "officer.announce",
            _("Announce this election"),
        )
    kinds = missing_kinds(view)
    if kinds <= OF_TRUSTEES:
        return Step(_wait_for_trustees(kinds), "officer.trustees", _("See how far each of them is"))
    first = next((code for code in view.missing if _kind(code) not in OF_TRUSTEES), "")
    # A roll is the co-op's, not one election's: its page takes no election.
    endpoint = _MENDS.get(_kind(first), "officer.election")
    return Step(
        _("The election is being prepared. Members do not see it yet."),
        "officer.election" if endpoint == "officer.roll" else endpoint,
        _("Go on preparing"),
    )


def _next_of_announced(view: ElectionView, now: int) -> Step:
    assert view.calendar is not None
    time = when(view.calendar.opens, view.calendar.zone)
    link = _("Open the vote")
    if now >= view.calendar.closes:
        sentence = _("The closing time has passed before the vote was opened. Void this election.")
        return Step(sentence, "officer.void", _("Void this election"))
    if now < view.calendar.opens:
        return Step(
            _("The election is announced. You promised to open it: %(time)s.", time=time),
            "officer.open_",
            link,
        )
    return Step(
        _("The promised opening time has come: %(time)s.", time=time), "officer.open_", link
    )


def _next_of_closed(view: ElectionView) -> Step:
    if not view.tally_started:
        return Step(
            _("Voting is closed. Start the tally, so that the trustees can open it."),
            "officer.tally",
            _("Start the tally"),
        )
    needed = view.trustees_needed
    if view.shuffled and view.shuffles_given < needed:
        return Step(
            _(
                "Waiting for the trustees: %(given)d of %(needed)d have shuffled the votes.",
                given=view.shuffles_given,
                needed=needed,
            ),
            "officer.trustees",
            _("See how far each of them is"),
        )
    given = sum(trustee.has_shared for trustee in view.trustees)
    if given >= needed:
        return Step(
            _(
                "Enough trustees have given their shares, but the tally could not be opened. "
                "Call whoever runs the service."
            )
        )
    return Step(
        _(
            "Waiting for the trustees: %(given)d of %(needed)d have given their share.",
            given=given,
            needed=needed,
        ),
        "officer.trustees",
        _("See how far each of them is"),
    )
