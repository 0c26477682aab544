"""The list of tasks before an election is announced, each with its state in a word."""

from dataclasses import dataclass, field

from web.pages.officer.steps import OF_TRUSTEES, missing_kinds
from web.pages.officer.texts import _, ngettext
from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list; `status` is always a word, never a colour alone."""

    name: str
    endpoint: str
    status: str
    done: bool
    hint: str = ""
    where: dict[str, str] = field(default_factory=dict)


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
            _("The questions"),
            "officer.questions",
            _questions_status(view),
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
            hint=_("Whether the votes of a very small group are opened."),
            where=here,
        ),
        Task(
            _("The trustees"),
            "officer.trustees",
            _trustees_status(view),
            done=not kinds & {"no-trustees", *OF_TRUSTEES},
            hint=_("They make the key together and rehearse before you announce."),
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


def _questions_status(view: ElectionView) -> str:
    if not view.contests:
        return _("Not written")
    if any(contest.missing_easy_read for contest in view.contests):
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
    rehearsed = sum(trustee.rehearsed for trustee in view.trustees)
    if made < len(view.trustees):
        return ngettext(
            "%(num)d of %(needed)d key made",
            "%(num)d of %(needed)d keys made",
            made,
            needed=len(view.trustees),
        )
    if rehearsed < len(view.trustees):
        return ngettext(
            "%(num)d of %(needed)d rehearsed",
            "%(num)d of %(needed)d rehearsed",
            rehearsed,
            needed=len(view.trustees),
        )
    return _("Done")


def _guarantee_status(view: ElectionView) -> str:
    if not view.guarantee:
        return _("Not known yet")
    if all(said.holds for said in view.guarantee):
        return _("Holds")
    return _("Does not hold")
