"""A box chunk by chunk: the same sum, the same errors, and no more of it in memory."""

import io
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.archive import Archive, ArchiveBuilder, read_archive
from ballots.ballot import claim_credential, parse_ballot
from ballots.ballot_checks import BallotChecks, check_votes
from ballots.credentials import parse_credentials
from ballots.errors import BallotError, ChangedArchiveError, UnknownCredentialError
from ballots.halfway import Halfway, state_halfway
from ballots.tally import RunningTally, tally_box
from ballots.verification import verify_archive
from tests.ballots.assembly import hold_election
from tests.ballots.box import TIMESTAMP, Box, few, make_box, open_box, sign_again, some

OPENED = open_box()
BOX = OPENED.box
MIXED = hold_election()


def grow(box: Box, raws: list[bytes]) -> Archive:
    """A box that still runs."""
    builder = ArchiveBuilder(TIMESTAMP)
    builder.setup(box.election.raw, box.trustees, box.credentials)
    for raw in raws:
        builder.ballot(raw)
    return read_archive(builder.to_bytes())


def check(archive: Archive, earlier: Halfway | None = None, **options: Any) -> BallotChecks:
    credentials = parse_credentials(archive.credentials)
    checks = BallotChecks(archive, BOX.election, credentials, None, lambda *_: None)
    checks.verify(earlier, **options)
    return checks


# --- credentials at a glance ------------------------------------------------------------


def test_the_claim_is_the_credential() -> None:
    for election, raws in ((BOX.election, OPENED.ballots), (MIXED.election, MIXED.ballots)):
        for raw in raws:
            assert claim_credential(raw) == parse_ballot(election, raw).credential


@some
@given(st.integers(0, 300), st.integers(0, 255))
def test_no_ballot_is_parsed_with_another_credential_than_its_claim(at: int, byte: int) -> None:
    raw = OPENED.ballots[0]
    raw = raw[:at] + bytes([byte]) + raw[at + 1 :]
    claim = claim_credential(raw)
    try:
        assert parse_ballot(BOX.election, raw).credential == claim
    except BallotError:
        assert claim == "" or len(claim) == 64


# --- chunks -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_chunks_of_any_size_give_the_same_sum(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ballots.ballot_checks.CHUNK", size)
    for held in (OPENED, MIXED):
        assert verify_archive(read_archive(held.write())).counted == len({*held.ballots}) - 1


def test_a_chunk_ends_when_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ballots.ballot_checks.CHUNK_BYTES", 1)
    told: list[tuple[str, int, int]] = []
    verify_archive(read_archive(OPENED.write()), progress=lambda *step: told.append(step))
    assert [done for what, done, _ in told if what == "ballots"] == [0, 1, 2, 3]


def test_replaced_ballots_are_verified_and_not_added() -> None:
    votes = [(raw, int(at > 0)) for at, raw in enumerate(OPENED.ballots)]
    credentials, rows = check_votes((BOX.election.raw, votes))
    assert credentials == [claim_credential(raw) for raw in OPENED.ballots]
    tally = RunningTally(BOX.election)
    tally.merge(rows)
    weights = dict.fromkeys(credentials, 1)
    assert tally.finish(weights) == OPENED.tally


def test_a_changed_ballot_is_never_counted() -> None:
    raw = OPENED.write()
    stream = io.BytesIO(raw)
    archive = read_archive(stream)
    stream.seek(raw.index(OPENED.ballots[2]) + 300)
    stream.write(b"0")
    with pytest.raises(ChangedArchiveError):
        verify_archive(archive)


# --- from where another run stopped -----------------------------------------------------


def interrupt_after(count: int) -> Any:
    """Progress that ends a run once so many ballots are done."""

    def tell(what: str, done: int, _whole: int) -> None:
        if what == "ballots" and done >= count:
            raise KeyboardInterrupt

    return tell


def stop_after(archive: Archive, count: int) -> Halfway:
    kept: list[Halfway] = []
    with pytest.raises(KeyboardInterrupt):
        verify_archive(archive, progress=interrupt_after(count), keep=kept.append)
    assert kept[-1].verified >= count
    return kept[-1]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
@pytest.mark.parametrize("held", [OPENED, MIXED], ids=["sums", "shuffled"])
def test_a_second_run_verifies_the_rest_only(
    held: Any, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ballots.ballot_checks.CHUNK", 1)
    archive = read_archive(held.write())
    halfway = stop_after(archive, count)
    assert halfway.verified == count
    told: list[tuple[str, int]] = []
    summary = verify_archive(
        archive, earlier=halfway, progress=lambda what, done, _: told.append((what, done))
    )
    done = [number for what, number in told if what == "ballots"]
    assert done == list(range(count, len(held.ballots) + 1))
    assert "credentials" not in dict(told)
    assert summary.resumed == count
    whole = verify_archive(archive)
    assert (summary.result, summary.ballots, summary.counted) == (
        whole.result,
        whole.ballots,
        whole.counted,
    )


@few
@given(st.data())
def test_a_box_that_grew_meanwhile_has_the_right_sum(data: st.DataObject) -> None:
    """Voters vote again between two runs: what they replaced is taken out."""
    raws = [
        BOX.seal(voter, [[0, 1, 0]], seed)
        for seed, voter in enumerate(data.draw(st.lists(st.integers(0, 2), max_size=6)))
    ]
    sizes = sorted(data.draw(st.lists(st.integers(0, len(raws)), min_size=2, max_size=4)))
    kept: list[Halfway] = []
    for size in sizes:
        checks = check(grow(BOX, raws[:size]), kept[-1] if kept else None, keep=kept.append)
        expected = tally_box(BOX.election, [parse_ballot(BOX.election, r) for r in raws[:size]])
        assert checks.sums.finish(checks.weights) == expected
    for before, after in pairwise(kept):
        assert before.verified <= after.verified


def test_now_and_then_it_is_told_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ballots.ballot_checks.CHUNK", 1)
    monkeypatch.setattr("ballots.ballot_checks.KEPT_EVERY", 2)
    kept: list[Halfway] = []
    verify_archive(read_archive(OPENED.write()), keep=kept.append)
    assert [halfway.verified for halfway in kept] == [2, 3]


def test_what_went_wrong_is_kept_up_to_the_ballot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ballots.ballot_checks.CHUNK", 1)
    wrong = sign_again(BOX, 1, OPENED.ballots[0], lambda _: None)
    archive = grow(BOX, [OPENED.ballots[0], wrong])
    kept: list[Halfway] = []
    for earlier in (None, "kept"):
        with pytest.raises(BallotError) as caught:
            verify_archive(archive, keep=kept.append, earlier=kept[-1] if earlier else None)
        assert caught.value.ballot == archive.ballots.digests[1]
        assert kept[-1].verified == 1


def test_a_stranger_is_named_where_she_stands_after_going_on() -> None:
    stranger = make_box(voters=4).seal(3, [[0, 1, 0]])
    first = OPENED.ballots[0]
    kept: list[Halfway] = []
    check(grow(BOX, [first]), keep=kept.append)
    grown = grow(BOX, [first, stranger])
    with pytest.raises(UnknownCredentialError) as caught:
        check(grown, kept[-1])
    assert caught.value.ballot == grown.ballots.digests[1]


def test_the_state_of_nothing_is_that_of_an_untouched_box() -> None:
    archive = grow(BOX, [])
    kept: list[Halfway] = []
    check(archive, keep=kept.append)
    rows = RunningTally(BOX.election).rows
    assert kept == [state_halfway(archive, BOX.election, 0, rows)]
