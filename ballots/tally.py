"""Adding up a box, still sealed: the product of the last ballots, or their sorted list.

Source: design 3, section 8.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from ballots.election import AnyQuestion, Election, ShuffledQuestion
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
from ballots.group import Row, check_points, combine
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
    weight_of = dict.fromkeys(last, 1) if weights is None else weights
    if election.is_shuffled:
        for credential in last:
            if weight_of[credential] != 1:
                raise WeightedShuffleError(credential)
    total_weight = sum([weight_of[credential] for credential in last])
    counts = tuple(
        [
            _add_up(question, [(choices[number], weight_of[c]) for c, choices in last.items()])
            for number, question in enumerate(election.questions)
        ]
    )
    encrypted = format_counts(election, counts)
    sized = {
        "num_tallied": len(last),
        "total_weight": format_count(total_weight),
        "encrypted_tally": hex_digest(encrypted),
    }
    return Tally(encrypted, format_json(sized), len(last), total_weight, counts)


def _add_up(
    question: AnyQuestion, votes: Sequence[tuple[tuple[Ciphertext, ...], int]]
) -> tuple[Ciphertext, ...]:
    if isinstance(question, ShuffledQuestion):
        # Sorted by their bytes, so that the order does not tell who sent which.
        return tuple(sorted([choices[0] for choices, _ in votes], key=_place))
    rows: list[Row] = []
    for choice in range(question.width):
        rows.append([(choices[choice].alpha, weight) for choices, weight in votes])
        rows.append([(choices[choice].beta, weight) for choices, weight in votes])
    return tuple(pair_points(combine(rows)))


def _place(ciphertext: Ciphertext) -> bytes:
    return ciphertext.alpha + ciphertext.beta


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
