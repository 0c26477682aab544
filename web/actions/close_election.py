"""Close an election: by its calendar, or early by the returning officer."""

from contextlib import suppress

from sqlmodel import Session, col, select

from audit.entries import ClosingEntry
from voting.elections import move
from voting.errors import WrongStateError
from web.actions.lot_seed import open_lot_seed
from web.actions.steps import check_reason, move_election, note_act, put_reason
from web.errors import SealedValueError
from web.messages.outbox import cancel_messages
from web.service import Service
from web.store.load import load_boxes, load_election, state_of
from web.store.rows import ElectionRow

BY_CALENDAR = "The voting time ended, as announced."


def close_election(
    service: Service, election: str, reason: str = "", *, officer_id: int | None = None
) -> None:
    """Move open to closed; ballots complete before this moment are let in first.

    The lot seed is shown with it, when no ballot can be cast to fit it any more. A reason is
    required before the closing time of the calendar.

    Raises:
        UnknownElectionError, WrongStateError, MissingReasonError, ReasonTooLongError
    """
    with service.store.read() as session:
        row = load_election(session, election)
        move(state_of(row), "closed")
        early = row.closes is None or service.clock() < row.closes
    # At its time an election closes without anybody's decision.
    reason = check_reason("close", reason) if early or reason else BY_CALENDAR

    def write(session: Session) -> None:
        row = move_election(session, election, "closed")
        time = service.keeper.now(session)
        row.closed_at = time
        entry = ClosingEntry(
            time=time,
            election=election,
            reason=put_reason(session, reason),
            seed=open_lot_seed(service, row),
            ballots=tuple((box.uuid, box.ballots) for box in load_boxes(session, election)),
        )
        service.keeper.append(session, entry)
        # A link that no longer opens anything is not sent, and its credential is spent.
        cancel_messages(session, election, "vote")
        note_act(session, election, "close", reason, time=time, officer_id=officer_id)

    with service.door.shut(election):
        service.store.write(write)
    service.keeper.publish()


def close_due_elections(service: Service) -> tuple[str, ...]:
    """Close every open election whose closing time has come; returns their uuids.

    Raises:
        SealedValueError: of one or more the lot seed cannot be opened; all others are closed.
    """
    with service.store.read() as session:
        due = select(ElectionRow.uuid).where(
            ElectionRow.state == "open", col(ElectionRow.closes) <= service.clock()
        )
        elections = session.exec(due).all()
    closed: list[str] = []
    spoilt: SealedValueError | None = None
    for election in elections:
        # The officer, or another process, may have been quicker.
        with suppress(WrongStateError):
            try:
                close_election(service, election)
            except SealedValueError as error:
                # What was done to one election must not keep the next one open.
                spoilt = error
            else:
                closed.append(election)
    if spoilt is not None:
        raise spoilt
    return tuple(closed)
