"""A result as its officer checks it before she certifies it: short, and with its numbers.

The whole arithmetic stands on the election's public page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter import Charter
from voting.counting.motion import MotionResult, Outcome
from web.pages.officer.texts import _
from web.pages.officer.words import college_name, threshold_words
from web.pages.words import local, percent
from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class ResultRow:
    """How one college voted."""

    name: str
    voted: str
    for_: int
    against: int
    blank: int
    share: str


@dataclass(frozen=True, slots=True)
class SaidResult:
    """One contest's result in words."""

    title: str
    outcome: str
    sentence: str
    colleges: tuple[ResultRow, ...]
    notes: tuple[str, ...]


def say_results(view: ElectionView, charter: Charter | None) -> list[SaidResult]:
    """Every contest's result; empty before the tally is open."""
    if charter is None or view.results is None:
        return []
    return [
        SaidResult(
            title=local(contest.texts)["standard"].title,
            outcome=_outcome_word(result.outcome),
            sentence=_sentence(result),
            colleges=_rows(result, charter),
            notes=_notes(result, charter),
        )
        for contest, result in zip(view.contests, view.results, strict=True)
    ]


def _outcome_word(outcome: Outcome) -> str:
    words: Mapping[Outcome, str] = {
        "passed": _("Passed"),
        "lost": _("Not passed"),
        "tied": _("Tied, so not passed"),
        "void": _("Void: no result"),
    }
    return words[outcome]


def _sentence(result: MotionResult) -> str:
    if not result.counted_share:
        return _("Too few votes were counted, so there is no result. You may call the vote again.")
    return _(
        "%(for_)s of the counted votes are For, weighed by the shares of the colleges. The motion "
        "needs %(threshold)s.",
        for_=percent(Fraction(result.total_for, result.counted_share)),
        threshold=threshold_words(result.threshold),
    )


def _rows(result: MotionResult, charter: Charter) -> tuple[ResultRow, ...]:
    return tuple(
        ResultRow(
            name=college_name(charter, row.id),
            voted=_("%(cast)d of %(roll)d", cast=row.cast, roll=row.roll),
            for_=row.for_,
            against=row.against,
            blank=row.blank,
            share=percent(row.effective_share),
        )
        for row in result.colleges
    )


def _notes(result: MotionResult, charter: Charter) -> tuple[str, ...]:
    notes = [
        _(
            "The share of “%(college)s” lapsed: too few of its votes were For or Against.",
            college=college_name(charter, college),
        )
        for college in result.lapsed
    ]
    if result.guarantee.protected is not None:
        name = college_name(charter, result.guarantee.protected)
        if result.guarantee.holds:
            notes.append(_("The guarantee for “%(college)s” held in this count.", college=name))
        else:
            notes.append(_("The guarantee for “%(college)s” did not hold.", college=name))
    return tuple(notes)
