"""Cells for spreadsheets: no name runs as a formula, no fraction becomes a date."""

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.counting.csv_cells import PLACES, format_table, write_amount, write_text

FRACTIONS = st.fractions(-1000, 1000, max_denominator=10**6)
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def read_table(raw: bytes) -> list[list[str]]:
    """What a reader of CSV gets."""
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))


def take_off(cell: str) -> str:
    """The text behind the guard, as docs/formats/csv.md says."""
    return cell.removeprefix("'")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param('=HYPERLINK("http://bad.example";"Alice")', id="formula"),
        pytest.param("+1-2", id="plus"),
        pytest.param("-1+2", id="minus"),
        pytest.param("@SUM(A1)", id="at"),
        pytest.param("\t=1+1", id="tab"),
        pytest.param("\r=1+1", id="carriage return"),
        pytest.param("\uff1d1+1", id="wide"),
        pytest.param("'=1+1", id="apostrophe"),
        pytest.param("1/2", id="day"),
        pytest.param("2026-11-22", id="date"),
        pytest.param("12:30", id="time"),
        pytest.param("007", id="zeros in front"),
        pytest.param("1e5", id="power of ten"),
        pytest.param("1234567890123456", id="sixteen digits"),
    ],
)
def test_what_a_spreadsheet_would_change_is_text(name: str) -> None:
    assert write_text(name) == f"'{name}"
    assert read_table(format_table([[write_text(name)]])) == [[f"'{name}"]]


@pytest.mark.parametrize("name", ["Alice", "A = B", "10 houses", "", "Dŵr-glas", "12", "-3", "0"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert write_text(name) == name


@pytest.mark.parametrize(
    ("number", "cells"),
    [
        (Fraction(1, 2), ("'1/2", "0.5")),
        (Fraction(2, 3), ("'2/3", "0.666666666666")),
        (Fraction(-2, 3), ("'-2/3", "-0.666666666666")),
        (Fraction(7), ("7", "7")),
        (Fraction(-7), ("-7", "-7")),
        (Fraction(22, 7), ("'22/7", "3.142857142857")),
        (Fraction(1, 10**13), ("'1/10000000000000", "0")),
        (Fraction(-1, 10**13), ("'-1/10000000000000", "0")),
        (None, ("", "")),
    ],
)
def test_a_number_and_its_decimals_cut(number: Fraction | None, cells: tuple[str, str]) -> None:
    assert write_amount(number) == cells


@given(FRACTIONS)
def test_the_exact_number_comes_back_and_the_decimals_are_cut_towards_nothing(
    number: Fraction,
) -> None:
    exact, decimals = write_amount(number)
    assert Fraction(take_off(exact)) == number
    assert (
        abs(Fraction(decimals)) <= abs(number) < abs(Fraction(decimals)) + Fraction(1, 10**PLACES)
    )
    assert Fraction(decimals) * number >= 0


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_every_text_comes_back_in_rows_of_one_width(rows: list[list[str]]) -> None:
    raw = format_table([[write_text(cell) for cell in row] for row in rows])
    assert raw.startswith(b"\xef\xbb\xbf")
    found = read_table(raw)
    width = max(map(len, rows), default=0)
    for given_row, row in zip(rows, found, strict=True):
        assert [take_off(cell) for cell in row] == given_row + [""] * (width - len(given_row))


def test_lines_end_as_the_standard_says() -> None:
    assert format_table([["a", 'b "c"'], ["d;e"]]) == b'\xef\xbb\xbfa,"b ""c"""\r\n"d;e",\r\n'
