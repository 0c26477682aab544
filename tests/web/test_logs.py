import io
import logging
from collections.abc import Iterator

import pytest

from web.logs import configure_logs, describe_places


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    stream = io.StringIO()
    configure_logs(stream)
    yield stream
    root.handlers[:], level = before
    root.setLevel(level)


def fail_with(secret: str) -> None:
    raise ValueError(secret)


def fail_because(secret: str) -> None:
    try:
        fail_with(secret)
    except ValueError as error:
        raise RuntimeError(f"while doing {secret}") from error


def test_an_exception_is_logged_by_its_places_without_its_words(written: io.StringIO) -> None:
    try:
        fail_because("12345-678901-23456-789012")
    except RuntimeError:
        logging.getLogger("uvicorn.error").exception("a page failed")
    text = written.getvalue()
    assert "a page failed" in text
    assert "builtins.ValueError" in text
    assert "builtins.RuntimeError" in text
    assert "fail_with" in text
    assert "12345" not in text
    assert "raise" not in text, "a line of source was written"


def test_a_loop_of_causes_ends() -> None:
    one, other = ValueError("one"), ValueError("other")
    one.__context__, other.__context__ = other, one
    assert describe_places(one).count("ValueError") == 2


def test_there_is_no_access_log(written: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("uvicorn.access").info('192.0.2.1 - "GET /en/ HTTP/1.1" 200')
    logging.getLogger("uvicorn.access").error('192.0.2.1 - "GET /en/ HTTP/1.1" 500')
    assert written.getvalue() + "".join(capsys.readouterr()) == ""
