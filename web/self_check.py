"""The service checks its own record: every hour, and before a tally and a certificate.

Every entry is hashed again and told as a story from the first; every ballot's bytes are
hashed and compared with their entry; every box's counters with its ballots; every tally,
shuffle and share is hashed again. What an observer would find wrong the service finds
first, and then it signs nothing more.

Source: design 5, section 0.2 (5); design 8, section 2 (6).
"""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from audit.entries import (
    BallotEntry,
    DecryptionEntry,
    Entry,
    ShuffleEntry,
    TallyEntry,
    parse_entry,
)
from audit.errors import AuditError
from audit.merkle import RightEdge, leaf_hash
from audit.story import Story
from web.errors import CorruptRowError
from web.service import Service
from web.store.load import digest_of, get_object, load_boxes
from web.store.rows import BallotRow, BoxRow, EntryRow


def require_sound(service: Service) -> None:
    """Check everything that is stored; when something is wrong the log freezes.

    Raises:
        LogFrozenError: something is not what was accepted, or not what was signed.
    """
    service.keeper.require_consistent()
    try:
        with service.store.read() as session:
            _check(session, service)
    except (AuditError, CorruptRowError) as error:
        raise service.keeper.freeze(error) from error


def _check(session: Session, service: Service) -> None:
    story, edge = Story(), RightEdge()
    entries = select(EntryRow.number, EntryRow.content, EntryRow.leaf)
    ballots = _read_ballots(session)
    for number, content, leaf in session.exec(entries.order_by(col(EntryRow.number))):
        if leaf != leaf_hash(content) or number != edge.size:
            raise CorruptRowError(leaf.hex())
        edge = edge.append(leaf)
        entry = parse_entry(content)
        story.follow(entry)
        for digest in _named_by(entry):
            get_object(session, digest)
        if isinstance(entry, BallotEntry) and next(ballots, None) != (number, entry):
            raise CorruptRowError(entry.ballot)
    if edge != service.keeper.edge(session) or next(ballots, None) is not None:
        raise CorruptRowError(edge.root().hex())
    for election in story.elections.values():
        for box in load_boxes(session, election.uuid):
            if box.ballots != len(election.ballots[box.uuid]):
                raise CorruptRowError(box.uuid)


def _named_by(entry: Entry) -> tuple[str, ...]:
    """The objects of a tally of which an entry tells."""
    match entry:
        case TallyEntry():
            return entry.encrypted_tally, entry.sized
        case ShuffleEntry():
            return (entry.shuffle,)
        case DecryptionEntry():
            return entry.decryption, entry.proofs
        case _:
            return ()


def _read_ballots(session: Session) -> Iterator[tuple[int, BallotEntry]]:
    """Each stored ballot as the entry that it must have, in the order of the log."""
    stored = (
        select(BallotRow.entry, BoxRow.election, BallotRow.box, BallotRow.content)
        .join(BoxRow, col(BoxRow.uuid) == col(BallotRow.box))
        .order_by(col(BallotRow.entry))
        .execution_options(yield_per=200)
    )
    for number, election, box, content in session.exec(stored):
        yield number, BallotEntry(election=election, box=box, ballot=digest_of(content))
