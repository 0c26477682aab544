"""What is guaranteed in a choice among options, in plain words.

Source: design 4, section 2 (T3, T5, T8, T9, T12); voting/option_guarantee.py.
"""

from collections.abc import Iterator
from fractions import Fraction

from voting.guarantee import OptionGuarantee
from web.pages.officer.guarantee_parts import Facts, split_codes
from web.pages.officer.method_words import say_method
from web.pages.officer.texts import _, ngettext
from web.pages.words import part_exactly, percent


def promises(said: OptionGuarantee, facts: Facts) -> Iterator[str]:
    """What the protected college can bring about."""
    name = facts.name
    if said.college is not None:
        yield from _reserved(said, facts)
        return
    if said.protected is None:
        yield _("This co-op's charter protects no college, so no majority is guaranteed to any.")
        return
    if said.scheme == "bloc" and said.seats_guaranteed:
        yield _(
            "If one option gets more votes of “%(college)s” than any other, it wins, however many "
            "others vote.",
            college=name,
        )
    elif said.seats == 1 and said.seats_guaranteed:
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
    yield _floor(said, name)


def _reserved(said: OptionGuarantee, facts: Facts) -> Iterator[str]:
    """T12: a seat is its college's, whoever wins it."""
    yield ngettext(
        "Only the members of “%(college)s” vote on %(num)d seat here. It is theirs, whoever wins "
        "it.",
        "Only the members of “%(college)s” vote on %(num)d seats here. They are theirs, whoever "
        "wins them.",
        said.seats,
        college=facts.call(said.college or ""),
    )
    if said.college == said.protected:
        yield _floor(said, facts.name)


def _floor(said: OptionGuarantee, name: str) -> str:
    return ngettext(
        "There is a result only if at least %(num)d member of “%(college)s” chooses. With fewer, "
        "the vote is void.",
        "There is a result only if at least %(num)d members of “%(college)s” choose. With fewer, "
        "the vote is void.",
        said.floor,
        college=name,
    )


def limits(said: OptionGuarantee, facts: Facts) -> Iterator[str]:
    """What it cannot."""
    if said.protected is None and said.college is None:
        return
    if said.college is not None:
        yield from _not_of_reserved(said, facts)
    elif any(warning.startswith("method-not-proven:") for warning in said.warnings):
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
            share=part_exactly(said.least_share),
            own=percent(said.share / said.possible_share),
        )
    if said.seats_guaranteed and said.college is None and said.scheme != "bloc":
        yield _("The college must be united. Nothing is promised if its members do not agree.")
        if said.seats > 1:
            yield _("Those who are elected need not be members of the college.")
    yield _("Nothing is promised about who votes, or what anybody chooses.")


def _not_of_reserved(said: OptionGuarantee, facts: Facts) -> Iterator[str]:
    if said.protected is not None and said.college != said.protected:
        yield _("“%(college)s” has no say in these seats.", college=facts.name)
    yield _("Which of the candidates win is not promised to anybody.")


def warnings(said: OptionGuarantee) -> tuple[str, ...]:
    """What is to be thought about in this question."""
    found: list[str] = []
    contested = not any(split_codes(said.warnings, "uncontested"))
    if contested and any(split_codes(said.warnings, "method-not-solid")):
        found.append(
            _(
                "Counted in this way, a large group can lose to a smaller one, because its "
                "members divide their votes. Ways in which members rank the options avoid this."
            )
        )
    if any(split_codes(said.warnings, "method-not-proven")):
        other = say_method("stv-exact").name
        found.append(_("If you want a guarantee, count in this way: “%(other)s”.", other=other))
    for seats, options in split_codes(said.warnings, "uncontested"):
        found.append(
            _(
                "There is no contest, so all who stand are elected. Seats: %(seats)d. Candidates: "
                "%(options)d.",
                options=int(options),
                seats=int(seats),
            )
        )
    for (vacant,) in split_codes(said.warnings, "vacant"):
        found.append(
            ngettext(
                "%(num)d seat stays empty. It passes to nobody.",
                "%(num)d seats stay empty. They pass to nobody.",
                int(vacant),
            )
        )
    return tuple(found)


def few_seats(seats: int, guaranteed: int, least: Fraction, own: Fraction) -> str:
    """T9: why so many seats cannot be elected in one count where a college is protected."""
    return _(
        "The rule: the protected college must be sure of more than half of the seats. With "
        "%(seats)d seats it is sure of %(guaranteed)d. For more than half it needs more than "
        "%(least)s of the votes, and it has %(own)s. Choose an odd number of seats, or reserved "
        "seats.",
        seats=seats,
        guaranteed=guaranteed,
        least=part_exactly(least),
        own=percent(own),
    )


def seats_words(said: OptionGuarantee) -> str:
    """What the picture of the seats shows."""
    return _(
        "The picture: %(guaranteed)d of %(seats)d seats are guaranteed.",
        guaranteed=said.seats_guaranteed,
        seats=said.seats,
    )
