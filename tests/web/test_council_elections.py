"""Two ways to elect a council, from the draft to the certificate that anybody can verify.

Reserved seats: each college elects its own, and a seat without a candidate stays vacant. Or one
count of all ballots, weighed, of an odd number of seats.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import Session

from audit.entries import ClosingEntry, ShuffleEntry, parse_entry
from audit.record import FolderRecord
from audit.setup_checks import make_question
from audit.verifier import verify_record
from ballots.ballot import parse_ballot, verify_ballot
from ballots.election import AnyQuestion, Election
from ballots.errors import BallotError
from ballots.sealing import seal_ballot
from tests.conftest import Tool
from tests.voting.examples import make_choice
from tests.web.actions.acts import log_of
from tests.web.contests import MOTION
from tests.web.cooperative import (
    CHARTER,
    CLOSES,
    COMMUNITY,
    EMPLOYEE,
    PASSPHRASE,
    SUPPORTED,
    Cooperative,
    found,
)
from tests.web.trustees import make_shares
from voting.counting.option_result import OptionResult
from web.actions.cast_ballot import cast_ballot
from web.actions.certify_election import certify_election
from web.actions.close_election import close_due_elections, close_election
from web.actions.give_share import give_share
from web.actions.give_shuffle import give_shuffle
from web.actions.open_election import open_election
from web.actions.start_tally import start_tally
from web.actions.void_election import void_election
from web.boxes import find_box
from web.errors import SealedValueError, SmallBoxError, WrongBoxesError
from web.record import export_record, fetch
from web.store.load import load_election
from web.views import election_view

COUNCIL = replace(CHARTER, council={SUPPORTED: 4, EMPLOYEE: 1, COMMUNITY: 2})
MEMBERS = ["supported"] * 5 + ["employee"] * 4 + ["community"] * 3
OURS = make_choice("stv-exact", id="ours", seats=4, options=6, college=SUPPORTED)
THEIRS = make_choice("stv-scottish", id="theirs", seats=1, options=3, college=EMPLOYEE)
FRIENDS = make_choice("approval", id="friends", seats=2, options=1, college=COMMUNITY)
RESERVED = (OURS, THEIRS, MOTION, FRIENDS)
FOR, AGAINST = (0, 1, 0), (0, 0, 1)
COLLEGES = ("supported", "employee", "community")


@pytest.fixture
def coop(tmp_path: Path) -> Iterator[Cooperative]:
    """A co-operative with reserved seats on its council."""
    made = found(tmp_path / "data", colleges=MEMBERS, charter=COUNCIL)
    yield made
    made.service.close()


def vote(coop: Cooperative, college: str, *ballots: Sequence[Sequence[int]]) -> None:
    """Each member of a college casts one of these."""
    for place, ballot in enumerate(ballots):
        coop.vote(college, place, ballot)


def result_of(coop: Cooperative, contest: str) -> OptionResult:
    """The published result of a contest among options."""
    view = election_view(coop.service, coop.election)
    (result,) = [one for one in view.results or () if one.contest == contest]
    assert isinstance(result, OptionResult)
    return result


def elected(result: OptionResult) -> list[int]:
    return sorted(each.option for each in result.elected)


def certify(coop: Cooperative, record: Path, tool: Tool) -> None:
    """The record is verified by our program, and each box by the independent one."""
    certify_election(coop.service, coop.election, PASSPHRASE, "Every check was passed.")
    export_record(coop.service, record)
    (election,) = verify_record(FolderRecord(record)).elections
    assert election.certified
    for college in COLLEGES:
        archive = fetch(coop.service, f"elections/{coop.election}/boxes/{college}.bel")
        assert archive is not None
        folder = record.parent / f"box-{college}"
        folder.mkdir()
        (folder / f"{coop.box(college)}.bel").write_bytes(archive.content)
        said = tool("election", "verify", cwd=folder)
        assert said.returncode == 0, said.stderr
        assert "all checks passed" in said.stdout + said.stderr


@pytest.mark.peer
def test_each_college_elects_its_own_and_a_seat_without_a_candidate_stays_vacant(
    coop: Cooperative, tmp_path: Path, belenios_tool: Tool
) -> None:
    coop.open(*RESERVED, together=True)
    assert [
        (box.college, len(find_box(coop.service, box.uuid).parsed.questions))
        for box in election_view(coop.service, coop.election).boxes
    ] == [("supported", 2), ("employee", 2), ("community", 2)]
    vote(
        coop,
        "supported",
        [(0, 1, 2, 3, 4, 0), FOR],
        [(0, 1, 2, 3, 4, 0), FOR],
        [(0, 4, 1, 2, 3, 0), FOR],
        [(0, 4, 3, 2, 1, 0), AGAINST],
        [(0, 0, 0, 0, 0, 0), FOR],
    )
    vote(coop, "employee", *[[(0, 2, 1), AGAINST]] * 3, [(1, 2, 3), AGAINST])
    vote(coop, "community", [AGAINST, (0, 1)], [AGAINST, (1, 0)])
    coop.tally(1, 2)

    ours, theirs, friends = (result_of(coop, each) for each in ("ours", "theirs", "friends"))
    assert (elected(ours), ours.vacant) == ([2, 3, 4, 5], 0)
    assert (elected(theirs), theirs.vacant) == ([3], 0)
    # Two seats, one candidate: one seat is empty, and is nobody else's.
    assert (elected(friends), friends.seats, friends.vacant) == ([1], 2, 1)
    for result, college, cast in ((ours, SUPPORTED, 5), (theirs, EMPLOYEE, 4)):
        assert (result.scheme, result.college) == ("seats", college)
        # No other college has any part in it, and every ballot weighs 1.
        assert [(one.id, one.cast, one.weight) for one in result.colleges] == [
            (college, cast, Fraction(1))
        ]
    assert [one.id for one in friends.colleges] == [COMMUNITY]

    # Only boxes in which something is ranked were shuffled.
    shuffled = {
        entry.box for entry in map(parse_entry, log_of(coop)) if isinstance(entry, ShuffleEntry)
    }
    assert shuffled == {coop.box("supported"), coop.box("employee")}
    certify(coop, tmp_path / "record", belenios_tool)


@pytest.mark.peer
def test_one_weighted_count_of_three_seats_gives_two_to_people_who_agree(
    tmp_path: Path, belenios_tool: Tool
) -> None:
    coop = found(tmp_path / "data", colleges=MEMBERS)
    coop.open(make_choice("stv-exact", id="council", seats=3, options=5), together=True)
    # The three supported people who vote agree on 1 and 2; seven others agree on 3, 4 and 5.
    vote(coop, "supported", *[[(1, 2, 0, 0, 0)]] * 2, [(2, 1, 0, 0, 0)])
    vote(coop, "employee", *[[(0, 0, 1, 2, 3)]] * 4)
    vote(coop, "community", *[[(0, 0, 1, 2, 3)]] * 3)
    coop.tally(0, 2)
    result = result_of(coop, "council")
    assert (result.scheme, result.college, result.vacant) == ("turnout", None, 0)
    assert elected(result) == [1, 2, 3]
    certify(coop, tmp_path / "record", belenios_tool)
    coop.service.close()


# --- nobody answers what is asked of others ---------------------------------------------


def forge(
    coop: Cooperative,
    college: str,
    asked: tuple[AnyQuestion, ...],
    votes: Sequence[Sequence[int]],
) -> bytes:
    """A member's ballot, rightly sealed, on other questions than her box asks."""
    here = find_box(coop.service, coop.box(college)).parsed
    election = Election(here.uuid, here.name, here.description, here.public_key, asked)
    raw = seal_ballot(election, coop.credential(college, 0), votes, os.urandom)
    verify_ballot(election, parse_ballot(election, raw))
    return raw


