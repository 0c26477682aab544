"""Pictures are drawn from the exact shares, and lose none."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.cooperative import CHARTER
from web.pages.pictures import draw_hundred, draw_qr, mark_of, share_hundred, width

WEIGHTS = st.lists(st.integers(1, 1000), min_size=1, max_size=16)


def test_the_model_charter_by_hand() -> None:
    kinds = [mark.kind for mark in draw_hundred(CHARTER.colleges)]
    assert [kinds.count(mark_of(place)) for place in range(3)] == [51, 34, 15]
    places = {(mark.x, mark.y) for mark in draw_hundred(CHARTER.colleges)}
    assert places == {(x, y) for x in range(10) for y in range(10)}


@given(WEIGHTS)
def test_a_hundred_marks_and_each_share_within_one(weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    numbers = share_hundred(shares)
    assert sum(numbers) == 100
    assert all(abs(number - share * 100) < 1 for number, share in zip(numbers, shares, strict=True))


@given(st.fractions(0, 1))
def test_a_bar_is_as_long_as_its_share(share: Fraction) -> None:
    assert abs(Fraction(width(share).removesuffix("%")) - share * 100) <= Fraction(1, 2000)


@pytest.mark.parametrize("text", ["https://vote.example/en/elections/x/box?tracker=a%2Bb"])
def test_a_code_for_cameras_has_nothing_inline(text: str) -> None:
    drawn = str(draw_qr(text))
    assert drawn.startswith('<svg aria-hidden="true"')
    assert " style=" not in drawn
    assert "<title" not in drawn
