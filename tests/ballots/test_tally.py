"""Adding up: the last ballot of each credential, by weight, in any order."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.ballot import parse_ballot
from ballots.decryption import decrypt_share, open_tally, parse_box_result
from ballots.encoding import format_json, hex_digest
from ballots.errors import (
    BallotError,
    PointFormError,
    PointOutsideGroupError,
    UnknownCredentialError,
    WrongFieldsError,
    WrongLengthError,
)
from ballots.tally import parse_encrypted_tally, tally_box
from tests.ballots.box import (
    CHOICE,
    MOTION,
    SMALL_ORDER,
    Edit,
    edit,
    few,
    make_box,
    open_box,
    seeded,
    text_of,
)

BOX = make_box((MOTION, CHOICE), voters=3, trustees=1)
FOR, AGAINST, BLANK = [0, 1, 0], [0, 0, 1], [1, 0, 0]
VOTES = (FOR, AGAINST, BLANK)
BALLOTS = {
    (voter, vote): parse_ballot(BOX.election, BOX.seal(voter, [VOTES[vote], [vote == 0, 0, 1]]))
    for voter in range(3)
    for vote in range(3)
}


def _count(cast: list[tuple[int, int]], weights: list[int] | None = None) -> object:
    ballots = [BALLOTS[one] for one in cast]
    by_credential = None
    if weights is not None:
        publics = [BALLOTS[voter, 0].credential for voter in range(3)]
        by_credential = dict(zip(publics, weights, strict=True))
    tally = tally_box(BOX.election, ballots, by_credential)
    share = decrypt_share(BOX.election, tally.encrypted, BOX.private_keys[0], seeded(1))
    opened = open_tally(BOX.election, tally.encrypted, [share.decryption], tally.total_weight)
    assert json.loads(tally.sized) == {
        "num_tallied": tally.num_tallied,
        "total_weight": tally.total_weight,
        "encrypted_tally": hex_digest(tally.encrypted),
    }
    return parse_box_result(opened)[0], tally.num_tallied, tally.total_weight


def test_the_last_ballot_of_each_counts() -> None:
    assert _count([(0, 0), (1, 1), (0, 2)]) == ((1, 0, 1), 2, 2)


def test_an_empty_box_opens_to_zeros() -> None:
    assert _count([]) == ((0, 0, 0), 0, 0)


def test_weights_multiply() -> None:
    assert _count([(0, 0), (1, 1), (2, 0)], [5, 7, 11]) == ((0, 16, 7), 3, 23)


@few
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=5))
def test_nothing_is_lost_and_nothing_invented(cast: list[tuple[int, int]]) -> None:
    last = dict(cast)
    expected = [0, 0, 0]
    for vote in last.values():
        expected[VOTES[vote].index(1)] += 1
    assert _count(cast) == (tuple(expected), len(last), len(last))


@few
@given(st.permutations([(0, 0), (1, 1), (2, 2)]))
def test_order_of_voters_is_irrelevant(cast: list[tuple[int, int]]) -> None:
    ballots = [BALLOTS[one] for one in cast]
    one = tally_box(BOX.election, ballots)
    assert one == tally_box(BOX.election, ballots[::-1])


def test_a_stranger_has_no_weight() -> None:
    with pytest.raises(UnknownCredentialError):
        tally_box(BOX.election, [BALLOTS[0, 0]], {BALLOTS[1, 0].credential: 1})


def test_large_weights_are_written_as_text() -> None:
    tally = tally_box(BOX.election, [BALLOTS[0, 0]], {BALLOTS[0, 0].credential: 2**30})
    assert b'"total_weight":"1073741824"' in tally.sized


def test_an_encrypted_tally_is_read_as_written() -> None:
    opened = open_box()
    counts = parse_encrypted_tally(opened.box.election, opened.tally.encrypted)
    assert [len(row) for row in counts] == [3]


def _alpha(text: str) -> Edit:
    def change(tally: list[list[dict[str, str]]]) -> None:
        tally[0][0]["alpha"] = text

    return change


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(lambda t: t.append([]), WrongLengthError, id="extra-question"),
        pytest.param(lambda t: t[0].pop(), WrongLengthError, id="missing-choice"),
        pytest.param(lambda t: t[0][0].update(x=1), WrongFieldsError, id="extra-field"),
        pytest.param(_alpha("F" * 64), PointFormError, id="upper-case"),
        pytest.param(
            _alpha(text_of(SMALL_ORDER["order-8"])), PointOutsideGroupError, id="small-order"
        ),
    ],
)
def test_a_bent_tally_is_refused(change: Edit, error: type[BallotError]) -> None:
    opened = open_box()
    with pytest.raises(error):
        parse_encrypted_tally(opened.box.election, edit(opened.tally.encrypted, change))


def test_the_tally_of_an_empty_box_is_of_identities() -> None:
    one = "0" * 63 + "1"
    empty = tally_box(make_box().election, [])
    assert empty.encrypted == format_json([[{"alpha": one, "beta": one}] * 3])
