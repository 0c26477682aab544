"""The door: a link begins nothing by being opened, and a session belongs to one person."""

import pytest
from sqlmodel import Session, func, select

from tests.web.pages.desk import Page
from tests.web.pages.reader import Reader
from web.actions.open_election import open_election
from web.pages.sessions import read_cookie_key
from web.store.rows import SessionRow


def count_sessions(reader: Reader) -> int:
    with reader.coop.service.store.read() as session:
        return read_count(session)


def read_count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(SessionRow)).one()


@pytest.fixture
def opened(reader: Reader) -> Reader:
    reader.coop.announce()
    open_election(reader.coop.service, reader.coop.election, "It is time.")
    return reader


def test_opening_the_link_changes_nothing(opened: Reader) -> None:
    page = opened.open("/start")
    opened.open("/start")
    assert count_sessions(opened) == 0
    (form,) = [form for form in page.forms if "data-teg-start" in form]
    assert form["action"] == "/en/start"
    assert page.value("code") == ""
    assert "<noscript>" in page.html


def test_start_leads_to_her_votes(opened: Reader) -> None:
    answer = opened.start(opened.coop.credential("supported", 0))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/vote")
    assert opened.open("/vote").headings[0].startswith("Hello, Example Member")


def test_an_officers_link_leads_to_her_desk(opened: Reader) -> None:
    answer = opened.start(opened.coop.set_up.officer_link_secret)
    assert answer.headers["Location"] == "/en/officer"
    opened.open("/vote", 403)


@pytest.mark.parametrize(
    ("code", "status"),
    [("", 400), ("x", 400), ("A" * 64, 400), ("a" * 65, 400), ("a" * 64, 403)],
    ids=["none", "short", "capitals", "long", "nobody's"],
)
def test_a_code_that_is_nobodys_is_refused(opened: Reader, code: str, status: int) -> None:
    answer = opened.post("/start", code=code)
    assert answer.status_code == status
    Page(answer.text).check()
    assert count_sessions(opened) == 0
    opened.open("/vote", 401)


def test_a_form_without_its_token_is_stale(opened: Reader) -> None:
    opened.client.get("/en/start")
    for token in ({}, {"csrf_token": "made up"}):
        answer = opened.client.post("/en/start", data={"code": "a" * 64, **token})
        assert answer.status_code == 400
        assert "too old" in Page(answer.text).words


def test_a_token_of_another_browser_is_stale(opened: Reader) -> None:
    other = opened.app.test_client()
    token = Page(other.get("/en/start").text).forms[-1]["csrf"]
    opened.client.get("/en/start")
    answer = opened.client.post("/en/start", data={"code": "a" * 64, "csrf_token": token})
    assert answer.status_code == 400


def test_nobody_can_choose_anothers_session_beforehand(opened: Reader) -> None:
    fixed = "f" * 48
    opened.client.set_cookie("teg", fixed)
    answer = opened.start(opened.coop.credential("supported", 0))
    assert answer.status_code == 303
    thief = opened.app.test_client()
    thief.set_cookie("teg", fixed)
    assert thief.get("/en/vote").status_code == 401


def test_leaving_ends_the_session_on_the_server(opened: Reader) -> None:
    opened.start(opened.coop.credential("supported", 0))
    cookie = opened.client.get_cookie("teg")
    assert cookie is not None
    answer = opened.post("/leave")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/left")
    opened.open("/left")
    opened.open("/vote", 401)
    thief = opened.app.test_client()
    thief.set_cookie("teg", cookie.value)
    assert thief.get("/en/vote").status_code == 401


def test_a_second_person_on_the_same_browser_is_the_second_person(opened: Reader) -> None:
    opened.become(1)
    opened.become(4)
    assert "Example Member 4" in opened.open("/vote").words
    assert "Example Member 1" not in opened.open("/vote").words


def test_the_cookie_holds_an_id_and_is_out_of_reach_of_scripts(opened: Reader) -> None:
    answer = opened.start(opened.coop.credential("supported", 0))
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert len(cookie.partition("=")[2].partition(";")[0]) == 64


@pytest.mark.parametrize(
    ("asked", "language"),
    [("cy, en;q=0.5", "cy"), ("fr", "en"), ("", "en"), ("en-GB, cy;q=0.9", "en")],
)
def test_the_bare_address_leads_to_the_readers_language(
    reader: Reader, asked: str, language: str
) -> None:
    answer = reader.client.get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "led"),
    [("/en", "/en/"), ("/cy?a=b", "/cy/?a=b"), ("/", "/en/")],
    ids=["without a slash", "with a query", "bare"],
)
def test_a_redirect_never_leads_where_the_request_says_it_came_from(
    opened: Reader, asked: str, led: str
) -> None:
    """A host that the request names could be anybody's, and a cache would keep it."""
    answer = opened.client.get(asked, headers={"Host": "evil.example"})
    assert answer.headers["Location"] == led


def test_a_start_that_is_cut_off_leaves_no_empty_key(opened: Reader) -> None:
    """Under an empty key anybody could make the token of anybody's form."""
    service = opened.coop.service
    path = service.settings.data / "keys" / "pages"
    path.unlink()

    def cut_off(_length: int) -> bytes:
        raise KeyboardInterrupt

    random, service.random = service.random, cut_off
    with pytest.raises(KeyboardInterrupt):
        read_cookie_key(service)
    service.random = random
    key = read_cookie_key(service)
    assert len(key) == 32
    assert path.read_bytes() == key
    assert path.stat().st_mode & 0o777 == 0o600
