"""A charter in plain words: its colleges, how votes are weighed, what motions need, its seats.

Source: docs/rules/charters.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.colleges import College
from voting.charter.motion_rules import RULES, STATUTORY, HeadCount, Rule
from web.pages.officer.charter.names import (
    rule_name,
    scheme_name,
    threshold_of_college,
)
from web.pages.officer.texts import _, ngettext
from web.pages.officer.words import college_name, scheme_words, threshold_words
from web.pages.words import capital, local, percent


@dataclass(frozen=True, slots=True)
class SaidCollege:
    """One college.

    Attributes:
        exact: its share as a fraction where the percentage is rounded, else empty.
        facts: what else the charter says of it.
    """

    name: str
    share: Fraction
    exact: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidRule:
    """One kind of motion, and what it needs."""

    name: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidCharter:
    """A charter as a page shows it.

    Attributes:
        has_shares: whether the shares decide anything.
        weighing: how the votes are weighed, by name.
        council: sentences about reserved seats; empty without any.
        notes: what else holds.
    """

    colleges: tuple[SaidCollege, ...]
    protected: str
    has_shares: bool
    weighing: str
    weighing_words: str
    rules: tuple[SaidRule, ...]
    council: tuple[str, ...]
    notes: tuple[str, ...]


def say_charter(charter: Charter) -> SaidCharter:
    """Put a charter into words."""
    return SaidCharter(
        colleges=tuple(_say_college(charter, college) for college in charter.colleges),
        protected=_say_protected(charter),
        has_shares=charter.scheme != "none",
        weighing=scheme_name(charter.scheme),
        weighing_words=scheme_words(charter.scheme),
        rules=tuple(
            SaidRule(rule_name(rule), tuple(say_needs(charter, rule))) for rule in rules_of(charter)
        ),
        council=tuple(_say_council(charter)),
        notes=tuple(_notes(charter)),
    )


def rules_of(charter: Charter) -> tuple[Rule, ...]:
    """The rules under which the charter holds motions."""
    return tuple(rule for rule in RULES if rule not in STATUTORY or rule in charter.statutory)


def say_changes(before: Charter, after: Charter) -> list[str]:
    """What another charter changes, one sentence for each thing."""
    if before == after:
        return []
    return [*_changed_colleges(before, after), *_changed_rules(before, after)]


def _say_college(charter: Charter, college: College) -> SaidCollege:
    return SaidCollege(
        capital(local(college.names)),
        college.share,
        str(college.share) if (college.share * 10_000).denominator != 1 else "",
        tuple(_facts(charter, college)),
    )


def _facts(charter: Charter, college: College) -> Iterator[str]:
    floor, cap = charter.floors.get(college.id, 0), charter.cap(college.id)
    if college.id == charter.protected:
        yield _("It is protected.")
        yield ngettext(
            "If no vote of this college is counted, there is no result.",
            "With fewer than %(num)d counted votes of this college there is no result.",
            floor,
        )
    elif floor > 1:
        yield ngettext(
            "With fewer than %(num)d counted vote of this college, its share lapses.",
            "With fewer than %(num)d counted votes of this college, its share lapses.",
            floor,
        )
    if cap is not None and cap.ballots is not None:
        yield _(
            "One vote here weighs at most %(times)s times one of “%(protected)s”. What is above "
            "lapses.",
            times=cap.ballots,
            protected=college_name(charter, charter.protected),
        )
    if cap is not None and cap.part is not None:
        yield _(
            "All votes here together weigh at most %(part)s of the votes that count. What is "
            "above lapses.",
            part=percent(cap.part),
        )


def _say_protected(charter: Charter) -> str:
    if charter.protected is None:
        return _("No college is protected, so no majority is promised to any.")
    return _("“%(college)s” is protected.", college=college_name(charter, charter.protected))


def say_needs(charter: Charter, rule: Rule) -> Iterator[str]:
    """What a motion under a rule needs, one sentence for each thing."""
    given = charter.rule(rule)
    yield _(
        "It needs %(threshold)s, as they are weighed.", threshold=threshold_words(given.threshold)
    )
    for college, threshold in given.agree.items():
        yield threshold_of_college(threshold, college_name(charter, college))
    if given.heads is not None:
        yield from _heads(given.heads)


def _heads(heads: HeadCount) -> Iterator[str]:
    yield _(
        "Heads are counted as well, one for each member: %(threshold)s must be For.",
        threshold=threshold_words(heads.threshold),
    )
    if heads.turnout:
        yield _(
            "At least %(part)s of all members on the roll must say For or Against.",
            part=percent(heads.turnout),
        )


def _say_council(charter: Charter) -> Iterator[str]:
    for college, seats in charter.council.items():
        yield ngettext(
            "“%(college)s” has %(num)d of the %(all)d seats.",
            "“%(college)s” has %(num)d of the %(all)d seats.",
            seats,
            college=college_name(charter, college),
            all=charter.council_seats,
        )
    if charter.council:
        yield _(
            "Only the members of a college vote on its seats. A seat without a candidate stays "
            "empty and passes to nobody."
        )


def _notes(charter: Charter) -> Iterator[str]:
    if charter.statute == "scic":
        yield _(
            "The co-op is under the law of the French SCIC: at least 3 colleges, each with at "
            "least 10 and at most 50 of every 100 votes."
        )


def _changed_colleges(before: Charter, after: Charter) -> Iterator[str]:
    was = {college.id: college for college in before.colleges}
    now = {college.id: college for college in after.colleges}
    for college_id, college in now.items():
        name = capital(local(college.names))
        if college_id not in was:
            yield _(
                "New college: “%(college)s”, %(share)s.", college=name, share=percent(college.share)
            )
        elif was[college_id].share != college.share:
            yield _(
                "The share of “%(college)s” becomes %(after)s. It was %(before)s.",
                college=name,
                after=percent(college.share),
                before=percent(was[college_id].share),
            )
    for college_id in was:
        if college_id not in now:
            yield _("Gone: “%(college)s”.", college=college_name(before, college_id))
    if before.protected != after.protected:
        yield _say_protected(after)
    if before.scheme != after.scheme:
        yield _(
            "The votes are weighed in another way: “%(scheme)s”.", scheme=scheme_name(after.scheme)
        )


def _changed_rules(before: Charter, after: Charter) -> Iterator[str]:
    for rule in RULES:
        was, now = _rule_needs(before, rule), _rule_needs(after, rule)
        if was == now:
            continue
        if not now:
            yield _("No longer held: %(rule)s.", rule=rule_name(rule))
        else:
            yield _("%(rule)s: %(needs)s", rule=rule_name(rule), needs=" ".join(now))
    if before.council != after.council:
        yield from (
            _say_council(after) if after.council else [_("There are no reserved seats any more.")]
        )
    if before.caps != after.caps or before.floors != after.floors:
        yield _("The fewest counted votes of a college, or its caps, change.")
    yield from (note for note in _notes(after) if before.statute != after.statute)


def _rule_needs(charter: Charter, rule: Rule) -> tuple[str, ...]:
    return tuple(say_needs(charter, rule)) if rule in rules_of(charter) else ()
