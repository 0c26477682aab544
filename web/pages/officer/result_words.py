"""A result as its officer checks it before she certifies it: short, and with its numbers.

The whole arithmetic stands on the election's public page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.colleges import CollegeId
from voting.contests import Contest, Motion
from voting.counting.count import ContestResult
from voting.counting.motion import MotionResult, Outcome
from voting.counting.option_result import OptionResult
from voting.option_contests import OptionContest
from web.pages.officer.method_words import say_method
from web.pages.officer.texts import _, ngettext
from web.pages.officer.words import college_name, threshold_words
from web.pages.words import local, percent
from web.views import ElectionView


@dataclass(frozen=True, slots=True)
class SaidResult:
    """One question's result in words.

    Attributes:
        elected: names in the order of their election; none for a motion.
        heads: of the table, after the college.
        rows: each college with its numbers.
    """

    title: str
    outcome: str
    sentence: str
    elected: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]


def say_results(view: ElectionView, charter: Charter | None) -> list[SaidResult]:
    """Every question's result; empty before the tally is open."""
    if charter is None or view.results is None:
        return []
    pairs = zip(view.contests, view.results, strict=True)
    return [_say(contest, result, charter) for contest, result in pairs]


def _say(contest: Contest, result: ContestResult, charter: Charter) -> SaidResult:
    if isinstance(result, MotionResult):
        assert isinstance(contest, Motion)
        return _say_motion(contest, result, charter)
    assert isinstance(contest, OptionContest)
    return _say_options(contest, result, charter)


def _say_motion(contest: Motion, result: MotionResult, charter: Charter) -> SaidResult:
    return SaidResult(
        title=local(contest.texts)["standard"].title,
        outcome=_outcome_word(result.outcome),
        sentence=_motion_sentence(result),
        elected=(),
        heads=(_("Voted"), _("For"), _("Against"), _("Did not choose"), _("Share")),
        rows=tuple(
            (
                college_name(charter, row.id),
                (
                    _("%(cast)d of %(roll)d", cast=row.cast, roll=row.roll),
                    str(row.for_),
                    str(row.against),
                    str(row.blank),
                    percent(row.effective_share),
                ),
            )
            for row in result.colleges
        ),
        notes=(*_beside(result, charter), *_notes(result, charter)),
    )


def _say_options(contest: OptionContest, result: OptionResult, charter: Charter) -> SaidResult:
    names = [local(option.names) for option in contest.options]
    return SaidResult(
        title=local(contest.texts)["standard"].title,
        outcome=_("Decided") if result.outcome == "elected" else _("Void: no result"),
        sentence=_options_sentence(result),
        elected=tuple(names[each.option - 1] for each in result.elected),
        heads=(_("Voted"), _("Counted"), _("Did not choose"), _("Not valid"), _("Share")),
        rows=tuple(
            (
                college_name(charter, row.id),
                (
                    _("%(cast)d of %(roll)d", cast=row.cast, roll=row.roll),
                    str(row.counted),
                    str(row.blank),
                    str(row.invalid),
                    percent(row.effective_share),
                ),
            )
            for row in result.colleges
        ),
        notes=(*_seat_notes(result, charter), *_tie_notes(result), *_notes(result, charter)),
    )


def _outcome_word(outcome: Outcome) -> str:
    words: Mapping[Outcome, str] = {
        "passed": _("Passed"),
        "lost": _("Not passed"),
        "tied": _("Tied, so not passed"),
        "void": _("Void: no result"),
    }
    return words[outcome]


def _void_words() -> str:
    return _("Too few votes were counted, so there is no result. You may call the vote again.")


def _motion_sentence(result: MotionResult) -> str:
    if not result.counted_share:
        return _void_words()
    if result.scheme == "none":
        return _(
            "%(for_)s of the counted votes are For. The motion needs %(threshold)s.",
            for_=percent(Fraction(result.total_for, result.counted_share)),
            threshold=threshold_words(result.threshold),
        )
    return _(
        "%(for_)s of the counted votes are For, weighed by the shares of the colleges. The motion "
        "needs %(threshold)s.",
        for_=percent(Fraction(result.total_for, result.counted_share)),
        threshold=threshold_words(result.threshold),
    )


def _options_sentence(result: OptionResult) -> str:
    if result.outcome == "void":
        return _void_words()
    return _("Counted in this way: %(method)s.", method=say_method(result.method).name)


def _beside(result: MotionResult, charter: Charter) -> Iterator[str]:
    """What else decided a motion: the colleges that had to agree, and the head count."""
    for each in result.agreements:
        words = {
            True: _("“%(college)s” had to agree, and it did."),
            False: _("“%(college)s” had to agree, and it did not."),
            None: _("Nobody is in “%(college)s”, so its agreement was not asked."),
        }
        yield words[each.agreed] % {"college": college_name(charter, each.college)}
    heads = result.head_count
    if heads is not None:
        yield _(
            "Heads: %(for_)d For, %(against)d Against, of %(roll)d members. That is %(verdict)s.",
            for_=heads.for_,
            against=heads.against,
            roll=heads.roll,
            verdict=_("enough") if heads.reached else _("not enough"),
        )


def _seat_notes(result: OptionResult, charter: Charter) -> Iterator[str]:
    if result.college is not None:
        yield _(
            "These are reserved seats: only “%(college)s” was asked.",
            college=college_name(charter, result.college),
        )
    if result.vacant:
        yield ngettext(
            "%(num)d seat stays empty. It passes to nobody.",
            "%(num)d seats stay empty. They pass to nobody.",
            result.vacant,
        )


def _tie_notes(result: OptionResult) -> tuple[str, ...]:
    if not result.ties:
        return ()
    notes = [
        ngettext(
            "%(num)d tie had to be resolved. The public page shows how.",
            "%(num)d ties had to be resolved. The public page shows how.",
            len(result.ties),
        )
    ]
    if any(tie.resolved_by == "lot" for tie in result.ties):
        notes.append(_("A tie was resolved by a public lot, which anybody can draw again."))
    return tuple(notes)


def _notes(result: ContestResult, charter: Charter) -> tuple[str, ...]:
    notes = [_lapse_note(result, college_name(charter, college)) for college in result.lapsed]
    notes += [
        _(
            "“%(college)s” is capped: some of its weight lapsed.",
            college=college_name(charter, row.id),
        )
        for row in result.colleges
        if row.capped
    ]
    protected: CollegeId | None = result.guarantee.protected
    # The reserved seats of another college are no matter of the protected one.
    others_seats = isinstance(result, OptionResult) and result.college not in (None, protected)
    if protected is not None and not others_seats:
        name = college_name(charter, protected)
        if result.guarantee.holds:
            notes.append(_("The guarantee for “%(college)s” held in this count.", college=name))
        else:
            notes.append(_("The guarantee for “%(college)s” did not hold.", college=name))
    return tuple(notes)


def _lapse_note(result: ContestResult, name: str) -> str:
    if isinstance(result, MotionResult):
        return _(
            "The share of “%(college)s” lapsed: too few of its votes were For or Against.",
            college=name,
        )
    return _("The share of “%(college)s” lapsed: too few of its votes were counted.", college=name)
