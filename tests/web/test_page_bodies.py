"""Long bodies: taken from officers and trustees who are signed in, and from nobody else."""

from collections.abc import Iterator

import pytest

from ballots.credentials import sign_in_code
from tests.web.api.conftest import ASSETS
from tests.web.cooperative import Cooperative, found
from tests.web.serving import ask, connect, post, read_answer, serving
from web.actions.appoint_trustees import appoint_trustees
from web.actions.sign_in import sign_in
from web.app import build_app
from web.page_bodies import OFFICE_BODY, PAGE_BODY, PART_BODY, SHUFFLE_BODY, limit_of

FORM = "Content-Type: application/x-www-form-urlencoded"
PATHS = ["/en/officer/roll", "/cy/trustee/open"]


@pytest.fixture(scope="module")
def coop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    cooperative = found(tmp_path_factory.mktemp("bodies") / "data")
    cooperative.open()
    yield cooperative
    cooperative.service.close()


@pytest.fixture(scope="module")
def port(coop: Cooperative) -> Iterator[int]:
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        yield port


def cookie(coop: Cooperative, secret: str) -> str:
    return "Cookie: teg=" + sign_in(coop.service, sign_in_code(secret)).session_token


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_told_to_sign_in(port: int, path: str) -> None:
    for header in (FORM, FORM + "\r\nCookie: teg=" + "f" * 64):
        answer = post(port, path, b"a" * (PAGE_BODY + 1), header)
        assert answer.status == 401
        assert b"<h1>" in answer.body


def test_a_stranger_is_refused_before_she_has_sent_it(port: int) -> None:
    """The answer comes though not a byte of the sixteen megabytes was sent."""
    head = f"POST {PATHS[0]} HTTP/1.1\r\nHost: x\r\n{FORM}\r\nContent-Length: {OFFICE_BODY}"
    with connect(port) as wire:
        wire.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode())
        assert read_answer(wire).status == 401


def test_a_stranger_cannot_send_it_in_chunks(port: int) -> None:
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    head = f"POST {PATHS[0]} HTTP/1.1\r\nHost: x\r\n{FORM}\r\nTransfer-Encoding: chunked"
    request = f"{head}\r\nConnection: close\r\n\r\n".encode() + 2 * chunk + b"0\r\n\r\n"
    assert ask(port, request).status == 401


def test_a_member_is_no_officer(port: int, coop: Cooperative) -> None:
    mine = cookie(coop, coop.credential("supported", 0))
    answer = post(port, PATHS[0], b"a" * (PAGE_BODY + 1), f"{FORM}\r\n{mine}")
    assert answer.status == 401


def test_an_officer_may_send_a_long_roll(port: int, coop: Cooperative) -> None:
    """It reaches the page, which misses its token."""
    mine = cookie(coop, coop.set_up.officer_link_secret)
    answer = post(port, PATHS[0], b"a=" + b"b" * 4 * PAGE_BODY, f"{FORM}\r\n{mine}")
    assert answer.status == 400


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/en/trustee/shuffle", SHUFFLE_BODY),
        ("/cy/trustee/open", OFFICE_BODY),
        ("/en/trustee/polynomial", PART_BODY),
        ("/en/trustee", PART_BODY),
        ("/en/officer/roll", OFFICE_BODY),
        ("/en/trustee/shuffle/x", PART_BODY),
        ("/en/trusteeshuffle", PAGE_BODY),
        ("/de/trustee/shuffle", PAGE_BODY),
        ("/en/start", PAGE_BODY),
    ],
)
def test_each_page_takes_as_much_as_it_needs(path: str, limit: int) -> None:
    assert limit_of(path) == limit
    assert PAGE_BODY < PART_BODY < OFFICE_BODY < SHUFFLE_BODY == 64 * 1024 * 1024


def test_a_trustee_may_send_a_long_shuffle_in_one_field(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """It reaches her page, which is not waiting for it."""
    coop = found(tmp_path_factory.mktemp("shuffle") / "data")
    coop.write_draft()
    appointed = appoint_trustees(
        coop.service, coop.election, [(f"Example {n}", f"t{n}@people.example") for n in (1, 2)]
    )
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        mine = cookie(coop, appointed[0].link_secret)
        head = f"GET /en/start HTTP/1.1\r\nHost: x\r\n{mine}\r\nConnection: close\r\n\r\n"
        page = ask(port, head.encode()).body
        token = page.partition(b'name="csrf_token" value="')[2].partition(b'"')[0]
        body = b"csrf_token=" + token + b"&shuffles=" + b"1" * (OFFICE_BODY + 1)
        answer = post(port, "/en/trustee/shuffle", body, f"{FORM}\r\n{mine}")
        assert answer.status == 303
        too_long = post(port, "/en/trustee/open", body, f"{FORM}\r\n{mine}")
        assert too_long.status == 413
    coop.service.close()


def test_a_members_page_reads_little_of_anybody(port: int, coop: Cooperative) -> None:
    mine = cookie(coop, coop.set_up.officer_link_secret)
    answer = post(port, "/en/start", b"a" * (PAGE_BODY + 1), f"{FORM}\r\n{mine}")
    assert answer.status == 413
