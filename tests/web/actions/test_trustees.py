"""Trustees' keys and shares: proved, fresh, taken once."""

import json
import threading

import pytest

from audit.entries import ResultEntry, parse_entry
from ballots.errors import (
    DecryptionProofError,
    FormError,
    SecondProofBindingError,
    SecondProofError,
)
from ballots.trustees import make_private_key, make_public_key
from tests.web.actions.acts import ACTS, log_of
from tests.web.cooperative import (
    Cooperative,
)
from voting.errors import LimitError, TrusteesNeededError
from web.actions.appoint_trustees import appoint_trustees, give_trustee_key
from web.actions.give_share import give_share
from web.actions.start_tally import start_tally
from web.errors import (
    ShareGivenError,
    SmallBoxError,
    TallyNotStartedError,
    TooFewTrusteesError,
    TrusteeKeyGivenError,
    TrusteeKeySeenError,
    WrongBoxesError,
)
from web.views import election_view


def test_a_trustee_key_is_taken_once_and_never_from_two(coop: Cooperative) -> None:
    coop.write_draft()
    one, two = appoint_trustees(
        coop.service, coop.election, [("A", "a@b.example"), ("B", "b@b.example")]
    )
    random = coop.service.random
    private = make_private_key(random)
    key = make_public_key(private, random)
    give_trustee_key(coop.service, one.id, key)
    give_trustee_key(coop.service, one.id, key)
    with pytest.raises(TrusteeKeySeenError):
        give_trustee_key(coop.service, two.id, make_public_key(private, random))
    with pytest.raises(TrusteeKeyGivenError):
        give_trustee_key(coop.service, one.id, make_public_key(make_private_key(random), random))
    first, second = election_view(coop.service, coop.election).trustees
    assert (first.has_key, second.has_key) == (True, False)


def test_a_key_of_an_earlier_election_is_refused(coop: Cooperative) -> None:
    coop.write_draft()
    coop.appoint()
    _, private = coop.trustees[0]
    coop.write_draft()
    (one, _) = appoint_trustees(
        coop.service, coop.election, [("A", "a@b.example"), ("B", "b@b.example")]
    )
    with pytest.raises(TrusteeKeySeenError):
        give_trustee_key(coop.service, one.id, make_public_key(private, coop.service.random))


@pytest.mark.parametrize("raw", [b"", b"{}", b'"123"', b'{"public_key":"00"}'])
def test_what_is_no_trustee_key_is_refused_by_name(coop: Cooperative, raw: bytes) -> None:
    coop.write_draft()
    (one, _) = appoint_trustees(
        coop.service, coop.election, [("A", "a@b.example"), ("B", "b@b.example")]
    )
    with pytest.raises(FormError):
        give_trustee_key(coop.service, one.id, raw)


@pytest.mark.parametrize(
    ("count", "needed", "expected"),
    [(2, None, 2), (2, 2, 2), (3, None, 2), (3, 3, 3), (4, None, 3), (5, None, 3), (20, 2, 2)],
)
def test_how_many_are_needed_is_said_or_more_than_half(
    coop: Cooperative, count: int, needed: int | None, expected: int
) -> None:
    coop.write_draft()
    people = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in range(count)]
    appoint_trustees(coop.service, coop.election, people, needed)
    view = election_view(coop.service, coop.election)
    assert (len(view.trustees), view.trustees_needed) == (count, expected)
    assert view.trustees[0].step == ("key" if expected == count else "certificate")


@pytest.mark.parametrize("needed", [-1, 0, 1, 4])
def test_so_many_cannot_be_needed(coop: Cooperative, needed: int) -> None:
    coop.write_draft()
    coop.appoint()
    before = election_view(coop.service, coop.election)
    people = [(f"Example Trustee {n}", f"trustee{n}@people.example") for n in range(3)]
    with pytest.raises(TrusteesNeededError):
        appoint_trustees(coop.service, coop.election, people, needed)
    with pytest.raises(LimitError):
        appoint_trustees(coop.service, coop.election, people * 7, 2)
    assert election_view(coop.service, coop.election) == before


def test_one_trustee_is_too_few(coop: Cooperative) -> None:
    coop.write_draft()
    with pytest.raises(TooFewTrusteesError):
        appoint_trustees(coop.service, coop.election, [("A", "a@b.example")])


def test_a_box_with_few_voters_stays_shut_unless_the_rules_say_so(coop: Cooperative) -> None:
    coop.write_draft(open_small_boxes=False)
    coop.appoint()
    coop.announce()
    ACTS["open"](coop)
    coop.vote("supported", 0, "for")
    coop.close()
    before = log_of(coop)
    with pytest.raises(SmallBoxError) as refused:
        start_tally(coop.service, coop.election)
    assert refused.value.colleges == ("supported",)
    assert log_of(coop) == before


def test_a_share_is_taken_only_while_a_tally_waits(open_coop: Cooperative) -> None:
    coop = open_coop
    coop.vote("supported", 0, "for")
    with pytest.raises(TallyNotStartedError):
        give_share(coop.service, coop.trustees[0][0], {})


