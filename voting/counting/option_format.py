"""The result of a choice among options as it stands in `result.json`, and how it is read.

Where marks were added up, reading counts them again. Where ballots were opened one by one
they are not in the result: then everything that follows from its other numbers is worked out
again, weights must be conserved at every stage, and sums must fit. That the count is the one
of those ballots is for the verifier to check.

Source: design 4, section 4; docs/formats/result.md.
"""

import re
from fractions import Fraction
from typing import Final

from voting.charter.caps import cap_object, read_cap
from voting.charter.schemes import SCHEMES, CountScheme
from voting.counting.method import Matrix, MethodCount
from voting.counting.option_checks import check_count
from voting.counting.option_result import (
    ACTIONS,
    ONS,
    STATUSES,
    TIE_KINDS,
    TIE_RULES,
    Elected,
    OptionCollege,
    OptionResult,
    Stage,
    Tie,
)
from voting.counting.option_values import OptionQuestion, OptionRow, assemble, require_rows
from voting.counting.options import recount_marks
from voting.errors import MalformedError
from voting.members import CollegeId
from voting.option_contests import METHODS
from voting.protection import format_optional
from voting.reading import (
    read_choice,
    read_fraction,
    read_integer,
    read_list,
    read_object,
    read_text,
)
from voting.texts import require_digest

_RESULT: Final = (
    *("contest", "method", "arithmetic", "scheme", "college", "charter", "seats", "options"),
    *("caps", "colleges", "total_weight", "quota", "stages", "pairwise", "grades"),
    *("elected", "vacant", "ties", "outcome", "reasons", "lapsed", "guarantee", "seed"),
    "digest",
)
_COLLEGE: Final = (
    *("id", "roll", "cast", "counted", "blank", "invalid", "marks"),
    *("share", "floor", "weight", "capped", "effective_share"),
)
_STAGE: Final = (
    *("number", "action", "option", "quota", "totals", "transfers"),
    *("non_transferable", "lost", "status"),
)
_GUARANTEE: Final = (
    *("protected", "share", "effective_share", "seats", "seats_guaranteed"),
    *("majority_needed", "least_share", "controls", "holds", "reasons"),
)
# The longest that exact STV can write, with room; far below what Python is ready to read.
_AMOUNT: Final = re.compile(r"-?(0|[1-9][0-9]{0,2999})(/[1-9][0-9]{0,2999})?")


def option_result_object(result: OptionResult) -> dict[str, object]:
    """The result as it stands in `result.json`."""
    check = result.guarantee
    return {
        "contest": result.contest,
        "method": f"{result.method}/v1",
        "arithmetic": result.arithmetic,
        "scheme": result.scheme,
        "college": result.college,
        "charter": result.charter,
        "seats": result.seats,
        "options": result.options,
        "caps": [cap_object(cap) for cap in result.caps],
        "colleges": [_college_object(college) for college in result.colleges],
        "total_weight": str(result.total_weight),
        "quota": format_optional(result.quota),
        "stages": [stage_object(stage) for stage in result.stages],
        "pairwise": matrix_object(result.pairwise),
        "grades": matrix_object(result.grades),
        "elected": [
            {"option": each.option, "order": each.order, "stage": each.stage, "on": each.on}
            for each in result.elected
        ],
        "vacant": result.vacant,
        "ties": [tie_object(tie) for tie in result.ties],
        "outcome": result.outcome,
        "reasons": list(result.reasons),
        "lapsed": list(result.lapsed),
        "guarantee": {
            "protected": check.protected,
            "share": str(check.share),
            "effective_share": str(check.effective_share),
            "seats": check.seats,
            "seats_guaranteed": check.seats_guaranteed,
            "majority_needed": check.majority_needed,
            "least_share": format_optional(check.least_share),
            "controls": check.controls,
            "holds": check.holds,
            "reasons": list(check.reasons),
        },
        "seed": result.seed,
        "digest": result.digest,
    }


def _college_object(college: OptionCollege) -> dict[str, object]:
    return {
        "id": college.id,
        "roll": college.roll,
        "cast": college.cast,
        "counted": college.counted,
        "blank": college.blank,
        "invalid": college.invalid,
        "marks": None if college.marks is None else list(college.marks),
        "share": str(college.share),
        "floor": college.floor,
        "weight": format_optional(college.weight),
        "capped": college.capped,
        "effective_share": str(college.effective_share),
    }


def stage_object(stage: Stage) -> dict[str, object]:
    """A stage as it stands in a result."""
    return {
        "number": stage.number,
        "action": stage.action,
        "option": stage.option,
        "quota": format_optional(stage.quota),
        "totals": [str(total) for total in stage.totals],
        "transfers": [str(transfer) for transfer in stage.transfers],
        "non_transferable": str(stage.non_transferable),
        "lost": str(stage.lost),
        "status": list(stage.status),
    }


def tie_object(tie: Tie) -> dict[str, object]:
    """A tie as it stands in a result."""
    return {
        "stage": tie.stage,
        "kind": tie.kind,
        "options": list(tie.options),
        "tried": list(tie.tried),
        "resolved_by": tie.resolved_by,
        "chosen": list(tie.chosen),
    }


def matrix_object(matrix: Matrix | None) -> list[list[str]] | None:
    """Weights of pairs, or of grades, as they stand in a result."""
    return None if matrix is None else [[str(weight) for weight in row] for row in matrix]


