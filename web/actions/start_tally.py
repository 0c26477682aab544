"""Start the tally: publish each box's encrypted sum for the trustees to open."""

from sqlmodel import Session, col, select

from audit.entries import TallyEntry
from ballots.ballot import Ballot, parse_ballot
from ballots.tally import Tally, tally_box
from voting.elections import SMALL_BOX, SMALL_SHUFFLED_BOX, Rules, move
from web.actions.steps import note_act
from web.actions.tell_trustees import tell_trustees
from web.boxes import find_box
from web.errors import CorruptRowError, SmallBoxError, TallyStartedError
from web.self_check import require_sound
from web.service import Service
from web.store.load import (
    digest_of,
    is_box_shuffled,
    load_boxes,
    load_election,
    load_trustees,
    put_object,
    state_of,
)
from web.store.rows import BallotRow, BoxRow, ElectionRow


def start_tally(service: Service, election: str, *, officer_id: int | None = None) -> None:
    """Compute and log the encrypted tally of every box, and write to the trustees.

    They shuffle first, where ballots are opened one by one, and then open. The state stays
    closed until the last share that is needed is given.

    Raises:
        UnknownElectionError
        WrongStateError: not closed.
        TallyStartedError: it was started already.
        SmallBoxError: a box with so few voters that the rules do not let it be opened.
    """
    with service.store.read() as session:
        _require_startable(load_election(session, election))
    require_sound(service)
    with service.store.read() as session:
        row = load_election(session, election)
        _require_startable(row)
        boxes = load_boxes(session, election)
        _require_large_enough(row, boxes)
        tallies = {box.uuid: _add_up(session, service, box) for box in boxes}

    def write(session: Session) -> None:
        row = load_election(session, election)
        _require_startable(row)
        time = service.keeper.now(session)
        for box in load_boxes(session, election):
            tally = tallies[box.uuid]
            box.tally_object = put_object(session, tally.encrypted)
            box.sized_object = put_object(session, tally.sized)
            session.add(box)
            entry = TallyEntry(
                time=time,
                election=election,
                box=box.uuid,
                encrypted_tally=box.tally_object,
                sized=box.sized_object,
            )
            service.keeper.append(session, entry)
        row.tally_started = True
        session.add(row)
        note_act(session, election, "tally", "", time=time, officer_id=officer_id)
        tell_trustees(session, service, row, load_trustees(session, election))

    service.store.write(write)
    service.keeper.publish()


def _require_startable(row: ElectionRow) -> None:
    move(state_of(row), "tallied")
    if row.tally_started:
        raise TallyStartedError(row.uuid)


def _require_large_enough(row: ElectionRow, boxes: list[BoxRow]) -> None:
    rules = Rules(open_small_boxes=row.open_small_boxes)
    small = {
        box.college: is_box_shuffled(row, box)
        for box in boxes
        if not rules.may_open(box.voted, shuffled=is_box_shuffled(row, box))
    }
    if small:
        # The totals of so few would show how each of them may have voted; and the ballots of a
        # few more, opened one by one, may each be told by its order of names.
        most = SMALL_SHUFFLED_BOX if any(small.values()) else SMALL_BOX
        raise SmallBoxError(tuple(small), most)


def _add_up(session: Session, service: Service, box: BoxRow) -> Tally:
    """The encrypted sum of a box's ballots, read again from the database and hashed again."""
    parsed = find_box(service, box.uuid).parsed
    rows = select(BallotRow).where(BallotRow.box == box.uuid).order_by(col(BallotRow.entry))
    newest: dict[str, Ballot] = {}
    for row in session.exec(rows):
        if digest_of(row.content) != row.digest:
            raise CorruptRowError(row.digest)
        newest[row.credential] = parse_ballot(parsed, row.content)
    return tally_box(parsed, newest.values())
