"""Adding up a box, still sealed: the product of the last ballots, or their sorted list.

Source: design 3, section 8.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from ballots.election import Election, ShuffledQuestion
from ballots.encoding import (
    format_count,
    format_json,
    hex_digest,
    parse_json,
    read_fields,
    read_json_point,
    read_list,
)
from ballots.errors import UnknownCredentialError, WeightedShuffleError
from ballots.group import ONE, Point, Row, check_points, combine
from ballots.proofs import Ciphertext, format_ciphertext, pair_points
from ballots.questions import format_row, read_row

EncryptedCounts = tuple[tuple[Ciphertext, ...], ...]
"""For each question its ciphertexts in one row; of a shuffled one, all ballots'."""

SealedTally = bytes | EncryptedCounts
"""An encrypted tally: raw, or parsed with every point checked."""

LARGEST_LIST: Final = 2**29
"""The most bytes of a record with a shuffled question's ciphertexts: those of a whole box."""


class SealedChoices(Protocol):
    """What adding up needs of a verified ballot."""

    @property
    def credential(self) -> str:
        """The public credential."""
        ...

    @property
    def choices(self) -> EncryptedCounts:
        """The ciphertexts of each question."""
        ...


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum of a box.

    Attributes:
        encrypted: the encrypted tally, as the archive holds it.
        sized: the record beside it, with the two numbers.
        num_tallied: how many ballots count.
        total_weight: the sum of their weights.
        counts: the ciphertexts in `encrypted`.
    """

    encrypted: bytes
    sized: bytes
    num_tallied: int
    total_weight: int
    counts: EncryptedCounts = field(repr=False)


class RunningTally:
    """The sum of a box while its ballots come in.

    Attributes:
        rows: for each question its ciphertexts, 64 bytes each: the sums so far; of a
            shuffled one those of all ballots so far. They go from one process to another,
            and those of a large box stay in memory.
    """

    def __init__(self, election: Election) -> None:
        self.rows = [
            bytearray()
            if isinstance(question, ShuffledQuestion)
            else bytearray((ONE + ONE) * question.width)
            for question in election.questions
        ]
        self._election = election

    def add(self, votes: Sequence[tuple[EncryptedCounts, int]]) -> None:
        """Add verified choices with the weight of each.

        A negative weight takes choices out again, where the election is not shuffled.
        """
        for number, question in enumerate(self._election.questions):
            if isinstance(question, ShuffledQuestion):
                for choices, _ in votes:
                    self.rows[number] += _place(choices[number][0])
            else:
                sums = _unpack(self.rows[number])
                rows: list[Row] = []
                for place, total in enumerate(sums):
                    added = [(choices[number][place], weight) for choices, weight in votes]
                    rows.append([(total.alpha, 1), *[(c.alpha, weight) for c, weight in added]])
                    rows.append([(total.beta, 1), *[(c.beta, weight) for c, weight in added]])
                self.rows[number] = bytearray(b"".join(combine(rows)))

    def merge(self, others: Sequence[bytes]) -> None:
        """Add the rows of what another process has added up."""
        merged: list[bytearray] = []
        for question, row, other in zip(self._election.questions, self.rows, others, strict=True):
            if isinstance(question, ShuffledQuestion):
                row += other  # noqa: PLW2901  in place: it may be long
                merged.append(row)
            else:
                pairs = zip(_points(row), _points(other), strict=True)
                sums = combine([[(one, 1), (two, 1)] for one, two in pairs])
                merged.append(bytearray(b"".join(sums)))
        # At once, so that an interruption finds all of it added, or nothing.
        self.rows = merged

    def finish(self, weights: Mapping[str, int]) -> Tally:
        """The sum of a box.

        Args:
            weights: of every credential whose ballot was added.

        Raises:
            WeightedShuffleError: a ballot that is to be shuffled counts more than once.
        """
        election = self._election
        if election.is_shuffled:
            for credential, weight in weights.items():
                if weight != 1:
                    raise WeightedShuffleError(credential)
        total_weight = sum(weights.values())
        counts = tuple(
            [
                # Sorted by their bytes, so that the order does not tell who sent which.
                tuple(_unpack(b"".join(sorted(_split(row, 64)))))
                if isinstance(question, ShuffledQuestion)
                else tuple(_unpack(row))
                for question, row in zip(election.questions, self.rows, strict=True)
            ]
        )
        encrypted = format_counts(election, counts)
        sized = {
            "num_tallied": len(weights),
            "total_weight": format_count(total_weight),
            "encrypted_tally": hex_digest(encrypted),
        }
        return Tally(encrypted, format_json(sized), len(weights), total_weight, counts)


def tally_box(
    election: Election,
    ballots: Iterable[SealedChoices],
    weights: Mapping[str, int] | None = None,
) -> Tally:
    """Add up the last ballot of each credential.

    Args:
        election: the election.
        ballots: verified ballots in the order in which the box took them.
        weights: the weight of each public credential; without, each is 1.

    Raises:
        UnknownCredentialError: a ballot's credential has no weight.
        WeightedShuffleError: a ballot that is to be shuffled counts more than once.
    """
    last = {ballot.credential: ballot.choices for ballot in ballots}
    if weights is not None and (strangers := last.keys() - weights.keys()):
        raise UnknownCredentialError(min(strangers))
    weight_of = {public: 1 if weights is None else weights[public] for public in last}
    tally = RunningTally(election)
    tally.add([(choices, weight_of[public]) for public, choices in last.items()])
    return tally.finish(weight_of)


def _place(ciphertext: Ciphertext) -> bytes:
    return ciphertext.alpha + ciphertext.beta


def _split(row: bytes | bytearray, size: int) -> list[bytes]:
    return [bytes(row[at : at + size]) for at in range(0, len(row), size)]


def _points(row: bytes | bytearray) -> list[Point]:
    return [Point(packed) for packed in _split(row, 32)]


def _unpack(row: bytes | bytearray) -> list[Ciphertext]:
    return pair_points(_points(row))


def format_counts(election: Election, counts: EncryptedCounts) -> bytes:
    """Write an encrypted tally."""
    return format_json(
        [
            format_row(question, [format_ciphertext(choice) for choice in row])
            for question, row in zip(election.questions, counts, strict=True)
        ]
    )


def largest_tally(election: Election) -> int:
    """The most bytes that an encrypted tally may have, or a shuffle of it."""
    if election.is_shuffled:
        return LARGEST_LIST
    return 256 * (election.options + len(election.questions)) + 16


def parse_encrypted_tally(election: Election, raw: bytes) -> EncryptedCounts:
    """Parse an encrypted tally, with every point in the group; a sum may be the identity."""
    questions = iter(election.questions)
    counts = read_list(
        parse_json(raw, largest_tally(election)),
        "encrypted_tally",
        lambda value: read_row(next(questions), value, "choices", read_ciphertext),
        count=len(election.questions),
    )
    check_points([point for row in counts for c in row for point in (c.alpha, c.beta)])
    return counts


def read_tally(election: Election, tally: SealedTally) -> EncryptedCounts:
    """An encrypted tally's ciphertexts, parsed if they are not yet."""
    return parse_encrypted_tally(election, tally) if isinstance(tally, bytes) else tally


def read_ciphertext(value: object) -> Ciphertext:
    """Read a ciphertext from JSON; membership of its points is still to be checked."""
    alpha, beta = read_fields(value, "alpha", "beta")
    return Ciphertext(read_json_point(alpha), read_json_point(beta))
