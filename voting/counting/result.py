"""The result of an election, in one byte form that anyone can count again.

It holds every number that was added up in the boxes. Reading it counts those again: such a
result whose arithmetic is wrong in any digit cannot be read. Ballots that were opened one by
one are not in it (`voting.counting.option_format`). Whether the numbers are those of the
ballot boxes is for the verifier to check.

Source: design 4, section 4 ("One canonical JSON result"); docs/formats/result.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voting.canonical import format_canonical, parse_canonical
from voting.counting.count import ContestResult
from voting.counting.motion import MotionResult
from voting.counting.motion_format import motion_result_object, read_motion_result
from voting.counting.option_format import option_result_object, read_option_result
from voting.errors import DuplicateContestError, LimitError, ResultMismatchError
from voting.reading import read_list, read_mapping, read_object, read_text, require_version
from voting.texts import require_uuid

# The stages of exact STV with 30 options can take some megabytes.
MAX_RESULT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Result:
    """The results of an election's contests, in the manifest's order.

    Raises:
        IdentifierError, LimitError, DuplicateContestError: it cannot be an election's.
    """

    election: str
    contests: tuple[ContestResult, ...]

    def __post_init__(self) -> None:
        require_uuid("election", self.election)
        if not self.contests:
            raise LimitError("contests", 0)
        ids = [contest.contest for contest in self.contests]
        for contest_id in ids:
            if ids.count(contest_id) > 1:
                raise DuplicateContestError(contest_id)


def format_result(election: str, results: Sequence[ContestResult]) -> bytes:
    """The canonical bytes of an election's result (docs/formats/result.md)."""
    result = Result(election, tuple(results))
    return format_canonical(
        {
            "v": 1,
            "election": result.election,
            "contests": [_contest_object(contest) for contest in result.contests],
        }
    )


def parse_result(raw: bytes) -> Result:
    """Read a result from its canonical bytes, counting it again.

    Raises:
        ResultMismatchError: something in it is not what its numbers give.
        VotingError: the bytes are not those of a result.
    """
    value = parse_canonical(raw, limit=MAX_RESULT)
    version, election, contests = read_object("result", value, "v", "election", "contests")
    require_version("result.v", version)
    result = Result(
        election=read_text("result.election", election),
        contests=tuple(_read_contest(each) for each in read_list("result.contests", contests)),
    )
    if format_result(result.election, result.contests) != raw:
        raise ResultMismatchError
    return result


def _contest_object(result: ContestResult) -> dict[str, object]:
    if isinstance(result, MotionResult):
        return motion_result_object(result)
    return option_result_object(result)


def _read_contest(value: object) -> ContestResult:
    is_choice = "options" in read_mapping("contest", value)
    return read_option_result(value) if is_choice else read_motion_result(value)
