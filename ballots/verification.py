"""Verifying a whole box: everything an observer can check of its archive.

The archive may end early, as a box does while an election runs: what is there is verified.

Source: design 3, sections 11 and 13.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

from ballots.archive import Archive
from ballots.ballot_checks import BallotChecks, verify_credentials
from ballots.credentials import parse_credentials
from ballots.election import parse_election
from ballots.errors import JointKeyError
from ballots.halfway import Halfway
from ballots.opened_checks import OpenedChecks, Progress
from ballots.opening import Counts, Numbers
from ballots.stored import Digests
from ballots.trustees import Seats, joint_key, parse_trustees

__all__ = ["ArchiveSummary", "Progress", "verify_archive"]


@dataclass(frozen=True, slots=True)
class ArchiveSummary:
    """What was verified of one box.

    Attributes:
        uuid: the box.
        fingerprint: of its election record.
        public_key: the joint key.
        trustees: the trustees' public keys, in the order of their numbers.
        voters: how many credentials there are.
        voters_weight: the sum of their weights.
        ballots: digests of all ballots in order, those replaced later included.
        counted: how many ballots count: one per credential that voted.
        is_closed: whether the end of the ballots is recorded.
        seats: which of them are needed.
        shuffled: numbers of the trustees whose shuffle is there, in order.
        decrypted: numbers of the trustees whose decryption is there.
        second_proofs: numbers of the trustees whose second proofs were given and hold.
        result: for each question a count per choice, blank first, once there; none for
            shuffled questions.
        opened: for each shuffled question every ballot's numbers, None for one that no honest
            program can have made; none for others.
        resumed: how many ballots were verified by the earlier run that was gone on from.
    """

    uuid: str
    fingerprint: str
    public_key: str
    trustees: tuple[str, ...]
    voters: int
    voters_weight: int
    ballots: Digests
    counted: int
    is_closed: bool
    decrypted: tuple[int, ...]
    second_proofs: tuple[int, ...]
    result: Counts | None
    seats: tuple[Seats, ...]
    shuffled: tuple[int, ...] = ()
    opened: tuple[tuple[Numbers | None, ...], ...] = ()
    resumed: int = 0


def verify_archive(
    archive: Archive,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    proofs: Mapping[int, bytes] | None = None,
    earlier: Halfway | None = None,
    keep: Callable[[Halfway], object] | None = None,
) -> ArchiveSummary:
    """Verify all that an archive holds.

    Args:
        archive: from `read_archive`.
        executor: where to check credentials and ballots; without, here.
        progress: called as the work goes on.
        proofs: each trustee's raw second proofs, by number. When given, every decryption in
            the archive must have its second proof; when None they are not looked at.
        earlier: how far an earlier run of one's own came; what does not fit is put aside.
        keep: told now and then, and when the ballots are done or the run is interrupted,
            how far it came.

    Raises:
        BallotError: a leaf of it, naming the first thing that is wrong.
    """
    tell = progress or _tell_nobody
    tell("setup", 0, 1)
    election = parse_election(archive.election)
    trustees = parse_trustees(archive.trustees)
    if joint_key(trustees) != election.public_key:
        raise JointKeyError(joint_key(trustees), election.public_key)
    tell("setup", 1, 1)

    credentials = parse_credentials(archive.credentials)
    if earlier is not None and not earlier.fits(archive, election):
        earlier = None
    if earlier is None:
        verify_credentials(list(credentials.weights), executor, tell)
    voted = BallotChecks(archive, election, credentials, executor, tell)
    voted.verify(earlier, keep)
    checks = OpenedChecks(archive, election, trustees, tell)
    checks.verify_tally(voted.sums, voted.weights)
    checks.verify_shuffles()
    checks.verify_decryptions(proofs)
    checks.verify_result()
    return ArchiveSummary(
        uuid=election.uuid,
        fingerprint=election.fingerprint,
        public_key=election.public_key,
        trustees=tuple([key.public_key for key in trustees.keys]),
        voters=len(credentials),
        voters_weight=credentials.total_weight,
        ballots=archive.ballots.digests,
        counted=len(voted.weights),
        is_closed=archive.is_closed,
        decrypted=tuple([owner for owner, _ in archive.decryptions]),
        second_proofs=checks.second_proofs,
        result=None if checks.result is None else checks.result.counts,
        seats=trustees.seats,
        shuffled=tuple([owner for owner, _ in archive.shuffles]),
        opened=checks.opened,
        resumed=0 if earlier is None else earlier.verified,
    )


def _tell_nobody(_step: str, _done: int, _all: int) -> None:
    """Progress that nobody asked for."""
