"""What is guaranteed in a choice among options, in plain words.

Source: design 4, section 2, T3 and T8; voting/option_guarantee.py.
"""

from collections.abc import Iterator

from voting.guarantee import OptionGuarantee
from web.pages.officer.guarantee_parts import Facts
from web.pages.officer.method_words import say_method
from web.pages.officer.texts import _, ngettext
from web.pages.words import percent


def promises(said: OptionGuarantee, facts: Facts) -> Iterator[str]:
    """What the protected college can bring about."""
    name = facts.name
    if said.protected is None:
        yield _("This co-op's charter protects no college, so no majority is guaranteed to any.")
        return
    if said.seats == 1 and said.seats_guaranteed:
        yield _(
            "If all members of “%(college)s” who choose put the same option first, it wins, "
            "however many others vote.",
            college=name,
        )
        yield _(
            "If they rank the same few options, and all of these above every other option, one of "
            "these wins."
        )
    elif said.seats_guaranteed:
        yield ngettext(
            "If all members of “%(college)s” who choose rank the same option above all others, "
            "it gets %(num)d of the %(seats)d seats, however many others vote.",
            "If all members of “%(college)s” who choose rank the same %(num)d or more options, "
            "and all of these above every other option, these get at least %(num)d of the "
            "%(seats)d seats, however many others vote.",
            said.seats_guaranteed,
            college=name,
            seats=said.seats,
        )
    yield ngettext(
        "There is a result only if at least %(num)d member of “%(college)s” chooses. With fewer, "
        "the vote is void.",
        "There is a result only if at least %(num)d members of “%(college)s” choose. With fewer, "
        "the vote is void.",
        said.floor,
        college=name,
    )


def limits(said: OptionGuarantee, facts: Facts) -> Iterator[str]:
    """What it cannot."""
    if said.protected is None:
        return
    if any(warning.startswith("method-not-proven:") for warning in said.warnings):
        yield _(
            "No guarantee is proved for “%(method)s”, so none is promised to “%(college)s”.",
            method=say_method(said.method).name,
            college=facts.name,
        )
    elif not said.seats_guaranteed:
        yield _(
            "“%(method)s” guarantees nothing to “%(college)s”. If its members give their votes to "
            "different options, an option that none of them wants can win.",
            method=say_method(said.method).name,
            college=facts.name,
        )
    elif not said.controls and said.least_share is not None:
        yield _(
            "More than half of the seats is not guaranteed. For %(needed)d of %(seats)d seats the "
            "college needs more than %(share)s of the votes. It has %(own)s.",
            needed=said.majority_needed,
            seats=said.seats,
            share=percent(said.least_share),
            own=percent(said.share / said.possible_share),
        )
    if said.seats_guaranteed:
        yield _("The college must be united. Nothing is promised if its members do not agree.")
        if said.seats > 1:
            yield _("Those who are elected need not be members of the college.")
    yield _("Nothing is promised about who votes, or what anybody chooses.")


def warnings(said: OptionGuarantee) -> tuple[str, ...]:
    """What is to be thought about in this question."""
    found: list[str] = []
    for warning in said.warnings:
        kind, _colon, facts = warning.partition(":")
        if kind == "method-not-solid":
            found.append(
                _(
                    "Counted in this way, a large group can lose to a smaller one, because its "
                    "members divide their votes. Ways in which members rank the options avoid this."
                )
            )
        elif kind == "method-not-proven":
            other = say_method("stv-exact").name
            found.append(_("If you want a guarantee, count in this way: “%(other)s”.", other=other))
        elif kind == "majority-not-guaranteed":
            found.append(_few_seats(facts))
    return tuple(found)


def _few_seats(facts: str) -> str:
    seats, _colon, guaranteed = facts.partition(":")
    if int(seats) % 2:
        return _(
            "Only %(guaranteed)d of %(seats)d seats are guaranteed: not more than half.",
            guaranteed=int(guaranteed),
            seats=int(seats),
        )
    return _(
        "With an odd number of seats, more than half of the votes is enough for more than half of "
        "the seats."
    )


def seats_words(said: OptionGuarantee) -> str:
    """What the picture of the seats shows."""
    return _(
        "The picture: %(guaranteed)d of %(seats)d seats are guaranteed.",
        guaranteed=said.seats_guaranteed,
        seats=said.seats,
    )
