"""Who takes part in a simulated election, how each votes, and what must come of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voting.charter.charter import Charter
from voting.contests import Contest
from voting.counting.count import ContestResult, count_contest
from voting.counting.parts import Part, college_part
from voting.members import CollegeId, Language, Member, TextFormat
from voting.roll import Roll
from web.simulation.contests import Numbers, choose

Ballot = tuple[Numbers, ...]
"""What is sealed: for each contest that her college is asked its numbers."""

# How many of a hundred members think again.
_REVOTES: Final = 5
# Of a hundred members, in a charter of three colleges.
_PARTS: Final = (30, 45, 25)


@dataclass(frozen=True, slots=True)
class Voter:
    """One member's part: her ballots in order, the last of which counts."""

    college: CollegeId
    ballots: tuple[Ballot, ...]


def plan_roll(colleges: Sequence[CollegeId], members: int) -> Roll:
    """That many made-up members, some in each college."""
    parts = _PARTS if len(colleges) == len(_PARTS) else (1,) * len(colleges)
    numbers = [max(1, members * part // sum(parts)) for part in parts]
    numbers[0] += members - sum(numbers)
    made: list[Member] = []
    for college, number in zip(colleges, numbers, strict=True):
        for place in range(number):
            order = len(made) + 1
            language: Language = "cy" if place % 3 == 2 else "en"
            text_format: TextFormat = "easy-read" if place % 4 == 0 else "standard"
            made.append(
                Member(
                    number=f"S{order:06d}",
                    name=f"Simulated Member {order}",
                    email=f"member{order}@simulation.example",
                    college=college,
                    language=language,
                    text_format=text_format,
                )
            )
    return Roll(tuple(made))


def plan_voters(roll: Roll, contests: Sequence[Contest], seed: int) -> tuple[Voter, ...]:
    """How every member votes: all from one seed."""
    # Choices of people who do not exist: nothing here needs to be unguessable.
    dice = random.Random(seed)  # noqa: S311
    voters: list[Voter] = []
    for college, group in roll.by_college.items():
        asked = _asked(contests, college)
        for _ in group:
            times = 2 if dice.randrange(100) < _REVOTES else 1
            ballots = tuple(tuple(choose(dice, contest) for contest in asked) for _ in range(times))
            voters.append(Voter(college, ballots))
    return tuple(voters)


def _asked(contests: Sequence[Contest], college: CollegeId) -> list[Contest]:
    return [contest for contest in contests if contest.college in (None, college)]


def expect(
    charter: Charter,
    contests: Sequence[Contest],
    voters: Sequence[Voter],
    seed: str | None = None,
) -> tuple[ContestResult, ...]:
    """What the election must come to: the last ballot of each member, counted with no box.

    Args:
        charter: the rules.
        contests: what was asked.
        voters: everybody.
        seed: the lot seed, as it was shown when voting ended.
    """
    last: dict[CollegeId, list[Ballot]] = {college.id: [] for college in charter.colleges}
    for voter in voters:
        last[voter.college].append(voter.ballots[-1])
    return tuple(
        count_contest(
            charter,
            contest,
            [
                _make_part(contest, college, [ballot[asked.index(contest)] for ballot in ballots])
                for college, ballots in last.items()
                if contest in (asked := _asked(contests, college))
            ],
            seed=seed,
        )
        for contest in contests
    )


def _make_part(contest: Contest, college: CollegeId, votes: Sequence[Numbers]) -> Part:
    """What the box of a college in which all have voted must give for a contest."""
    sums = tuple(map(sum, zip(*votes, strict=True)))
    return college_part(
        contest,
        college=college,
        roll=len(votes),
        cast=len(votes),
        counts=() if contest.is_shuffled else sums,
        opened=tuple(votes) if contest.is_shuffled else (),
    )
