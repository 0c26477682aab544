"""A box's archive, built from the log in order: it grows, and never changes what it held.

Source: design 3, section 7; design 2, "Boxes and voids".
"""

from sqlmodel import Session, col, select

from ballots.archive import ArchiveBuilder
from web.store.load import (
    get_object,
    is_box_shuffled,
    load_shares,
    load_shuffles,
    load_trustees,
    needed_of,
)
from web.store.rows import BallotRow, BoxRow, ElectionRow


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
    if is_box_shuffled(election, box):
        _add_shuffles(builder, session, election, box, size)
    for number, share in load_shares(session, box.uuid):
        if share.entry < size:
            builder.partial_decryption(number, get_object(session, share.decryption_object))
    if box.result_object is not None:
        builder.result(get_object(session, box.result_object))
    return builder.to_bytes()


def _add_shuffles(
    builder: ArchiveBuilder, session: Session, election: ElectionRow, box: BoxRow, size: int
) -> None:
    shuffles = [each for each in load_shuffles(session, box.uuid) if each[1].entry < size]
    for number, shuffle in shuffles:
        builder.shuffle(number, get_object(session, shuffle.shuffle_object))
    if len(shuffles) == needed_of(election, load_trustees(session, election.uuid)):
        builder.end_shuffles()
