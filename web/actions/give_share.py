"""Take a trustee's share of the tally; the last one opens it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from audit.entries import DecryptionEntry
from ballots.decryption import verify_decryption, verify_second_proof
from web.actions.count_result import count_result
from web.boxes import find_box
from web.errors import ShareGivenError, TallyNotStartedError, WrongBoxesError
from web.service import Service
from web.store.load import (
    digest_of,
    get_object,
    load_boxes,
    load_election,
    load_trustee,
    load_trustees,
    put_object,
)
from web.store.rows import BoxRow, ShareRow, TrusteeRow


@dataclass(frozen=True, slots=True)
class ShareTaken:
    """Attributes: shares given and needed; `tallied` when this one completed the tally."""

    given: int
    needed: int
    tallied: bool


def give_share(
    service: Service, trustee_id: int, shares: Mapping[str, tuple[bytes, bytes]]
) -> ShareTaken:
    """Take one trustee's decryptions of every box, each with both proofs.

    With the last share the boxes are opened, the result counted, the final archives made and
    all of it logged, in one unit. Giving the same share again is fine.

    Args:
        service: the service.
        trustee_id: who gives it.
        shares: box uuid to (decryption, second proofs), raw bytes.

    Raises:
        UnknownTrusteeError
        TallyNotStartedError: nothing to open.
        WrongBoxesError: not exactly one share per box.
        BallotError: a proof is wrong.
        ShareGivenError: she gave another one already.
    """
    with service.store.read() as session:
        trustee = load_trustee(session, trustee_id)
        if taken := _find_taken(session, trustee, shares):
            return taken
        boxes = _require_tally(session, trustee, shares)
        tallies = {box.uuid: get_object(session, box.tally_object) for box in boxes}
    for box, (decryption, proofs) in shares.items():
        parsed, tally, key = find_box(service, box).parsed, tallies[box], trustee.public_key or ""
        verify_decryption(parsed, tally, key, decryption)
        verify_second_proof(parsed, tally, key, decryption, proofs)

    def write(session: Session) -> ShareTaken:
        trustee = load_trustee(session, trustee_id)
        if taken := _find_taken(session, trustee, shares):
            return taken
        boxes = _require_tally(session, trustee, shares)
        _keep_share(session, service, trustee, boxes, shares)
        taken = _count_given(session, trustee.election)
        if taken.given < taken.needed:
            return taken
        count_result(session, service, trustee.election)
        return replace(taken, tallied=True)

    taken = service.store.write(write)
    service.keeper.publish()
    return taken


def _find_taken(
    session: Session, trustee: TrusteeRow, shares: Mapping[str, tuple[bytes, bytes]]
) -> ShareTaken | None:
    """What was answered to this share when it was given before; None when it was not.

    Raises:
        ShareGivenError: she gave another share.
    """
    if not trustee.shared:
        return None
    given = session.exec(select(ShareRow).where(ShareRow.trustee == trustee.id)).all()
    known = {row.box: (row.decryption_object, row.proofs_object) for row in given}
    if known != {box: (digest_of(one), digest_of(two)) for box, (one, two) in shares.items()}:
        raise ShareGivenError(trustee.number)
    return _count_given(session, trustee.election)


def _count_given(session: Session, election: str) -> ShareTaken:
    trustees = load_trustees(session, election)
    given = sum(trustee.shared for trustee in trustees)
    tallied = load_election(session, election).result_entry is not None
    return ShareTaken(given, len(trustees), tallied)


def _require_tally(
    session: Session, trustee: TrusteeRow, shares: Mapping[str, tuple[bytes, bytes]]
) -> list[BoxRow]:
    """The boxes that wait for this share."""
    row = load_election(session, trustee.election)
    if row.state != "closed" or not row.tally_started:
        raise TallyNotStartedError(row.uuid)
    boxes = load_boxes(session, row.uuid)
    expected = tuple(box.uuid for box in boxes)
    if set(expected) != shares.keys():
        raise WrongBoxesError(expected, tuple(shares))
    return boxes


def _keep_share(
    session: Session,
    service: Service,
    trustee: TrusteeRow,
    boxes: list[BoxRow],
    shares: Mapping[str, tuple[bytes, bytes]],
) -> None:
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
