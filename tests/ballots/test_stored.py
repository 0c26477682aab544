"""Ballots left in the archive: the same bytes whenever they are asked for, or a named error."""

import io
from hashlib import sha256

import pytest

from ballots.archive import read_archive
from ballots.errors import ChangedArchiveError
from ballots.stored import Digests, StoredBallots
from tests.ballots.box import make_box, open_box

OPENED = open_box()
RAW = OPENED.write()
DIGESTS = [sha256(raw).hexdigest() for raw in OPENED.ballots]


def stored() -> StoredBallots:
    return read_archive(RAW).ballots


def test_ballots_are_a_sequence_of_their_bytes() -> None:
    ballots = stored()
    assert tuple(ballots) == OPENED.ballots == ballots[:]
    assert (ballots[0], ballots[-1]) == (OPENED.ballots[0], OPENED.ballots[-1])
    assert ballots[1:] == OPENED.ballots[1:]
    with pytest.raises(IndexError):
        ballots[3]


def test_digests_are_a_sequence_of_texts() -> None:
    digests = stored().digests
    assert list(digests) == DIGESTS
    assert digests[-1] == DIGESTS[-1]
    assert list(digests[1:]) == DIGESTS[1:]
    assert (len(digests), DIGESTS[1] in digests) == (3, True)
    assert Digests() == digests[:0]
    with pytest.raises(IndexError):
        digests[3]


def test_the_same_ballots_in_the_same_order_are_equal() -> None:
    assert stored() == stored()
    assert hash(stored()) == hash(stored())
    other = read_archive(OPENED.write(ballots=OPENED.ballots[::-1])).ballots
    assert stored() != other
    assert stored() != tuple(OPENED.ballots)


def test_a_ballot_changed_behind_our_back_is_refused() -> None:
    stream = io.BytesIO(RAW)
    ballots = read_archive(stream).ballots
    place = RAW.index(OPENED.ballots[1])
    stream.seek(place + 5)
    stream.write(b"X")
    assert ballots[0] == OPENED.ballots[0]
    with pytest.raises(ChangedArchiveError) as caught:
        ballots[1]
    assert caught.value.args == (place,)
    stream.truncate(place)
    with pytest.raises(ChangedArchiveError):
        ballots[1]


def test_a_box_of_another_election_reads_as_its_own() -> None:
    other = open_box(make_box(seed=2))
    assert tuple(read_archive(other.write()).ballots) == other.ballots != OPENED.ballots
