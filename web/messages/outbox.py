"""The outbox: messages that wait, sealed, until the mail server has taken them.

A message's secret (a credential, a link) and its address exist in the database only inside
the sealed value, which is blanked in the same moment as the message is noted as sent.

Source: design 2, "Unsent messages".
"""

import json
from dataclasses import dataclass, field
from typing import Literal, cast

from sqlmodel import Session, col, func, select, update

from voting.members import Language, TextFormat
from web.service import Service
from web.store.rows import MessageRow

Kind = Literal[
    "vote", "officer-link", "trustee-key", "trustee-step", "trustee-shuffle", "trustee-open"
]
MessageState = Literal["held", "waiting"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message is made of, opened; secret goes after "/start#".

    Attributes:
        language: None where we do not know it: the message is written in both.
    """

    kind: Kind
    election: str | None
    name: str = field(repr=False)
    email: str = field(repr=False)
    secret: str = field(repr=False)
    language: Language | None
    text_format: TextFormat


def seal_message(
    service: Service,
    kind: Kind,
    *,
    name: str,
    email: str,
    secret: str,
    election: str | None = None,
    language: Language | None = None,
    text_format: TextFormat = "standard",
    state: MessageState = "waiting",
) -> MessageRow:
    """A message to be sent, or held until its election opens."""
    message = service.random(16).hex()
    content = json.dumps([name, email, secret, language, text_format])
    sealed = service.vault.seal(f"message {message} {kind}", content.encode())
    return MessageRow(id=message, kind=kind, election=election, state=state, sealed=sealed)


def queue_message(
    session: Session,
    service: Service,
    kind: Kind,
    *,
    name: str,
    email: str,
    secret: str,
    election: str | None = None,
) -> None:
    """Let a message wait in the caller's transaction."""
    row = seal_message(service, kind, name=name, email=email, secret=secret, election=election)
    session.add(row)


def open_message(service: Service, row: MessageRow) -> Letter:
    """Open a waiting message.

    Raises:
        SealedValueError: it was altered, or moved from another row.
    """
    assert row.sealed is not None
    plain = service.vault.open(f"message {row.id} {row.kind}", row.sealed)
    name, email, secret, language, text_format = json.loads(plain)
    return Letter(
        kind=cast("Kind", row.kind),
        election=row.election,
        name=name,
        email=email,
        secret=secret,
        language=language,
        text_format=text_format,
    )


def release_messages(session: Session, election: str) -> None:
    """Let an election's held messages go."""
    session.exec(
        update(MessageRow)
        .where(col(MessageRow.election) == election, col(MessageRow.state) == "held")
        .values(state="waiting")
    )


def cancel_messages(session: Session, election: str, kind: Kind | None = None) -> None:
    """Blank an election's messages (of one kind) that were not sent."""
    unsent = update(MessageRow).where(
        col(MessageRow.election) == election, col(MessageRow.state).in_(("held", "waiting"))
    )
    if kind is not None:
        unsent = unsent.where(col(MessageRow.kind) == kind)
    session.exec(unsent.values(state="cancelled", sealed=None, problem=""))


def count_waiting(
    session: Session, service: Service, election: str | None = None
) -> tuple[int, str]:
    """How many messages wait to be sent, and what hinders them ("" when nothing does)."""
    waiting = [MessageRow.state == "waiting"]
    if election is not None:
        waiting.append(MessageRow.election == election)
    query = select(func.count(), func.max(MessageRow.problem)).select_from(MessageRow)
    count, problem = session.exec(query.where(*waiting)).one()
    settings = service.settings
    if count and not settings.smtp_host and settings.mail_folder is None:
        problem = "no mail server is set"
    return count, problem or ""
