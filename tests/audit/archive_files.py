"""Archives in files of their own, right and wrong, for the tests that verify one by itself."""

from pathlib import Path
from typing import Any

import pytest

from audit.archive_file import FileVerificationError, format_file_report, verify_file
from audit.objects import format_proof_list
from ballots.election import Question
from tests.ballots.assembly import hold_election
from tests.ballots.box import make_box, open_box
from voting.canonical import parse_canonical

OPENED = open_box(make_box((Question("Shall we?", ("For", "Against"), 1, 1, blank=True),)))
MIXED = hold_election()
UUID = OPENED.box.election.uuid


def write(folder: Path, raw: bytes, name: str = "box.bel") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def write_proofs(folder: Path, proofs: dict[int, bytes], box: str = UUID) -> Path:
    raw = format_proof_list("ExampLeELectioN1", [(box, n, one) for n, one in proofs.items()])
    return write(folder, raw, "proofs.json")


def refuse(path: Path, error: type[Exception], **options: Any) -> FileVerificationError:
    """Verify, and expect this error and nothing else."""
    with pytest.raises(FileVerificationError) as caught:
        verify_file(path, **options)
    failure = caught.value
    assert type(failure.cause) is error
    assert str(failure).startswith(f"Check {failure.step.number} (")
    assert failure.file.summary is None
    parse_canonical(format_file_report(failure.file, failure), limit=1_000_000)
    return failure
