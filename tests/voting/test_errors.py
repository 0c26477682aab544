"""Errors say what is wrong, with the values at fault."""

from fractions import Fraction

from voting import errors
from voting.charter import errors as charter_errors
from voting.errors import VotingError


def test_the_message_is_the_fact_and_its_values() -> None:
    error = charter_errors.ProtectedShareError("supported", Fraction(1, 2))
    assert str(error) == (
        "A college is called protected, but its share is not more than half: supported, 1/2"
    )
    assert str(charter_errors.EasySpecialError()) == (
        "A special motion would be easier to pass than an ordinary one"
    )


def test_every_leaf_is_a_voting_error_with_a_sentence() -> None:
    found = {**vars(errors), **vars(charter_errors)}
    leaves = [value for name, value in found.items() if name.endswith("Error")]
    assert len(leaves) > 20
    for leaf in leaves:
        assert issubclass(leaf, VotingError)
        assert (leaf.__doc__ or "").splitlines()[0].endswith(".")
