"""Names of what a charter is made of: rules of motions, ways of weighing, statutes."""

from collections.abc import Mapping

from voting.charter.motion_rules import Rule
from voting.charter.schemes import Scheme
from voting.charter.thresholds import Threshold
from web.pages.officer.texts import _
from web.pages.officer.words import threshold_words

__all__ = ["rule_name", "scheme_name", "threshold_of_college"]


def rule_name(rule: Rule) -> str:
    """What a kind of motion is called."""
    words: Mapping[Rule, str] = {
        "ordinary": _("Ordinary motion"),
        "special": _("Special motion"),
        "amalgamation": _("Amalgamation with another society"),
        "transfer": _("Transfer of engagements"),
        "conversion": _("Conversion into a company"),
    }
    return words[rule]


def scheme_name(scheme: Scheme) -> str:
    """What a way of weighing is called."""
    words: Mapping[Scheme, str] = {
        "turnout": _("Each college keeps its share, whoever votes"),
        "roll": _("Each member has a fixed part of her college's share"),
        "bloc": _("Each college votes as one"),
        "none": _("One member, one vote"),
    }
    return words[scheme]


def threshold_of_college(threshold: Threshold, college: str) -> str:
    """How much of one college must be For."""
    return _(
        "“%(college)s” must agree as well, in a count of its own: %(threshold)s.",
        college=college,
        threshold=threshold_words(threshold),
    )
