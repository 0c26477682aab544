"""Steps of the last share: open the boxes, count, make the final record, log the result.

All of it happens in the transaction that takes the last share, so that there is never a
result without its archives, nor shares complete without a result.
"""

from sqlmodel import Session, select

from audit.entries import ResultEntry
from audit.objects import format_proof_list
from ballots.decryption import open_tally, parse_box_result
from voting.counting.motion import CollegeTally, count_motion
from voting.counting.result import format_result
from voting.manifest import parse_manifest
from voting.members import CollegeId
from web.actions.steps import move_election
from web.archives import build_archive
from web.boxes import find_box
from web.service import Service
from web.store.load import get_object, load_boxes, load_trustees, put_object
from web.store.rows import BoxRow, ShareRow, TrusteeRow


def count_result(session: Session, service: Service, election: str) -> None:
    """Move closed to tallied, in the caller's transaction; every share is there, verified."""
    row = move_election(session, election, "tallied")
    manifest = parse_manifest(get_object(session, row.manifest_object))
    boxes, trustees = load_boxes(session, election), load_trustees(session, election)
    tallies = [_open_box(session, service, box, trustees) for box in boxes]
    (motion,) = manifest.contests
    result = count_motion(manifest.charter, motion, tallies)
    row.result_object = put_object(session, format_result(election, [result]))
    row.proofs_object = put_object(session, _collect_proofs(session, election, boxes, trustees))
    size = service.keeper.size(session)
    for box in boxes:
        archive = build_archive(session, row, box, size=size)
        box.archive_object = put_object(session, archive)
        session.add(box)
    entry = ResultEntry(
        time=service.keeper.now(session),
        election=election,
        boxes=tuple((box.uuid, box.archive_object or "") for box in boxes),
        result=row.result_object,
        proofs=row.proofs_object,
    )
    row.result_entry = service.keeper.append(session, entry)
    session.add(row)


def _open_box(
    session: Session, service: Service, box: BoxRow, trustees: list[TrusteeRow]
) -> CollegeTally:
    """The totals of a box: blank, For, Against."""
    shares = [
        get_object(session, _share(session, trustee, box).decryption_object) for trustee in trustees
    ]
    known, tally = find_box(service, box.uuid), get_object(session, box.tally_object)
    opened = open_tally(known.parsed, tally, shares, box.voted)
    box.result_object = put_object(session, opened)
    session.add(box)
    ((blank, for_, against),) = parse_box_result(opened)
    return CollegeTally(
        college=CollegeId(box.college),
        roll=box.members,
        cast=box.voted,
        blank=blank,
        for_=for_,
        against=against,
    )


def _share(session: Session, trustee: TrusteeRow, box: BoxRow) -> ShareRow:
    found = select(ShareRow).where(ShareRow.trustee == trustee.id, ShareRow.box == box.uuid)
    return session.exec(found).one()


def _collect_proofs(
    session: Session, election: str, boxes: list[BoxRow], trustees: list[TrusteeRow]
) -> bytes:
    """The second proofs of every share, by box and trustee."""
    proofs = [
        (box.uuid, trustee.number, get_object(session, _share(session, trustee, box).proofs_object))
        for box in boxes
        for trustee in trustees
    ]
    return format_proof_list(election, proofs)
