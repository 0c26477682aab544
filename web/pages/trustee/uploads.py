"""Files that a trustee uploads: read within limits, and named when they are another kind.

The programs that make them end a file with a line end, which is no part of what they wrote.

Source: docs/formats/trustees.md.
"""

from typing import Final

from flask import request

from web.pages.officer.forms import Form
from web.pages.officer.texts import _
from web.trustee_parts import Kind, name_kind

MOST_PART: Final = 1024 * 1024
MOST_LARGE: Final = 64 * 1024 * 1024


def read_part(form: Form, name: str, *, most: int = MOST_PART) -> tuple[bytes, str]:
    """What a page's script put into a field, or what was uploaded in its place.

    Returns:
        The bytes, none if nothing was sent; and the field at which a fault is said.
    """
    file = request.files.get("file")
    if file is None or not file.filename:
        return form.value(name).encode(errors="replace"), "make"
    raw = file.stream.read(most + 1)
    if len(raw) > most:
        form.fail("file", _("This file is too large to be the right one."))
        return b"", "file"
    if not raw.strip():
        form.fail("file", _("Choose a file that is not empty."))
    return raw.strip(), "file"


def require_kind(form: Form, raw: bytes, field: str, wanted: Kind) -> bool:
    """Whether these bytes look like what is asked for; if not, the form says what they are."""
    found = name_kind(raw)
    if found == wanted:
        return True
    if found == "private-key":
        form.fail(
            field,
            _(
                "This is the file with your secret key. Nothing of it was kept. Never send it to "
                "anybody: choose the file that the program made to be sent."
            ),
        )
    else:
        form.fail(
            field,
            _(
                "This is the wrong file. Asked for: %(wanted)s. The file holds: %(found)s.",
                wanted=kind_words(wanted),
                found=kind_words(found),
            ),
        )
    return False


def kind_words(kind: Kind) -> str:
    """A kind of file, as a page names it."""
    words: dict[Kind, str] = {
        "private-key": _("a secret key"),
        "sealed-key": _("a sealed share (.dkey)"),
        "public-key": _("the public half of a key"),
        "certificate": _("a certificate"),
        "polynomial": _("a polynomial"),
        "verification-key": _("a verification key"),
        "share": _("a share of a tally"),
        "shuffle": _("a shuffle"),
        "other": _("something else"),
    }
    return words[kind]
