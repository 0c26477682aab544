"""Codes of reasons and warnings in plain words: those that are the same for every question.

Source: voting/protection.py names the codes; docs/rules/guarantee.md says why.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from voting.guarantee import SMALL_COLLEGE
from voting.members import CollegeId
from web.pages.officer.guarantee_parts import Facts
from web.pages.officer.option_guarantee import few_seats
from web.pages.officer.texts import _, ngettext
from web.pages.words import decimal


def say_reasons(reasons: Iterable[str], facts: Facts, floor: int, own: Fraction) -> Iterator[str]:
    """Why nothing is guaranteed: the rule and the number.

    Args:
        reasons: codes of a statement.
        facts: the protected college and the names of all.
        floor: fewest counted votes of the protected college.
        own: the part of the votes that it has for certain.
    """
    for reason in reasons:
        kind, *values = reason.split(":")
        if kind == "protected-college-empty":
            yield _(
                "The rule: the protected college must have members. The roll has 0 members in "
                "“%(college)s”.",
                college=facts.name,
            )
        elif kind == "floor-above-roll":
            yield _(
                "The rule: the protected college needs at least %(floor)d counted votes. The roll "
                "has only %(members)d members in “%(college)s”, so there could never be a result.",
                floor=floor,
                members=facts.members,
                college=facts.name,
            )
        elif kind == "majority-not-guaranteed":
            seats, guaranteed, least = values
            yield few_seats(int(seats), int(guaranteed), Fraction(least), own)
        elif kind == "cannot-agree":
            college, needed = values
            yield _(
                "The rule: every college that must agree needs enough members. “%(college)s” has "
                "fewer than %(floor)d on the roll, so such a motion could never be passed.",
                college=facts.call(college),
                floor=int(needed),
            )
        else:
            yield _(
                "The charter's rules do not keep the majority of “%(college)s”.", college=facts.name
            )


def say_warnings(warnings: Iterable[str], names: Mapping[CollegeId, str]) -> Iterator[str]:
    """What is to be thought about in the colleges; warnings of one question are left out."""
    for warning in warnings:
        kind, *values = warning.split(":")
        say = _KINDS.get(kind)
        if say is not None and values:
            college = names.get(CollegeId(values[0]), values[0])
            yield say(college, values[1] if len(values) > 1 else "0")


def _empty(name: str, _number: str) -> str:
    return _("Nobody on the roll is in “%(college)s”. Its share lapses.", college=name)


def _small(name: str, number: str) -> str:
    return ngettext(
        "“%(college)s” has %(num)d member, fewer than %(least)d. If they all vote the same "
        "way, the published totals show how each of them voted.",
        "“%(college)s” has %(num)d members, fewer than %(least)d. If they all vote the same "
        "way, the published totals show how each of them voted.",
        int(number),
        college=name,
        least=SMALL_COLLEGE,
    )


def _too_few(name: str, number: str) -> str:
    return _(
        "“%(college)s” needs %(number)d counted votes and has fewer members. Its share lapses.",
        college=name,
        number=int(number),
    )


def _floor_can_turn(name: str, number: str) -> str:
    return _(
        "The share of “%(college)s” lapses with fewer than %(number)d counted votes. One more "
        "vote there can turn the result either way.",
        college=name,
        number=int(number),
    )


def _cap_can_turn(name: str, _number: str) -> str:
    return _(
        "“%(college)s” is capped. How much of its votes lapses depends on who else votes, so one "
        "more vote can turn the result either way.",
        college=name,
    )


def _roll_turnout(name: str, ratio: str) -> str:
    part = Fraction(ratio)
    return _(
        "“%(college)s” has more than half of the shares, but that is not a majority of what is "
        "counted if few of it vote. It keeps more than half only while the part of its members "
        "who vote is more than %(ratio)s times that of the others.",
        college=name,
        # Rounded down it would promise too much.
        ratio=decimal(part) if (part * 100).denominator == 1 else part,
    )


def _dictator(name: str, _number: str) -> str:
    return _(
        "“%(college)s” decides alone: what most of its votes say is the result, whatever all "
        "others vote. The votes of the other colleges change nothing.",
        college=name,
    )


_KINDS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "empty-college": _empty,
    "small-college": _small,
    "floor-above-roll": _too_few,
    "floor-can-turn": _floor_can_turn,
    "cap-can-turn": _cap_can_turn,
    "roll-turnout": _roll_turnout,
    "bloc-dictator": _dictator,
}
