"""Files of a person's own: read up to a limit, written once and for nobody else."""

import stat
from pathlib import Path

import pytest

from audit.files import read_file, write_new
from audit.record_errors import FileExistsAlreadyError, UnreadableFileError, UnwritableFileError


def test_a_file_is_read_no_further_than_one_byte_too_many(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_bytes(bytes(10))
    assert len(read_file(path, 10)) == 10
    assert len(read_file(path, 4)) == 5
    with pytest.raises(UnreadableFileError):
        read_file(tmp_path / "none", 4)


def test_a_new_file_is_for_its_owner_only_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    write_new(path, b"first")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsAlreadyError):
        write_new(path, b"second")
    assert path.read_bytes() == b"first"


def test_where_a_file_cannot_be_written_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFileError):
        write_new(tmp_path / "no such folder" / "mine", b"first")
