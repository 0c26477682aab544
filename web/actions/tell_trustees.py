"""Write to trustees: what they do next, with a new personal link for each message."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from web.actions.people import make_link
from web.messages.outbox import Kind, queue_message
from web.service import Service
from web.store.load import EMAIL
from web.store.rows import ElectionRow, TrusteeRow
from web.trustee_steps import Place, next_step, next_steps
from web.trustee_values import TrusteeStep

_KINDS: Mapping[TrusteeStep, Kind] = {
    "commitment": "trustee-step",
    "polynomial": "trustee-step",
    "verification-key": "trustee-step",
    "rehearse": "trustee-step",
    "shuffle": "trustee-shuffle",
    "open": "trustee-open",
}


def tell_trustees(
    session: Session, service: Service, row: ElectionRow, trustees: Sequence[TrusteeRow]
) -> None:
    """Write to every trustee for whom there is something to do now."""
    for trustee in trustees:
        if kind := _KINDS.get(next_step(row, trustees, trustee)):
            _tell(session, service, trustee, kind)


def tell_of_new_steps(
    session: Session, service: Service, actor: Place, before: Mapping[int, TrusteeStep]
) -> None:
    """Write to the trustees who have something new to do; the actor sees it on her page.

    Args:
        session: the caller's.
        service: the service.
        actor: who made the change.
        before: what each had to do before it, by number.
    """
    after = next_steps(actor.row, actor.trustees)
    for trustee in actor.trustees:
        step = after[trustee.number]
        kind = _KINDS.get(step)
        if kind and step != before[trustee.number] and trustee.id != actor.trustee.id:
            _tell(session, service, trustee, kind)


def _tell(session: Session, service: Service, trustee: TrusteeRow, kind: Kind) -> None:
    assert trustee.id is not None
    queue_message(
        session,
        service,
        kind,
        name=trustee.name,
        email=service.vault.open(EMAIL, trustee.email).decode(),
        secret=make_link(session, service, "trustee", trustee.id, trustee.election),
        election=trustee.election,
    )
