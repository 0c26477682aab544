"""What the protected college is guaranteed in a choice among options, computed exactly.

P is **solid** for a set of options when every counted ballot of P ranks all of the set, and
above every other option. P then holds at least the part s = s_P/Ω of the counted weight,
for the largest Ω this roll allows, and of a set with that many options are elected at least

* T3, one winner by IRV, Schulze or ranked pairs: 1, exactly when s > 1/2;
* T8, m seats by exact STV: ceil(s(m+1)) - 1, so a majority when s > (m//2 + 1)/(m + 1).

Plurality, block vote, approval, score and majority judgement guarantee nothing to a
majority that is solid in this sense: it may share its marks among its own options. Nothing
is claimed of Meek's STV, which is counted by repetition in fixed point, where a proof for
every set of ballots is wanting; nor of Scottish STV, whose whole quota and decimals can
lose a seat (T10).

Source: design 4, section 2 (T3, T8, T10); docs/rules/guarantee.md has the proofs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from voting.charter.charter import Charter
from voting.members import CollegeId
from voting.option_contests import Method, OptionContest, require_method
from voting.protection import Protection, format_optional, warn_of_texts

# Methods for which T3 or T8 is proven.
_SOLID: Final[frozenset[Method]] = frozenset({"irv", "schulze", "ranked-pairs", "stv-exact"})
# Methods in which a majority that agrees on a set of options may see none of it elected.
_NOT_SOLID: Final[frozenset[Method]] = frozenset(
    {"plurality", "block", "approval", "score", "majority-judgment"}
)


@dataclass(frozen=True, slots=True)
class OptionGuarantee:
    """What is promised to the protected college for one contest among options.

    Attributes:
        contest: the contest's id.
        protected: the protected college; None where the charter has none, and then
            nothing is promised.
        share: s_P, its share in the charter (0 without one).
        possible_share: the largest Ω that can be counted.
        method: how it is counted.
        seats: m, how many are elected.
        seats_guaranteed: how many options of any set with so many or more are elected, if
            at least `floor` members of P choose and all who choose are solid for the set,
            whatever all others do.
        majority_needed: how many seats are more than half of them.
        least_share: the part of the counted weight that P must hold *more than* for a
            majority of the seats; None where the method guarantees it at no share.
        controls: whether a majority of the seats is guaranteed.
        floor: fewest counted ballots of P; below it the contest is void (0 without P).
        holds: whether every promise made here is kept at any turnout.
        reasons: codes of why not.
        warnings: codes of what the officer is told before opening.
    """

    contest: str
    protected: CollegeId | None
    share: Fraction
    possible_share: Fraction
    method: Method
    seats: int
    seats_guaranteed: int
    majority_needed: int
    least_share: Fraction | None
    controls: bool
    floor: int
    holds: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


def state_option_guarantee(
    charter: Charter, protection: Protection, contest: OptionContest
) -> OptionGuarantee:
    """Compute what is promised for a contest among options.

    Raises:
        WeightedMethodError: its method cannot weigh the colleges of this charter.
    """
    require_method(charter, contest)
    guaranteed = count_guaranteed(contest.method, contest.seats, protection.least_part)
    needed = contest.seats // 2 + 1
    return OptionGuarantee(
        contest=contest.id,
        protected=protection.protected,
        share=protection.share,
        possible_share=protection.possible_share,
        method=contest.method,
        seats=contest.seats,
        seats_guaranteed=guaranteed,
        majority_needed=needed,
        least_share=find_least_share(contest.method, contest.seats),
        controls=guaranteed >= needed,
        floor=protection.floor,
        holds=not protection.reasons,
        reasons=protection.reasons,
        warnings=(
            *protection.warnings,
            *_find_warnings(protection, contest, guaranteed),
            *warn_of_texts(contest),
        ),
    )


def count_guaranteed(method: Method, seats: int, part: Fraction) -> int:
    """Seats that ballots with this part of the counted weight fill, solid for as many options.

    With one seat this is T3, with more T8: the most whole quotas of 1/(seats + 1) that the
    part is strictly more than.
    """
    if part == 0 or method not in _SOLID:
        return 0
    return ceil(part * (seats + 1)) - 1


def find_least_share(method: Method, seats: int) -> Fraction | None:
    """What part of the weight guarantees most of the seats: strictly more than this."""
    if method not in _SOLID:
        return None
    return Fraction(seats // 2 + 1, seats + 1)


def _find_warnings(
    protection: Protection, contest: OptionContest, guaranteed: int
) -> Iterator[str]:
    if contest.method in _NOT_SOLID:
        yield f"method-not-solid:{contest.method}"
    elif protection.protected is None:
        return
    elif contest.method not in _SOLID:
        yield f"method-not-proven:{contest.method}"
    elif guaranteed <= contest.seats // 2:
        yield f"majority-not-guaranteed:{contest.seats}:{guaranteed}"


def option_statement_object(statement: OptionGuarantee) -> dict[str, object]:
    """The statement as it stands in the manifest."""
    return {
        "contest": statement.contest,
        "protected": statement.protected,
        "share": str(statement.share),
        "possible_share": str(statement.possible_share),
        "method": statement.method,
        "seats": statement.seats,
        "seats_guaranteed": statement.seats_guaranteed,
        "majority_needed": statement.majority_needed,
        "least_share": format_optional(statement.least_share),
        "controls": statement.controls,
        "floor": statement.floor,
        "holds": statement.holds,
        "reasons": list(statement.reasons),
        "warnings": list(statement.warnings),
    }
