"""Take a trustee's share of the tally; as soon as enough have given theirs, it is opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from audit.entries import DecryptionEntry
from ballots.decryption import OpenedBox, open_box
from ballots.trustees import parse_trustees
from web.actions.count_result import Counted, count_boxes, keep_result
from web.actions.trustee_keys import find_place
from web.boxes import find_box, tally_stages
from web.errors import ShareGivenError, TallyNotStartedError, WrongBoxesError, WrongStepError
from web.messages.outbox import cancel_messages
from web.service import Service
from web.store.load import digest_of, get_object, load_boxes, load_shares, put_object
from web.store.rows import BoxRow, ShareRow
from web.trustee_steps import Place, waits_for_shuffles

Shares = Mapping[str, tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class ShareTaken:
    """Attributes: shares given and needed; `tallied` when the tally is complete."""

    given: int
    needed: int
    tallied: bool


def give_share(service: Service, trustee_id: int, shares: Shares) -> ShareTaken:
    """Take one trustee's decryptions of every box, each with both proofs.

    With the last share that is needed the boxes are opened, the result counted, the final
    archives made and all of it logged, in one unit. Giving the same share again is fine.

    Args:
        service: the service.
        trustee_id: who gives it.
        shares: box uuid to (decryption, second proofs), raw bytes.

    Raises:
        UnknownTrusteeError
        TallyNotStartedError: nothing to open, or it is open already.
        WrongStepError: the ballots must be shuffled first.
        WrongBoxesError: not exactly one share per box.
        BallotError: a proof is wrong.
        ShareGivenError: she gave another one already.
    """
    tallies = _verify(service, trustee_id, shares)
    while True:
        try:
            taken = _take(service, trustee_id, shares, tallies)
        except _OutdatedError:
            continue
        service.keeper.publish()
        return taken


class _OutdatedError(Exception):
    """Another share came between; what was opened was opened with fewer shares."""


def _verify(service: Service, trustee_id: int, shares: Shares) -> dict[str, bytes]:
    """The tallies of the boxes, for which every share is right; none if it was given before."""
    with service.store.read() as session:
        place = find_place(session, trustee_id)
        if _is_taken(session, place, shares):
            return {}
        boxes = _require_boxes(session, place, shares)
        tallies = {box.uuid: tally_stages(session, service, box)[-1] for box in boxes}
    key = place.trustee.public_key or ""
    for box, (decryption, proofs) in shares.items():
        raw = find_box(service, box).raw
        service.checker.check_share(raw, tallies[box], key, decryption, proofs)
    return tallies


def _take(
    service: Service, trustee_id: int, shares: Shares, tallies: Mapping[str, bytes]
) -> ShareTaken:
    """Keep a verified share.

    Raises:
        _OutdatedError: another came between.
    """
    with service.store.read() as session:
        place = find_place(session, trustee_id)
        givers = _givers(place)
        counted: Counted | None = None
        if tallies and len(givers) + 1 == place.needed:
            counted = _open(session, service, place, shares, tallies)

    def write(session: Session) -> ShareTaken:
        place = find_place(session, trustee_id)
        if _is_taken(session, place, shares):
            return _count(place)
        boxes = _require_boxes(session, place, shares)
        if _givers(place) != givers:
            raise _OutdatedError
        _keep(session, service, place, boxes, shares)
        if counted is None:
            return _count(place)
        cancel_messages(session, place.row.uuid, "trustee-open")
        keep_result(session, service, place.row.uuid, counted)
        return replace(_count(place), tallied=True)

    return service.store.write(write)


def _givers(place: Place) -> frozenset[int]:
    """The numbers of the trustees who have given their shares."""
    return frozenset(one.number for one in place.trustees if one.shared)


def _count(place: Place) -> ShareTaken:
    return ShareTaken(len(_givers(place)), place.needed, place.row.result_entry is not None)


def _is_taken(session: Session, place: Place, shares: Shares) -> bool:
    """Whether this very share was taken before.

    Raises:
        ShareGivenError: she gave another share.
    """
    if not place.trustee.shared:
        return False
    given = session.exec(select(ShareRow).where(ShareRow.trustee == place.trustee.id)).all()
    known = {row.box: (row.decryption_object, row.proofs_object) for row in given}
    if known != {box: (digest_of(one), digest_of(two)) for box, (one, two) in shares.items()}:
        raise ShareGivenError(place.trustee.number)
    return True


def _require_boxes(session: Session, place: Place, shares: Shares) -> list[BoxRow]:
    """The boxes that wait for this share."""
    row = place.row
    if row.state != "closed" or not row.tally_started:
        raise TallyNotStartedError(row.uuid)
    # Opened before it is shuffled, every ballot could be told from its place.
    if waits_for_shuffles(row, place.trustees):
        raise WrongStepError(place.step)
    boxes = load_boxes(session, row.uuid)
    expected = tuple(box.uuid for box in boxes)
    if set(expected) != set(shares):
        raise WrongBoxesError(expected, tuple(shares))
    return boxes


def _open(
    session: Session,
    service: Service,
    place: Place,
    shares: Shares,
    tallies: Mapping[str, bytes],
) -> Counted:
    """Every box, opened with this share and those that were given before, and counted."""
    opened: dict[str, OpenedBox] = {}
    boxes = load_boxes(session, place.row.uuid)
    for box in boxes:
        decryptions = {
            number: get_object(session, share.decryption_object)
            for number, share in load_shares(session, box.uuid)
        }
        decryptions[place.trustee.number] = shares[box.uuid][0]
        opened[box.uuid] = open_box(
            find_box(service, box.uuid).parsed,
            parse_trustees(get_object(session, box.trustees_object)),
            tallies[box.uuid],
            decryptions,
            box.voted,
        )
    return count_boxes(session, service, place.row, boxes, opened)


def _keep(
    session: Session, service: Service, place: Place, boxes: list[BoxRow], shares: Shares
) -> None:
    trustee = place.trustee
    assert trustee.id is not None
    time = service.keeper.now(session)
    for box in boxes:
        decryption, proofs = (put_object(session, raw) for raw in shares[box.uuid])
        entry = DecryptionEntry(
            time=time,
            election=trustee.election,
            box=box.uuid,
            trustee=trustee.number,
            decryption=decryption,
            proofs=proofs,
        )
        session.add(
            ShareRow(
                trustee=trustee.id,
                box=box.uuid,
                decryption_object=decryption,
                proofs_object=proofs,
                entry=service.keeper.append(session, entry),
            )
        )
    trustee.shared = True
    session.add(trustee)
    session.flush()
