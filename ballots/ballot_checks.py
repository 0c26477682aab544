"""Verifying a box's ballots chunk by chunk, adding up as it goes, in bounded memory.

A first look at every ballot finds the last one of each credential: only that one is added.
Workers then verify chunks, add up what counts of each, and give back sums; no ballot and no
ciphertext stays in memory.

Source: design 3, sections 8, 11 and 13.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Final, TypeVar

from ballots.archive import Archive
from ballots.ballot import check_ballots, claim_credential, known_election, parse_ballot
from ballots.credentials import Credentials
from ballots.election import Election
from ballots.errors import UnknownCredentialError
from ballots.group import check_points, read_point
from ballots.halfway import Halfway, state_halfway
from ballots.opened_checks import Progress
from ballots.tally import RunningTally

CHUNK: Final = 16
"""Ballots a worker checks in one go: long enough to be worth the way, short enough to show."""

CHUNK_BYTES: Final = 2**20
"""No ballot is added to a chunk that is as large already."""

UNDER_WAY: Final = 64
"""Chunks that wait for workers at a time: enough for a cluster, and the memory is bounded."""

KEPT_EVERY: Final = 1000
"""How many ballots an interrupted run may lose when it cannot even say how far it came."""

_Chunk = TypeVar("_Chunk")
_Done = TypeVar("_Done")

_Votes = tuple[bytes, Sequence[tuple[bytes, int]]]
"""A raw election, raw ballots, and with what weight each is added: 0 for those replaced."""


def check_credentials(publics: Sequence[str]) -> None:
    """Require that public credentials are in the group; in a worker process if one likes."""
    check_points([read_point(public) for public in publics])


def verify_credentials(publics: Sequence[str], executor: Executor | None, tell: Progress) -> None:
    """Verify that every public credential is in the group.

    Raises:
        PointOutsideGroupError: one is not.
    """
    chunks = [publics[at : at + 8 * CHUNK] for at in range(0, len(publics), 8 * CHUNK)]
    done = 0
    tell("credentials", done, len(publics))
    for chunk, _ in zip(chunks, _work(executor, check_credentials, chunks), strict=True):
        done += len(chunk)
        tell("credentials", done, len(publics))


def check_votes(votes: _Votes) -> tuple[list[str], list[bytes]]:
    """Verify ballots; in a worker process if one likes.

    Returns:
        The credential of each, and the rows of what they add up to (`RunningTally`).
    """
    raw, ballots = votes
    election = known_election(raw)
    checked = check_ballots(raw, [ballot for ballot, _ in ballots])
    tally = RunningTally(election)
    pairs = zip(checked, [weight for _, weight in ballots], strict=True)
    tally.add([(ballot.choices, weight) for ballot, weight in pairs if weight])
    return [ballot.credential for ballot in checked], [bytes(row) for row in tally.rows]


@dataclass(slots=True)
class BallotChecks:
    """The ballots of one box.

    Attributes:
        sums: of those verified so far that count.
        weights: of each credential that voted, once all are verified.
    """

    archive: Archive
    election: Election
    credentials: Credentials
    executor: Executor | None
    tell: Progress
    sums: RunningTally = field(init=False)
    weights: Mapping[str, int] = field(init=False)
    _last: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.sums = RunningTally(self.election)
        self._last = self._find_last(len(self.archive.ballots))

    def verify(
        self, earlier: Halfway | None, keep: Callable[[Halfway], object] | None = None
    ) -> None:
        """Verify every ballot, those replaced later included.

        Args:
            earlier: how far another run came, if it fits this box.
            keep: told how far this one came.

        Raises:
            BallotError: a leaf of it, with `ballot` set: of the first that is wrong.
            ChangedArchiveError: the archive is not what it was when its structure was read.
        """
        kept = 0 if earlier is None else self._go_on(earlier)
        whole = len(self.archive.ballots)
        # One object, so that an interruption finds a number and sums that belong together.
        reached = (kept, self.sums.rows)
        try:
            self.tell("ballots", kept, whole)
            for credentials, rows in _work(self.executor, check_votes, self._chunks(kept)):
                self._require_known(reached[0], credentials)
                self.sums.merge(rows)
                reached = (reached[0] + len(credentials), self.sums.rows)
                if keep is not None and reached[0] - kept >= KEPT_EVERY:
                    kept = reached[0]
                    keep(state_halfway(self.archive, self.election, *reached))
                self.tell("ballots", reached[0], whole)
        finally:
            if keep is not None:
                keep(state_halfway(self.archive, self.election, *reached))
        self.weights = {public: self.credentials.weights[public] for public in self._last}

    def _find_last(self, count: int) -> dict[str, int]:
        """Where the last ballot of each credential stands, among the first `count`."""
        return {claim_credential(self.archive.ballots[at]): at for at in range(count)}

    def _weight(self, at: int, raw: bytes) -> int:
        """With what weight a ballot is added."""
        claim = claim_credential(raw)
        # A malformed ballot, or a stranger's, is refused in its turn.
        return self.credentials.weights.get(claim, 0) if self._last[claim] == at else 0

    def _chunks(self, start: int) -> Iterator[_Votes]:
        ballots = self.archive.ballots
        chunk: list[tuple[bytes, int]] = []
        size = 0
        for at in range(start, len(ballots)):
            raw = ballots[at]
            chunk.append((raw, self._weight(at, raw)))
            size += len(raw)
            if len(chunk) == CHUNK or size >= CHUNK_BYTES:
                yield self.election.raw, chunk
                chunk, size = [], 0
        if chunk:
            yield self.election.raw, chunk

    def _require_known(self, start: int, credentials: Sequence[str]) -> None:
        for at, credential in enumerate(credentials, start):
            if credential not in self.credentials:
                error = UnknownCredentialError(credential)
                error.ballot = self.archive.ballots.digests[at]
                raise error

    def _go_on(self, earlier: Halfway) -> int:
        """Take over the sums of an earlier run; returns how many ballots it verified."""
        if self.election.is_shuffled:
            for at in range(earlier.verified):
                self._add_again(at, 1)
            return earlier.verified
        self.sums.rows = [bytearray(row) for row in earlier.sums]
        for credential, at in self._find_last(earlier.ballots).items():
            # It counted then; since then the box has grown, and it was replaced.
            if at < earlier.verified and at != self._last[credential]:
                self._add_again(at, -1)
        return earlier.verified

    def _add_again(self, at: int, sign: int) -> None:
        raw = self.archive.ballots[at]
        ballot = parse_ballot(self.election, raw)
        weight = self.credentials.weights[ballot.credential]
        if sign < 0 or self._weight(at, raw):
            self.sums.add([(ballot.choices, sign * weight)])


def _work(
    executor: Executor | None, do: Callable[[_Chunk], _Done], chunks: Iterable[_Chunk]
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
