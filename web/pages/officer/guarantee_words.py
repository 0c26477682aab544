"""The guarantee statement in plain words and pictures, and nothing more than is true.

Source: design 4, section 2; voting/guarantee.py says what each field promises.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter import Charter
from voting.colleges import CollegeId
from voting.guarantee import SMALL_COLLEGE, GuaranteeStatement
from web.pages.officer.texts import _, ngettext
from web.pages.officer.words import college_name, threshold_words
from web.pages.words import percent


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture, with its words."""

    name: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class SaidGuarantee:
    """A guarantee statement as a page shows it.

    Attributes:
        shares: every college with its share.
        alone: the picture of a motion that all of the protected college and nobody else
            is for; empty where it is not enough.
        threshold: where the line stands in that picture.
    """

    contest: str
    holds: bool
    shares: tuple[Bar, ...]
    promises: tuple[str, ...]
    limits: tuple[str, ...]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    alone: tuple[Bar, ...]
    threshold: Fraction
    threshold_words: str


def say_guarantee(
    said: GuaranteeStatement, charter: Charter, members: Mapping[CollegeId, int]
) -> SaidGuarantee:
    """Put one contest's statement into words.

    Args:
        said: the statement.
        charter: the rules it was computed from.
        members: how many are on the roll, by college.
    """
    name = college_name(charter, said.protected) if said.protected else ""
    return SaidGuarantee(
        contest=said.contest,
        holds=said.holds,
        shares=tuple(Bar(college_name(charter, c.id), c.share) for c in charter.colleges),
        promises=tuple(_promises(said, name)),
        limits=tuple(_limits(said, name, members)),
        reasons=tuple(_reasons(said, name, members)),
        warnings=tuple(_warnings(said, charter)),
        alone=_picture(said, name),
        threshold=said.threshold.share,
        threshold_words=_(
            "The line shows what the motion needs: %(threshold)s.",
            threshold=threshold_words(said.threshold),
        ),
    )


def _promises(said: GuaranteeStatement, name: str) -> Iterator[str]:
    if said.protected is None:
        yield _("This co-op's charter protects no college, so no majority is guaranteed to any.")
        return
    if said.control:
        yield _(
            "If all members of “%(college)s” who choose say For, the motion is passed, however "
            "many others vote.",
            college=name,
        )
    if said.veto:
        yield _(
            "If all members of “%(college)s” who choose say Against, the motion cannot be passed.",
            college=name,
        )
    yield ngettext(
        "There is a result only if at least %(num)d member of “%(college)s” says For or Against. "
        "With fewer, the vote is void.",
        "There is a result only if at least %(num)d members of “%(college)s” say For or Against. "
        "With fewer, the vote is void.",
        said.floor,
        college=name,
    )


def _limits(said: GuaranteeStatement, name: str, members: Mapping[CollegeId, int]) -> Iterator[str]:
    if said.protected is None:
        return
    if not said.control:
        yield _("“%(college)s” cannot pass this motion alone.", college=name)
    if said.cohesion_needed is not None:
        whole = members.get(said.protected, 0)
        yield _(
            "The college must be nearly united. If everybody else is Against, %(share)s of its "
            "votes must be For. If all %(members)d of its members choose, that is %(least)d of "
            "them.",
            share=_needed(said.cohesion_needed, strict=said.threshold.strict),
            members=whole,
            least=_least(said.cohesion_needed, whole, strict=said.threshold.strict),
        )
    yield _("Nothing is promised about who votes, or what anybody chooses.")


def _needed(part: Fraction, *, strict: bool) -> str:
    if (part * 10_000).denominator != 1:
        return percent(part)  # it says that it is rounded; the number of members is exact
    if strict:
        return _("more than %(share)s", share=percent(part))
    return _("at least %(share)s", share=percent(part))


def _least(part: Fraction, whole: int, *, strict: bool) -> int:
    """The fewest of `whole` members that are this part of them."""
    exact = part * whole
    return int(exact) + 1 if strict or exact.denominator != 1 else int(exact)


def _reasons(
    said: GuaranteeStatement, name: str, members: Mapping[CollegeId, int]
) -> Iterator[str]:
    for reason in said.reasons:
        if reason == "protected-college-empty":
            yield _(
                "The rule: the protected college must have members. The roll has 0 members in "
                "“%(college)s”.",
                college=name,
            )
        elif reason == "floor-above-roll":
            yield _(
                "The rule: the protected college needs at least %(floor)d counted votes. The roll "
                "has only %(members)d members in “%(college)s”, so there could never be a result.",
                floor=said.floor,
                members=members.get(said.protected, 0) if said.protected else 0,
                college=name,
            )
        else:
            yield _("The charter's rules do not keep the majority of “%(college)s”.", college=name)


def _warnings(said: GuaranteeStatement, charter: Charter) -> Iterator[str]:
    for warning in said.warnings:
        kind, *facts = warning.split(":")
        name = college_name(charter, CollegeId(facts[0])) if facts else ""
        number = int(facts[1]) if len(facts) > 1 else 0
        sentence = _warning_words(kind, name, number)
        if sentence:
            yield sentence


def _warning_words(kind: str, name: str, number: int) -> str:
    words: Mapping[str, str] = {
        "empty-college": _(
            "Nobody on the roll is in “%(college)s”. Its share lapses.", college=name
        ),
        "small-college": ngettext(
            "“%(college)s” has %(num)d member, fewer than %(least)d. If they all vote the same "
            "way, the published totals show how each of them voted.",
            "“%(college)s” has %(num)d members, fewer than %(least)d. If they all vote the same "
            "way, the published totals show how each of them voted.",
            number,
            college=name,
            least=SMALL_COLLEGE,
        ),
        "floor-above-roll": _(
            "“%(college)s” needs %(number)d counted votes and has fewer members. Its share lapses.",
            college=name,
            number=number,
        ),
        "floor-can-turn": _(
            "The share of “%(college)s” lapses with fewer than %(number)d counted votes. One more "
            "vote there can turn the result either way.",
            college=name,
            number=number,
        ),
        "ordinary-not-controlled": _(
            "This ordinary motion needs so much that the protected college cannot pass it alone."
        ),
        "no-easy-read": _("The motion has no Easy Read text in one language or in both."),
    }
    return words.get(kind, "")


def _picture(said: GuaranteeStatement, name: str) -> tuple[Bar, ...]:
    if not said.control:
        return ()
    others = said.possible_share - said.share
    # Of the weight that is counted at the most: less of it only makes the first bar longer.
    return (
        Bar(_("%(college)s: For", college=name), said.share / said.possible_share),
        Bar(_("Everybody else: Against"), others / said.possible_share),
    )
