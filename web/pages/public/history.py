"""What happened when, with the public reasons."""

from dataclasses import dataclass

from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class Happening:
    """One act.

    Attributes:
        act: what was done; words for it stand in the template.
        time: UTC seconds.
        reason: as the officer gave it; "" where she gave none, or the calendar acted by itself.
    """

    act: str
    time: int
    reason: str


def tell_history(view: ElectionView) -> tuple[Happening, ...]:
    """Every act of an election in order of time."""
    return tuple(Happening(reason.act, reason.time, reason.text) for reason in view.reasons)
