"""The door: what is taken, what is refused, and that a refusal changes nothing."""

import json
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, col, select, text

from audit.entries import BallotEntry, parse_entry
from ballots.ballot import tracker
from ballots.credentials import make_credential
from ballots.election import Election
from ballots.errors import (
    BallotError,
    BallotProofError,
    BallotSignatureError,
    FormError,
    WrongElectionError,
    WrongFingerprintError,
)
from ballots.sealing import seal_ballot
from tests.web.cooperative import CLOSES, Cooperative
from tests.web.forging import forge_proof
from voting.manifest import manifest_digest
from web.actions.cast_ballot import cast_ballot
from web.actions.close_election import close_due_elections, close_election
from web.actions.find_ballot import find_ballot
from web.boxes import find_box
from web.errors import (
    BallotTooLargeError,
    CorruptRowError,
    ElectionNotOpenError,
    ReplayedBallotError,
    ServiceError,
    UnknownBoxError,
    UnknownCredentialError,
)
from web.store.rows import BallotRow, BoxRow, EntryRow
from web.views import election_view, member_view


def look(coop: Cooperative) -> tuple[object, ...]:
    """Everything that a refused ballot must leave as it is."""
    with coop.service.store.read() as session:
        ballots = session.exec(select(BallotRow).order_by(col(BallotRow.entry))).all()
        entries = session.exec(select(EntryRow.content).order_by(col(EntryRow.number))).all()
        boxes = session.exec(select(BoxRow).order_by(col(BoxRow.uuid))).all()
        return ([b.model_dump() for b in ballots], list(entries), [b.model_dump() for b in boxes])


def test_ballot_entry_and_box_are_written_together(open_coop: Cooperative) -> None:
    coop = open_coop
    raw = coop.seal("supported", 0, "for")
    receipt = cast_ballot(coop.service, coop.box("supported"), raw)
    assert receipt.tracker == tracker(raw)
    assert not receipt.repeated
    with coop.service.store.read() as session:
        row = session.get_one(BallotRow, receipt.log_index)
        entry = parse_entry(session.get_one(EntryRow, receipt.log_index).content)
        box = session.get_one(BoxRow, receipt.box)
    assert row.content == raw
    assert entry == BallotEntry(election=coop.election, box=receipt.box, ballot=row.digest)
    assert (box.ballots, box.voted) == (1, 1)


def test_the_last_ballot_of_a_credential_counts(open_coop: Cooperative) -> None:
    coop = open_coop
    receipts = [coop.vote("supported", 0, choice) for choice in ("for", "against", "blank")]
    found = [find_ballot(coop.service, receipt.tracker) for receipt in receipts]
    assert [ballot and ballot.counts for ballot in found] == [False, False, True]
    boxes = {box.college: box for box in election_view(coop.service, coop.election).boxes}
    assert [(box.voted, box.ballots) for box in boxes.values()] == [(1, 3), (0, 0), (0, 0)]


def test_a_repeat_of_the_newest_bytes_gets_the_same_receipt(open_coop: Cooperative) -> None:
    coop = open_coop
    raw = coop.seal("employee", 0, "for")
    first = cast_ballot(coop.service, coop.box("employee"), raw)
    before = look(coop)
    again = cast_ballot(coop.service, coop.box("employee"), raw)
    assert again.repeated
    assert (again.tracker, again.log_index) == (first.tracker, first.log_index)
    coop.close()
    after_closing = cast_ballot(coop.service, coop.box("employee"), raw)
    assert after_closing.log_index == first.log_index
    assert look(coop)[0] == before[0]


def test_a_replay_of_older_bytes_is_refused(open_coop: Cooperative) -> None:
    """Who recorded an old ballot cannot bring it back to life."""
    coop = open_coop
    old = coop.seal("employee", 0, "for")
    cast_ballot(coop.service, coop.box("employee"), old)
    coop.vote("employee", 0, "against")
    before = look(coop)
    with pytest.raises(ReplayedBallotError):
        cast_ballot(coop.service, coop.box("employee"), old)
    assert look(coop) == before


def with_field(raw: bytes, **changes: object) -> bytes:
    return json.dumps({**json.loads(raw), **changes}, separators=(",", ":")).encode()