def test_a_ballot_that_answers_what_its_box_does_not_ask_is_refused_at_the_door(
    coop: Cooperative,
) -> None:
    coop.open(*RESERVED, together=True)
    ours, theirs, motion = (make_question(each) for each in (OURS, THEIRS, MOTION))
    rank = (1, 2, 3, 4, 5, 6)
    for asked, votes in (
        ((ours, motion), [rank, FOR]),
        ((ours, theirs, motion), [rank, (1, 2, 3), FOR]),
        ((motion,), [FOR]),
    ):
        raw = forge(coop, "employee", asked, votes)
        with pytest.raises(BallotError):
            cast_ballot(coop.service, coop.box("employee"), raw)
        # And in the box where it is asked she has no credential.
        with pytest.raises(BallotError):
            cast_ballot(coop.service, coop.box("supported"), raw)
    assert [box.ballots for box in election_view(coop.service, coop.election).boxes] == [0, 0, 0]


def test_a_trustee_shuffles_the_boxes_that_are_shuffled_and_opens_all(coop: Cooperative) -> None:
    coop.open(*RESERVED, together=True)
    vote(coop, "supported", [(1, 2, 3, 4, 5, 6), FOR])
    vote(coop, "employee", [(1, 2, 3), FOR])
    vote(coop, "community", [FOR, (0, 1)])
    coop.close()
    start_tally(coop.service, coop.election)
    first = coop.people[0]
    made = first.shuffle()
    assert set(made) == {coop.box("supported"), coop.box("employee")}
    with pytest.raises(WrongBoxesError):
        give_shuffle(coop.service, first.id, {**made, coop.box("community"): b"{}"})
    with pytest.raises(WrongBoxesError):
        give_shuffle(coop.service, first.id, {coop.box("supported"): made[coop.box("supported")]})
    give_shuffle(coop.service, first.id, made)
    coop.people[1].give_shuffle()
    shares = make_shares(coop.service, *coop.trustees[0])
    assert set(shares) == {coop.box(college) for college in COLLEGES}
    give_share(coop.service, first.id, shares)


