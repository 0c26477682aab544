"""The official text of a contest: four twins, standard and Easy Read, in English and Welsh.

The standard text must be there in both languages; a missing Easy Read one is said aloud.

Source: design 6, section 0; docs/rules/contests.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from voting.errors import MissingLanguageError
from voting.members import Language, TextFormat
from voting.reading import read_choice, read_mapping, read_object, read_text
from voting.texts import (
    LANGUAGES,
    TEXT_FORMATS,
    require_line,
    require_paragraphs,
    tidy_line,
    tidy_paragraphs,
)

MAX_BODY = 10_000


@dataclass(frozen=True, slots=True)
class Text:
    """A title and plain paragraphs.

    Attributes:
        title: one line, 1 to 200 characters.
        body: up to 10,000 characters, paragraphs divided by one blank line; may be "".

    Raises:
        TextError: a part is too long, or untidy; see `Text.tidy`.
    """

    title: str
    body: str

    def __post_init__(self) -> None:
        require_line("title", self.title)
        require_paragraphs("body", self.body, MAX_BODY)

    @classmethod
    def tidy(cls, title: str, body: str) -> "Text":
        """A text as somebody typed it: spaces, line ends and letters put in their one form."""
        return cls(tidy_line(title), tidy_paragraphs(body))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs; a line break inside one is kept."""
        return tuple(re.split("\n\n", self.body)) if self.body else ()


Texts = Mapping[Language, Mapping[TextFormat, Text]]


class Worded:
    """What every kind of contest does with its texts."""

    __slots__ = ()

    texts: Texts

    @property
    def missing_easy_read(self) -> tuple[Language, ...]:
        """The languages without an Easy Read text."""
        return tuple(each for each in LANGUAGES if "easy-read" not in self.texts[each])

    def text(self, language: Language, text_format: TextFormat = "standard") -> Text:
        """The text to show a member: her own twin, or the standard one where it is missing."""
        twins = self.texts[language]
        return twins.get(text_format, twins["standard"])


def require_texts(contest: str, texts: Texts) -> dict[Language, dict[TextFormat, Text]]:
    """A copy with languages and forms in order.

    Raises:
        MissingLanguageError: the standard text lacks a language.
    """
    for language in LANGUAGES:
        if "standard" not in texts.get(language, {}):
            raise MissingLanguageError(f"{contest}.texts", language)
    return {
        language: {form: given[form] for form in TEXT_FORMATS if form in given}
        for language in LANGUAGES
        for given in (texts[language],)
    }


def texts_object(texts: Texts) -> dict[str, object]:
    """The texts as they stand in the manifest."""
    return {
        language: {form: {"title": text.title, "body": text.body} for form, text in twins.items()}
        for language, twins in texts.items()
    }


def read_texts(value: object) -> dict[Language, dict[TextFormat, Text]]:
    """Read texts that stand in the manifest; the contest they are for says what it lacks.

    Raises:
        VotingError: they are not texts.
    """
    languages = read_object("contest.texts", value, *LANGUAGES)
    return {
        language: _read_twins(twins) for language, twins in zip(LANGUAGES, languages, strict=True)
    }


def _read_twins(value: object) -> dict[TextFormat, Text]:
    twins: dict[TextFormat, Text] = {}
    for name, text in read_mapping("contest.texts", value).items():
        form: TextFormat = read_choice("contest.texts", name, TEXT_FORMATS)
        title, body = read_object("contest.texts", text, "title", "body")
        twins[form] = Text(
            read_text("contest.texts.title", title), read_text("contest.texts.body", body)
        )
    return twins
