"""Who takes part in a simulated election, and how each of them votes: all from one seed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from voting.members import CollegeId, Language, Member, TextFormat
from voting.roll import Roll

Choice = Literal["for", "against", "blank"]

# Of a hundred votes; and how many of a hundred members think again.
_CHOICES: Final[tuple[tuple[Choice, int], ...]] = (("for", 52), ("against", 38), ("blank", 10))
_REVOTES: Final = 5
# Of a hundred members, in a charter of three colleges.
_PARTS: Final = (30, 45, 25)
# What a sealed ballot of one motion holds: blank, For, Against.
VOTES: Final[Mapping[Choice, tuple[int, int, int]]] = {
    "blank": (1, 0, 0),
    "for": (0, 1, 0),
    "against": (0, 0, 1),
}


@dataclass(frozen=True, slots=True)
class Voter:
    """One member's part: her choices in order, the last of which counts."""

    college: CollegeId
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a college's box must open to."""

    cast: int
    blank: int
    for_: int
    against: int


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


def plan_voters(roll: Roll, seed: int) -> tuple[Voter, ...]:
    """How every member votes."""
    # Choices of people who do not exist: nothing here needs to be unguessable.
    dice = random.Random(seed)  # noqa: S311
    options = [choice for choice, _ in _CHOICES]
    weights = [weight for _, weight in _CHOICES]
    voters: list[Voter] = []
    for college, group in roll.by_college.items():
        for _ in group:
            times = 2 if dice.randrange(100) < _REVOTES else 1
            voters.append(Voter(college, tuple(dice.choices(options, weights, k=times))))
    return tuple(voters)


def expect(voters: Sequence[Voter]) -> dict[CollegeId, Expected]:
    """What each college's box must open to: the last choice of each of its members."""
    last: dict[CollegeId, list[Choice]] = {}
    for voter in voters:
        last.setdefault(voter.college, []).append(voter.choices[-1])
    return {
        college: Expected(
            cast=len(choices),
            blank=choices.count("blank"),
            for_=choices.count("for"),
            against=choices.count("against"),
        )
        for college, choices in last.items()
    }
