"""The contests of a simulated election, one for each thing a member can do on a ballot."""

import random
from collections.abc import Callable, Mapping
from typing import Final, Literal, get_args

from voting.contests import Contest, Motion, OptionContest, Text
from voting.members import Language, TextFormat
from voting.option_contests import Method, Option

Kind = Literal["motion", "ranked", "graded", "scored", "one", "several", "approval"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Numbers = tuple[int, ...]

_METHODS: Final[Mapping[Kind, Method]] = {
    "ranked": "stv-exact",
    "graded": "majority-judgment",
    "scored": "score",
    "one": "plurality",
    "several": "block",
    "approval": "approval",
}
_OPTIONS, _SEATS, _MOST, _TOP = 5, 2, 3, 4
_GRADES: Final[tuple[Mapping[Language, str], ...]] = (
    {"en": "Good", "cy": "Da"},
    {"en": "Fair", "cy": "Gweddol"},
    {"en": "Poor", "cy": "Gwael"},
)
# Of a hundred votes.
_BLANK, _FOR = 10, 52


def make_contest(kind: Kind) -> Contest:
    """The contest of this kind; the kind is its id."""
    if kind == "motion":
        title = {"en": "Shall the simulation pass?", "cy": "A ddylai'r efelychiad basio?"}
        return Motion(kind, "ordinary", _texts(title["en"], title["cy"]))
    method = _METHODS[kind]
    return OptionContest(
        id=kind,
        method=method,
        seats=1 if kind == "one" else _SEATS,
        options=tuple(
            Option({"en": f"Example {n}", "cy": f"Enghraifft {n}"}) for n in range(1, _OPTIONS + 1)
        ),
        texts=_texts("Which of these examples?", "Pa rai o'r enghreifftiau hyn?"),
        most=_MOST if kind == "several" else None,
        top=_TOP if kind == "scored" else None,
        grades=_GRADES if kind == "graded" else (),
    )


def choose(dice: random.Random, contest: Contest) -> Numbers:
    """What one member seals: blank, or anything that the ballot allows."""
    if isinstance(contest, Motion):
        return _MOTION[dice.choices((0, 1, 2), (_BLANK, _FOR, 100 - _BLANK - _FOR))[0]]
    is_blank = dice.randrange(100) < _BLANK
    if contest.is_shuffled:
        return (0,) * _OPTIONS if is_blank else _NUMBERS[contest.id](dice)
    most = {"one": 1, "several": _MOST, "approval": _OPTIONS}[contest.id]
    marked = set() if is_blank else set(_some(dice, most))
    return (int(is_blank), *(int(option in marked) for option in range(_OPTIONS)))


_MOTION: Final[tuple[Numbers, ...]] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


def _some(dice: random.Random, most: int) -> list[int]:
    """From 1 to `most` different options, in any order."""
    return dice.sample(range(_OPTIONS), dice.randint(1, most))


def _rank(dice: random.Random) -> Numbers:
    order = _some(dice, _OPTIONS)
    return tuple(order.index(option) + 1 if option in order else 0 for option in range(_OPTIONS))


def _score(dice: random.Random) -> Numbers:
    return tuple(dice.randint(1, _TOP + 1) for _ in range(_OPTIONS))


def _grade(dice: random.Random) -> Numbers:
    return tuple(dice.randint(1, len(_GRADES)) for _ in range(_OPTIONS))


_NUMBERS: Final[Mapping[str, Callable[[random.Random], Numbers]]] = {
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
