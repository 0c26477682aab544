"""Shuffles: of what is there, proved, once each, as many as are needed, then the opening."""

import json
import threading
from collections.abc import Iterator

import pytest
from sqlmodel import select

from audit.entries import ShuffleEntry, parse_entry
from ballots.archive import read_archive
from ballots.encoding import format_json
from ballots.errors import FormError, ShuffleProofError, WrongLengthError
from tests.web.actions.acts import ACTS, log_of
from tests.web.contests import MOTION, RANKED, SCORED
from tests.web.cooperative import Cooperative, found
from tests.web.trustees import TrusteePerson
from voting.errors import WrongStateError
from web.actions.give_share import give_share
from web.actions.give_shuffle import ShuffleTaken, give_shuffle
from web.actions.start_tally import start_tally
from web.errors import (
    ShuffleGivenError,
    SmallBoxError,
    StaleShuffleError,
    TallyNotStartedError,
    UnknownTrusteeError,
    WrongBoxesError,
    WrongStepError,
)
from web.record import fetch
from web.store.rows import MessageRow
from web.views import election_view

BALLOTS = ([[0, 1, 0], [1, 2, 3]], [[1, 0, 0], [0, 0, 0]], [[0, 0, 1], [2, 1, 0]])


def hold(coop: Cooperative) -> None:
    """A motion and a ranked contest, closed, the tally started."""
    coop.open(MOTION, RANKED, together=True)
    for place, ballot in enumerate(BALLOTS):
        coop.vote("supported", place, ballot)
    coop.close()
    start_tally(coop.service, coop.election)


@pytest.fixture
def sealed(coop: Cooperative) -> Cooperative:
    """Ballots that wait to be shuffled."""
    hold(coop)
    return coop


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cooperative]:
    """The same, where tests change nothing."""
    coop = found(tmp_path_factory.mktemp("shuffle") / "data")
    hold(coop)
    yield coop
    coop.service.close()


def steps(coop: Cooperative) -> list[str]:
    return [one.step for one in election_view(coop.service, coop.election).trustees]


def mails(coop: Cooperative, kind: str) -> list[str]:
    with coop.service.store.read() as session:
        rows = session.exec(select(MessageRow).where(MessageRow.kind == kind)).all()
        return [row.state for row in rows]


def test_two_of_three_shuffle_and_then_any_two_open(sealed: Cooperative) -> None:
    coop = sealed
    first, second, third = coop.people
    assert steps(coop) == ["shuffle"] * 3
    assert mails(coop, "trustee-shuffle") == ["waiting"] * 3
    assert third.give_shuffle() == ShuffleTaken(1, 2)
    assert steps(coop) == ["shuffle", "shuffle", "wait"]
    page = third.page
    assert (page.to_shuffle, page.has_shuffled, page.shuffles_given) == ((), True, 1)
    assert first.give_shuffle() == ShuffleTaken(2, 2)
    assert steps(coop) == ["open"] * 3
    assert second.page.to_shuffle == ()
    assert mails(coop, "trustee-shuffle") == ["cancelled"] * 3
    assert mails(coop, "trustee-open") == ["waiting"] * 3
    assert not coop.give(1).tallied
    assert coop.give(2).tallied
    assert steps(coop) == ["done"] * 3
    assert mails(coop, "trustee-open") == ["cancelled"] * 3


def test_each_starts_from_what_the_one_before_left(sealed: Cooperative) -> None:
    coop = sealed
    first, second, third = coop.people
    before = [box.encrypted_tally for box in first.page.to_shuffle]
    first.give_shuffle()
    between = [box.encrypted_tally for box in second.page.to_shuffle]
    second.give_shuffle()
    after = [box.encrypted_tally for box in third.page.boxes]
    for one, two, three in zip(before, between, after, strict=True):
        sums, ballots = zip(*(json.loads(each) for each in (one, two, three)), strict=True)
        # What is added up stays as it is; what is shuffled is sealed anew each time.
        assert sums[0] == sums[1] == sums[2]
        ciphertexts = [{each["alpha"] for each in stage} for stage in ballots]
        assert len(set().union(*ciphertexts)) == sum(map(len, ciphertexts))


def test_shuffles_are_logged_and_stand_in_the_archive_in_their_order(sealed: Cooperative) -> None:
    coop = sealed
    coop.people[2].give_shuffle()
    path = f"elections/{coop.election}/boxes/supported.bel"
    partly = fetch(coop.service, path)
    assert partly is not None
    archive = read_archive(partly.content)
    assert ([number for number, _ in archive.shuffles], archive.is_shuffled) == ([3], False)
    coop.people[0].give_shuffle()
    found_ = fetch(coop.service, path)
    assert found_ is not None
    assert found_.content.startswith(partly.content)
    archive = read_archive(found_.content)
    assert ([number for number, _ in archive.shuffles], archive.is_shuffled) == ([3, 1], True)
    entries = [parse_entry(raw) for raw in log_of(coop)]
    shuffles = [entry for entry in entries if isinstance(entry, ShuffleEntry)]
    assert [entry.trustee for entry in shuffles] == [3] * 3 + [1] * 3
    assert len({entry.box for entry in shuffles}) == 3


def test_the_same_again_is_fine_and_another_is_refused(sealed: Cooperative) -> None:
    coop = sealed
    person = coop.people[0]
    first, other = person.shuffle(), person.shuffle()
    taken = give_shuffle(coop.service, person.id, first)
    before = log_of(coop)
    assert give_shuffle(coop.service, person.id, first) == taken
    with pytest.raises(ShuffleGivenError):
        give_shuffle(coop.service, person.id, other)
    assert log_of(coop) == before


