"""Motions and their texts."""

from typing import Any

import pytest

from tests.voting.examples import make_motion
from voting.contests import MAX_BODY, Motion, Text, contest_object, read_contest
from voting.errors import (
    IdentifierError,
    MalformedError,
    MissingLanguageError,
    TextError,
    VotingError,
)

TEXT = Text("Title", "Body")


def test_a_text_has_paragraphs() -> None:
    assert Text("A", "One\nline.\n\nTwo.").paragraphs == ("One\nline.", "Two.")
    assert Text("A", "").paragraphs == ()


def test_a_text_is_tidied_as_it_was_typed() -> None:
    assert Text.tidy(" A  title ", "One.\r\n\r\n\r\nTwo. ") == Text("A title", "One.\n\nTwo.")


@pytest.mark.parametrize(
    ("title", "body", "problem"),
    [
        ("", "Body", "missing"),
        ("a" * 201, "Body", "too-long"),
        ("Two\nlines", "Body", "bad-character"),
        ("Title", "a" * (MAX_BODY + 1), "too-long"),
        ("Title", "a\r\nb", "bad-character"),
    ],
)
def test_refused_texts(title: str, body: str, problem: str) -> None:
    with pytest.raises(TextError) as error:
        Text(title, body)
    assert error.value.problem == problem


def test_a_missing_easy_read_text_is_known() -> None:
    assert make_motion().missing_easy_read == ()
    assert make_motion(easy_read=False).missing_easy_read == ("en", "cy")
    motion = Motion(
        "1", "ordinary", {"en": {"standard": TEXT}, "cy": {"standard": TEXT, "easy-read": TEXT}}
    )
    assert motion.missing_easy_read == ("en",)


def test_a_member_reads_her_own_twin_or_the_standard_text() -> None:
    assert make_motion().text("cy", "easy-read").title == "Gardd?"
    assert make_motion().text("en").title == "Shall we open a garden?"
    assert make_motion(easy_read=False).text("cy", "easy-read").title == "A ddylem ni agor gardd?"


def test_the_standard_text_is_needed_in_both_languages() -> None:
    with pytest.raises(MissingLanguageError) as error:
        Motion("1", "ordinary", {"en": {"standard": TEXT}, "cy": {"easy-read": TEXT}})
    assert error.value.language == "cy"
    with pytest.raises(MissingLanguageError):
        Motion("1", "ordinary", {"cy": {"standard": TEXT}})


def test_a_contest_needs_an_id() -> None:
    with pytest.raises(IdentifierError):
        Motion("", "ordinary", {"en": {"standard": TEXT}, "cy": {"standard": TEXT}})


def test_a_motion_is_read_as_it_was_written() -> None:
    for motion in (make_motion(), make_motion("special", easy_read=False)):
        assert read_contest(contest_object(motion)) == motion


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("kind", "choice", MalformedError),
        ("options", ["against", "for"], MalformedError),
        ("blank", False, MalformedError),
        ("blank", 1, MalformedError),
        ("rule", "unanimous", MalformedError),
        ("id", 1, MalformedError),
        ("texts", {"en": {}}, MalformedError),
        ("texts", {"en": {}, "cy": {}}, MissingLanguageError),
        ("texts", {"en": {"large": {"title": "A", "body": ""}}, "cy": {}}, MalformedError),
        ("texts", {"en": {"standard": {"title": "A"}}, "cy": {}}, MalformedError),
        ("texts", {"en": {"standard": {"title": 1, "body": ""}}, "cy": {}}, MalformedError),
    ],
)
def test_refused(field: str, value: Any, expected: type[VotingError]) -> None:
    with pytest.raises(expected):
        read_contest({**contest_object(make_motion()), field: value})
