"""A ballot box: its archive is what the log tells, and every proof in it holds.

A finished box is fetched as its final archive; one that is still in use is put together
from the log's objects. Either way it must be, byte for byte, what follows from the log.

Source: design 2, "Boxes and voids"; design 3, sections 11 and 13.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from hashlib import sha256

from audit.reader import Reader
from audit.record_errors import (
    ArchiveMismatchError,
    BoxMismatchError,
    DroppedBallotError,
    SmallBoxError,
    UnfinishedArchiveError,
    UnloggedBallotError,
)
from audit.setup_checks import BoxSetup
from audit.story import ElectionStory
from ballots.archive import Archive, ArchiveBuilder, read_archive
from ballots.ballot import largest_ballot
from ballots.verification import ArchiveSummary, verify_archive
from voting.elections import Rules

Tell = Callable[[str, int, int], None]

WORTH_A_POOL = 100
"""Fewer ballots and credentials than this are checked sooner than other processes start."""
_OBJECT_ROOM = 1024 * 1024


@dataclass(frozen=True, slots=True)
class VerifiedBox:
    """A box whose archive was verified.

    Attributes:
        college: whose.
        members: on the roll.
        summary: what the archive holds.
        encrypted_tally: raw, made again from the ballots; None before it is there.
        proofs: raw second proofs of each trustee who has decrypted, by number.
    """

    college: str
    members: int
    summary: ArchiveSummary
    encrypted_tally: bytes | None
    proofs: dict[int, bytes]


def verify_box(
    reader: Reader,
    story: ElectionStory,
    box: BoxSetup,
    *,
    rules: Rules,
    executor: Executor | None,
    tell: Tell,
) -> VerifiedBox:
    """Verify one box as far as its election has come.

    Raises:
        MismatchError: a leaf of it: archive and log contradict each other.
        BallotError: a proof or a record inside is wrong.
    """
    uuid = box.election.uuid
    if story.result is None:
        archive = read_archive(_gather(reader, story, box, tell))
    else:
        path = f"elections/{story.uuid}/boxes/{box.college}.bel"
        archive = _fetch_final(reader, path, story, box)
    shares = {number: share for (at, number), share in story.decryptions.items() if at == uuid}
    proofs = {
        number: reader.fetch_object(share.proofs, _OBJECT_ROOM)
        for number, share in sorted(shares.items())
    }
    reader.look_at(f"the archive of {box.college}")
    large = len(archive.ballots) + box.members >= WORTH_A_POOL
    summary = verify_archive(
        archive, executor=executor if large else None, progress=tell, proofs=proofs
    )
    # The totals of a handful would tell how each of them voted.
    if summary.decrypted and not rules.may_open(summary.counted):
        raise SmallBoxError(box.college, summary.counted)
    return VerifiedBox(box.college, box.members, summary, archive.encrypted_tally, proofs)


def _fetch_final(reader: Reader, path: str, story: ElectionStory, box: BoxSetup) -> Archive:
    assert story.result is not None
    uuid = box.election.uuid
    digest = dict(story.result.boxes)[uuid]
    ballots = story.ballots[uuid]
    limit = len(ballots) * (largest_ballot(box.election) + 4096)
    limit += len(box.credentials) + _OBJECT_ROOM * (2 + len(story.keys))
    raw = reader.fetch_named(path, digest, limit)
    archive = read_archive(raw)
    _compare_ballots(box.college, archive, ballots)
    _compare_records(archive, story, box)
    # Ballots and records are those of the log; now nothing else may be in it.
    if _rebuild(archive) != raw:  # pragma: no cover  read_archive leaves no byte free
        raise ArchiveMismatchError(box.college)
    return archive


def _compare_ballots(college: str, archive: Archive, logged: list[tuple[int, str]]) -> None:
    found = [sha256(raw).hexdigest() for raw in archive.ballots]
    for at, (index, digest) in enumerate(logged):
        if at >= len(found) or (found[at] != digest and digest not in found):
            raise DroppedBallotError(college, digest, index)
        if found[at] != digest:
            raise UnloggedBallotError(college, found[at])
    if len(found) > len(logged):
        raise UnloggedBallotError(college, found[len(logged)])


def _compare_records(archive: Archive, story: ElectionStory, box: BoxSetup) -> None:
    """Compare everything but the ballots with the digests in the log."""
    uuid = box.election.uuid
    tally = story.tallies[uuid]
    if archive.encrypted_tally is None or archive.sized is None or archive.result is None:
        raise UnfinishedArchiveError(box.college)
    pairs = [
        ("election record", archive.election, sha256(box.election.raw).hexdigest()),
        ("list of trustees", archive.trustees, sha256(box.trustees).hexdigest()),
        ("list of credentials", archive.credentials, sha256(box.credentials).hexdigest()),
        ("encrypted tally", archive.encrypted_tally, tally.encrypted_tally),
        ("size of the tally", archive.sized, tally.sized),
    ]
    shares = dict(archive.decryptions)
    for number in sorted(story.keys):
        entry = story.decryptions[uuid, number]
        pairs.append((f"share of trustee {number}", shares.pop(number, b""), entry.decryption))
    for what, raw, digest in pairs:
        if sha256(raw).hexdigest() != digest:
            raise BoxMismatchError(box.college, what, "the log")
    for number in shares:
        raise BoxMismatchError(box.college, f"share of trustee {number}", "the log")


def _rebuild(archive: Archive) -> bytes:
    """The archive of these records, with its own time and order of shares."""
    builder = ArchiveBuilder(archive.timestamp)
    builder.setup(archive.election, archive.trustees, archive.credentials)
    for ballot in archive.ballots:
        builder.ballot(ballot)
    if archive.is_closed:
        builder.end_ballots()
    if archive.encrypted_tally is not None and archive.sized is not None:
        builder.encrypted_tally(archive.encrypted_tally, archive.sized)
    for number, share in archive.decryptions:
        builder.partial_decryption(number, share)
    if archive.result is not None:
        builder.result(archive.result)
    return builder.to_bytes()


def _gather(reader: Reader, story: ElectionStory, box: BoxSetup, tell: Tell) -> bytes:
    """The archive as far as the log goes, from the objects that the log names."""
    uuid, setup = box.election.uuid, story.setup
    assert setup is not None
    builder = ArchiveBuilder(setup.time)
    builder.setup(box.election.raw, box.trustees, box.credentials)
    limit = largest_ballot(box.election)
    for done, (_, digest) in enumerate(story.ballots[uuid]):
        builder.ballot(reader.fetch_object(digest, limit))
        tell("fetching", done + 1, len(story.ballots[uuid]))
    if story.closing is not None:
        builder.end_ballots()
    if uuid in story.tallies:
        tally = story.tallies[uuid]
        builder.encrypted_tally(
            reader.fetch_object(tally.encrypted_tally, _OBJECT_ROOM),
            reader.fetch_object(tally.sized, _OBJECT_ROOM),
        )
    for (at, number), share in story.decryptions.items():
        if at == uuid:
            raw = reader.fetch_object(share.decryption, _OBJECT_ROOM)
            builder.partial_decryption(number, raw)
    return builder.to_bytes()