def bend_response(proofs: bytes) -> bytes:
    """Second proofs of which the first response is one too many."""
    value = json.loads(proofs)
    proof = value["proofs"][0][0]
    proof["response"] = str(int(proof["response"]) + 1)
    return json.dumps(value, separators=(",", ":")).encode()


def test_shares_are_verified_with_both_proofs_before_they_are_kept(
    open_coop: Cooperative,
) -> None:
    coop = open_coop
    coop.vote("supported", 0, "for")
    coop.close()
    start_tally(coop.service, coop.election)
    mine, other = coop.share(0), coop.share(1)
    trustee = coop.trustees[0][0]
    box = coop.box("supported")
    before = log_of(coop)
    bent: list[tuple[dict[str, tuple[bytes, bytes]], type[Exception]]] = [
        ({}, WrongBoxesError),
        ({**mine, "1" * 14: mine[box]}, WrongBoxesError),
        ({**mine, box: (other[box][0], mine[box][1])}, DecryptionProofError),
        ({**mine, box: (mine[box][0], other[box][1])}, SecondProofBindingError),
        ({**mine, box: (mine[box][0], mine[coop.box("employee")][1])}, SecondProofBindingError),
        ({**mine, box: (mine[box][0], bend_response(mine[box][1]))}, SecondProofError),
        ({**mine, box: (b"{}", mine[box][1])}, FormError),
        (other, DecryptionProofError),
    ]
    for shares, error in bent:
        with pytest.raises(error):
            give_share(coop.service, trustee, shares)
    assert log_of(coop) == before


def test_giving_the_same_share_again_is_fine_and_another_is_not(open_coop: Cooperative) -> None:
    coop = open_coop
    coop.vote("supported", 0, "for")
    coop.close()
    start_tally(coop.service, coop.election)
    trustee, share = coop.trustees[0][0], coop.share(0)
    taken = give_share(coop.service, trustee, share)
    assert (taken.given, taken.needed, taken.tallied) == (1, 2, False)
    size = len(log_of(coop))
    assert give_share(coop.service, trustee, share) == taken
    with pytest.raises(ShareGivenError):
        give_share(coop.service, trustee, coop.share(0))
    assert len(log_of(coop)) == size
    assert election_view(coop.service, coop.election).state == "closed"
    last = coop.give(1)
    assert (last.given, last.needed, last.tallied) == (2, 2, True)
    assert election_view(coop.service, coop.election).state == "tallied"


@pytest.mark.parametrize("able", [(0, 1), (2, 0), (1, 2)], ids=str)
def test_a_lost_trustee_does_not_stop_the_tally(coop: Cooperative, able: tuple[int, int]) -> None:
    coop.open(together=True)
    coop.vote("supported", 0, "for")
    coop.close()
    start_tally(coop.service, coop.election)
    first, second = able
    taken = coop.give(first)
    assert (taken.given, taken.needed, taken.tallied) == (1, 2, False)
    lost = next(place for place in range(3) if place not in able)
    late = coop.share(lost)
    taken = coop.give(second)
    assert (taken.given, taken.needed, taken.tallied) == (2, 2, True)
    view = election_view(coop.service, coop.election)
    assert view.state == "tallied"
    assert [one.has_shared for one in view.trustees] == [place in able for place in range(3)]
    # She comes too late to be needed; it is open already.
    before = log_of(coop)
    with pytest.raises(TallyNotStartedError):
        give_share(coop.service, coop.trustees[lost][0], late)
    assert log_of(coop) == before


def test_a_share_is_made_with_her_own_part_of_the_key(coop: Cooperative) -> None:
    coop.open(together=True)
    coop.vote("supported", 0, "for")
    coop.close()
    start_tally(coop.service, coop.election)
    before = log_of(coop)
    with pytest.raises(DecryptionProofError):
        give_share(coop.service, coop.trustees[0][0], coop.share(1))
    assert log_of(coop) == before
    assert coop.give(0).given == 1


def test_all_shares_at_once_open_it_once(coop: Cooperative) -> None:
    coop.open(together=True)
    coop.vote("supported", 0, "for")
    coop.close()
    start_tally(coop.service, coop.election)
    shares = [coop.share(place) for place in range(3)]
    start = threading.Barrier(3)
    outcomes: list[object] = []

    def act(place: int) -> None:
        start.wait()
        try:
            taken = give_share(coop.service, coop.trustees[place][0], shares[place])
            outcomes.append(taken.tallied)
        except TallyNotStartedError:
            outcomes.append("late")

    threads = [threading.Thread(target=act, args=(place,)) for place in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["False", "True", "late"]
    entries = [parse_entry(raw) for raw in log_of(coop)]
    assert sum(isinstance(entry, ResultEntry) for entry in entries) == 1
    assert election_view(coop.service, coop.election).state == "tallied"


def test_an_empty_election_is_counted_and_void(open_coop: Cooperative) -> None:
    open_coop.tally()
    view = election_view(open_coop.service, open_coop.election)
    assert view.results is not None
    assert view.results[0].outcome == "void"
