"""Motion rules: what a motion of each kind needs.

Every motion needs a part of the counted weight. A rule may ask for more beside: that certain
colleges agree, each by itself, and that a plain count of heads agrees. Some resolutions of
British registered societies count heads by law; their rules must ask for as much as it does.

Source: design 4, section 1; Co-operative and Community Benefit Societies Act 2014, sections
109 to 113; docs/rules/charters.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal

from voting.charter.errors import HeadCountError, StatutoryHeadCountError
from voting.charter.thresholds import (
    MORE_THAN_HALF,
    THREE_QUARTERS,
    TWO_THIRDS,
    Threshold,
    read_threshold,
)
from voting.members import CollegeId
from voting.reading import (
    MAX_DENOMINATOR,
    read_choice,
    read_fraction,
    read_list,
    read_object,
    read_pair,
    read_text,
)

Rule = Literal["ordinary", "special", "amalgamation", "transfer", "conversion"]
RULES: Final[tuple[Rule, ...]] = ("ordinary", "special", "amalgamation", "transfer", "conversion")


@dataclass(frozen=True, slots=True)
class HeadCount:
    """A plain count of members, whatever their colleges, beside the weighted one.

    Attributes:
        threshold: how many of those who choose For or Against must be For.
        turnout: the part of the whole roll that must choose one of them, at least; 0 to 1.

    Raises:
        HeadCountError: no part of a roll is that large.
    """

    threshold: Threshold
    turnout: Fraction = Fraction()

    def __post_init__(self) -> None:
        if not 0 <= self.turnout <= 1 or self.turnout.denominator > MAX_DENOMINATOR:
            raise HeadCountError(self.turnout)


STATUTORY: Final[Mapping[Rule, HeadCount]] = {
    "amalgamation": HeadCount(TWO_THIRDS),
    "transfer": HeadCount(TWO_THIRDS),
    "conversion": HeadCount(THREE_QUARTERS, Fraction(1, 2)),
}
"""The least head count that the law asks for: sections 111(2)(a), and 113(2)(a) and (b)."""


@dataclass(frozen=True, slots=True)
class MotionRule:
    """What a motion needs to pass.

    Attributes:
        threshold: of the counted weight.
        agree: colleges that must agree as well, each by its own members' ballots alone.
        heads: a head count that must agree as well; None without one.
    """

    threshold: Threshold
    agree: Mapping[CollegeId, Threshold] = field(default_factory=dict[CollegeId, Threshold])
    heads: HeadCount | None = None


ORDINARY: Final = MotionRule(MORE_THAN_HALF)
SPECIAL: Final = MotionRule(THREE_QUARTERS)


def require_statutory(rule: Rule, given: MotionRule) -> None:
    """Refuse a statutory rule that asks for fewer heads than the law.

    Raises:
        StatutoryHeadCountError: with what the law asks for.
    """
    least = STATUTORY[rule]
    heads = given.heads
    if (
        heads is None
        or heads.turnout < least.turnout
        or heads.threshold.is_easier_than(least.threshold)
    ):
        raise StatutoryHeadCountError(rule, least.threshold.share, least.turnout)


def motion_rule_object(name: Rule, rule: MotionRule) -> dict[str, object]:
    """The rule as it stands in the charter."""
    heads = rule.heads
    return {
        "rule": name,
        "threshold": rule.threshold.format(),
        "agree": [[college, threshold.format()] for college, threshold in rule.agree.items()],
        "heads": None
        if heads is None
        else {"threshold": heads.threshold.format(), "turnout": str(heads.turnout)},
    }


def read_motion_rule(value: object) -> tuple[Rule, MotionRule]:
    """Read a rule that stands in a charter, and its name."""
    where = "charter.motions"
    name, threshold, agree, heads = read_object(
        where, value, *("rule", "threshold", "agree", "heads")
    )
    agreements: dict[CollegeId, Threshold] = {}
    for each in read_list(f"{where}.agree", agree):
        college, needed = read_pair(f"{where}.agree", each)
        agreements[CollegeId(read_text(f"{where}.agree", college))] = read_threshold(
            f"{where}.agree", needed
        )
    return read_choice(where, name, RULES), MotionRule(
        threshold=read_threshold(f"{where}.threshold", threshold),
        agree=agreements,
        heads=None if heads is None else _read_heads(f"{where}.heads", heads),
    )


def _read_heads(where: str, value: object) -> HeadCount:
    threshold, turnout = read_object(where, value, "threshold", "turnout")
    return HeadCount(read_threshold(where, threshold), read_fraction(where, turnout))
