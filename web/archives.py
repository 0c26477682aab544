"""A box's archive, built from the log in order: it grows, and never changes what it held.

Source: design 3, section 7; design 2, "Boxes and voids".
"""

from sqlmodel import Session, col, select

from ballots.archive import ArchiveBuilder
from web.store.load import get_object
from web.store.rows import BallotRow, BoxRow, ElectionRow, ShareRow, TrusteeRow


def build_archive(session: Session, election: ElectionRow, box: BoxRow, *, size: int) -> bytes:
    """The archive as far as the first `size` entries of the log tell it."""
    builder = ArchiveBuilder(box.created)
    builder.setup(
        get_object(session, box.election_object),
        get_object(session, box.trustees_object),
        get_object(session, box.credentials_object),
    )
    ballots = select(BallotRow.content).where(BallotRow.box == box.uuid, BallotRow.entry < size)
    count = 0
    for content in session.exec(ballots.order_by(col(BallotRow.entry))):
        builder.ballot(content)
        count += 1
    if election.closed_at is None or count < box.ballots:
        return builder.to_bytes()
    builder.end_ballots()
    if box.tally_object is None:
        return builder.to_bytes()
    tally, sized = get_object(session, box.tally_object), get_object(session, box.sized_object)
    builder.encrypted_tally(tally, sized)
    for number, share in _shares(session, box, size):
        builder.partial_decryption(number, get_object(session, share.decryption_object))
    if box.result_object is not None:
        builder.result(get_object(session, box.result_object))
    return builder.to_bytes()


def _shares(session: Session, box: BoxRow, size: int) -> list[tuple[int, ShareRow]]:
    """The shares with their trustees' numbers, in the order of the log."""
    shares = (
        select(TrusteeRow.number, ShareRow)
        .where(ShareRow.trustee == TrusteeRow.id, ShareRow.box == box.uuid, ShareRow.entry < size)
        .order_by(col(ShareRow.entry))
    )
    return [(number, share) for number, share in session.exec(shares)]
