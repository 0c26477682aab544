"""The motion in its four texts: standard and Easy Read, in English and Welsh."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voting.contests import MAX_BODY, RULES, Motion, Rule, Text
from voting.members import Language, TextFormat
from voting.texts import LANGUAGES, MAX_LINE, TEXT_FORMATS
from web.access import declare
from web.actions.write_election import write_motion
from web.pages.officer.desk import (
    blueprint,
    current_charter,
    find_election,
    sent_form,
    tell_true_state,
    the_service,
)
from web.pages.officer.forms import Form
from web.pages.officer.prepare import save
from web.pages.officer.texts import _
from web.pages.officer.words import threshold_words
from web.views import ElectionView

# An election of this kind has one contest; its id stands in every ballot's manifest.
CONTEST = "1"


@dataclass(frozen=True, slots=True)
class TextFields:
    """The two fields of one twin, with their words."""

    name: str
    lang: Language
    legend: str
    title_label: str
    body_label: str
    hint: str


@blueprint.route("/elections/<uuid>/motion", methods=["GET", "POST"])
@declare("officer")
def motion(uuid: str) -> ResponseReturnValue:
    """Write the motion."""
    view, form = find_election(uuid), sent_form()
    if view.state != "draft":
        return tell_true_state(uuid)

    def show() -> str:
        return render_template(
            "officer/motion.html",
            form=form,
            uuid=uuid,
            rules=_rules(view),
            texts=_text_fields(),
            missing_easy_read=_missing_words(view) if request.method == "GET" else "",
        )

    if request.method == "GET":
        form = Form(_motion_fields(view))
        return show()
    rule = form.choice("rule", RULES, missing=_("Choose how large a majority the motion needs."))
    texts = _read_texts(form)
    return save(
        uuid,
        form,
        show,
        lambda: write_motion(the_service(), uuid, Motion(CONTEST, cast("Rule", rule), texts)),
    )


def _rules(view: ElectionView) -> list[tuple[str, str, str]]:
    charter = current_charter(view)
    if charter is None:
        return []
    return [
        (
            "ordinary",
            _("Ordinary motion"),
            _("It is passed with %(share)s.", share=threshold_words(charter.ordinary)),
        ),
        (
            "special",
            _("Special motion"),
            _("It is passed with %(share)s.", share=threshold_words(charter.special)),
        ),
    ]


def _text_fields() -> list[TextFields]:
    optional = _("Members who chose Easy Read see this text first. You may leave it out for now.")
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
        TextFields(
            "easy-read-en",
            "en",
            _("Easy Read, English"),
            _("Easy Read title in English"),
            _("Easy Read text in English"),
            optional,
        ),
        TextFields(
            "easy-read-cy",
            "cy",
            _("Easy Read, Welsh"),
            _("Easy Read title in Welsh"),
            _("Easy Read text in Welsh"),
            optional,
        ),
    ]


def _motion_fields(view: ElectionView) -> dict[str, str]:
    fields: dict[str, str] = {}
    for known in view.contests:
        fields["rule"] = known.rule
        for language, twins in known.texts.items():
            for text_format, text in twins.items():
                fields[f"{text_format}-{language}-title"] = text.title
                fields[f"{text_format}-{language}-body"] = text.body
    return fields


def _missing_words(view: ElectionView) -> str:
    missing = {language for known in view.contests for language in known.missing_easy_read}
    if missing == {"en", "cy"}:
        return _("There is no Easy Read text yet. Members who need it would see the standard text.")
    if missing == {"en"}:
        return _("There is no Easy Read text in English yet.")
    if missing == {"cy"}:
        return _("There is no Easy Read text in Welsh yet.")
    return ""


def _read_texts(form: Form) -> Mapping[Language, Mapping[TextFormat, Text]]:
    texts: dict[Language, dict[TextFormat, Text]] = {language: {} for language in LANGUAGES}
    for text_format in TEXT_FORMATS:
        for language in LANGUAGES:
            text = _read_text(form, f"{text_format}-{language}", needed=text_format == "standard")
            if text is not None:
                texts[language][text_format] = text
    return texts


def _read_text(form: Form, name: str, *, needed: bool) -> Text | None:
    """One twin; an Easy Read one may be left out, but not by half."""
    typed = form.value(f"{name}-title").strip() or form.value(f"{name}-body").strip()
    if not needed and not typed:
        return None
    labels = {fields.name: fields for fields in _text_fields()}[name]
    before = len(form.errors)
    title = form.line(
        f"{name}-title",
        most=MAX_LINE,
        missing=_("This is still empty: %(field)s.", field=labels.title_label),
    )
    body = form.paragraphs(
        f"{name}-body",
        most=MAX_BODY,
        missing=_("This is still empty: %(field)s.", field=labels.body_label),
    )
    return Text(title, body) if len(form.errors) == before else None