def swap_signature(coop: Cooperative, raw: bytes) -> bytes:
    """Another ballot's proof under this ballot's hash."""
    mine, other = (
        json.loads(text)["signature"] for text in (raw, coop.seal("supported", 1, "for"))
    )
    return with_field(raw, signature={"hash": mine["hash"], "proof": other["proof"]})


def seal_by_stranger(coop: Cooperative, _: bytes) -> bytes:
    parsed = find_box(coop.service, coop.box("supported")).parsed
    return seal_ballot(parsed, make_credential(os.urandom), [[0, 1, 0]], os.urandom)


def seal_for_other_box(coop: Cooperative, _: bytes) -> bytes:
    return coop.seal("employee", 0, "for")


def seal_for_other_question(coop: Cooperative, _: bytes) -> bytes:
    real = find_box(coop.service, coop.box("supported")).parsed
    other = Election(real.uuid, "Another title", real.description, real.public_key, real.questions)
    return seal_ballot(other, coop.credential("supported", 0), [[0, 1, 0]], os.urandom)


Bend = Callable[[Cooperative, bytes], bytes]
REFUSALS: dict[str, tuple[Bend, type[Exception]]] = {
    "empty": (lambda _, __: b"", FormError),
    "not-json": (lambda _, __: b"{", FormError),
    "white-space": (lambda _, raw: raw + b"\n", FormError),
    "upper-case": (lambda _, raw: raw.replace(b'"credential":"', b'"CREDENTIAL":"'), FormError),
    "extra-field": (lambda _, raw: raw[:-1] + b',"x":1}', FormError),
    "deep": (lambda _, __: b"[" * 60_000, FormError),
    "too-large": (lambda _, raw: raw + b" " * 80_000, BallotTooLargeError),
    "other-box": (seal_for_other_box, WrongElectionError),
    "other-question": (seal_for_other_question, WrongFingerprintError),
    "stranger": (seal_by_stranger, UnknownCredentialError),
    "wrong-signature": (swap_signature, BallotSignatureError),
}


