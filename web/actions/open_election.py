"""Open an announced election: members are written to, and the boxes take ballots."""

from sqlmodel import Session

from audit.entries import OpeningEntry
from web.actions.steps import check_reason, move_election, note_act, put_reason
from web.errors import ClosingTimePassedError
from web.messages.outbox import release_messages
from web.service import Service


def open_election(
    service: Service, election: str, reason: str, *, officer_id: int | None = None
) -> None:
    """Move announced to open, and let the messages with the personal links go.

    Raises:
        UnknownElectionError, WrongStateError, MissingReasonError, ReasonTooLongError
        ClosingTimePassedError: it could take no ballot.
    """
    reason = check_reason("open", reason)

    def write(session: Session) -> None:
        row = move_election(session, election, "open")
        time = service.keeper.now(session)
        if row.closes is not None and time >= row.closes:
            raise ClosingTimePassedError(row.closes)
        row.opened_at = time
        entry = OpeningEntry(time=time, election=election, reason=put_reason(session, reason))
        service.keeper.append(session, entry)
        note_act(session, election, "open", reason, time=time, officer_id=officer_id)
        release_messages(session, election)

    service.store.write(write)
    service.keeper.publish()
