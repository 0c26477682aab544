"""Sign-in by personal link, and page sessions."""

import pytest
from sqlmodel import select

from ballots.credentials import make_credential, sign_in_code
from tests.web.cooperative import Cooperative
from web.actions.appoint_trustees import appoint_trustees
from web.actions.set_up import renew_officer_link
from web.actions.sign_in import (
    IDLE_SECONDS,
    LONGEST_SECONDS,
    forget_old_sessions,
    load_session,
    save_session,
    sign_in,
    sign_out,
    who_is,
)
from web.errors import UnknownCodeError, UnknownOfficerError
from web.store.rows import SessionRow, SignInCodeRow


def enter(coop: Cooperative, secret: str) -> str:
    return sign_in(coop.service, sign_in_code(secret)).session_token


def test_an_officer_signs_in_and_out(coop: Cooperative) -> None:
    token = enter(coop, coop.set_up.officer_link_secret)
    person = who_is(coop.service, token)
    assert person is not None
    assert (person.role, person.name, person.election) == ("officer", "Example Officer", None)
    sign_out(coop.service, token)
    sign_out(coop.service, token)
    assert who_is(coop.service, token) is None


@pytest.mark.parametrize("code", ["", "0" * 64, "not a code"])
def test_an_unknown_code_opens_nothing(coop: Cooperative, code: str) -> None:
    with pytest.raises(UnknownCodeError):
        sign_in(coop.service, code)


def test_the_secret_itself_is_no_code(coop: Cooperative) -> None:
    with pytest.raises(UnknownCodeError):
        sign_in(coop.service, coop.set_up.officer_link_secret)


def test_a_link_works_again_and_gives_another_session(coop: Cooperative) -> None:
    """A mail scanner that opened it cannot have used it up."""
    one, two = (enter(coop, coop.set_up.officer_link_secret) for _ in range(2))
    assert one != two
    sign_out(coop.service, one)
    assert who_is(coop.service, two) is not None


def test_a_renewed_link_ends_the_old_one_and_its_sessions(coop: Cooperative) -> None:
    old = coop.set_up.officer_link_secret
    token = enter(coop, old)
    new = renew_officer_link(coop.service, coop.set_up.officer_id)
    assert who_is(coop.service, token) is None
    with pytest.raises(UnknownCodeError):
        enter(coop, old)
    assert who_is(coop.service, enter(coop, new)) is not None
    with pytest.raises(UnknownOfficerError):
        renew_officer_link(coop.service, 99)


def test_a_replaced_trustee_is_out_and_nobody_inherits_her_session(coop: Cooperative) -> None:
    coop.write_draft()
    people = [("A", "a@people.example"), ("B", "b@people.example")]
    first, _ = appoint_trustees(coop.service, coop.election, people)
    token = enter(coop, first.link_secret)
    again, _ = appoint_trustees(coop.service, coop.election, people)
    assert who_is(coop.service, token) is None
    assert again.id != first.id
    with pytest.raises(UnknownCodeError):
        enter(coop, first.link_secret)


def test_neither_codes_nor_tokens_are_stored(coop: Cooperative) -> None:
    secret = coop.set_up.officer_link_secret
    token = enter(coop, secret)
    with coop.service.store.read() as session:
        codes = session.exec(select(SignInCodeRow.digest)).all()
        tokens = session.exec(select(SessionRow.digest)).all()
    assert sign_in_code(secret) not in codes
    assert token not in tokens
    assert {len(digest) for digest in (*codes, *tokens)} == {64}
    assert len(token) == 64


def test_a_session_ends_after_a_day_of_rest(coop: Cooperative) -> None:
    token = enter(coop, coop.set_up.officer_link_secret)
    coop.clock.now += IDLE_SECONDS
    assert who_is(coop.service, token) is not None
    coop.clock.now += IDLE_SECONDS
    assert who_is(coop.service, token) is not None
    coop.clock.now += IDLE_SECONDS + 1
    assert who_is(coop.service, token) is None


def test_a_session_ends_after_a_week_in_any_case(coop: Cooperative) -> None:
    token = enter(coop, coop.set_up.officer_link_secret)
    for _ in range(LONGEST_SECONDS // IDLE_SECONDS):
        coop.clock.now += IDLE_SECONDS
        assert who_is(coop.service, token) is not None
    coop.clock.now += 1
    assert who_is(coop.service, token) is None


def test_a_session_holds_a_pages_own_data(coop: Cooperative) -> None:
    token = enter(coop, coop.set_up.officer_link_secret)
    assert load_session(coop.service, token) == "{}"
    save_session(coop.service, token, '{"note":"made up"}')
    assert load_session(coop.service, token) == '{"note":"made up"}'
    assert load_session(coop.service, make_credential(coop.service.random)) is None
    save_session(coop.service, "nobody's", "{}")
    assert load_session(coop.service, "nobody's") is None
    with pytest.raises(ValueError, match="small"):
        save_session(coop.service, token, "x" * 20_000)


def test_old_sessions_are_forgotten(coop: Cooperative) -> None:
    enter(coop, coop.set_up.officer_link_secret)
    coop.clock.now += IDLE_SECONDS + 1
    kept = enter(coop, coop.set_up.officer_link_secret)
    forget_old_sessions(coop.service)
    with coop.service.store.read() as session:
        assert len(session.exec(select(SessionRow)).all()) == 1
    assert load_session(coop.service, kept) == "{}"
