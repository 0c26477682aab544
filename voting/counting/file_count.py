"""Counting an election that stands in a file, by any method.

    motion              two candidates, For and then Against: a ballot is for its first
    plurality           a ballot marks the first it ranks
    block               … the first so many, as there are seats
    approval            … all that it ranks
    irv, stv, schulze,
    ranked pairs        the ranking
    score               needs scores, as majority judgement needs grades

Where colleges have shares, a counted ballot weighs its college's share / the counted ballots,
as in the service with the scheme turnout, and floors are 1; else each weighs 1.

Source: design 4, sections 2 and 4; docs/formats/counting.md, docs/rules/counting.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from typing import Final, Literal

from voting.charter.thresholds import MORE_THAN_HALF
from voting.counting.approval import count_approval
from voting.counting.block import count_block
from voting.counting.blt import MAX_CANDIDATES
from voting.counting.election_file import ElectionFile, FileForm
from voting.counting.irv import count_irv
from voting.counting.majority_judgment import count_majority_judgment
from voting.counting.method import MethodCount, list_elected
from voting.counting.option_result import Stage
from voting.counting.plurality import count_plurality
from voting.counting.preferences import Preferences, weigh_orders
from voting.counting.profile import Box, Marks, Profile, rank_options, weigh_boxes
from voting.counting.ranked_pairs import count_ranked_pairs
from voting.counting.schulze import count_schulze
from voting.counting.score import count_score
from voting.counting.stv_exact import count_stv_exact
from voting.counting.stv_meek import count_stv_meek
from voting.counting.stv_scottish import count_stv_scottish
from voting.counting.weighing import Weighting, weigh_colleges
from voting.errors import FileMethodError, SeatsError
from voting.members import CollegeId
from voting.option_contests import METHODS, ONE_SEAT, Method

FileMethod = Literal["motion", Method]
FILE_METHODS: Final[tuple[FileMethod, ...]] = ("motion", *METHODS)

_PASSED_ON: Final[Mapping[FileMethod, Callable[[Preferences, int], MethodCount]]] = {
    "irv": lambda ballots, _: count_irv(ballots),
    "stv-exact": count_stv_exact,
    "stv-meek": count_stv_meek,
    "stv-scottish": count_stv_scottish,
}
_COMPARED: Final[Mapping[FileMethod, Callable[[Profile], MethodCount]]] = {
    "schulze": count_schulze,
    "ranked-pairs": count_ranked_pairs,
}
_NEEDS: Final[Mapping[FileMethod, FileForm]] = {"score": "scored", "majority-judgment": "graded"}
_WANTED: Final[Mapping[FileForm, str]] = {
    "ranked": "its ballots hold scores or grades, not rankings",
    "scored": "its ballots hold no scores (a JSON file with “top” has them)",
    "graded": "its ballots hold no grades (a JSON file with “grades” has them)",
}
# Words by which a motion's candidates would be known to stand the wrong way round.
_FOR: Final = frozenset({"for", "yes", "o blaid"})
_AGAINST: Final = frozenset({"against", "no", "yn erbyn"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A college as it enters the count; see `voting.counting.quorum`."""

    college: CollegeId
    share: Fraction
    roll: int
    counted: int

    @property
    def is_counted(self) -> bool:
        return self.counted > 0


@dataclass(frozen=True, slots=True)
class FileCount:
    """The count of an election in a file.

    Attributes:
        election: as read.
        method: how it was counted.
        seats: how many were to be elected.
        is_weighed: whether ballots weighed by the shares of their colleges.
        weights: of one counted ballot of each college; None where it is not counted.
        total_weight: of all counted ballots.
        count: what the method found; nothing where the election is void.
        outcome: "elected" or "void"; of a motion "passed", "lost", "tied" or "void".
        reasons: why it is void.
        digest: of what was counted.
    """

    election: ElectionFile
    method: FileMethod
    seats: int
    is_weighed: bool
    weights: tuple[Fraction | None, ...]
    total_weight: Fraction
    count: MethodCount
    outcome: str
    reasons: tuple[str, ...]
    digest: str


def count_file(election: ElectionFile, method: FileMethod, seats: int | None = None) -> FileCount:
    """Count an election.

    Args:
        election: as read from a file.
        method: how to count it.
        seats: how many to elect; without, as the file says, and 1 in a method for one seat.

    Raises:
        FileMethodError: the ballots are not of the form that the method counts.
        SeatsError: the method cannot fill so many seats from these candidates.
    """
    seats = _require_countable(election, method, seats)
    is_weighed = election.is_weighed and method != "stv-scottish"
    rows = [
        _Row(CollegeId(college.name), college.share, college.cast, college.counted)
        for college in election.colleges
    ]
    protected = None if election.protected is None else CollegeId(election.protected)
    weighing = weigh_colleges(Weighting("turnout" if is_weighed else "none", protected), rows)
    boxes = [
        Box(college.ballots, weighed.weight, college.name == election.protected)
        for college, weighed in zip(election.colleges, weighing.colleges, strict=True)
        if weighed.weight is not None
    ]
    digest = _digest(election, method, seats)
    reasons = weighing.reasons
    count = MethodCount((), ()) if reasons else _count(election, method, seats, boxes, digest)
    return FileCount(
        election=election,
        method=method,
        seats=seats,
        is_weighed=is_weighed,
        weights=tuple(weighed.weight for weighed in weighing.colleges),
        total_weight=weighing.total,
        count=count,
        outcome="void" if reasons else _find_outcome(method, count),
        reasons=reasons,
        digest=digest,
    )


