"""Words of the officers' pages for what the rules name by a code."""

from collections.abc import Mapping
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.colleges import CollegeId
from voting.charter.schemes import Scheme
from voting.charter.thresholds import Threshold
from voting.elections import State
from voting.members import Language, TextFormat
from web.pages.officer.texts import _
from web.pages.words import capital, local, part_exactly
from web.views import Act


def state_word(state: State) -> str:
    """An election's state, as a status on a page."""
    words: Mapping[State, str] = {
        "draft": _("In preparation"),
        "announced": _("Announced, not open yet"),
        "open": _("Open"),
        "closed": _("Closed"),
        "tallied": _("Counted"),
        "certified": _("Certified"),
        "archived": _("Archived"),
        "void": _("Void"),
    }
    return words[state]


def act_word(act: Act) -> str:
    """An act that was done, beside its reason."""
    words: Mapping[Act, str] = {
        "announce": _("The election was announced"),
        "open": _("The vote was opened"),
        "close": _("The vote was closed"),
        "tally": _("The tally was started"),
        "certify": _("The result was certified"),
        "void": _("The election was made void"),
    }
    return words[act]


def college_name(charter: Charter | None, college: CollegeId | None) -> str:
    """A college's name in the language of the page, fit to begin a line."""
    if college is None:
        return _("Associate, without a vote")
    for known in charter.colleges if charter else ():
        if known.id == college:
            return capital(local(known.names))
    return college


def threshold_words(threshold: Threshold) -> str:
    """How much must be For, as a part of a sentence."""
    if threshold.strict and threshold.share == Fraction(1, 2):
        return _("more than half of the votes")
    share = part_exactly(threshold.share)
    if threshold.strict:
        return _("more than %(share)s of the votes", share=share)
    return _("at least %(share)s of the votes", share=share)


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


def language_word(language: Language) -> str:
    """A member's language."""
    return _("Welsh") if language == "cy" else _("English")


def format_word(text_format: TextFormat) -> str:
    """A member's kind of text."""
    return _("Easy Read") if text_format == "easy-read" else _("Standard text")
