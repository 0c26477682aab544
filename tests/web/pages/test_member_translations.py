"""Welsh is complete on the pages that members and everybody else read."""

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from web.pages.translations import CATALOGUES

PAGES = CATALOGUES.parent
PART = CATALOGUES / "member"


def read_catalogue() -> Catalog:
    with (PART / "cy" / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        return read_po(stream, locale="cy", abort_invalid=True)


def extract() -> dict[str, Path]:
    """Every message of the pages, and the file it stands in."""
    with (PART / "babel.cfg").open() as stream:
        methods, options = parse_mapping_cfg(stream)  # type: ignore[no-untyped-call]
    found = extract_from_dir(PAGES, method_map=methods, options_map=options)
    return {
        message if isinstance(message, str) else message[0]: Path(file)
        for file, _line, message, _comments, _context in found
    }


def messages() -> list[Message]:
    return [message for message in read_catalogue() if message.id]


def name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def test_the_extraction_reads_code_and_every_kind_of_template() -> None:
    found = extract()
    assert found["UK time"].suffix == ".py"
    for words, folder in (
        ("Skip to main content", "templates"),
        ("Do you need help?", "macros"),
        ("Send my vote", "member"),
        ("What happened when", "public"),
        ("This link does not work", "problems"),
    ):
        assert found[words].parent.name == folder


def test_nothing_is_missing_and_nothing_is_left_over() -> None:
    assert set(extract()) == {name(message) for message in messages()}


def test_every_message_is_in_welsh_and_none_is_a_guess() -> None:
    for message in messages():
        forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        assert all(forms), f"not in Welsh: {message.id}"
        assert not message.fuzzy, f"a guess: {message.id}"


def test_plurals_have_all_six_forms() -> None:
    catalogue = read_catalogue()
    assert catalogue.num_plurals == 6
    plural = [message for message in messages() if message.pluralizable]
    assert plural
    assert all(len(message.string or ()) == 6 for message in plural)


def test_the_holes_of_each_sentence_are_the_same_in_welsh() -> None:
    for message in messages():
        assert not [str(error) for error in message.check(read_catalogue())]


def test_no_sentence_of_a_template_escapes_translation() -> None:
    """Words between tags that are in no `_()` would stay English on a Welsh page."""
    import re

    loose = re.compile(r">[^<>{}]*[A-Za-z]{3,}[^<>{}]*<")
    allowed = {"pip install .", "LWT_ASYNC_METHOD=none belenios-tool election verify"}
    allowed |= {"English", "Cymraeg"}
    for folder in ("", "macros", "member", "public", "problems"):
        for path in (PAGES / "templates" / folder).glob("*.html"):
            text = re.sub(r"{#.*?#}|{%.*?%}", "", path.read_text("utf-8"), flags=re.DOTALL)
            found = {words.strip("<> \n") for words in loose.findall(text)} - allowed
            assert not found, path.name