def _require_countable(election: ElectionFile, method: FileMethod, seats: int | None) -> int:
    """How many seats are filled."""
    needed: FileForm = _NEEDS.get(method, "ranked")
    if election.form != needed:
        raise FileMethodError(method, _WANTED[needed])
    if method == "motion":
        _require_motion(election.candidates)
    if method == "stv-scottish" and len(election.colleges) > 1 and election.is_weighed:
        reason = "it counts whole ballots, and those of several colleges weigh differently"
        raise FileMethodError(method, reason)
    one = method in ONE_SEAT or method == "motion"
    if seats is None:
        # Who withdrew may leave fewer than there are seats: then all others are elected.
        return 1 if one else min(election.seats, len(election.candidates))
    if not 1 <= seats <= (1 if one else len(election.candidates)):
        raise SeatsError(method, seats)
    return seats


def _require_motion(candidates: Sequence[str]) -> None:
    words = [name.casefold() for name in candidates]
    if len(words) != 2:
        raise FileMethodError("motion", f"it has {len(words)} candidates, not For and Against")
    if words[0] in _AGAINST or words[1] in _FOR:
        raise FileMethodError("motion", "its candidates are Against and For: For comes first")


def _count(
    election: ElectionFile,
    method: FileMethod,
    seats: int,
    boxes: Sequence[Box],
    digest: str,
) -> MethodCount:
    if method in _MARKED:
        return _MARKED[method](_add_marks(election, boxes, _MOST.get(method, seats), digest), seats)
    size = len(election.candidates)
    if method in _PASSED_ON:
        return _PASSED_ON[method](weigh_orders(size, boxes, digest), seats)
    if election.form == "ranked":
        boxes = [
            replace(box, ballots={rank_options(o, size): n for o, n in box.ballots.items()})
            for box in boxes
        ]
    profile = weigh_boxes(size, boxes, digest)
    if method == "score":
        return count_score(profile, seats)
    if method == "majority-judgment":
        return count_majority_judgment(profile, election.highest, seats)
    return _COMPARED[method](profile)


def _add_weights(boxes: Sequence[Box]) -> Fraction:
    return sum((box.weight * sum(box.ballots.values()) for box in boxes), Fraction())


def _add_marks(election: ElectionFile, boxes: Sequence[Box], most: int, digest: str) -> Marks:
    """The weight of the ballots that name a candidate among their first so many."""
    totals = [Fraction()] * len(election.candidates)
    protected = totals.copy()
    for box in boxes:
        found = [0] * len(totals)
        for order, number in box.ballots.items():
            for candidate in order[:most]:
                found[candidate] += number
        for candidate, number in enumerate(found):
            totals[candidate] += number * box.weight
            protected[candidate] += number * box.weight * box.is_protected
    return Marks(_add_weights(boxes), tuple(totals), tuple(protected), digest)


def _count_motion(marks: Marks, _: int) -> MethodCount:
    total_for, against = marks.totals
    passes = MORE_THAN_HALF.is_met(total_for, total_for + against)
    stage = Stage(
        number=1,
        action="count",
        option=None,
        quota=None,
        totals=marks.totals,
        transfers=marks.totals,
        non_transferable=Fraction(),
        lost=Fraction(),
        status=("elected" if passes else "continuing", "continuing"),
    )
    return MethodCount(list_elected([(0, 1, "majority")] if passes else []), (), (stage,))


def _find_outcome(method: FileMethod, count: MethodCount) -> str:
    if method != "motion":
        return "elected"
    total_for, against = count.stages[0].totals
    return "passed" if count.elected else "tied" if total_for == against else "lost"


def _digest(election: ElectionFile, method: FileMethod, seats: int) -> str:
    """Of everything that is counted, whatever the order of the ballots; lots are drawn from it."""
    found = sha256()
    head = [f"teg/count/v1|{method}|{seats}|{len(election.candidates)}|{election.protected or ''}"]
    for college in election.colleges:
        share = college.share if election.is_weighed else 1
        head.append(f"{college.name}|{share}|{college.blank}|{college.invalid}")
        found.update("\n".join(head).encode())
        ballots = college.ballots
        lines = [f"\n{ballots[holds]} {holds.hex()}" for holds in sorted(ballots)]
        found.update("".join(lines).encode())
        head = [""]
    return found.hexdigest()


_MARKED: Final[Mapping[FileMethod, Callable[[Marks, int], MethodCount]]] = {
    "motion": _count_motion,
    "plurality": count_plurality,
    "block": count_block,
    "approval": count_approval,
}
_MOST: Final[Mapping[FileMethod, int]] = {"motion": 1, "plurality": 1, "approval": MAX_CANDIDATES}
