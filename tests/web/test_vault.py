"""The vault: a sealed value opens where it was put, whole, and nowhere else."""

import os
from pathlib import Path

import pytest

from web.errors import KeyFileError, SealedValueError, WrongPassphraseError
from web.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault(tmp_path / "keys", os.urandom)
    vault.make_key()
    return vault


def test_what_was_sealed_opens_again(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal("e-mail", b"member7@people.example")
    assert b"member7" not in sealed
    assert sealed != vault.seal("e-mail", b"member7@people.example")
    assert Vault(tmp_path / "keys", os.urandom).open("e-mail", sealed) == b"member7@people.example"


def test_a_moved_or_altered_value_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("message 1 vote", b"secret")
    with pytest.raises(SealedValueError):
        vault.open("message 2 vote", sealed)
    for bent in (b"", sealed[:5], sealed[:-1], sealed + b"\0", b"\xff" + sealed[1:]):
        if bent != sealed:
            with pytest.raises(SealedValueError):
                vault.open("message 1 vote", bent)


def test_another_key_does_not_open(vault: Vault, tmp_path: Path) -> None:
    other = Vault(tmp_path / "other", os.urandom)
    other.make_key()
    with pytest.raises(SealedValueError):
        other.open("e-mail", vault.seal("e-mail", b"x"))


def test_a_key_is_made_once(vault: Vault) -> None:
    sealed = vault.seal("e-mail", b"x")
    vault.make_key()
    assert vault.open("e-mail", sealed) == b"x"


@pytest.mark.parametrize("content", ["", "zz", "00" * 31])
def test_a_bad_key_file_is_named(tmp_path: Path, content: str) -> None:
    vault = Vault(tmp_path, os.urandom)
    (tmp_path / "vault.key").write_text(content)
    with pytest.raises(KeyFileError, match=r"vault\.key"):
        vault.require_key()


def test_the_log_key_is_kept_under_its_name(vault: Vault, tmp_path: Path) -> None:
    signer = vault.make_log_key("log.example/sample")
    assert vault.make_log_key("log.example/other") == signer
    (tmp_path / "keys" / "log.key").write_text("PRIVATE+KEY+nothing\n")
    with pytest.raises(KeyFileError):
        vault.log_key()


def test_the_certifying_key_needs_its_passphrase(vault: Vault, tmp_path: Path) -> None:
    public = vault.make_certifying_key("plainly made up words")
    key = vault.certifying_key("plainly made up words")
    assert key.public_key().public_bytes_raw().hex() == public
    with pytest.raises(WrongPassphraseError):
        vault.certifying_key("plainly made up word")
    (tmp_path / "keys" / "certifier.pem").unlink()
    with pytest.raises(KeyFileError, match="missing"):
        vault.certifying_key("plainly made up words")
