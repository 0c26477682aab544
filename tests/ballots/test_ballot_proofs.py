"""Ballots at the door: signed by their voter, but with a false proof."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.errors import BallotProofError
from ballots.group import ORDER
from tests.ballots.ballot_edits import BOX, CHOICE_0, OTHER, RAW, at, to
from tests.ballots.box import CHOICE, MOTION, Edit, accept, few, make_box, sign_again


def _bump(text: str) -> str:
    return str((int(text) + 1) % ORDER)


def _swap(items: list[Any]) -> list[Any]:
    return items[::-1]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param(
            at("answers", 0, "individual_proofs", 1, 0, "response")(_bump),
            (0, "individual", 1),
            id="individual-response",
        ),
        pytest.param(
            at("answers", 1, "individual_proofs", 2, 1, "challenge")(_bump),
            (1, "individual", 2),
            id="individual-challenge",
        ),
        pytest.param(
            at("answers", 0, "individual_proofs", 0)(_swap),
            (0, "individual", 0),
            id="swapped-branches",
        ),
        pytest.param(
            at("answers", 0, "individual_proofs")(_swap), (0, "individual", 0), id="swapped-proofs"
        ),
        pytest.param(at("answers", 0, "overall_proof")(_swap), (0, "overall", 0), id="overall"),
        pytest.param(
            at("answers", 1, "overall_proof", 2, "response")(_bump),
            (1, "overall", 0),
            id="overall-response",
        ),
        pytest.param(at("answers", 0, "blank_proof")(_swap), (0, "blank", 0), id="blank"),
        pytest.param(
            at("answers", 0, "blank_proof", 1, "challenge")(to("0")), (0, "blank", 0), id="zero"
        ),
        pytest.param(
            at("answers", 1, "choices")(_swap), (1, "individual", 0), id="swapped-choices"
        ),
        pytest.param(
            CHOICE_0(lambda c: {"alpha": c["beta"], "beta": c["alpha"]}),
            (0, "individual", 0),
            id="swapped-halves",
        ),
    ],
)
def test_a_signed_ballot_with_a_false_proof_is_refused(
    change: Edit, place: tuple[int, str, int]
) -> None:
    with pytest.raises(BallotProofError) as caught:
        accept(BOX, sign_again(BOX, 0, RAW, change))
    assert caught.value.args == place


def test_a_vote_that_counts_twice_is_refused() -> None:
    # Sealed by the book for a question with other bounds, then moved into this one.
    lax = make_box((replace(MOTION, max=2, min=2), CHOICE))
    assert lax.election.uuid == BOX.election.uuid
    two = json.loads(lax.seal(0, [[0, 1, 1], [1, 0, 1]]))

    def change(ballot: Any) -> None:
        ballot["answers"][0]["choices"] = two["answers"][0]["choices"]

    with pytest.raises(BallotProofError):
        accept(BOX, sign_again(BOX, 0, RAW, change))


@few
@given(st.integers(0, 2**16), st.integers(0, 2**16))
def test_no_scalar_or_point_is_free_to_change(choose: int, bump: int) -> None:
    # Signed again each time, so that a proof must notice.
    places: list[tuple[Any, Any]] = []

    def walk(thing: Any) -> None:
        for key, value in list(thing.items() if isinstance(thing, dict) else enumerate(thing)):
            if isinstance(value, str):
                places.append((thing, key))
            else:
                walk(value)

    def change(ballot: Any) -> None:
        walk(ballot["answers"])
        thing, key = places[choose % len(places)]
        if key in ("alpha", "beta"):
            thing[key] = json.loads(OTHER)["answers"][0]["choices"][bump % 3]["alpha"]
        else:
            thing[key] = str((int(thing[key]) + 1 + bump) % ORDER)

    with pytest.raises(BallotProofError):
        accept(BOX, sign_again(BOX, 0, RAW, change))
