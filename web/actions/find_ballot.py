"""Find a ballot by its tracker: whether it is in a box and counts, never what it says."""

from dataclasses import dataclass

from voting.colleges import CollegeId

from web.service import Service


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
    raise NotImplementedError
