"""Find a ballot by its tracker: whether it is in a box and counts, never what it says."""

from base64 import b64decode
from dataclasses import dataclass

from sqlmodel import select

from voting.charter.colleges import CollegeId
from web.actions.cast_ballot import tracker_of
from web.service import Service
from web.store.load import load_box, newest_entry
from web.store.rows import BallotRow


@dataclass(frozen=True, slots=True)
class FoundBallot:
    """A ballot in a box; `counts` when it is the last of its credential."""

    tracker: str
    box: str
    college: CollegeId
    election: str
    counts: bool
    log_index: int
    digest: str


def find_ballot(service: Service, tracker: str) -> FoundBallot | None:
    """Look a tracker up, as printed or with spaces between its groups; None when in no box."""
    digest = _read_tracker(tracker)
    if digest is None:
        return None
    with service.store.read() as session:
        there = select(BallotRow.entry, BallotRow.box, BallotRow.credential)
        row = session.exec(there.where(BallotRow.digest == digest)).first()
        if row is None:
            return None
        entry, uuid, credential = row
        box = load_box(session, uuid)
        return FoundBallot(
            tracker=tracker_of(digest),
            box=uuid,
            college=CollegeId(box.college),
            election=box.election,
            counts=newest_entry(session, uuid, credential) == entry,
            log_index=entry,
            digest=digest,
        )


def _read_tracker(tracker: str) -> str | None:
    """The digest that a tracker stands for; None when it cannot be one."""
    text = "".join(tracker[:200].split()).rstrip("=")
    try:
        digest = b64decode(text + "=", validate=True).hex()
    except ValueError:
        return None
    return digest if len(digest) == 64 and tracker_of(digest) == text else None
