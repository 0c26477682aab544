"""Opening a tally: a trustee's share with its two proofs, and what the shares give.

What stands here takes and gives raw records; `ballots.factors` and `ballots.opening` have
the steps. A tally whose answers are shuffled is opened as the last shuffle left it
(`ballots.mixing.shuffled_tally`).

Source: design 3, sections 10 and 13.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ballots.election import Election
from ballots.encoding import (
    format_count,
    format_json,
    parse_json,
    read_count,
    read_fields,
    read_list,
)
from ballots.errors import DecryptionProofError, MissingShareError
from ballots.factors import (
    SECOND_PROOF_TAG,
    Share,
    make_share,
    read_factors,
    verify_factors,
    verify_second,
)
from ballots.group import BASE, Random, combine, format_point
from ballots.opening import (
    BoxResult,
    Counts,
    Numbers,
    compare_shares,
    exact_ballots,
    find_result,
    format_result,
    open_points,
    verify_points,
)
from ballots.tally import SealedTally, read_tally
from ballots.trustees import Seats, Trustees

__all__ = [
    "SECOND_PROOF_TAG",
    "BoxResult",
    "Counts",
    "Share",
    "add_second_proofs",
    "decrypt_share",
    "format_box_result",
    "open_shares",
    "open_tally",
    "parse_box_result",
    "verify_box_result",
    "verify_decryption",
    "verify_second_proof",
]


def decrypt_share(
    election: Election, encrypted_tally: SealedTally, private: int, random: Random
) -> Share:
    """A trustee's share of one box, with both proofs."""
    return make_share(election, read_tally(election, encrypted_tally), private, random)


def add_second_proofs(
    election: Election,
    encrypted_tally: SealedTally,
    private: int,
    decryption: bytes,
    random: Random,
) -> Share:
    """A share whose partial decryption another program made, with our second proofs beside it.

    Raises:
        DecryptionProofError: it was made with another key, of another tally, or wrongly.
    """
    counts = read_tally(election, encrypted_tally)
    own = make_share(election, counts, private, random)
    public = format_point(combine([[(BASE, private)]])[0])
    # By itself its proof does not show this: it covers neither ciphertexts nor factors.
    factors = verify_factors(election, counts, public, decryption)
    true, _ = read_factors(election, counts, own.decryption)
    for number, (row, true_row) in enumerate(zip(factors, true, strict=True)):
        for choice, (factor, true_factor) in enumerate(zip(row, true_row, strict=True)):
            if factor != true_factor:
                raise DecryptionProofError(public, number, choice)
    return Share(decryption, own.proofs)


def verify_decryption(
    election: Election, encrypted_tally: SealedTally, public_key: str, raw: bytes
) -> None:
    """Verify a partial decryption by its own proofs.

    Args:
        election: the box's election.
        encrypted_tally: the encrypted tally.
        public_key: the trustee's.
        raw: the partial decryption.

    Raises:
        DecryptionProofError: a factor is not proved.
    """
    verify_factors(election, read_tally(election, encrypted_tally), public_key, raw)


def verify_second_proof(
    election: Election,
    encrypted_tally: SealedTally,
    public_key: str,
    decryption: bytes,
    proofs: bytes,
) -> None:
    """Verify a trustee's second proofs of her partial decryption.

    Raises:
        SecondProofBindingError: they were made for another box or key.
        SecondProofError: one fails.
    """
    counts = read_tally(election, encrypted_tally)
    factors, _ = read_factors(election, counts, decryption)
    verify_second(election, counts, public_key, factors, proofs)


# --- the result -------------------------------------------------------------------------


def open_tally(
    election: Election, encrypted_tally: SealedTally, shares: Sequence[bytes], max_count: int
) -> bytes:
    """The result of a box whose trustees are all single, from all their shares.

    Args:
        election: the box's election.
        encrypted_tally: the encrypted tally.
        shares: raw partial decryptions, verified, one of each trustee.
        max_count: no count is larger: the box's total weight.

    Raises:
        CountOutOfRangeError: a share is missing or wrong: no count up to the largest fits.
    """
    return _open(election, encrypted_tally, *_single(shares), max_count).raw


@dataclass(frozen=True, slots=True)
class OpenedBox:
    """What a box held.

    Attributes:
        raw: the result, as the archive holds it.
        counts: for each question a count per choice; none for a shuffled one.
        opened: for each shuffled question every ballot's numbers, None for a ballot that no
            honest program can have made; none for other questions.
    """

    raw: bytes
    counts: Counts
    opened: tuple[tuple[Numbers | None, ...], ...]


def open_box(
    election: Election,
    trustees: Trustees,
    encrypted_tally: SealedTally,
    shares: Mapping[int, bytes],
    max_count: int,
) -> OpenedBox:
    """Open a box with verified partial decryptions, by their trustees' numbers.

    Raises:
        MissingShareError: they are too few.
        SharesDisagreeError: there are more than needed, and they open different plaintexts.
        CountOutOfRangeError: a share is wrong.
    """
    if missing := trustees.missing(shares):
        raise MissingShareError(missing)
    return _open(election, encrypted_tally, trustees.seats, shares, max_count)


def open_shares(
    election: Election,
    trustees: Trustees,
    encrypted_tally: SealedTally,
    shares: Mapping[int, bytes],
    max_count: int,
) -> bytes:
    """The result of a box, from verified partial decryptions: see `open_box`."""
    return open_box(election, trustees, encrypted_tally, shares, max_count).raw


def _single(shares: Sequence[bytes]) -> tuple[list[Seats], dict[int, bytes]]:
    by_number = dict(enumerate(shares, 1))
    return [Seats(range(n, n + 1), 1, is_threshold=False) for n in by_number], by_number


def _open(
    election: Election,
    encrypted_tally: SealedTally,
    seats: Sequence[Seats],
    shares: Mapping[int, bytes],
    max_count: int,
) -> OpenedBox:
    counts = read_tally(election, encrypted_tally)
    factors = {n: read_factors(election, counts, raw)[0] for n, raw in shares.items()}
    compare_shares(seats, factors)
    points = open_points(counts, seats, factors)
    result = find_result(election, points, max_count)
    return OpenedBox(
        format_result(election, result), result.counts, exact_ballots(election, points, result)
    )


def verify_box_result(
    election: Election,
    encrypted_tally: SealedTally,
    shares: Sequence[bytes],
    max_count: int,
    raw: bytes,
) -> Counts:
    """Verify a published result against the shares of single trustees.

    Raises:
        ResultError: a count is not what the shares open.
        CountOutOfRangeError: a count is larger than the box's total weight.
        WrongLengthError: the result has another shape than the questions.
    """
    counts = read_tally(election, encrypted_tally)
    seats, by_number = _single(shares)
    factors = {n: read_factors(election, counts, share)[0] for n, share in by_number.items()}
    points = open_points(counts, seats, factors)
    return verify_points(election, points, max_count, raw).counts


def format_box_result(counts: Counts) -> bytes:
    """Write a result of counts only: for each question a count per choice, blank first."""
    return format_json({"result": [[format_count(count) for count in row] for row in counts]})


def parse_box_result(raw: bytes) -> Counts:
    """Parse a result of counts only."""
    (rows,) = read_fields(parse_json(raw, 2**17), "result")
    return read_list(rows, "result", lambda row: read_list(row, "counts", read_count))
