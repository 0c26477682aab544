"""The later half of verifying a box: tally, shuffles, shares, result.

Each step goes on from what the one before computed, so that every point is parsed and
checked once.

Source: design 3, sections 11.5 to 11.8 and 13.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ballots.archive import Archive
from ballots.election import Election
from ballots.encoding import hex_digest
from ballots.errors import (
    EncryptedTallyError,
    MissingSecondProofError,
    MissingShareError,
    MissingShuffleError,
    SizedTallyError,
    UnexpectedShuffleError,
    UnknownOwnerError,
)
from ballots.factors import Factors, verify_factors, verify_second
from ballots.mixing import verify_shuffle
from ballots.opening import (
    BoxResult,
    Numbers,
    compare_shares,
    exact_ballots,
    open_points,
    verify_points,
)
from ballots.tally import EncryptedCounts, RunningTally
from ballots.trustees import Trustees

Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done and how much there is."""


@dataclass(slots=True)
class OpenedChecks:
    """The steps, to be taken in the order in which they stand here.

    Attributes:
        counts: the ciphertexts that are to be opened next.
        total_weight: no count is larger.
        second_proofs: numbers of the trustees whose second proofs hold.
        result: once there.
        opened: exact ballots of shuffled questions, once there.
    """

    archive: Archive
    election: Election
    trustees: Trustees
    tell: Progress
    counts: EncryptedCounts = ()
    total_weight: int = 0
    second_proofs: tuple[int, ...] = ()
    result: BoxResult | None = None
    opened: tuple[tuple[Numbers | None, ...], ...] = ()
    _shares: dict[int, Factors] = field(default_factory=dict[int, Factors])

    def verify_tally(self, sums: RunningTally, weights: Mapping[str, int]) -> None:
        """Compare with what the ballots added up to.

        Args:
            sums: of the ballots that count.
            weights: of the credentials that sent them.
        """
        recorded = self.archive.encrypted_tally
        if recorded is None:
            return
        self.tell("tally", 0, 1)
        tally = sums.finish(weights)
        if tally.encrypted != recorded:
            raise EncryptedTallyError(hex_digest(tally.encrypted), hex_digest(recorded))
        if tally.sized != self.archive.sized:
            raise SizedTallyError(tally.sized, self.archive.sized)
        self.counts, self.total_weight = tally.counts, tally.total_weight
        self.tell("tally", 1, 1)

    def verify_shuffles(self) -> None:
        """Verify each shuffle from what the one before gave."""
        shuffles = self.archive.shuffles
        if not self.election.is_shuffled:
            if shuffles or self.archive.is_shuffled:
                raise UnexpectedShuffleError
            return
        for done, (owner, raw) in enumerate(shuffles):
            self.tell("shuffles", done, len(shuffles))
            self._require_owner(owner)
            self.counts = verify_shuffle(self.election, self.counts, raw)
            self.tell("shuffles", done + 1, len(shuffles))
        # Opened in the order of the tally, every ballot would show whose it is.
        if self.archive.decryptions and not self.archive.is_shuffled:
            raise MissingShuffleError("the end of the shuffles")
        if self.archive.is_shuffled and not shuffles:
            raise MissingShuffleError("every shuffle")

    def verify_decryptions(self, proofs: Mapping[int, bytes] | None) -> None:
        """Verify each share, with its second proof where these are given."""
        shares = self.archive.decryptions
        for done, (owner, raw) in enumerate(shares):
            self.tell("decryptions", done, len(shares))
            key = self._require_owner(owner)
            factors = verify_factors(self.election, self.counts, key, raw)
            if proofs is not None:
                if owner not in proofs:
                    raise MissingSecondProofError(owner)
                verify_second(self.election, self.counts, key, factors, proofs[owner])
                self.second_proofs = (*self.second_proofs, owner)
            self._shares[owner] = factors
            self.tell("decryptions", done + 1, len(shares))
        compare_shares(self.trustees.seats, self._shares)

    def verify_result(self) -> None:
        """Open the tally again and compare."""
        if self.archive.result is None:
            return
        self.tell("result", 0, 1)
        if missing := self.trustees.missing(self._shares):
            raise MissingShareError(missing)
        points = open_points(self.counts, self.trustees.seats, self._shares)
        self.result = verify_points(self.election, points, self.total_weight, self.archive.result)
        self.opened = exact_ballots(self.election, points, self.result)
        self.tell("result", 1, 1)

    def _require_owner(self, owner: int) -> str:
        keys = self.trustees.keys
        if owner > len(keys):
            raise UnknownOwnerError(owner)
        return keys[owner - 1].public_key
