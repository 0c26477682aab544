"""Void an election before it is certified."""

from sqlmodel import Session

from audit.entries import VoidEntry
from web.actions.steps import check_reason, move_election, note_act, put_reason
from web.messages.outbox import cancel_messages
from web.service import Service


def void_election(
    service: Service, election: str, reason: str, *, officer_id: int | None = None
) -> None:
    """Move any state before certified to void.

    Raises:
        UnknownElectionError, WrongStateError, MissingReasonError, ReasonTooLongError
    """
    reason = check_reason("void", reason)

    def write(session: Session) -> None:
        row = move_election(session, election, "void")
        # Lots that are never drawn need no seed, and one that was never shown never will be.
        row.lot_seed = None
        time = service.keeper.now(session)
        entry = VoidEntry(time=time, election=election, reason=put_reason(session, reason))
        service.keeper.append(session, entry)
        note_act(session, election, "void", reason, time=time, officer_id=officer_id)
        # A personal link to a void election would only mislead, and its credential is spent.
        cancel_messages(session, election)

    service.store.write(write)
    service.keeper.publish()
