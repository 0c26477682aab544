import functools
import http.server
import io
import os
import socket
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from audit.record import FolderRecord, UrlRecord, open_record
from audit.record_errors import (
    AddressError,
    RecordAnswerError,
    RecordLimitError,
    RecordMissingError,
    RecordPathError,
    RecordRedirectError,
    RecordUnreachableError,
    SlowRecordError,
)
from audit.verifier import verify_record
from audit.watch import Watch
from tests.assembly import SIGNER, hold_election
from tests.audit.hostile import Answer, dripping, endless, plain, say, serving, silent
from tests.ports import free_port

BAD_PATHS = [
    "",
    "/etc/passwd",
    "../key",
    "log/../../key",
    "log//checkpoint",
    "log/",
    ".hidden",
    "log/.hidden",
    "key?x",
    "key#x",
    "key\n",
    "key%2f",
    "log\\checkpoint",
    "ключ",
]


# --- a folder ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    (made / "log").mkdir(parents=True)
    (made / "key").write_bytes(b"the key")
    return made


def test_a_file_in_a_folder(folder: Path) -> None:
    record = open_record(str(folder))
    assert isinstance(record, FolderRecord)
    assert record.name == str(folder)
    assert record.fetch("key", 7) == b"the key"
    assert record.has("key")
    assert not record.has("other")


def test_a_folder_that_is_reached_through_a_link_itself(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert FolderRecord(tmp_path / "link").fetch("key", 100) == b"the key"


def test_files_of_a_folder_are_compared(folder: Path) -> None:
    record = FolderRecord(folder)
    for name, raw in (("same", b"the key"), ("shorter", b"the"), ("longer", b"the key!")):
        (folder / name).write_bytes(raw)
    assert record.are_same("same", "key")
    assert not record.are_same("shorter", "key")
    assert not record.are_same("longer", "key")


@pytest.mark.parametrize("path", BAD_PATHS)
def test_no_path_leads_out_of_a_record(folder: Path, path: str) -> None:
    with pytest.raises(RecordPathError):
        FolderRecord(folder).fetch(path, 100)
    with pytest.raises(RecordPathError):
        UrlRecord("http://record.example").fetch(path, 100)


@pytest.mark.parametrize("target", ["/etc/hostname", "/dev/zero", "key", "missing"])
def test_a_link_in_a_folder_is_not_followed(folder: Path, target: str) -> None:
    (folder / "link").symlink_to(target)
    with pytest.raises(RecordPathError):
        FolderRecord(folder).fetch("link", 100)


def test_a_linked_folder_inside_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "checkpoint").write_bytes(b"x")
    (folder / "objects").symlink_to(tmp_path / "outside")
    with pytest.raises(RecordPathError):
        FolderRecord(folder).fetch("objects/checkpoint", 100)


def test_a_pipe_or_folder_in_the_place_of_a_file_is_refused_at_once(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    for path in ("pipe", "log"):
        with pytest.raises(RecordPathError):
            FolderRecord(folder).fetch(path, 100)


def test_a_file_that_is_not_there_or_too_long(folder: Path) -> None:
    record = FolderRecord(folder)
    for path in ("log/checkpoint", "key/inside"):
        with pytest.raises(RecordMissingError):
            record.fetch(path, 100)
    with pytest.raises(RecordLimitError):
        record.fetch("key", 6)


def test_a_file_in_a_folder_is_copied_up_to_its_limit(folder: Path) -> None:
    record, copy = FolderRecord(folder), io.BytesIO()
    record.copy("key", 7, copy)
    assert copy.getvalue() == b"the key"
    with pytest.raises(RecordLimitError):
        record.copy("key", 6, io.BytesIO())
    with pytest.raises(RecordMissingError):
        record.copy("none", 6, io.BytesIO())


def test_a_file_that_cannot_be_opened(folder: Path) -> None:
    with pytest.raises(RecordUnreachableError):
        FolderRecord(folder).fetch("a" * 300, 100)


# --- an address -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        "file:///etc",
        "ftp://record.example/",
        "javascript://record.example/",
        "http://",
        "http:///log",
        "https://user:secret@record.example/",
        "http://record.example/?x=1",
        "http://record.example/#x",
        "http://record.example:port/",
        "http://record.example:99999/",
        "http://[::1/",
        "http://record.example/a b",
        "http://record.example/\r\nHost: other",
        "http://record.example/ü",
        "no/such/folder",
        "",
    ],
)
def test_what_is_no_address_of_a_record(place: str) -> None:
    with pytest.raises(AddressError):
        open_record(place or "no such folder")


@pytest.fixture
def web(tmp_path: Path) -> Generator[tuple[str, Path]]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    folder = tmp_path / "served"
    folder.mkdir()
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", folder
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_whole_record_over_http(web: tuple[str, Path]) -> None:
    url, folder = web
    hold_election().write(folder / "below")
    record = UrlRecord(url + "/below/")
    report = verify_record(record, key=SIGNER.key)
    record.close()
    assert report.elections[0].certified
    assert report.record == url + "/below/"
    with pytest.raises(RecordMissingError):
        record.fetch("log/none", 100)
    record.close()


