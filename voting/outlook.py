"""The outlook: what a charter with a roll guarantees, before any contest exists.

For every kind of contest that could be held: each rule for motions, one winner by each
method, councils of 1 to 15 seats by one weighted count, and reserved seats. An officer who
picks or writes a charter sees it at once; the statement of each contest says the same later.

Source: design 4, section 2; docs/rules/guarantee.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from voting.charter.charter import Charter, count_majority_seats
from voting.charter.motion_rules import Rule
from voting.charter.schemes import Scheme
from voting.errors import BlocMethodError, WeightedMethodError
from voting.guarantee import Statement
from voting.members import CollegeId
from voting.motion_guarantee import GuaranteeStatement, state_rule
from voting.option_contests import METHODS, Method, require_weighing
from voting.option_guarantee import OptionGuarantee, count_majority, find_bound, state_method
from voting.protection import Protection, find_protection
from voting.roll import RollSummary

LARGEST_COUNCIL: Final = 15


@dataclass(frozen=True, slots=True)
class SeatsOutlook:
    """A council elected by all members in one count by exact STV.

    Attributes:
        seats: m.
        seats_guaranteed: how many of them P is certain of, if it is solid.
        majority_needed: more than half of them.
        least_share: the part of the votes that P must hold more than for so many.
        allowed: whether such a contest can be announced.
    """

    seats: int
    seats_guaranteed: int
    majority_needed: int
    least_share: Fraction
    allowed: bool


@dataclass(frozen=True, slots=True)
class CouncilOutlook:
    """A council of reserved seats.

    Attributes:
        seats: of the whole council.
        reserved: of each college that has some, in the charter's order.
        protected_seats: P's own (0 without a protected college).
        majority_needed: more than half of the seats.
        seats_needed: the fewest that P may have (T12): a majority, and 51 in 100.
    """

    seats: int
    reserved: tuple[tuple[CollegeId, int], ...]
    protected_seats: int
    majority_needed: int
    seats_needed: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is guaranteed to the protected college P, and what is not, in every kind of contest.

    Attributes:
        protected: None where the charter protects no college: then nothing is promised.
        share: s_P (0 without one).
        scheme: how ballots are weighed.
        possible_share: the largest Ω (`voting.protection`).
        floor: fewest counted ballots of P; below it a contest is void (0 without P).
        holds: whether anything could be announced at all with this roll.
        reasons: codes of why not.
        motions: a statement for each rule of the charter; its `contest` is the rule.
        one_winner: a statement for each method that can elect one winner here; its
            `contest` is the method.
        councils: one row for each number of seats, 1 to 15; none where exact STV cannot be
            held under this charter.
        council: the reserved seats; None without.
        not_guaranteed: codes of what is not promised, see docs/rules/guarantee.md.
        warnings: codes of what the officer is told, those of the colleges first; each once.
    """

    protected: CollegeId | None
    share: Fraction
    scheme: Scheme
    possible_share: Fraction
    floor: int
    holds: bool
    reasons: tuple[str, ...]
    motions: tuple[GuaranteeStatement, ...]
    one_winner: tuple[OptionGuarantee, ...]
    councils: tuple[SeatsOutlook, ...]
    council: CouncilOutlook | None
    not_guaranteed: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def guaranteeing(self) -> tuple[Method, ...]:
        """The methods by which P, when solid, elects one winner for certain."""
        return tuple(each.method for each in self.one_winner if each.controls)

    @property
    def not_guaranteeing(self) -> tuple[Method, ...]:
        """The methods by which it may not."""
        return tuple(each.method for each in self.one_winner if not each.controls)


def foresee(charter: Charter, roll: RollSummary) -> Outlook:
    """Compute what every kind of contest under this charter with this roll would promise.

    Raises:
        MissingCollegeError, UnknownCollegeError: the roll's colleges are not the charter's.
    """
    protection = find_protection(charter, roll)
    motions = tuple(state_rule(charter, protection, rule, rule) for rule in _find_rules(charter))
    methods: tuple[Method, ...] = tuple(method for method in METHODS if _can_weigh(charter, method))
    one_winner = tuple(
        state_method(charter, protection, method, 1, contest=method) for method in methods
    )
    stated: tuple[Statement, ...] = (*motions, *one_winner)
    return Outlook(
        protected=protection.protected,
        share=protection.share,
        scheme=charter.scheme,
        possible_share=protection.possible_share,
        floor=protection.floor,
        holds=not protection.reasons,
        reasons=protection.reasons,
        motions=motions,
        one_winner=one_winner,
        councils=tuple(_foresee_councils(charter, protection)),
        council=_foresee_council(charter),
        not_guaranteed=tuple(_find_limits(charter, protection, motions)),
        warnings=tuple(dict.fromkeys(code for each in stated for code in each.warnings)),
    )


def _find_rules(charter: Charter) -> tuple[Rule, ...]:
    return ("ordinary", "special", *charter.statutory)


def _foresee_councils(charter: Charter, protection: Protection) -> Iterator[SeatsOutlook]:
    if not _can_weigh(charter, "stv-exact"):
        return
    for seats in range(1, LARGEST_COUNCIL + 1):
        stated = state_method(charter, protection, "stv-exact", seats, contest="council")
        yield SeatsOutlook(
            seats=seats,
            seats_guaranteed=stated.seats_guaranteed,
            majority_needed=stated.majority_needed,
            least_share=find_bound(seats),
            allowed=stated.holds,
        )


def _foresee_council(charter: Charter) -> CouncilOutlook | None:
    seats = charter.council_seats
    if not seats:
        return None
    own = 0 if charter.protected is None else charter.council[charter.protected]
    return CouncilOutlook(
        seats=seats,
        reserved=tuple(charter.council.items()),
        protected_seats=own,
        majority_needed=count_majority(seats),
        seats_needed=count_majority_seats(seats),
    )


def _find_limits(
    charter: Charter, protection: Protection, motions: tuple[GuaranteeStatement, ...]
) -> Iterator[str]:
    if protection.protected is None:
        yield "nobody-protected"
        return
    for stated in motions:
        if not stated.control:
            yield f"not-controlled:{stated.contest}"
    yield "not-united"
    yield f"void-below:{protection.floor}"
    if not charter.council:
        yield "who-is-elected"


def _can_weigh(charter: Charter, method: Method) -> bool:
    try:
        require_weighing(charter, method)
    except (BlocMethodError, WeightedMethodError):
        return False
    return True
