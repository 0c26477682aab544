"""The result of a motion as it stands in `result.json`, and how it is read: by counting it again.

Source: design 4, section 4; docs/formats/result.md.
"""

from typing import Final

from voting.charter.caps import cap_object, read_cap
from voting.charter.motion_rules import STATUTORY, HeadCount, MotionRule, require_statutory
from voting.charter.schemes import SCHEMES
from voting.charter.thresholds import Threshold, read_threshold
from voting.contests import RULES
from voting.counting.motion import (
    Agreement,
    CollegeResult,
    CollegeTally,
    HeadCountResult,
    MotionResult,
    Question,
    Row,
    weigh,
)
from voting.counting.weighing import require_weighting
from voting.guarantee import format_optional
from voting.members import CollegeId
from voting.reading import (
    read_choice,
    read_fraction,
    read_integer,
    read_list,
    read_object,
    read_text,
)

_CONTEST: Final = (
    *("contest", "method", "scheme", "arithmetic", "charter", "rule", "threshold", "caps"),
    *("colleges", "for", "against", "counted_share", "outcome", "reasons", "lapsed"),
    *("agreements", "head_count", "guarantee"),
)
_COLLEGE: Final = (
    *("id", "roll", "cast", "counted", "blank", "invalid", "for", "against"),
    *("share", "floor", "weight", "capped", "effective_share"),
)
_HEADS: Final = ("for", "against", "roll", "threshold", "turnout", "reached")
_GUARANTEE: Final = (
    *("protected", "share", "effective_share", "control", "cohesion_needed"),
    *("cohesion_strict", "holds", "reasons"),
)


def motion_result_object(result: MotionResult) -> dict[str, object]:
    """The result as it stands in `result.json`."""
    check = result.guarantee
    return {
        "contest": result.contest,
        "method": "motion/v1",
        "scheme": result.scheme,
        "arithmetic": "fraction",
        "charter": result.charter,
        "rule": result.rule,
        "threshold": result.threshold.format(),
        "caps": [cap_object(cap) for cap in result.caps],
        "colleges": [_college_object(college) for college in result.colleges],
        "for": str(result.total_for),
        "against": str(result.total_against),
        "counted_share": str(result.counted_share),
        "outcome": result.outcome,
        "reasons": list(result.reasons),
        "lapsed": list(result.lapsed),
        "agreements": [_agreement_object(agreement) for agreement in result.agreements],
        "head_count": None if result.head_count is None else _heads_object(result.head_count),
        "guarantee": {
            "protected": check.protected,
            "share": str(check.share),
            "effective_share": str(check.effective_share),
            "control": check.control,
            "cohesion_needed": format_optional(check.cohesion_needed),
            "cohesion_strict": check.cohesion_strict,
            "holds": check.holds,
            "reasons": list(check.reasons),
        },
    }


def _agreement_object(agreement: Agreement) -> dict[str, object]:
    return {
        "college": agreement.college,
        "threshold": agreement.threshold.format(),
        "agreed": agreement.agreed,
    }


def _heads_object(heads: HeadCountResult) -> dict[str, object]:
    return {
        "for": heads.for_,
        "against": heads.against,
        "roll": heads.roll,
        "threshold": heads.threshold.format(),
        "turnout": str(heads.turnout),
        "reached": heads.reached,
    }


def _college_object(college: CollegeResult) -> dict[str, object]:
    return {
        "id": college.id,
        "roll": college.roll,
        "cast": college.cast,
        "counted": college.counted,
        "blank": college.blank,
        "invalid": college.invalid,
        "for": college.for_,
        "against": college.against,
        "share": str(college.share),
        "floor": college.floor,
        "weight": format_optional(college.weight),
        "capped": college.capped,
        "effective_share": str(college.effective_share),
    }


def read_motion_result(value: object) -> MotionResult:
    """What follows from the numbers of a result; the caller compares the bytes.

    Raises:
        VotingError: it is not the result of a motion.
    """
    fields = dict(zip(_CONTEST, read_object("contest", value, *_CONTEST), strict=True))
    rows = [_read_row(each) for each in read_list("contest.colleges", fields["colleges"])]
    question = Question(
        contest=read_text("contest.contest", fields["contest"]),
        charter=read_text("contest.charter", fields["charter"]),
        rule=read_choice("contest.rule", fields["rule"], RULES),
        needed=MotionRule(
            threshold=read_threshold("contest.threshold", fields["threshold"]),
            agree=dict(
                _read_agreement(each)
                for each in read_list("contest.agreements", fields["agreements"])
            ),
            heads=_read_heads(fields["head_count"]),
        ),
        scheme=read_choice("contest.scheme", fields["scheme"], SCHEMES),
        protected=_read_protected(fields["guarantee"]),
        caps=tuple(read_cap(each) for each in read_list("contest.caps", fields["caps"])),
    )
    require_weighting(question.weighting, rows)
    if question.rule in STATUTORY:
        require_statutory(question.rule, question.needed)
    # Everything else in the object follows from these; the caller compares the bytes.
    return weigh(question, rows)


def _read_row(value: object) -> Row:
    fields = dict(zip(_COLLEGE, read_object("contest.colleges", value, *_COLLEGE), strict=True))
    roll, cast, blank, for_, against, floor = (
        read_integer(f"contest.colleges.{name}", fields[name])
        for name in ("roll", "cast", "blank", "for", "against", "floor")
    )
    tally = CollegeTally(
        college=CollegeId(read_text("contest.colleges.id", fields["id"])),
        roll=roll,
        cast=cast,
        blank=blank,
        for_=for_,
        against=against,
    )
    return Row(tally, read_fraction("contest.colleges.share", fields["share"]), floor)


def _read_agreement(value: object) -> tuple[CollegeId, Threshold]:
    where = "contest.agreements"
    college, threshold, _ = read_object(where, value, "college", "threshold", "agreed")
    return CollegeId(read_text(where, college)), read_threshold(where, threshold)


def _read_heads(value: object) -> HeadCount | None:
    if value is None:
        return None
    where = "contest.head_count"
    fields = dict(zip(_HEADS, read_object(where, value, *_HEADS), strict=True))
    return HeadCount(
        read_threshold(where, fields["threshold"]), read_fraction(where, fields["turnout"])
    )


def _read_protected(value: object) -> CollegeId | None:
    protected = read_object("contest.guarantee", value, *_GUARANTEE)[0]
    if protected is None:
        return None
    return CollegeId(read_text("contest.guarantee.protected", protected))
