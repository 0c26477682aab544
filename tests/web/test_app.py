"""The application as a whole: what starts, and how failures are answered."""

import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from tests.web.api.conftest import ASSETS
from tests.web.cooperative import Cooperative, found
from tests.web.serving import get, post, send, serving
from web import app as application
from web.access import UndeclaredRouteError, declare, declared_roles
from web.app import build_app
from web.pages.app import build_pages
from web.service import Service


@pytest.fixture(scope="module")
def coop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    cooperative = found(tmp_path_factory.mktemp("app") / "data")
    cooperative.open()
    yield cooperative
    cooperative.service.close()


def test_every_route_declares_its_role(coop: Cooperative) -> None:
    app = build_app(coop.service, assets=ASSETS)
    for route in app.routes:
        inner = route.app if isinstance(route, Mount) else getattr(route, "endpoint", None)
        assert declared_roles(inner), route


def test_a_forgotten_machine_route_stops_the_start(
    coop: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgotten(_request: Request) -> Response:
        return Response()

    monkeypatch.setattr(
        application, "election_routes", lambda _service: [Route("/api/forgotten", forgotten)]
    )
    with pytest.raises(UndeclaredRouteError, match="/api/forgotten"):
        build_app(coop.service, assets=ASSETS)


def test_a_forgotten_page_stops_the_start(coop: Cooperative) -> None:
    def with_one_more(service: Service) -> Flask:
        pages = build_pages(service)
        pages.add_url_rule("/forgotten", "forgotten", lambda: "open to all")
        return pages

    with pytest.raises(UndeclaredRouteError, match="/forgotten"):
        build_app(coop.service, assets=ASSETS, pages=with_one_more)


SECRET = "12345-678901-23456-789012"


def failing_pages(service: Service) -> Flask:
    pages = build_pages(service)

    @declare("public")
    def fail() -> str:
        raise RuntimeError(SECRET)

    pages.add_url_rule("/en/fail", "fail", fail)
    return pages


@pytest.fixture
def failing(coop: Cooperative, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    @declare("public")
    async def fail(_request: Request) -> Response:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(application, "election_routes", lambda _: [Route("/api/fail", fail)])
    with serving(build_app(coop.service, assets=ASSETS, pages=failing_pages)) as port:
        yield port


@pytest.mark.parametrize("path", ["/api/fail", "/en/fail"])
def test_a_failure_of_ours_shows_nothing_of_itself(
    failing: int, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = get(failing, path)
    assert answer.status == 500
    assert SECRET.encode() not in answer.body
    assert b"Traceback" not in answer.body
    assert answer.header("content-security-policy")
    assert any(record.exc_info for record in caplog.records), "it was not noted"
    assert all(SECRET not in record.getMessage() for record in caplog.records)


def test_a_machine_is_refused_in_json_and_a_person_in_a_page(coop: Cooperative) -> None:
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        machine, person = get(port, "/api/nowhere"), get(port, "/cy/nowhere")
        assert (machine.status, person.status) == (404, 404)
        assert json.loads(machine.body)["error"] == "not-found"
        assert person.header("content-type") == "text/html; charset=utf-8"
        assert b'lang="cy"' in person.body


@pytest.mark.parametrize(("language", "words"), [("en", "too large"), ("cy", "rhy fawr")])
def test_a_form_that_is_too_large_is_answered_by_a_page_in_its_language(
    coop: Cooperative, language: str, words: str
) -> None:
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        answer = post(port, f"/{language}/start", b"x" * 70_000)
    page = answer.body.decode()
    assert answer.status == 413
    assert f'<html lang="{language}">' in page
    assert words in page
    assert page.count("<h1>") == 1


def test_an_officers_roll_may_be_larger(coop: Cooperative) -> None:
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        answer = post(port, "/en/officer/roll", b"x" * 70_000)
    assert answer.status in (400, 401)  # nobody is signed in, but it was read


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_trustees_program_is_limited_as_a_sign_in_is(tmp_path: Path, method: str) -> None:
    cooperative = found(tmp_path / "data", sign_in_burst=2, sign_ins_per_minute=1)
    with serving(build_app(cooperative.service, assets=ASSETS)) as port:
        path = "/api/trustee" if method == "GET" else "/api/trustee/key"
        statuses = [send(port, method, path, b"").status for _ in range(3)]
    assert statuses == [403, 403, 429]
    cooperative.service.close()


def test_passphrases_cannot_be_tried_one_after_the_other(tmp_path: Path) -> None:
    cooperative = found(tmp_path / "data")
    with serving(build_app(cooperative.service, assets=ASSETS)) as port:
        act = "elections/11111111111111/certify"
        paths = [f"/en/officer/{act}", f"/cy/officer/{act}", f"/api/operator/{act}"]
        statuses = [post(port, paths[n % 3], b"").status for n in range(11)]
        assert 429 not in statuses[:10]
        assert statuses[10] == 429
        assert post(port, f"/en/officer/{act.replace('certify', 'close')}", b"").status != 429
        assert get(port, paths[0]).status == 401
    cooperative.service.close()


def test_a_whole_meeting_signs_in_from_one_address(coop: Cooperative) -> None:
    with serving(build_app(coop.service, assets=ASSETS)) as port:
        statuses = {post(port, "/en/start", b"code=x").status for _ in range(200)}
    assert statuses == {400}


def test_a_guess_does_not_wait_for_the_writer(coop: Cooperative) -> None:
    """Or guessing would hold up the ballots that wait to be written."""
    writing, done = threading.Event(), threading.Event()

    def hold(_session: Session) -> None:
        writing.set()
        done.wait(30)

    holder = threading.Thread(target=lambda: coop.service.store.write(hold))
    holder.start()
    try:
        assert writing.wait(10)
        with serving(build_app(coop.service, assets=ASSETS)) as port:
            answer = get(port, "/api/trustee", "Authorization: Bearer " + "0" * 64)
        assert answer.status == 403
    finally:
        done.set()
        holder.join()


def test_sign_in_is_limited_by_address(tmp_path: Path) -> None:
    cooperative = found(tmp_path / "data", sign_in_burst=2, sign_ins_per_minute=1)
    with serving(build_app(cooperative.service, assets=ASSETS)) as port:
        statuses = [post(port, "/en/start", b"code=x").status for _ in range(3)]
        assert statuses[2] == 429
        assert 429 not in statuses[:2]
        assert post(port, "/cy/start", b"code=x").status == 429, "a bucket for each language"
        assert get(port, "/en/start").status == 200
    cooperative.service.close()
