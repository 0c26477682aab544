"""Translation, typed: flask-babel publishes no types, and a sentence is a `str`."""

import flask_babel


def _(message: str, **values: object) -> str:
    """The sentence in the language of the page."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The sentence for a number, in whichever of the language's plural forms fits."""
    return str(flask_babel.ngettext(one, many, num, **values))
