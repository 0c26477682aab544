"""A small HTTP client for the service's own interface: one connection, JSON both ways.

From the standard library: the answers are ours, and nothing is followed or guessed.
"""

import http.client
import json
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

_TIMEOUT = 120
_MOST = 256 * 1024 * 1024


class UnreachableError(Exception):
    """The service could not be reached, or what answered is not it."""


class RefusedError(Exception):
    """The service refused what was asked.

    Attributes:
        status: of the answer.
        code: of the refusal.
        sentence: in English.
        details: what else it said.
    """

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        self.status = status
        self.code = str(answer.get("error", "unknown"))
        message = answer.get("message")
        self.sentence = str(message.get("en", "")) if isinstance(message, dict) else ""
        self.details = {k: v for k, v in answer.items() if k not in ("error", "message")}
        super().__init__(f"{status} {self.code}: {self.sentence} {self.details or ''}".rstrip())


@dataclass(slots=True)
class Client:
    """A connection to a service, opened when first needed and kept.

    Attributes:
        base_url: without a slash at the end.
        token: bearer token, "" for none.
    """

    base_url: str
    token: str = field(default="", repr=False)
    _wire: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the connection go."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def get(self, path: str) -> Any:
        """The JSON at a path.

        Raises:
            RefusedError: any other status than 2xx.
            UnreachableError: no answer, or one that is not JSON.
        """
        return self._answer("GET", path, None)

    def post(self, path: str, value: object) -> Any:
        """Send JSON by POST; raises as `get`."""
        return self._answer("POST", path, _encode(value))

    def post_raw(self, path: str, body: bytes) -> Any:
        """Send JSON bytes as they are by POST; raises as `get`."""
        return self._answer("POST", path, body)

    def put(self, path: str, value: object) -> Any:
        """Send JSON by PUT; raises as `get`."""
        return self._answer("PUT", path, _encode(value))

    def fetch(self, path: str) -> bytes:
        """The bytes at a path; raises as `get`."""
        status, body = self.send("GET", path, None)
        if status != http.HTTPStatus.OK:
            raise RefusedError(status, _decode(body))
        return body

    def send(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        """Status and body of an answer.

        A connection that the service has let go in the meantime is opened once more.
        """
        if self._wire is not None:
            try:
                return self._exchange(method, path, body)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.close()
            except (OSError, http.client.HTTPException) as error:
                self.close()
                raise UnreachableError(f"{self.base_url}: {error}") from None
        try:
            return self._exchange(method, path, body)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise UnreachableError(f"{self.base_url}: {error}") from None

    def _answer(self, method: str, path: str, body: bytes | None) -> Any:
        status, raw = self.send(method, path, body)
        answer = _decode(raw)
        if status not in (http.HTTPStatus.OK, http.HTTPStatus.CREATED):
            raise RefusedError(status, answer if isinstance(answer, dict) else {})
        return answer

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        if self._wire is None:
            self._wire = _connect(self.base_url)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        prefix = urlsplit(self.base_url).path
        self._wire.request(method, prefix + path, body, headers)
        answer = self._wire.getresponse()
        return answer.status, answer.read(_MOST)


def _connect(base_url: str) -> http.client.HTTPConnection:
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnreachableError(f"{base_url} is not an http(s) address")
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=_TIMEOUT, context=context
        )
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=_TIMEOUT)


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _decode(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise UnreachableError("what answered is not this service") from None
