"""The outlook of a charter with the roll of now, or with one that could be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from voting.charter.charter import Charter
from voting.members import CollegeId
from voting.outlook import foresee
from voting.roll import RollSummary
from web.actions.prepare import NOT_COMMITTED
from web.pages.officer.charter.outlook_words import SaidOutlook, say_outlook
from web.pages.officer.desk import the_service
from web.views import organisation

# Of a roll that could be: more than every college that we call small.
_ENOUGH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An outlook in words.

    Attributes:
        is_assumed: no roll has these colleges yet, so one with enough members was assumed.
    """

    said: SaidOutlook
    is_assumed: bool


def foresee_now(charter: Charter) -> Foreseen:
    """What a charter guarantees and what not."""
    view = organisation(the_service())
    known = dict(view.roll_counts)
    counts = {college.id: known.get(college.id, 0) for college in charter.colleges}
    # With a college of nobody the outlook would be that of the roll, and not of the charter.
    is_assumed = not all(counts.values())
    if is_assumed:
        counts = {
            college.id: max(_ENOUGH, charter.floor(college.id)) for college in charter.colleges
        }
    summary = RollSummary(NOT_COMMITTED, tuple(counts.items()))
    members: Mapping[CollegeId, int] = {} if is_assumed else counts
    return Foreseen(say_outlook(foresee(charter, summary), charter, members), is_assumed)
