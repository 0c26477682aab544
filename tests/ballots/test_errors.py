"""Errors: they come back from a worker process as they were, and say what was wrong."""

import pickle
from collections.abc import Iterator

import pytest

from ballots import errors
from ballots.errors import BallotError, ResultError


def _leaves(base: type[BallotError]) -> Iterator[type[BallotError]]:
    for leaf in base.__subclasses__():
        if leaf.__subclasses__():
            yield from _leaves(leaf)
        else:
            yield leaf


def test_there_are_leaves_and_each_is_named_and_told() -> None:
    leaves = list(_leaves(BallotError))
    assert len(leaves) > 30
    for leaf in leaves:
        assert leaf.__name__.endswith("Error")
        assert leaf.__module__ == errors.__name__
        assert str(leaf())


@pytest.mark.parametrize("leaf", list(_leaves(BallotError)), ids=lambda leaf: leaf.__name__)
def test_an_error_survives_the_way_from_a_worker(leaf: type[BallotError]) -> None:
    error = leaf("expected", ("found", 1))
    error.ballot = "00" * 32
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is leaf
    assert (back.args, back.ballot, str(back)) == (error.args, error.ballot, str(error))


def test_the_text_is_the_fact_with_its_values() -> None:
    assert str(ResultError(0, 2)) == "A published count or ballot is not what the shares open: 0, 2"
    assert len(str(ResultError("x" * 10_000))) < 300
