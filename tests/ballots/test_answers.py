"""What a voter states of her choices."""

import pytest

from ballots.answers import state_answer
from ballots.election import Question
from ballots.group import BASE, combine
from ballots.proofs import pair_points
from tests.ballots.box import CHOICE, MOTION

KEY = combine([[(BASE, 99)]])[0]


@pytest.mark.parametrize(
    ("question", "overall", "blank"), [(MOTION, 2, 2), (CHOICE, 3, None)], ids=["motion", "choice"]
)
def test_there_are_as_many_branches_as_possible_answers(
    question: Question, overall: int, blank: int | None
) -> None:
    choices = pair_points(
        combine([[(BASE, n)] for n in range(1, 4)] + [[(KEY, n)] for n in range(1, 4)])
    )
    stated = state_answer(question, "S0", choices)
    assert [len(statement.branches) for statement in stated.individual] == [2, 2, 2]
    assert len(stated.overall.branches) == overall
    assert (stated.blank and len(stated.blank.branches)) == blank


def test_prefixes_are_those_of_the_format() -> None:
    choices = pair_points(combine([[(BASE, n)] for n in range(1, 7)]))
    stated = state_answer(MOTION, "S0", choices)
    for statement in stated.individual:
        assert statement.prefix.startswith("prove|S0|")
        assert statement.prefix.endswith("|")
    assert stated.blank is not None
    assert stated.blank.prefix.removeprefix("bproof0|") == stated.overall.prefix.removeprefix(
        "bproof1|"
    )
    # All six points stand in it, between commas.
    assert stated.overall.prefix.count(",") == 5
