"""Counting a choice among options: the ballots of each college, weighed, by a method.

What a ballot weighs is in `voting.counting.weighing`; only ballots that are valid and not
blank are counted. Of reserved seats only the ballots of their college are, each weighs 1,
and so it does where there is but one college and Scottish STV counts whole ballots.

What is counted has a digest, over every ballot of every college in one order. Lots are drawn
from it and from a seed that was committed to before voting.

Source: design 4, sections 2 to 4; docs/rules/counting.md, docs/formats/result.md.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Final

from voting.canonical import format_canonical
from voting.charter.charter import Charter
from voting.charter.charter_format import charter_digest
from voting.charter.schemes import CountScheme
from voting.counting.approval import count_approval
from voting.counting.block import count_block
from voting.counting.irv import count_irv
from voting.counting.majority_judgment import count_majority_judgment
from voting.counting.method import MethodCount
from voting.counting.option_result import OptionResult
from voting.counting.option_values import OptionQuestion, OptionRow, assemble
from voting.counting.parts import CollegeBallots, CollegeMarks
from voting.counting.plurality import count_plurality
from voting.counting.profile import Box, Marks, Numbers, Profile, weigh_boxes
from voting.counting.quorum import match_colleges
from voting.counting.ranked_pairs import count_ranked_pairs
from voting.counting.schulze import count_schulze
from voting.counting.score import count_score
from voting.counting.stv_exact import count_stv_exact
from voting.counting.stv_meek import count_stv_meek
from voting.counting.stv_scottish import count_stv_scottish
from voting.counting.ties import lot_seed
from voting.counting.validity import Verdict, judge_ballot
from voting.counting.weighing import Weighed, divide_bloc, weigh_colleges
from voting.errors import TallySumError
from voting.option_contests import Method, OptionContest, require_method

Ballots = Mapping[Numbers, int]
"""How many counted ballots of one college hold these numbers."""

_MARKED: Final[Mapping[Method, Callable[[Marks, int], MethodCount]]] = {
    "plurality": count_plurality,
    "block": count_block,
    "approval": count_approval,
}
_OPENED: Final[Mapping[Method, Callable[[Profile, int], MethodCount]]] = {
    "score": count_score,
    "irv": lambda profile, _: count_irv(profile),
    "stv-exact": count_stv_exact,
    "stv-meek": count_stv_meek,
    "stv-scottish": count_stv_scottish,
    "schulze": lambda profile, _: count_schulze(profile),
    "ranked-pairs": lambda profile, _: count_ranked_pairs(profile),
}
_NOTHING: Final = MethodCount((), ())


def count_marks(
    charter: Charter,
    contest: OptionContest,
    parts: Sequence[CollegeMarks],
    seed: str | None = None,
) -> OptionResult:
    """Count a contest whose marks were added up while sealed (docs/rules/counting.md).

    Raises:
        UnknownCollegeError, DuplicateCollegeError, MissingCollegeError: the parts are not
            one of each college that was asked.
        BlocMethodError, ReservedSeatsError: the charter cannot count such a contest.
        TallySumError: there are more marks, or fewer, than such ballots can hold.
    """
    question = _ask(charter, contest, seed)
    rows: list[OptionRow] = []
    for college, part in match_colleges(charter, parts, contest.college).items():
        if contest.most is not None and sum(part.marks) > contest.most * part.counted:
            raise TallySumError(college)
        rows.append(_make_row(charter, part, part.counted, part.blank, part.marks))
    return recount_marks(question, rows)


def recount_marks(question: OptionQuestion, rows: Sequence[OptionRow]) -> OptionResult:
    """The result that follows from the sums of the colleges alone.

    Raises:
        TallySumError: sums are missing, or more or less than such ballots can hold.
    """
    for row in rows:
        _require_marks(question, row)
    digest = _digest(question, rows, [{"marks": list(row.marks or ())} for row in rows])
    weighing = weigh_colleges(question.weighting, rows)
    if weighing.reasons:
        return assemble(question, rows, digest, _NOTHING)
    totals = [Fraction()] * question.options
    protected = [Fraction()] * question.options
    for row, weighed in zip(rows, weighing.colleges, strict=True):
        for option, weight in enumerate(_weigh_marks(row.marks or (), weighed)):
            totals[option] += weight
            protected[option] += weight * (row.college == question.protected)
    lots = lot_seed(digest, question.seed)
    marks = Marks(weighing.total, tuple(totals), tuple(protected), lots)
    return assemble(question, rows, digest, _MARKED[question.method](marks, question.filled))


def _weigh_marks(marks: Sequence[int], weighed: Weighed) -> Sequence[Fraction]:
    if not weighed.part:
        return ()
    if weighed.weight is None:
        return divide_bloc(weighed.part, marks)
    return [weighed.weight * number for number in marks]


def _require_marks(question: OptionQuestion, row: OptionRow) -> None:
    # Sealed marks were proved to be those of allowed ballots; sums of others are refused here.
    part = CollegeMarks(row.college, row.roll, row.cast, row.blank, row.marks or ())
    one_each = question.method != "plurality" or sum(part.marks) == row.counted
    if len(part.marks) != question.options or row.invalid or not one_each:
        raise TallySumError(row.college)


def count_ballots(
    charter: Charter,
    contest: OptionContest,
    parts: Sequence[CollegeBallots],
    seed: str | None = None,
) -> OptionResult:
    """Count a contest whose ballots were opened one by one (docs/rules/counting.md).

    Raises:
        UnknownCollegeError, DuplicateCollegeError, MissingCollegeError: the parts are not
            one of each college that was asked.
        WeightedMethodError, BlocMethodError, ReservedSeatsError: the charter cannot count such
            a contest.
    """
    question = _ask(charter, contest, seed)
    rows: list[OptionRow] = []
    boxes: list[Ballots] = []
    for part in match_colleges(charter, parts, contest.college).values():
        sorted_ = _sort_ballots(contest, part)
        counted, blank = (sum(sorted_[verdict].values()) for verdict in ("counted", "blank"))
        rows.append(_make_row(charter, part, counted, blank, None))
        boxes.append(dict(sorted(sorted_["counted"].items())))
    contents = [{"ballots": [[number, list(n)] for n, number in box.items()]} for box in boxes]
    digest = _digest(question, rows, contents)
    weighing = weigh_colleges(question.weighting, rows)
    if weighing.reasons:
        return assemble(question, rows, digest, _NOTHING)
    counted_boxes = [
        Box({bytes(n): k for n, k in box.items()}, weighed.weight, row.college == charter.protected)
        for row, box, weighed in zip(rows, boxes, weighing.colleges, strict=True)
        if weighed.weight is not None
    ]
    profile = weigh_boxes(question.options, counted_boxes, lot_seed(digest, seed))
    if contest.form == "graded":
        count = count_majority_judgment(profile, len(contest.grades), question.filled)
    else:
        count = _OPENED[contest.method](profile, question.filled)
    return assemble(question, rows, digest, count)


def _ask(charter: Charter, contest: OptionContest, seed: str | None) -> OptionQuestion:
    require_method(charter, contest)
    return OptionQuestion(
        contest=contest.id,
        charter=charter_digest(charter),
        method=contest.method,
        seats=contest.seats,
        options=len(contest.options),
        scheme=_find_scheme(charter, contest),
        protected=charter.protected,
        college=contest.college,
        caps=() if contest.is_reserved else charter.caps,
        seed=seed,
    )


def _find_scheme(charter: Charter, contest: OptionContest) -> CountScheme:
    if contest.is_reserved:
        return "seats"
    # It counts whole ballots, of one college if they are not of one weight anyway.
    return "none" if contest.method == "stv-scottish" else charter.scheme


def _make_row(
    charter: Charter,
    part: CollegeMarks | CollegeBallots,
    counted: int,
    blank: int,
    marks: tuple[int, ...] | None,
) -> OptionRow:
    return OptionRow(
        college=part.college,
        roll=part.roll,
        cast=part.cast,
        counted=counted,
        blank=blank,
        invalid=part.cast - counted - blank,
        marks=marks,
        share=charter.college(part.college).share,
        floor=charter.floor(part.college),
    )


def _sort_ballots(
    contest: OptionContest, part: CollegeBallots
) -> dict[Verdict, dict[Numbers, int]]:
    piles: dict[Verdict, dict[Numbers, int]] = {"counted": {}, "blank": {}, "invalid": {}}
    for numbers, number in Counter(part.opened).items():
        piles[judge_ballot(contest, numbers)][numbers or ()] = number
    return piles


def _digest(
    question: OptionQuestion,
    rows: Sequence[OptionRow],
    contents: Sequence[Mapping[str, object]],
) -> str:
    colleges = [
        {
            "id": row.college,
            "roll": row.roll,
            "cast": row.cast,
            "counted": row.counted,
            "blank": row.blank,
            "invalid": row.invalid,
            **content,
        }
        for row, content in zip(rows, contents, strict=True)
    ]
    fields: dict[str, object] = {
        "v": 1,
        "contest": question.contest,
        "charter": question.charter,
        "method": f"{question.method}/v1",
        "seats": question.seats,
        "options": question.options,
        "colleges": colleges,
    }
    return sha256(format_canonical(fields)).hexdigest()
