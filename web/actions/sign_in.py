"""Sign in by personal link, and keep the sessions of pages.

The page's script derives the code from the link's secret and posts only that. Codes and
session tokens are stored as SHA-256 only: a thief of the database can use neither.
"""

from dataclasses import dataclass, field
from typing import Literal, cast

from sqlmodel import Session, col, delete, or_

from voting.members import Language, TextFormat
from web.actions.people import stored_code
from web.errors import UnknownCodeError
from web.service import Service
from web.store.rows import (
    MemberRow,
    OfficerRow,
    SessionRow,
    SignInCodeRow,
    TrusteeRow,
)

IDLE_SECONDS = 24 * 3600
LONGEST_SECONDS = 7 * 24 * 3600
SEEN_SECONDS = 600
TOKEN_LENGTH = 32
CONTENT_LIMIT = 16_384

Role = Literal["member", "officer", "trustee"]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session; the token goes into the cookie and is stored nowhere."""

    role: Role
    session_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Who a session belongs to.

    Attributes:
        id: member, officer or trustee id, by role.
        election: the election of a member's or trustee's link, None for officers.
    """

    role: Role
    id: int
    name: str
    language: Language
    text_format: TextFormat
    election: str | None


def sign_in(service: Service, code: str) -> SignedIn:
    """Start a session for the person whose link gives this code.

    Args:
        service: the service.
        code: 64 lower-case hex, as `ballots.credentials.sign_in_code` derives it.

    Raises:
        UnknownCodeError: nobody's code.
    """
    digest = stored_code(code)
    with service.store.read() as reading:
        # Guesses must not queue up before the ballots that wait to be written.
        if reading.get(SignInCodeRow, digest) is None:
            raise UnknownCodeError
    token = _make_token(service)

    def write(session: Session) -> SignedIn:
        known = session.get(SignInCodeRow, digest)
        if known is None:
            raise UnknownCodeError
        now = service.clock()
        session.add(
            SessionRow(
                digest=stored_code(token),
                role=known.role,
                person=known.person,
                election=known.election,
                created=now,
                seen=now,
            )
        )
        return SignedIn(cast("Role", known.role), token)

    return service.store.write(write)


def who_is(service: Service, session_token: str) -> Person | None:
    """The person of a session; None when it is unknown, ended or too old."""
    with service.store.read() as session:
        row = _live(session, service, session_token)
        if row is None or row.role is None or row.person is None:
            return None
        seen, person = row.seen, _person(session, row, row.person)
    if service.clock() - seen >= SEEN_SECONDS:
        service.store.write(lambda writing: _mark_seen(writing, service, session_token))
    return person


def sign_out(service: Service, session_token: str) -> None:
    """End a session; a token that is none already is no fault."""
    digest = stored_code(session_token)
    service.store.write(
        lambda session: session.exec(delete(SessionRow).where(col(SessionRow.digest) == digest))
    )


def load_session(service: Service, session_token: str) -> str | None:
    """The page's own data (JSON text) of a session; None when there is no such session."""
    with service.store.read() as session:
        row = _live(session, service, session_token)
        return None if row is None else row.content


def save_session(service: Service, session_token: str, data: str) -> None:
    """Keep a page's own data (JSON text) with a session; lost when there is no such session."""
    if len(data) > CONTENT_LIMIT:
        raise ValueError("a session holds no more than a few small values")

    def write(session: Session) -> None:
        row = _live(session, service, session_token)
        if row is not None:
            row.content, row.seen = data, service.clock()
            session.add(row)

    service.store.write(write)


def forget_old_sessions(service: Service) -> None:
    """Delete the sessions that have ended."""
    now = service.clock()
    old = delete(SessionRow).where(
        or_(
            col(SessionRow.seen) < now - IDLE_SECONDS,
            col(SessionRow.created) < now - LONGEST_SECONDS,
        )
    )
    service.store.write(lambda session: session.exec(old))


def _make_token(service: Service) -> str:
    return service.random(TOKEN_LENGTH).hex()


def _live(session: Session, service: Service, token: str) -> SessionRow | None:
    """A session that has not ended."""
    row, now = session.get(SessionRow, stored_code(token)), service.clock()
    if row is None or now - row.seen > IDLE_SECONDS or now - row.created > LONGEST_SECONDS:
        return None
    return row


def _mark_seen(session: Session, service: Service, token: str) -> None:
    row = _live(session, service, token)
    if row is not None:
        row.seen = service.clock()
        session.add(row)


def _person(session: Session, row: SessionRow, person: int) -> Person | None:
    role = cast("Role", row.role)
    if role == "member":
        member = session.get(MemberRow, person)
        if member is None:
            return None
        language = cast("Language", member.language)
        text_format = cast("TextFormat", member.text_format)
        return Person(role, person, member.name, language, text_format, row.election)
    other = session.get(OfficerRow if role == "officer" else TrusteeRow, person)
    if not isinstance(other, OfficerRow | TrusteeRow):
        return None
    return Person(role, person, other.name, "en", "standard", row.election)
