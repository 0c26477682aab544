"""What an outlook says in codes, in plain English for the command line.

The pages have their own words, in both languages. Source: docs/rules/guarantee.md names the
codes and says why.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from voting.charter.charter import Charter
from voting.charter.motion_rules import HeadCount, MotionRule
from voting.charter.schemes import Scheme
from voting.charter.thresholds import Threshold

SCHEMES: Final[Mapping[Scheme, str]] = {
    "turnout": "A college has its whole share, however many of its members vote.",
    "roll": "A college loses the part of its share of members who do not vote.",
    "bloc": "The whole share of a college goes to what most of its votes are for.",
    "none": "One member, one vote: shares decide nothing.",
}

_LIMITS: Final[Mapping[str, str]] = {
    "nobody-protected": "No college is protected, so no majority is promised to any.",
    "not-controlled": "{protected} cannot pass a motion alone: {0}.",
    "not-united": "Nothing is promised to {protected} where it is not of one mind.",
    "void-below": "With fewer than {0} counted votes of {protected} there is no result.",
    "who-is-elected": "Whom {protected} elects need not be one of its own members; only reserved "
    "seats see to that.",
}

_WARNINGS: Final[Mapping[str, str]] = {
    "small-college": "{0} has {1} members, below 20: totals may show how everybody voted.",
    "empty-college": "{0} has nobody on the roll: its share lapses.",
    "floor-above-roll": "{0} has fewer members than its floor of {1}: its share lapses.",
    "floor-can-turn": "{0} has a floor of {1}: one more vote can help the other side.",
    "cap-can-turn": "{0} has a cap: one more of its votes may weigh nothing, or lower the others.",
    "roll-turnout": "{0} has most of the shares, but most of the votes only while its turnout is "
    "more than {1} times that of the others.",
    "bloc-dictator": "{0} decides alone; the votes of the other colleges change nothing.",
    "concurrent-veto": "Each of these can stop a motion alone: {0}.",
    "ordinary-not-controlled": "{protected}, even united, cannot pass an ordinary motion alone.",
    "head-count": "Heads are counted too, so no college passes such a motion alone: {0}.",
    "method-not-solid": "By {0}, a majority that agrees may still see its options lose.",
    "method-not-proven": "By {0}, nothing is promised, though a majority that agrees has little to "
    "fear.",
    "majority-not-guaranteed": "Of {0} seats {protected} is sure of {1} only; for more than "
    "half of them it needs more than {2} of the votes.",
}

_OF_SEVERAL: Final = frozenset(
    {
        *("not-controlled", "head-count", "concurrent-veto"),
        *("method-not-solid", "method-not-proven"),
    }
)

_REASONS: Final[Mapping[str, str]] = {
    **_WARNINGS,
    "protected-college-empty": "{protected} has nobody on the roll.",
    "floor-above-roll": "{protected} has fewer members than its floor, so there could never be a "
    "result.",
    "cannot-agree": "{0} must agree, but has fewer members than its floor of {1}.",
}


def say_limits(codes: Iterable[str], charter: Charter) -> Iterator[str]:
    """What is not promised."""
    return _say(_LIMITS, codes, charter)


def say_warnings(codes: Iterable[str], charter: Charter) -> Iterator[str]:
    """What an officer should know."""
    return _say(_WARNINGS, codes, charter)


def say_reasons(codes: Iterable[str], charter: Charter) -> Iterator[str]:
    """Why nothing can be held under this charter with this roll."""
    return _say(_REASONS, codes, charter)


def say_threshold(threshold: Threshold) -> str:
    """How much is needed."""
    return f"{'more than' if threshold.strict else 'at least'} {threshold.share}"


def say_agreements(rule: MotionRule) -> str:
    """Which colleges must agree, each by itself."""
    return "\n".join(
        f"{college}: {say_threshold(needed)}" for college, needed in rule.agree.items()
    )


def say_heads(heads: HeadCount | None) -> str:
    """How heads are counted beside the weights."""
    if heads is None:
        return ""
    turnout = f", with at least {heads.turnout} of the roll" if heads.turnout else ""
    return f"{say_threshold(heads.threshold)} of heads{turnout}"


def _say(words: Mapping[str, str], codes: Iterable[str], charter: Charter) -> Iterator[str]:
    found: dict[str, list[list[str]]] = {}
    for code in codes:
        kind, *values = code.split(":")
        found.setdefault(kind, []).append(values)
    for kind, given in found.items():
        # What is true of several is said once of them all.
        each = [[", ".join(one for (one,) in given)]] if kind in _OF_SEVERAL else given
        for values in each:
            # What has no words yet is told as it is.
            sentence = words.get(kind, ":".join((kind, *values)))
            yield sentence.format(*values, protected=charter.protected)
