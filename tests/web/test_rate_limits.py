import asyncio
import re

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from web.http_errors import TooManyRequestsError
from web.rate_limits import LimitedPath, Rate, RateLimiter, RateLimits


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def limiter(burst: int = 3, per_minute: int = 6) -> tuple[RateLimiter, Clock]:
    clock = Clock()
    return RateLimiter(Rate(burst, per_minute), clock), clock


def spend(bucket: RateLimiter, address: str, times: int) -> None:
    for _ in range(times):
        bucket.take(address)


def test_a_burst_is_let_through_and_no_more() -> None:
    bucket, _ = limiter()
    spend(bucket, "192.0.2.1", 3)
    with pytest.raises(TooManyRequestsError) as caught:
        bucket.take("192.0.2.1")
    assert caught.value.wait == 10  # six a minute: one every ten seconds


def test_after_the_wait_that_was_named_one_request_is_let_through() -> None:
    bucket, clock = limiter()
    spend(bucket, "192.0.2.1", 3)
    with pytest.raises(TooManyRequestsError) as caught:
        bucket.take("192.0.2.1")
    clock.now += caught.value.wait
    bucket.take("192.0.2.1")
    with pytest.raises(TooManyRequestsError):
        bucket.take("192.0.2.1")


def test_rest_fills_the_bucket_to_its_brim_and_not_over() -> None:
    bucket, clock = limiter()
    spend(bucket, "192.0.2.1", 3)
    clock.now += 3600
    spend(bucket, "192.0.2.1", 3)
    with pytest.raises(TooManyRequestsError):
        bucket.take("192.0.2.1")


def test_hammering_does_not_put_off_the_end_of_the_wait() -> None:
    bucket, clock = limiter()
    spend(bucket, "192.0.2.1", 3)
    for _ in range(9):
        clock.now += 1
        with pytest.raises(TooManyRequestsError):
            bucket.take("192.0.2.1")
    clock.now += 1.001
    bucket.take("192.0.2.1")


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("testclient", "unix:", False),
    ],
    ids=["two houses", "one IPv6 house", "two IPv6 houses", "mapped", "no addresses"],
)
def test_who_shares_a_bucket(one: str, other: str, *, shared: bool) -> None:
    bucket, _ = limiter(burst=1)
    bucket.take(one)
    if shared:
        with pytest.raises(TooManyRequestsError):
            bucket.take(other)
    else:
        bucket.take(other)


def test_no_address_is_kept_nor_said() -> None:
    bucket, _ = limiter(burst=1)
    bucket.take("192.0.2.77")
    with pytest.raises(TooManyRequestsError) as caught:
        bucket.take("192.0.2.77")
    assert "192.0.2.77" not in repr(bucket) + repr(caught.value) + str(caught.value)
    assert b"\xc0\x00\x02\x4d" not in b"".join(bucket._buckets)


def test_the_memory_it_takes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.rate_limits._MOST_BUCKETS", 10)
    bucket, _ = limiter()
    for number in range(50):
        bucket.take(f"192.0.2.{number}")
    assert len(bucket._buckets) == 10


@pytest.mark.parametrize(("burst", "per_minute"), [(0, 6), (3, 0), (-1, 6)])
def test_a_rate_that_lets_nobody_in_cannot_be_set(burst: int, per_minute: int) -> None:
    with pytest.raises(RuntimeError):
        Rate(burst, per_minute)


async def page(_request: Request) -> Response:
    return PlainTextResponse("page")


@pytest.mark.parametrize(
    ("method", "path", "counted"),
    [
        ("POST", "/en/start", True),
        ("GET", "/en/start", False),
        ("POST", "/en/start/more", False),
        ("POST", "/en/other", False),
    ],
)
def test_only_posts_to_limited_paths_are_counted(method: str, path: str, *, counted: bool) -> None:
    bucket, _ = limiter(burst=1)
    limited = LimitedPath(re.compile("/(en|cy)/start"), bucket)
    app = RateLimits(
        Starlette(routes=[Route("/{path:path}", page, methods=["GET", "POST"])]), [limited]
    )
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [],
        "query_string": b"",
        "client": ("192.0.2.1", 4000),
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_message: object) -> None: ...

    async def twice() -> None:
        await app(dict(scope), receive, send)
        await app(dict(scope), receive, send)

    if counted:
        with pytest.raises(TooManyRequestsError):
            asyncio.run(twice())
    else:
        asyncio.run(twice())
