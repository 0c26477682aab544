"""A trustee's work without the service's pages: making her key, giving her share.

A share of whatever is called a tally could open a single ballot. So before anything is
decrypted the log is verified, every ballot in the box is, and the sum is made again from
them: only the sum of the whole closed box is opened, and no box so small that its totals
would tell how a person voted.

Source: design 3, sections 4, 10 and 13; docs/observers.md, "Trustees".
"""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path

from audit.box_checks import verify_box
from audit.note import VerifierKey
from audit.record import Record
from audit.record_errors import (
    FileExistsAlreadyError,
    NotATrusteeError,
    SmallBoxError,
    TallyNotReadyError,
    UnknownElectionAskedError,
    UnreadableFileError,
    UnwritableFileError,
)
from audit.report import Progress
from audit.setup_checks import verify_setup
from audit.verifier import read_record
from ballots.decryption import Share, decrypt_share
from ballots.election import Election
from ballots.trustees import (
    format_private_key,
    make_private_key,
    make_public_key,
    parse_private_key,
    verify_public_key,
)
from voting.canonical import format_canonical

Random = Callable[[int], bytes]
_KEY_FILE_LIMIT = 4096


def make_key(path: Path, name: str | None, random: Random) -> bytes:
    """Make a private key, keep it in a new file for the owner only; returns the public key.

    Raises:
        FileExistsAlreadyError: the file is there; a key is never overwritten.
        UnwritableFileError: it cannot be written.
    """
    private = make_private_key(random)
    public = make_public_key(private, random, name)
    write_new(path, format_private_key(private))
    # Read back: a key that was not kept cannot open the tally, and nobody else can.
    if read_key(path) != private:  # pragma: no cover  a disk that lies
        raise UnreadableFileError(path, "it does not hold what was written")
    return public


def read_key(path: Path) -> int:
    """The private key in a file.

    Raises:
        UnreadableFileError: there is no such file.
        PrivateKeyFormError: it holds no private key.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_KEY_FILE_LIMIT + 1)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror) from None
    return parse_private_key(raw)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, and that was not there before.

    Raises:
        FileExistsAlreadyError: it was.
        UnwritableFileError: it cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise FileExistsAlreadyError(path) from None
    except OSError as error:
        raise UnwritableFileError(path, error.strerror) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def decrypt_record(
    record: Record,
    election: str,
    private: int,
    random: Random,
    *,
    key: VerifierKey | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Mapping[str, Share]:
    """A trustee's share of every box of an election, by box.

    Args:
        record: the public record.
        election: its uuid.
        private: her private key.
        random: os.urandom.
        key: the log's key from elsewhere.
        executor: where to check ballots of large boxes.
        progress: told each step.

    Raises:
        UnknownElectionAskedError, TallyNotReadyError: there is nothing to open.
        NotATrusteeError: the key is none of this election's.
        SmallBoxError: a box may not be opened.
        VerificationError: the record is not right, so nothing is decrypted.
    """
    reader, steps, _, story = read_record(record, key=key, progress=progress)
    told = story.elections.get(election)
    if told is None or told.setup is None:
        raise UnknownElectionAskedError(election)
    if told.state != "closed" or told.tallies.keys() != set(told.boxes):
        raise TallyNotReadyError(election, told.state)
    with steps.step("set-up", "The set-up holds together", f"elections/{election}"):
        announced = verify_setup(reader, told)
    own = verify_public_key(make_public_key(private, random)).public_key
    if own not in {trustee.public_key for trustee in announced.keys}:
        raise NotATrusteeError(election)

    tallies: list[tuple[Election, bytes]] = []
    for box in announced.boxes:
        rules = announced.manifest.rules
        title = f"The ballot box of {box.college}, added up again"
        with steps.step("box", title, f"the box of {box.college}"):
            verified = verify_box(
                reader, told, box, rules=rules, executor=executor, tell=steps.tell
            )
            if not rules.may_open(verified.summary.counted, shuffled=box.election.is_shuffled):
                raise SmallBoxError(box.college, verified.summary.counted)
            assert verified.encrypted_tally is not None  # every box has its tally entry
            tallies.append((box.election, verified.encrypted_tally))
    # Only now, when every box was found right, is the key used.
    return {box.uuid: decrypt_share(box, encrypted, private, random) for box, encrypted in tallies}


def format_shares(shares: Mapping[str, Share]) -> bytes:
    """Shares as the service takes them: by box, both parts as raw JSON text."""
    return format_canonical(
        {
            box: {"decryption": share.decryption.decode(), "proofs": share.proofs.decode()}
            for box, share in shares.items()
        }
    )
