"""One honest ballot, another voter's beside it, and edits that bend a ballot in one place."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.ballots.box import CHOICE, MOTION, Edit, make_box

BOX = make_box((MOTION, CHOICE))
RAW = BOX.seal(0, [[0, 1, 0], [1, 0, 1]])
OTHER = BOX.seal(1, [[0, 0, 1], [0, 0, 0]], seed=11)


def at(*path: str | int) -> Callable[[Callable[[Any], Any]], Edit]:
    """An edit of the value at a path."""

    def with_value(change: Callable[[Any], Any]) -> Edit:
        def apply(thing: Any) -> None:
            for step in path[:-1]:
                thing = thing[step]
            thing[path[-1]] = change(thing[path[-1]])

        return apply

    return with_value


def to(value: Any) -> Callable[[Any], Any]:
    return lambda _: deepcopy(value)


CHOICE_0 = at("answers", 0, "choices", 0)
RESPONSE = at("answers", 0, "individual_proofs", 0, 0, "response")
