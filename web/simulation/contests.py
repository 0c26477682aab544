"""The contests of a simulated election: one for each thing a member can do on a ballot.

For a council there is one for the reserved seats of each college.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, get_args

from voting.charter.charter import Charter
from voting.contests import Contest, Motion, OptionContest, Text
from voting.members import Language, TextFormat
from voting.option_contests import Form, Method, Option

Kind = Literal["motion", "ranked", "graded", "scored", "one", "several", "approval", "council"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Numbers = tuple[int, ...]

COUNCIL: Final[Kind] = "council"
_METHODS: Final[Mapping[Kind, Method]] = {
    "ranked": "stv-exact",
    "graded": "majority-judgment",
    "scored": "score",
    "one": "plurality",
    "several": "block",
    "approval": "approval",
}
_OPTIONS, _SEATS, _MOST, _TOP = 5, 3, 3, 4
_GRADES: Final[tuple[Mapping[Language, str], ...]] = (
    {"en": "Good", "cy": "Da"},
    {"en": "Fair", "cy": "Gweddol"},
    {"en": "Poor", "cy": "Gwael"},
)
# Of a hundred votes.
_BLANK, _FOR = 10, 52


class NoCouncilError(Exception):
    """The charter reserves no seats, so none can be filled."""


def make_contests(kinds: Sequence[Kind], charter: Charter) -> tuple[Contest, ...]:
    """The contests of these kinds; a council is as many as colleges that have seats in it.

    Raises:
        NoCouncilError: a council is asked for and there is none.
    """
    if COUNCIL in kinds and not charter.council:
        raise NoCouncilError
    made: list[Contest] = []
    for kind in kinds:
        made += _make_council(charter) if kind == COUNCIL else [make_contest(kind)]
    return tuple(made)


def make_contest(kind: Kind) -> Contest:
    """The contest of this kind, of all members; the kind is its id."""
    if kind == "motion":
        title = {"en": "Shall the simulation pass?", "cy": "A ddylai'r efelychiad basio?"}
        return Motion(kind, "ordinary", _texts(title["en"], title["cy"]))
    method = _METHODS[kind]
    return OptionContest(
        id=kind,
        method=method,
        seats=1 if kind == "one" else _SEATS,
        options=_make_options(_OPTIONS),
        texts=_texts("Which of these examples?", "Pa rai o'r enghreifftiau hyn?"),
        most=_MOST if kind == "several" else None,
        top=_TOP if kind == "scored" else None,
        grades=_GRADES if kind == "graded" else (),
    )


def _make_council(charter: Charter) -> list[Contest]:
    """Whoever is protected ranks with exact STV, the others by Scottish rules.

    The last college has one candidate too few, so that a seat stays vacant.
    """
    last = list(charter.council)[-1]
    return [
        OptionContest(
            id=f"{COUNCIL}-{place}",
            method="stv-exact" if college == charter.protected else "stv-scottish",
            seats=seats,
            options=_make_options(max(1, seats - 1) if college == last else seats + 2),
            texts=_texts("Who shall be on the council?", "Pwy fydd ar y cyngor?"),
            college=college,
        )
        for place, (college, seats) in enumerate(charter.council.items(), 1)
    ]


def _make_options(number: int) -> tuple[Option, ...]:
    return tuple(
        Option({"en": f"Example {n}", "cy": f"Enghraifft {n}"}) for n in range(1, number + 1)
    )


def choose(dice: random.Random, contest: Contest) -> Numbers:
    """What one member seals: blank, or anything that the ballot allows."""
    if isinstance(contest, Motion):
        return _MOTION[dice.choices((0, 1, 2), (_BLANK, _FOR, 100 - _BLANK - _FOR))[0]]
    is_blank = dice.randrange(100) < _BLANK
    options = len(contest.options)
    if contest.is_shuffled:
        return (0,) * options if is_blank else _NUMBERS[contest.form](dice, options)
    most = {"one": 1, "several": _MOST, "approval": options}[contest.form]
    marked = set() if is_blank else set(_some(dice, most, options))
    return (int(is_blank), *(int(option in marked) for option in range(options)))


_MOTION: Final[tuple[Numbers, ...]] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


def _some(dice: random.Random, most: int, options: int) -> list[int]:
    """From 1 to `most` different options, in any order."""
    return dice.sample(range(options), dice.randint(1, most))


def _rank(dice: random.Random, options: int) -> Numbers:
    order = _some(dice, options, options)
    return tuple(order.index(option) + 1 if option in order else 0 for option in range(options))


def _score(dice: random.Random, options: int) -> Numbers:
    return tuple(dice.randint(1, _TOP + 1) for _ in range(options))


def _grade(dice: random.Random, options: int) -> Numbers:
    return tuple(dice.randint(1, len(_GRADES)) for _ in range(options))


_NUMBERS: Final[Mapping[Form, Callable[[random.Random, int], Numbers]]] = {
    "ranked": _rank,
    "scored": _score,
    "graded": _grade,
}


def _texts(english: str, welsh: str) -> dict[Language, dict[TextFormat, Text]]:
    en = Text(english, "Nobody is asked anything here.")
    cy = Text(welsh, "Ni ofynnir dim i neb yma.")
    return {
        "en": {"standard": en, "easy-read": en},
        "cy": {"standard": cy, "easy-read": cy},
    }
