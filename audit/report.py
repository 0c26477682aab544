"""What a verification found, step by step: for people, for machines, and as an error.

Source: docs/observers.md.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from audit.errors import AuditError
from audit.record_errors import IncompleteError
from ballots.errors import BallotError
from voting.canonical import format_canonical
from voting.errors import VotingError

Status = Literal["ok", "failed", "incomplete"]


def show_plainly(text: str) -> str:
    """A text with a mark in the place of everything that could steer a terminal."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered check.

    Attributes:
        number: from 1.
        check: its name for machines; steps of different elections share names.
        title: what is checked, for people.
        status: `incomplete` when something could not be fetched.
        detail: what was found.
    """

    number: int
    check: str
    title: str
    status: Status
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ElectionReport:
    """What became clear about one election.

    Attributes:
        election: its uuid.
        title: in the default language; empty before it is announced.
        state: where the log says it stands.
        voters: college, members, members whose ballot counts.
        outcomes: contest and outcome, once there is a result that was verified.
        result: digest of the result.
        certified: whether the certificate was verified.
    """

    election: str
    title: str
    state: str
    voters: tuple[tuple[str, int, int], ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()
    result: str = ""
    certified: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A verification as far as it went.

    Attributes:
        record: how the record was named.
        key: the log's key that was trusted, as text.
        key_given: whether the observer gave it; else the record named it itself.
        size: entries in the log under the verified checkpoint.
        checkpoint: the signed checkpoint, to be kept and compared with later ones.
        steps: every check, in order; the last may have failed.
        elections: what became clear about each.
        remarks: what is no failure but should be known.
    """

    record: str
    key: str = ""
    key_given: bool = False
    size: int = 0
    checkpoint: bytes = b""
    steps: tuple[Step, ...] = ()
    elections: tuple[ElectionReport, ...] = ()
    remarks: tuple[str, ...] = ()


class VerificationError(AuditError):
    """A check failed, or could not be finished.

    Attributes:
        step: the check.
        where: the part of the record that was looked at.
        cause: what is wrong.
        report: everything up to it.
    """

    def __init__(self, step: Step, where: str, cause: Exception, report: Report) -> None:
        super().__init__(step, where, cause)
        self.step = step
        self.where = where
        self.cause = cause
        self.report = report

    @property
    def is_incomplete(self) -> bool:
        """Whether nothing is wrong but something could not be fetched."""
        return self.step.status == "incomplete"

    def __str__(self) -> str:
        verdict = "could not be finished" if self.is_incomplete else "failed"
        cause = show_plainly(str(self.cause) or type(self.cause).__name__)
        fault = "" if self.where in cause else f"{self.where}: "
        return f"Check {self.step.number} ({self.step.title}) {verdict}: {fault}{cause}"


class Progress:
    """Told what is being done; this one tells nobody."""

    def begin(self, number: int, title: str) -> None:
        """A step begins."""

    def advance(self, what: str, done: int, whole: int) -> None:
        """So much of a part of the step is done."""

    def end(self, step: Step) -> None:
        """A step ended, in whichever way."""


@dataclass(slots=True)
class Steps:
    """The steps taken so far.

    Attributes:
        report: grows with each step.
        where: the part of the record that is looked at.
        detail: what the current step found.
    """

    report: Report
    progress: Progress
    where: str = ""
    detail: str = field(default="", init=False)

    def tell(self, what: str, done: int, whole: int) -> None:
        """Pass on progress within the step."""
        self.progress.advance(what, done, whole)

    def remark(self, sentence: str) -> None:
        """Keep what is no failure but should be known."""
        self.report = replace(self.report, remarks=(*self.report.remarks, sentence))

    @contextmanager
    def step(self, check: str, title: str, where: str) -> Generator[None]:
        """Take one step; what it raises about the record becomes a `VerificationError`."""
        number = len(self.report.steps) + 1
        self.where, self.detail = where, ""
        self.progress.begin(number, title)
        try:
            yield
        except (AuditError, BallotError, VotingError) as error:
            status: Status = "incomplete" if isinstance(error, IncompleteError) else "failed"
            step = self._end(Step(number, check, title, status, show_plainly(str(error))))
            raise VerificationError(step, self.where, error, self.report) from error
        self._end(Step(number, check, title, "ok", self.detail))

    def _end(self, step: Step) -> Step:
        self.report = replace(self.report, steps=(*self.report.steps, step))
        self.progress.end(step)
        return step


def step_objects(steps: Iterable[Step]) -> list[dict[str, object]]:
    """Steps as every report for machines tells them."""
    return [
        {
            "number": step.number,
            "check": step.check,
            "title": step.title,
            "status": step.status,
            "detail": step.detail,
        }
        for step in steps
    ]


def error_object(error: VerificationError, **more: object) -> dict[str, object]:
    """A failure as every report for machines tells it; `more` stands before its sentence."""
    return {
        "check": error.step.check,
        "where": error.where,
        "name": type(error.cause).__name__,
        **more,
        "sentence": str(error),
    }


def format_report(report: Report, error: VerificationError | None) -> bytes:
    """The report for machines: canonical JSON (docs/observers.md)."""
    verdict = "right" if error is None else "incomplete" if error.is_incomplete else "failed"
    return format_canonical(
        {
            "v": 1,
            "verdict": verdict,
            "record": report.record,
            "key": report.key,
            "key_given": report.key_given,
            "size": report.size,
            "checkpoint": report.checkpoint.decode(),
            "steps": step_objects(report.steps),
            "elections": [
                {
                    "election": each.election,
                    "title": each.title,
                    "state": each.state,
                    "voters": [list(row) for row in each.voters],
                    "outcomes": [list(row) for row in each.outcomes],
                    "result": each.result,
                    "certified": each.certified,
                }
                for each in report.elections
            ],
            "remarks": list(report.remarks),
            "error": None if error is None else error_object(error),
        }
    )