def read_option_result(value: object) -> OptionResult:
    """What follows from the numbers of a result; the caller compares the bytes.

    Raises:
        VotingError: it is not the result of a choice among options.
    """
    fields = dict(zip(_RESULT, read_object("contest", value, *_RESULT), strict=True))
    versions = tuple(f"{method}/v1" for method in METHODS)
    method = read_choice("contest.method", fields["method"], versions)
    guarantee = read_object("contest.guarantee", fields["guarantee"], *_GUARANTEE)
    college = _read_college("contest.college", fields["college"])
    schemes: tuple[CountScheme, ...] = SCHEMES if college is None else ("seats",)
    seed = fields["seed"]
    question = OptionQuestion(
        contest=read_text("contest.contest", fields["contest"]),
        charter=read_text("contest.charter", fields["charter"]),
        method=METHODS[versions.index(method)],
        seats=read_integer("contest.seats", fields["seats"]),
        options=read_integer("contest.options", fields["options"]),
        scheme=read_choice("contest.scheme", fields["scheme"], schemes),
        protected=_read_college("contest.guarantee.protected", guarantee[0]),
        college=college,
        caps=tuple(read_cap(each) for each in read_list("contest.caps", fields["caps"])),
        seed=None if seed is None else read_text("contest.seed", seed),
    )
    rows = [_read_row(question, each) for each in read_list("contest.colleges", fields["colleges"])]
    require_rows(question, rows)
    if not question.is_shuffled:
        return recount_marks(question, rows)
    digest = read_text("contest.digest", fields["digest"])
    require_digest("contest.digest", digest)
    count = MethodCount(
        elected=tuple(_read_elected(e) for e in read_list("contest.elected", fields["elected"])),
        ties=tuple(_read_tie(each) for each in read_list("contest.ties", fields["ties"])),
        stages=tuple(_read_stage(each) for each in read_list("contest.stages", fields["stages"])),
        pairwise=_read_matrix("contest.pairwise", fields["pairwise"]),
        grades=_read_matrix("contest.grades", fields["grades"]),
    )
    result = assemble(question, rows, digest, count)
    check_count(result)
    return result


def _read_college(where: str, value: object) -> CollegeId | None:
    return None if value is None else CollegeId(read_text(where, value))


def _read_row(question: OptionQuestion, value: object) -> OptionRow:
    fields = dict(zip(_COLLEGE, read_object("contest.colleges", value, *_COLLEGE), strict=True))
    roll, cast, counted, blank, invalid, floor = (
        read_integer(f"contest.colleges.{name}", fields[name])
        for name in ("roll", "cast", "counted", "blank", "invalid", "floor")
    )
    marks = None
    if not question.is_shuffled:
        marks = _read_integers("contest.colleges.marks", fields["marks"])
    return OptionRow(
        college=CollegeId(read_text("contest.colleges.id", fields["id"])),
        roll=roll,
        cast=cast,
        counted=counted,
        blank=blank,
        invalid=invalid,
        marks=marks,
        share=read_fraction("contest.colleges.share", fields["share"]),
        floor=floor,
    )


def _read_stage(value: object) -> Stage:
    fields = dict(zip(_STAGE, read_object("contest.stages", value, *_STAGE), strict=True))
    option, quota, rest = fields["option"], fields["quota"], fields["non_transferable"]
    status = read_list("contest.stages.status", fields["status"])
    return Stage(
        number=read_integer("contest.stages.number", fields["number"]),
        action=read_choice("contest.stages.action", fields["action"], ACTIONS),
        option=None if option is None else read_integer("contest.stages.option", option),
        quota=None if quota is None else _read_amount("contest.stages.quota", quota),
        totals=_read_amounts("contest.stages.totals", fields["totals"]),
        transfers=_read_amounts("contest.stages.transfers", fields["transfers"]),
        non_transferable=_read_amount("contest.stages.non_transferable", rest),
        lost=_read_amount("contest.stages.lost", fields["lost"]),
        status=tuple(read_choice("contest.stages.status", each, STATUSES) for each in status),
    )


def _read_elected(value: object) -> Elected:
    option, order, stage, on = read_object(
        "contest.elected", value, "option", "order", "stage", "on"
    )
    return Elected(
        option=read_integer("contest.elected.option", option),
        order=read_integer("contest.elected.order", order),
        stage=read_integer("contest.elected.stage", stage),
        on=read_choice("contest.elected.on", on, ONS),
    )


def _read_tie(value: object) -> Tie:
    stage, kind, options, tried, _, chosen = read_object(
        "contest.ties", value, "stage", "kind", "options", "tried", "resolved_by", "chosen"
    )
    rules = read_list("contest.ties.tried", tried)
    if not rules:
        raise MalformedError("contest.ties.tried")
    return Tie(
        stage=read_integer("contest.ties.stage", stage),
        kind=read_choice("contest.ties.kind", kind, TIE_KINDS),
        options=_read_integers("contest.ties.options", options),
        tried=tuple(read_choice("contest.ties.tried", rule, TIE_RULES) for rule in rules),
        chosen=_read_integers("contest.ties.chosen", chosen),
    )


def _read_matrix(where: str, value: object) -> Matrix | None:
    if value is None:
        return None
    return tuple(_read_amounts(where, row) for row in read_list(where, value))


def _read_integers(where: str, value: object) -> tuple[int, ...]:
    return tuple(read_integer(where, each) for each in read_list(where, value))


def _read_amounts(where: str, value: object) -> tuple[Fraction, ...]:
    return tuple(_read_amount(where, each) for each in read_list(where, value))


def _read_amount(where: str, value: object) -> Fraction:
    text = read_text(where, value)
    if not _AMOUNT.fullmatch(text):
        raise MalformedError(where)
    return Fraction(text)
