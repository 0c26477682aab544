"""The words of a table of a result, in the language of the page.

Source: docs/formats/csv.md.
"""

from collections.abc import Mapping

from voting.counting.csv_cells import PLACES
from web.pages.translations import gettext


def csv_words() -> Mapping[str, str]:
    """What each heading and each answer of `voting.counting.csv_table` is called."""
    return {
        **_sections(),
        **_of_every_table(),
        **_of_motions(),
        **_of_options(),
        **_of_guarantees(),
        **_answers(),
    }


def _sections() -> dict[str, str]:
    return {
        "result": gettext("Result"),
        "colleges": gettext("Colleges"),
        "marks": gettext("Marks"),
        "stages": gettext("Stages"),
        "pairs": gettext("Comparisons of two options"),
        "grades": gettext("Grades"),
        "elected": gettext("Options that win"),
        "ties": gettext("Ties"),
        "guarantee": gettext("The guarantee"),
        "decimal": gettext("decimal"),
        "note": gettext(
            "Exact numbers are fractions with an apostrophe (') in front, so that they stay as "
            "they are. The decimals beside them are cut after %(places)s places, not rounded.",
            places=PLACES,
        ),
    }


def _of_every_table() -> dict[str, str]:
    return {
        "vote": gettext("Vote"),
        "question": gettext("Question"),
        "contest": gettext("Id of the question"),
        "method": gettext("Method"),
        "scheme": gettext("Scheme"),
        "arithmetic": gettext("Arithmetic"),
        "charter": gettext("Rules (SHA-256)"),
        "digest": gettext("What was counted (SHA-256)"),
        "rule": gettext("Rule"),
        "threshold": gettext("Part of the weight that is needed"),
        "seats": gettext("Places to fill"),
        "outcome": gettext("Outcome"),
        "reasons": gettext("Reasons"),
        "total": gettext("Weight of all the votes that count"),
        "college-id": gettext("Id of the college"),
        "college": gettext("College"),
        "roll": gettext("Members"),
        "cast": gettext("Voted"),
        "counted": gettext("Made a choice"),
        "blank": gettext("Did not choose"),
        "invalid": gettext("Not valid"),
        "for": gettext("For"),
        "against": gettext("Against"),
        "for-weight": gettext("Weight For"),
        "against-weight": gettext("Weight Against"),
        "share": gettext("Share in the rules"),
        "floor": gettext("Fewest who must make a choice"),
        "weight": gettext("Weight of one vote"),
        "capped": gettext("Some of the weight is left out by a cap"),
        "part": gettext("Part of the votes"),
        "caps": gettext("Caps"),
        "cap-ballots": gettext("Most for one vote, in votes of the protected college"),
        "cap-part": gettext("Most for all its votes, as a part of all votes"),
        "reserved": gettext("Reserved for this college"),
        "vacant": gettext("Places that stay empty"),
        "seed": gettext("Seed of the lots"),
    }


def _of_motions() -> dict[str, str]:
    return {
        "agreements": gettext("Colleges that must agree"),
        "agreed": gettext("It agreed"),
        "heads": gettext("Plain count of members"),
        "turnout": gettext("Part of the members who must choose"),
        "reached": gettext("It is enough"),
    }


def _of_options() -> dict[str, str]:
    return {
        "number": gettext("Number of the option"),
        "option": gettext("Option"),
        "stage": gettext("Stage"),
        "action": gettext("What was done"),
        "mover": gettext("Whose votes went on"),
        "held": gettext("Weight, or points on average"),
        "transfer": gettext("What came or went"),
        "status": gettext("Where it stands"),
        "quota": gettext("Needed to win"),
        "non-transferable": gettext("Votes that name no other option"),
        "lost": gettext("Lost by rounding"),
        "before": gettext("Before this option"),
        "grade": gettext("Grade"),
        "order": gettext("Order"),
        "on": gettext("Why"),
        "kind": gettext("What had to be decided"),
        "tied": gettext("Options that were equal"),
        "tried": gettext("Decided by, in this order"),
        "chosen": gettext("Chosen"),
    }


def _of_guarantees() -> dict[str, str]:
    return {
        "protected": gettext("Protected college"),
        "control": gettext("Could pass the motion alone"),
        "cohesion": gettext("Part of its votes needed for that"),
        "seats-guaranteed": gettext("Places guaranteed"),
        "majority": gettext("More than half of the places"),
        "least-share": gettext("Part of the votes to exceed for that"),
        "controls": gettext("More than half of the places guaranteed"),
        "holds": gettext("The guarantee was kept"),
    }


def _answers() -> dict[str, str]:
    return {
        "yes": gettext("yes"),
        "no": gettext("no"),
        "more-than": gettext("more than"),
        "at-least": gettext("at least"),
        "outcome-passed": gettext("passed"),
        "outcome-lost": gettext("lost"),
        "outcome-tied": gettext("equal, and so lost"),
        "outcome-void": gettext("no result"),
        "outcome-elected": gettext("decided"),
        "action-count": gettext("first count"),
        "action-surplus": gettext("what an option does not need goes on"),
        "action-exclusion": gettext("an option is taken out"),
        "status-continuing": gettext("in the count"),
        "status-elected": gettext("wins"),
        "status-excluded": gettext("taken out"),
        "on-most": gettext("most votes"),
        "on-majority": gettext("more than half"),
        "on-quota": gettext("as much as is needed"),
        "on-last-places": gettext("no more options left than places"),
        "on-best-grades": gettext("the best grades"),
        "on-strongest-paths": gettext("the strongest in the comparisons"),
        "on-locked": gettext("first in the comparisons"),
        "kind-elect": gettext("which option wins"),
        "kind-surplus": gettext("whose votes go on first"),
        "kind-exclude": gettext("which option is taken out"),
        "kind-lock": gettext("which comparison counts first"),
        "tie-protected-college": gettext("votes of the protected college"),
        "tie-earlier-stage": gettext("an earlier stage"),
        "tie-lot": gettext("a lot"),
    }
