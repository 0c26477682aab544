"""Acts: each move once, in its turn, with a public reason; a refusal changes nothing."""

import threading
from collections.abc import Callable
from typing import cast

import pytest
from sqlmodel import select

from audit.certificate import parse_certificate, verify_certificate
from audit.entries import ClosingEntry, OpeningEntry, VoidEntry, parse_entry
from audit.errors import AuditError
from tests.web.actions.acts import ACTS, ALLOWED, bring, log_of
from tests.web.cooperative import CLOSES, PASSPHRASE, Cooperative, import_csv, make_csv
from voting.canonical import parse_canonical
from voting.errors import WrongStateError
from web.actions.certify_election import certify_election
from web.actions.close_election import close_due_elections, close_election
from web.actions.open_election import open_election
from web.actions.void_election import void_election
from web.errors import (
    ClosingTimePassedError,
    MissingReasonError,
    ReasonTooLongError,
    TallyStartedError,
    WrongPassphraseError,
)
from web.record import fetch
from web.store.rows import MessageRow
from web.view_values import Act as ActName
from web.views import election_view, log_view


@pytest.mark.parametrize("state", ALLOWED)
def test_only_the_next_act_is_possible_and_the_others_change_nothing(
    coop: Cooperative, state: str
) -> None:
    bring(coop, state)
    assert election_view(coop.service, coop.election).state == state
    before = log_of(coop), election_view(coop.service, coop.election)
    for name in ACTS.keys() - ALLOWED[state]:
        with pytest.raises(WrongStateError):
            ACTS[name](coop)
    assert (log_of(coop), election_view(coop.service, coop.election)) == before


@pytest.mark.parametrize("name", ["announce", "open", "close", "tally", "certify"])
def test_twice_at_once_happens_once(coop: Cooperative, name: str) -> None:
    state = {"announce": "draft", "open": "announced", "close": "open", "tally": "closed"}
    bring(coop, state.get(name, "tallied"))
    outcomes: list[object] = []
    start = threading.Barrier(2)

    def act() -> None:
        start.wait()
        try:
            outcomes.append(ACTS[name](coop))
        except (WrongStateError, TallyStartedError) as error:
            outcomes.append(error)

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert len(outcomes) == 2
    acts = [reason.act for reason in election_view(coop.service, coop.election).reasons]
    assert acts.count(cast("ActName", name)) == 1


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("announced", lambda coop, why: open_election(coop.service, coop.election, why)),
        ("open", lambda coop, why: close_election(coop.service, coop.election, why)),
        ("open", lambda coop, why: void_election(coop.service, coop.election, why)),
        ("tallied", lambda c, why: certify_election(c.service, c.election, PASSPHRASE, why)),
    ],
    ids=["open", "close-early", "void", "certify"],
)
def test_an_irreversible_act_needs_a_public_reason(
    coop: Cooperative, state: str, act: Callable[[Cooperative, str], object]
) -> None:
    bring(coop, state)
    before = log_of(coop)
    for empty in ("", " \n\t", "\u200b\n\n\u00ad"):
        with pytest.raises(MissingReasonError):
            act(coop, empty)
    with pytest.raises(ReasonTooLongError):
        act(coop, "x" * 2001)
    assert log_of(coop) == before
    act(coop, "  A reason for all.  ")
    assert election_view(coop.service, coop.election).reasons[-1].text == "A reason for all."


def test_the_reason_is_an_object_of_the_public_record(open_coop: Cooperative) -> None:
    entry = parse_entry(log_of(open_coop)[-1])
    assert isinstance(entry, OpeningEntry)
    published = fetch(open_coop.service, f"objects/{entry.reason}")
    assert published is not None
    assert parse_canonical(published.content, limit=10_000) == {
        "v": 1,
        "reason": "It is time.",
        "second_officer": None,
    }


def test_an_act_is_published_at_once(open_coop: Cooperative) -> None:
    assert log_view(open_coop.service).size == len(log_of(open_coop))


def test_an_election_is_not_opened_after_its_closing_time(coop: Cooperative) -> None:
    bring(coop, "announced")
    coop.clock.now = CLOSES
    with pytest.raises(ClosingTimePassedError):
        open_election(coop.service, coop.election, "Late.")
    assert election_view(coop.service, coop.election).state == "announced"


def test_the_calendar_closes_at_the_closing_time(open_coop: Cooperative) -> None:
    coop = open_coop
    coop.clock.now = CLOSES - 1
    assert close_due_elections(coop.service) == ()
    coop.clock.now = CLOSES
    assert close_due_elections(coop.service) == (coop.election,)
    assert close_due_elections(coop.service) == ()
    entry = parse_entry(log_of(coop)[-1])
    assert isinstance(entry, ClosingEntry)
    assert entry.time == CLOSES
    assert [number for _, number in entry.ballots] == [0, 0, 0]


def test_a_void_election_sends_no_link_and_is_told_in_the_log(coop: Cooperative) -> None:
    bring(coop, "announced")
    ACTS["void"](coop)
    assert isinstance(parse_entry(log_of(coop)[-1]), VoidEntry)
    with coop.service.store.read() as session:
        rows = session.exec(select(MessageRow).where(MessageRow.election == coop.election)).all()
    assert rows
    assert all(row.state == "cancelled" and row.sealed is None for row in rows)


def test_the_certificate_is_signed_over_result_record_and_checkpoint(coop: Cooperative) -> None:
    bring(coop, "certified")
    raw = fetch(coop.service, f"elections/{coop.election}/certificate.json")
    assert raw is not None
    certificate = parse_certificate(raw.content)
    verify_certificate(certificate, coop.set_up.certifier)
    view = election_view(coop.service, coop.election)
    assert view.result_index is not None
    assert certificate.statement.size > view.result_index
    with pytest.raises(AuditError):
        verify_certificate(certificate, "00" * 32)


def test_a_wrong_passphrase_certifies_nothing(coop: Cooperative) -> None:
    bring(coop, "tallied")
    before = log_of(coop)
    for wrong in ("", "plainly made up word"):
        with pytest.raises(WrongPassphraseError):
            certify_election(coop.service, coop.election, wrong, "All was checked.")
    assert log_of(coop) == before


def test_a_new_roll_does_not_touch_an_announced_election(coop: Cooperative) -> None:
    bring(coop, "open")
    import_csv(coop.service, make_csv(["employee"]))
    coop.vote("supported", 2, "for")
    view = election_view(coop.service, coop.election)
    assert [box.members for box in view.boxes] == [3, 2, 1]
