"""Cast a sealed ballot: everything a verifier would refuse is refused at the door.

Checked in the order cheapest first: size, exact form, known credential, open election,
signature, proofs (design 3, section 13).
"""

from base64 import b64encode
from contextlib import nullcontext
from dataclasses import dataclass

from sqlmodel import Session, col, insert, select, update

from audit.entries import BallotEntry
from ballots.ballot import largest_ballot, parse_ballot
from web.boxes import KnownBox, find_box
from web.checker import Checked
from web.door import Arrival
from web.errors import (
    BallotTooLargeError,
    CorruptRowError,
    ElectionNotOpenError,
    LogFrozenError,
    ReplayedBallotError,
    UnknownCredentialError,
)
from web.service import Service
from web.store.load import digest_of, newest_entry
from web.store.rows import BallotRow, BoxRow, ElectionRow


@dataclass(frozen=True, slots=True)
class CastReceipt:
    """What the voter is told once the ballot and its entry are on disk.

    Attributes:
        repeated: these bytes are her newest ballot already; nothing was changed.
        log_index: of the ballot's entry.
    """

    tracker: str
    box: str
    election: str
    repeated: bool
    log_index: int


def cast_ballot(
    service: Service, box: str, raw: bytes, *, arrival: Arrival | None = None
) -> CastReceipt:
    """Put a ballot into its box; returns after it is durable.

    Blocks for the proof check (tens of milliseconds); call it from a thread.

    Args:
        service: the service.
        box: uuid of the box.
        raw: the ballot's bytes, as sealed.
        arrival: from `service.door.arrive()`, entered when the request was complete; without
            it, this moment.

    Raises:
        UnknownBoxError, BallotTooLargeError, UnknownCredentialError, ElectionNotOpenError
        ReplayedBallotError: bytes that a later ballot has replaced.
        BallotError: form, signature or a proof is wrong.
        LogFrozenError: the log may not grow.
    """
    with service.door.arrive() if arrival is None else nullcontext(arrival) as came:
        known = find_box(service, box)
        limit = largest_ballot(known.parsed)
        if len(raw) > limit:
            raise BallotTooLargeError(len(raw), limit)
        digest = digest_of(raw)
        with service.store.read() as session:
            # Bytes that are in the box were checked when they came: nothing is to be done.
            if repeated := _find_repeat(session, known, digest):
                return repeated
            ballot = parse_ballot(known.parsed, raw)
            if ballot.credential not in known.credentials:
                raise UnknownCredentialError(box)
            _require_open(session, service, known.election, came)
        if service.keeper.problem:
            raise LogFrozenError(service.keeper.problem)
        checked = service.checker.check(known.raw, raw)

        def write(session: Session) -> CastReceipt:
            if repeated := _find_repeat(session, known, checked.digest):
                return repeated
            _require_open(session, service, known.election, came)
            return _accept(session, service, known, checked, raw)

        return service.store.write(write, order=ballot.credential)


def _find_repeat(session: Session, known: KnownBox, digest: str) -> CastReceipt | None:
    """The receipt of bytes that are in the box and count; None for new bytes.

    Raises:
        ReplayedBallotError: a later ballot has replaced them; putting them in again would
            bring an old choice back to life.
    """
    there = select(BallotRow.entry, BallotRow.credential)
    row = session.exec(there.where(BallotRow.box == known.uuid, BallotRow.digest == digest)).first()
    if row is None:
        return None
    entry, credential = row
    if newest_entry(session, known.uuid, credential) != entry:
        raise ReplayedBallotError(known.uuid, tracker_of(digest))
    return CastReceipt(tracker_of(digest), known.uuid, known.election, True, entry)


def _require_open(session: Session, service: Service, election: str, arrival: Arrival) -> None:
    row = select(ElectionRow.state, ElectionRow.closes).where(ElectionRow.uuid == election)
    state, closes = session.exec(row).one()
    late = closes is not None and arrival.time >= closes
    if state == "open" and (late or service.door.is_late(election, arrival)):
        raise ElectionNotOpenError(election, "closed")
    if state != "open":
        raise ElectionNotOpenError(election, state)


def _accept(
    session: Session, service: Service, known: KnownBox, checked: Checked, raw: bytes
) -> CastReceipt:
    """Ballot, entry and box in the caller's transaction."""
    is_first = newest_entry(session, known.uuid, checked.credential) is None
    entry = BallotEntry(election=known.election, box=known.uuid, ballot=checked.digest)
    index = service.keeper.append(session, entry)
    connection = session.connection()
    ballot = {
        "entry": index,
        "box": known.uuid,
        "credential": checked.credential,
        "digest": checked.digest,
        "content": raw,
    }
    connection.execute(insert(BallotRow), ballot)
    connection.execute(
        update(BoxRow)
        .where(col(BoxRow.uuid) == known.uuid)
        .values(ballots=col(BoxRow.ballots) + 1, voted=col(BoxRow.voted) + is_first)
    )
    # What is on the disk must be what was checked, or the receipt would be for other bytes.
    stored = session.exec(select(BallotRow.content).where(BallotRow.entry == index)).one()
    if digest_of(stored) != checked.digest:
        raise CorruptRowError(checked.digest)
    return CastReceipt(tracker_of(checked.digest), known.uuid, known.election, False, index)


def tracker_of(digest: str) -> str:
    """The tracker of a ballot by its hex digest."""
    return b64encode(bytes.fromhex(digest)).decode().rstrip("=")
