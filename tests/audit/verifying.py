"""Verifying a record in a folder, and expecting that it is refused."""

from pathlib import Path
from typing import Any

import pytest

from audit.record import FolderRecord
from audit.report import VerificationError, format_report
from audit.verifier import verify_record
from tests.assembly import (
    ELECTION,
)
from voting.canonical import parse_canonical

Files = dict[str, bytes]
HERE = f"elections/{ELECTION}"


def verify(folder: Path, **more: Any) -> Any:
    return verify_record(FolderRecord(folder), **more)


def refuse(folder: Path, **more: Any) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        verify(folder, **more)
    error = caught.value
    assert error.report.steps[-1] == error.step
    assert str(error).startswith(f"Check {error.step.number} (")
    assert parse_canonical(format_report(error.report, error), limit=1_000_000)
    return error
