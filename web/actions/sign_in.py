"""Sign in by personal link, and keep the sessions of pages.

The page's script derives the code from the link's secret and posts only that. Codes and
session tokens are stored as SHA-256 only: a thief of the database can use neither.
"""

from dataclasses import dataclass, field
from typing import Literal

from voting.members import Language, TextFormat

from web.service import Service

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
        code: 64 lower-case hex, as `ballots.credentials.sign_in_code` derives it.

    Raises:
        UnknownCodeError: nobody's code.
    """
    raise NotImplementedError


def who_is(service: Service, session_token: str) -> Person | None:
    """The person of a session; None when it is unknown, anonymous, ended or too old."""
    raise NotImplementedError


def sign_out(service: Service, session_token: str) -> None:
    """End a session; a token that is none already is no fault."""
    raise NotImplementedError


def start_session(service: Service) -> str:
    """A token for an anonymous session (a page's CSRF token needs one)."""
    raise NotImplementedError


def load_session(service: Service, session_token: str) -> str | None:
    """The page's own data (JSON text) of a session; None when there is no such session."""
    raise NotImplementedError


def save_session(service: Service, session_token: str, data: str) -> None:
    """Keep a page's own data (JSON text) with a session; lost when there is no such session."""
    raise NotImplementedError
