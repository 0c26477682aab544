"""How far each trustee is, in the words of the officer's pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from web.pages.officer.texts import _
from web.trustee_values import TrusteeStep, TrusteeView
from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class TrusteeRow:
    """One trustee, with what is done and what comes next."""

    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidTrustees:
    """All trustees, and what is counted of them.

    Attributes:
        counts: sentences such as how many shares are given of how many that are needed.
    """

    rows: tuple[TrusteeRow, ...]
    counts: tuple[str, ...]


def say_trustees(view: ElectionView) -> SaidTrustees | None:
    """How far they are; None while there are none."""
    if not view.trustees:
        return None
    say = _opening_facts if view.tally_started else _key_facts
    rows = [
        TrusteeRow(f"{trustee.number}. {trustee.name}", tuple(say(view, trustee)))
        for trustee in view.trustees
    ]
    return SaidTrustees(
        rows=tuple(rows),
        counts=tuple(_opening_counts(view) if view.tally_started else _key_counts(view)),
    )


def _key_facts(view: ElectionView, trustee: TrusteeView) -> Iterator[str]:
    """Before voting: her key, her rehearsal, what comes next."""
    yield _("Key: made") if trustee.has_key else _("Key: not made yet")
    yield _("Rehearsal: done") if trustee.rehearsed else _("Rehearsal: not done yet")
    if view.state == "draft" and trustee.step != "wait":
        yield _("Next: %(step)s", step=_next_word(trustee.step))


def _opening_facts(view: ElectionView, trustee: TrusteeView) -> Iterator[str]:
    """After voting: her shuffle, where there are any, and her share."""
    if view.shuffled:
        yield _("Shuffle: done") if trustee.has_shuffled else _("Shuffle: not done")
    yield _("Share: given") if trustee.has_shared else _("Share: not given")


def _key_counts(view: ElectionView) -> Iterator[str]:
    count = len(view.trustees)
    made = sum(trustee.has_key for trustee in view.trustees)
    rehearsed = sum(trustee.rehearsed for trustee in view.trustees)
    yield _("Keys made: %(made)d of %(count)d.", made=made, count=count)
    yield _("Rehearsed: %(done)d of %(count)d.", done=rehearsed, count=count)


def _opening_counts(view: ElectionView) -> Iterator[str]:
    if view.shuffled:
        yield _(
            "Shuffles given: %(given)d of %(needed)d that are needed.",
            given=view.shuffles_given,
            needed=view.trustees_needed,
        )
    yield _share_count(view)


def _share_count(view: ElectionView) -> str:
    return _(
        "Shares given: %(given)d of %(needed)d that are needed.",
        given=sum(trustee.has_shared for trustee in view.trustees),
        needed=view.trustees_needed,
    )


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
