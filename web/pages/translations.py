"""Which language a page speaks: the one its address names.

English is what the templates are written in; Welsh stands in two catalogues, one for
everybody's pages and one for officers and trustees.

Source: design 6, section C.
"""

from pathlib import Path
from typing import Final

import flask_babel
from flask import Flask, g, request
from werkzeug.routing import BaseConverter

from voting.members import LANGUAGES, Language

CATALOGUES: Final = Path(__file__).parent / "translations"
PARTS: Final = ("member", "officer")


class LanguageConverter(BaseConverter):
    """The first part of every address: en or cy."""

    regex = "en|cy"


def current_language() -> Language:
    """The language of the page that is being made."""
    language: Language = g.language
    return language


def gettext(message: str, **values: object) -> str:
    """The sentence in the language of the page; flask-babel itself publishes no types."""
    return str(flask_babel.gettext(message, **values))


def set_up_translations(app: Flask) -> None:
    """Take each page's language from its address, and keep it in every link."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(CATALOGUES / part) for part in PARTS)
    flask_babel.Babel(app, default_locale="en", locale_selector=lambda: g.get("language", "en"))

    @app.before_request
    def know_the_language() -> None:
        g.language = _of_address(request.path) or _of_browser()

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, object] | None) -> None:
        if values is not None:
            values.pop("language", None)

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, object]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "language"):
            values.setdefault("language", g.language)


def _of_address(path: str) -> Language | None:
    first = path.lstrip("/").split("/", 1)[0]
    return next((language for language in LANGUAGES if language == first), None)


def _of_browser() -> Language:
    """The language the reader likes best of ours; en-GB is English."""
    for tag in request.accept_languages.values():
        for language in LANGUAGES:
            if tag.lower().split("-", 1)[0] == language:
                return language
    return "en"