def test_a_shuffle_made_before_anothers_is_stale_and_she_may_shuffle_again(
    sealed: Cooperative,
) -> None:
    coop = sealed
    first, second, _ = coop.people
    early = second.shuffle()
    first.give_shuffle()
    before = log_of(coop)
    with pytest.raises(StaleShuffleError) as refused:
        give_shuffle(coop.service, second.id, early)
    assert refused.value.given == 1
    assert log_of(coop) == before
    second.give_shuffle()


def test_two_at_once_make_one_stale(sealed: Cooperative) -> None:
    coop = sealed
    people = coop.people[:2]
    made = [person.shuffle() for person in people]
    start = threading.Barrier(2)
    outcomes: list[object] = []

    def act(person: TrusteePerson, shuffles: dict[str, bytes]) -> None:
        start.wait()
        try:
            outcomes.append(give_shuffle(coop.service, person.id, shuffles))
        except StaleShuffleError as error:
            outcomes.append(error)

    threads = [
        threading.Thread(target=act, args=(person, shuffles))
        for person, shuffles in zip(people, made, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "ShuffleTaken",
        "StaleShuffleError",
    ]
    assert election_view(coop.service, coop.election).shuffles_given == 1


def bend(raw: bytes) -> bytes:
    """A shuffle of which two ballots changed places after the proof was made."""
    value = json.loads(raw)
    row = value["ciphertexts"][0]
    row[0], row[1] = row[1], row[0]
    return format_json(value)


def drop(raw: bytes) -> bytes:
    """A shuffle from which a ballot is missing."""
    value = json.loads(raw)
    value["ciphertexts"][0].pop()
    return format_json(value)


def test_what_is_not_proved_or_not_of_every_box_is_refused(steady: Cooperative) -> None:
    coop = steady
    person = coop.people[0]
    mine, other = person.shuffle(), coop.people[1].shuffle()
    box, empty = coop.box("supported"), coop.box("employee")
    before = log_of(coop)
    assert mine[box] != other[box]
    bent: list[tuple[dict[str, bytes], type[Exception]]] = [
        ({}, WrongBoxesError),
        ({box: mine[box]}, WrongBoxesError),
        ({**mine, "1" * 14: mine[box]}, WrongBoxesError),
        ({**mine, box: bend(mine[box])}, ShuffleProofError),
        ({**mine, box: drop(mine[box])}, WrongLengthError),
        ({**mine, box: mine[empty]}, WrongLengthError),
        ({**mine, box: b"{}"}, FormError),
        ({**mine, box: b""}, FormError),
        ({**mine, box: b"\xff"}, FormError),
        ({**mine, box: b"[" * 100_000}, FormError),
        ({**mine, box: mine[box] + b" "}, FormError),
    ]
    for shuffles, error in bent:
        with pytest.raises(error):
            give_shuffle(coop.service, person.id, shuffles)
    assert log_of(coop) == before
    assert steps(coop) == ["shuffle"] * 3


def test_nothing_is_opened_before_the_last_shuffle(steady: Cooperative) -> None:
    coop = steady
    assert coop.people[0].page.boxes == ()
    shares = {coop.box(college): (b"{}", b"{}") for college in ("supported", "employee")}
    with pytest.raises(WrongStepError) as refused:
        give_share(coop.service, coop.people[0].id, shares)
    assert refused.value.expected == "shuffle"


def test_enough_have_shuffled_is_said(sealed: Cooperative) -> None:
    coop = sealed
    late = coop.people[2].shuffle()
    coop.people[0].give_shuffle()
    coop.people[1].give_shuffle()
    with pytest.raises(WrongStepError) as refused:
        give_shuffle(coop.service, coop.people[2].id, late)
    assert refused.value.expected == "open"


def test_a_tally_of_sums_is_not_shuffled(coop: Cooperative) -> None:
    coop.open(together=True)
    coop.vote("supported", 0, "for")
    with pytest.raises(TallyNotStartedError):
        give_shuffle(coop.service, coop.people[0].id, {})
    coop.close()
    with pytest.raises(TallyNotStartedError):
        give_shuffle(coop.service, coop.people[0].id, {})
    start_tally(coop.service, coop.election)
    assert steps(coop) == ["open"] * 3
    assert mails(coop, "trustee-shuffle") == []
    with pytest.raises(WrongStepError) as refused:
        give_shuffle(coop.service, coop.people[0].id, {})
    assert refused.value.expected == "open"


def test_nobody_else_shuffles(steady: Cooperative) -> None:
    with pytest.raises(UnknownTrusteeError):
        give_shuffle(steady.service, 999, {})


def test_a_void_election_takes_no_shuffle(sealed: Cooperative) -> None:
    coop = sealed
    made = coop.people[0].shuffle()
    ACTS["void"](coop)
    with pytest.raises(TallyNotStartedError):
        give_shuffle(coop.service, coop.people[0].id, made)
    with pytest.raises(WrongStateError):
        start_tally(coop.service, coop.election)


def test_fewer_than_fifty_ballots_are_not_opened_one_by_one_unless_the_rules_say_so(
    coop: Cooperative,
) -> None:
    coop.write_draft(SCORED, open_small_boxes=False)
    coop.appoint()
    coop.announce()
    ACTS["open"](coop)
    for place in range(3):
        coop.vote("supported", place, [[1, 2, 3]])
    coop.close()
    with pytest.raises(SmallBoxError) as refused:
        start_tally(coop.service, coop.election)
    assert (refused.value.colleges, refused.value.least) == (("supported",), 50)
