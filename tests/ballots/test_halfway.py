"""How far a run came: good for the same box, perhaps grown, and for no other."""

from dataclasses import replace
from typing import Any

import pytest

from ballots.archive import read_archive
from ballots.halfway import Halfway, digest_setup, state_halfway
from ballots.tally import RunningTally
from ballots.verification import verify_archive
from tests.ballots.assembly import hold_election
from tests.ballots.box import make_box, open_box

OPENED = open_box()
ARCHIVE = read_archive(OPENED.write())
ELECTION = OPENED.box.election
MIXED = hold_election()


def halfway() -> Halfway:
    kept: list[Halfway] = []
    verify_archive(ARCHIVE, keep=kept.append)
    return kept[-1]


WHOLE = halfway()


def test_it_fits_the_box_it_was_made_of() -> None:
    assert WHOLE.fits(ARCHIVE, ELECTION)
    assert (WHOLE.verified, WHOLE.ballots, WHOLE.setup) == (3, 3, digest_setup(ARCHIVE))
    assert [len(row) for row in WHOLE.sums] == [3 * 64]


def test_sums_of_shuffled_ballots_are_not_kept() -> None:
    archive = read_archive(MIXED.write())
    made = state_halfway(archive, MIXED.election, 2, RunningTally(MIXED.election).rows)
    assert made.sums == ()
    assert made.fits(archive, MIXED.election)
    assert not replace(made, sums=(b"",)).fits(archive, MIXED.election)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"setup": "0" * 64}, id="setup"),
        pytest.param({"verified": 4}, id="more-than-there-were"),
        pytest.param({"verified": -1}, id="less-than-none"),
        pytest.param({"ballots": 4}, id="more-than-there-are"),
        pytest.param({"ballots": 2, "verified": 2}, id="digest-of-more"),
        pytest.param({"digest": "0" * 64}, id="digest"),
        pytest.param({"sums": ()}, id="no-sums"),
        pytest.param({"sums": (*WHOLE.sums, b"")}, id="one-more-sum"),
        pytest.param({"sums": (WHOLE.sums[0][:-64],)}, id="a-choice-less"),
    ],
)
def test_anything_else_does_not_fit_and_all_is_verified_anew(changed: dict[str, Any]) -> None:
    bent = replace(WHOLE, **changed)
    assert not bent.fits(ARCHIVE, ELECTION)
    assert verify_archive(ARCHIVE, earlier=bent).resumed == 0
    assert verify_archive(ARCHIVE, earlier=WHOLE).resumed == 3


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(open_box(make_box(seed=2)).write(), id="another-box"),
        pytest.param(OPENED.write(ballots=OPENED.ballots[::-1]), id="another-order"),
        pytest.param(OPENED.write(ballots=OPENED.ballots[:2]), id="a-ballot-less"),
        pytest.param(OPENED.write(trustees=b"[]"), id="other-trustees"),
    ],
)
def test_it_fits_no_other_box(raw: bytes) -> None:
    assert not WHOLE.fits(read_archive(raw), ELECTION)
