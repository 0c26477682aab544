"""A ballot box: its archive is what the log tells, and every proof in it holds.

A finished box is fetched as its final archive; one that is still in use is put together
from the log's objects. Either way it must be, byte for byte, what follows from the log.

Source: design 2, "Boxes and voids"; design 3, sections 11 and 13.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from audit.executors import WORTH_A_POOL
from audit.reader import Reader
from audit.record_errors import (
    ArchiveMismatchError,
    BoxMismatchError,
    DroppedBallotError,
    SmallBoxError,
    UnfinishedArchiveError,
    UnloggedBallotError,
)
from audit.resume import KeptState
from audit.setup_checks import BoxSetup
from audit.story import ElectionStory
from ballots.archive import Archive, ArchiveBuilder, read_archive
from ballots.ballot import largest_ballot
from ballots.election import ShuffledQuestion
from ballots.mixing import take_shuffle
from ballots.verification import ArchiveSummary, verify_archive
from voting.elections import Rules
from voting.members import CollegeId

Tell = Callable[[str, int, int], None]

_OBJECT_ROOM = 1024 * 1024
_BALLOT_ROOM = 1024
"""Of a shuffled question each ballot has a place in every tally, shuffle and share."""
_GROWTH_ROOM = 64 * 1024 * 1024
_SPOOL = 1024 * 1024


@dataclass(frozen=True, slots=True)
class VerifiedBox:
    """A box whose archive was verified.

    Attributes:
        college: whose.
        members: on the roll.
        summary: what the archive holds.
        latest_tally: raw, made again from the ballots, and as the last shuffle left it; None
            before it is there.
        proofs: raw second proofs of each trustee who has decrypted, by number.
    """

    college: CollegeId
    members: int
    summary: ArchiveSummary
    latest_tally: bytes | None
    proofs: dict[int, bytes]


def verify_box(
    reader: Reader,
    story: ElectionStory,
    box: BoxSetup,
    *,
    rules: Rules,
    executor: Executor | None,
    tell: Tell,
    kept: KeptState | None = None,
) -> VerifiedBox:
    """Verify one box as far as its election has come.

    Args:
        reader: where its files come from.
        story: what the log tells of its election.
        box: as it was announced.
        rules: of the election.
        executor: where to check ballots of a large box.
        tell: told how far it came.
        kept: what an earlier run kept, and where this one keeps how far it came.

    Raises:
        MismatchError: a leaf of it: archive and log contradict each other.
        BallotError: a proof or a record inside is wrong.
    """
    with open_spool() as spool:
        if story.result is None:
            archive = _gather(reader, story, box, spool, tell)
        else:
            archive = _fetch_final(reader, story, box, spool)
        proofs = {
            number: reader.fetch_object(share.proofs, _object_room(story, box))
            for number, share in sorted(story.shares_of(box.election.uuid).items())
        }
        reader.look_at(f"the archive of {box.college}")
        large = len(archive.ballots) + box.members >= WORTH_A_POOL
        summary = verify_archive(
            archive,
            executor=executor if large else None,
            progress=tell,
            proofs=proofs,
            earlier=kept.find(archive) if kept else None,
            keep=kept.keep if kept else None,
        )
    # The totals of a handful would tell how each of them voted.
    if summary.decrypted and not rules.may_open(summary.counted, shuffled=box.election.is_shuffled):
        raise SmallBoxError(box.college, summary.counted)
    latest = archive.encrypted_tally
    if latest is not None and archive.shuffles:
        latest = take_shuffle(box.election, latest, archive.shuffles[-1][1])
    return VerifiedBox(box.college, box.members, summary, latest, proofs)


def open_spool() -> BinaryIO:
    """An empty file for an archive: on the disk as soon as it is large."""
    return cast("BinaryIO", SpooledTemporaryFile(_SPOOL))


def _fetch_final(reader: Reader, story: ElectionStory, box: BoxSetup, spool: BinaryIO) -> Archive:
    assert story.result is not None
    uuid = box.election.uuid
    digest = dict(story.result.boxes)[uuid]
    limit = _largest_archive(story, box)
    reader.copy_named(_archive_path(story, box), digest, limit, spool)
    archive = read_archive(spool)
    _compare_ballots(box.college, archive, story.ballots[uuid])
    _compare_records(archive, story, box)
    # Each part is the log's; now their order, their time and that nothing else is in it.
    if _rebuild(story, box, archive) != digest:
        raise ArchiveMismatchError(box.college)
    return archive


def _compare_ballots(college: str, archive: Archive, logged: list[tuple[int, str]]) -> None:
    found = archive.ballots.digests
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
    for what, raw, digest in pairs:
        if sha256(raw).hexdigest() != digest:
            raise BoxMismatchError(box.college, what, "the log")
    shuffles = {number: entry.shuffle for number, entry in story.shuffles_of(uuid).items()}
    _compare_owned(box.college, "shuffle", archive.shuffles, shuffles)
    shares = {number: entry.decryption for number, entry in story.shares_of(uuid).items()}
    _compare_owned(box.college, "share", archive.decryptions, shares)


def _compare_owned(
    college: str, what: str, found: Sequence[tuple[int, bytes]], logged: Mapping[int, str]
) -> None:
    """Compare what trustees did with the log, whatever the order; `_rebuild` compares that."""
    digests = {number: sha256(raw).hexdigest() for number, raw in found}
    for number in sorted(digests.keys() | logged.keys()):
        if digests.get(number) != logged.get(number):
            raise BoxMismatchError(college, f"{what} of trustee {number}", "the log")


def _rebuild(story: ElectionStory, box: BoxSetup, archive: Archive) -> str:
    """The digest of the archive as it follows from the log: its time, its order, its records."""
    rebuilt = sha256()
    builder = _begin(story, box, rebuilt.update)
    for ballot in archive.ballots:
        builder.ballot(ballot)
    builder.end_ballots()
    builder.encrypted_tally(archive.encrypted_tally or b"", archive.sized or b"")
    uuid, shuffles, shares = box.election.uuid, dict(archive.shuffles), dict(archive.decryptions)
    for number in story.shuffles_of(uuid):
        builder.shuffle(number, shuffles[number])
    if box.election.is_shuffled:
        builder.end_shuffles()
    for number in story.shares_of(uuid):
        builder.partial_decryption(number, shares[number])
    builder.result(archive.result or b"")
    return rebuilt.hexdigest()


def _gather(
    reader: Reader, story: ElectionStory, box: BoxSetup, spool: BinaryIO, tell: Tell
) -> Archive:
    """The archive as far as the log goes, from the objects that the log names."""
    assert story.setup is not None  # boxes exist from then on
    uuid, room = box.election.uuid, _object_room(story, box)
    builder = _begin(story, box, spool.write)
    _gather_ballots(reader, story, box, builder, tell)
    if story.closing is not None:
        builder.end_ballots()
    if uuid in story.tallies:
        tally = story.tallies[uuid]
        builder.encrypted_tally(
            reader.fetch_object(tally.encrypted_tally, room),
            reader.fetch_object(tally.sized, _OBJECT_ROOM),
        )
    shuffles = story.shuffles_of(uuid)
    for number, entry in shuffles.items():
        builder.shuffle(number, reader.fetch_object(entry.shuffle, room))
    if box.election.is_shuffled and len(shuffles) == story.setup.needed:
        builder.end_shuffles()
    for number, share in story.shares_of(uuid).items():
        builder.partial_decryption(number, reader.fetch_object(share.decryption, room))
    spool.seek(0)
    return read_archive(spool)


def _begin(story: ElectionStory, box: BoxSetup, write: Callable[[bytes], object]) -> ArchiveBuilder:
    assert story.setup is not None  # boxes exist from then on
    builder = ArchiveBuilder(story.setup.time, write)
    builder.setup(box.election.raw, box.trustees, box.credentials)
    return builder


def _gather_ballots(
    reader: Reader, story: ElectionStory, box: BoxSetup, builder: ArchiveBuilder, tell: Tell
) -> None:
    """The logged ballots, in one go out of the archive that is served meanwhile.

    It may hold more than the signed log, or less: only what the log names is taken from it.
    """
    logged = story.ballots[box.election.uuid]
    path, room = _archive_path(story, box), _largest_archive(story, box) + _GROWTH_ROOM
    limit = largest_ballot(box.election)
    with open_spool() as spool:
        served: Sequence[bytes] = ()
        places: dict[str, int] = {}
        if logged and reader.copy_if_there(path, room, spool):
            growing = read_archive(spool).ballots
            served, places = growing, {digest: at for at, digest in enumerate(growing.digests)}
        for done, (_, digest) in enumerate(logged):
            at = places.get(digest)
            raw = reader.fetch_object(digest, limit) if at is None else served[at]
            builder.ballot(raw)
            tell("fetching", done + 1, len(logged))


def _archive_path(story: ElectionStory, box: BoxSetup) -> str:
    return f"elections/{story.uuid}/boxes/{box.college}.bel"


def _largest_archive(story: ElectionStory, box: BoxSetup) -> int:
    ballots = len(story.ballots[box.election.uuid]) * (largest_ballot(box.election) + 4096)
    # Tally, result, and of each trustee a shuffle and a share.
    rest = (2 + 2 * len(story.keys)) * _object_room(story, box)
    return ballots + len(box.credentials) + rest


def _object_room(story: ElectionStory, box: BoxSetup) -> int:
    """The most bytes of a tally, a shuffle, a share or its second proofs."""
    shuffled = sum(isinstance(q, ShuffledQuestion) for q in box.election.questions)
    return _OBJECT_ROOM + shuffled * _BALLOT_ROOM * len(story.ballots[box.election.uuid])
