"""A trustee's key file: hers alone, never overwritten, in either of its two forms."""

import json
import os
import stat
from pathlib import Path

import pytest

from audit.record_errors import (
    FileExistsAlreadyError,
    SealedKeyMissingError,
    UnreadableFileError,
    UnwritableFileError,
)
from audit.trustee_files import make_key, read_key, read_secret
from ballots.errors import ChannelError, PrivateKeyFormError, SeedFormError
from ballots.trustees import format_private_key, make_public_key, verify_public_key
from tests.ballots.assembly import hold_ceremony

CEREMONY = hold_ceremony()


def test_a_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "mine.privkey"
    public = verify_public_key(make_key(path, "Example Trustee 7", os.urandom))
    assert public.name == "Example Trustee 7"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert verify_public_key(make_public_key(read_key(path), os.urandom)).point == public.point
    # As the independent tool writes it: a JSON string of the decimal number.
    assert path.read_bytes() == format_private_key(read_key(path))
    assert json.loads(path.read_text()).isdigit()


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.privkey"
    make_key(path, None, os.urandom)
    before = path.read_bytes()
    with pytest.raises(FileExistsAlreadyError):
        make_key(path, None, os.urandom)
    assert path.read_bytes() == before
    with pytest.raises(UnwritableFileError):
        make_key(tmp_path / "no such folder" / "mine.privkey", None, os.urandom)


def test_a_file_that_holds_no_key(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_key(tmp_path / "none")
    (tmp_path / "wrong").write_bytes(b"x" * 10_000)
    with pytest.raises(PrivateKeyFormError):
        read_key(tmp_path / "wrong")


# --- the key of one of several ----------------------------------------------------------


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_sealed_share_of_the_key_is_opened_with_the_seed(tmp_path: Path, end: str) -> None:
    key, sealed = tmp_path / "mine.key", tmp_path / "mine.dkey"
    key.write_text(CEREMONY.seeds[1].text + end)
    sealed.write_text(CEREMONY.keys[1].sealed + end)
    assert read_secret(key, sealed) == CEREMONY.private_keys[1]
    with pytest.raises(SealedKeyMissingError):
        read_secret(key, None)
    sealed.write_text(CEREMONY.keys[0].sealed)
    with pytest.raises(ChannelError):
        read_secret(key, sealed)
    sealed.unlink()
    with pytest.raises(UnreadableFileError):
        read_secret(key, sealed)


def test_the_key_of_a_single_trustee_needs_nothing_sealed(tmp_path: Path) -> None:
    key = tmp_path / "mine.privkey"
    key.write_bytes(format_private_key(7))
    assert read_secret(key, None) == 7
    with pytest.raises(SeedFormError):
        read_secret(key, key)
    key.write_bytes(b"neither")
    with pytest.raises(PrivateKeyFormError):
        read_secret(key, None)
