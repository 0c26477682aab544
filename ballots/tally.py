"""Adding up a box: the product of the last ballots, still encrypted.

Source: design 3, section 8 (homomorphic questions).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ballots.election import Election
from ballots.encoding import (
    format_count,
    format_json,
    hex_digest,
    parse_json,
    read_fields,
    read_json_point,
    read_list,
)
from ballots.errors import UnknownCredentialError
from ballots.group import Row, check_points, combine
from ballots.proofs import Ciphertext, format_ciphertext, pair_points

EncryptedCounts = tuple[tuple[Ciphertext, ...], ...]


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
    """

    encrypted: bytes
    sized: bytes
    num_tallied: int
    total_weight: int


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
    """
    last = {ballot.credential: ballot.choices for ballot in ballots}
    if weights is not None and (strangers := last.keys() - weights.keys()):
        raise UnknownCredentialError(min(strangers))
    weight_of = {c: 1 if weights is None else weights[c] for c in last}
    total_weight = sum(weight_of.values())

    counts = [
        _weigh_question(
            [(choices[number], weight_of[c]) for c, choices in last.items()], question.width
        )
        for number, question in enumerate(election.questions)
    ]
    encrypted = format_json([[format_ciphertext(choice) for choice in row] for row in counts])
    sized = {
        "num_tallied": len(last),
        "total_weight": format_count(total_weight),
        "encrypted_tally": hex_digest(encrypted),
    }
    return Tally(encrypted, format_json(sized), len(last), total_weight)


def _weigh_question(
    votes: list[tuple[tuple[Ciphertext, ...], int]], width: int
) -> list[Ciphertext]:
    rows: list[Row] = []
    for choice in range(width):
        rows.append([(choices[choice].alpha, weight) for choices, weight in votes])
        rows.append([(choices[choice].beta, weight) for choices, weight in votes])
    return pair_points(combine(rows))


def parse_encrypted_tally(election: Election, raw: bytes) -> EncryptedCounts:
    """Parse an encrypted tally, with every point in the group; a sum may be the identity."""
    questions = iter(election.questions)
    counts = read_list(
        parse_json(raw, 256 * (election.options + len(election.questions)) + 16),
        "encrypted_tally",
        lambda value: read_list(value, "choices", _read_choice, count=next(questions).width),
        count=len(election.questions),
    )
    check_points([point for row in counts for c in row for point in (c.alpha, c.beta)])
    return counts


def _read_choice(value: object) -> Ciphertext:
    alpha, beta = read_fields(value, "alpha", "beta")
    return Ciphertext(read_json_point(alpha), read_json_point(beta))
