"""Shuffles of whole tallies: one per question, in one form."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.errors import (
    BallotError,
    PointFormError,
    PointOutsideGroupError,
    ScalarFormError,
    ShuffleProofError,
    UnexpectedShuffleError,
    WeightedShuffleError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from ballots.mixing import shuffle_tally, shuffled_tally, take_shuffle, verify_shuffle
from ballots.tally import parse_encrypted_tally, tally_box
from tests.ballots.assembly import RANKED, VOTES, hold_election
from tests.ballots.box import MOTION, SMALL_ORDER, Edit, edit, few, open_box, seeded, some, text_of

HELD = hold_election()
ELECTION = HELD.election
BEFORE = HELD.tally.encrypted
RAW = HELD.shuffles[0][1]
HELD_TWICE = hold_election((RANKED, MOTION, RANKED), (((1, 2, 3), (0, 1, 0), (4, 5, 6)),) * 2)
TWICE = shuffle_tally(HELD_TWICE.election, HELD_TWICE.tally.encrypted, seeded(1))


def test_the_tally_lists_the_last_ballots_sorted_by_their_bytes() -> None:
    row = parse_encrypted_tally(ELECTION, BEFORE)[1]
    assert len(row) == len(VOTES)
    assert list(row) == sorted(row, key=lambda c: c.alpha + c.beta)
    # The bytes are those of RFC 8032: reversed hexadecimal.
    listed = [bytes.fromhex(c["alpha"])[::-1] for c in json.loads(BEFORE)[1]]
    assert listed == sorted(listed)


def test_only_what_is_to_be_shuffled_moves() -> None:
    before, after = json.loads(BEFORE), json.loads(shuffled_tally(ELECTION, BEFORE, RAW))
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1] == json.loads(RAW)["ciphertexts"][0]
    assert verify_shuffle(ELECTION, BEFORE, RAW) == parse_encrypted_tally(
        ELECTION, shuffled_tally(ELECTION, BEFORE, RAW)
    )


def test_a_verified_shuffle_is_taken_without_its_proof() -> None:
    assert take_shuffle(ELECTION, BEFORE, RAW) == shuffled_tally(ELECTION, BEFORE, RAW)
    assert take_shuffle(HELD_TWICE.election, HELD_TWICE.tally.encrypted, TWICE) == shuffled_tally(
        HELD_TWICE.election, HELD_TWICE.tally.encrypted, TWICE
    )


@few
@given(st.integers(0, 2), st.integers(0, 2**32))
def test_shuffles_of_any_size_are_verified(ballots: int, seed: int) -> None:
    held = hold_election((RANKED, MOTION, RANKED), ((((1, 2, 3)), (0, 1, 0), (4, 5, 6)),) * ballots)
    raw = shuffle_tally(held.election, held.mixed, seeded(seed))
    verify_shuffle(held.election, held.mixed, raw)


def test_a_shuffle_belongs_to_what_it_started_from() -> None:
    with pytest.raises(ShuffleProofError) as caught:
        verify_shuffle(ELECTION, HELD.mixed, RAW)
    assert caught.value.args[0] == 1


def test_a_motion_is_never_shuffled() -> None:
    opened = open_box()
    with pytest.raises(UnexpectedShuffleError):
        shuffle_tally(opened.box.election, opened.tally.encrypted, seeded(1))


def test_a_ballot_that_counts_twice_cannot_be_shuffled() -> None:
    class Vote:
        credential = "x"
        choices = parse_encrypted_tally(ELECTION, BEFORE)

    with pytest.raises(WeightedShuffleError) as caught:
        tally_box(ELECTION, [Vote()], {"x": 2, "y": 1})
    assert caught.value.args == ("x",)
    assert tally_box(ELECTION, [Vote()], {"x": 1, "y": 2}).total_weight == 1


def _proof(*path: Any) -> Edit:
    *way, last, value = path

    def change(shuffle: Any) -> None:
        part = shuffle["proofs"][0]
        for step in way:
            part = part[step]
        part[last] = value(part[last]) if callable(value) else value

    return change


SMALL = text_of(SMALL_ORDER["order-2"])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(lambda s: s.update(x=1), WrongFieldsError, id="extra"),
        pytest.param(lambda s: s["ciphertexts"].pop(), WrongLengthError, id="no-question"),
        pytest.param(lambda s: s["proofs"].append([]), WrongLengthError, id="proof-more"),
        pytest.param(lambda s: s["ciphertexts"][0].pop(), WrongLengthError, id="ballot-dropped"),
        pytest.param(lambda s: s["ciphertexts"][0].reverse(), ShuffleProofError, id="reordered"),
        pytest.param(
            lambda s: s["ciphertexts"][0][0].update(alpha=SMALL),
            PointOutsideGroupError,
            id="output-small-order",
        ),
        pytest.param(_proof(2, 0, SMALL), PointOutsideGroupError, id="permutation-small-order"),
        pytest.param(_proof(3, 0, SMALL), PointOutsideGroupError, id="chain-small-order"),
        pytest.param(_proof(0, 0, SMALL), ShuffleProofError, id="commitment-small-order"),
        pytest.param(_proof(0, 4, 0, SMALL), ShuffleProofError, id="chain-commitment-small-order"),
        pytest.param(_proof(0, 0, str.upper), PointFormError, id="upper-case"),
        pytest.param(_proof(1, 0, "00"), ScalarFormError, id="leading-zero"),
        pytest.param(_proof(0, 3, lambda t: t[:1]), WrongLengthError, id="t4-short"),
        pytest.param(_proof(0, 4, lambda t: t[:1]), WrongLengthError, id="chain-short"),
        pytest.param(_proof(1, 4, lambda t: t[:1]), WrongLengthError, id="responses-short"),
        pytest.param(_proof(1, 5, lambda t: [*t, "1"]), WrongLengthError, id="responses-long"),
        pytest.param(_proof(2, lambda t: t[:1]), WrongLengthError, id="permutation-short"),
        pytest.param(_proof(3, lambda t: t[:1]), WrongLengthError, id="c-hat-short"),
        pytest.param(_proof(1, lambda t: t[:5]), WrongLengthError, id="part-missing"),
        pytest.param(_proof(0, {}), WrongValueError, id="object"),
    ],
)
def test_a_bent_shuffle_is_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error):
        verify_shuffle(ELECTION, BEFORE, edit(RAW, change))


@some
@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_no_byte_of_a_shuffle_is_free(at: int, byte: int) -> None:
    raw = RAW[:at] + bytes([byte]) + RAW[at + 1 :]
    if raw != RAW:
        with pytest.raises(BallotError):
            verify_shuffle(ELECTION, BEFORE, raw)