def fetch(answer: Answer, *more: Answer, limit: int = 1000, patience: float = 5) -> bytes:
    waits: list[float] = []
    with serving(answer, *more) as url:
        record = UrlRecord(url, patience=patience, sleep=waits.append)
        try:
            return record.fetch("log/checkpoint", limit)
        finally:
            record.close()
            assert sum(waits) <= 60


OK = b"HTTP/1.1 200 OK\r\n"


def test_an_answer_with_and_without_its_length() -> None:
    assert fetch(plain("200 OK", b"body")) == b"body"
    assert fetch(say(OK + b"Connection: close\r\n\r\nbody")) == b"body"
    chunked = b"Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n"
    assert fetch(say(OK + chunked)) == b"body"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (plain("404 Not Found"), RecordMissingError),
        (plain("410 Gone"), RecordMissingError),
        (plain("301 Moved", b"", "Location: https://other.example/"), RecordRedirectError),
        (plain("302 Found", b"", "Location: file:///etc/passwd"), RecordRedirectError),
        (plain("304 Not Modified"), RecordRedirectError),
        (plain("403 Forbidden"), RecordUnreachableError),
        (plain("500 Oh no"), RecordUnreachableError),
        (plain("206 Partial Content", b"bo"), RecordUnreachableError),
        (plain("503 Busy", b"", "Retry-After: 7"), RecordUnreachableError),
        (plain("429 Slow down", b"", "Retry-After: soon"), RecordUnreachableError),
        (plain("200 OK", b"body", "Content-Encoding: gzip"), RecordAnswerError),
        (plain("200 OK", bytes(1001)), RecordLimitError),
        (say(OK + b"Content-Length: 99999999999999\r\n\r\n"), RecordLimitError),
        (say(OK + b"Content-Length: 100\r\n\r\nshort"), RecordUnreachableError),
        (say(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), RecordUnreachableError),
        (endless(OK + b"Connection: close\r\n\r\n"), RecordLimitError),
        (say(OK + b"X: " + b"a" * 70_000 + b"\r\n\r\n"), RecordUnreachableError),
        (say(OK + b"X: y\r\n" * 200 + b"\r\n"), RecordUnreachableError),
        (say(b"SSH-2.0-OpenSSH\r\n"), RecordUnreachableError),
        (say(b""), RecordUnreachableError),
        (say(b"HTTP/1.1 999999 \r\n\r\n"), RecordUnreachableError),
    ],
    ids=str,
)
def test_every_bad_answer_has_a_name(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        fetch(answer)


@pytest.mark.parametrize(
    "answer",
    [
        silent,
        dripping(b""),
        dripping(OK + b"X: "),
        dripping(OK + b"Connection: close\r\n\r\n"),
        dripping(OK + b"Content-Length: 900\r\n\r\n"),
        dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n"),
    ],
    ids=["silent", "status", "header", "body", "body-with-length", "chunks"],
)
def test_a_server_that_drips_is_left_in_time(answer: Answer) -> None:
    begun = time.monotonic()
    with pytest.raises((SlowRecordError, RecordUnreachableError)) as caught:
        fetch(answer, patience=0.5)
    assert time.monotonic() - begun < 5
    assert "log/checkpoint" in str(caught.value)


def test_a_file_that_comes_at_a_fair_rate_may_take_longer() -> None:
    def answer(connection: socket.socket) -> None:
        connection.sendall(OK + b"Content-Length: 600000\r\n\r\n")
        for _ in range(6):
            connection.sendall(bytes(100_000))
            time.sleep(0.1)

    assert len(fetch(answer, limit=600_000, patience=0.3)) == 600_000


def test_a_busy_server_is_asked_again() -> None:
    busy = plain("503 Busy", b"", "Retry-After: 3", "Connection: close")
    assert fetch(busy, busy, plain("200 OK", b"body")) == b"body"


def test_a_connection_that_was_closed_meanwhile_is_opened_again() -> None:
    with serving(plain("200 OK", b"one"), plain("200 OK", b"two")) as url:
        record = UrlRecord(url)
        assert record.fetch("one", 10) == b"one"
        assert record.fetch("two", 10) == b"two"
        record.close()


def test_nobody_there() -> None:
    port = free_port()
    with pytest.raises(RecordUnreachableError):
        UrlRecord(f"http://127.0.0.1:{port}").fetch("key", 10)
    with pytest.raises(RecordUnreachableError):
        UrlRecord(f"https://127.0.0.1:{port}").fetch("key", 10)


def test_a_watch_that_is_over_leaves_the_next_fetch_alone() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        watch = Watch(60)
        watch.socket = ours
        with watch:
            pass
        watch._look()
        assert not watch.is_over
        theirs.sendall(b"still open")
        assert ours.recv(10) == b"still open"
