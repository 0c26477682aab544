"""What the protected college is guaranteed of a motion, computed exactly.

For a threshold θ and the largest Ω this roll allows:

* control: P united passes it alone when s_P is more than θΩ (at least θΩ where the
  threshold is "at least");
* cohesion needed: if all others oppose, that holds while the For part of P is above θΩ/s_P;
* veto: P united stops it when the others, Ω - s_P, do not meet the threshold.

Where each college's whole share goes to one side, P has to be of one mind by more than half
only, inside itself (T5). Where other colleges or a count of heads must agree, P controls
nothing, and keeps its veto (T6).

Source: design 4, section 2 (T1, T2 and the table of schemes); docs/rules/guarantee.md has
the proofs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from voting.charter.charter import Charter
from voting.charter.motion_rules import MotionRule, Rule
from voting.charter.schemes import Scheme
from voting.charter.thresholds import Threshold
from voting.members import CollegeId
from voting.protection import Protection, can_be_counted, format_optional, warn_of_dictator

HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class GuaranteeStatement:
    """What is promised to the protected college for one contest.

    Attributes:
        contest: the contest's id.
        protected: the protected college; None where the charter has none, and then
            nothing is promised.
        share: s_P, its share in the charter (0 without one).
        scheme: how ballots are weighed.
        threshold: what the motion needs.
        possible_share: the largest Ω: the shares, as far as caps leave them, of all colleges
            whose roll reaches their floor. Below 1 only when a college is too empty ever to
            be counted, or capped.
        control: whether P passes the motion alone, if at least `floor` of its members
            choose and all who choose say For, however many others vote.
        veto: whether the motion cannot pass if all of P who choose say Against.
        cohesion_needed: the part of P's counted ballots that must be For when everybody
            else is Against. None without control.
        cohesion_strict: True where it must be more than that, False where that is enough.
        blocking_needed: the part of P's counted ballots that stops the motion when
            everybody else is For. None without veto.
        blocking_strict: True where it must be more than that, False where that is enough.
        floor: fewest counted ballots of P; below it the contest is void (0 without P).
        holds: whether every promise made here is kept at any turnout.
        reasons: codes of why not.
        warnings: codes of what the officer is told before opening.
    """

    contest: str
    protected: CollegeId | None
    share: Fraction
    scheme: Scheme
    threshold: Threshold
    possible_share: Fraction
    control: bool
    veto: bool
    cohesion_needed: Fraction | None
    cohesion_strict: bool
    blocking_needed: Fraction | None
    blocking_strict: bool
    floor: int
    holds: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


def state_rule(
    charter: Charter, protection: Protection, rule: Rule, contest: str
) -> GuaranteeStatement:
    """Compute what is promised for any motion under a rule, whatever it asks.

    Raises:
        UnknownRuleError: the charter does not hold such motions.
    """
    needs = charter.rule(rule)
    threshold, share, possible = needs.threshold, protection.share, protection.possible_share
    others = _find_agreeing(needs, protection)
    reasons = (*protection.reasons, *_find_reasons(charter, protection, others))
    promised = protection.protected is not None and not reasons
    free = not others and needs.heads is None
    control = promised and free and threshold.is_met(share, possible)
    veto = promised and not threshold.is_met(possible - share, possible)
    cohesion = _find_cohesion(charter, needs, protection) if control else None
    blocking = _find_blocking(charter, needs, protection) if veto else None
    return GuaranteeStatement(
        contest=contest,
        protected=protection.protected,
        share=share,
        scheme=charter.scheme,
        threshold=threshold,
        possible_share=possible,
        control=control,
        veto=veto,
        cohesion_needed=cohesion and cohesion[0],
        cohesion_strict=cohesion is not None and cohesion[1],
        blocking_needed=blocking and blocking[0],
        blocking_strict=blocking is not None and blocking[1],
        floor=protection.floor,
        holds=not reasons,
        reasons=reasons,
        warnings=(
            *protection.warnings,
            *_find_warnings(charter, protection, rule, others),
        ),
    )


def _find_agreeing(needs: MotionRule, protection: Protection) -> tuple[CollegeId, ...]:
    """The colleges other than P that must agree; one of nobody is not asked."""
    return tuple(
        college
        for college in needs.agree
        if college != protection.protected and protection.members[college]
    )


def _find_reasons(
    charter: Charter, protection: Protection, others: tuple[CollegeId, ...]
) -> Iterator[str]:
    for college in others:
        # Below its floor it does not agree, so the motion could only be lost.
        if not can_be_counted(charter, protection.members, college):
            yield f"cannot-agree:{college}:{charter.floor(college)}"


def _find_cohesion(
    charter: Charter, needs: MotionRule, protection: Protection
) -> tuple[Fraction, bool]:
    """What part of P must be For, and whether more than it: the harder of what is asked."""
    threshold = needs.threshold
    asked = [(threshold.share * protection.possible_share / protection.share, threshold.strict)]
    if charter.scheme == "bloc":
        asked = [(HALF, True)]
    asked += [(own.share, own.strict) for own in _find_own(needs, protection)]
    return max(asked)


def _find_blocking(
    charter: Charter, needs: MotionRule, protection: Protection
) -> tuple[Fraction, bool]:
    """What part of P must be Against, and whether more than it: the easier of what is enough."""
    threshold, weight = needs.threshold, protection.possible_share / protection.share
    enough = [((1 - threshold.share) * weight, not threshold.strict)]
    if charter.scheme == "bloc":
        enough = [(HALF, False)]
    enough += [(1 - own.share, not own.strict) for own in _find_own(needs, protection)]
    return min(enough)


def _find_own(needs: MotionRule, protection: Protection) -> Iterator[Threshold]:
    for college, own in needs.agree.items():
        if college == protection.protected:
            yield own


def _find_warnings(
    charter: Charter, protection: Protection, rule: Rule, others: tuple[CollegeId, ...]
) -> Iterator[str]:
    needs = charter.rule(rule)
    met = needs.threshold.is_met(protection.share, protection.possible_share)
    if protection.protected is not None and rule == "ordinary" and not met:
        yield "ordinary-not-controlled"
    if charter.scheme == "bloc" and needs.heads is None:
        yield from warn_of_dictator(charter, protection, needs.threshold, others)
    for college in others:
        yield f"concurrent-veto:{college}"
    if needs.heads is not None:
        yield f"head-count:{rule}"


def motion_statement_object(statement: GuaranteeStatement) -> dict[str, object]:
    """The statement as it stands in the manifest."""
    return {
        "contest": statement.contest,
        "protected": statement.protected,
        "share": str(statement.share),
        "scheme": statement.scheme,
        "threshold": statement.threshold.format(),
        "possible_share": str(statement.possible_share),
        "control": statement.control,
        "veto": statement.veto,
        "cohesion_needed": format_optional(statement.cohesion_needed),
        "cohesion_strict": statement.cohesion_strict,
        "blocking_needed": format_optional(statement.blocking_needed),
        "blocking_strict": statement.blocking_strict,
        "floor": statement.floor,
        "holds": statement.holds,
        "reasons": list(statement.reasons),
        "warnings": list(statement.warnings),
    }
