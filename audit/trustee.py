"""A trustee's work without the service's pages: her shuffle, her share.

A share of whatever is called a tally could open a single ballot. So before anything is
shuffled or decrypted the log is verified, every ballot in the box is, the sum is made again
from them, and every shuffle so far is verified: only the whole closed box is opened, and no
box so small that what comes out would tell how a person voted.

Source: design 3, sections 4, 10 and 13; docs/observers.md, "Trustees".
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from audit.box_checks import verify_box
from audit.files import read_file
from audit.note import VerifierKey
from audit.reader import Reader
from audit.record import Record
from audit.record_errors import (
    NotATrusteeError,
    NothingToShuffleError,
    SmallBoxError,
    TallyNotReadyError,
    UnknownElectionAskedError,
)
from audit.report import Progress, Steps
from audit.setup_checks import Announced, verify_setup
from audit.story import ElectionStory
from audit.verifier import read_record
from ballots.decryption import Share, add_second_proofs, decrypt_share
from ballots.election import Election
from ballots.mixing import shuffle_tally, verify_shuffle
from ballots.trustees import make_public_key, verify_public_key
from voting.canonical import format_canonical

Random = Callable[[int], bytes]
_MADE_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Closed:
    """A closed election whose set-up holds together, with all its tallies in the log."""

    reader: Reader
    steps: Steps
    story: ElectionStory
    announced: Announced
    executor: Executor | None

    def tallies(self) -> list[tuple[Election, bytes]]:
        """Every box as the last shuffle left it, after all in it was verified.

        Raises:
            SmallBoxError: a box may not be opened.
        """
        found: list[tuple[Election, bytes]] = []
        rules = self.announced.manifest.rules
        for box in self.announced.boxes:
            title = f"The ballot box of {box.college}, added up again"
            with self.steps.step("box", title, f"the box of {box.college}"):
                verified = verify_box(
                    self.reader,
                    self.story,
                    box,
                    rules=rules,
                    executor=self.executor,
                    tell=self.steps.tell,
                )
                voters = verified.summary.counted
                if not rules.may_open(voters, shuffled=box.election.is_shuffled):
                    raise SmallBoxError(box.college, voters)
                assert verified.latest_tally is not None  # every box has its tally entry
                found.append((box.election, verified.latest_tally))
        return found


def _read_closed(
    record: Record,
    election: str,
    *,
    key: VerifierKey | None,
    executor: Executor | None,
    progress: Progress | None,
) -> _Closed:
    reader, steps, _, story = read_record(record, key=key, progress=progress)
    told = story.elections.get(election)
    if told is None or told.setup is None:
        raise UnknownElectionAskedError(election)
    if told.state != "closed" or told.tallies.keys() != set(told.boxes):
        raise TallyNotReadyError(election, told.state)
    with steps.step("set-up", "The set-up holds together", f"elections/{election}"):
        announced = verify_setup(reader, told)
    return _Closed(reader, steps, told, announced, executor)


def decrypt_record(
    record: Record,
    election: str,
    private: int,
    random: Random,
    *,
    use: Path | None = None,
    key: VerifierKey | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Mapping[str, Share]:
    """A trustee's share of every box of an election, by box.

    Args:
        record: the public record.
        election: its uuid.
        private: her private key, from `trustee_files.read_secret`.
        random: os.urandom.
        use: a folder with her partial decryptions by another program, one file
            `<box uuid>.json` each; only the second proofs are made.
        key: the log's key from elsewhere.
        executor: where to check ballots of large boxes.
        progress: told each step.

    Raises:
        UnknownElectionAskedError, TallyNotReadyError: there is nothing to open.
        NotATrusteeError: the key is none of this election's.
        SmallBoxError: a box may not be opened.
        VerificationError: the record is not right, so nothing is decrypted.
        DecryptionProofError: the other program's decryption is not hers of this tally.
    """
    closed = _read_closed(record, election, key=key, executor=executor, progress=progress)
    story, announced = closed.story, closed.announced
    rule = announced.manifest.trustees
    if any(len(story.shuffles_of(box)) < rule.needed for box in story.shuffled_boxes):
        raise TallyNotReadyError(election, f"not yet shuffled by {rule.needed} trustees")
    own = verify_public_key(make_public_key(private, random)).public_key
    if own not in {trustee.public_key for trustee in announced.keys}:
        raise NotATrusteeError(election)
    made = _read_made(use, story.boxes)
    # Only when every box was found right is the key used.
    return {
        box.uuid: add_second_proofs(box, tally, private, made[box.uuid], random)
        if made
        else decrypt_share(box, tally, private, random)
        for box, tally in closed.tallies()
    }


def shuffle_record(
    record: Record,
    election: str,
    random: Random,
    *,
    use: Path | None = None,
    key: VerifierKey | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Mapping[str, bytes]:
    """A trustee's shuffle of every box whose ballots are shuffled, by box.

    Args:
        record: the public record.
        election: its uuid.
        random: os.urandom.
        use: a folder with her shuffles by another program, one file `<box uuid>.json` each;
            they are verified and none is made.
        key: the log's key from elsewhere.
        executor: where to check ballots of large boxes.
        progress: told each step.

    Raises:
        UnknownElectionAskedError, TallyNotReadyError: there is nothing to shuffle yet.
        NothingToShuffleError: no box is shuffled, or all shuffles are there.
        SmallBoxError: a box will not be opened.
        VerificationError: the record is not right, so nothing is shuffled.
        ShuffleProofError: the other program's shuffle is not one of this tally.
    """
    closed = _read_closed(record, election, key=key, executor=executor, progress=progress)
    story = closed.story
    needed = closed.announced.manifest.trustees.needed if story.shuffled_boxes else 0
    to_shuffle = {box for box in story.shuffled_boxes if len(story.shuffles_of(box)) < needed}
    if not to_shuffle:
        raise NothingToShuffleError(election, needed)
    made = _read_made(use, to_shuffle)
    shuffles: dict[str, bytes] = {}
    for box, tally in closed.tallies():
        if box.uuid in made:
            verify_shuffle(box, tally, made[box.uuid])
            shuffles[box.uuid] = made[box.uuid]
        elif box.uuid in to_shuffle:
            shuffles[box.uuid] = shuffle_tally(box, tally, random)
    return shuffles


def _read_made(folder: Path | None, boxes: Iterable[str]) -> dict[str, bytes]:
    """What another program made for each box; nothing where there is no folder."""
    if folder is None:
        return {}
    return {box: read_file(folder / f"{box}.json", _MADE_LIMIT).rstrip(b"\n") for box in boxes}


def format_shares(shares: Mapping[str, Share]) -> bytes:
    """Shares as the service takes them: by box, both parts as raw JSON text."""
    return format_canonical(
        {
            box: {"decryption": share.decryption.decode(), "proofs": share.proofs.decode()}
            for box, share in shares.items()
        }
    )


def format_shuffles(shuffles: Mapping[str, bytes]) -> bytes:
    """Shuffles as the service takes them: by box, as raw JSON text."""
    return format_canonical({box: {"shuffle": raw.decode()} for box, raw in shuffles.items()})
