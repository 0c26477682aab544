"""What an election waits for: one next step, and the list of tasks before announcing."""

from dataclasses import dataclass, field

from web.pages.officer.texts import _, ngettext
from web.pages.words import when
from web.views import ElectionView

# Which page mends what `ElectionView.missing` names.
_MENDS = {
    "no-roll": "officer.roll",
    "no-motion": "officer.motion",
    "no-calendar": "officer.calendar",
    "calendar-past": "officer.calendar",
    "no-trustees": "officer.trustees",
    "trustee-key": "officer.trustees",
    "guarantee": "officer.guarantee",
}


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to do; without an endpoint there is nothing to do but wait."""

    sentence: str
    endpoint: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list; `status` is always a word, never a colour alone."""

    name: str
    endpoint: str
    status: str
    done: bool
    hint: str = ""
    where: dict[str, str] = field(default_factory=dict)


def missing_kinds(view: ElectionView) -> set[str]:
    """What is missing, without the names and numbers after the colon."""
    return {code.partition(":")[0] for code in view.missing}


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
    if kinds == {"trustee-key"}:
        return Step(
            _("Waiting for the trustees: each must make her key before you can announce."),
            "officer.trustees",
            _("See who has made her key"),
        )
    first = next((code for code in view.missing if not code.startswith("trustee-key")), "")
    # A roll is the co-op's, not one election's: its page takes no election.
    endpoint = _MENDS.get(first.partition(":")[0], "officer.election")
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
    given = sum(trustee.has_shared for trustee in view.trustees)
    needed = len(view.trustees)
    if given == needed:
        return Step(
            _(
                "All trustees have given their shares, but the tally could not be opened. "
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
        _("See who has given her share"),
    )


def list_tasks(view: ElectionView) -> list[Task]:
    """The tasks before announcing, in the order in which they are best done."""
    kinds = missing_kinds(view)
    here = {"uuid": view.uuid}
    return [
        Task(_("The title"), "officer.title", _("Done"), done=True, where=here),
        Task(
            _("The roll"),
            "officer.roll",
            _("Not uploaded") if "no-roll" in kinds else _("Done"),
            done="no-roll" not in kinds,
            hint=_("Who may vote. It is fixed when you announce."),
        ),
        Task(
            _("The motion"),
            "officer.motion",
            _motion_status(view),
            done=bool(view.contests),
            hint=_("What members vote on, in English and Welsh."),
            where=here,
        ),
        Task(
            _("The calendar"),
            "officer.calendar",
            _calendar_status(kinds),
            done=not kinds & {"no-calendar", "calendar-past"},
            where=here,
        ),
        Task(
            _("Small groups of voters"),
            "officer.rules",
            _("May be opened") if view.rules.open_small_boxes else _("Kept closed"),
            done=True,
            hint=_("Whether the totals of a very small group are opened."),
            where=here,
        ),
        Task(
            _("The trustees"),
            "officer.trustees",
            _trustees_status(view),
            done=not kinds & {"no-trustees", "trustee-key"},
            hint=_("Each makes her own key before you announce."),
            where=here,
        ),
        Task(
            _("What is guaranteed"),
            "officer.guarantee",
            _guarantee_status(view),
            done=bool(view.guarantee) and all(said.holds for said in view.guarantee),
            where=here,
        ),
        Task(
            _("Announce"),
            "officer.announce",
            _("Cannot start yet") if view.missing else _("Ready"),
            done=False,
            where=here,
        ),
    ]


def _motion_status(view: ElectionView) -> str:
    if not view.contests:
        return _("Not written")
    if any(motion.missing_easy_read for motion in view.contests):
        return _("Done, without Easy Read")
    return _("Done")


def _calendar_status(kinds: set[str]) -> str:
    if "no-calendar" in kinds:
        return _("Not set")
    return _("The time has passed") if "calendar-past" in kinds else _("Done")


def _trustees_status(view: ElectionView) -> str:
    if not view.trustees:
        return _("Not named")
    made = sum(trustee.has_key for trustee in view.trustees)
    if made == len(view.trustees):
        return _("Done")
    return ngettext(
        "%(num)d of %(needed)d key made",
        "%(num)d of %(needed)d keys made",
        made,
        needed=len(view.trustees),
    )


def _guarantee_status(view: ElectionView) -> str:
    if not view.guarantee:
        return _("Not known yet")
    if all(said.holds for said in view.guarantee):
        return _("Holds")
    return _("Does not hold")