@pytest.mark.parametrize(("bend", "error"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_bent_ballot_is_refused_and_nothing_changes(
    steady_coop: Cooperative, bend: Bend, error: type[Exception]
) -> None:
    coop = steady_coop
    bent = bend(coop, coop.seal("supported", 0, "for"))
    before = look(coop)
    with pytest.raises(error) as refused:
        cast_ballot(coop.service, coop.box("supported"), bent)
    assert isinstance(refused.value, ServiceError | BallotError)
    assert look(coop) == before


def test_a_ballot_whose_proof_is_another_ballots_is_refused(open_coop: Cooperative) -> None:
    coop = open_coop
    with pytest.raises(BallotProofError):
        cast_ballot(coop.service, coop.box("supported"), forge_proof(coop))


def test_an_unknown_box_is_named(open_coop: Cooperative) -> None:
    with pytest.raises(UnknownBoxError):
        cast_ballot(open_coop.service, "1" * 14, b"{}")


def test_before_opening_and_after_closing_nothing_is_taken(coop: Cooperative) -> None:
    coop.write_draft()
    coop.appoint()
    coop.announce()
    before = look(coop)
    with pytest.raises(ElectionNotOpenError) as early:
        coop.vote("supported", 0, "for")
    assert early.value.state == "announced"
    assert look(coop) == before


def test_a_ballot_of_the_closing_second_is_late(open_coop: Cooperative) -> None:
    coop = open_coop
    in_time, late = coop.seal("supported", 0, "for"), coop.seal("supported", 1, "for")
    coop.clock.now = CLOSES - 1
    cast_ballot(coop.service, coop.box("supported"), in_time)
    coop.clock.now = CLOSES
    with pytest.raises(ElectionNotOpenError) as refused:
        cast_ballot(coop.service, coop.box("supported"), late)
    assert refused.value.state == "closed"


def test_a_request_complete_in_time_counts_though_it_is_checked_late(
    open_coop: Cooperative,
) -> None:
    """The calendar waits for those who came before the closing second."""
    coop, service = open_coop, open_coop.service
    raw = coop.seal("supported", 0, "for")
    coop.clock.now = CLOSES - 1
    with service.door.arrive() as arrival:
        coop.clock.now = CLOSES + 5
        closing = threading.Thread(target=close_due_elections, args=(service,))
        closing.start()
        closing.join(0.2)
        assert closing.is_alive()
        assert not cast_ballot(service, coop.box("supported"), raw, arrival=arrival).repeated
    closing.join(10)
    assert election_view(service, coop.election).state == "closed"


def test_while_the_door_shuts_nobody_new_comes_in(open_coop: Cooperative) -> None:
    coop, service = open_coop, open_coop.service
    early, late = coop.seal("supported", 0, "for"), coop.seal("supported", 1, "for")
    with service.door.arrive() as arrival:
        closing = threading.Thread(
            target=close_election, args=(service, coop.election, "All have voted.")
        )
        closing.start()
        while not service.door._shut:
            closing.join(0.01)
        with pytest.raises(ElectionNotOpenError):
            cast_ballot(service, coop.box("supported"), late)
        cast_ballot(service, coop.box("supported"), early, arrival=arrival)
    closing.join(10)
    (box, *_) = election_view(service, coop.election).boxes
    assert box.ballots == 1


def test_many_at_once_are_all_in_the_box_once(open_coop: Cooperative) -> None:
    """Two tabs and a double click: every accepted ballot stands there exactly once."""
    coop, service = open_coop, open_coop.service
    ballots = [
        (college, coop.seal(college, place, choice))
        for college, place in [("supported", 0), ("supported", 1), ("employee", 0)]
        for choice in ("for", "against")
    ]
    with ThreadPoolExecutor(6) as pool:
        cast = [
            pool.submit(cast_ballot, service, coop.box(college), raw)
            for college, raw in ballots * 2
        ]
    failed = [error for future in cast if (error := future.exception())]
    assert all(isinstance(error, ReplayedBallotError) for error in failed)
    accepted = [future.result() for future in cast if not future.exception()]
    assert len({receipt.tracker for receipt in accepted}) == 6
    with service.store.read() as session:
        assert sorted(session.exec(select(BallotRow.content)).all()) == sorted(
            raw for _, raw in ballots
        )
    boxes = election_view(service, coop.election).boxes
    assert [(box.voted, box.ballots) for box in boxes] == [(2, 4), (1, 2), (0, 0)]


def test_bytes_that_change_on_the_way_to_the_disk_are_not_acknowledged(
    open_coop: Cooperative,
) -> None:
    coop = open_coop
    trigger = (
        "CREATE TRIGGER rot AFTER INSERT ON ballot BEGIN "
        "UPDATE ballot SET content = x'00' WHERE entry = NEW.entry; END"
    )

    def write(session: Session) -> None:
        session.exec(text(trigger))  # type: ignore[call-overload]

    coop.service.store.write(write)
    before = look(coop)
    with pytest.raises(CorruptRowError):
        coop.vote("supported", 0, "for")
    assert look(coop) == before


def test_the_log_says_nothing_about_the_member(open_coop: Cooperative) -> None:
    coop = open_coop
    receipt = coop.vote("supported", 0, "for")
    with coop.service.store.read() as session:
        content = session.get_one(EntryRow, receipt.log_index).content
    assert list(json.loads(content)) == ["v", "type", "election", "box", "ballot"]
    with coop.service.store.read() as session:
        log = b"".join(session.exec(select(EntryRow.content)).all()).decode()
    for secret in ("Example", "@", coop.public("supported", 0), coop.credential("supported", 0)):
        assert secret not in log


def test_a_member_finds_her_own_tracker(open_coop: Cooperative) -> None:
    coop, service = open_coop, open_coop.service
    trackers = {
        coop.public(college, place): coop.vote(college, place, "for").tracker
        for college, place in [("supported", 0), ("employee", 1)]
    }
    views = [member_view(service, member, coop.election) for member in range(1, 7)]
    assert sum(view.last_tracker is not None for view in views) == 2
    for view in views:
        assert view.last_tracker == trackers.get(view.public_credential)
        assert view.ballots_sent == (view.last_tracker is not None)


def test_no_other_name_that_is_known_stands_for_a_box(open_coop: Cooperative) -> None:
    """The digest of a manifest is kept in the same memory as the boxes."""
    coop = open_coop
    view = election_view(coop.service, coop.election)
    assert view.manifest is not None
    with pytest.raises(UnknownBoxError):
        cast_ballot(coop.service, manifest_digest(view.manifest), b"{}")
