"""The public record, read from an address or from a folder alike.

Everything that comes from there is outside bytes: each file has a limit, a fetch has a
deadline, an answer that points elsewhere is refused, and in a folder only ordinary files
below it are opened.

Source: design 2, "Public record"; docs/formats/record.md.
"""

import io
import os
import re
import stat
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import SplitResult, urlsplit

from audit.errors import AuditError
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
from audit.watch import Watch

PATIENCE = 60.0
"""Seconds that a file may take, more while it keeps coming (see `audit.watch`)."""
_CHUNK = 65_536
_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
_URL_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/-]*", re.ASCII)
_TRIES = 6
_LONGEST_WAIT = 10.0


class Record(Protocol):
    """Where the files of a record are fetched from."""

    @property
    def name(self) -> str:
        """How a person names this record."""
        ...

    def fetch(self, path: str, limit: int) -> bytes:
        """The bytes of one file.

        Args:
            path: inside the record, without a leading slash.
            limit: the most bytes it can have.

        Raises:
            RecordMissingError, RecordUnreachableError, SlowRecordError: it cannot be had.
            RecordLimitError: it is longer.
            RecordPathError, RecordRedirectError, RecordAnswerError: no honest record does that.
        """
        ...

    def copy(self, path: str, limit: int, file: BinaryIO) -> None:
        """Write the bytes of one file into an empty one; they are never all in memory.

        Raises as `fetch` does; what is in `file` is of no use then.
        """
        ...


def open_record(place: str) -> "Record":
    """The record at an address or in a folder.

    Raises:
        AddressError: it is neither.
    """
    if "://" in place:
        return UrlRecord(place)
    folder = Path(place)
    if not folder.is_dir():
        raise AddressError(place, "it is neither a folder, nor a file, nor an http address")
    return FolderRecord(folder)


class FolderRecord:
    """A record in a folder.

    Attributes:
        name: the folder as it was given.
    """

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder.resolve()

    def fetch(self, path: str, limit: int) -> bytes:
        """See `Record`."""
        with self._open(path) as file:
            raw = file.read(limit + 1)
        if len(raw) > limit:
            raise RecordLimitError(path, limit)
        return raw

    def copy(self, path: str, limit: int, file: BinaryIO) -> None:
        """See `Record`."""
        with self._open(path) as source:
            while part := source.read(_CHUNK):
                file.write(part)
                if file.tell() > limit:
                    raise RecordLimitError(path, limit)

    def has(self, path: str) -> bool:
        """Whether there is something under this path."""
        return (self._folder / path).exists()

    def are_same(self, path: str, other: str) -> bool:
        """Whether two files hold the same bytes; they are never held in memory as a whole."""
        with self._open(path) as one, self._open(other) as two:
            while part := one.read(_CHUNK):
                if part != two.read(_CHUNK):
                    return False
            return not two.read(1)

    def _open(self, path: str) -> BinaryIO:
        _require_path(path)
        place = self._folder / path
        # A link could lead anywhere on the observer's disk, or to a device without an end.
        if place.resolve() != place:
            raise RecordPathError(path)
        try:
            descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError):
            raise RecordMissingError(path) from None
        except OSError as error:
            raise RecordUnreachableError(path, _say(error)) from None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise RecordPathError(path)
        return os.fdopen(descriptor, "rb")


class UrlRecord:
    """A record that is served over HTTP, read through one connection.

    Attributes:
        name: the address as it was given.

    Raises:
        AddressError: it is not an http or https address, or has a query or a password.
    """

    def __init__(
        self,
        url: str,
        *,
        patience: float = PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = url
        self._parts = _split_url(url)
        self._prefix = self._parts.path.rstrip("/") + "/"
        self._patience = patience
        self._sleep = sleep
        self._connection: HTTPConnection | None = None

    def fetch(self, path: str, limit: int) -> bytes:
        """See `Record`."""
        file = io.BytesIO()
        self.copy(path, limit, file)
        return file.getvalue()

    def copy(self, path: str, limit: int, file: BinaryIO) -> None:
        """See `Record`. A server that asks for patience is asked again a few times."""
        _require_path(path)
        for left in reversed(range(_TRIES)):
            wait = self._try(path, limit, file, last=not left)
            if wait is None:
                return
            self._sleep(wait)
        raise AssertionError  # pragma: no cover  the last try answers or raises

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _try(self, path: str, limit: int, file: BinaryIO, *, last: bool) -> float | None:
        """Nothing once it is in the file, or how long to wait before the next try."""
        reused = self._connection is not None
        watch = Watch(self._patience)
        try:
            with watch:
                return self._ask(path, limit, file, watch, last=last)
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            if watch.is_over:
                raise SlowRecordError(path, round(watch.waited)) from None
            # A server may have closed a connection that it had kept open for us.
            if reused and not last:
                file.seek(0)
                file.truncate()
                return 0.0
            raise RecordUnreachableError(path, _say(error)) from None
        except AuditError:
            self.close()
            raise

    def _ask(
        self, path: str, limit: int, file: BinaryIO, watch: "Watch", *, last: bool
    ) -> float | None:
        connection = self._connect()
        if connection.sock is None:
            connection.connect()
        watch.socket = connection.sock
        connection.request("GET", self._prefix + path, headers={"Accept-Encoding": "identity"})
        with connection.getresponse() as response:
            if response.status in {429, 503} and not last:
                self.close()
                return _read_wait(response)
            _require_answer(path, response)
            _copy_body(path, response, limit, file, watch)
            return None

    def _connect(self) -> HTTPConnection:
        if self._connection is None:
            kind = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
            host = self._parts.hostname or ""
            self._connection = kind(host, self._parts.port, timeout=self._patience)
        return self._connection


def _require_path(path: str) -> None:
    # Paths are made from ids and digests that were checked; this holds should one not be.
    if not _PATH.fullmatch(path):
        raise RecordPathError(path)


def _split_url(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise AddressError(url, "it is malformed") from None
    if parts.scheme not in {"http", "https"}:
        raise AddressError(url, "only http and https are read")
    if not parts.hostname or parts.username is not None or parts.query or parts.fragment:
        raise AddressError(url, "it must be a host and a path, nothing else")
    if not _URL_PATH.fullmatch(parts.path):
        raise AddressError(url, "its path has characters that must be percent-encoded")
    return parts


def _read_wait(response: HTTPResponse) -> float:
    text = response.getheader("Retry-After") or ""
    return min(float(text), _LONGEST_WAIT) if re.fullmatch(r"[0-9]{1,6}", text) else 1.0


def _require_answer(path: str, response: HTTPResponse) -> None:
    if response.status in {404, 410}:
        raise RecordMissingError(path)
    if 300 <= response.status < 400:
        # Followed, it could lead to another record than the one that was asked about.
        raise RecordRedirectError(path, (response.getheader("Location") or "")[:200])
    if response.status != 200:
        raise RecordUnreachableError(path, f"the server answers {response.status}")
    if (response.getheader("Content-Encoding") or "identity").lower() != "identity":
        # A few kilobytes can unpack to gigabytes; we asked for the plain bytes.
        raise RecordAnswerError(path, "it is compressed")


def _copy_body(path: str, response: HTTPResponse, limit: int, file: BinaryIO, watch: Watch) -> None:
    stated = response.length
    if stated is not None and stated > limit:
        raise RecordLimitError(path, limit)
    while part := response.read1(_CHUNK):
        file.write(part)
        watch.received += len(part)
        if watch.received > limit:
            raise RecordLimitError(path, limit)
    if watch.is_over or (stated is not None and watch.received < stated):
        raise ConnectionError("the answer ended too early")


def _say(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]
