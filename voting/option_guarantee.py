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
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Final

from voting.charter.charter import Charter
from voting.charter.schemes import CountScheme
from voting.charter.thresholds import MORE_THAN_HALF
from voting.members import CollegeId
from voting.option_contests import Method, OptionContest, require_method
from voting.protection import (
    Protection,
    find_protection,
    find_reserved,
    format_optional,
    warn_of_dictator,
    warn_of_texts,
)
from voting.roll import RollSummary

# Methods for which T3 or T8 is proven.
_SOLID: Final[frozenset[Method]] = frozenset({"irv", "schulze", "ranked-pairs", "stv-exact"})
# Methods in which a majority that agrees on a set of options may see none of it elected.
_NOT_SOLID: Final[frozenset[Method]] = frozenset(
    {"plurality", "block", "approval", "score", "majority-judgment"}
)
# Methods that fill a council by quotas: with an even number of seats half of them is a tie.
_COUNCIL: Final[frozenset[Method]] = frozenset({"stv-exact", "stv-meek"})


@dataclass(frozen=True, slots=True)
class OptionGuarantee:
    """What is promised to the protected college for one contest among options.

    Attributes:
        contest: the contest's id.
        protected: the protected college; None where the charter has none, and then
            nothing is promised.
        share: s_P, its share in the charter (0 without one, and in the contest of the
            reserved seats of another college).
        scheme: how ballots are weighed; "seats" where these are reserved seats.
        college: whose reserved seats these are; None where all members are asked.
        possible_share: the largest Ω that can be counted; the share of the college alone
            that is asked.
        method: how it is counted.
        seats: m, how many are elected.
        seats_guaranteed: how many options of any set with so many or more are elected, if
            at least `floor` members of P choose and all who choose are solid for the set,
            whatever all others do. With the scheme "bloc" it is one option: the one that more
            of P mark than any other. P's own reserved seats are all its own, whoever wins
            them (T12): which of its options they are is not said.
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
    scheme: CountScheme
    college: CollegeId | None
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
    charter: Charter, roll: RollSummary, contest: OptionContest
) -> OptionGuarantee:
    """Compute what is promised for a contest among options.

    Raises:
        MissingCollegeError, UnknownCollegeError: the roll's colleges are not the charter's.
        VotingError: the charter's way of weighing cannot count it, see `require_method`.
    """
    require_method(charter, contest)
    if contest.college is not None:
        return _state_reserved(find_reserved(charter, roll, contest.college), contest)
    protection = find_protection(charter, roll)
    stated = state_method(charter, protection, contest.method, contest.seats, contest=contest.id)
    return replace(stated, warnings=(*stated.warnings, *warn_of_texts(contest)))


def state_method(
    charter: Charter, protection: Protection, method: Method, seats: int, *, contest: str
) -> OptionGuarantee:
    """Compute what is promised for any contest of all members by this method."""
    # Scottish STV counts whole ballots, where they may all be of one weight.
    scheme = "none" if method == "stv-scottish" else charter.scheme
    part = protection.least_part
    guaranteed = count_guaranteed(method, seats, part, scheme)
    reasons = (*protection.reasons, *_find_reasons(method, seats, part, guaranteed))
    return OptionGuarantee(
        contest=contest,
        protected=protection.protected,
        share=protection.share,
        scheme=scheme,
        college=None,
        possible_share=protection.possible_share,
        method=method,
        seats=seats,
        seats_guaranteed=guaranteed,
        majority_needed=count_majority(seats),
        least_share=find_least_share(method, seats, scheme),
        controls=guaranteed >= count_majority(seats),
        floor=protection.floor,
        holds=not reasons,
        reasons=reasons,
        warnings=(*protection.warnings, *_find_warnings(charter, protection, method)),
    )


def _state_reserved(protection: Protection, contest: OptionContest) -> OptionGuarantee:
    """T12: whoever wins, the seats are those of the college that alone is asked."""
    guaranteed = count_guaranteed(contest.method, contest.seats, protection.least_part, "seats")
    return OptionGuarantee(
        contest=contest.id,
        protected=protection.protected,
        share=protection.share,
        scheme="seats",
        college=contest.college,
        possible_share=protection.possible_share,
        method=contest.method,
        seats=contest.seats,
        seats_guaranteed=guaranteed,
        majority_needed=count_majority(contest.seats),
        least_share=None,
        controls=guaranteed > 0,
        floor=protection.floor,
        holds=not protection.reasons,
        reasons=protection.reasons,
        warnings=(
            *protection.warnings,
            *_warn_of_reserved(contest),
            *warn_of_texts(contest),
        ),
    )


def count_majority(seats: int) -> int:
    """More than half of the seats."""
    return seats // 2 + 1


def count_guaranteed(
    method: Method, seats: int, part: Fraction, scheme: CountScheme = "turnout"
) -> int:
    """Seats that ballots with this part of the counted weight fill, solid for as many options.

    With one seat this is T3, with more T8: the most whole quotas of 1/(seats + 1) that the
    part is strictly more than. With whole colleges it is T5: the college's own winner. Reserved
    seats are all of the college that has the whole weight (T12).
    """
    if scheme == "seats":
        return seats if part else 0
    return ceil(part * (seats + 1)) - 1 if part and _is_solid(method, scheme) else 0


def _is_solid(method: Method, scheme: CountScheme) -> bool:
    return method in _SOLID or scheme == "bloc"


def find_least_share(
    method: Method, seats: int, scheme: CountScheme = "turnout"
) -> Fraction | None:
    """What part of the weight guarantees most of the seats: strictly more than this.

    None where no part does, and where the seats are reserved and no part is needed.
    """
    return find_bound(seats) if scheme != "seats" and _is_solid(method, scheme) else None


def find_bound(seats: int) -> Fraction:
    """T9: the part of the votes above which most of the seats are certain, and not at it."""
    return Fraction(count_majority(seats), seats + 1)


def _find_reasons(method: Method, seats: int, part: Fraction, guaranteed: int) -> Iterator[str]:
    # A majority that is a tie in the council is none, whatever the votes (T9). Of Meek's STV no
    # more can be true than of the exact one.
    if part and method in _COUNCIL and part <= find_bound(seats):
        yield f"majority-not-guaranteed:{seats}:{guaranteed}:{find_bound(seats)}"


def _find_warnings(charter: Charter, protection: Protection, method: Method) -> Iterator[str]:
    if charter.scheme == "bloc":
        yield from warn_of_dictator(charter, protection, MORE_THAN_HALF)
    elif method in _NOT_SOLID:
        yield f"method-not-solid:{method}"
    elif protection.protected is not None and method not in _SOLID:
        yield f"method-not-proven:{method}"


def _warn_of_reserved(contest: OptionContest) -> Iterator[str]:
    if contest.method in _NOT_SOLID:
        yield f"method-not-solid:{contest.method}"
    if contest.seats >= len(contest.options):
        yield f"uncontested:{contest.seats}:{len(contest.options)}"
    if contest.vacant:
        yield f"vacant:{contest.vacant}"


def option_statement_object(statement: OptionGuarantee) -> dict[str, object]:
    """The statement as it stands in the manifest."""
    return {
        "contest": statement.contest,
        "protected": statement.protected,
        "share": str(statement.share),
        "scheme": statement.scheme,
        "college": statement.college,
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
