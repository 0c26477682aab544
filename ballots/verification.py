"""Verifying a whole box: everything an observer can check of its archive.

The archive may end early, as a box does while an election runs: what is there is verified.

Source: design 3, sections 11 and 13.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Final, TypeVar

from ballots.archive import Archive
from ballots.ballot import check_ballots
from ballots.credentials import Credentials, parse_credentials
from ballots.election import parse_election
from ballots.encoding import hex_digest
from ballots.errors import JointKeyError, UnknownCredentialError
from ballots.group import check_points, read_point
from ballots.opened_checks import OpenedChecks, Progress
from ballots.opening import Counts, Numbers
from ballots.proofs import Ciphertext
from ballots.trustees import Seats, joint_key, parse_trustees

__all__ = ["ArchiveSummary", "Progress", "verify_archive"]

CHUNK: Final = 16
"""Ballots a worker checks in one go: long enough to be worth the way, short enough to show."""

UNDER_WAY: Final = 256
"""Chunks that wait for workers at a time: enough for a cluster, and the memory is bounded."""

_Chunk = TypeVar("_Chunk")
_Done = TypeVar("_Done")


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
    """

    uuid: str
    fingerprint: str
    public_key: str
    trustees: tuple[str, ...]
    voters: int
    voters_weight: int
    ballots: tuple[str, ...]
    counted: int
    is_closed: bool
    decrypted: tuple[int, ...]
    second_proofs: tuple[int, ...]
    result: Counts | None
    seats: tuple[Seats, ...]
    shuffled: tuple[int, ...] = ()
    opened: tuple[tuple[Numbers | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Cast:
    """What is kept of a verified ballot."""

    credential: str
    choices: tuple[tuple[Ciphertext, ...], ...]


def verify_archive(
    archive: Archive,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    proofs: Mapping[int, bytes] | None = None,
) -> ArchiveSummary:
    """Verify all that an archive holds.

    Args:
        archive: from `read_archive`.
        executor: where to check credentials and ballots; without, here.
        progress: called as the work goes on.
        proofs: each trustee's raw second proofs, by number. When given, every decryption in
            the archive must have its second proof; when None they are not looked at.

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
    _verify_credentials(credentials, executor, tell)
    cast = _verify_ballots(archive, credentials, executor, tell)
    checks = OpenedChecks(archive, election, trustees, tell)
    checks.verify_tally(cast, credentials.weights)
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
        ballots=tuple([hex_digest(raw) for raw in archive.ballots]),
        counted=len({vote.credential for vote in cast}),
        is_closed=archive.is_closed,
        decrypted=tuple([owner for owner, _ in archive.decryptions]),
        second_proofs=checks.second_proofs,
        result=None if checks.result is None else checks.result.counts,
        seats=trustees.seats,
        shuffled=tuple([owner for owner, _ in archive.shuffles]),
        opened=checks.opened,
    )


def _tell_nobody(_step: str, _done: int, _all: int) -> None:
    """Progress that nobody asked for."""


def check_credentials(publics: Sequence[str]) -> None:
    """Require that public credentials are in the group; in a worker process if one likes."""
    check_points([read_point(public) for public in publics])


def _verify_credentials(
    credentials: Credentials, executor: Executor | None, tell: Progress
) -> None:
    publics = list(credentials.weights)
    chunks = [publics[at : at + 8 * CHUNK] for at in range(0, len(publics), 8 * CHUNK)]
    done = 0
    tell("credentials", done, len(publics))
    for chunk, _ in zip(chunks, _work(executor, check_credentials, chunks), strict=True):
        done += len(chunk)
        tell("credentials", done, len(publics))


def _verify_ballots(
    archive: Archive, credentials: Credentials, executor: Executor | None, tell: Progress
) -> list[_Cast]:
    raws = archive.ballots
    chunks = [(archive.election, raws[at : at + CHUNK]) for at in range(0, len(raws), CHUNK)]
    cast: list[_Cast] = []
    tell("ballots", 0, len(raws))
    for checked in _work(executor, _check_chunk, chunks):
        for vote, digest in checked:
            if vote.credential not in credentials:
                error = UnknownCredentialError(vote.credential)
                error.ballot = digest
                raise error
            cast.append(vote)
        tell("ballots", len(cast), len(raws))
    return cast


def _check_chunk(chunk: tuple[bytes, Sequence[bytes]]) -> list[tuple[_Cast, str]]:
    return [(_Cast(b.credential, b.choices), b.digest) for b in check_ballots(*chunk)]


def _work(
    executor: Executor | None, do: Callable[[_Chunk], _Done], chunks: Sequence[_Chunk]
) -> Iterator[_Done]:
    """Do the chunks here, or elsewhere with a bounded number under way; results in order."""
    if executor is None:
        yield from map(do, chunks)
        return
    under_way: deque[Future[_Done]] = deque()
    try:
        for chunk in chunks:
            under_way.append(executor.submit(do, chunk))
            if len(under_way) >= UNDER_WAY:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        # After the first error the rest need not be looked at.
        for future in under_way:
            future.cancel()
