"""Thresholds: more than, and at least."""

from fractions import Fraction

import pytest

from voting.charter.errors import ThresholdError
from voting.charter.thresholds import MORE_THAN_HALF, THREE_QUARTERS, Threshold


@pytest.mark.parametrize(
    ("threshold", "part", "whole", "met"),
    [
        (MORE_THAN_HALF, "1/2", "1", False),
        (MORE_THAN_HALF, "51/100", "1", True),
        (MORE_THAN_HALF, "3/10", "1/2", True),
        (MORE_THAN_HALF, "0", "0", False),
        (THREE_QUARTERS, "3/4", "1", True),
        (THREE_QUARTERS, "74/100", "1", False),
        (THREE_QUARTERS, "0", "0", False),
        (Threshold(Fraction(1), strict=False), "1/3", "1/3", True),
        (Threshold(Fraction(51, 100), strict=False), "51/100", "1", True),
        (Threshold(Fraction(51, 100), strict=True), "51/100", "1", False),
    ],
)
def test_is_met(threshold: Threshold, part: str, whole: str, *, met: bool) -> None:
    assert threshold.is_met(Fraction(part), Fraction(whole)) is met


@pytest.mark.parametrize(
    ("share", "strict"),
    [
        pytest.param("1/2", False, id="a tie would pass"),
        pytest.param("1/3", True, id="both sides could pass"),
        pytest.param("1", True, id="more than everything"),
        pytest.param("101/100", False, id="above everything"),
        pytest.param("500001/1000001", True, id="too fine"),
    ],
)
def test_refused(share: str, *, strict: bool) -> None:
    with pytest.raises(ThresholdError) as error:
        Threshold(Fraction(share), strict=strict)
    assert (error.value.share, error.value.strict) == (Fraction(share), strict)
