"""The guarantee: what the protected college can bring about or stop, computed exactly.

With the turnout scheme a ballot of college c weighs s_c / T_c. Of the weight that is
counted, Ω, the protected college P holds s_P/Ω, never less than s_P, as long as one ballot
of P is counted (T1). For a motion with threshold θ and the largest Ω this roll allows:

* control: P united passes it alone when s_P is more than θΩ (at least θΩ where the
  threshold is "at least");
* cohesion needed: if all others oppose, that holds while the For part of P is above θΩ/s_P;
* veto: P united stops it when the others, Ω - s_P, do not meet the threshold.

What is certain in a choice among options is in `voting.option_guarantee`.

The statement is made before opening, refused when it does not hold, and says nothing more
than follows: a smaller Ω only makes everything easier for P.

Source: design 4, section 2 (T1, T2); docs/rules/guarantee.md has the proofs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import overload

from voting.charter.charter import Charter
from voting.charter.thresholds import Threshold
from voting.contests import Contest, Motion, OptionContest
from voting.errors import GuaranteeDoesNotHoldError
from voting.members import CollegeId
from voting.option_guarantee import (
    OptionGuarantee,
    option_statement_object,
    state_option_guarantee,
)
from voting.protection import (
    SMALL_COLLEGE,
    Protection,
    find_protection,
    format_optional,
    warn_of_texts,
)
from voting.roll import RollSummary

__all__ = [
    "SMALL_COLLEGE",
    "GuaranteeStatement",
    "OptionGuarantee",
    "Statement",
    "format_optional",
    "require_guarantee",
    "state_guarantee",
    "statement_object",
]


@dataclass(frozen=True, slots=True)
class GuaranteeStatement:
    """What is promised to the protected college for one contest.

    Attributes:
        contest: the contest's id.
        protected: the protected college; None where the charter has none, and then
            nothing is promised.
        share: s_P, its share in the charter (0 without one).
        threshold: what the motion needs.
        possible_share: the largest Ω: the shares of all colleges whose roll reaches their
            floor. Below 1 only when a college is too empty ever to be counted.
        control: whether P passes the motion alone, if at least `floor` of its members
            choose and all who choose say For, however many others vote.
        veto: whether the motion cannot pass if all of P who choose say Against.
        cohesion_needed: the part of P's counted ballots that must be For when everybody
            else is Against: more than this where the threshold is strict, else at least
            this. None without control.
        blocking_needed: the part of P's counted ballots that stops the motion when
            everybody else is For: at least this where the threshold is strict, else more
            than this. None without veto.
        floor: fewest counted ballots of P; below it the contest is void (0 without P).
        holds: whether every promise made here is kept at any turnout.
        reasons: codes of why not.
        warnings: codes of what the officer is told before opening.
    """

    contest: str
    protected: CollegeId | None
    share: Fraction
    threshold: Threshold
    possible_share: Fraction
    control: bool
    veto: bool
    cohesion_needed: Fraction | None
    blocking_needed: Fraction | None
    floor: int
    holds: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


Statement = GuaranteeStatement | OptionGuarantee


@overload
def state_guarantee(charter: Charter, roll: RollSummary, contest: Motion) -> GuaranteeStatement: ...
@overload
def state_guarantee(
    charter: Charter, roll: RollSummary, contest: OptionContest
) -> OptionGuarantee: ...
@overload
def state_guarantee(charter: Charter, roll: RollSummary, contest: Contest) -> Statement: ...
def state_guarantee(charter: Charter, roll: RollSummary, contest: Contest) -> Statement:
    """Compute what is promised for a contest.

    Returns:
        A `GuaranteeStatement` for a motion, an `OptionGuarantee` for any other contest.

    Raises:
        MissingCollegeError, UnknownCollegeError: the roll's colleges are not the charter's.
        WeightedMethodError: its method cannot weigh the colleges of this charter.
    """
    protection = find_protection(charter, roll)
    if isinstance(contest, OptionContest):
        return state_option_guarantee(charter, protection, contest)
    return _state_motion(charter, protection, contest)


@overload
def require_guarantee(
    charter: Charter, roll: RollSummary, contest: Motion
) -> GuaranteeStatement: ...
@overload
def require_guarantee(
    charter: Charter, roll: RollSummary, contest: OptionContest
) -> OptionGuarantee: ...
@overload
def require_guarantee(charter: Charter, roll: RollSummary, contest: Contest) -> Statement: ...
def require_guarantee(charter: Charter, roll: RollSummary, contest: Contest) -> Statement:
    """The statement, provided that it holds: announcing an election asks this.

    Raises:
        GuaranteeDoesNotHoldError: with the reasons.
    """
    statement = state_guarantee(charter, roll, contest)
    if not statement.holds:
        raise GuaranteeDoesNotHoldError(statement.reasons)
    return statement


def _state_motion(charter: Charter, protection: Protection, motion: Motion) -> GuaranteeStatement:
    threshold = charter.threshold(motion.rule)
    share, possible = protection.share, protection.possible_share
    control = protection.is_promised and threshold.is_met(share, possible)
    veto = protection.is_promised and not threshold.is_met(possible - share, possible)
    return GuaranteeStatement(
        contest=motion.id,
        protected=protection.protected,
        share=share,
        threshold=threshold,
        possible_share=possible,
        control=control,
        veto=veto,
        cohesion_needed=threshold.share * possible / share if control else None,
        blocking_needed=(1 - threshold.share) * possible / share if veto else None,
        floor=protection.floor,
        holds=not protection.reasons,
        reasons=protection.reasons,
        warnings=(
            *protection.warnings,
            *_find_warnings(protection, motion, control=control),
            *warn_of_texts(motion),
        ),
    )


def _find_warnings(protection: Protection, motion: Motion, *, control: bool) -> Iterator[str]:
    if protection.protected is not None and motion.rule == "ordinary" and not control:
        yield "ordinary-not-controlled"


def statement_object(statement: Statement) -> dict[str, object]:
    """The statement as it stands in the manifest."""
    if isinstance(statement, OptionGuarantee):
        return option_statement_object(statement)
    return {
        "contest": statement.contest,
        "protected": statement.protected,
        "share": str(statement.share),
        "threshold": statement.threshold.format(),
        "possible_share": str(statement.possible_share),
        "control": statement.control,
        "veto": statement.veto,
        "cohesion_needed": format_optional(statement.cohesion_needed),
        "blocking_needed": format_optional(statement.blocking_needed),
        "floor": statement.floor,
        "holds": statement.holds,
        "reasons": list(statement.reasons),
        "warnings": list(statement.warnings),
    }