def test_a_box_is_small_by_what_its_own_college_is_asked(coop: Cooperative) -> None:
    ranked = make_choice("irv", id="friend", seats=1, options=2, college=COMMUNITY)
    for voters, refused in ((0, ()), (1, ("community",))):
        coop.write_draft(MOTION, ranked, open_small_boxes=False)
        coop.appoint()
        coop.announce()
        open_election(coop.service, coop.election, "It is time.")
        vote(coop, "supported", *[[FOR]] * 5)
        vote(coop, "community", *[[FOR, (1, 2)]] * voters)
        coop.close()
        if refused:
            # Five are enough for the motion's sum, and one is not for the ranks.
            with pytest.raises(SmallBoxError) as small:
                start_tally(coop.service, coop.election)
            assert (small.value.colleges, small.value.least) == (refused, 50)
        else:
            start_tally(coop.service, coop.election)


# --- the lot ----------------------------------------------------------------------------


def test_the_seed_of_lots_is_shown_when_voting_ends_and_not_before(coop: Cooperative) -> None:
    coop.open(*RESERVED, together=True)
    service = coop.service
    manifest = election_view(service, coop.election).manifest
    assert manifest is not None
    with service.store.read() as session:
        sealed = load_election(session, coop.election).lot_seed
    assert sealed is not None
    seed = service.vault.open(f"lot seed {coop.election}", sealed)
    assert sha256(seed).hexdigest() == manifest.lot
    assert seed not in sealed
    # Two employees are of two minds: a lot must fall.
    vote(coop, "employee", [(1, 0, 0), FOR], [(0, 1, 0), FOR])
    vote(coop, "supported", [(1, 2, 3, 4, 5, 6), FOR])
    vote(coop, "community", [FOR, (0, 1)])
    export_record(service, coop.folder / "before")
    shown = [path for path in (coop.folder / "before").rglob("*") if path.is_file()]
    assert shown
    assert not any(seed.hex().encode() in path.read_bytes() for path in shown)

    coop.tally(0, 1)
    (closing,) = [
        entry for entry in map(parse_entry, log_of(coop)) if isinstance(entry, ClosingEntry)
    ]
    assert closing.seed == seed.hex()
    theirs = result_of(coop, "theirs")
    assert theirs.seed == seed.hex()
    assert [tie.resolved_by for tie in theirs.ties] == ["lot"]


def test_a_seed_that_was_altered_is_not_shown(coop: Cooperative) -> None:
    coop.open(*RESERVED, together=True)

    def alter(session: Session) -> None:
        row = load_election(session, coop.election)
        assert row.lot_seed is not None
        row.lot_seed = bytes([row.lot_seed[0] ^ 1]) + row.lot_seed[1:]
        session.add(row)

    coop.service.store.write(alter)
    with pytest.raises(SealedValueError):
        coop.close()
    assert election_view(coop.service, coop.election).state == "open"


def test_the_seed_of_an_open_election_is_not_shown_by_closing_another(coop: Cooperative) -> None:
    coop.open(MOTION)
    first = coop.election
    coop.open(MOTION)
    second = coop.election

    def swap(session: Session) -> None:
        row = load_election(session, first)
        row.lot_seed = load_election(session, second).lot_seed
        session.add(row)

    coop.service.store.write(swap)
    with pytest.raises(SealedValueError):
        close_election(coop.service, first, "Everybody has voted.")
    # Nor does it keep the calendar from closing the others.
    coop.clock.now = CLOSES
    with pytest.raises(SealedValueError):
        close_due_elections(coop.service)
    assert election_view(coop.service, first).state == "open"
    assert election_view(coop.service, second).state == "closed"


def test_the_seed_of_an_election_that_was_called_off_is_kept_nowhere(coop: Cooperative) -> None:
    coop.open(MOTION)
    void_election(coop.service, coop.election, "A mistake in the text.")
    with coop.service.store.read() as session:
        assert load_election(session, coop.election).lot_seed is None
    assert not [
        entry for entry in map(parse_entry, log_of(coop)) if isinstance(entry, ClosingEntry)
    ]
