"""The guarantee: what the protected college can bring about or stop, computed exactly.

With the turnout scheme a ballot of college c weighs s_c / T_c. Of the weight that is
counted, Ω, the protected college P holds s_P/Ω, never less than s_P, as long as one ballot
of P is counted (T1). For a threshold θ and the largest Ω this roll allows:

* control: P united passes a motion alone when s_P is more than θΩ (at least θΩ where the
  threshold is "at least");
* cohesion needed: if all others oppose, that holds while the For part of P is above θΩ/s_P;
* veto: P united stops a motion when the others, Ω - s_P, do not meet the threshold.

The statement is made before opening, refused when it does not hold, and says nothing more
than follows: a smaller Ω only makes all three easier for P.

Source: design 4, section 2 (T1, T2); docs/rules/guarantee.md has the proofs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from voting.charter import Charter, Threshold
from voting.contests import Motion
from voting.errors import GuaranteeDoesNotHoldError, MissingCollegeError
from voting.members import CollegeId
from voting.roll import RollSummary

SMALL_COLLEGE = 20


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


def state_guarantee(charter: Charter, roll: RollSummary, motion: Motion) -> GuaranteeStatement:
    """Compute what is promised for a motion.

    Raises:
        MissingCollegeError, UnknownCollegeError: the roll's colleges are not the charter's.
    """
    members = _match_colleges(charter, roll)
    threshold = charter.threshold(motion.rule)
    possible = sum(
        (c.share for c in charter.colleges if members[c.id] >= charter.floor(c.id)), Fraction()
    )
    share, floor = Fraction(), 0
    reasons: tuple[str, ...] = ()
    if charter.protected is not None:
        share = charter.college(charter.protected).share
        floor = charter.floor(charter.protected)
        reasons = _find_reasons(members[charter.protected], floor)
    promised = charter.protected is not None and not reasons
    control = promised and threshold.is_met(share, possible)
    veto = promised and not threshold.is_met(possible - share, possible)
    return GuaranteeStatement(
        contest=motion.id,
        protected=charter.protected,
        share=share,
        threshold=threshold,
        possible_share=possible,
        control=control,
        veto=veto,
        cohesion_needed=threshold.share * possible / share if control else None,
        blocking_needed=(1 - threshold.share) * possible / share if veto else None,
        floor=floor,
        holds=not reasons,
        reasons=reasons,
        warnings=tuple(_find_warnings(charter, members, motion, control=control)),
    )


def require_guarantee(charter: Charter, roll: RollSummary, motion: Motion) -> GuaranteeStatement:
    """The statement, provided that it holds: announcing an election asks this.

    Raises:
        GuaranteeDoesNotHoldError: with the reasons.
    """
    statement = state_guarantee(charter, roll, motion)
    if not statement.holds:
        raise GuaranteeDoesNotHoldError(statement.reasons)
    return statement


def _match_colleges(charter: Charter, roll: RollSummary) -> dict[CollegeId, int]:
    members = dict(roll.members)
    for college in charter.colleges:
        if college.id not in members:
            raise MissingCollegeError(college.id)
    for college_id in members:
        charter.college(college_id)
    return members


def _find_reasons(members: int, floor: int) -> tuple[str, ...]:
    # With nobody, or too few, to reach the floor the contest could only end void.
    if members == 0:
        return ("protected-college-empty",)
    if members < floor:
        return ("floor-above-roll",)
    return ()


def _find_warnings(
    charter: Charter, members: dict[CollegeId, int], motion: Motion, *, control: bool
) -> Iterator[str]:
    for college in charter.colleges:
        number, floor = members[college.id], charter.floor(college.id)
        if number == 0:
            yield f"empty-college:{college.id}"
        elif number < SMALL_COLLEGE:
            # Its published totals show how everybody voted whenever all vote alike.
            yield f"small-college:{college.id}:{number}"
        if college.id != charter.protected:
            if 0 < number < floor:
                yield f"floor-above-roll:{college.id}:{floor}"
            if floor > 1:
                # One more For can bring a college that is mostly Against above its floor.
                yield f"floor-can-turn:{college.id}:{floor}"
    if charter.protected is not None and motion.rule == "ordinary" and not control:
        yield "ordinary-not-controlled"
    if motion.missing_easy_read:
        yield f"no-easy-read:{motion.id}"


def statement_object(statement: GuaranteeStatement) -> dict[str, object]:
    """The statement as it stands in the manifest."""
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


def format_optional(fraction: Fraction | None) -> str | None:
    """A fraction as our formats write it, or None."""
    return None if fraction is None else str(fraction)
