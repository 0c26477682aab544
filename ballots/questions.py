"""Questions of three kinds, and how the ciphertexts of each are laid out.

Homomorphic ones are added up sealed; the answers to shuffled ones (ranked, scored, graded)
are mixed and then opened one by one; questions with lists let a voter choose one list and
candidates on it.

Source: design 3, section 3.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from ballots.encoding import (
    format_json,
    has_field,
    parse_json,
    present_fields,
    read_fields,
    read_list,
    read_number,
    read_text,
)
from ballots.errors import QuestionRulesError, WrongValueError
from ballots.group import MOST_NUMBERS

T = TypeVar("T")

MOST_ANSWERS: Final = 50
MOST_LISTED: Final = 1000
LONGEST_TEXT: Final = 20_000
MOST_CIPHERTEXTS: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """A homomorphic question: a voter chooses min to max answers, or none at all by blank.

    Attributes:
        blank: whether a blank vote is offered; None is no, and leaves the field out.
        extra: canonical JSON that programs keep beside it, if any.

    Raises:
        QuestionRulesError: the bounds contradict each other, or there are too many answers.
    """

    question: str
    answers: tuple[str, ...]
    min: int
    max: int
    blank: bool | None = None
    extra: str | None = None

    def __post_init__(self) -> None:
        count = len(self.answers)
        if not (1 <= count <= MOST_ANSWERS and 0 <= self.min <= self.max <= count and self.max):
            raise QuestionRulesError(self.min, self.max, count)

    @property
    def width(self) -> int:
        """The number of ciphertexts: one per answer, after one for blank."""
        return len(self.answers) + bool(self.blank)


@dataclass(frozen=True, slots=True)
class ShuffledQuestion:
    """A question answered by one number per answer, sealed together in one ciphertext.

    Attributes:
        extra: canonical JSON that says how the opened answers are to be counted, if any.

    Raises:
        QuestionRulesError: there are more answers than one ciphertext holds.
    """

    question: str
    answers: tuple[str, ...]
    extra: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.answers) <= MOST_NUMBERS:
            raise QuestionRulesError(1, MOST_NUMBERS, len(self.answers))

    @property
    def width(self) -> int:
        """The number of ciphertexts in one answer."""
        return 1


@dataclass(frozen=True, slots=True)
class ListsQuestion:
    """A question with lists: one of them is chosen, and at least one candidate on it.

    Attributes:
        lists: of each its own name, then its candidates' names.
        extra: canonical JSON that programs keep beside it, if any.

    Raises:
        QuestionRulesError: there is no candidate, or there are too many names.
    """

    question: str
    lists: tuple[tuple[str, ...], ...]
    extra: str | None = None

    def __post_init__(self) -> None:
        names = [len(names) for names in self.lists]
        if not (names and all(names) and len(names) < sum(names) <= MOST_LISTED):
            raise QuestionRulesError(1, MOST_LISTED, sum(names))

    @property
    def width(self) -> int:
        """The number of ciphertexts: one per list and one per candidate."""
        return sum([len(names) for names in self.lists])

    def divide(self, items: Sequence[T]) -> list[Sequence[T]]:
        """Items that belong to the names, list by list."""
        rest: Iterator[T] = iter(items)
        return [[next(rest) for _ in names] for names in self.lists]


AnyQuestion = Question | ShuffledQuestion | ListsQuestion


# --- rows of what belongs to the ciphertexts --------------------------------------------


def format_row(question: AnyQuestion, items: Sequence[object]) -> list[object]:
    """What belongs to a question's ciphertexts as JSON holds it: by lists if it has lists."""
    if isinstance(question, ListsQuestion):
        return [list(part) for part in question.divide(items)]
    return list(items)


def read_row(
    question: AnyQuestion,
    value: object,
    what: str,
    read: Callable[[object], T],
    *,
    count: int | None = None,
) -> tuple[T, ...]:
    """Read what belongs to a question's ciphertexts, in one row.

    Args:
        question: the question.
        value: the JSON.
        what: the name of the list in errors.
        read: for one item.
        count: of a shuffled question's ciphertexts, where it is known.
    """
    if isinstance(question, ShuffledQuestion):
        return read_list(value, what, read, count=count, most=MOST_CIPHERTEXTS)
    if isinstance(question, Question):
        return read_list(value, what, read, count=question.width)
    sizes = iter([len(names) for names in question.lists])
    parts = read_list(
        value,
        what,
        lambda part: read_list(part, what, read, count=next(sizes)),
        count=len(question.lists),
    )
    return tuple([item for part in parts for item in part])


# --- form -------------------------------------------------------------------------------


def format_question(question: AnyQuestion) -> dict[str, object]:
    """A question as JSON holds it."""
    value: dict[str, object]
    match question:
        case Question():
            value = {"answers": list(question.answers)}
            if question.blank is not None:
                value["blank"] = question.blank
            value |= {"min": question.min, "max": question.max, "question": question.question}
            if question.extra is None:
                return value
            kind = "Homomorphic"
        case ShuffledQuestion():
            value = {"answers": list(question.answers), "question": question.question}
            kind = "NonHomomorphic"
        case _:
            lists = [list(names) for names in question.lists]
            value = {"answers": lists, "question": question.question}
            kind = "Lists"
    typed: dict[str, object] = {"type": kind, "value": value}
    if question.extra is not None:
        typed["extra"] = parse_json(question.extra.encode(), LONGEST_TEXT)
    return typed


def read_question(value: object) -> AnyQuestion:
    """Read a question from JSON.

    Raises:
        QuestionRulesError: its bounds contradict each other.
        FormError: a leaf of it.
    """
    if not has_field(value, "type"):
        return _read_homomorphic(value, None)
    names = present_fields(value, ("type", "value", "extra"), frozenset({"extra"}))
    kind, inner, *more = read_fields(value, *names)
    extra = format_json(more[0]).decode() if more else None
    if kind == "Homomorphic" and extra is not None:
        return _read_homomorphic(inner, extra)
    if kind not in ("NonHomomorphic", "Lists"):
        raise WrongValueError("a kind of question", kind)
    answers, question = read_fields(inner, "answers", "question")
    text = read_text(question, LONGEST_TEXT)
    if kind == "NonHomomorphic":
        return ShuffledQuestion(text, _read_names(answers, MOST_ANSWERS), extra)
    lists = read_list(
        answers, "lists", lambda names: _read_names(names, MOST_LISTED), most=MOST_LISTED
    )
    return ListsQuestion(text, lists, extra)


def _read_homomorphic(value: object, extra: str | None) -> Question:
    names = present_fields(
        value, ("answers", "blank", "min", "max", "question"), frozenset({"blank"})
    )
    got = dict(zip(names, read_fields(value, *names), strict=True))
    blank = got.get("blank")
    if "blank" in got and not isinstance(blank, bool):
        raise WrongValueError("true or false", blank)
    return Question(
        question=read_text(got["question"], LONGEST_TEXT),
        answers=_read_names(got["answers"], MOST_ANSWERS),
        min=read_number(got["min"], 0, MOST_ANSWERS),
        max=read_number(got["max"], 1, MOST_ANSWERS),
        blank=cast("bool | None", blank),
        extra=extra,
    )


def _read_names(value: object, most: int) -> tuple[str, ...]:
    return read_list(value, "answers", lambda name: read_text(name, LONGEST_TEXT), most=most)
