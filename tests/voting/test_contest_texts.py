"""Official texts: four twins, tidy, the standard one in both languages."""

import pytest

from tests.voting.examples import make_choice, make_motion
from voting.contest_texts import MAX_BODY, Text, Texts, read_texts, require_texts, texts_object
from voting.contests import Contest
from voting.errors import MissingLanguageError, TextError

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


def test_texts_stand_in_one_order() -> None:
    texts: Texts = {
        "cy": {"easy-read": TEXT, "standard": TEXT},
        "en": {"easy-read": TEXT, "standard": TEXT},
    }
    ordered = require_texts("1", texts)
    assert [*ordered] == ["en", "cy"]
    assert [*ordered["cy"]] == ["standard", "easy-read"]
    assert read_texts(texts_object(ordered)) == ordered


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_standard_text_is_needed_in_both_languages(language: str) -> None:
    texts: Texts = {
        each: {"easy-read": TEXT} if each == language else {"standard": TEXT}
        for each in ("en", "cy")
    }
    with pytest.raises(MissingLanguageError) as error:
        require_texts("1", texts)
    assert error.value.language == language
    with pytest.raises(MissingLanguageError):
        require_texts("1", {each: given for each, given in texts.items() if each != language})


@pytest.mark.parametrize(
    ("contest", "plain"),
    [
        pytest.param(make_motion(), make_motion(easy_read=False), id="motion"),
        pytest.param(make_choice(), make_choice(easy_read=False), id="options"),
    ],
)
def test_a_member_reads_her_own_twin_or_the_standard_text(contest: Contest, plain: Contest) -> None:
    assert contest.missing_easy_read == ()
    assert contest.text("cy", "easy-read") == contest.texts["cy"]["easy-read"]
    assert contest.text("en") == contest.texts["en"]["standard"]
    assert plain.missing_easy_read == ("en", "cy")
    assert plain.text("cy", "easy-read") == plain.texts["cy"]["standard"]
