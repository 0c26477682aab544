"""Ballot boxes as the door knows them, and their tallies as shuffling leaves them."""

from dataclasses import dataclass, field

from sqlmodel import Session

from ballots.credentials import parse_credentials
from ballots.election import Election, parse_election
from ballots.mixing import take_shuffle
from web.service import Service
from web.store.load import get_object, load_box, load_shuffles
from web.store.rows import BoxRow


@dataclass(frozen=True, slots=True)
class KnownBox:
    """One box: its election's raw record, parsed, and its public credentials."""

    uuid: str
    election: str
    college: str
    raw: bytes = field(repr=False)
    parsed: Election = field(repr=False)
    credentials: frozenset[str] = field(repr=False)


def find_box(service: Service, box: str) -> KnownBox:
    """A box, kept in memory once it was asked for: it never changes once it is announced.

    Raises:
        UnknownBoxError: there is none.
    """
    known = service.cache.get(box)
    # Anything may be asked for as a box, also the name of something else that is kept here.
    if not isinstance(known, KnownBox):
        with service.store.read() as session:
            row = load_box(session, box)
            raw = get_object(session, row.election_object)
            credentials = parse_credentials(get_object(session, row.credentials_object))
        known = KnownBox(
            uuid=box,
            election=row.election,
            college=row.college,
            raw=raw,
            parsed=parse_election(raw),
            credentials=frozenset(credentials.weights),
        )
        service.cache[box] = known
    return known


def tally_stages(session: Session, service: Service, box: BoxRow) -> list[bytes]:
    """A box's encrypted tally, then what each shuffle left of it; the last is to be opened."""
    stages = [get_object(session, box.tally_object)]
    for _, shuffle in load_shuffles(session, box.uuid):
        raw = get_object(session, shuffle.shuffle_object)
        stages.append(take_shuffle(find_box(service, box.uuid).parsed, stages[-1], raw))
    return stages
