"""Steps that several actions share: public reasons, moves of state, acts."""

from sqlmodel import Session

from audit.objects import format_reason
from voting.elections import State, move
from voting.texts import is_unseen, require_paragraphs, tidy_paragraphs
from web.errors import ElectionNotDraftError, MissingReasonError, ReasonTooLongError
from web.store.load import load_election, put_object, state_of
from web.store.rows import ActRow, ElectionRow

REASON_LIMIT = 2000


def check_reason(act: str, reason: str) -> str:
    """A reason fit for the public record.

    Raises:
        MissingReasonError: there is none.
        ReasonTooLongError: it is longer than the record takes.
        TextError: it holds what no text may hold.
    """
    text = tidy_paragraphs(reason)
    if is_unseen(text):
        raise MissingReasonError(act)
    if len(text) > REASON_LIMIT:
        raise ReasonTooLongError(len(text), REASON_LIMIT)
    require_paragraphs("reason", text, REASON_LIMIT)
    return text


def put_reason(session: Session, reason: str) -> str:
    """Keep the public reason object; here it stands in for the second officer."""
    return put_object(session, format_reason(reason))


def note_act(
    session: Session, election: str, act: str, reason: str, *, time: int, officer_id: int | None
) -> None:
    """Keep an act with its reason, for the election's page."""
    session.add(ActRow(election=election, act=act, reason=reason, time=time, officer=officer_id))


def move_election(session: Session, election: str, to: State) -> ElectionRow:
    """Move an election to another state.

    Raises:
        UnknownElectionError: there is none.
        WrongStateError: there is no such move from the state it is in.
    """
    row = load_election(session, election)
    row.state = move(state_of(row), to)
    session.add(row)
    return row


def load_draft(session: Session, election: str) -> ElectionRow:
    """An election that may still be written.

    Raises:
        UnknownElectionError: there is none.
        ElectionNotDraftError: it was announced.
    """
    row = load_election(session, election)
    if row.state != "draft":
        raise ElectionNotDraftError(election, row.state)
    return row
