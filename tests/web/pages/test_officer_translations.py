"""Welsh is complete on the officers' and trustees' pages."""

import ast
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from web.pages.translations import CATALOGUES

PAGES = CATALOGUES.parent
METHODS = [
    ("officer/**.py", "python"),
    ("trustee/**.py", "python"),
    ("templates/officer/**.html", "jinja2"),
    ("templates/trustee/**.html", "jinja2"),
]


def read_catalogue(part: str) -> Catalog:
    path = CATALOGUES / part / "cy" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as stream:
        return read_po(stream, locale="cy", abort_invalid=True)


def extract() -> dict[str, Path]:
    """Every message of the pages, and the file it stands in."""
    found: dict[str, Path] = {}
    for file, _line, message, _comments, _context in extract_from_dir(PAGES, method_map=METHODS):
        found[message if isinstance(message, str) else message[0]] = Path(file)
    return found


def messages() -> list[Message]:
    return [message for message in read_catalogue("officer") if message.id]


def identify(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def test_the_extraction_finds_words_of_code_and_templates() -> None:
    found = extract()
    assert found["Announce this election"].suffix == ".py"
    assert found["What will happen"].suffix == ".html"
    assert len(found) > 300


def test_nothing_is_missing_from_the_catalogue_and_nothing_is_left_over() -> None:
    assert set(extract()) == {identify(message) for message in messages()}


def test_no_message_stands_in_an_f_string() -> None:
    # The extraction does not look there: such a message would stay English.
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in PAGES.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "gettext", "ngettext"}
    ]
    assert not hidden


def test_every_message_is_in_welsh_and_none_is_a_guess() -> None:
    for message in messages():
        forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        assert all(forms), f"not in Welsh: {message.id}"
        assert not message.fuzzy, f"a guess: {message.id}"


def test_plurals_have_all_six_forms() -> None:
    catalogue = read_catalogue("officer")
    assert catalogue.num_plurals == 6
    plural = [message for message in messages() if message.pluralizable]
    assert plural
    assert all(len(message.string or ()) == 6 for message in plural)


def test_the_holes_of_each_sentence_are_the_same_in_welsh() -> None:
    for message in messages():
        assert not [str(error) for error in message.check(read_catalogue("officer"))]


def test_the_two_catalogues_agree() -> None:
    """They are merged: another plural rule or word here would change the members' pages."""
    member = read_catalogue("member")
    assert len(member)
    officer = read_catalogue("officer")
    for number in range(120):
        assert eval_plural(member, number) == eval_plural(officer, number)
    for message in messages():
        other = member.get(message.id)
        assert other is None or other.string == message.string, message.id


def eval_plural(catalogue: Catalog, number: int) -> int:
    from gettext import c2py

    form: int = c2py(catalogue.plural_expr)(number)
    return form
