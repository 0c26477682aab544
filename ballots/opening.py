"""From verified factors to plaintexts, and from plaintexts to a box's result.

Source: design 3, sections 10 and 13.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ballots.election import AnyQuestion, Election, ShuffledQuestion
from ballots.encoding import (
    format_count,
    format_json,
    parse_json,
    read_count,
    read_fields,
    read_list,
    read_number,
)
from ballots.errors import CountOutOfRangeError, ResultError, SharesDisagreeError
from ballots.factors import Factors
from ballots.group import (
    BASE,
    ONE,
    ORDER,
    Point,
    Row,
    combine,
    embed_numbers,
    find_exponents,
    read_numbers,
)
from ballots.questions import format_row, read_row
from ballots.tally import EncryptedCounts
from ballots.trustees import Seats

Numbers = tuple[int, ...]
Counts = tuple[Numbers, ...]
_LARGEST_RESULT = 2**17


@dataclass(frozen=True, slots=True)
class BoxResult:
    """What a box's tally holds.

    Attributes:
        counts: for each question a count per choice, blank first, lists one after the other;
            none for a shuffled question.
        opened: for each shuffled question the numbers of every ballot, in the order of the
            last shuffle; none for others.
    """

    counts: Counts
    opened: tuple[tuple[Numbers, ...], ...]


# --- combining shares -------------------------------------------------------------------


def lagrange_weights(indexes: Sequence[int], at: int) -> list[int]:
    """What to raise the factors at these indexes to, for the factor at another one.

    Args:
        indexes: of those who gave a share, from 1.
        at: 0 for the factor of the joint key.
    """
    weights: list[int] = []
    for index in indexes:
        above = below = 1
        for other in indexes:
            if other != index:
                above = above * (at - other) % ORDER
                below = below * (index - other) % ORDER
        weights.append(above * pow(below, -1, ORDER) % ORDER)
    return weights


def open_points(
    counts: EncryptedCounts, seats: Sequence[Seats], shares: Mapping[int, Factors]
) -> Factors:
    """The plaintexts as points, from the factors of trustees who are enough.

    Of a group with a threshold the first so many count, in the order of their numbers.

    Args:
        counts: the ciphertexts.
        seats: from `Trustees.seats`.
        shares: verified factors by the trustee's number.
    """
    exponents: dict[int, int] = {}
    for group in seats:
        chosen = [number for number in group.numbers if number in shares][: group.needed]
        indexes = [number - group.numbers.start + 1 for number in chosen]
        weights = lagrange_weights(indexes, 0) if group.is_threshold else [1]
        exponents |= dict(zip(chosen, weights, strict=True))
    opened: list[tuple[Point, ...]] = []
    for number, row in enumerate(counts):
        rows: list[Row] = [
            [
                (c.beta, 1),
                *[(shares[n][number][choice], -weight) for n, weight in exponents.items()],
            ]
            for choice, c in enumerate(row)
        ]
        opened.append(tuple(combine(rows)))
    return tuple(opened)


def compare_shares(seats: Sequence[Seats], shares: Mapping[int, Factors]) -> None:
    """Require that every set of trustees who are enough opens the same plaintexts.

    Raises:
        SharesDisagreeError: they do not; with the numbers of those one of whom is wrong. It is
            a single number where enough others agree among themselves.
    """
    for group in seats:
        present = [number for number in group.numbers if number in shares]
        if len(present) <= group.needed:
            continue
        for number, row in enumerate(shares[present[0]]):
            for choice in range(len(row)):
                values = {n - group.numbers.start + 1: shares[n][number][choice] for n in present}
                if not _agree(values, group.needed):
                    suspects = _find_suspects(values, group.needed)
                    numbers = tuple([index + group.numbers.start - 1 for index in suspects])
                    raise SharesDisagreeError(number, choice, numbers)


def _agree(values: Mapping[int, Point], needed: int) -> bool:
    """Whether points at their indexes lie on one polynomial of the degree."""
    indexes = list(values)
    base = indexes[:needed]
    rows: list[Row] = [
        [
            (values[index], -1),
            *[(values[n], w) for n, w in zip(base, lagrange_weights(base, index), strict=True)],
        ]
        for index in indexes[needed:]
    ]
    return set(combine(rows)) <= {ONE}


def _find_suspects(values: Mapping[int, Point], needed: int) -> list[int]:
    without = {
        left_out: {index: point for index, point in values.items() if index != left_out}
        for left_out in values
    }
    return [index for index, rest in without.items() if _agree(rest, needed)] or list(values)


# --- results ----------------------------------------------------------------------------


def find_result(election: Election, points: Factors, max_count: int) -> BoxResult:
    """What the plaintexts say.

    Raises:
        CountOutOfRangeError: no count up to the largest gives a plaintext.
    """
    counts: list[Numbers] = []
    opened: list[tuple[Numbers, ...]] = []
    for number, (question, row) in enumerate(zip(election.questions, points, strict=True)):
        if isinstance(question, ShuffledQuestion):
            counts.append(())
            opened.append(_read_all(question, row))
            continue
        found: list[int] = []
        for choice, count in enumerate(find_exponents(row, max_count)):
            if count is None:
                raise CountOutOfRangeError(number, choice)
            found.append(count)
        counts.append(tuple(found))
        opened.append(())
    return BoxResult(tuple(counts), tuple(opened))


def _read_all(question: ShuffledQuestion, row: Sequence[Point]) -> tuple[Numbers, ...]:
    return tuple([read_numbers(point, len(question.answers)) for point in row])


def verify_points(election: Election, points: Factors, max_count: int, raw: bytes) -> BoxResult:
    """Verify a published result against the plaintexts; no search is needed for this.

    Raises:
        ResultError: a count or an opened ballot is another one.
        CountOutOfRangeError: a count is larger than the box's total weight.
        WrongLengthError: the result has another shape than the questions.
    """
    result = _parse(election, points, raw)
    for number, (question, row) in enumerate(zip(election.questions, points, strict=True)):
        if isinstance(question, ShuffledQuestion):
            for at, (found, numbers) in enumerate(
                zip(_read_all(question, row), result.opened[number], strict=True)
            ):
                if found != numbers:
                    raise ResultError(number, at)
            continue
        for choice, (count, point) in enumerate(zip(result.counts[number], row, strict=True)):
            if count > max_count:
                raise CountOutOfRangeError(number, choice)
            if combine([[(BASE, count)]])[0] != point:
                raise ResultError(number, choice)
    return result


def exact_ballots(
    election: Election, points: Factors, result: BoxResult
) -> tuple[tuple[Numbers | None, ...], ...]:
    """The opened ballots, with None for each that no honest program can have made.

    What does not embed to the same point again hides something: bits above the numbers, or
    another padding. Such a ballot is invalid, and what it says is not repeated.
    """
    return tuple(
        [
            tuple(
                [
                    numbers if embed_numbers(numbers) == point else None
                    for numbers, point in zip(opened, row, strict=True)
                ]
            )
            if isinstance(question, ShuffledQuestion)
            else ()
            for question, opened, row in zip(election.questions, result.opened, points, strict=True)
        ]
    )


# --- form -------------------------------------------------------------------------------


def format_result(election: Election, result: BoxResult) -> bytes:
    """Write a result, question by question."""
    rows: list[list[object]] = []
    for question, counts, opened in zip(
        election.questions, result.counts, result.opened, strict=True
    ):
        if isinstance(question, ShuffledQuestion):
            rows.append([list(numbers) for numbers in opened])
        else:
            rows.append(format_row(question, [format_count(count) for count in counts]))
    return format_json({"result": rows})


def _parse(election: Election, points: Factors, raw: bytes) -> BoxResult:
    limit = _LARGEST_RESULT + sum(len(row) for row in points) * 128
    (listed,) = read_fields(parse_json(raw, limit), "result")
    beside = iter(zip(election.questions, points, strict=True))
    rows = read_list(
        listed, "result", lambda value: _read_question(*next(beside), value), count=len(points)
    )
    return BoxResult(tuple([counts for counts, _ in rows]), tuple([opened for _, opened in rows]))


def _read_question(
    question: AnyQuestion, points: Sequence[Point], value: object
) -> tuple[Numbers, tuple[Numbers, ...]]:
    if not isinstance(question, ShuffledQuestion):
        return read_row(question, value, "result", read_count), ()
    width = len(question.answers)

    def read_ballot(ballot: object) -> Numbers:
        return read_list(ballot, "ballot", lambda item: read_number(item, 0, 255), count=width)

    return (), read_row(question, value, "result", read_ballot, count=len(points))
