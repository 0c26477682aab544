"""Steps of the last share: count, make the final record, log the result.

Counting may take long, and is done before; the rest happens in the transaction that takes
the last share that is needed, so that there is never a result without its archives, nor
shares complete without a result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from audit.entries import ResultEntry
from audit.objects import format_proof_list
from ballots.decryption import OpenedBox
from voting.counting.count import count_contest
from voting.counting.parts import college_part
from voting.counting.result import format_result
from voting.manifest import parse_manifest
from voting.members import CollegeId
from web.actions.lot_seed import open_lot_seed
from web.actions.steps import move_election
from web.archives import build_archive
from web.service import Service
from web.store.load import get_object, load_boxes, load_shares, put_object
from web.store.rows import BoxRow, ElectionRow


@dataclass(frozen=True, slots=True)
class Counted:
    """What every box held, and the raw result that follows."""

    boxes: Mapping[str, OpenedBox] = field(repr=False)
    result: bytes = field(repr=False)


def count_boxes(
    session: Session,
    service: Service,
    row: ElectionRow,
    boxes: Sequence[BoxRow],
    opened: Mapping[str, OpenedBox],
) -> Counted:
    """Count every contest, each from the boxes in which it is a question."""
    manifest = parse_manifest(get_object(session, row.manifest_object))
    seed = open_lot_seed(service, row)
    results = [
        count_contest(
            manifest.charter,
            contest,
            [
                college_part(
                    contest,
                    college=CollegeId(box.college),
                    roll=box.members,
                    cast=box.voted,
                    counts=opened[box.uuid].counts[place],
                    opened=opened[box.uuid].opened[place],
                )
                for box in boxes
                if (place := manifest.find_question(CollegeId(box.college), contest.id)) is not None
            ],
            seed=seed,
        )
        for contest in manifest.contests
    ]
    return Counted(opened, format_result(row.uuid, results))


def keep_result(session: Session, service: Service, election: str, counted: Counted) -> None:
    """Move closed to tallied, in the caller's transaction.

    Args:
        session: the caller's.
        service: the service.
        election: its uuid; as many shares as are needed are there, verified.
        counted: every box, opened with just those shares.
    """
    row = move_election(session, election, "tallied")
    boxes = load_boxes(session, election)
    for box in boxes:
        box.result_object = put_object(session, counted.boxes[box.uuid].raw)
        session.add(box)
    row.result_object = put_object(session, counted.result)
    row.proofs_object = put_object(session, _collect_proofs(session, election, boxes))
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


def _collect_proofs(session: Session, election: str, boxes: list[BoxRow]) -> bytes:
    """The second proofs of every share, by box and trustee."""
    proofs = [
        (box.uuid, number, get_object(session, share.proofs_object))
        for box in boxes
        for number, share in sorted(load_shares(session, box.uuid), key=lambda each: each[0])
    ]
    return format_proof_list(election, proofs)
