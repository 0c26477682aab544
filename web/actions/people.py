"""Steps for people: names and addresses, link secrets, sign-in codes."""

import hashlib

from sqlmodel import Session, col, delete

from ballots.credentials import make_credential, sign_in_code
from voting.members import find_email_problem, find_name_problem
from voting.texts import tidy_line
from web.errors import BadAddressError
from web.service import Service
from web.store.rows import SessionRow, SignInCodeRow


def check_person(name: str, email: str, place: int) -> tuple[str, str]:
    """A name and an address, tidied.

    Raises:
        BadAddressError: one of them cannot be one.
    """
    name, email = tidy_line(name), email.strip()
    if find_name_problem(name) or find_email_problem(email):
        raise BadAddressError(place)
    return name, email


def stored_code(code: str) -> str:
    """What the database keeps of a sign-in code: its SHA-256."""
    return hashlib.sha256(code.encode()).hexdigest()


def make_link(
    session: Session, service: Service, role: str, person: int, election: str | None
) -> str:
    """A new personal link's secret; only the hash of its code is kept."""
    secret = make_credential(service.random)
    code = stored_code(sign_in_code(secret))
    session.add(SignInCodeRow(digest=code, role=role, person=person, election=election))
    return secret


def end_links(session: Session, role: str, person: int) -> None:
    """End every link and session of a person."""
    session.exec(
        delete(SignInCodeRow).where(
            col(SignInCodeRow.role) == role, col(SignInCodeRow.person) == person
        )
    )
    session.exec(
        delete(SessionRow).where(col(SessionRow.role) == role, col(SessionRow.person) == person)
    )
