"""Dates, percentages and codes as people read them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.pages.reader import Reader
from web.pages import words


def moment(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp())


@pytest.fixture(params=["en", "cy"])
def language(reader: Reader, request: pytest.FixtureRequest) -> Iterator[str]:
    with reader.app.test_request_context(f"/{request.param}/"):
        reader.app.preprocess_request()
        yield request.param


@pytest.mark.parametrize(
    ("time", "english", "welsh"),
    [
        (
            moment(2026, 12, 5, 18),
            "Saturday 5 December 2026, 6pm UK time",
            "Dydd Sadwrn 5 Rhagfyr 2026, 6yh amser y DU",
        ),
        (
            moment(2026, 7, 6, 8, 5),
            "Monday 6 July 2026, 9:05am UK time",
            "Dydd Llun 6 Gorffennaf 2026, 9:05yb amser y DU",
        ),
        (
            moment(2026, 1, 1, 12),
            "Thursday 1 January 2026, 12 noon UK time",
            "Dydd Iau 1 Ionawr 2026, 12 hanner dydd amser y DU",
        ),
        (
            moment(2026, 1, 1, 0),
            "Thursday 1 January 2026, midnight at the start of the day UK time",
            "Dydd Iau 1 Ionawr 2026, hanner nos ar ddechrau'r dydd amser y DU",
        ),
        (
            moment(2026, 1, 1, 0, 30),
            "Thursday 1 January 2026, 12:30am UK time",
            "Dydd Iau 1 Ionawr 2026, 12:30yb amser y DU",
        ),
    ],
    ids=["evening", "summer-time", "noon", "midnight", "half-past-midnight"],
)
def test_moments_are_written_out(language: str, time: int, english: str, welsh: str) -> None:
    assert words.when(time) == (english if language == "en" else welsh)


def test_another_zone_is_named(language: str) -> None:
    assert "Europe/Paris" in words.when(moment(2026, 1, 1, 11), "Europe/Paris")


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(51, 100), "51%"),
        (Fraction(1), "100%"),
        (Fraction(0), "0%"),
        (Fraction(1, 8), "12.5%"),
        (Fraction(50, 51), "about 98.04%"),
        (Fraction(1, 3), "about 33.33%"),
        (Fraction(99999, 100000), "about 100%"),
    ],
    ids=str,
)
def test_percentages_are_exact_or_say_about(reader: Reader, share: Fraction, text: str) -> None:
    with reader.app.test_request_context("/en/"):
        reader.app.preprocess_request()
        assert words.percent(share) == text


@given(st.fractions(0, 1))
def test_a_rounded_percentage_is_the_nearest(share: Fraction) -> None:
    text = words.percent_rounded(share)
    assert abs(Fraction(text.removesuffix("%")) - share * 100) <= Fraction(1, 200)


@given(st.text(max_size=60))
def test_groups_lose_nothing(text: str) -> None:
    groups = words.in_groups(text)
    assert "".join(groups) == text
    assert all(len(group) <= 4 for group in groups)


def test_a_paragraph_keeps_its_lines_and_nothing_else() -> None:
    assert words.line_ends("a <b>\nc & d") == "a &lt;b&gt;<br>c &amp; d"


@pytest.mark.parametrize(
    ("text", "begun"), [("people we support", "People we support"), ("", ""), ("ŵy", "Ŵy")]
)
def test_a_name_begins_a_line(text: str, begun: str) -> None:
    assert words.capital(text) == begun
