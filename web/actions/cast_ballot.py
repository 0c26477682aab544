"""Cast a sealed ballot: everything a verifier would refuse is refused at the door.

Checked in the order cheapest first: size, exact form, known credential, open election,
signature, proofs (design 3, section 13).
"""

from base64 import b64encode
from contextlib import nullcontext
from dataclasses import dataclass

from sqlmodel import Session, select

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
from web.store.load import digest_of, load_box, load_election, newest_ballot
from web.store.rows import BallotRow, ElectionRow


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
        with service.store.read() as session:
            _require_open(service, load_election(session, known.election), came)
        if service.keeper.problem:
            raise LogFrozenError(service.keeper.problem)
        checked = service.checker.check(known.raw, raw)

        def write(session: Session) -> CastReceipt:
            if repeated := _find_repeat(session, known, checked.digest):
                return repeated
            _require_open(service, load_election(session, known.election), came)
            return _accept(session, service, known, checked, raw)

        return service.store.write(write, order=ballot.credential)


def _find_repeat(session: Session, known: KnownBox, digest: str) -> CastReceipt | None:
    """The receipt of bytes that are in the box and count; None for new bytes.

    Raises:
        ReplayedBallotError: a later ballot has replaced them; putting them in again would
            bring an old choice back to life.
    """
    there = select(BallotRow).where(BallotRow.box == known.uuid, BallotRow.digest == digest)
    row = session.exec(there).first()
    if row is None:
        return None
    newest = newest_ballot(session, known.uuid, row.credential)
    if newest is None or newest.entry != row.entry:
        raise ReplayedBallotError(known.uuid, tracker_of(digest))
    return CastReceipt(tracker_of(digest), known.uuid, known.election, True, row.entry)


def _require_open(service: Service, row: ElectionRow, arrival: Arrival) -> None:
    late = row.closes is not None and arrival.time >= row.closes
    if row.state == "open" and (late or service.door.is_late(row.uuid, arrival)):
        raise ElectionNotOpenError(row.uuid, "closed")
    if row.state != "open":
        raise ElectionNotOpenError(row.uuid, row.state)


def _accept(
    session: Session, service: Service, known: KnownBox, checked: Checked, raw: bytes
) -> CastReceipt:
    """Ballot, entry and box in the caller's transaction."""
    earlier = newest_ballot(session, known.uuid, checked.credential)
    entry = BallotEntry(election=known.election, box=known.uuid, ballot=checked.digest)
    index = service.keeper.append(session, entry)
    session.add(
        BallotRow(
            entry=index,
            box=known.uuid,
            credential=checked.credential,
            digest=checked.digest,
            content=raw,
        )
    )
    box = load_box(session, known.uuid)
    box.ballots += 1
    box.voted += earlier is None
    session.add(box)
    session.flush()
    # What is on the disk must be what was checked, or the receipt would be for other bytes.
    stored = session.connection().exec_driver_sql(
        "SELECT content FROM ballot WHERE entry = ?", (index,)
    )
    if digest_of(stored.scalar_one()) != checked.digest:
        raise CorruptRowError(checked.digest)
    return CastReceipt(tracker_of(checked.digest), known.uuid, known.election, False, index)


def tracker_of(digest: str) -> str:
    """The tracker of a ballot by its hex digest."""
    return b64encode(bytes.fromhex(digest)).decode().rstrip("=")
