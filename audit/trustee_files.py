"""A trustee's files: her key, which nobody else may read and nothing overwrites.

Of a single trustee it is the private key. One of several who make a key together keeps a seed;
her share of the key is sealed to it, and the service keeps that file for her as well. Both
forms are those of the independent tool.

Source: design 3, section 4; docs/formats/trustees.md.
"""

from collections.abc import Callable
from pathlib import Path

from audit.files import read_file, write_new
from audit.record_errors import SealedKeyMissingError, UnreadableFileError
from ballots.errors import PrivateKeyFormError, SeedFormError
from ballots.rounds import open_private_key
from ballots.seeds import Seed
from ballots.trustees import (
    format_private_key,
    make_private_key,
    make_public_key,
    parse_private_key,
)

Random = Callable[[int], bytes]
_KEY_FILE_LIMIT = 4096
_SEALED_LIMIT = 65_536


def make_key(path: Path, name: str | None, random: Random) -> bytes:
    """Make a private key, keep it in a new file for the owner only; returns the public key.

    Raises:
        FileExistsAlreadyError: the file is there; a key is never overwritten.
        UnwritableFileError: it cannot be written.
    """
    private = make_private_key(random)
    public = make_public_key(private, random, name)
    write_new(path, format_private_key(private))
    # Read back: a key that was not kept cannot open the tally, and nobody else can.
    if read_key(path) != private:  # pragma: no cover  a disk that lies
        raise UnreadableFileError(path, "it does not hold what was written")
    return public


def read_key(path: Path) -> int:
    """The private key in a file.

    Raises:
        UnreadableFileError: there is no such file.
        PrivateKeyFormError: it holds no private key.
    """
    return parse_private_key(read_file(path, _KEY_FILE_LIMIT))


def read_secret(path: Path, sealed: Path | None) -> int:
    """The private key with which a trustee opens a tally.

    Args:
        path: of a single trustee her private key, of one of several her seed.
        sealed: of one of several her share of the key, sealed to herself.

    Raises:
        UnreadableFileError: there is no such file.
        SealedKeyMissingError: it is a seed, and nothing sealed is given.
        PrivateKeyFormError, SeedFormError: it holds no key.
        ChannelError, TrusteeSignatureError: what is sealed is somebody else's.
    """
    if sealed is not None:
        seed = Seed(_read_text(path))
        return open_private_key(seed, _read_text(sealed))
    try:
        return read_key(path)
    except PrivateKeyFormError:
        if _is_seed(_read_text(path)):
            raise SealedKeyMissingError(path) from None
        raise


def _is_seed(text: str) -> bool:
    try:
        Seed(text)
    except SeedFormError:
        return False
    return True


def _read_text(path: Path) -> str:
    """A small file of one line, with or without its end."""
    return read_file(path, _SEALED_LIMIT).decode(errors="replace").removesuffix("\n")
