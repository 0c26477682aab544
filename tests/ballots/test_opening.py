"""Combining shares: any so many give the same, and one that differs is named."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.decryption import decrypt_share, open_shares
from ballots.encoding import format_json
from ballots.errors import (
    BallotError,
    CountOutOfRangeError,
    MissingShareError,
    ResultError,
    SharesDisagreeError,
    WrongLengthError,
    WrongValueError,
)
from ballots.factors import Factors
from ballots.group import BASE, ORDER, Point, combine, embed_numbers
from ballots.opening import (
    BoxResult,
    compare_shares,
    exact_ballots,
    find_result,
    format_result,
    lagrange_weights,
    open_points,
    verify_points,
)
from ballots.proofs import Ciphertext
from ballots.trustees import Seats
from tests.ballots.assembly import LISTS, RANKED, hold_election
from tests.ballots.box import MOTION, few, seeded

HELD = hold_election()
GROUP = Seats(range(2, 5), 2, is_threshold=True)


def _power(exponent: int) -> Point:
    return combine([[(BASE, exponent)]])[0]


def test_weights_by_hand() -> None:
    # Through (1, f1) and (3, f3): at 0 it is 3/2 f1 - 1/2 f3, at 2 the mean of both.
    half = pow(2, -1, ORDER)
    assert lagrange_weights([1, 3], 0) == [3 * half % ORDER, -half % ORDER]
    assert lagrange_weights([1, 3], 2) == [half, half]
    assert lagrange_weights([2], 0) == [1]


@few
@given(st.sets(st.integers(1, 12), min_size=1, max_size=5), st.integers(0, 12))
def test_weights_are_those_of_fractions(indexes: set[int], at: int) -> None:
    chosen = sorted(indexes)
    for index, weight in zip(chosen, lagrange_weights(chosen, at), strict=True):
        exact = Fraction(1)
        for other in indexes - {index}:
            exact *= Fraction(at - other, index - other)
        assert weight == exact.numerator * pow(exact.denominator, -1, ORDER) % ORDER


@pytest.mark.parametrize("present", [(1, 2, 3), (1, 2, 4), (1, 3, 4), (1, 2, 3, 4)])
def test_any_two_of_three_and_the_single_one_give_the_same(present: tuple[int, ...]) -> None:
    shares = {
        n: decrypt_share(HELD.election, HELD.mixed, HELD.private_keys[n - 1], seeded(n)).decryption
        for n in present
    }
    assert open_shares(HELD.election, HELD.trustees, HELD.mixed, shares, 3) == HELD.result


@pytest.mark.parametrize("present", [(1, 2), (2, 3, 4), (1,), ()])
def test_fewer_give_nothing(present: tuple[int, ...]) -> None:
    shares = {n: HELD.shares[n].decryption if n in HELD.shares else b"" for n in present}
    with pytest.raises(MissingShareError):
        open_shares(HELD.election, HELD.trustees, HELD.mixed, shares, 3)


def _shares(values: dict[int, int]) -> dict[int, Factors]:
    return {number: ((_power(value),),) for number, value in values.items()}


def test_shares_on_one_line_agree() -> None:
    compare_shares([GROUP], _shares({2: 10, 3: 13, 4: 16}))
    # No more than the threshold: nothing to compare.
    compare_shares([GROUP], _shares({2: 10, 4: 99}))


def test_a_share_off_the_line_is_found() -> None:
    # With three of which two are needed, it could be any one.
    with pytest.raises(SharesDisagreeError) as caught:
        compare_shares([GROUP], _shares({2: 10, 3: 14, 4: 16}))
    assert caught.value.args == (0, 0, (2, 3, 4))


@pytest.mark.parametrize("bent", [2, 3, 4, 5])
def test_with_enough_others_the_one_is_named(bent: int) -> None:
    group = Seats(range(2, 6), 2, is_threshold=True)
    values = {2: 10, 3: 13, 4: 16, 5: 19}
    compare_shares([group], _shares(values))
    with pytest.raises(SharesDisagreeError) as caught:
        compare_shares([group], _shares(values | {bent: 77}))
    assert caught.value.args == (0, 0, (bent,))


def test_two_that_differ_leave_all_suspect() -> None:
    group = Seats(range(1, 6), 2, is_threshold=True)
    with pytest.raises(SharesDisagreeError) as caught:
        compare_shares([group], _shares({1: 1, 2: 2, 3: 3, 4: 77, 5: 99}))
    assert caught.value.args == (0, 0, (1, 2, 3, 4, 5))


def test_the_first_so_many_count() -> None:
    counts = ((Ciphertext(BASE, _power(100)),),)
    every = {2: 10, 3: 13, 4: 16}
    for chosen in combinations(every, 2):
        shares = _shares({n: every[n] for n in chosen})
        # The line through (1, 10), (2, 13), (3, 16) meets 0 at 7.
        assert open_points(counts, [GROUP], shares) == ((_power(93),),)
    assert open_points(counts, [GROUP], _shares(every | {4: 0})) == ((_power(93),),)


# --- results ----------------------------------------------------------------------------

ELECTION = HELD.election
POINTS: Factors = (
    (_power(0), _power(1), _power(2)),
    (embed_numbers([1, 2, 3]), embed_numbers([0, 0, 255])),
    tuple(_power(n) for n in (1, 1, 0, 2, 2, 0)),
)
RESULT = b'{"result":[[0,1,2],[[1,2,3],[0,0,255]],[[1,1,0],[2,2,0]]]}'


def test_a_result_of_every_kind_by_hand() -> None:
    result = find_result(ELECTION, POINTS, 2)
    assert result == BoxResult(
        ((0, 1, 2), (), (1, 1, 0, 2, 2, 0)), ((), ((1, 2, 3), (0, 0, 255)), ())
    )
    assert format_result(ELECTION, result) == RESULT
    assert verify_points(ELECTION, POINTS, 2, RESULT) == result
    assert exact_ballots(ELECTION, POINTS, result) == result.opened
    assert ELECTION.questions == (MOTION, RANKED, LISTS)


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([[0, 1, 3], [[1, 2, 3], [0, 0, 255]], [[1, 1, 0], [2, 2, 0]]], CountOutOfRangeError),
        ([[0, 2, 2], [[1, 2, 3], [0, 0, 255]], [[1, 1, 0], [2, 2, 0]]], ResultError),
        ([[0, 1, 2], [[1, 3, 2], [0, 0, 255]], [[1, 1, 0], [2, 2, 0]]], ResultError),
        ([[0, 1, 2], [[0, 0, 255], [1, 2, 3]], [[1, 1, 0], [2, 2, 0]]], ResultError),
        ([[0, 1, 2], [[1, 2, 3]], [[1, 1, 0], [2, 2, 0]]], WrongLengthError),
        ([[0, 1, 2], [[1, 2], [0, 0]], [[1, 1, 0], [2, 2, 0]]], WrongLengthError),
        ([[0, 1, 2], [[1, 2, 3], [0, 0, 256]], [[1, 1, 0], [2, 2, 0]]], WrongValueError),
        ([[0, 1, 2], [[1, 2, 3], [0, 0, 255]], [1, 1, 0, 2, 2, 0]], WrongLengthError),
        ([[0, 1, 2], [[1, 2, 3], [0, 0, 255]], [[1, 1], [0, 2, 2, 0]]], WrongLengthError),
        ([[0, 1, 2], [[1, 2, 3], [0, 0, 255]], [[1, 1, 0], [2, 1, 0]]], ResultError),
        ([[0, 1, 2], [[1, 2, 3], [0, 0, 255]]], WrongLengthError),
    ],
)
def test_another_result_is_refused(rows: object, error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify_points(ELECTION, POINTS, 2, format_json({"result": rows}))


def _hidden(numbers: list[int], mark: int, start: int = 0) -> Point:
    """A point that holds the numbers and something more, as no honest program makes it."""
    packed = (mark << 8 * len(numbers)) + int.from_bytes(bytes(numbers))
    for padding in range(start, 2**14):
        point = Point(((packed << 14) + padding).to_bytes(32, "little"))
        try:
            combine([[(point, 2)]])
        except RuntimeError:
            continue
        return point
    raise AssertionError


def test_inexact_plaintexts_are_invalid_and_not_told() -> None:
    first = int.from_bytes(embed_numbers([1, 2, 3]), "little") & (2**14 - 1)
    points = (
        POINTS[0],
        (_hidden([1, 2, 3], 5), _hidden([1, 2, 3], 0, first + 1), embed_numbers([1, 2, 3])),
        POINTS[2],
    )
    result = find_result(ELECTION, points, 2)
    # The reference reads the same numbers in all three.
    assert result.opened[1] == ((1, 2, 3),) * 3
    assert exact_ballots(ELECTION, points, result)[1] == (None, None, (1, 2, 3))
