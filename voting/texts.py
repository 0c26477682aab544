"""Names, texts and identifiers: what may stand in them, wherever they appear.

Texts are NFC, without control characters and without the marks that turn the direction
of reading: a motion or a name must read as it is written, for everyone.

Source: design 1 and 6 (both languages everywhere); docs/formats/README.md.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal

from voting.errors import IdentifierError, MissingLanguageError, TextError
from voting.reading import read_object, read_text

Language = Literal["en", "cy"]
TextFormat = Literal["standard", "easy-read"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "cy")
TEXT_FORMATS: Final[tuple[TextFormat, ...]] = ("standard", "easy-read")

MAX_LINE = 200

_ID = re.compile(r"[a-z][a-z0-9-]{0,31}")
_CONTEST = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_UUID = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14,64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Not "unassigned": readers with an older Unicode table must accept the same texts.
_FORBIDDEN = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
# Categories of what leaves no mark by itself, and letters that are drawn as nothing.
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Zs"})
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def tidy_line(text: str) -> str:
    """The text on one line, in NFC, with single spaces between its words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy_paragraphs(text: str) -> str:
    """The text as paragraphs divided by one blank line, each line tidy."""
    lines = [tidy_line(line) for line in re.split(r"\r\n|\r|\n", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def is_unseen(text: str) -> bool:
    """Whether nothing in a text can be seen: it says as little as none."""
    return all(
        mark.isspace() or mark in _FILLERS or unicodedata.category(mark) in _UNSEEN for mark in text
    )


def find_line_problem(text: str, limit: int = MAX_LINE) -> str | None:
    """What is wrong with a one-line text: missing, too-long, bad-character, or None."""
    if is_unseen(text):
        return "missing"
    if len(text) > limit:
        return "too-long"
    if not all(map(_may_stand, text)) or text != tidy_line(text):
        return "bad-character"
    return None


def require_line(where: str, text: str, limit: int = MAX_LINE) -> None:
    """Refuse a one-line text that is empty, too long or untidy.

    Raises:
        TextError: with the problem found.
    """
    problem = find_line_problem(text, limit)
    if problem:
        raise TextError(where, problem)


def require_paragraphs(where: str, text: str, limit: int) -> None:
    """Refuse a text of paragraphs that is too long or untidy; it may be empty.

    Raises:
        TextError: with the problem found.
    """
    if len(text) > limit:
        raise TextError(where, "too-long")
    if not all(mark == "\n" or _may_stand(mark) for mark in text) or text != tidy_paragraphs(text):
        raise TextError(where, "bad-character")


def require_languages(where: str, texts: Mapping[Language, str]) -> dict[Language, str]:
    """A copy with the languages in order, each a one-line text.

    Raises:
        MissingLanguageError: a language is not there.
        TextError: a text is not fit to stand.
    """
    for language in LANGUAGES:
        if language not in texts:
            raise MissingLanguageError(where, language)
        require_line(f"{where}.{language}", texts[language])
    return {language: texts[language] for language in LANGUAGES}


def names_object(names: Mapping[Language, str]) -> dict[str, str]:
    """A one-line text in every language, as our formats hold it."""
    return {language: names[language] for language in LANGUAGES}


def read_names(where: str, value: object) -> dict[Language, str]:
    """A one-line text in every language, from our formats."""
    texts = read_object(where, value, *LANGUAGES)
    return {
        language: read_text(where, text) for language, text in zip(LANGUAGES, texts, strict=True)
    }


def require_college_id(value: str) -> None:
    """Refuse what is not a college's id: a letter a-z, then up to 31 of a-z, 0-9 and -."""
    # The roll writes "associate" for a member without a college, so none may be called that.
    if not _ID.fullmatch(value) or value == "associate":
        raise IdentifierError("college", value)


def require_contest_id(value: str) -> None:
    """Refuse what is not a contest's id: 1 to 32 of a-z, 0-9 and -, not - first."""
    if not _CONTEST.fullmatch(value):
        raise IdentifierError("contest", value)


def require_uuid(where: str, value: str) -> None:
    """Refuse what is not a uuid of an election or a box: 14 to 64 Base58 characters."""
    if not _UUID.fullmatch(value):
        raise IdentifierError(where, value)


def require_digest(where: str, value: str) -> None:
    """Refuse what is not a SHA-256 digest in lower-case hex."""
    if not _DIGEST.fullmatch(value):
        raise IdentifierError(where, value)


def _may_stand(mark: str) -> bool:
    return unicodedata.category(mark) not in _FORBIDDEN and mark not in _TURNING
