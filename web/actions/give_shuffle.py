"""Take a trustee's shuffle of the sealed ballots; after the last one needed, opening begins.

Source: design 3, section 9.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from audit.entries import ShuffleEntry
from ballots.errors import ShuffleProofError
from web.actions.tell_trustees import tell_trustees
from web.actions.trustee_keys import find_place
from web.boxes import find_box, tally_stages
from web.errors import (
    ShuffleGivenError,
    StaleShuffleError,
    TallyNotStartedError,
    WrongBoxesError,
    WrongStepError,
)
from web.messages.outbox import cancel_messages
from web.service import Service
from web.store.load import digest_of, is_box_shuffled, load_boxes, put_object
from web.store.rows import BoxRow, ShuffleRow
from web.trustee_steps import Place, count_shuffles, waits_for_shuffles


@dataclass(frozen=True, slots=True)
class ShuffleTaken:
    """How many trustees have shuffled, and how many are needed."""

    given: int
    needed: int


def give_shuffle(service: Service, trustee_id: int, shuffles: Mapping[str, bytes]) -> ShuffleTaken:
    """Take one trustee's shuffle of every box that is shuffled, made from what her page showed.

    Any trustee may be next. Giving the same shuffle again is fine.

    Args:
        service: the service.
        trustee_id: who gives it.
        shuffles: box uuid to raw shuffle.

    Raises:
        UnknownTrusteeError
        TallyNotStartedError: nothing to shuffle.
        WrongStepError: nothing is shuffled in this election, or enough have shuffled.
        WrongBoxesError: not exactly one shuffle of each box that is shuffled.
        ShuffleGivenError: she gave another one already.
        StaleShuffleError: another trustee shuffled meanwhile; she may shuffle again.
        BallotError: a shuffle's form or proof is wrong.
    """
    with service.store.read() as session:
        place = find_place(session, trustee_id)
        if _is_taken(session, place, shuffles):
            return _count(place)
        boxes = _require_boxes(session, place, shuffles)
        given = count_shuffles(place.trustees)
        stages = {box.uuid: tally_stages(session, service, box) for box in boxes}
    for box, raw in shuffles.items():
        _verify(service, box, stages[box], raw)

    def write(session: Session) -> ShuffleTaken:
        place = find_place(session, trustee_id)
        if _is_taken(session, place, shuffles):
            return _count(place)
        boxes = _require_boxes(session, place, shuffles)
        if count_shuffles(place.trustees) != given:
            raise StaleShuffleError(count_shuffles(place.trustees))
        _keep(session, service, place, boxes, shuffles)
        if not waits_for_shuffles(place.row, place.trustees):
            cancel_messages(session, place.row.uuid, "trustee-shuffle")
            tell_trustees(session, service, place.row, place.trustees)
        return _count(place)

    taken = service.store.write(write)
    service.keeper.publish()
    return taken


def _count(place: Place) -> ShuffleTaken:
    return ShuffleTaken(count_shuffles(place.trustees), place.needed)


def _is_taken(session: Session, place: Place, shuffles: Mapping[str, bytes]) -> bool:
    """Whether this very shuffle was taken before.

    Raises:
        ShuffleGivenError: another one was.
    """
    if not place.trustee.shuffled:
        return False
    rows = session.exec(select(ShuffleRow).where(ShuffleRow.trustee == place.trustee.id)).all()
    known = {row.box: row.shuffle_object for row in rows}
    if known != {box: digest_of(raw) for box, raw in shuffles.items()}:
        raise ShuffleGivenError(place.trustee.number)
    return True


def _require_boxes(session: Session, place: Place, shuffles: Mapping[str, bytes]) -> list[BoxRow]:
    """The boxes that wait for this shuffle."""
    row = place.row
    if row.state != "closed" or not row.tally_started:
        raise TallyNotStartedError(row.uuid)
    if not waits_for_shuffles(row, place.trustees):
        raise WrongStepError(place.step)
    boxes = [box for box in load_boxes(session, row.uuid) if is_box_shuffled(row, box)]
    expected = tuple(box.uuid for box in boxes)
    if set(expected) != set(shuffles):
        raise WrongBoxesError(expected, tuple(shuffles))
    return boxes


def _verify(service: Service, box: str, stages: Sequence[bytes], raw: bytes) -> None:
    """Verify a shuffle of what the last one left.

    Raises:
        StaleShuffleError: it is a right one, of what an earlier one left.
        BallotError: it is wrong.
    """
    election = find_box(service, box).raw
    *earlier, newest = stages
    try:
        service.checker.check_shuffle(election, newest, raw)
    except ShuffleProofError:
        for before in reversed(earlier):
            if service.checker.is_shuffle_of(election, before, raw):
                raise StaleShuffleError(len(earlier)) from None
        raise


def _keep(
    session: Session,
    service: Service,
    place: Place,
    boxes: list[BoxRow],
    shuffles: Mapping[str, bytes],
) -> None:
    trustee = place.trustee
    assert trustee.id is not None
    time = service.keeper.now(session)
    for box in boxes:
        shuffle = put_object(session, shuffles[box.uuid])
        entry = ShuffleEntry(
            time=time,
            election=trustee.election,
            box=box.uuid,
            trustee=trustee.number,
            shuffle=shuffle,
        )
        index = service.keeper.append(session, entry)
        session.add(
            ShuffleRow(trustee=trustee.id, box=box.uuid, shuffle_object=shuffle, entry=index)
        )
    trustee.shuffled = True
    session.add(trustee)
    session.flush()
