"""Counting a motion: the part of the counted weight that is For, against its threshold.

What a ballot weighs, and who is counted, is in `voting.counting.weighing`. A blank ballot is
a vote for neither, and is not counted. For and Against together weigh exactly Ω.

    protected college below its floor        void: never renormalised away
    another college below its floor (or 0)   its share lapses, and is listed
    For weighs as much as Against            tied: lost, there is no casting vote
    nothing counted anywhere                 void

A rule may need more: that some colleges agree, each by its own ballots, and that a plain count
of heads agrees. The motion is passed when all of it is so.

Source: design 4, sections 1 to 4; docs/rules/motions.md.
"""

from collections.abc import Sequence
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.charter_format import charter_digest
from voting.charter.motion_rules import HeadCount
from voting.charter.thresholds import Threshold
from voting.contests import Motion
from voting.counting.quorum import match_colleges
from voting.counting.values import (
    Agreement,
    CollegeResult,
    CollegeTally,
    GuaranteeCheck,
    HeadCountResult,
    MotionResult,
    Outcome,
    Question,
    Row,
)
from voting.counting.weighing import Weighed, Weighing, weigh_colleges

__all__ = [
    "Agreement",
    "CollegeResult",
    "CollegeTally",
    "GuaranteeCheck",
    "HeadCountResult",
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
        UnknownRuleError: the charter does not hold such motions.
    """
    rows = [
        Row(tally, charter.college(college).share, charter.floor(college))
        for college, tally in match_colleges(charter, tallies).items()
    ]
    question = Question(
        contest=motion.id,
        charter=charter_digest(charter),
        rule=motion.rule,
        needed=charter.rule(motion.rule),
        scheme=charter.scheme,
        protected=charter.protected,
        caps=charter.caps,
    )
    return weigh(question, rows)


def weigh(question: Question, rows: Sequence[Row]) -> MotionResult:
    """The result that follows from the numbers."""
    weighing = weigh_colleges(question.weighting, rows)
    weighed = list(zip(rows, weighing.colleges, strict=True))
    total_for = sum((_weigh_for(question, *each) for each in weighed), Fraction())
    total_against = weighing.total - total_for
    colleges = tuple(_describe(*each) for each in weighed)
    agreements = tuple(_ask(question, row) for row in rows if row.college in question.needed.agree)
    heads = None if question.needed.heads is None else _count_heads(question.needed.heads, rows)
    outcome = _decide(question.needed.threshold, total_for, total_against)
    all_agree = all(agreement.agreed is not False for agreement in agreements)
    if outcome == "passed" and not (all_agree and (heads is None or heads.reached)):
        outcome = "lost"
    return MotionResult(
        contest=question.contest,
        charter=question.charter,
        rule=question.rule,
        scheme=question.scheme,
        threshold=question.needed.threshold,
        caps=question.caps,
        colleges=colleges,
        total_for=total_for,
        total_against=total_against,
        counted_share=weighing.total,
        outcome="void" if weighing.reasons else outcome,
        lapsed=weighing.lapsed,
        reasons=weighing.reasons,
        agreements=agreements,
        head_count=heads,
        guarantee=_check_guarantee(question, colleges, agreements, weighing),
    )


def _weigh_for(question: Question, row: Row, weighed: Weighed) -> Fraction:
    if question.scheme == "bloc":
        # A college that is level has not said For.
        return weighed.part * (row.tally.for_ > row.tally.against)
    return Fraction() if weighed.weight is None else weighed.weight * row.tally.for_


def _decide(threshold: Threshold, total_for: Fraction, total_against: Fraction) -> Outcome:
    if threshold.is_met(total_for, total_for + total_against):
        return "passed"
    return "tied" if total_for == total_against else "lost"


def _ask(question: Question, row: Row) -> Agreement:
    threshold, tally = question.needed.agree[row.college], row.tally
    agreed = None
    if tally.roll:
        met = threshold.is_met(Fraction(tally.for_), Fraction(tally.counted))
        agreed = row.is_counted and met
    return Agreement(row.college, threshold, agreed)


def _count_heads(needed: HeadCount, rows: Sequence[Row]) -> HeadCountResult:
    # Also of colleges whose share lapsed: the law counts members, not shares.
    for_ = sum(row.tally.for_ for row in rows)
    against = sum(row.tally.against for row in rows)
    roll = sum(row.tally.roll for row in rows)
    chose = for_ + against
    reached = needed.threshold.is_met(Fraction(for_), Fraction(chose))
    return HeadCountResult(
        for_=for_,
        against=against,
        roll=roll,
        threshold=needed.threshold,
        turnout=needed.turnout,
        reached=reached and chose >= needed.turnout * roll,
    )


def _describe(row: Row, weighed: Weighed) -> CollegeResult:
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
        weight=weighed.weight,
        capped=weighed.capped,
        effective_share=weighed.effective_share,
    )


def _check_guarantee(
    question: Question,
    colleges: Sequence[CollegeResult],
    agreements: Sequence[Agreement],
    weighing: Weighing,
) -> GuaranteeCheck:
    share = effective = Fraction()
    for college in colleges:
        if college.id == question.protected:
            share, effective = college.share, college.effective_share
    needed = question.needed
    asked = {agreement.college for agreement in agreements if agreement.agreed is not None}
    alone = needed.heads is None and not asked - {question.protected}
    control = bool(alone and weighing.total and needed.threshold.is_met(effective, Fraction(1)))
    cohesion = _find_cohesion(question, effective) if control else None
    return GuaranteeCheck(
        protected=question.protected,
        share=share,
        effective_share=effective,
        control=control,
        cohesion_needed=cohesion and cohesion[0],
        cohesion_strict=cohesion is not None and cohesion[1],
        # T1 makes this true whenever P is counted; it is compared, not taken for granted.
        holds=effective >= share,
        reasons=() if effective >= share else ("protected-college-inquorate",),
    )


def _find_cohesion(question: Question, effective: Fraction) -> tuple[Fraction, bool]:
    """What part of its ballots it passes the motion with, and whether it takes more than that."""
    needed, protected = question.needed, question.protected
    asked = (needed.threshold.share / effective, needed.threshold.strict)
    if question.scheme == "bloc":
        asked = (Fraction(1, 2), True)
    own = [(t.share, t.strict) for college, t in needed.agree.items() if college == protected]
    return max([asked, *own])
