"""What is guaranteed for a motion, in plain words.

Source: design 4, section 2 (T2, T5, T6); docs/rules/guarantee.md.
"""

from collections.abc import Iterator
from fractions import Fraction

from voting.guarantee import GuaranteeStatement
from web.pages.officer.guarantee_parts import Bar, Facts, split_codes
from web.pages.officer.texts import _, ngettext
from web.pages.officer.words import threshold_words
from web.pages.words import percent


def promises(said: GuaranteeStatement, facts: Facts) -> Iterator[str]:
    """What the protected college can bring about or stop."""
    name = facts.name
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


def limits(said: GuaranteeStatement, facts: Facts) -> Iterator[str]:
    """What it cannot."""
    name, whole = facts.name, facts.members
    if said.protected is None:
        return
    if not said.control:
        yield _("“%(college)s” cannot pass this motion alone.", college=name)
    if said.cohesion_needed is not None:
        yield _cohesion(said, whole)
    yield _("Nothing is promised about who votes, or what anybody chooses.")


def _cohesion(said: GuaranteeStatement, whole: int) -> str:
    needed, strict = said.cohesion_needed or Fraction(), said.cohesion_strict
    words = {
        "share": _needed(needed, strict=strict),
        "least": _least(needed, whole, strict=strict),
        "members": whole,
    }
    if said.scheme == "bloc":
        return _(
            "The college votes as one: its whole share goes where %(share)s of its votes go.",
            share=words["share"],
        )
    if not whole:
        return _(
            "Enough of the college must agree. If everybody else is Against, %(share)s of its "
            "votes must be For.",
            share=_exactly(needed, strict=strict),
        )
    return _(
        "Enough of the college must agree. If everybody else is Against, %(share)s of its votes "
        "must be For. If all %(members)d of its members choose, that is %(least)d of them.",
        **words,
    )


def warnings(said: GuaranteeStatement, facts: Facts) -> tuple[str, ...]:
    """What is to be thought about in this motion."""
    found: list[str] = []
    if "ordinary-not-controlled" in said.warnings:
        found.append(
            _("This ordinary motion needs so much that the protected college cannot pass it alone.")
        )
    found += [
        _(
            "“%(college)s” must agree as well, in a count of its own. So it can stop this motion "
            "alone.",
            college=facts.call(college),
        )
        for (college,) in split_codes(said.warnings, "concurrent-veto")
    ]
    if any(split_codes(said.warnings, "head-count")):
        found.append(
            _(
                "Heads are counted as well, one for each member. If too few of all who vote are "
                "For, the motion is lost, whatever the weighed votes say."
            )
        )
    return tuple(found)


def picture(said: GuaranteeStatement, facts: Facts) -> tuple[Bar, ...]:
    """All of the protected college For, all others Against."""
    if not said.control:
        return ()
    others = said.possible_share - said.share
    # Of the weight that is counted at the most: less of it only makes the first bar longer.
    return (
        Bar(_("%(college)s: For", college=facts.name), said.share / said.possible_share),
        Bar(_("Everybody else: Against"), others / said.possible_share),
    )


def line_words(said: GuaranteeStatement) -> str:
    """What the line in the picture means."""
    return _(
        "The line shows what the motion needs: %(threshold)s.",
        threshold=threshold_words(said.threshold),
    )


def _needed(part: Fraction, *, strict: bool) -> str:
    if (part * 10_000).denominator != 1:
        return percent(part)  # it says that it is rounded; the number of members is exact
    if strict:
        return _("more than %(share)s", share=percent(part))
    return _("at least %(share)s", share=percent(part))


def _exactly(part: Fraction, *, strict: bool) -> str:
    """The same where no number of members says it exactly."""
    share = f"{part} ({percent(part)})"
    return _("more than %(share)s", share=share) if strict else _("at least %(share)s", share=share)


def _least(part: Fraction, whole: int, *, strict: bool) -> int:
    """The fewest of `whole` members that are this part of them."""
    exact = part * whole
    return int(exact) + 1 if strict or exact.denominator != 1 else int(exact)
