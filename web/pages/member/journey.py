"""The questions that a member is asked in one election, in order, one page each.

Source: design 6, sections 0.2 (Vote) and A (one thing per page; Change leads straight back).
"""

from dataclasses import dataclass

from voting.contests import Contest, Motion, Text
from voting.guarantee import Statement
from voting.members import Language, TextFormat
from web.pages.member.place import Place
from web.pages.problems import Problem


@dataclass(frozen=True, slots=True)
class Question:
    """One contest as she is asked it.

    Attributes:
        number, of: its place among the questions, counted from 1.
        text: in her language and format; the full one where there is no Easy Read twin.
        is_easy: whether `text` is the Easy Read one.
        has_easy: whether there is an Easy Read twin in her language.
        form: what she does on her ballot.
        statement: what is guaranteed in it.
        before, after: ids of the questions next to it, None at the ends.
    """

    number: int
    of: int
    contest: Contest
    text: Text
    is_easy: bool
    has_easy: bool
    statement: Statement | None
    before: str | None
    after: str | None

    @property
    def id(self) -> str:
        """The contest's id, which stands in the address of its page."""
        return self.contest.id

    @property
    def form(self) -> str:
        """Which of the forms of ballots this one is."""
        return "motion" if isinstance(self.contest, Motion) else self.contest.form


def ask(place: Place, language: Language, text_format: TextFormat) -> tuple[Question, ...]:
    """Every question that she is asked."""
    contests = place.contests
    statements = {each.contest: each for each in place.election.guarantee}
    return tuple(
        Question(
            number=at + 1,
            of=len(contests),
            contest=contest,
            text=contest.text(language, text_format),
            is_easy=text_format == "easy-read" and language not in contest.missing_easy_read,
            has_easy=language not in contest.missing_easy_read,
            statement=statements.get(contest.id),
            before=contests[at - 1].id if at else None,
            after=contests[at + 1].id if at + 1 < len(contests) else None,
        )
        for at, contest in enumerate(contests)
    )


def find_question(questions: tuple[Question, ...], contest: str) -> Question:
    """The question with this id.

    Raises:
        Problem: there is none that she is asked.
    """
    for question in questions:
        if question.id == contest:
            return question
    raise Problem("not-found", 404)
