"""Load and save voting values: the only place where rows and rules meet.

Rows were written from checked values; loading builds the values again, so that a row that
was altered from outside cannot become one that breaks a rule.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import cast

from sqlmodel import Session, col, func, select

from voting.canonical import format_canonical
from voting.charter.charter import Charter
from voting.charter.charter_format import parse_charter
from voting.contests import Contest, contest_object, read_contest
from voting.elections import Calendar, State
from voting.members import CollegeId, Language, Member, TextFormat
from voting.roll import Roll
from web.errors import (
    CorruptRowError,
    NotSetUpError,
    UnknownBoxError,
    UnknownElectionError,
    UnknownTrusteeError,
)
from web.store.rows import (
    BallotRow,
    BoxRow,
    ElectionRow,
    MemberRow,
    ObjectRow,
    OrganisationRow,
    ShareRow,
    ShuffleRow,
    TrusteeRow,
)
from web.vault import Vault

EMAIL = "e-mail"


def digest_of(content: bytes) -> str:
    """SHA-256, lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def put_object(session: Session, content: bytes) -> str:
    """Keep a public object; returns its digest."""
    digest = digest_of(content)
    if session.get(ObjectRow, digest) is None:
        session.add(ObjectRow(digest=digest, content=content))
        session.flush()
    return digest


def get_object(session: Session, digest: str | None) -> bytes:
    """A kept object, hashed again.

    Raises:
        CorruptRowError: it is not there, or not what it was.
    """
    row = session.get(ObjectRow, digest) if digest else None
    if row is None or digest_of(row.content) != digest:
        raise CorruptRowError(digest or "")
    return row.content


def load_organisation(session: Session) -> OrganisationRow:
    """The organisation.

    Raises:
        NotSetUpError: there is none yet.
    """
    row = session.get(OrganisationRow, 1)
    if row is None:
        raise NotSetUpError
    return row


def load_charter(session: Session) -> Charter:
    """The charter in force.

    Raises:
        NotSetUpError: there is none yet.
    """
    return parse_charter(load_organisation(session).charter.encode())


def load_election(session: Session, election: str) -> ElectionRow:
    """An election's row.

    Raises:
        UnknownElectionError: there is none.
    """
    row = session.get(ElectionRow, election)
    if row is None:
        raise UnknownElectionError(election)
    return row


def state_of(row: ElectionRow) -> State:
    """The election's state."""
    return cast("State", row.state)


def title_of(row: ElectionRow) -> Mapping[Language, str]:
    """The election's title."""
    return cast("dict[Language, str]", json.loads(row.title))


def calendar_of(row: ElectionRow) -> Calendar | None:
    """The election's calendar, None while it has none."""
    if row.opens is None or row.closes is None:
        return None
    return Calendar(row.opens, row.closes, row.zone)


def write_contests_text(contests: Sequence[Contest]) -> str:
    """Contests as their row keeps them while the election is a draft."""
    return format_canonical([contest_object(contest) for contest in contests]).decode()


def contests_of(row: ElectionRow) -> tuple[Contest, ...]:
    """The election's contests in their order; none while none was written."""
    return tuple(read_contest(each) for each in json.loads(row.contests))


def is_shuffled(row: ElectionRow) -> bool:
    """Whether ballots are shuffled, and then opened one by one, in any contest."""
    return any(contest.is_shuffled for contest in contests_of(row))


def is_box_shuffled(row: ElectionRow, box: BoxRow) -> bool:
    """Whether ballots are shuffled in any contest that the members of a box's college are asked."""
    asked = (each for each in contests_of(row) if each.college in (None, box.college))
    return any(contest.is_shuffled for contest in asked)


def load_shuffles(session: Session, box: str) -> list[tuple[int, ShuffleRow]]:
    """The shuffles of a box with their trustees' numbers, in the order of the log."""
    shuffles = select(TrusteeRow.number, ShuffleRow).where(
        ShuffleRow.trustee == TrusteeRow.id, ShuffleRow.box == box
    )
    return list(session.exec(shuffles.order_by(col(ShuffleRow.entry))).all())


def load_shares(session: Session, box: str) -> list[tuple[int, ShareRow]]:
    """The shares of a box with their trustees' numbers, in the order of the log."""
    shares = select(TrusteeRow.number, ShareRow).where(
        ShareRow.trustee == TrusteeRow.id, ShareRow.box == box
    )
    return list(session.exec(shares.order_by(col(ShareRow.entry))).all())


def load_boxes(session: Session, election: str) -> list[BoxRow]:
    """The boxes of an election in the charter's order; none while it is a draft."""
    boxes = select(BoxRow).where(BoxRow.election == election).order_by(col(BoxRow.place))
    return list(session.exec(boxes).all())


def load_box(session: Session, box: str) -> BoxRow:
    """A box's row.

    Raises:
        UnknownBoxError: there is none.
    """
    row = session.get(BoxRow, box)
    if row is None:
        raise UnknownBoxError(box)
    return row


def load_trustees(session: Session, election: str) -> list[TrusteeRow]:
    """The trustees of an election by number."""
    trustees = select(TrusteeRow).where(TrusteeRow.election == election)
    return list(session.exec(trustees.order_by(col(TrusteeRow.number))).all())


def needed_of(row: ElectionRow, trustees: Sequence[TrusteeRow]) -> int:
    """How many of an election's trustees open its tally."""
    return len(trustees) if row.trustees_needed is None else row.trustees_needed


def load_trustee(session: Session, trustee_id: int) -> TrusteeRow:
    """A trustee's row.

    Raises:
        UnknownTrusteeError: there is none.
    """
    row = session.get(TrusteeRow, trustee_id)
    if row is None:
        raise UnknownTrusteeError(trustee_id)
    return row


def newest_entry(session: Session, box: str, credential: str) -> int | None:
    """The entry of the ballot of a credential that counts: the last in the log."""
    entries = select(func.max(BallotRow.entry))
    hers = entries.where(BallotRow.box == box, BallotRow.credential == credential)
    return session.exec(hers).one()


def load_roll(session: Session, vault: Vault) -> tuple[Roll, dict[str, int]]:
    """The current roll, and the row id of each member by her key."""
    rows = session.exec(select(MemberRow).where(col(MemberRow.removed).is_(False))).all()
    members = {row.id or 0: member_of(row, vault) for row in rows}
    return Roll(tuple(members.values())), {member.key: row_id for row_id, member in members.items()}


def member_of(row: MemberRow, vault: Vault) -> Member:
    """A member, her address opened."""
    return Member(
        number=row.number,
        name=row.name,
        email=vault.open(EMAIL, row.email).decode(),
        college=None if row.college is None else CollegeId(row.college),
        language=cast("Language", row.language),
        text_format=cast("TextFormat", row.text_format),
    )
