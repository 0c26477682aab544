"""The guarantee statements in plain words and pictures, and nothing more than is true.

What is said of a motion and of a choice among options differs; what is said of the
colleges is the same for every question of an election, and stands on a page once.

Source: design 4, section 2; voting/guarantee.py says what each field promises.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voting.charter.charter import Charter
from voting.charter.colleges import CollegeId
from voting.contests import Contest
from voting.guarantee import GuaranteeStatement, Statement
from voting.option_contests import OptionContest
from web.pages.officer import motion_guarantee, option_guarantee
from web.pages.officer.guarantee_parts import Bar, Facts
from web.pages.officer.texts import _
from web.pages.officer.warning_words import say_reasons, say_warnings
from web.pages.officer.words import college_name, scheme_words
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
        shares: every college with its share; none where shares decide nothing.
        weighing: how the shares are used.
        reasons: why nothing is guaranteed; empty where all holds.
        warnings: of the colleges.
    """

    questions: tuple[SaidGuarantee, ...]
    shares: tuple[Bar, ...]
    weighing: str
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every statement holds."""
        return all(each.holds for each in self.questions)


def say_guarantees(
    contests: Sequence[Contest],
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
    names = find_facts(charter, None, members).names
    return SaidGuarantees(
        questions=tuple(_say(said, charter, members, titles) for said in known),
        shares=_shares(charter, contests),
        weighing=_say_weighing(charter),
        reasons=_once(_reasons(said, charter, members) for said in known),
        warnings=_once(say_warnings(said.warnings, names) for said in known),
    )


def _shares(charter: Charter, contests: Sequence[Contest]) -> tuple[Bar, ...]:
    """Nothing where every vote weighs the same: in all contests, or in each of one college."""
    reserved = contests and all(
        isinstance(each, OptionContest) and each.college for each in contests
    )
    if charter.scheme == "none" or reserved:
        return ()
    return tuple(Bar(college_name(charter, each.id), each.share) for each in charter.colleges)


def _say_weighing(charter: Charter) -> str:
    if charter.scheme == "turnout":
        return _(
            "Of every 100 votes, each college has its share, however many of its members vote."
        )
    return scheme_words(charter.scheme)


def _say(
    said: Statement,
    charter: Charter,
    members: Mapping[CollegeId, int],
    titles: Mapping[str, str],
) -> SaidGuarantee:
    facts = find_facts(charter, said.protected, members)
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
            (*motion_guarantee.warnings(said, facts), *easy_read),
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


def find_facts(
    charter: Charter, protected: CollegeId | None, members: Mapping[CollegeId, int]
) -> Facts:
    """The protected college and all others, as sentences name them."""
    return Facts(
        college_name(charter, protected) if protected else "",
        members.get(protected, 0) if protected else 0,
        {college.id: college_name(charter, college.id) for college in charter.colleges},
    )


def _once(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every sentence once, in the order found."""
    return tuple(dict.fromkeys(sentence for sentences in found for sentence in sentences))


def _reasons(said: Statement, charter: Charter, members: Mapping[CollegeId, int]) -> Iterator[str]:
    facts = find_facts(charter, said.protected, members)
    own = said.share / said.possible_share if said.possible_share else Fraction()
    return say_reasons(said.reasons, facts, said.floor, own)
