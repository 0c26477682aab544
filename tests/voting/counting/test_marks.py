"""Plurality, block vote, approval and score: by hand, and what they do not promise."""

from fractions import Fraction

import pytest

from tests.voting.counting.profiles import names, numbered, totals
from voting.counting.approval import count_approval
from voting.counting.block import count_block
from voting.counting.plurality import count_plurality
from voting.counting.profile import Marks, Pile, add_marks, make_profile
from voting.counting.score import count_score


def marks(*given: str, protected: tuple[int, ...] = ()) -> Marks:
    own = protected or (0,) * len(given)
    return Marks(
        weight=Fraction(1),
        totals=tuple(Fraction(total) for total in given),
        protected=tuple(Fraction(number) for number in own),
        seed="ab" * 32,
    )


def test_plurality_elects_the_largest() -> None:
    count = count_plurality(marks("1/4", "7/20", "2/5"))
    assert names(count.elected) == "C"
    (stage,) = count.stages
    assert totals(stage) == [Fraction(1, 4), Fraction(7, 20), Fraction(2, 5)]
    assert stage.transfers == stage.totals
    assert stage.quota is None
    assert stage.lost == stage.non_transferable == 0
    assert stage.status == ("continuing", "continuing", "elected")


def test_t3_plurality_lets_a_divided_majority_lose() -> None:
    """P splits 26 to 25 between two; 49 on a third win."""
    count = count_plurality(marks("26/100", "25/100", "49/100", protected=(26, 25, 0)))
    assert names(count.elected) == "C"


def test_a_tie_is_decided_by_the_protected_college() -> None:
    count = count_plurality(marks("2/5", "1/5", "2/5", protected=(1, 9, 3)))
    (tie,) = count.ties
    assert (tie.stage, tie.kind, tie.options) == (1, "elect", (1, 3))
    assert (tie.tried, tie.chosen) == (("protected-college",), (3,))


def test_a_tie_in_the_protected_college_too_is_decided_by_lot() -> None:
    (tie,) = count_plurality(marks("2/5", "1/5", "2/5", protected=(1, 9, 1))).ties
    assert (tie.tried, tie.resolved_by) == (("protected-college", "lot"), "lot")


def test_block_fills_its_seats_in_order() -> None:
    count = count_block(marks("1/2", "3/4", "1/4", "2/3"), 3)
    assert names(count.elected) == "BDA"
    assert [each.order for each in count.elected] == [1, 2, 3]
    assert {each.on for each in count.elected} == {"most"}


def test_as_many_level_options_as_seats_are_no_tie() -> None:
    count = count_block(marks("1/2", "3/4", "1/2"), 3)
    assert (names(count.elected), count.ties) == ("BAC", ())


def test_only_what_is_left_over_is_a_tie() -> None:
    # Three are level for two seats: one tie, and then another.
    count = count_approval(marks("1/2", "1/2", "1/2", protected=(1, 3, 2)), 2)
    assert [tie.chosen for tie in count.ties] == [(2,), (3,)]
    assert [tie.options for tie in count.ties] == [(1, 2, 3), (1, 3)]
    assert names(count.elected) == "BC"


def test_flags_are_added_up_by_weight() -> None:
    profile = make_profile(
        3,
        [
            Pile((1, 1, 0), Fraction(1, 4), Fraction(1, 4)),
            Pile((0, 1, 1), Fraction(1, 3)),
            Pile((0, 1, 1), Fraction(1, 6)),
        ],
    )
    added = add_marks(profile)
    assert added.totals == (Fraction(1, 4), Fraction(3, 4), Fraction(1, 2))
    assert list(added.protected) == [Fraction(1, 4), Fraction(1, 4), 0]
    assert added.weight == Fraction(3, 4)
    assert names(count_approval(added, 2).elected) == "BC"


def test_score_elects_the_largest_mean() -> None:
    # Numbers are scores + 1. A: 4, 0, 0; B: 2, 2, 1.
    count = count_score(numbered((1, (5, 3)), (1, (1, 3)), (1, (1, 2))))
    assert totals(count.stages[0]) == [Fraction(4, 3), Fraction(5, 3)]
    assert names(count.elected) == "B"


def test_a_tie_of_scores_is_decided_by_the_scores_of_the_protected_college() -> None:
    piles = [Pile((3, 1), Fraction(1)), Pile((1, 3), Fraction(1), Fraction(1))]
    count = count_score(make_profile(2, piles))
    assert (names(count.elected), count.ties[0].tried) == ("B", ("protected-college",))


@pytest.mark.parametrize("count", [count_plurality, count_block, count_approval])
def test_no_more_than_there_are_can_be_elected(count: type) -> None:
    assert names(count(marks("1/2", "1/2"), 5).elected) == "AB"
