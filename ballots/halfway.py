"""How far the verification of a box came, for another run to go on from there.

Whoever can write it decides what is not looked at again: it must come from a run of one's
own (`audit.resume` sees to that). It is bound to the set-up and to every ballot of the box
as it was; a box that has grown since is gone on with, any other is verified anew.

Source: docs/formats/verify-state.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from ballots.archive import Archive
from ballots.election import Election
from ballots.tally import RunningTally


@dataclass(frozen=True, slots=True)
class Halfway:
    """So many ballots of a box were verified.

    Attributes:
        setup: digest of the raw election, trustees and credentials.
        verified: how many ballots from the first on.
        ballots: how many ballots the box had.
        digest: of their digests.
        sums: of each question the sums of those verified that counted then, 64 bytes for
            each ciphertext; none where ballots are shuffled: these are read again.
    """

    setup: str
    verified: int
    ballots: int
    digest: str
    sums: tuple[bytes, ...]

    def fits(self, archive: Archive, election: Election) -> bool:
        """Whether it is about this box, perhaps before it grew."""
        rows = [] if election.is_shuffled else RunningTally(election).rows
        return (
            self.setup == digest_setup(archive)
            and 0 <= self.verified <= self.ballots <= len(archive.ballots)
            and self.digest == _digest_ballots(archive, self.ballots)
            and [len(row) for row in self.sums] == [len(row) for row in rows]
        )


def state_halfway(
    archive: Archive, election: Election, verified: int, rows: Sequence[bytes | bytearray]
) -> Halfway:
    """State how far a box's verification came, with the rows of its `RunningTally`."""
    return Halfway(
        setup=digest_setup(archive),
        verified=verified,
        ballots=len(archive.ballots),
        digest=_digest_ballots(archive, len(archive.ballots)),
        sums=() if election.is_shuffled else tuple([bytes(row) for row in rows]),
    )


def digest_setup(archive: Archive) -> str:
    """What names a box's set-up."""
    records = (archive.election, archive.trustees, archive.credentials)
    return sha256(b"".join([sha256(raw).digest() for raw in records])).hexdigest()


def _digest_ballots(archive: Archive, count: int) -> str:
    return sha256(archive.ballots.digests.packed[: 32 * count]).hexdigest()
