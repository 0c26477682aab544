"""The vault: key files in the data folder, outside the database and its backups.

What is personal or secret in the database (addresses, frozen rolls, waiting messages with
their credentials) is sealed with AES-256-GCM under `keys/vault.key`; the purpose is bound
in, so that a sealed value opens only where it was put. The log's key and the returning
officer's certifying key (encrypted PKCS#8, under her passphrase) stand beside it.

Source: design 2, "Formats the first election settles"; design 8, section 0.
"""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from audit.errors import KeyFormError
from audit.note import LogSigner
from web.errors import KeyFileError, SealedValueError, WrongPassphraseError

NONCE_LENGTH = 12
KEY_LENGTH = 32


def write_durably(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put a file in its place whole: written aside, synced, renamed, its folder synced."""
    aside = path.with_name(path.name + ".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Vault:
    """The key files of one installation.

    Args:
        folder: made when missing, readable by its owner only.
        random: where new keys and nonces come from.
    """

    def __init__(self, folder: Path, random: Callable[[int], bytes]) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._random = random
        self._cipher: AESGCM | None = None

    @property
    def guard_path(self) -> Path:
        """Where the log's guard stands."""
        return self._folder / "log.guard"

    def make_key(self) -> None:
        """Make the sealing key unless there is one."""
        path = self._folder / "vault.key"
        if not path.exists():
            write_durably(path, self._random(KEY_LENGTH).hex().encode())

    def require_key(self) -> None:
        """Refuse to go on without a good sealing key.

        Raises:
            KeyFileError: missing or malformed.
        """
        self._key()

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """Seal a value for one purpose."""
        nonce = self._random(NONCE_LENGTH)
        return nonce + self._key().encrypt(nonce, plain, purpose.encode())

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Open a value sealed for this purpose.

        Raises:
            SealedValueError: altered, sealed for another purpose, or under another key.
        """
        nonce, rest = sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:]
        try:
            return self._key().decrypt(nonce, rest, purpose.encode())
        except (InvalidTag, ValueError):
            raise SealedValueError from None

    def make_log_key(self, name: str) -> LogSigner:
        """The log's key under this name; made unless there is one."""
        path = self._folder / "log.key"
        if not path.exists():
            signer = LogSigner(name, self._random(KEY_LENGTH))
            write_durably(path, (signer.skey + "\n").encode())
        return self.log_key()

    def log_key(self) -> LogSigner:
        """The log's key.

        Raises:
            KeyFileError: missing or malformed.
        """
        try:
            return LogSigner.parse(self._read("log.key").decode("ascii").removesuffix("\n"))
        except (KeyFormError, UnicodeDecodeError):
            raise KeyFileError("log.key", "malformed") from None

    def make_certifying_key(self, passphrase: str) -> str:
        """Make the returning officer's key; returns its public half, 64 hex."""
        key = Ed25519PrivateKey.from_private_bytes(self._random(KEY_LENGTH))
        pem = key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
        )
        write_durably(self._folder / "certifier.pem", pem)
        return key.public_key().public_bytes_raw().hex()

    def certifying_key(self, passphrase: str) -> Ed25519PrivateKey:
        """The returning officer's key.

        Raises:
            WrongPassphraseError: it does not open the key.
            KeyFileError: missing or malformed.
        """
        pem = self._read("certifier.pem")
        if not passphrase:
            raise WrongPassphraseError
        try:
            key = load_pem_private_key(pem, passphrase.encode())
        except ValueError:
            raise WrongPassphraseError from None
        except TypeError:
            raise KeyFileError("certifier.pem", "not encrypted") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyFileError("certifier.pem", "not an Ed25519 key")
        return key

    def _key(self) -> AESGCM:
        if self._cipher is None:
            try:
                self._cipher = AESGCM(bytes.fromhex(self._read("vault.key").decode("ascii")))
            except ValueError:
                raise KeyFileError("vault.key", "malformed") from None
        return self._cipher

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            raise KeyFileError(name, "missing") from None
