"""Choosing another charter: one that is ready-made, one of one's own, or one from a file."""

from dataclasses import dataclass, replace

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from voting.charter.charter_format import MAX_CHARTER
from voting.charter.presets import PRESETS
from voting.errors import VotingError
from web.access import declare
from web.pages.officer.charter.carry import MOST_PACKED, charter_in_force, pack, read_file
from web.pages.officer.charter.preset_words import preset_words
from web.pages.officer.charter.refusals import say_refusal
from web.pages.officer.desk import blueprint, go_to, sent_form
from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.pages.words import local


@dataclass(frozen=True, slots=True)
class PresetLine:
    """A ready-made charter in the list."""

    id: str
    name: str
    words: str
    source: str


@blueprint.get("/charter/choose")
@declare("officer")
def charter_choose() -> ResponseReturnValue:
    """The ready-made charters, and the ways to one of one's own."""
    lines = [
        PresetLine(preset.id, local(preset.names), preset_words(preset.id), preset.source)
        for preset in PRESETS.values()
    ]
    return render_template("officer/charter/choose.html", presets=lines)


@blueprint.route("/charter/upload", methods=["GET", "POST"])
@declare("officer")
def charter_upload() -> ResponseReturnValue:
    """A charter from a file: read, then shown with its outlook."""
    form = sent_form()
    if request.method == "GET":
        return render_template("officer/charter/upload.html", form=Form())
    file = request.files.get("charter")
    raw = file.stream.read(MAX_CHARTER + 1) if file else b""
    packed = _read(form, raw)
    if form.errors:
        return render_template("officer/charter/upload.html", form=form), 422
    return go_to("officer.charter_look", c=packed)


def _read(form: Form, raw: bytes) -> str:
    """The file's charter, packed; what is wrong with it stands at the field."""
    if not raw:
        form.fail("charter", _("Choose a file that is not empty."))
        return ""
    try:
        charter = read_file(raw)
    except VotingError as error:
        refused = _("This file is refused.")  # extraction does not look into f-strings
        form.fail("charter", f"{refused} {say_refusal(error).sentence}")
        return ""
    name = charter_in_force().name
    if charter.name != name:
        flash(_("The file names another co-op. The name of your co-op stays as it is."))
    packed = pack(replace(charter, name=name))
    if len(packed) > MOST_PACKED:
        form.fail("charter", too_long())
    return packed


def too_long() -> str:
    """That a charter has more words than an address may carry."""
    return _("This charter is too long for this page. Give its colleges shorter names.")
