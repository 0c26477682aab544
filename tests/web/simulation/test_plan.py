from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.members import CollegeId
from web.simulation.plan import Expected, Voter, expect, plan_roll, plan_voters

COLLEGES = tuple(CollegeId(name) for name in ("supported", "employees", "community"))


@given(members=st.integers(3, 200), colleges=st.integers(1, 3))
def test_the_roll_has_that_many_members_and_some_in_each_college(
    members: int, colleges: int
) -> None:
    roll = plan_roll(COLLEGES[:colleges], members)
    assert len(roll.members) == members
    assert set(roll.by_college) == set(COLLEGES[:colleges])


@given(seed=st.integers())
def test_one_seed_is_one_election(seed: int) -> None:
    roll = plan_roll(COLLEGES, 20)
    assert plan_voters(roll, seed) == plan_voters(roll, seed)


def test_another_seed_is_another_election() -> None:
    roll = plan_roll(COLLEGES, 60)
    assert plan_voters(roll, 1) != plan_voters(roll, 2)


def test_some_members_vote_again_and_every_choice_is_made() -> None:
    voters = plan_voters(plan_roll(COLLEGES, 300), 1)
    assert {len(voter.choices) for voter in voters} == {1, 2}
    assert set(Counter(choice for voter in voters for choice in voter.choices)) == {
        "for",
        "against",
        "blank",
    }


def test_what_is_expected_is_everybodys_last_choice() -> None:
    supported, employees, _ = COLLEGES
    voters = (
        Voter(supported, ("for",)),
        Voter(supported, ("for", "against")),
        Voter(supported, ("against", "blank")),
        Voter(employees, ("blank", "for")),
    )
    assert expect(voters) == {
        supported: Expected(cast=3, blank=1, for_=1, against=1),
        employees: Expected(cast=1, blank=0, for_=1, against=0),
    }


@pytest.mark.parametrize("members", [3, 17, 100])
def test_nobody_is_left_out(members: int) -> None:
    voters = plan_voters(plan_roll(COLLEGES, members), 5)
    assert sum(each.cast for each in expect(voters).values()) == members
