"""The group: forms of points, membership, products of powers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add
from nacl.exceptions import RuntimeError as SodiumError

from ballots.errors import PointFormError, PointOutsideGroupError
from ballots.group import (
    BASE,
    FIELD,
    ONE,
    ORDER,
    Point,
    check_points,
    combine,
    derive_generators,
    embed_numbers,
    find_exponents,
    format_point,
    hash_to_scalar,
    multiply_all,
    raise_points,
    random_scalar,
    read_numbers,
    read_point,
)
from tests.ballots.box import SMALL_ORDER, few, point_of, seeded, text_of

exponents = st.integers(0, ORDER - 1)


def power(exponent: int) -> Point:
    return combine([[(BASE, exponent)]])[0]


def test_a_text_is_the_bytes_reversed() -> None:
    assert format_point(BASE) == "66" * 31 + "58"
    assert format_point(ONE) == "0" * 63 + "1"
    assert read_point("66" * 31 + "58") == BASE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("66" * 31 + "5A", id="upper-case"),
        pytest.param("66" * 31 + "5", id="short"),
        pytest.param("66" * 31 + "5866", id="long"),
        pytest.param(" " + "66" * 31 + "5", id="space"),
        pytest.param("66" * 31 + "58\n", id="line-feed"),
        pytest.param("66" * 31 + "5g", id="not-hexadecimal"),
        pytest.param("66" * 31 + "\u0666\u0666", id="other-digits"),
        pytest.param("", id="empty"),
        pytest.param("80" + "00" * 30 + "01", id="identity-with-sign"),
        pytest.param(f"{FIELD + 1:064x}", id="identity-plus-p"),
        pytest.param(f"{FIELD + 1 + 2**255:064x}", id="identity-plus-p-with-sign"),
        pytest.param(f"{FIELD - 1 + 2**255:064x}", id="order-2-with-sign"),
        pytest.param(f"{FIELD:064x}", id="p"),
        pytest.param("ff" * 32, id="all-ones"),
    ],
)
def test_a_point_has_one_text(text: str) -> None:
    with pytest.raises(PointFormError):
        read_point(text)


@pytest.mark.parametrize("packed", SMALL_ORDER.values(), ids=SMALL_ORDER.keys())
def test_small_order_is_outside_the_group(packed: str) -> None:
    with pytest.raises(PointOutsideGroupError):
        check_points([read_point(text_of(packed))])


def test_a_point_with_a_small_part_is_outside_the_group() -> None:
    mixed = Point(crypto_core_ed25519_add(BASE, point_of(SMALL_ORDER["order-2"])))
    with pytest.raises(PointOutsideGroupError) as caught:
        check_points([BASE, mixed])
    assert caught.value.args == (format_point(mixed),)


def test_a_number_off_the_curve_is_outside_the_group() -> None:
    with pytest.raises(PointOutsideGroupError):
        check_points([read_point(f"{2:064x}")])


def test_the_identity_is_a_member() -> None:
    assert read_point(format_point(ONE)) == ONE
    check_points([ONE])


def test_the_challenge_is_sha256_of_prefix_and_points() -> None:
    # sha256sum of the text "x|" + base + "," + identity, worked by hand.
    import hashlib

    text = "x|" + "66" * 31 + "58" + "," + "0" * 63 + "1"
    by_hand = int(hashlib.sha256(text.encode()).hexdigest(), 16) % ORDER
    assert hash_to_scalar("x|", [BASE, ONE]) == by_hand
    assert hash_to_scalar("x|", []) == int(hashlib.sha256(b"x|").hexdigest(), 16) % ORDER


@few
@given(exponents, exponents)
def test_powers_multiply_by_adding_exponents(a: int, b: int) -> None:
    assert combine([[(BASE, a), (BASE, b)]]) == [power(a + b)]
    assert combine([[(power(a), b)]]) == [power(a * b)]
    assert multiply_all([power(a), power(b)]) == power(a + b)


@few
@given(exponents)
def test_the_inverse_undoes(a: int) -> None:
    assert combine([[(power(a), 1), (power(a), -1)], [(power(a), -1), (BASE, a)]]) == [ONE, ONE]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param([], id="nothing"),
        pytest.param([(BASE, 0)], id="exponent-0"),
        pytest.param([(BASE, ORDER)], id="exponent-q"),
        pytest.param([(ONE, 5)], id="identity"),
        pytest.param([(BASE, 2), (BASE, -2)], id="undone"),
    ],
)
def test_the_identity_comes_out(row: list[tuple[Point, int]]) -> None:
    assert combine([row]) == [ONE]


@pytest.mark.parametrize("slip", [b"", bytes(31), bytes(33)], ids=["0", "31", "33"])
def test_what_is_no_point_never_reaches_libsodium(slip: bytes) -> None:
    with pytest.raises(SodiumError):
        combine([[(Point(slip), 5)]])
    with pytest.raises(PointOutsideGroupError):
        raise_points([(Point(slip), 5)])


def test_multiplying_what_is_off_the_curve_is_a_slip() -> None:
    with pytest.raises(SodiumError):
        combine([[(Point(b"\2" + bytes(31)), 5)]])


@few
@given(st.integers(1, ORDER - 1), exponents, exponents)
def test_raised_points_need_not_be_raised_again(a: int, b: int, c: int) -> None:
    point = power(a)
    powers = raise_points([(point, b), (point, c + ORDER), (ONE, b), (point, 0)])
    assert set(powers) <= {(point, b), (point, c)}
    for exponent in (b, c):
        row = [(BASE, 5), (point, exponent), (BASE, -1)]
        assert combine([row, row[1:]], powers) == combine([row, row[1:]])
    # What is known is taken, not worked out.
    assert combine([[(point, 7)]], {(point, 7): BASE}) == [BASE]


@pytest.mark.parametrize("exponent", [0, 1, 2, ORDER - 1, ORDER, ORDER + 2])
@pytest.mark.parametrize("packed", SMALL_ORDER.values(), ids=SMALL_ORDER.keys())
def test_a_point_with_a_small_part_is_not_raised(packed: str, exponent: int) -> None:
    small = point_of(packed)
    for outside in (small, Point(crypto_core_ed25519_add(BASE, small))):
        with pytest.raises(PointOutsideGroupError) as caught:
            raise_points([(BASE, 5), (outside, exponent)])
        assert caught.value.args == (format_point(outside),)


@pytest.mark.parametrize("largest", [0, 1, 2, 9, 10, 50])
def test_every_exponent_up_to_the_largest_is_found(largest: int) -> None:
    points = [power(n) for n in range(largest + 3)]
    assert find_exponents(points, largest) == [*range(largest + 1), None, None]


def test_random_scalars_are_uniform_enough_and_below_the_order() -> None:
    assert random_scalar(lambda n: b"\xff" * n) == (2**512 - 1) % ORDER
    draw = seeded(1)
    assert len({random_scalar(draw) for _ in range(50)}) == 50


# --- numbers in a point -----------------------------------------------------------------


@few
@given(st.lists(st.integers(0, 255), min_size=1, max_size=30))
def test_numbers_come_back_from_their_point(numbers: list[int]) -> None:
    point = embed_numbers(numbers)
    check_points([point])
    assert read_numbers(point, len(numbers)) == tuple(numbers)


def test_numbers_by_hand() -> None:
    # Padding 0 gives a point of order 4; padding 1 is y = 1: the identity.
    assert embed_numbers([0, 0, 0]) == ONE
    packed = int(format_point(embed_numbers([1, 2])), 16)
    assert packed >> 14 == 0x0102
    for padding in range(packed & 0x3FFF):
        with pytest.raises(PointOutsideGroupError):
            check_points([Point(((0x0102 << 14) + padding).to_bytes(32, "little"))])


def test_what_stands_above_the_numbers_is_not_read() -> None:
    # The base point is none that anybody embedded numbers in.
    assert read_numbers(BASE, 2) == (0x99, 0x99)
    assert embed_numbers(read_numbers(BASE, 30)) != BASE


def test_thirty_numbers_fit_and_more_do_not() -> None:
    check_points([embed_numbers([255] * 30)])
    with pytest.raises(OverflowError):
        embed_numbers([255] * 31)


def test_generators_are_eight_times_the_first_point_of_the_curve() -> None:
    h, (first, second) = derive_generators(2)
    assert len({h, first, second, BASE, ONE}) == 5
    check_points([h, first, second])
    assert derive_generators(1) == (h, [first])
