"""Hand waiting messages to the mail server."""

from dataclasses import dataclass, field
from functools import partial

from sqlmodel import Session, select

from web.errors import MailServerError
from web.messages.mailer import Mailer
from web.messages.outbox import count_waiting, open_message
from web.messages.render import write_message
from web.service import Service
from web.store.rows import MessageRow

BATCH = 50
CLAIM_SECONDS = 300
FIRST_WAIT = 5
LONGEST_WAIT = 600


def send_waiting_messages(service: Service) -> int:
    """Send what waits; returns how many were handed over.

    A message is blanked once it was taken. When the server fails, messages stay waiting, are
    tried again later, and the failure is kept as a sentence without an address.
    """
    with service.sending, Mailer(service.settings) as mailer:
        sent = 0
        while mailer.sends and (batch := service.store.write(partial(_claim, service))):
            outcome = _send_batch(service, mailer, batch)
            service.store.write(partial(_settle, service, outcome))
            sent += len(outcome.sent)
            if outcome.is_down:
                break
        return sent


def messages_waiting(service: Service) -> tuple[int, str]:
    """How many messages wait to be sent, and the last problem ("" when there is none)."""
    with service.store.read() as session:
        return count_waiting(session, service)


@dataclass(slots=True)
class _Outcome:
    sent: list[str] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    is_down: bool = False


def _claim(service: Service, session: Session) -> list[MessageRow]:
    """Take the next messages, so that no other process sends them too for a while."""
    now = service.clock()
    due = select(MessageRow).where(MessageRow.state == "waiting", MessageRow.not_before <= now)
    rows = session.exec(due.limit(BATCH)).all()
    for row in rows:
        row.not_before = now + CLAIM_SECONDS
        session.add(row)
    session.flush()
    return [MessageRow(**row.model_dump()) for row in rows]


def _send_batch(service: Service, mailer: Mailer, batch: list[MessageRow]) -> _Outcome:
    outcome = _Outcome()
    with service.store.read() as session:
        for row in batch:
            if outcome.is_down:
                outcome.waiting[row.id] = outcome.waiting[next(reversed(outcome.waiting))]
                continue
            try:
                message = write_message(session, service, open_message(service, row))
                mailer.send(message, f"{row.kind}-{row.id}")
                outcome.sent.append(row.id)
            except MailServerError as error:
                outcome.waiting[row.id] = error.problem
                outcome.is_down = error.is_down
            except Exception as error:  # noqa: BLE001  one message must not hold up the others
                outcome.waiting[row.id] = type(error).__name__
    return outcome


def _settle(service: Service, outcome: _Outcome, session: Session) -> None:
    """Blank what was taken; let the rest wait, longer after each attempt."""
    for message in outcome.sent:
        row = session.get(MessageRow, message)
        if row is not None:
            row.state, row.sealed, row.problem = "sent", None, ""
            session.add(row)
    for message, problem in outcome.waiting.items():
        row = session.get(MessageRow, message)
        if row is not None and row.state == "waiting":
            row.problem, row.attempts = problem, row.attempts + 1
            row.not_before = service.clock() + min(LONGEST_WAIT, FIRST_WAIT << row.attempts)
            session.add(row)
