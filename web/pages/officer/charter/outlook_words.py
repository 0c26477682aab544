"""The outlook of a charter in plain words and pictures: what it promises, and what it does not.

Source: voting/outlook.py; docs/rules/guarantee.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.motion_rules import RULES
from voting.guarantee import GuaranteeStatement
from voting.members import CollegeId
from voting.option_contests import Method
from voting.outlook import Outlook, SeatsOutlook
from web.pages.officer import motion_guarantee
from web.pages.officer.charter.names import rule_name
from web.pages.officer.guarantee_parts import Bar, Facts
from web.pages.officer.guarantee_words import find_facts
from web.pages.officer.method_words import say_method
from web.pages.officer.texts import _, ngettext
from web.pages.officer.warning_words import say_reasons, say_warnings
from web.pages.words import percent


@dataclass(frozen=True, slots=True)
class SaidMotion:
    """What holds for every motion of one kind.

    Attributes:
        id: the rule.
        alone: the picture of a motion that all of the protected college and nobody else is
            for; empty where that is not enough.
        threshold: where the line stands in that picture.
    """

    id: str
    name: str
    promises: tuple[str, ...]
    limits: tuple[str, ...]
    warnings: tuple[str, ...]
    alone: tuple[Bar, ...]
    threshold: Fraction
    threshold_words: str


@dataclass(frozen=True, slots=True)
class SeatsRow:
    """A council of so many seats, elected by all members in one count.

    Attributes:
        words: what its line in the picture says.
        least: the part of the votes above which more than half of the seats is sure.
    """

    seats: int
    guaranteed: int
    needed: int
    least: str
    allowed: bool
    words: str


@dataclass(frozen=True, slots=True)
class SaidOutlook:
    """The outlook as a page shows it.

    Attributes:
        reasons: why nothing could be announced with this roll; empty where all holds.
        unprotected: no college is protected, and nothing is promised.
        is_bloc: whole colleges are weighed: one option must lead in the protected one.
        one_winner: ways of counting by which the protected college, united, elects one winner.
        not_one_winner: those by which it may not.
        councils: a row for each number of seats; none where such a count cannot be held.
        council: sentences about the reserved seats; none without.
        council_seats: of the protected college first, then all.
    """

    unprotected: bool
    name: str
    reasons: tuple[str, ...]
    motions: tuple[SaidMotion, ...]
    is_bloc: bool
    one_winner: tuple[str, ...]
    not_one_winner: tuple[str, ...]
    councils: tuple[SeatsRow, ...]
    council: tuple[str, ...]
    council_seats: tuple[int, int]
    warnings: tuple[str, ...]


def say_outlook(
    outlook: Outlook, charter: Charter, members: Mapping[CollegeId, int]
) -> SaidOutlook:
    """Put an outlook into words.

    Args:
        outlook: as computed.
        charter: of which.
        members: how many are on the roll of each college; nothing where that is not known.
    """
    facts = find_facts(charter, outlook.protected, members)
    own = outlook.share / outlook.possible_share if outlook.possible_share else Fraction()
    council = outlook.council
    return SaidOutlook(
        unprotected=outlook.protected is None,
        name=facts.name,
        reasons=tuple(say_reasons(outlook.reasons, facts, outlook.floor, own)),
        motions=tuple(_say_motion(each, facts) for each in outlook.motions),
        is_bloc=outlook.scheme == "bloc",
        one_winner=_names(outlook.guaranteeing),
        not_one_winner=_names(outlook.not_guaranteeing),
        councils=tuple(_say_seats(row) for row in outlook.councils) if outlook.protected else (),
        council=tuple(_say_council(outlook, facts)),
        council_seats=(council.protected_seats, council.seats) if council else (0, 0),
        warnings=tuple(say_warnings(outlook.warnings, facts.names)),
    )


def _say_motion(said: GuaranteeStatement, facts: Facts) -> SaidMotion:
    return SaidMotion(
        id=said.contest,
        name=next(rule_name(rule) for rule in RULES if rule == said.contest),
        promises=tuple(motion_guarantee.promises(said, facts)),
        limits=tuple(motion_guarantee.limits(said, facts)),
        warnings=motion_guarantee.warnings(said, facts),
        alone=motion_guarantee.picture(said, facts),
        threshold=said.threshold.share,
        threshold_words=motion_guarantee.line_words(said),
    )


def _names(methods: Sequence[Method]) -> tuple[str, ...]:
    return tuple(say_method(method).name for method in methods)


def _say_seats(row: SeatsOutlook) -> SeatsRow:
    words = ngettext(
        "%(num)d seat: %(guaranteed)d guaranteed",
        "%(num)d seats: %(guaranteed)d guaranteed",
        row.seats,
        guaranteed=row.seats_guaranteed,
    )
    return SeatsRow(
        seats=row.seats,
        guaranteed=row.seats_guaranteed,
        needed=row.majority_needed,
        least=_("more than %(share)s", share=_exactly(row.least_share)),
        allowed=row.allowed,
        words=words if row.allowed else _("%(words)s. Refused.", words=words),
    )


def _exactly(part: Fraction) -> str:
    """The fraction itself where its percentage is rounded: the bound decides who is refused."""
    words = percent(part)
    return words if (part * 10_000).denominator == 1 else f"{part} ({words})"


def _say_council(outlook: Outlook, facts: Facts) -> Iterator[str]:
    council = outlook.council
    if council is None:
        return
    for college, seats in council.reserved:
        yield ngettext(
            "“%(college)s” has %(num)d of the %(all)d seats.",
            "“%(college)s” has %(num)d of the %(all)d seats.",
            seats,
            college=facts.call(college),
            all=council.seats,
        )
    if outlook.protected is not None:
        yield _(
            "So “%(college)s” is sure of %(seats)d of %(all)d seats, whoever votes and whoever is "
            "elected. It needs at least %(needed)d.",
            college=facts.name,
            seats=council.protected_seats,
            all=council.seats,
            needed=council.seats_needed,
        )
        yield _(
            "Whoever sits there is elected by that college alone. If it may only elect its own "
            "members, your bylaws must say so."
        )
