"""Preferences: the same ballots, whether they come as ranks or in order."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from voting.counting.preferences import Preferences, find_preferences, weigh_orders
from voting.counting.profile import Box, rank_options, weigh_boxes

OPTIONS = 5
SEED = "ab" * 32

orders = st.permutations(range(OPTIONS)).flatmap(
    lambda order: st.integers(1, OPTIONS).map(lambda length: bytes(order[:length]))
)
boxes = st.builds(
    Box,
    ballots=st.dictionaries(orders, st.integers(1, 9), max_size=6),
    weight=st.fractions(Fraction(1, 50), Fraction(3), max_denominator=60),
    is_protected=st.booleans(),
)


@given(st.lists(boxes, max_size=3))
def test_ranks_and_orders_give_the_same(given_: list[Box]) -> None:
    ranked = [
        Box(
            {rank_options(order, OPTIONS): number for order, number in box.ballots.items()},
            box.weight,
            box.is_protected,
        )
        for box in given_
    ]
    found = find_preferences(weigh_boxes(OPTIONS, ranked, SEED))
    assert found == weigh_orders(OPTIONS, given_, SEED)
    assert found.weight == sum((b.weight * sum(b.ballots.values()) for b in given_), Fraction())


def test_orders_stay_as_they_are() -> None:
    ballots = Preferences(2, (b"\0\1", b"\1"), (3, 4), (3, 0), 5, SEED)
    assert find_preferences(ballots) is ballots
    assert ballots.weight == Fraction(7, 5)
