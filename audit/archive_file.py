"""One archive by itself, perhaps of an election that Teg never saw.

Whatever follows version 1 of the format is verified as far as it has come. With `strict` it
must also be what the service's own elections are, second proofs included.

Source: design 3, sections 11 and 13; docs/observers.md.
"""

import os
import stat
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from audit.executors import WORTH_A_POOL
from audit.objects import PROOFS_LIMIT, parse_proof_list
from audit.record_errors import LargeFileError, UnreadableFileError
from audit.report import (
    Progress,
    Report,
    Steps,
    VerificationError,
    error_object,
    step_objects,
)
from audit.resume import KeptState
from ballots.archive import Archive, read_archive
from ballots.election import parse_election
from ballots.verification import ArchiveSummary, verify_archive
from voting.canonical import format_canonical

LARGEST_FILE: Final = 2**33


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became clear about an archive.

    Attributes:
        steps: what was done, and the remarks.
        strict: whether it had to be one of the service's.
        summary: once everything in it was verified.
    """

    steps: Report
    strict: bool
    summary: ArchiveSummary | None = None


class FileVerificationError(VerificationError):
    """A check of an archive failed.

    Attributes:
        file: the report up to it.
    """

    def __init__(self, failure: VerificationError, file: FileReport) -> None:
        super().__init__(failure.step, failure.where, failure.cause, failure.report)
        self.file = file


def verify_file(
    path: Path,
    *,
    strict: bool = False,
    proofs: Path | None = None,
    executor: Executor | None = None,
    kept: KeptState | None = None,
    progress: Progress | None = None,
) -> FileReport:
    """Verify an archive in a file.

    Args:
        path: the file.
        strict: whether it must be what the service's own elections are.
        proofs: the second proofs beside it: proofs.json of its election.
        executor: where to check ballots of a large box.
        kept: what an earlier run kept, and where this one keeps how far it came.
        progress: told each step.

    Raises:
        FileVerificationError: a check failed; it has the report.
        UsageError: a file cannot be read.
    """
    steps = Steps(Report(path.name), progress or Progress())
    for remark in kept.remarks if kept else ():
        steps.remark(remark)
    try:
        # Ballots are read from the file again when their turn comes.
        with _open(path, LARGEST_FILE) as stream:
            summary = _verify(
                stream, steps, strict=strict, proofs=proofs, executor=executor, kept=kept
            )
    except VerificationError as failure:
        raise FileVerificationError(failure, FileReport(failure.report, strict)) from failure
    return FileReport(steps.report, strict, summary)


def _verify(
    stream: BinaryIO,
    steps: Steps,
    *,
    strict: bool,
    proofs: Path | None,
    executor: Executor | None,
    kept: KeptState | None,
) -> ArchiveSummary:
    name = steps.report.record
    with steps.step("structure", "The archive's records, their names and order", name):
        archive = read_archive(stream)
        steps.detail = f"{len(archive.ballots)} ballots"
    given: Mapping[int, bytes] | None = {} if strict else None
    if proofs is not None:
        given = _read_proofs(proofs, steps, archive)
    if strict:
        # It loads all that a manifest can say, which an archive alone has no part of.
        from audit.service_form import require_ours  # noqa: PLC0415

        with steps.step("service", "It is what elections of the service are", name):
            require_ours(archive)
    with steps.step("box", "Every key, ballot, sum, shuffle, share and the result", name):
        large = len(archive.ballots) >= WORTH_A_POOL
        summary = verify_archive(
            archive,
            executor=executor if large else None,
            progress=steps.tell,
            proofs=given,
            earlier=kept.find(archive) if kept else None,
            keep=kept.keep if kept else None,
        )
        steps.detail = f"{summary.counted} of {summary.voters} voters' ballots count"
    if kept is not None:
        for remark in kept.describe(name, summary):
            steps.remark(remark)
    _remark(steps, summary, has_proofs=given is not None)
    return summary


def _read_proofs(path: Path, steps: Steps, archive: Archive) -> Mapping[int, bytes]:
    with (
        _open(path, PROOFS_LIMIT) as stream,
        steps.step("proofs", "The second proofs beside it", path.name),
    ):
        uuid = parse_election(archive.election).uuid
        given = parse_proof_list(path.name, stream.read()).get(uuid, {})
        steps.detail = f"of {len(given)} trustees"
    return given


def _open(path: Path, limit: int) -> BinaryIO:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
        os.close(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError(path, "it is no file")
        raise LargeFileError(path, limit)
    return os.fdopen(descriptor, "rb")


# --- what is no failure -----------------------------------------------------------------


def _remark(steps: Steps, summary: ArchiveSummary, *, has_proofs: bool) -> None:
    if summary.decrypted and not has_proofs:
        steps.remark(
            "The second decryption proofs were not given: a trustee's share rests on the format's "
            "own proof, which hashes neither the ciphertext nor the factor."
        )
    if summary.result is None:
        state = "closed, a result is still to come" if summary.is_closed else "open"
        steps.remark(f"The box is {state}: what is there was verified.")
    lacking = [
        number
        for seats in summary.seats
        if len([n for n in seats.numbers if n in summary.shuffled]) < seats.needed
        for number in seats.numbers
        if number not in summary.shuffled
    ]
    if summary.shuffled and lacking:
        steps.remark(
            "Fewer trustees shuffled than are needed to open: those who did could together learn "
            f"whose ballot is whose. Not shuffled: {', '.join(map(str, lacking))}."
        )
    invalid = sum(ballot is None for row in summary.opened for ballot in row)
    if invalid:
        steps.remark(
            f"{invalid} opened ballots were made by no honest program; they are invalid, and what "
            "they say is not shown."
        )


# --- for machines -----------------------------------------------------------------------


def format_file_report(report: FileReport, error: VerificationError | None) -> bytes:
    """The report for machines: canonical JSON (docs/observers.md)."""
    return format_canonical(
        {
            "v": 1,
            "verdict": "right" if error is None else "failed",
            "file": report.steps.record,
            "strict": report.strict,
            "steps": step_objects(report.steps.steps),
            "box": None if report.summary is None else _box_object(report.summary),
            "remarks": list(report.steps.remarks),
            "error": None
            if error is None
            else error_object(error, ballot=getattr(error.cause, "ballot", None)),
        }
    )


def _box_object(summary: ArchiveSummary) -> dict[str, object]:
    return {
        "election": summary.uuid,
        "fingerprint": summary.fingerprint,
        "public_key": summary.public_key,
        "trustees": list(summary.trustees),
        "voters": summary.voters,
        "weight": str(summary.voters_weight),
        "ballots": len(summary.ballots),
        "counted": summary.counted,
        "closed": summary.is_closed,
        "shuffled": list(summary.shuffled),
        "decrypted": list(summary.decrypted),
        "second_proofs": list(summary.second_proofs),
        "result": _result_object(summary),
    }


def _result_object(summary: ArchiveSummary) -> list[object] | None:
    if summary.result is None:
        return None
    rows: list[object] = []
    for counts, opened in zip(summary.result, summary.opened, strict=True):
        if counts:
            rows.append({"counts": list(counts)})
        else:
            ballots = [None if numbers is None else list(numbers) for numbers in opened]
            rows.append({"opened": ballots})
    return rows
