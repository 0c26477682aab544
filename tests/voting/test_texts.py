"""Names, texts and identifiers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import IdentifierError, MissingLanguageError, TextError
from voting.texts import (
    find_line_problem,
    is_unseen,
    require_college_id,
    require_contest_id,
    require_digest,
    require_languages,
    require_line,
    require_paragraphs,
    require_uuid,
    tidy_line,
    tidy_paragraphs,
)


@pytest.mark.parametrize(
    "text", ["Siân", "Ŵ ŷ ï", "O'Example-Jones", "李", "a" * 200, "Jones 👩‍🌾"]
)
def test_names_of_all_kinds_may_stand(text: str) -> None:
    assert find_line_problem(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "missing", id="empty"),
        pytest.param("\u200b", "missing", id="zero width"),
        pytest.param("\u2800 \u3164\u00ad", "missing", id="fillers"),
        pytest.param("\u0302", "missing", id="an accent on nothing"),
        pytest.param("a" * 201, "too-long", id="201 characters"),
        pytest.param(" a", "bad-character", id="space before"),
        pytest.param("a  b", "bad-character", id="two spaces"),
        pytest.param("a\nb", "bad-character", id="two lines"),
        pytest.param("a\u2028b", "bad-character", id="line separator"),
        pytest.param("a\x00b", "bad-character", id="null"),
        pytest.param("a\u202eb", "bad-character", id="turned direction"),
        pytest.param("a\ue000", "bad-character", id="private use"),
        pytest.param("a\ud800", "bad-character", id="half a surrogate pair"),
        pytest.param("w\u0302", "bad-character", id="not composed"),
    ],
)
def test_refused_lines(text: str, problem: str) -> None:
    with pytest.raises(TextError) as error:
        require_line("name", text)
    assert (error.value.where, error.value.problem) == ("name", problem)


def test_paragraphs_may_be_empty_and_have_lines() -> None:
    require_paragraphs("body", "", 10)
    require_paragraphs("body", "One.\nTwo.\n\nThree.", 20)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a" * 21, "too-long"),
        ("a\r\nb", "bad-character"),
        ("a\n\n\nb", "bad-character"),
        ("a\n", "bad-character"),
        ("a\u2066b", "bad-character"),
    ],
)
def test_refused_paragraphs(text: str, problem: str) -> None:
    with pytest.raises(TextError) as error:
        require_paragraphs("body", text, 20)
    assert error.value.problem == problem


def test_what_people_type_is_put_in_its_one_form() -> None:
    assert tidy_line("  Tw\u0302r \t y\u00a0Bae ") == "Tŵr y Bae"
    assert (
        tidy_paragraphs("\r\nOne  line.\r\nNext.\r\r\r\r\nLast. \n") == "One line.\nNext.\n\nLast."
    )


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy_line(tidy_line(text)) == tidy_line(text)
    assert tidy_paragraphs(tidy_paragraphs(text)) == tidy_paragraphs(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Zl", "Zp", "Cf"]), max_size=60))
def test_a_tidy_text_without_control_characters_may_stand(text: str) -> None:
    tidy = tidy_line(text)
    assert find_line_problem(tidy) == ("missing" if is_unseen(tidy) else None)
    assert unicodedata.is_normalized("NFC", tidy)


def test_languages_come_in_order() -> None:
    assert list(require_languages("title", {"cy": "Teitl", "en": "Title"})) == ["en", "cy"]


def test_a_language_may_not_be_missing() -> None:
    with pytest.raises(MissingLanguageError) as error:
        require_languages("title", {"en": "Title"})
    assert (error.value.where, error.value.language) == ("title", "cy")


def test_each_language_needs_a_text() -> None:
    with pytest.raises(TextError, match=r"title\.cy, missing"):
        require_languages("title", {"en": "Title", "cy": ""})


@pytest.mark.parametrize("value", ["a", "supported", "a-1", "z" * 32])
def test_college_ids(value: str) -> None:
    require_college_id(value)


@pytest.mark.parametrize("value", ["", "A", "1a", "a_b", "z" * 33, "a\n", "é", "associate"])
def test_refused_college_ids(value: str) -> None:
    with pytest.raises(IdentifierError) as error:
        require_college_id(value)
    assert (error.value.where, error.value.value) == ("college", value)


@pytest.mark.parametrize("value", ["1", "board-2026", "z" * 32])
def test_contest_ids(value: str) -> None:
    require_contest_id(value)


@pytest.mark.parametrize("value", ["", "-1", "A", "1\n", "z" * 33, "\u0661"])
def test_refused_contest_ids(value: str) -> None:
    with pytest.raises(IdentifierError):
        require_contest_id(value)


@pytest.mark.parametrize("value", ["1" * 13, "1" * 65, "0" * 14, "l" * 14, "I" * 14, "O" * 14])
def test_refused_uuids(value: str) -> None:
    require_uuid("election", "1" * 14)
    with pytest.raises(IdentifierError):
        require_uuid("election", value)


@pytest.mark.parametrize("value", ["a" * 63, "a" * 65, "A" * 64, "g" * 64])
def test_refused_digests(value: str) -> None:
    require_digest("roll", "a" * 64)
    with pytest.raises(IdentifierError):
        require_digest("roll", value)
