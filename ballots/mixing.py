"""A trustee's shuffle of a whole tally: one for each question whose answers are shuffled.

Each shuffle starts from what the one before gave, the first from the sorted tally. What the
last one gave is opened.

Source: design 3, section 9 (docs/formats/shuffle.md).
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ballots.election import Election, ShuffledQuestion
from ballots.encoding import (
    format_json,
    parse_json,
    read_fields,
    read_json_point,
    read_list,
    read_scalar,
)
from ballots.errors import UnexpectedShuffleError
from ballots.group import Point, Random, check_points, format_point
from ballots.proofs import format_ciphertext
from ballots.shuffle import Setting, ShuffleProof, shuffle_ciphertexts, verify_shuffle_proof
from ballots.tally import (
    EncryptedCounts,
    SealedTally,
    format_counts,
    largest_tally,
    read_ciphertext,
    read_tally,
)

T = TypeVar("T")


def shuffle_tally(election: Election, tally: SealedTally, random: Random) -> bytes:
    """A trustee's shuffle of what the one before her gave, or of the encrypted tally.

    Raises:
        UnexpectedShuffleError: nothing in this election is shuffled.
    """
    counts = read_tally(election, tally)
    numbers = _numbers(election)
    setting = Setting(election.fingerprint, election.key)
    made = [shuffle_ciphertexts(setting, counts[number], random) for number in numbers]
    return format_json(
        {
            "ciphertexts": [[format_ciphertext(one) for one in outputs] for outputs, _ in made],
            "proofs": [_format_proof(proof) for _, proof in made],
        }
    )


def verify_shuffle(election: Election, tally: SealedTally, raw: bytes) -> EncryptedCounts:
    """Verify a shuffle; returns the tally with its outputs in the place of its inputs.

    Args:
        election: the election.
        tally: what it started from.
        raw: the shuffle.

    Raises:
        ShuffleProofError: a ballot may have been changed, dropped or doubled.
        WrongLengthError: it has more or fewer ciphertexts.
        PointOutsideGroupError: a point is none of the group.
    """
    counts = read_tally(election, tally)
    numbers = _numbers(election)
    listed, proofs = read_fields(parse_json(raw, largest_tally(election)), "ciphertexts", "proofs")
    sizes = [len(counts[number]) for number in numbers]
    outputs = _read_rows(listed, "ciphertexts", sizes, read_ciphertext)
    check_points([point for row in outputs for c in row for point in (c.alpha, c.beta)])
    rest = iter(sizes)
    read = read_list(
        proofs, "proofs", lambda proof: _read_proof(proof, next(rest)), count=len(sizes)
    )

    setting = Setting(election.fingerprint, election.key)
    mixed = list(counts)
    for number, row, proof in zip(numbers, outputs, read, strict=True):
        verify_shuffle_proof(number, setting, counts[number], row, proof)
        mixed[number] = row
    return tuple(mixed)


def shuffled_tally(election: Election, tally: SealedTally, raw: bytes) -> bytes:
    """The tally that a shuffle gives, as bytes, after the shuffle was verified."""
    return format_counts(election, verify_shuffle(election, tally, raw))


def take_shuffle(election: Election, tally: bytes, raw: bytes) -> bytes:
    """The tally that a verified shuffle gives, as bytes; nothing is verified again.

    Args:
        election: the election.
        tally: what it started from.
        raw: the shuffle, verified against that tally.
    """
    rows = list(_read_unchanged(parse_json(tally, largest_tally(election))))
    listed, _ = read_fields(parse_json(raw, largest_tally(election)), "ciphertexts", "proofs")
    for number, row in zip(_numbers(election), _read_unchanged(listed), strict=True):
        rows[number] = row
    return format_json(rows)


def _numbers(election: Election) -> list[int]:
    numbers = [
        number
        for number, question in enumerate(election.questions)
        if isinstance(question, ShuffledQuestion)
    ]
    if not numbers:
        raise UnexpectedShuffleError
    return numbers


# --- the form of proofs -----------------------------------------------------------------


def _format_proof(proof: ShuffleProof) -> list[object]:
    t1, t2, t3, t41, t42 = [format_point(point) for point in proof.commitments]
    s1, s2, s3, s4 = [str(response) for response in proof.responses]
    return [
        [t1, t2, t3, [t41, t42], _format_points(proof.chain_commitments)],
        [
            *(s1, s2, s3, s4),
            [str(response) for response in proof.chain_responses],
            [str(response) for response in proof.exponent_responses],
        ],
        _format_points(proof.permutation),
        _format_points(proof.chain),
    ]


def _format_points(points: Sequence[Point]) -> list[object]:
    return [format_point(point) for point in points]


def _read_proof(value: object, size: int) -> ShuffleProof:
    commitments, responses, permutation, chain = _read_items(value, "proof", 4)
    t1, t2, t3, t4, chain_commitments = _read_items(commitments, "commitments", 5)
    s1, s2, s3, s4, chain_responses, exponent_responses = _read_items(responses, "responses", 6)
    read = ShuffleProof(
        # These are compared with what is computed, and so need no check of their own.
        commitments=tuple(
            [read_json_point(point) for point in (t1, t2, t3, *_read_items(t4, "t4", 2))]
        ),
        chain_commitments=read_list(chain_commitments, "chain", read_json_point, count=size),
        responses=tuple([read_scalar(response) for response in (s1, s2, s3, s4)]),
        chain_responses=read_list(chain_responses, "responses", read_scalar, count=size),
        exponent_responses=read_list(exponent_responses, "responses", read_scalar, count=size),
        permutation=read_list(permutation, "permutation", read_json_point, count=size),
        chain=read_list(chain, "chain", read_json_point, count=size),
    )
    check_points([*read.permutation, *read.chain])
    return read


def _read_unchanged(value: object) -> tuple[object, ...]:
    return read_list(value, "rows", lambda row: row)


def _read_items(value: object, what: str, count: int) -> tuple[object, ...]:
    return read_list(value, what, lambda item: item, count=count)


def _read_rows(
    value: object, what: str, sizes: Sequence[int], read: Callable[[object], T]
) -> tuple[tuple[T, ...], ...]:
    rest = iter(sizes)
    return read_list(
        value, what, lambda row: read_list(row, what, read, count=next(rest)), count=len(sizes)
    )
