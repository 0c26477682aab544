"""What the tables of motions and of choices among options have in common.

Source: docs/formats/csv.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from voting.charter.caps import Cap
from voting.charter.thresholds import Threshold
from voting.counting.count import ContestResult
from voting.counting.csv_cells import Row, write_amount, write_text
from voting.counting.motion import CollegeResult
from voting.counting.option_result import (
    ACTIONS,
    ONS,
    STATUSES,
    TIE_KINDS,
    TIE_RULES,
    OptionCollege,
)
from voting.members import CollegeId

Words = Mapping[str, str]

TITLES: Final = (
    *("result", "colleges", "marks", "stages", "pairs", "grades", "elected", "ties"),
    *(
        "guarantee",
        "note",
        "decimal",
        "vote",
        "question",
        "contest",
        "method",
        "scheme",
        "arithmetic",
    ),
    *("charter", "digest", "rule", "threshold", "seats", "outcome", "reasons", "total"),
    *("college-id", "college", "roll", "cast", "counted", "blank", "invalid", "for", "against"),
    *("for-weight", "against-weight", "share", "floor", "weight", "part", "number", "option"),
    *("stage", "action", "mover", "held", "transfer", "status", "quota", "non-transferable"),
    *("lost", "before", "grade", "order", "on", "kind", "tied", "tried", "chosen"),
    *("protected", "control", "cohesion", "seats-guaranteed", "majority", "least-share"),
    *("controls", "holds", "caps", "capped", "cap-ballots", "cap-part", "agreements", "agreed"),
    *("heads", "turnout", "reached", "reserved", "vacant", "seed"),
)
"""Every heading."""

ANSWERS: Final = (
    *("yes", "no", "more-than", "at-least"),
    *("outcome-passed", "outcome-lost", "outcome-tied", "outcome-void", "outcome-elected"),
    *(f"action-{action}" for action in ACTIONS),
    *(f"status-{status}" for status in STATUSES),
    *(f"on-{on}" for on in ONS),
    *(f"kind-{kind}" for kind in TIE_KINDS),
    *(f"tie-{rule}" for rule in TIE_RULES),
)
"""Everything that is said in words in a cell."""


COLLEGE: Final = (
    *("college-id", "college", "roll", "cast", "counted", "blank", "invalid", "=share", "floor"),
    *("=weight", "capped", "=part"),
)


@dataclass(frozen=True, slots=True)
class CsvNames:
    """What things are called in the reader's language.

    Attributes:
        vote: title of the election.
        question: title of the contest.
        colleges: by id.
        options: in the contest's order; none for a motion.
        grades: best first; none where there are none.
    """

    vote: str
    question: str
    colleges: Mapping[CollegeId, str]
    options: Sequence[str] = ()
    grades: Sequence[str] = ()


class ResultTable:
    """What is said of both kinds of contests."""

    def __init__(self, names: CsvNames, words: Words) -> None:
        self.names = names
        self.words = words

    def say(self, code: str) -> str:
        """A cell with the words for a code."""
        return write_text(self.words[code])

    def head(self, *codes: str) -> Row:
        """The titles of columns; "=x" stands for two, of an exact number and its decimals."""
        row: list[str] = []
        for code in codes:
            title = self.words[code.removeprefix("=")]
            row.append(write_text(title))
            if code.startswith("="):
                row.append(write_text(f"{title} ({self.words['decimal']})"))
        return row

    def amount(self, code: str, number: Fraction | int | None) -> Row:
        """A heading with a number."""
        number = Fraction(number) if isinstance(number, int) else number
        return (self.say(code), *write_amount(number))

    def text(self, code: str, text: str) -> Row:
        """A heading with text."""
        return self.say(code), write_text(text)

    def truth(self, code: str, *, is_so: bool) -> Row:
        """A heading with yes or no."""
        return self.say(code), self.say("yes" if is_so else "no")

    def bound(self, threshold: Threshold) -> Row:
        """The cells of a threshold."""
        how = "more-than" if threshold.strict else "at-least"
        return (*write_amount(threshold.share), self.say(how))

    def college(self, college: CollegeId) -> Row:
        """A college's id and name."""
        return write_text(college), write_text(self.names.colleges[college])

    def start(self, result: ContestResult, method: str, arithmetic: str) -> list[Row]:
        """What stands at the top."""
        return [
            (self.say("result"),),
            (self.say("note"),),
            self.text("vote", self.names.vote),
            self.text("question", self.names.question),
            self.text("contest", result.contest),
            (self.say("outcome"), self.say(f"outcome-{result.outcome}")),
            self.text("reasons", " ".join(result.reasons)),
            self.text("method", method),
            self.text("scheme", result.scheme),
            self.text("arithmetic", arithmetic),
            self.text("charter", result.charter),
        ]

    def describe(self, row: CollegeResult | OptionCollege) -> Row:
        """The columns of a college that every contest has."""
        return (
            *self.college(row.id),
            *map(str, (row.roll, row.cast, row.counted, row.blank, row.invalid)),
            *write_amount(row.share),
            str(row.floor),
            *write_amount(row.weight),
            self.say("yes" if row.capped else "no"),
            *write_amount(row.effective_share),
        )

    def caps(self, caps: Sequence[Cap]) -> Iterator[Row]:
        """What a college's votes may weigh at most."""
        if caps:
            yield from ((), (self.say("caps"),))
            yield self.head("college-id", "college", "=cap-ballots", "=cap-part")
        for cap in caps:
            yield *self.college(cap.college), *write_amount(cap.ballots), *write_amount(cap.part)

    def start_guarantee(self, result: ContestResult) -> list[Row]:
        """What is said of every guarantee."""
        check = result.guarantee
        protected = check.protected
        return [
            (),
            (self.say("guarantee"),),
            self.text("protected", self.names.colleges[protected] if protected else ""),
            self.amount("share", check.share),
            self.amount("part", check.effective_share),
            self.truth("holds", is_so=check.holds),
            self.text("reasons", " ".join(check.reasons)),
        ]
