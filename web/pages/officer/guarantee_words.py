"""The guarantee statements in plain words and pictures, and nothing more than is true.

What is said of a motion and of a choice among options differs; what is said of the
colleges is the same for every question of an election, and stands on a page once.

Source: design 4, section 2; voting/guarantee.py says what each field promises.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.colleges import CollegeId
from voting.contests import Contest
from voting.guarantee import SMALL_COLLEGE, GuaranteeStatement, Statement
from web.pages.officer import motion_guarantee, option_guarantee
from web.pages.officer.guarantee_parts import Bar, Facts
from web.pages.officer.texts import _, ngettext
from web.pages.officer.words import college_name
from web.pages.words import local


@dataclass(frozen=True, slots=True)
class SaidGuarantee:
    """The statement of one question as a page shows it.

    Attributes:
        title: the question.
        alone: the picture of a motion that all of the protected college and nobody else
            is for; empty where it is not enough, and for a choice among options.
        threshold: where the line stands in that picture.
        seats, seats_guaranteed: the picture of a council; 0 seats for anything else.
    """

    contest: str
    title: str
    holds: bool
    promises: tuple[str, ...]
    limits: tuple[str, ...]
    warnings: tuple[str, ...]
    alone: tuple[Bar, ...] = ()
    threshold: Fraction = Fraction()
    threshold_words: str = ""
    seats: int = 0
    seats_guaranteed: int = 0
    seats_words: str = ""


@dataclass(frozen=True, slots=True)
class SaidGuarantees:
    """What a page says of all questions.

    Attributes:
        shares: every college with its share.
        reasons: why nothing is guaranteed; empty where all holds.
        warnings: of the colleges.
    """

    questions: tuple[SaidGuarantee, ...]
    shares: tuple[Bar, ...]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every statement holds."""
        return all(each.holds for each in self.questions)


def say_guarantees(
    contests: Iterable[Contest],
    statements: Iterable[Statement],
    charter: Charter,
    members: Mapping[CollegeId, int],
) -> SaidGuarantees:
    """Put the statements of an election into words.

    Args:
        contests: the questions.
        statements: one for each of them.
        charter: the rules they were computed from.
        members: how many are on the roll, by college.
    """
    titles = {contest.id: local(contest.texts)["standard"].title for contest in contests}
    known = tuple(statements)
    return SaidGuarantees(
        questions=tuple(_say(said, charter, members, titles) for said in known),
        shares=tuple(Bar(college_name(charter, c.id), c.share) for c in charter.colleges),
        reasons=_once(_reasons(said, charter, members) for said in known),
        warnings=_once(_warnings(said, charter) for said in known),
    )


def _say(
    said: Statement,
    charter: Charter,
    members: Mapping[CollegeId, int],
    titles: Mapping[str, str],
) -> SaidGuarantee:
    name = college_name(charter, said.protected) if said.protected else ""
    facts = Facts(name, members.get(said.protected, 0) if said.protected else 0)
    title = titles.get(said.contest, said.contest)
    easy_read = (
        (_("This question has no Easy Read text in one language or in both."),)
        if any(each.startswith("no-easy-read") for each in said.warnings)
        else ()
    )
    if isinstance(said, GuaranteeStatement):
        return SaidGuarantee(
            said.contest,
            title,
            said.holds,
            tuple(motion_guarantee.promises(said, facts)),
            tuple(motion_guarantee.limits(said, facts)),
            (*motion_guarantee.warnings(said), *easy_read),
            alone=motion_guarantee.picture(said, facts),
            threshold=said.threshold.share,
            threshold_words=motion_guarantee.line_words(said),
        )
    return SaidGuarantee(
        said.contest,
        title,
        said.holds,
        tuple(option_guarantee.promises(said, facts)),
        tuple(option_guarantee.limits(said, facts)),
        (*option_guarantee.warnings(said), *easy_read),
        seats=said.seats if said.seats > 1 and said.seats_guaranteed else 0,
        seats_guaranteed=said.seats_guaranteed,
        seats_words=option_guarantee.seats_words(said),
    )


def _once(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every sentence once, in the order found."""
    return tuple(dict.fromkeys(sentence for sentences in found for sentence in sentences))


def _reasons(said: Statement, charter: Charter, members: Mapping[CollegeId, int]) -> Iterator[str]:
    name = college_name(charter, said.protected) if said.protected else ""
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


def _warnings(said: Statement, charter: Charter) -> Iterator[str]:
    known = {college.id for college in charter.colleges}
    for warning in said.warnings:
        kind, *facts = warning.split(":")
        # Warnings of a question name no college; the question itself says them.
        if facts and CollegeId(facts[0]) in known:
            number = int(facts[1]) if len(facts) > 1 else 0
            sentence = _warning_words(kind, college_name(charter, CollegeId(facts[0])), number)
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
    }
    return words.get(kind, "")
