"""What happened when, with the public reasons."""

from dataclasses import dataclass

from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class Happening:
    """One act.

    Attributes:
        act: what was done; words for it stand in the template.
        time: UTC seconds.
        reason: as the officer gave it; "" where the calendar acted by itself.
    """

    act: str
    time: int
    reason: str


def tell_history(view: ElectionView) -> tuple[Happening, ...]:
    """Every act of an election in order of time."""
    acts = [Happening(reason.act, reason.time, reason.text) for reason in view.reasons]
    by_calendar = (
        ("open", view.opened_at),
        ("close", view.closed_at),
        ("certify", view.certified_at),
    )
    given = {act.act for act in acts}
    acts += [
        Happening(act, time, "")
        for act, time in by_calendar
        if time is not None and act not in given
    ]
    return tuple(sorted(acts, key=lambda act: act.time))
