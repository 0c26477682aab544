"""How far each trustee is, in the words of the officer's pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.pages.officer.texts import _
from web.trustee_values import TrusteeStep, TrusteeView
from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class TrusteeRow:
    """One trustee: each cell stands under its head."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidTrustees:
    """All trustees as a table, and what is counted of them.

    Attributes:
        counts: sentences such as how many shares are given of how many that are needed.
    """

    heads: tuple[str, ...]
    rows: tuple[TrusteeRow, ...]
    counts: tuple[str, ...]


def say_trustees(view: ElectionView) -> SaidTrustees | None:
    """How far they are; None while there are none."""
    if not view.trustees:
        return None
    if view.tally_started:
        return _say_opening(view)
    return SaidTrustees(
        heads=(_("Her key"), _("Rehearsal"), _("What comes next for her")),
        rows=tuple(
            TrusteeRow(
                _name(trustee),
                (
                    _("Made") if trustee.has_key else _("Not made yet"),
                    _("Done") if trustee.rehearsed else _("Not done yet"),
                    _next_word(trustee.step),
                ),
            )
            for trustee in view.trustees
        ),
        counts=(
            _(
                "Keys made: %(made)d of %(count)d.",
                made=sum(trustee.has_key for trustee in view.trustees),
                count=len(view.trustees),
            ),
            _(
                "Rehearsed: %(done)d of %(count)d.",
                done=sum(trustee.rehearsed for trustee in view.trustees),
                count=len(view.trustees),
            ),
        ),
    )


def _say_opening(view: ElectionView) -> SaidTrustees:
    """After voting: shuffles, where there are any, and shares."""
    heads, counts = [_("Her share of the tally")], [_share_count(view)]
    if view.shuffled:
        heads.insert(0, _("Her shuffle"))
        counts.insert(
            0,
            _(
                "Shuffles given: %(given)d of %(needed)d that are needed.",
                given=view.shuffles_given,
                needed=view.trustees_needed,
            ),
        )
    return SaidTrustees(
        heads=tuple(heads),
        rows=tuple(
            TrusteeRow(
                _name(trustee),
                (
                    *((_given(trustee.has_shuffled),) if view.shuffled else ()),
                    _given(trustee.has_shared),
                ),
            )
            for trustee in view.trustees
        ),
        counts=tuple(counts),
    )


def _share_count(view: ElectionView) -> str:
    return _(
        "Shares given: %(given)d of %(needed)d that are needed.",
        given=sum(trustee.has_shared for trustee in view.trustees),
        needed=view.trustees_needed,
    )


def _name(trustee: TrusteeView) -> str:
    return f"{trustee.number}. {trustee.name}"


def _given(done: bool) -> str:  # noqa: FBT001 - it is what the cell says
    return _("Given") if done else _("Not given yet")


def _next_word(step: TrusteeStep) -> str:
    words: Mapping[TrusteeStep, str] = {
        "key": _("Make her key"),
        "certificate": _("Make her key: first of three visits"),
        "commitment": _("Give the digest of her polynomial"),
        "polynomial": _("Make her key: second of three visits"),
        "verification-key": _("Make her key: third of three visits"),
        "rehearse": _("Rehearse the opening"),
        "shuffle": _("Shuffle the votes"),
        "open": _("Open the tally"),
        "wait": _("Wait"),
        "done": _("Nothing more"),
    }
    return words[step]
