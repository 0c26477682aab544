"""The count of a file as canonical JSON.

The fields are those of a result (docs/formats/result.md), but that candidates have names, and
`elected` lists these in order of election.

Source: design 4, section 4; docs/formats/counting.md, docs/rules/counting.md.
"""

from fractions import Fraction

from voting.canonical import format_canonical
from voting.counting.election_file import FileCollege
from voting.counting.file_count import FileCount
from voting.counting.option_format import matrix_object, stage_object, tie_object
from voting.counting.option_values import ARITHMETIC
from voting.option_guarantee import count_guaranteed, find_least_share
from voting.protection import format_optional


def list_elected_names(counted: FileCount) -> list[str]:
    """Who is elected, in order of election."""
    return [counted.election.candidates[each.option - 1] for each in counted.count.elected]


def list_remarks(counted: FileCount) -> list[str]:
    """What whoever reads the result should know about the file."""
    return [
        f"{college.name}: the file says {college.stated} valid ballots, {college.counted} are"
        for college in counted.election.colleges
        if college.stated is not None and college.stated != college.counted
    ]


def format_count(counted: FileCount) -> bytes:
    """Write a count."""
    return format_canonical(count_object(counted))


def count_object(counted: FileCount) -> dict[str, object]:
    """A count as an object of canonical JSON."""
    election, count = counted.election, counted.count
    colleges = list(zip(election.colleges, counted.weights, strict=True))
    return {
        "v": 1,
        "title": election.title,
        "method": f"{counted.method}/v1",
        "arithmetic": _find_arithmetic(counted),
        "scheme": "turnout" if counted.is_weighed else "none",
        "seats": counted.seats,
        "candidates": list(election.candidates),
        "withdrawn": list(election.withdrawn),
        "colleges": [_college_object(counted, *each) for each in colleges],
        "total_weight": str(counted.total_weight),
        "quota": format_optional(count.quota),
        "stages": [stage_object(stage) for stage in count.stages],
        "pairwise": matrix_object(count.pairwise),
        "grades": matrix_object(count.grades),
        "elected": list_elected_names(counted),
        "elections": [
            {"option": each.option, "order": each.order, "stage": each.stage, "on": each.on}
            for each in count.elected
        ],
        "ties": [tie_object(tie) for tie in count.ties],
        "outcome": counted.outcome,
        "reasons": list(counted.reasons),
        "lapsed": [
            college.name for college, weight in colleges if weight is None and not counted.reasons
        ],
        "guarantee": _guarantee_object(counted),
        "remarks": list_remarks(counted),
        "digest": counted.digest,
    }


def _find_arithmetic(counted: FileCount) -> str:
    return "fraction" if counted.method == "motion" else ARITHMETIC.get(counted.method, "fraction")


def _college_object(
    counted: FileCount, college: FileCollege, weight: Fraction | None
) -> dict[str, object]:
    return {
        "id": college.name,
        "cast": college.cast,
        "counted": college.counted,
        "blank": college.blank,
        "invalid": college.invalid,
        "share": str(college.share),
        "weight": format_optional(weight),
        "effective_share": str(_find_part(counted, college, weight)),
    }


def _find_part(counted: FileCount, college: FileCollege, weight: Fraction | None) -> Fraction:
    """A college's part of the counted weight."""
    return Fraction() if weight is None else weight * college.counted / counted.total_weight


def _guarantee_object(counted: FileCount) -> dict[str, object]:
    """What the counted part of the protected college guarantees; nothing without one."""
    share = effective = Fraction()
    for college, weight in zip(counted.election.colleges, counted.weights, strict=True):
        if college.name == counted.election.protected:
            share, effective = college.share, _find_part(counted, college, weight)
    # With one winner more than half is enough, as it is for a motion (T2, T3).
    method = "irv" if counted.method == "motion" else counted.method
    seats, least = counted.seats, find_least_share(method, counted.seats)
    guaranteed = count_guaranteed(method, seats, effective)
    return {
        "protected": counted.election.protected,
        "share": str(share),
        "effective_share": str(effective),
        "seats": seats,
        "seats_guaranteed": guaranteed,
        "majority_needed": seats // 2 + 1,
        "least_share": format_optional(least),
        "controls": guaranteed > seats // 2,
        "holds": effective >= share,
    }
