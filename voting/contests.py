"""Contests: what members are asked. A motion is answered For or Against, or left blank.

An official text has four twins: standard and Easy Read, in English and in Welsh. The
standard text must be there in both languages; a missing Easy Read one is said aloud.

Source: design 4, section 4, and 6, section 0; docs/rules/motions.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from voting.errors import MalformedError, MissingLanguageError
from voting.members import Language, TextFormat
from voting.reading import read_choice, read_mapping, read_object, read_text
from voting.texts import (
    LANGUAGES,
    TEXT_FORMATS,
    require_contest_id,
    require_line,
    require_paragraphs,
    tidy_line,
    tidy_paragraphs,
)

Rule = Literal["ordinary", "special"]
Option = Literal["for", "against"]

RULES: Final[tuple[Rule, ...]] = ("ordinary", "special")
OPTIONS: Final[tuple[Option, ...]] = ("for", "against")

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


@dataclass(frozen=True, slots=True)
class Motion:
    """A proposal that is passed or lost. Blank is always offered beside the options.

    Attributes:
        id: 1 to 32 of a-z, 0-9 and "-".
        rule: which threshold of the charter it needs.
        texts: for each language its standard text and, best, its Easy Read twin.

    Raises:
        IdentifierError: the id is not one.
        MissingLanguageError: the standard text lacks a language.
    """

    id: str
    rule: Rule
    texts: Mapping[Language, Mapping[TextFormat, Text]]

    def __post_init__(self) -> None:
        require_contest_id(self.id)
        for language in LANGUAGES:
            if "standard" not in self.texts.get(language, {}):
                raise MissingLanguageError(f"{self.id}.texts", language)
        ordered: dict[Language, dict[TextFormat, Text]] = {
            language: {form: given[form] for form in TEXT_FORMATS if form in given}
            for language in LANGUAGES
            for given in (self.texts[language],)
        }
        object.__setattr__(self, "texts", ordered)

    @property
    def missing_easy_read(self) -> tuple[Language, ...]:
        """The languages without an Easy Read text."""
        return tuple(each for each in LANGUAGES if "easy-read" not in self.texts[each])

    def text(self, language: Language, text_format: TextFormat = "standard") -> Text:
        """The text to show a member: her own twin, or the standard one where it is missing."""
        twins = self.texts[language]
        return twins.get(text_format, twins["standard"])


def motion_object(motion: Motion) -> dict[str, object]:
    """The motion as it stands in the manifest."""
    return {
        "id": motion.id,
        "kind": "motion",
        "rule": motion.rule,
        "options": list(OPTIONS),
        "blank": True,
        "texts": {
            language: {
                form: {"title": text.title, "body": text.body} for form, text in twins.items()
            }
            for language, twins in motion.texts.items()
        },
    }


def read_motion(value: object) -> Motion:
    """Read a motion that stands in the manifest.

    Raises:
        VotingError: it is not one.
    """
    contest, kind, rule, options, blank, texts = read_object(
        "contest", value, "id", "kind", "rule", "options", "blank", "texts"
    )
    if kind != "motion" or options != list(OPTIONS) or blank is not True:
        raise MalformedError("contest.kind")
    languages = read_object("contest.texts", texts, *LANGUAGES)
    return Motion(
        id=read_text("contest.id", contest),
        rule=read_choice("contest.rule", rule, RULES),
        texts={
            language: _read_twins(twins)
            for language, twins in zip(LANGUAGES, languages, strict=True)
        },
    )


def _read_twins(value: object) -> dict[TextFormat, Text]:
    twins: dict[TextFormat, Text] = {}
    for name, text in read_mapping("contest.texts", value).items():
        form: TextFormat = read_choice("contest.texts", name, TEXT_FORMATS)
        title, body = read_object("contest.texts", text, "title", "body")
        twins[form] = Text(
            read_text("contest.texts.title", title), read_text("contest.texts.body", body)
        )
    return twins
