"""Names of what a charter is made of: rules of motions, ways of weighing, statutes."""

from collections.abc import Mapping

from voting.charter.motion_rules import Rule
from voting.charter.schemes import Scheme
from voting.charter.thresholds import Threshold
from web.pages.officer.texts import _
from web.pages.officer.words import threshold_words

__all__ = ["rule_name", "scheme_name", "scheme_words", "threshold_of_college"]


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


def scheme_words(scheme: Scheme) -> str:
    """What a way of weighing means, in two plain sentences."""
    words: Mapping[Scheme, str] = {
        "turnout": _(
            "The votes that are cast in a college divide its whole share among them. So the "
            "share stays the same, even if few of the college vote."
        ),
        "roll": _(
            "The part of a member who does not vote is lost to her college. So a college in "
            "which few vote decides little, and no majority is promised to any."
        ),
        "bloc": _(
            "The whole share of a college goes where most of its votes go. Motions and choices of "
            "one option can be counted in this way, and nothing else."
        ),
        "none": _(
            "Every vote weighs the same, whatever the college. The colleges only matter for "
            "reserved seats, for agreement and for turnout."
        ),
    }
    return words[scheme]


def threshold_of_college(threshold: Threshold, college: str) -> str:
    """How much of one college must be For."""
    return _(
        "“%(college)s” must agree as well, in a count of its own: %(threshold)s.",
        college=college,
        threshold=threshold_words(threshold),
    )
