"""Counting a motion: the part of the counted weight that is For, against its threshold.

With the turnout scheme the share of a college is divided among the ballots that chose For
or Against in it: w_c = s_c / T_c. A blank ballot is a vote for neither, and does not
count in T_c. Ω is the sum of the shares that are counted, so that For and Against
together weigh exactly Ω.

    T_P below the floor of the protected college     void: never renormalised away
    T_c below the floor of another college (or 0)    its share lapses, and is listed
    For weighs as much as Against                    tied: lost, there is no casting vote
    nothing counted anywhere                         void

Source: design 4, sections 2 to 4; docs/rules/motions.md.
"""

from collections.abc import Sequence
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.charter_format import charter_digest
from voting.charter.thresholds import Threshold
from voting.contests import Motion
from voting.counting.quorum import find_void, match_colleges
from voting.counting.values import (
    CollegeResult,
    CollegeTally,
    GuaranteeCheck,
    MotionResult,
    Outcome,
    Question,
    Row,
)

__all__ = [
    "CollegeResult",
    "CollegeTally",
    "GuaranteeCheck",
    "MotionResult",
    "Outcome",
    "Question",
    "Row",
    "count_motion",
    "weigh",
]


def count_motion(charter: Charter, motion: Motion, tallies: Sequence[CollegeTally]) -> MotionResult:
    """Count a motion.

    Args:
        charter: the rules.
        motion: the contest.
        tallies: one for each college of the charter, in any order.

    Raises:
        UnknownCollegeError, DuplicateCollegeError, MissingCollegeError: they are not.
    """
    rows = [
        Row(tally, charter.college(college).share, charter.floor(college))
        for college, tally in match_colleges(charter, tallies).items()
    ]
    question = Question(
        contest=motion.id,
        charter=charter_digest(charter),
        rule=motion.rule,
        threshold=charter.threshold(motion.rule),
        protected=charter.protected,
    )
    return weigh(question, rows)


def weigh(question: Question, rows: Sequence[Row]) -> MotionResult:
    """The result that follows from the numbers."""
    reasons = find_void(question.protected, rows)
    counted = [] if reasons else [row for row in rows if row.is_counted]
    whole = sum((row.share for row in counted), Fraction())
    total_for = sum((_weigh(row, row.tally.for_) for row in counted), Fraction())
    total_against = sum((_weigh(row, row.tally.against) for row in counted), Fraction())
    colleges = tuple(_describe(row, whole, counted=row in counted) for row in rows)
    return MotionResult(
        contest=question.contest,
        charter=question.charter,
        rule=question.rule,
        threshold=question.threshold,
        colleges=colleges,
        total_for=total_for,
        total_against=total_against,
        counted_share=whole,
        outcome="void" if reasons else _decide(question.threshold, total_for, total_against),
        lapsed=tuple(row.tally.college for row in rows if whole and row not in counted),
        reasons=reasons,
        head_count=None,
        guarantee=_check_guarantee(question, colleges, whole),
    )


def _weigh(row: Row, ballots: int) -> Fraction:
    return row.share * Fraction(ballots, row.tally.counted)


def _decide(threshold: Threshold, total_for: Fraction, total_against: Fraction) -> Outcome:
    if threshold.is_met(total_for, total_for + total_against):
        return "passed"
    return "tied" if total_for == total_against else "lost"


def _describe(row: Row, whole: Fraction, *, counted: bool) -> CollegeResult:
    tally = row.tally
    return CollegeResult(
        id=tally.college,
        roll=tally.roll,
        cast=tally.cast,
        counted=tally.counted,
        blank=tally.blank,
        invalid=0,
        for_=tally.for_,
        against=tally.against,
        share=row.share,
        floor=row.floor,
        weight=row.share / tally.counted if counted else None,
        effective_share=row.share / whole if counted else Fraction(),
    )


def _check_guarantee(
    question: Question, colleges: Sequence[CollegeResult], whole: Fraction
) -> GuaranteeCheck:
    share = effective = Fraction()
    for college in colleges:
        if college.id == question.protected:
            share, effective = college.share, college.effective_share
    control = question.threshold.is_met(effective, Fraction(1)) if whole else False
    return GuaranteeCheck(
        protected=question.protected,
        share=share,
        effective_share=effective,
        control=control,
        cohesion_needed=question.threshold.share / effective if control else None,
        # T1 makes this true whenever P is counted; it is compared, not taken for granted.
        holds=effective >= share,
        reasons=() if effective >= share else ("protected-college-inquorate",),
    )
