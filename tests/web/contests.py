"""A made-up contest of every kind, and ballots on them as a page would seal them."""

from collections.abc import Mapping, Sequence
from typing import Literal

from tests.voting.examples import make_choice
from voting.contests import Contest, Motion, Text

Choice = Literal["for", "against", "blank"]
VOTES: Mapping[Choice, Sequence[int]] = {
    "blank": (1, 0, 0),
    "for": (0, 1, 0),
    "against": (0, 0, 1),
}
MOTION = Motion(
    id="1",
    rule="ordinary",
    texts={
        "en": {"standard": Text("Buy the garden", "Shall we buy the garden?")},
        "cy": {"standard": Text("Prynu'r ardd", "A ddylem brynu'r ardd?")},
    },
)
ONE = make_choice("plurality", id="one", options=3)
SEVERAL = make_choice("block", id="several", options=4)
APPROVAL = make_choice("approval", id="approval", options=3)
RANKED = make_choice("stv-exact", id="ranked", seats=1, options=3)
SCORED = make_choice("score", id="scored", options=3)
GRADED = make_choice("majority-judgment", id="graded", options=3)
SEALED_SUMS: tuple[Contest, ...] = (MOTION, ONE, SEVERAL, APPROVAL)
EVERY_KIND: tuple[Contest, ...] = (*SEALED_SUMS, RANKED, SCORED, GRADED)

# One ballot on every kind: a member's choices, and another's blanks.
CHOICES: Mapping[str, Sequence[int]] = {
    "1": (0, 1, 0),
    "one": (0, 0, 1, 0),
    "several": (0, 1, 0, 0, 1),
    "approval": (0, 1, 1, 0),
    "ranked": (2, 1, 0),
    "scored": (5, 1, 3),
    "graded": (1, 3, 2),
}
BLANKS: Mapping[str, Sequence[int]] = {
    "1": (1, 0, 0),
    "one": (1, 0, 0, 0),
    "several": (1, 0, 0, 0, 0),
    "approval": (1, 0, 0, 0),
    "ranked": (0, 0, 0),
    "scored": (0, 0, 0),
    "graded": (0, 0, 0),
}


def choose(contests: Sequence[Contest], ballot: Mapping[str, Sequence[int]]) -> list[list[int]]:
    """A ballot's numbers for these contests, in their order."""
    return [list(ballot[contest.id]) for contest in contests]
