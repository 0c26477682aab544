"""What comes out of counting a choice among options.

Options are numbered from 1 in the contest's order. Nothing here shows a single ballot, nor
how a college ranked the options: of each college the numbers of ballots, and its marks
where those were opened as sums anyway.

Source: design 4, section 4; docs/formats/result.md.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from voting.charter.caps import Cap
from voting.charter.schemes import CountScheme
from voting.members import CollegeId
from voting.option_contests import Method

Arithmetic = Literal["fraction", "fixed-18-9", "decimal-5"]
OptionOutcome = Literal["elected", "void"]
Action = Literal["count", "surplus", "exclusion"]
Status = Literal["continuing", "elected", "excluded"]
On = Literal["most", "majority", "quota", "last-places", "best-grades", "strongest-paths", "locked"]
TieKind = Literal["elect", "surplus", "exclude", "lock"]
TieRule = Literal["protected-college", "earlier-stage", "lot"]

ACTIONS: Final[tuple[Action, ...]] = ("count", "surplus", "exclusion")
STATUSES: Final[tuple[Status, ...]] = ("continuing", "elected", "excluded")
ONS: Final[tuple[On, ...]] = (
    *("most", "majority", "quota", "last-places"),
    *("best-grades", "strongest-paths", "locked"),
)
TIE_KINDS: Final[tuple[TieKind, ...]] = ("elect", "surplus", "exclude", "lock")
TIE_RULES: Final[tuple[TieRule, ...]] = ("protected-college", "earlier-stage", "lot")


@dataclass(frozen=True, slots=True)
class OptionCollege:
    """One college's part of the result.

    Attributes:
        id: the college.
        roll, cast, counted, blank, invalid: ballots; cast is counted + blank + invalid.
        marks: of each option, where marks are added up; None where ballots are shuffled.
        share: in the charter.
        floor: fewest counted ballots.
        weight: of one counted ballot; None where the college is not counted, and with the
            scheme "bloc", which weighs no ballot by itself.
        capped: whether some of its weight lapsed by a cap.
        effective_share: its part of the counted weight; 0 where it is not counted.
    """

    id: CollegeId
    roll: int
    cast: int
    counted: int
    blank: int
    invalid: int
    marks: tuple[int, ...] | None
    share: Fraction
    floor: int
    weight: Fraction | None
    capped: bool
    effective_share: Fraction

    @property
    def is_counted(self) -> bool:
        """Whether its ballots weigh anything in this count."""
        return self.effective_share > 0


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a count, as it stands at its end.

    Attributes:
        number: from 1.
        action: "count" for first preferences, marks or scores, "surplus" where ballots of an
            elected option passed on, "exclusion" where those of an excluded one did.
        option: whose ballots passed on; None at a "count".
        quota: what an option must have to be elected; None in methods without one.
        totals: the weight each option holds; of scores the mean.
        transfers: what each option gained (below 0: gave away) at this stage.
        non_transferable: the weight, so far, of ballots that name nobody else.
        lost: the weight, so far, that rounding took.
        status: of each option.
    """

    number: int
    action: Action
    option: int | None
    quota: Fraction | None
    totals: tuple[Fraction, ...]
    transfers: tuple[Fraction, ...]
    non_transferable: Fraction
    lost: Fraction
    status: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Elected:
    """An option that is elected.

    Attributes:
        option: its number.
        order: from 1.
        stage: at which it was elected; 1 in methods with one stage or none.
        on: why.
    """

    option: int
    order: int
    stage: int
    on: On


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie that had to be resolved.

    Attributes:
        stage: at which it arose.
        kind: what had to be decided: whom to elect, whose surplus to transfer first, whom
            to exclude, or which of several majorities to lock first.
        options: those who were tied, by number.
        tried: the rules that were tried, in order; the last one resolved it.
        chosen: whom it fell on; two where a majority is locked: the winner, then the loser.
    """

    stage: int
    kind: TieKind
    options: tuple[int, ...]
    tried: tuple[TieRule, ...]
    chosen: tuple[int, ...]

    @property
    def resolved_by(self) -> TieRule:
        """The rule that resolved it."""
        return self.tried[-1]


@dataclass(frozen=True, slots=True)
class OptionCheck:
    """The guarantee, checked again on what was counted.

    Attributes:
        protected: the protected college, if any.
        share: in the charter (0 without one).
        effective_share: its part of the counted weight.
        seats: how many are elected.
        seats_guaranteed: to any options that all its counted ballots put first, with that
            effective share; with whole colleges to the one option that more of its ballots
            mark than any other; of its own reserved seats all, whoever wins them.
        majority_needed: how many seats are more than half.
        least_share: of the counted weight, that must be exceeded to guarantee so many; None
            where the method guarantees them at no share.
        controls: whether a majority of the seats is guaranteed.
        holds: whether its effective share is no less than its share.
        reasons: codes of why not.
    """

    protected: CollegeId | None
    share: Fraction
    effective_share: Fraction
    seats: int
    seats_guaranteed: int
    majority_needed: int
    least_share: Fraction | None
    controls: bool
    holds: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionResult:
    """The result of a choice among options.

    Attributes:
        contest: the contest's id.
        method: how it was counted, version 1.
        arithmetic: "fraction" is exact.
        scheme: how ballots were weighed; "seats" for reserved seats.
        college: whose reserved seats these are; None where all members were asked.
        charter: SHA-256 of the charter it was counted under.
        seats: how many are to be elected.
        options: how many options there are.
        caps: of the charter; none for reserved seats.
        colleges: in the charter's order; for reserved seats only theirs.
        total_weight: Ω, of all counted ballots together; 0 where the contest is void.
        quota: at the first stage; None in methods without one.
        stages: in order; none where the contest is void and in methods without stages.
        pairwise: the weight of the ballots that prefer one option (row) to another (column);
            None but for the methods that compare pairs.
        grades: of each option the weight of the ballots that give it each grade, best
            first; None but for majority judgement.
        elected: in order of election.
        vacant: seats for which there is no option; they pass to nobody.
        ties: in the order in which they were resolved.
        outcome: "elected" or "void".
        reasons: why it is void: protected-college-inquorate or nothing-counted.
        lapsed: colleges whose share is not counted; none where the contest is void.
        guarantee: checked again.
        seed: the election's lot seed in hex, shown when voting ended; None without one.
        digest: SHA-256 of what was counted (docs/formats/result.md); lots are drawn from it
            and from the seed.
    """

    contest: str
    method: Method
    arithmetic: Arithmetic
    scheme: CountScheme
    college: CollegeId | None
    charter: str
    seats: int
    options: int
    caps: tuple[Cap, ...]
    colleges: tuple[OptionCollege, ...]
    total_weight: Fraction
    quota: Fraction | None
    stages: tuple[Stage, ...]
    pairwise: tuple[tuple[Fraction, ...], ...] | None
    grades: tuple[tuple[Fraction, ...], ...] | None
    elected: tuple[Elected, ...]
    vacant: int
    ties: tuple[Tie, ...]
    outcome: OptionOutcome
    reasons: tuple[str, ...]
    lapsed: tuple[CollegeId, ...]
    guarantee: OptionCheck
    seed: str | None
    digest: str
