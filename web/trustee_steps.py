"""What each trustee does next, told from the rows; nothing is changed here.

Source: design 3, sections 0, 4, 9 and 10.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voting.elections import State
from web.store.load import is_shuffled, needed_of, state_of
from web.store.rows import ElectionRow, TrusteeRow
from web.trustee_values import TrusteeStep

ENDED: frozenset[State] = frozenset({"tallied", "certified", "archived", "void"})


def is_threshold(row: ElectionRow, trustees: Sequence[TrusteeRow]) -> bool:
    """Whether the trustees make one key together, of which some of them are enough."""
    return needed_of(row, trustees) < len(trustees)


def have_all(trustees: Sequence[TrusteeRow], part: Callable[[TrusteeRow], str | None]) -> bool:
    """Whether every trustee has given a part of the key."""
    return all(part(trustee) is not None for trustee in trustees)


def have_committed(trustees: Sequence[TrusteeRow]) -> bool:
    """Whether every trustee has given her certificate and her commitment."""
    return have_all(trustees, lambda one: one.certificate) and have_all(
        trustees, lambda one: one.commitment
    )


def count_shuffles(trustees: Sequence[TrusteeRow]) -> int:
    """How many trustees have shuffled."""
    return sum(trustee.shuffled for trustee in trustees)


def waits_for_shuffles(row: ElectionRow, trustees: Sequence[TrusteeRow]) -> bool:
    """Whether ballots are shuffled in this election, and not enough trustees have done it."""
    return is_shuffled(row) and count_shuffles(trustees) < needed_of(row, trustees)


def next_step(row: ElectionRow, trustees: Sequence[TrusteeRow], trustee: TrusteeRow) -> TrusteeStep:
    """What a trustee does next."""
    if row.state == "draft":
        return _key_step(row, trustees, trustee) or _rehearsal_step(row, trustees, trustee)
    if row.state == "closed" and row.tally_started:
        if waits_for_shuffles(row, trustees):
            return "wait" if trustee.shuffled else "shuffle"
        return "wait" if trustee.shared else "open"
    return "done" if state_of(row) in ENDED else "wait"


def next_steps(row: ElectionRow, trustees: Sequence[TrusteeRow]) -> dict[int, TrusteeStep]:
    """What each trustee does next, by the trustee's number."""
    return {trustee.number: next_step(row, trustees, trustee) for trustee in trustees}


def _key_step(
    row: ElectionRow, trustees: Sequence[TrusteeRow], trustee: TrusteeRow
) -> TrusteeStep | None:
    """What a trustee still does for the key; None when her part is done."""
    if trustee.key_object is not None:
        return None
    if not is_threshold(row, trustees):
        return "key"
    if trustee.certificate is None:
        return "certificate"
    if trustee.commitment is None:
        # With another program she cannot know her polynomial before all certificates are there.
        return "commitment" if have_all(trustees, lambda one: one.certificate) else "wait"
    if trustee.polynomial is None:
        return "polynomial" if have_committed(trustees) else "wait"
    return "verification-key" if have_all(trustees, lambda one: one.polynomial) else "wait"


def _rehearsal_step(
    row: ElectionRow, trustees: Sequence[TrusteeRow], trustee: TrusteeRow
) -> TrusteeStep:
    if row.rehearsal is None or trustee.rehearsed:
        return "wait"
    return "rehearse" if have_all(trustees, lambda one: one.key_object) else "wait"


@dataclass(frozen=True, slots=True)
class Place:
    """A trustee among those of her election."""

    row: ElectionRow
    trustees: list[TrusteeRow]
    trustee: TrusteeRow

    @property
    def needed(self) -> int:
        """How many of the trustees open the tally."""
        return needed_of(self.row, self.trustees)

    @property
    def is_threshold(self) -> bool:
        """Whether the trustees make one key together."""
        return is_threshold(self.row, self.trustees)

    @property
    def step(self) -> TrusteeStep:
        """What she does next."""
        return next_step(self.row, self.trustees, self.trustee)
