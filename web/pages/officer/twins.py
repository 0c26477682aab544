"""The four texts of a question: standard and Easy Read, in English and Welsh.

Source: design 6, section 0 ("Four texts for everything official").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voting.contests import MAX_BODY, Contest, Text
from voting.members import Language, TextFormat
from voting.texts import LANGUAGES, MAX_LINE, TEXT_FORMATS
from web.pages.officer.forms import Form
from web.pages.officer.texts import _


@dataclass(frozen=True, slots=True)
class TextFields:
    """The two fields of one twin, with their words.

    Attributes:
        needs_body: a title alone is not enough.
    """

    name: str
    lang: Language
    legend: str
    title_label: str
    body_label: str
    hint: str
    needs_body: bool = True


def motion_twins() -> list[TextFields]:
    """The fields of a motion."""
    return [
        TextFields(
            "standard-en",
            "en",
            _("Standard text, English"),
            _("Title of the motion in English"),
            _("The motion in English"),
            "",
        ),
        TextFields(
            "standard-cy",
            "cy",
            _("Standard text, Welsh"),
            _("Title of the motion in Welsh"),
            _("The motion in Welsh"),
            "",
        ),
        *_easy_twins(needs_body=True),
    ]


def question_twins() -> list[TextFields]:
    """The fields of a question with options; its options say most, so a title may be enough."""
    return [
        TextFields(
            "standard-en",
            "en",
            _("Standard text, English"),
            _("The question in English"),
            _("More about it in English"),
            _("For example: Who shall sit on the Council?"),
            needs_body=False,
        ),
        TextFields(
            "standard-cy",
            "cy",
            _("Standard text, Welsh"),
            _("The question in Welsh"),
            _("More about it in Welsh"),
            "",
            needs_body=False,
        ),
        *_easy_twins(needs_body=False),
    ]


def _easy_twins(*, needs_body: bool) -> list[TextFields]:
    optional = _("Members who chose Easy Read see this text first. You may leave it out for now.")
    return [
        TextFields(
            "easy-read-en",
            "en",
            _("Easy Read, English"),
            _("Easy Read title in English"),
            _("Easy Read text in English"),
            optional,
            needs_body,
        ),
        TextFields(
            "easy-read-cy",
            "cy",
            _("Easy Read, Welsh"),
            _("Easy Read title in Welsh"),
            _("Easy Read text in Welsh"),
            optional,
            needs_body,
        ),
    ]


def fill_twins(contest: Contest) -> dict[str, str]:
    """What stands in the fields of a question that was written before."""
    fields: dict[str, str] = {}
    for language, twins in contest.texts.items():
        for text_format, text in twins.items():
            fields[f"{text_format}-{language}-title"] = text.title
            fields[f"{text_format}-{language}-body"] = text.body
    return fields


def read_twins(
    form: Form, twins: Iterable[TextFields]
) -> Mapping[Language, Mapping[TextFormat, Text]]:
    """The texts as they were typed; what is wrong stands at its field."""
    fields = {each.name: each for each in twins}
    texts: dict[Language, dict[TextFormat, Text]] = {language: {} for language in LANGUAGES}
    for text_format in TEXT_FORMATS:
        for language in LANGUAGES:
            named = fields[f"{text_format}-{language}"]
            text = _read_text(form, named, needed=text_format == "standard")
            if text is not None:
                texts[language][text_format] = text
    return texts


def _read_text(form: Form, fields: TextFields, *, needed: bool) -> Text | None:
    """One twin; an Easy Read one may be left out, but not by half."""
    name = fields.name
    typed = form.value(f"{name}-title").strip() or form.value(f"{name}-body").strip()
    if not needed and not typed:
        return None
    before = len(form.errors)
    title = form.line(f"{name}-title", most=MAX_LINE, missing=_empty(fields.title_label))
    missing = _empty(fields.body_label) if fields.needs_body else ""
    body = form.paragraphs(f"{name}-body", most=MAX_BODY, missing=missing)
    return Text(title, body) if len(form.errors) == before else None


def _empty(label: str) -> str:
    return _("This is still empty: %(field)s.", field=label)


def missing_easy_read_words(missing: Iterable[Language]) -> str:
    """That a text is missing which some members need; "" where none is."""
    found = set(missing)
    if found == {"en", "cy"}:
        return _("There is no Easy Read text yet. Members who need it would see the standard text.")
    if found == {"en"}:
        return _("There is no Easy Read text in English yet.")
    if found == {"cy"}:
        return _("There is no Easy Read text in Welsh yet.")
    return ""
