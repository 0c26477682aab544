from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.examples import make_charter
from voting.counting.motion import MotionResult
from voting.counting.option_result import OptionResult
from web.simulation.contests import KINDS, NoCouncilError, make_contest, make_contests
from web.simulation.plan import Voter, expect, plan_roll, plan_voters

COLLEGES = tuple(college.id for college in make_charter().colleges)
CHARTER = replace(make_charter(), council=dict(zip(COLLEGES, (4, 1, 2), strict=True)))
MOTION = [make_contest("motion")]
EVERY = make_contests(KINDS, CHARTER)
FOR, AGAINST, BLANK = ((0, 1, 0),), ((0, 0, 1),), ((1, 0, 0),)


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
    assert plan_voters(roll, EVERY, seed) == plan_voters(roll, EVERY, seed)


def test_another_seed_is_another_election() -> None:
    roll = plan_roll(COLLEGES, 60)
    assert plan_voters(roll, MOTION, 1) != plan_voters(roll, MOTION, 2)


def test_some_members_vote_again_and_every_choice_is_made() -> None:
    voters = plan_voters(plan_roll(COLLEGES, 300), MOTION, 1)
    assert {len(voter.ballots) for voter in voters} == {1, 2}
    made = Counter(ballot for voter in voters for ballot in voter.ballots)
    assert set(made) == {FOR, AGAINST, BLANK}


def test_every_form_is_left_blank_by_some_and_filled_in_by_others() -> None:
    voters = plan_voters(plan_roll(COLLEGES, 100), EVERY, 1)
    for contest in EVERY:
        numbers: set[tuple[int, ...]] = set()
        for college in COLLEGES if contest.college is None else [contest.college]:
            asked = [each for each in EVERY if each.college in (None, college)]
            place = asked.index(contest)
            own = (voter for voter in voters if voter.college == college)
            numbers |= {ballot[place] for voter in own for ballot in voter.ballots}
        blanks = {each for each in numbers if not any(each[not contest.is_shuffled :])}
        assert len(blanks) == 1, contest.id
        # For the one candidate of the last reserved seats there is one rank.
        assert len(numbers) >= (2 if contest.id == "council-3" else 3), contest.id


def test_every_ballot_is_one_that_can_be_counted() -> None:
    voters = plan_voters(plan_roll(COLLEGES, 100), EVERY, 2)
    for result in expect(CHARTER, EVERY, voters):
        assert all(college.invalid == 0 for college in result.colleges)


def test_a_council_is_elected_by_each_college_for_itself_and_one_seat_stays_vacant() -> None:
    contests = make_contests(("motion", "council"), CHARTER)
    assert [(contest.id, contest.college) for contest in contests] == [
        ("motion", None),
        *((f"council-{place}", college) for place, college in enumerate(COLLEGES, 1)),
    ]
    voters = plan_voters(plan_roll(COLLEGES, 60), contests, 4)
    assert {len(ballot) for voter in voters for ballot in voter.ballots} == {2}
    _, *council = expect(CHARTER, contests, voters)
    found = [
        (result.seats, len(result.elected), result.vacant, [each.id for each in result.colleges])
        for result in council
        if isinstance(result, OptionResult)
    ]
    supported, employees, community = COLLEGES
    assert found == [(4, 4, 0, [supported]), (1, 1, 0, [employees]), (2, 1, 1, [community])]


def test_there_is_no_council_where_the_charter_has_none() -> None:
    with pytest.raises(NoCouncilError):
        make_contests(("council",), make_charter())


def test_what_is_expected_counts_everybodys_last_ballot() -> None:
    supported, employees, community = COLLEGES
    voters = (
        Voter(supported, (FOR,)),
        Voter(supported, (FOR, AGAINST)),
        Voter(supported, (AGAINST, BLANK)),
        Voter(employees, (BLANK, FOR)),
        Voter(community, (BLANK,)),
    )
    (result,) = expect(CHARTER, MOTION, voters)
    assert isinstance(result, MotionResult)
    assert [(c.cast, c.blank, c.for_, c.against) for c in result.colleges] == [
        (3, 1, 1, 1),
        (1, 0, 1, 0),
        (1, 1, 0, 0),
    ]


def test_what_is_expected_of_ranks_is_counted_by_the_rules() -> None:
    supported, employees, community = COLLEGES
    ranked = make_contest("ranked")
    first, second = ((1, 2, 3, 0, 0),), ((2, 1, 3, 0, 0),)
    voters = (
        Voter(supported, (second, first)),
        Voter(employees, (first,)),
        Voter(community, (second,)),
    )
    (result,) = expect(CHARTER, [ranked], voters)
    assert isinstance(result, OptionResult)
    assert [each.option for each in result.elected] == [1, 2, 3]


@pytest.mark.parametrize("members", [3, 17, 100])
def test_nobody_is_left_out(members: int) -> None:
    voters = plan_voters(plan_roll(COLLEGES, members), MOTION, 5)
    (result,) = expect(CHARTER, MOTION, voters)
    assert sum(college.cast for college in result.colleges) == members
