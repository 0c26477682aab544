"""How often one address may ask: a bucket of tokens for each, in memory only.

Against floods that would keep others from voting, not against guessing: a personal
link holds 128 bits. Many members of one house share one address, so that a bucket is
deep. Addresses are neither written anywhere nor kept: a bucket is found by a digest
under a key that dies with the process.

Source: design 8, section 0, decision 10, and section 0.1, I5.
"""

import hashlib
import ipaddress
import math
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from web.http_errors import TooManyRequestsError

# About 10 MB of memory; whoever can spread over more addresses must be stopped elsewhere.
_MOST_BUCKETS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """How much one address may ask.

    Attributes:
        burst: requests at once, after a rest.
        per_minute: requests in the long run.
    """

    burst: int
    per_minute: int

    def __post_init__(self) -> None:
        if self.burst < 1 or self.per_minute < 1:
            raise RuntimeError(f"a rate nobody can keep: {self}")


@dataclass(slots=True)
class RateLimiter:
    """One rate, kept for every address that asked lately.

    Attributes:
        rate: what each address may ask.
        clock: seconds, from any beginning, never going back.
    """

    rate: Rate
    clock: Callable[[], float]
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    # From digest to (requests left, when that was so), least recently seen first.
    _buckets: OrderedDict[bytes, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, address: str) -> None:
        """Count one request of an address.

        Raises:
            TooManyRequestsError: it asked too much; this request is not counted.
        """
        name = hashlib.blake2b(_network(address), key=self._key, digest_size=16).digest()
        now = self.clock()
        per_second = self.rate.per_minute / 60
        left, since = self._buckets.pop(name, (float(self.rate.burst), now))
        left = min(float(self.rate.burst), left + (now - since) * per_second)
        self._buckets[name] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        if left < 1:
            raise TooManyRequestsError(math.ceil((1 - left) / per_second))


@dataclass(frozen=True, slots=True)
class LimitedPath:
    """Paths of which requests are counted together.

    Attributes:
        path: matched against the whole path.
        limiter: that counts them.
        methods: that are counted.
    """

    path: re.Pattern[str]
    limiter: RateLimiter
    methods: frozenset[str] = frozenset({"POST"})


class RateLimits:
    """ASGI middleware that counts the requests under the limited paths."""

    def __init__(self, app: ASGIApp, limited: Sequence[LimitedPath]) -> None:
        self._app = app
        self._limited = tuple(limited)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count, then hand on.

        Raises:
            TooManyRequestsError: nothing is handed on.
        """
        if scope["type"] == "http":
            client = scope.get("client")
            address = client[0] if client else ""
            for limited in self._limited:
                if scope["method"] in limited.methods and limited.path.fullmatch(scope["path"]):
                    limited.limiter.take(address)
        await self._app(scope, receive, send)


def _network(address: str) -> bytes:
    """What one household or house holds: an IPv4 address, or an IPv6 /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # a Unix socket, or a proxy that says something else
        return address.encode("utf-8", "replace")
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return mapped.packed if mapped else parsed.packed[:8]
    return parsed.packed
